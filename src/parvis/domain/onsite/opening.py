"""When the doors of an edition are open.

* While the edition is under way, always.
* From its first day on where it is announced or open for registration: nobody has to remember a switch at 8 h.
* Once it is over (held, or past its last day) and until it is archived, for what was noted on paper or is found in a
  scanner's memory days later. These late entries count; the page says that the edition is over, and a press release
  whose figures no longer hold is flagged. Archiving closes the doors for good.
* Never for a draft, a postponed, a cancelled or an archived edition.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from parvis.domain.editions import EDITION_STATUS_NAMES, EditionStatus
from parvis.domain.refusals import N_, Refusal


class Opening(StrEnum):
    """How the doors stand: people arrive, or what they missed is entered afterwards."""

    NOW = "now"
    LATE = "late"


class DoorsClosed(Refusal):
    """A draft, postponed, cancelled or archived edition admits nobody."""

    sentence = N_("The doors are closed: this edition is “%(status)s”. Ask an organiser which door is meant.")


class DoorsOpenLater(Refusal):
    """Before the first day a scan would count somebody as present who is not there yet."""

    sentence = N_(
        "The doors open on %(day)s, the first day of the edition. To open them before, an organiser sets the edition "
        "“Under way”."
    )


class DatesUnknown(Refusal):
    """Without dates there is no first day."""

    sentence = N_("The doors are closed: the edition has no dates yet. An organiser sets them on the edition’s page.")


def opening_of(*, status: EditionStatus, first_day: date | None, last_day: date | None, today: date) -> Opening:
    """Return how the doors stand on the venue's day `today`.

    Raises `DoorsClosed`, `DoorsOpenLater` or `DatesUnknown` when nobody may scan.
    """
    if status is EditionStatus.HELD:
        return Opening.LATE
    if status not in {EditionStatus.ON_SITE, EditionStatus.OPEN, EditionStatus.ANNOUNCED}:
        raise DoorsClosed(status=EDITION_STATUS_NAMES[status])
    if last_day is not None and today > last_day:
        return Opening.LATE
    if status is not EditionStatus.ON_SITE:
        if first_day is None:
            raise DatesUnknown
        if today < first_day:
            raise DoorsOpenLater(day=f"{first_day:%d/%m/%Y}")
    return Opening.NOW
