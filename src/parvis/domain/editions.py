"""Editions: their states, and which change leads from one to another."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum

from parvis.domain.refusals import N_, Refusal
from parvis.domain.slugs import slug_of


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

MOST_DAYS = 31

# It does not take place as announced: whoever planned to come is told why.
CALLED_OFF: frozenset[EditionStatus] = frozenset({EditionStatus.POSTPONED, EditionStatus.CANCELLED})

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


class DayAlone(Refusal):
    """The first and the last day are known together."""

    sentence = N_("Give both the first day and the last, or leave both empty and give the month.")


class EditionTooLong(Refusal):
    """An edition lasts a month at most; more is a slip of the pen."""

    sentence = N_("An edition lasts at most %(most)s days, and this would be %(days)s: check the two dates.")


class DateMissing(Refusal):
    """An edition is announced for some time, which also gives its address."""

    sentence = N_("Say when it takes place: its days, or at least the month.")


class WindowOutOfOrder(Refusal):
    """Registration closes after it opens."""

    sentence = N_("Registration closes before it opens: check the two times.")


class RoomsElsewhere(Refusal):
    """What is placed stands in a room of the edition's venue."""

    sentence = N_(
        "%(count)s sessions are placed in rooms of “%(venue)s”. Tick the box to take them out of the timetable, or "
        "keep the venue."
    )


class HoursWouldShift(Refusal):
    """The hours that people have read do not move by a change of zone."""

    sentence = N_(
        "%(count)s sessions are placed here by the hours of the zone that was chosen: take them out of the timetable "
        "before you change it."
    )


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


def next_statuses(current: EditionStatus) -> list[EditionStatus]:
    """Return the states to which an edition may go from `current`, in the order of its life."""
    return [status for status in EditionStatus if status in NEXT_STATUSES[current]]


def check_days(first: date | None, last: date | None) -> None:
    """Raise `DayAlone`, `DatesOutOfOrder` or `EditionTooLong` unless both days are unknown or make an edition."""
    if first is None and last is None:
        return
    if first is None or last is None:
        raise DayAlone(field="starts_on" if first is None else "ends_on")
    if last < first:
        raise DatesOutOfOrder(field="ends_on")
    days = (last - first).days + 1
    if days > MOST_DAYS:
        raise EditionTooLong(most=MOST_DAYS, days=days, field="ends_on")


def check_window_order(opens_at: datetime | None, closes_at: datetime | None) -> None:
    """Raise `WindowOutOfOrder` where registration would close before it opens."""
    if opens_at is not None and closes_at is not None and closes_at <= opens_at:
        raise WindowOutOfOrder(field="registration_closes_at")


def edition_slug(first: date | None, month: date | None, taken: Collection[str]) -> str:
    """Return the address of an edition: its year, numbered from 2 where the year is taken. Raises `DateMissing`."""
    when = first or month
    if when is None:
        raise DateMissing(field="starts_on")
    return slug_of(str(when.year), taken, longest=40)
