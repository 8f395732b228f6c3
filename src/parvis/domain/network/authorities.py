"""French local authorities, from the table shipped with Parvis: known by code, by SIREN or by name.

The table is loaded once, on the first call. `data/README.md` says where it comes from.
"""

from __future__ import annotations

import csv
import gzip
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources
from typing import NamedTuple

from parvis.domain.network.kinds import OrganisationKind
from parvis.domain.network.names import NameHints, core_of, read_name
from parvis.domain.text import fold_name


class Authority(NamedTuple):
    """One authority. `code` is its INSEE code, or the SIREN of an EPCI; `form` is CC, CA, CU, METRO, MET69, EPT…"""

    kind: OrganisationKind
    form: str
    code: str
    siren: str
    name: str
    departement: str
    region: str
    population: int

    @property
    def key(self) -> str:
        """The département's code where there is one, for telling namesakes apart."""
        return self.departement or self.region

    @property
    def shown(self) -> str:
        """The name with its département: « Saint-Denis (93) »."""
        return f"{self.name} ({self.departement})" if self.departement else self.name


@dataclass(frozen=True, slots=True)
class AuthorityRecognition:
    """What `recognise_authority` found.

    `authority` when there is exactly one; else `candidates`, the namesakes, most populous first; else
    `suggestions`, up to three whose names are near. `by` is "code", "siren", "name" or "".
    """

    authority: Authority | None = None
    candidates: tuple[Authority, ...] = ()
    suggestions: tuple[Authority, ...] = ()
    by: str = ""


class _Table:
    """The authorities and their indexes."""

    def __init__(self, rows: list[Authority], folded_names: list[str]) -> None:
        self.rows = rows
        self.by_siren: dict[str, int] = {}
        self.by_code: dict[str, list[int]] = {}
        self.by_name: dict[str, list[int]] = {}
        self.by_core: dict[str, list[int]] = {}
        self.folded = folded_names
        for index, row in enumerate(rows):
            folded = folded_names[index]
            self.by_name.setdefault(folded, []).append(index)
            self.by_code.setdefault(row.code, []).append(index)
            if row.siren:
                self.by_siren[row.siren] = index
            if row.kind in (OrganisationKind.EPCI, OrganisationKind.OVERSEAS) or folded.startswith("collectivite"):
                core = core_of(folded)
                if core != folded:
                    self.by_core.setdefault(core, []).append(index)
        for written, code, kind in _ALSO:
            index = next(i for i in self.by_code[code] if rows[i].kind is kind)
            self.by_name.setdefault(written, []).append(index)
        self.departements: dict[str, str] = {}
        for row, folded in zip(rows, folded_names, strict=True):
            if row.kind in (OrganisationKind.DEPARTEMENT, OrganisationKind.OVERSEAS):
                self.departements[folded] = row.departement
                self.departements[core_of(folded)] = row.departement
            if row.departement:
                self.departements.setdefault(row.departement.lower(), row.departement)
        self.departements.update({"bas rhin": "67", "haut rhin": "68", "corse du sud": "2A", "haute corse": "2B"})
        self.departements.update({"paris": "75", "reunion": "974"})

    @cached_property
    def alphabetical(self) -> list[tuple[str, int]]:
        """(folded name, index), sorted; an EPCI also stands at its name without « communauté de… »."""
        pairs = [(folded, index) for index, folded in enumerate(self.folded)]
        for core, indexes in self.by_core.items():
            pairs.extend((core, index) for index in indexes)
        for index, folded in enumerate(self.folded):
            for article in ("le ", "la ", "les ", "l "):
                if folded.startswith(article):
                    pairs.append((folded[len(article) :], index))  # noqa: PERF401
        pairs.sort()
        return pairs

    @cached_property
    def trigrams(self) -> dict[str, list[int]]:
        """Where each three letters occur; « ␣␣d », « ␣di » mark the beginnings."""
        grams: dict[str, list[int]] = {}
        for index, folded in enumerate(self.folded):
            for gram in _grams(folded):
                grams.setdefault(gram, []).append(index)
        return grams


