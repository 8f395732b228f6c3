"""When somebody can be there: hours inside the edition's days, in order, merged where they touch. None: always."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from parvis.domain.refusals import N_, Refusal

MOST_SPANS = 3  # in one day; more is a diary


class Presence(StrEnum):
    """How somebody is there on a day."""

    WHOLE = "whole"
    HOURS = "hours"
    ABSENT = "absent"


PRESENCE_NAMES: dict[Presence, str] = {
    Presence.WHOLE: N_("The whole day"),
    Presence.HOURS: N_("At these hours"),
    Presence.ABSENT: N_("Not that day"),
}


class HoursBackwards(Refusal):
    """Hours end after they begin."""

    sentence = N_("These hours end before they begin: check them.")


class HoursMissing(Refusal):
    """Whoever is there at some hours says which."""

    sentence = N_("Say from when to when, or choose “The whole day”.")


class HoursOutside(Refusal):
    """Only the edition's days count."""

    sentence = N_("These hours are outside the edition, which runs from %(first)s to %(last)s.")


class NeverThere(Refusal):
    """Who can never be there declines; no hours at all would mean always."""

    sentence = N_("You cannot be there on any day: decline the invitation instead.")


class DaysUnknown(Refusal):
    """Hours are asked for once the days are known."""

    sentence = N_("The edition has no dates yet: hours are asked for once they are known.")


@dataclass(frozen=True, slots=True, order=True)
class Hours:
    """From when to when; aware moments."""

    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class DayAnswer:
    """What somebody says of one day. A span that ends at midnight ends with the day."""

    day: date
    presence: Presence
    spans: tuple[tuple[time | None, time | None], ...] = ()


def whole_day(day: date, zone: ZoneInfo) -> Hours:
    """Return a day from midnight to midnight; 23 or 25 hours when the clocks change."""
    return Hours(_utc(day, time(), zone), _utc(day + timedelta(days=1), time(), zone))


def _utc(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)  # moments of one zone would be compared by their clocks


def tidy_hours(hours: Iterable[Hours], *, first_day: date | None, last_day: date | None, zone: ZoneInfo) -> list[Hours]:
    """Return hours in UTC, in order, merged where they overlap or touch. Doing it twice changes nothing.

    Raises `DaysUnknown`, `HoursBackwards`, `HoursOutside`.
    """
    if first_day is None or last_day is None:
        raise DaysUnknown
    opens, closes = whole_day(first_day, zone).starts, whole_day(last_day, zone).ends
    merged: list[Hours] = []
    for span in sorted(Hours(each.starts.astimezone(UTC), each.ends.astimezone(UTC)) for each in hours):
        if span.ends <= span.starts:
            raise HoursBackwards
        if span.starts < opens or span.ends > closes:
            raise HoursOutside(first=f"{first_day:%d/%m/%Y}", last=f"{last_day:%d/%m/%Y}")
        if merged and span.starts <= merged[-1].ends:
            merged[-1] = Hours(merged[-1].starts, max(merged[-1].ends, span.ends))
        else:
            merged.append(span)
    return merged


def hours_of(answers: Sequence[DayAnswer], *, zone: ZoneInfo) -> list[Hours]:
    """Return the hours that the answers about each day of an edition come to; none where somebody is always there.

    Raises `NeverThere`, and `HoursMissing` or `HoursBackwards` whose `field` names the day (`day_2033-09-19`).
    """
    if all(answer.presence is Presence.WHOLE for answer in answers):
        return []
    if all(answer.presence is Presence.ABSENT for answer in answers):
        raise NeverThere
    found: list[Hours] = []
    for answer in answers:
        field = f"day_{answer.day:%Y-%m-%d}"
        if answer.presence is Presence.WHOLE:
            found.append(whole_day(answer.day, zone))
        if answer.presence is not Presence.HOURS:
            continue
        spans = [span for span in answer.spans if any(part is not None for part in span)]
        if not spans:
            raise HoursMissing(field=field)
        for starts, ends in spans:
            if starts is None or ends is None:
                raise HoursMissing(field=field)
            over = answer.day + timedelta(days=1) if ends == time() else answer.day
            span = Hours(_utc(answer.day, starts, zone), _utc(over, ends, zone))
            if span.ends <= span.starts:
                raise HoursBackwards(field=field)
            found.append(span)
    return found


def answer_of_day(hours: Sequence[Hours], day: date, zone: ZoneInfo) -> DayAnswer:
    """Return what hours, tidied, say of one day, as a form would have said it; no hours at all: always there."""
    bounds = whole_day(day, zone)
    if not hours:
        return DayAnswer(day, Presence.WHOLE)
    inside = [
        Hours(max(span.starts, bounds.starts), min(span.ends, bounds.ends))
        for span in hours
        if span.starts < bounds.ends and span.ends > bounds.starts
    ]
    if not inside:
        return DayAnswer(day, Presence.ABSENT)
    if inside == [bounds]:
        return DayAnswer(day, Presence.WHOLE)
    spans = tuple((_clock(span.starts, zone), _clock(span.ends, zone)) for span in inside)
    return DayAnswer(day, Presence.HOURS, spans)


def _clock(moment: datetime, zone: ZoneInfo) -> time:
    return moment.astimezone(zone).time().replace(second=0, microsecond=0)


def covers(hours: Sequence[Hours], starts: datetime, ends: datetime) -> bool:
    """Tell whether somebody who gave hours, tidied, can be there the whole time; without any they always can."""
    return not hours or any(span.starts <= starts and ends <= span.ends for span in hours)


def days_of(first: date | None, last: date | None) -> list[date]:
    """Return the days of an edition, about each of which hours are asked. Raises `DaysUnknown`."""
    if first is None or last is None:
        raise DaysUnknown
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
