"""Finds the organisation that a row names, or makes it; takes in sheets of organisations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from parvis.domain.imports import AmbiguousAuthority, ImportRow, RowPlan, UnknownAuthority, UnknownOrganisation
from parvis.domain.network.authorities import Authority, AuthorityRecognition, recognise_authority
from parvis.domain.network.folding import organisation_folded
from parvis.domain.network.kinds import FRENCH_AUTHORITIES, OrganisationKind
from parvis.domain.text import fold
from parvis.models import Membership, Organisation
from parvis.services.imports.workspace import Workspace

HOME_COUNTRY = "FR"


class Organisations:
    """Every organisation, by code and by name; read in one query."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._by_code: dict[tuple[str, str], Organisation] = {}
        self._by_siren: dict[tuple[str, str], Organisation] = {}
        self._by_name: dict[str, list[Organisation]] = {}
        self._found: dict[tuple[str, str, str, str], Organisation] = {}
        self._by_id: dict[int, Organisation] = {}
        for organisation in Organisation.objects.select_related("parent"):
            self._by_id[organisation.pk] = organisation
            self._index(organisation)

    @classmethod
    def of(cls, workspace: Workspace) -> Organisations:
        """Return the workspace's own, read at the first use."""
        if "organisations" not in workspace.shelf:
            workspace.shelf["organisations"] = cls(workspace)
        shelf: Organisations = workspace.shelf["organisations"]
        return shelf

    def _index(self, organisation: Organisation) -> None:
        if organisation.insee_code:
            self._by_code[(organisation.kind, organisation.insee_code)] = organisation
        if organisation.siren:
            self._by_siren[(organisation.kind, organisation.siren)] = organisation
        for name in organisation.folded.split(" | "):
            if name:
                known = self._by_name.setdefault(name, [])
                if organisation not in known:
                    known.append(organisation)

    def by_id(self, pk: int | None) -> Organisation | None:
        """Return the organisation of that key, if it exists."""
        return None if pk is None else self._by_id.get(pk)

    def named(self, name: str, *, country: str = "", kind: str = "") -> Organisation | None:
        """Return the one organisation of that name, country and kind, if there is exactly one."""
        rows = [
            organisation
            for organisation in self._by_name.get(fold(name), ())
            if (not country or organisation.country == country) and (not kind or organisation.kind == kind)
        ]
        return rows[0] if len(rows) == 1 else None

    def find(
        self, name: str, *, code: str = "", kind: str = "", country: str = "", name_en: str = ""
    ) -> tuple[Organisation, bool]:
        """Return the organisation that is meant, and whether it is new.

        French authorities are recognised by code, SIREN or name; others are known by their name, or made when the row
        says what kind they are. Raises `UnknownOrganisation`, `UnknownAuthority` or `AmbiguousAuthority`.
        """
        key = (fold(name), code, kind, country)
        if key in self._found:
            return self._found[key], False
        organisation, new = self._find(name, code=code, kind=kind, country=country, name_en=name_en)
        self._found[key] = organisation
        return organisation, new

    def _find(self, name: str, *, code: str, kind: str, country: str, name_en: str) -> tuple[Organisation, bool]:
        french = kind in FRENCH_AUTHORITIES or bool(code)
        maybe_french = french or (not kind and country in ("", HOME_COUNTRY))
        if not code:
            known = self.named(name, country=country, kind=kind)
            if known is not None:
                return known, False
        if maybe_french:
            recognition = recognise_authority(name, code=code, kind=kind or None, suggest=french)
            if recognition.authority is not None:
                return self._of_authority(recognition.authority)
            self._refuse_authority(name or code, recognition, french=french)
        if not kind:
            known = self.named(name)
            if known is not None:
                return known, False
            suggestions = recognise_authority(name, suggest=True).suggestions if country in ("", HOME_COUNTRY) else ()
            if suggestions:
                raise UnknownAuthority(name=name, suggestions=", ".join(a.shown for a in suggestions[:3]))
            raise UnknownOrganisation(name=name)
        return self.make(name=name, kind=kind, country=country or HOME_COUNTRY, name_en=name_en), True

    def _refuse_authority(self, name: str, recognition: AuthorityRecognition, *, french: bool) -> None:
        if recognition.candidates:
            shown = ", ".join(authority.shown for authority in recognition.candidates[:5])
            raise AmbiguousAuthority(name=name, candidates=shown)
        if french:
            shown = ", ".join(authority.shown for authority in recognition.suggestions[:3])
            raise UnknownAuthority(name=name, suggestions=shown or "—")

    def _of_authority(self, authority: Authority) -> tuple[Organisation, bool]:
        grouping = authority.kind == OrganisationKind.EPCI
        insee = "" if grouping else authority.code
        siren = authority.siren or (authority.code if grouping else "")
        known = self._by_code.get((authority.kind, insee)) if insee else None
        known = known or (self._by_siren.get((authority.kind, siren)) if siren else None)
        if known is not None:
            return known, False
        return self.make(
            name=authority.name, kind=authority.kind, insee=insee, siren=siren, departement=authority.departement
        ), True

    def make(
        self,
        *,
        name: str,
        kind: str,
        country: str = HOME_COUNTRY,
        name_en: str = "",
        short_name: str = "",
        insee: str = "",
        siren: str = "",
        departement: str = "",
    ) -> Organisation:
        """Take in a new organisation."""
        workspace = self.workspace
        place = f"{name} {departement}" if departement and kind == OrganisationKind.COMMUNE else name
        organisation = workspace.create(
            Organisation,
            slug=workspace.slug(Organisation, place),
            kind=str(kind),
            name_fr=name,
            name_en=name_en or None,
            short_name=short_name,
            country=country,
            insee_code=insee,
            siren=siren,
            departement=departement[:3],
            folded=organisation_folded(name, name_en, short_name),
        )
        self._index(organisation)
        return organisation

    def refold(self, organisation: Organisation) -> None:
        """Bring the folded names up to date after a name changed."""
        names = [getattr(organisation, f"name_{language}") for language in ("fr", "en", "es", "ar")]
        self.workspace.set(organisation, {"folded": organisation_folded(*names, organisation.short_name)}, None)
        self._index(organisation)


