"""Where a proposal stands, and what was decided about it."""

from __future__ import annotations

from enum import StrEnum

from parvis.domain.refusals import N_


class ProposalStatus(StrEnum):
    """Where its authors stand with a proposal."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


PROPOSAL_STATUS_NAMES: dict[ProposalStatus, str] = {
    ProposalStatus.DRAFT: N_("Draft"),
    ProposalStatus.SUBMITTED: N_("Submitted"),
    ProposalStatus.WITHDRAWN: N_("Withdrawn"),
}


class Decision(StrEnum):
    """What the organisers decided; prepared quietly, known to the authors only once announced."""

    NONE = "none"
    ACCEPTED = "accepted"
    RESERVE = "reserve"
    DECLINED = "declined"


DECISION_NAMES: dict[Decision, str] = {
    Decision.NONE: N_("Undecided"),
    Decision.ACCEPTED: N_("Selected"),
    Decision.RESERVE: N_("On the reserve list"),
    Decision.DECLINED: N_("Not selected"),
}
