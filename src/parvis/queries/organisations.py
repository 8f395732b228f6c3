"""Finding an organisation as one types: those that Parvis knows, and the shipped table of French authorities."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import get_language, gettext

from parvis.domain.network.authorities import Authority, authority_by_code, recognise_authority, search_authorities
from parvis.domain.network.countries import country_name
from parvis.domain.network.finding import OrganisationNotFound, OrganisationShared
from parvis.domain.network.kinds import ORGANISATION_KIND_NAMES, OrganisationKind
from parvis.domain.text import fold
from parvis.models import Organisation

FEWEST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class OrganisationSuggestion:
    """One organisation that may be meant. `key` is what the form sends back: `id:42` or `commune:21231`."""

    key: str
    name: str
    kind: str
    where: str
    country: str


def suggest_organisations(text: str, *, limit: int = 8) -> list[OrganisationSuggestion]:
    """Return the organisations whose name begins with, or holds a word that begins with, `text`. Two queries at most.

    Says nothing about persons. Those that are known come first, then French authorities, the most populous first.
    """
    folded = fold(text)
    if len(folded) < FEWEST_LETTERS:
        return []
    known = list(Organisation.objects.filter(folded__startswith=folded).order_by("folded", "id")[:limit])
    if len(known) < limit:
        inside = Organisation.objects.filter(
            Q(folded__contains=f" {folded}"), ~Q(pk__in=[found.pk for found in known])
        ).order_by("folded", "id")
        known += list(inside[: limit - len(known)])
    suggestions = [_of_known(organisation) for organisation in known]
    codes = {(found.kind, code) for found in known for code in (found.insee_code, found.siren) if code}
    for authority in search_authorities(text, limit=limit):
        if len(suggestions) >= limit:
            break
        if not codes & {(str(authority.kind), authority.code), (str(authority.kind), authority.siren)}:
            suggestions.append(_of_authority(authority))
    return suggestions


def near_organisations(text: str, *, country: str = "FR", limit: int = 6) -> list[OrganisationSuggestion]:
    """Return what somebody who typed `text` may have meant: namesakes, near misses, and what begins alike."""
    found: dict[tuple[str, str, str], OrganisationSuggestion] = {}  # an authority that came before is known twice
    if country == "FR":
        recognised = recognise_authority(text)
        for authority in (*recognised.candidates, *recognised.suggestions):
            suggestion = _of_authority(authority)
            found[suggestion.name, suggestion.kind, suggestion.where] = suggestion
    for suggestion in suggest_organisations(text, limit=limit):
        if suggestion.country == country:
            found.setdefault((suggestion.name, suggestion.kind, suggestion.where), suggestion)
    return list(found.values())[:limit]


def organisation_name(organisation_id: int) -> str | None:
    """Return the name of a known organisation in the active language. One query."""
    found = Organisation.objects.filter(pk=organisation_id).first()
    return None if found is None else found.name


def _language() -> str:
    return (get_language() or "fr").split("-")[0]


def _departement(code: str) -> str:
    """Return a département with its number, as namesakes are told apart: « Seine-Saint-Denis (93) »."""
    found = authority_by_code(code, OrganisationKind.DEPARTEMENT) if code else None
    return f"{found.name} ({code})" if found is not None else code


def _of_known(organisation: Organisation) -> OrganisationSuggestion:
    kind = gettext(ORGANISATION_KIND_NAMES[OrganisationKind(organisation.kind)])
    where = _departement(organisation.departement) or country_name(organisation.country, _language())
    return OrganisationSuggestion(
        key=f"id:{organisation.pk}",
        name=organisation.name,
        kind=kind,
        where=where,
        country=organisation.country,
    )


def _of_authority(authority: Authority) -> OrganisationSuggestion:
    return OrganisationSuggestion(
        key=f"{authority.kind}:{authority.code}",
        name=authority.name,
        kind=gettext(ORGANISATION_KIND_NAMES[authority.kind]),
        where=_departement(authority.departement) or country_name("FR", _language()),
        country="FR",
    )


def find_organisation_id(name: str) -> int:
    """Return the key of the one organisation of that name in any language, accents and case aside. One query.

    Raises `OrganisationNotFound`, `OrganisationShared`.
    """
    folded = fold(name)
    if not folded:
        raise OrganisationNotFound
    named = Organisation.objects.filter(folded__contains=folded).values_list("pk", "folded")
    keys = [pk for pk, names in named if folded in names.split(" | ")]
    if not keys:
        raise OrganisationNotFound
    if len(keys) > 1:
        raise OrganisationShared
    return keys[0]
