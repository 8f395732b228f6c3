"""Partners: what they are to an edition."""

from __future__ import annotations

from enum import StrEnum

from parvis.domain.refusals import N_


class PartnerKind(StrEnum):
    """As what a partner supports an edition."""

    FUNDER = "funder"
    PROJECT = "project"
    SUPPORTER = "supporter"
    EXHIBITOR = "exhibitor"


PARTNER_KIND_NAMES: dict[PartnerKind, str] = {
    PartnerKind.FUNDER: N_("Funder"),
    PartnerKind.PROJECT: N_("Co-funded project"),
    PartnerKind.SUPPORTER: N_("Supporter"),
    PartnerKind.EXHIBITOR: N_("Exhibitor"),
}