def _member_years(workspace: Workspace) -> set[tuple[int, int]]:
    if "memberships" not in workspace.shelf:
        workspace.shelf["memberships"] = set(Membership.objects.values_list("organisation_id", "year"))
    years: set[tuple[int, int]] = workspace.shelf["memberships"]
    return years


def _add_memberships(workspace: Workspace, organisation: Organisation, years: Iterable[int], plan: RowPlan) -> None:
    known = _member_years(workspace)
    for year in years:
        key = (organisation.pk or -id(organisation), year)
        if key not in known:
            known.add(key)
            workspace.create(Membership, organisation=organisation, year=year, dues_paid_on=date(year, 1, 1))
            if not organisation._state.adding:
                plan.changed("member_years", "", year)


def take_organisation(workspace: Workspace, row: ImportRow, plan: RowPlan) -> None:
    """Plan one row of a sheet of organisations."""
    v = row.values
    finder = Organisations.of(workspace)
    name = str(v["name"])
    plan.label = name
    code = str(v.get("insee_code") or v.get("siren") or "")
    kind, country = str(v.get("kind") or ""), str(v.get("country") or "")
    if code and kind and kind not in FRENCH_AUTHORITIES:
        code = ""  # a SIREN of an association is not in the table of authorities
    organisation, new = finder.find(name, code=code, kind=kind, country=country, name_en=str(v.get("name_en") or ""))
    if new:
        plan.created()
    parent = str(v.get("parent") or "")
    changed = workspace.set(
        organisation,
        {
            "name_en": v.get("name_en"),
            "short_name": v.get("short_name"),
            "website": v.get("website"),
            "email": v.get("email"),
            "siren": v.get("siren"),
            "country": country,
            "parent": finder.find(parent)[0] if parent else None,
        },
        plan,
    )
    if changed:
        finder.refold(organisation)
    years = v.get("member_years") or []
    if isinstance(years, list):
        _add_memberships(workspace, organisation, years, plan)
