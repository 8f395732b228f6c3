"""Editions: their states, and which change leads from one to another."""

from __future__ import annotations

from enum import StrEnum

from parvis.domain.refusals import N_, Refusal


class EditionStatus(StrEnum):
    """Where an edition stands (design.md, "Models that carry the weight")."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    OPEN = "open"
    ON_SITE = "on_site"
    HELD = "held"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"


EDITION_STATUS_NAMES: dict[EditionStatus, str] = {
    EditionStatus.DRAFT: N_("Draft"),
    EditionStatus.ANNOUNCED: N_("Announced"),
    EditionStatus.OPEN: N_("Registration open"),
    EditionStatus.ON_SITE: N_("Under way"),
    EditionStatus.HELD: N_("Held"),
    EditionStatus.POSTPONED: N_("Postponed"),
    EditionStatus.CANCELLED: N_("Cancelled"),
    EditionStatus.ARCHIVED: N_("Archived"),
}

# A cancelled edition keeps its number and its registrations; it can only be archived (R2, R3).
NEXT_STATUSES: dict[EditionStatus, frozenset[EditionStatus]] = {
    EditionStatus.DRAFT: frozenset({EditionStatus.ANNOUNCED}),
    EditionStatus.ANNOUNCED: frozenset({EditionStatus.OPEN, EditionStatus.POSTPONED, EditionStatus.CANCELLED}),
    EditionStatus.OPEN: frozenset(
        {EditionStatus.ANNOUNCED, EditionStatus.ON_SITE, EditionStatus.POSTPONED, EditionStatus.CANCELLED}
    ),
    EditionStatus.ON_SITE: frozenset({EditionStatus.HELD, EditionStatus.CANCELLED}),
    EditionStatus.HELD: frozenset({EditionStatus.ARCHIVED}),
    EditionStatus.POSTPONED: frozenset({EditionStatus.ANNOUNCED, EditionStatus.OPEN, EditionStatus.CANCELLED}),
    EditionStatus.CANCELLED: frozenset({EditionStatus.ARCHIVED}),
    EditionStatus.ARCHIVED: frozenset(),
}

PUBLIC_STATUSES: frozenset[EditionStatus] = frozenset(EditionStatus) - {EditionStatus.DRAFT}


class EditionCannotBecome(Refusal):
    """An edition changes state only along `NEXT_STATUSES`."""

    sentence = N_("An edition that is “%(current)s” cannot become “%(wanted)s”.")


class EditionIsClosed(Refusal):
    """An archived or cancelled edition does not change any more."""

    sentence = N_("The edition is “%(current)s”: it does not change any more.")


class DatesOutOfOrder(Refusal):
    """An edition ends on the day it begins, or later."""

    sentence = N_("The edition ends before it begins: check the two dates.")


class ReasonMissing(Refusal):
    """Those who planned to come are told why it does not take place as announced."""

    sentence = N_("Say why, in words that the public may read: they are shown on the site.")


class SessionsOutsideDates(Refusal):
    """What is placed stays inside the edition's days."""

    sentence = N_(
        "%(count)s sessions are placed outside these days: move them, or take them out of the timetable first."
    )


def check_transition(current: EditionStatus, wanted: EditionStatus) -> None:
    """Raise `EditionCannotBecome` unless an edition may go from `current` to `wanted`."""
    if wanted != current and wanted not in NEXT_STATUSES[current]:
        raise EditionCannotBecome(
            current=EDITION_STATUS_NAMES[current], wanted=EDITION_STATUS_NAMES[wanted], field="status"
        )
