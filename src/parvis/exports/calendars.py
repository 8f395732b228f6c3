"""The programme as a calendar file (RFC 5545): one event per session, its identity stable from release to release."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from icalendar import Calendar, Event, vUri

from parvis.domain.programme.release import ReleaseContent, SessionContent, in_language


def _moment(iso: str) -> datetime:
    return datetime.fromisoformat(iso).astimezone(UTC)


def _event(
    session: SessionContent, *, place: str, language: str, address: str, written_at: datetime, sequence: int
) -> Event:
    event = Event()
    event.add("uid", f"{session.guid}@parvis")
    event.add("dtstamp", written_at.astimezone(UTC))
    event.add("dtstart", _moment(session.starts_at))
    event.add("dtend", _moment(session.ends_at))
    event.add("summary", in_language(session.title, language), parameters={"LANGUAGE": language})
    if place:
        event.add("location", place)
    abstract = in_language(session.abstract, language)
    if abstract:
        event.add("description", abstract)
    event.add("url", vUri(address))
    event.add("sequence", sequence)
    event.add("status", "CANCELLED" if session.status == "cancelled" else "CONFIRMED")
    return event


def session_events(
    content: ReleaseContent, *, language: str, site: str, written_at: datetime, sequence: int = 0
) -> Iterator[Event]:
    """Yield an event for each placed session; `site` is the address of the edition's pages, ending in a slash.

    A later release has a higher `sequence`, so that calendars replace what they hold.
    """
    rooms = {room.slug: room.name for room in content.rooms}
    venue = content.edition.venue
    for session in content.sessions:
        if not session.starts_at:
            continue
        place = ", ".join(
            part
            for part in (
                rooms.get(session.room, ""),
                in_language(venue.name, language) if venue else "",
                venue.city if venue else "",
            )
            if part
        )
        yield _event(
            session,
            place=place,
            language=language,
            address=f"{site}sessions/{session.slug}/",
            written_at=written_at,
            sequence=sequence,
        )


def programme_calendar(
    content: ReleaseContent, *, language: str, site: str, written_at: datetime, sequence: int = 0
) -> bytes:
    """Return the whole programme as one calendar."""
    calendar = Calendar()
    calendar.add("prodid", "-//Parvis//programme//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", in_language(content.edition.name, language))
    for event in session_events(content, language=language, site=site, written_at=written_at, sequence=sequence):
        calendar.add_component(event)
    return bytes(calendar.to_ical())
