"""Kinds of organisations and of groups: what a count may add up and what it may not."""

from __future__ import annotations

from enum import StrEnum

from parvis.domain.refusals import N_


class OrganisationKind(StrEnum):
    """What an organisation is."""

    COMMUNE = "commune"
    EPCI = "epci"
    DEPARTEMENT = "departement"
    REGION = "region"
    OVERSEAS = "overseas"
    SYNDICAT = "syndicat"
    FOREIGN_AUTHORITY = "foreign_authority"
    EMBASSY = "embassy"
    MINISTRY = "ministry"
    AGENCY = "agency"
    ASSOCIATION = "association"
    FEDERATION = "federation"
    PROJECT = "project"
    COMPANY = "company"
    UNIVERSITY = "university"
    PRESS = "press"
    OTHER = "other"


# « collectivités territoriales françaises » as the releases count them: communes, their groupings,
# départements, régions and overseas collectivities (domain.md R16, R17).
FRENCH_AUTHORITIES: frozenset[OrganisationKind] = frozenset(
    {
        OrganisationKind.COMMUNE,
        OrganisationKind.EPCI,
        OrganisationKind.DEPARTEMENT,
        OrganisationKind.REGION,
        OrganisationKind.OVERSEAS,
        OrganisationKind.SYNDICAT,
    }
)

ORGANISATION_KIND_NAMES: dict[OrganisationKind, str] = {
    OrganisationKind.COMMUNE: N_("Commune"),
    OrganisationKind.EPCI: N_("Grouping of communes"),
    OrganisationKind.DEPARTEMENT: N_("Département"),
    OrganisationKind.REGION: N_("Région"),
    OrganisationKind.OVERSEAS: N_("Overseas collectivity"),
    OrganisationKind.SYNDICAT: N_("Joint authority"),
    OrganisationKind.FOREIGN_AUTHORITY: N_("Local authority abroad"),
    OrganisationKind.EMBASSY: N_("Embassy"),
    OrganisationKind.MINISTRY: N_("Ministry"),
    OrganisationKind.AGENCY: N_("Public agency"),
    OrganisationKind.ASSOCIATION: N_("Association"),
    OrganisationKind.FEDERATION: N_("Federation of authorities"),
    OrganisationKind.PROJECT: N_("Project"),
    OrganisationKind.COMPANY: N_("Company"),
    OrganisationKind.UNIVERSITY: N_("University"),
    OrganisationKind.PRESS: N_("Press"),
    OrganisationKind.OTHER: N_("Other organisation"),
}


class GroupKind(StrEnum):
    """What gathers the members of a group."""

    COUNTRY = "country"
    REGIONAL = "regional"
    THEMATIC = "thematic"


GROUP_KIND_NAMES: dict[GroupKind, str] = {
    GroupKind.COUNTRY: N_("Country group"),
    GroupKind.REGIONAL: N_("Regional group"),
    GroupKind.THEMATIC: N_("Thematic group"),
}
