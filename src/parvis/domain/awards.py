"""Awards: labels, prizes and honours."""

from __future__ import annotations

from enum import StrEnum

from parvis.domain.refusals import N_


class AwardKind(StrEnum):
    """What is given."""

    LABEL = "label"
    PRIZE = "prize"


AWARD_KIND_NAMES: dict[AwardKind, str] = {AwardKind.LABEL: N_("Label"), AwardKind.PRIZE: N_("Prize")}
