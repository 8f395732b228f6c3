"""Calendar files (RFC 5545) that people add to their own calendars."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from icalendar import Calendar, Event, vUri


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
    sequence: int = 0,
) -> bytes:
    """Return one edition as an all-day event from its first to its last day.

    The same `guid` with a higher `sequence` replaces the event in the reader's calendar; `cancelled` strikes it out.
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
    event.add("sequence", sequence)
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
    cancelled: bool = False,
    sequence: int = 0,
) -> bytes:
    """Return one session as an event; times are aware and written in UTC, so that no calendar needs our zone.

    The identity is that of the feeds: the same `guid` with a higher `sequence` replaces the event, `cancelled` strikes
    it out.
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
    event.add("sequence", sequence)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