_ALSO: tuple[tuple[str, str, OrganisationKind], ...] = (
    ("paca", "93", OrganisationKind.REGION),
    ("sud", "93", OrganisationKind.REGION),
    ("provence alpes cote d azur", "93", OrganisationKind.REGION),
    ("sud provence alpes cote d azur", "93", OrganisationKind.REGION),
    ("aura", "84", OrganisationKind.REGION),
    ("bfc", "27", OrganisationKind.REGION),
    ("idf", "11", OrganisationKind.REGION),
    ("centre", "24", OrganisationKind.REGION),
    ("corse", "94", OrganisationKind.REGION),
    ("reunion", "04", OrganisationKind.REGION),
    ("reunion", "974", OrganisationKind.DEPARTEMENT),
    ("alsace", "6AE", OrganisationKind.DEPARTEMENT),
    ("bas rhin", "6AE", OrganisationKind.DEPARTEMENT),
    ("haut rhin", "6AE", OrganisationKind.DEPARTEMENT),
    ("cea", "6AE", OrganisationKind.DEPARTEMENT),
    ("ctm", "972", OrganisationKind.OVERSEAS),
    ("martinique", "972", OrganisationKind.OVERSEAS),
    ("ctg", "973", OrganisationKind.OVERSEAS),
    ("guyane", "973", OrganisationKind.OVERSEAS),
    ("grand lyon", "200046977", OrganisationKind.EPCI),
    ("saint barth", "977", OrganisationKind.OVERSEAS),
)


def _grams(folded: str) -> set[str]:
    padded = f"  {folded} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


@cache
def _table() -> _Table:
    packed = resources.files("parvis.domain.network").joinpath("data", "authorities.csv.gz").read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").splitlines()
    kinds = {kind.value: kind for kind in OrganisationKind}
    reader = csv.reader(lines)
    next(reader)
    rows: list[Authority] = []
    folded_names: list[str] = []
    for kind, form, code, siren, name, departement, region, population, folded in reader:
        rows.append(Authority(kinds[kind], form, code, siren, name, departement, region, int(population)))
        folded_names.append(folded)
    return _Table(rows, folded_names)


def authorities() -> tuple[Authority, ...]:
    """Return every authority of the table."""
    return tuple(_table().rows)


def authority_by_siren(siren: str) -> Authority | None:
    """Return the authority of that SIREN (nine digits), or None."""
    index = _table().by_siren.get(siren)
    return None if index is None else _table().rows[index]


def authority_by_code(code: str, kind: OrganisationKind | str | None = None) -> Authority | None:
    """Return the authority of an INSEE code; of the régions and départements that share one, the département
    unless `kind` says otherwise. Zeros that a spreadsheet dropped are put back."""
    code = code.strip().upper()
    if code.isdigit() and len(code) in (1, 4):
        code = "0" + code
    table = _table()
    found = [table.rows[index] for index in table.by_code.get(code, ())]
    if kind:
        return next((row for row in found if row.kind == kind), None)
    found.sort(key=lambda row: row.kind is OrganisationKind.REGION)
    return found[0] if found else None


def recognise_authority(
    text: str,
    *,
    code: str = "",
    kind: OrganisationKind | str | None = None,
    departement: str = "",
    suggest: bool = True,
) -> AuthorityRecognition:
    """Recognise a French authority by `code` (INSEE or SIREN) if given, else by the name `text`.

    `text` may be a bare name, or say what it is and where: « Ville de Dijon », « Mairie du Havre »,
    « Conseil départemental de la Gironde », « CU d’Arras », « Saint-Denis (93) ». `kind` and `departement`
    (code or name) narrow it. A code that is unknown leaves it to the name. With `suggest=False` an
    unknown name costs no search for near ones.
    """
    return _recognise(text, code, str(kind) if kind else "", departement, suggest)


@lru_cache(maxsize=65_536)
def _recognise(text: str, code: str, kind: str, departement: str, suggest: bool) -> AuthorityRecognition:
    code = code.replace(" ", "")
    if not code and text.replace(" ", "").isdigit():
        code = text.replace(" ", "")
    if code:
        if len(code) == 9 and (found := authority_by_siren(code)):
            return AuthorityRecognition(found, by="siren")
        if found := authority_by_code(code, kind or None):
            return AuthorityRecognition(found, by="code")
    table = _table()
    hints = read_name(text, table.departements)
    wanted = OrganisationKind(kind) if kind else None
    where = hints.departement or table.departements.get(fold_name(departement), "")
    found_indexes = _named(table, hints, wanted)
    if where:
        found_indexes = [index for index in found_indexes if table.rows[index].departement == where] or (
            [] if hints.departement else found_indexes
        )
    rows = sorted((table.rows[index] for index in found_indexes), key=lambda row: -row.population)
    if len(rows) == 1:
        return AuthorityRecognition(rows[0], by="name")
    if rows:
        return AuthorityRecognition(candidates=tuple(rows[:20]), by="name")
    return AuthorityRecognition(suggestions=_nearest(table, hints, wanted, where) if suggest else ())


