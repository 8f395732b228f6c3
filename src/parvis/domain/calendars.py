"""Calendar files (RFC 5545) that people add to their own calendars.

One event may reach somebody by a confirmation, an answer, a notice of a release and a feed: all number it by one rule
(`sequence_of`), so that what was written later replaces what was written before, wherever it came from.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from icalendar import Calendar, Event, vUri

_COUNTED_FROM = datetime(2020, 1, 1, tzinfo=UTC)


def sequence_of(written_at: datetime, release: int = 0) -> int:
    """Return the number (RFC 5545, SEQUENCE) of what is said of an event at an aware moment.

    Whole seconds since 2020, and the number of the edition's last release, so that two of one second differ. It stays
    below what calendars can count (2³¹) until 2088, and is nought before 2020.
    """
    return max(0, int((written_at - _COUNTED_FROM).total_seconds())) + release


def edition_calendar(
    *,
    guid: UUID,
    summary: str,
    first_day: date,
    last_day: date,
    place: str,
    description: str,
    url: str,
    language: str,
    written_at: datetime,
    cancelled: bool = False,
) -> bytes:
    """Return one edition as an all-day event from its first to its last day.

    Written later, the same `guid` replaces the event in the reader's calendar; `cancelled` strikes it out.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Parvis//registrations//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    event = Event()
    event.add("uid", f"{guid}@parvis")
    event.add("dtstamp", written_at)
    event.add("dtstart", first_day)
    event.add("dtend", last_day + timedelta(days=1))  # the end is exclusive
    event.add("summary", summary, parameters={"LANGUAGE": language})
    if place:
        event.add("location", place)
    if description:
        event.add("description", description)
    event.add("url", vUri(url))
    event.add("sequence", sequence_of(written_at))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE")
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def session_calendar(
    *,
    guid: UUID,
    summary: str,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    description: str,
    url: str,
    language: str,
    written_at: datetime,
    release: int = 0,
    cancelled: bool = False,
) -> bytes:
    """Return one session as an event; times are aware and written in UTC, so that no calendar needs our zone.

    The identity is that of the feeds: written later, the same `guid` replaces the event, `cancelled` strikes it out.
    `release` is the number of the edition's last release, 0 before the first.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Parvis//programme//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    event = Event()
    event.add("uid", f"{guid}@parvis")
    event.add("dtstamp", written_at.astimezone(UTC))
    event.add("dtstart", starts_at.astimezone(UTC))
    event.add("dtend", ends_at.astimezone(UTC))
    event.add("summary", summary, parameters={"LANGUAGE": language})
    if place:
        event.add("location", place)
    if description:
        event.add("description", description)
    event.add("url", vUri(url))
    event.add("sequence", sequence_of(written_at, release))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
