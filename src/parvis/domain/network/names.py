"""What a French authority's name says besides its name: « Mairie du Havre » is a commune, « CU d’Arras » an EPCI."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from parvis.domain.network.kinds import OrganisationKind
from parvis.domain.text import fold_name

# What the beginning says: (words, kind, form). The first that matches counts; longer ones come first.
_BEGINNINGS: tuple[tuple[str, OrganisationKind, str], ...] = (
    ("hotel de ville", OrganisationKind.COMMUNE, ""),
    ("ville", OrganisationKind.COMMUNE, ""),
    ("mairie", OrganisationKind.COMMUNE, ""),
    ("commune nouvelle", OrganisationKind.COMMUNE, ""),
    ("commune", OrganisationKind.COMMUNE, ""),
    ("municipalite", OrganisationKind.COMMUNE, ""),
    ("conseil municipal", OrganisationKind.COMMUNE, ""),
    ("city of", OrganisationKind.COMMUNE, ""),
    ("conseil departemental", OrganisationKind.DEPARTEMENT, ""),
    ("conseil general", OrganisationKind.DEPARTEMENT, ""),
    ("departement", OrganisationKind.DEPARTEMENT, ""),
    ("cd", OrganisationKind.DEPARTEMENT, ""),
    ("conseil regional", OrganisationKind.REGION, ""),
    ("region", OrganisationKind.REGION, ""),
    ("cr", OrganisationKind.REGION, ""),
    ("communaute de communes", OrganisationKind.EPCI, "CC"),
    ("com com", OrganisationKind.EPCI, "CC"),
    ("cc", OrganisationKind.EPCI, "CC"),
    ("communaute d agglomeration", OrganisationKind.EPCI, "CA"),
    ("communaute d agglo", OrganisationKind.EPCI, "CA"),
    ("agglomeration", OrganisationKind.EPCI, "CA"),
    ("agglo", OrganisationKind.EPCI, "CA"),
    ("ca", OrganisationKind.EPCI, "CA"),
    ("communaute urbaine", OrganisationKind.EPCI, "CU"),
    ("cu", OrganisationKind.EPCI, "CU"),
    ("eurometropole", OrganisationKind.EPCI, "METRO"),
    ("metropole europeenne", OrganisationKind.EPCI, "METRO"),
    ("metropole", OrganisationKind.EPCI, "METRO|MET69|CU|CA"),
    ("etablissement public territorial", OrganisationKind.EPCI, "EPT"),
    ("ept", OrganisationKind.EPCI, "EPT"),
)
_OVERSEAS = ("collectivite territoriale", "collectivite d outre mer", "collectivite", "gouvernement", "territoire")
_ARTICLES = ("de la ", "de l ", "du ", "des ", "de ", "d ", "la ", "le ", "les ", "l ")
_READ_AS = {"du ": "le ", "des ": "les ", "de la ": "la ", "de l ": "l ", "la ": "la ", "le ": "le ", "les ": "les "}
_ENDINGS = ("metropole", "agglomeration", "agglo", "communaute")
_PLACE = re.compile(r"^(?P<name>.*?)\s*(?:\((?P<inside>[^()]*)\)|[,–-]\s*(?P<after>\d[\dAB]\d?))\s*$", re.IGNORECASE)
_MAY_SAY_WHERE = re.compile(r"[)\d]")
_CD = re.compile(r"^cd ?(\d[\dab]\d?)$")


@dataclass(frozen=True, slots=True)
class NameHints:
    """What was read in a name. `names` are the bare names that it may stand for, likeliest first."""

    folded: str
    names: tuple[str, ...]
    kind: OrganisationKind | None = None
    form: str = ""
    departement: str = ""
    overseas: bool = False


def core_of(folded: str) -> str:
    """Return a folded name without the words that say what the authority is: « cu d arras » → "arras"."""
    return _bare_names(_split(folded)[0])[-1]


def read_name(text: str, departements: Mapping[str, str]) -> NameHints:
    """Take a name apart. `departements` gives a département's code by its folded name or code."""
    departement = ""
    place = _PLACE.match(text) if _MAY_SAY_WHERE.search(text) else None
    if place and place["name"]:
        inside = fold_name(place["inside"] or place["after"] or "")
        inside = inside.zfill(2) if inside.isdigit() else inside
        departement = departements.get(inside, "")
        if departement or place["inside"] is not None:
            text = place["name"]
    folded = fold_name(text)
    if numbered := _CD.match(folded):
        code = numbered.group(1).upper()
        names = tuple(name for name, found in departements.items() if found == code)
        return NameHints(folded, names, OrganisationKind.DEPARTEMENT)
    rest, kind, form, overseas = _split(folded)
    names = _bare_names(rest)
    if kind is None and not overseas:
        names = (folded, *(name for name in names if name != folded))
    return NameHints(folded, names, kind, form, departement, overseas)


def _split(folded: str) -> tuple[str, OrganisationKind | None, str, bool]:
    for words, kind, form in _BEGINNINGS:
        if folded.startswith(words + " "):
            return folded[len(words) + 1 :], kind, form, False
    for words in _OVERSEAS:
        if folded.startswith(words + " "):
            return folded[len(words) + 1 :], None, "", True
    for ending in _ENDINGS:
        if folded.endswith(" " + ending) and len(folded) > len(ending) + 3:
            return folded, OrganisationKind.EPCI, "", False
    return folded, None, "", False


def _bare_names(rest: str) -> tuple[str, ...]:
    """Return what a name may stand for: « du havre » → le havre, havre; « dijon metropole » → itself, dijon."""
    names = [rest]
    for article in _ARTICLES:
        if rest.startswith(article) and len(rest) > len(article) + 1:
            bare = rest[len(article) :]
            if article in _READ_AS:
                names.append(_READ_AS[article] + bare)
            names.append(bare)
            break
    for ending in _ENDINGS:
        if names[-1].endswith(" " + ending) and len(names[-1]) > len(ending) + 3:
            names.append(names[-1][: -len(ending) - 1])
            break
    return tuple(dict.fromkeys(names))