def _named(table: _Table, hints: NameHints, wanted: OrganisationKind | None) -> list[int]:
    """Return the authorities of exactly that name: as written, then without the words that say what it is."""
    whole = _of_kind(table, table.by_name.get(hints.folded, []), wanted, hints.form)
    if whole:
        return whole
    said = wanted or hints.kind
    for form in (hints.form, ""):
        for name in hints.names:
            found = _of_kind(table, table.by_name.get(name, []), said, form)
            if found:
                return found
        if said in (None, OrganisationKind.EPCI, OrganisationKind.OVERSEAS) or hints.overseas:
            for name in (*hints.names, core_of(hints.folded)):
                found = _of_kind(table, table.by_core.get(name, []), said, form)
                if found:
                    return found
    if hints.overseas:
        kinds = {OrganisationKind.OVERSEAS, OrganisationKind.REGION, OrganisationKind.DEPARTEMENT}
        for name in hints.names:
            found = [index for index in table.by_name.get(name, []) if table.rows[index].kind in kinds]
            if found:
                return found
    if wanted is None and hints.kind in (OrganisationKind.DEPARTEMENT, OrganisationKind.REGION):
        # « Région Martinique », « Conseil départemental de Corse »: one collectivity is both.
        for name in hints.names:
            found = [index for index in table.by_name.get(name, []) if table.rows[index].form in ("COM", "CTU")]
            if found:
                return found
    return []


def _of_kind(table: _Table, indexes: list[int], kind: OrganisationKind | None, form: str) -> list[int]:
    kept = [index for index in indexes if kind is None or table.rows[index].kind is kind]
    if form:
        kept = [index for index in kept if table.rows[index].form in form.split("|")]
    return list(dict.fromkeys(kept))


def _nearest(
    table: _Table, hints: NameHints, wanted: OrganisationKind | None, departement: str
) -> tuple[Authority, ...]:
    """Return up to three authorities of near names. Looks only where rare groups of three letters meet: bounded."""
    said = wanted or hints.kind
    scores: dict[int, float] = {}
    queries = dict.fromkeys((hints.folded, *hints.names[:2]))
    for query in queries:
        if len(query) < 3:
            continue
        grams = _grams(query)
        shared: dict[int, int] = {}
        looked = 0
        for postings in sorted((table.trigrams.get(gram, []) for gram in grams), key=len):
            looked += len(postings)
            if looked > 8_000 and shared:
                break
            for index in postings:
                shared[index] = shared.get(index, 0) + 1
        for index in sorted(shared, key=lambda index: -shared[index])[:80]:
            others = _grams(table.folded[index])
            score = 2 * len(grams & others) / (len(grams) + len(others))
            row = table.rows[index]
            score += 0.1 * (said is not None and row.kind is said) + 0.15 * (departement == row.departement != "")
            score += min(row.population, 500_000) / 5_000_000
            scores[index] = max(score, scores.get(index, 0.0))
    best = sorted((index for index in scores if scores[index] >= 0.45), key=lambda index: -scores[index])
    return tuple(table.rows[index] for index in best[:3])


def search_authorities(text: str, *, limit: int = 10) -> list[Authority]:
    """Return the authorities whose name begins with `text`, most populous first: for a field that completes
    as one types. « ville de di » finds Dijon; a code finds its authority."""
    found = _recognise(text, "", "", "", False).authority
    exact = [found] if found else []
    table = _table()
    hints = read_name(text, table.departements)
    seen: dict[int, None] = {}
    for name in dict.fromkeys((hints.folded, *hints.names)):
        if len(name) < 2:
            continue
        place = bisect_left(table.alphabetical, (name, -1))
        while place < len(table.alphabetical) and table.alphabetical[place][0].startswith(name) and len(seen) < 3000:
            row = table.rows[table.alphabetical[place][1]]
            if not hints.departement or row.departement == hints.departement:
                seen[table.alphabetical[place][1]] = None
            place += 1
    rows = sorted((table.rows[index] for index in seen), key=lambda row: -row.population)
    return [*exact, *(row for row in rows if row not in exact)][:limit]
