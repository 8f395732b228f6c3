"""Sessions as a calendar (RFC 5545, RFC 7986): an event each, whose identity is stable from release to release.

Every time stands in the venue's zone with its changes of clock. Nothing here reads a clock: the same release gives
the same bytes, so that a feed can be compared by its ETag.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, override

from parvis.domain.calendars import sequence_of
from parvis.domain.programme.release import ReleaseContent, SessionContent, in_language, language_of
from parvis.domain.programme.sessions import SessionFormat
from parvis.exports.calendar_lines import escaped, line, local, text_line, utc, zone_lines
from parvis.exports.programme_words import ProgrammeWords

REFRESH = "PT15M"  # how often a calendar that subscribed should ask again


def programme_calendar(
    content: ReleaseContent,
    *,
    language: str,
    site: str,
    written_at: datetime,
    release: int = 0,
    sessions: Iterable[SessionContent] | None = None,
    name: str = "",
    source: str = "",
    called_off: str = "",
) -> bytes:
    """Return the programme, or only `sessions` of it, as one calendar; sessions without a time are left out.

    `site` is the address of the edition's pages, ending in a slash; `source` that of the feed itself, where it is one.
    `written_at` is when `release` was published: a later one replaces what calendars hold (`sequence_of`).
    `called_off` is the sentence that strikes every session out (the edition is cancelled or postponed).
    """
    with override(language):
        words = ProgrammeWords(content, language=language, site=site)
        placed = [s for s in (content.sessions if sessions is None else sessions) if s.starts_at and s.ends_at]
        zone = content.edition.venue.timezone if content.edition.venue else "Europe/Paris"
        return b"".join(
            (
                *_head(words, zone, name=name, source=source, written_at=written_at),
                *_zone(content, placed, zone, written_at),
                *(
                    content_line
                    for session in placed
                    for content_line in _event(
                        words, session, zone, written_at=written_at, release=release, called_off=called_off
                    )
                ),
                line("END", "VCALENDAR"),
            )
        )


def _head(words: ProgrammeWords, zone: str, *, name: str, source: str, written_at: datetime) -> Iterator[bytes]:
    shown = " – ".join(part for part in (words.edition, name) if part)
    yield line("BEGIN", "VCALENDAR")
    yield line("VERSION", "2.0")
    yield line("PRODID", "-//Parvis//programme//EN")
    yield line("CALSCALE", "GREGORIAN")
    yield text_line("NAME", shown)
    yield text_line("X-WR-CALNAME", shown)
    yield line("X-WR-TIMEZONE", zone)
    yield line("LAST-MODIFIED", utc(written_at))
    yield line("URL", f"{words.site}programme/")
    if source:
        yield line("SOURCE", source, {"VALUE": "URI"})
        yield line("REFRESH-INTERVAL", REFRESH, {"VALUE": "DURATION"})
        yield line("X-PUBLISHED-TTL", REFRESH)


def _zone(content: ReleaseContent, placed: list[SessionContent], zone: str, written_at: datetime) -> Iterator[bytes]:
    """Yield the zone, without sessions too: a calendar has to hold something."""
    days = [moment for session in placed for moment in (session.starts_at, session.ends_at)]
    years = [int(day[:4]) for day in days or [content.edition.starts_on or str(written_at.year)]]
    yield from zone_lines(zone, min(years), max(years))


def _event(
    words: ProgrammeWords,
    session: SessionContent,
    zone: str,
    *,
    written_at: datetime,
    release: int,
    called_off: str,
) -> Iterator[bytes]:
    cancelled = bool(called_off) or session.status == "cancelled"
    here = {"TZID": zone}
    yield line("BEGIN", "VEVENT")
    yield line("UID", f"{session.guid}@parvis")
    yield line("DTSTAMP", utc(written_at))
    yield line("LAST-MODIFIED", utc(written_at))
    yield line("SEQUENCE", str(sequence_of(written_at, release)))
    yield line("DTSTART", local(_moment(session.starts_at, zone)), here)
    yield line("DTEND", local(_moment(session.ends_at, zone)), here)
    title = words.title(session)
    struck = gettext("Cancelled: %(title)s") % {"title": title}
    yield text_line("SUMMARY", struck if cancelled else title, language_of(session.title, words.language))
    if place := words.place(session):
        yield text_line("LOCATION", place)
    if description := _description(words, session, called_off):
        yield text_line("DESCRIPTION", description, words.language)
    yield line("CATEGORIES", ",".join(escaped(n) for n in (words.format_name(session), *words.theme_names(session))))
    yield line("URL", words.address(session))
    if session.online_url:
        label = gettext("Follow online")
        yield line("CONFERENCE", session.online_url, {"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": label})
    for document in session.documents:
        yield line("ATTACH", words.absolute(document.url))
    yield line("STATUS", "CANCELLED" if cancelled else "CONFIRMED")
    yield line("TRANSP", "TRANSPARENT" if cancelled or session.format == SessionFormat.BREAK else "OPAQUE")
    yield line("END", "VEVENT")


def _moment(iso: str, zone: str) -> datetime:
    return datetime.fromisoformat(iso).astimezone(ZoneInfo(zone))


def _description(words: ProgrammeWords, session: SessionContent, called_off: str) -> str:
    people = "\n".join(words.person_line(item, speaker) for item, speaker in words.cast(session))
    parts = [called_off, words.abstract(session), people, "\n".join(words.particulars(session))]
    if session.online_url:
        parts.append(session.online_url)
    if session.format != SessionFormat.BREAK:
        parts.append(words.address(session))
    return "\n\n".join(part for part in parts if part)


def of_session(content: ReleaseContent, slug: str, language: str) -> tuple[str, list[SessionContent]] | None:
    """Return a session's title and the session alone; None where there is none of this slug."""
    found = next((session for session in content.sessions if session.slug == slug), None)
    return None if found is None else (in_language(found.title, language), [found])


def of_room(content: ReleaseContent, slug: str) -> tuple[str, list[SessionContent]] | None:
    """Return a room's name and what takes place in it; None for a room that the release does not know."""
    room = next((room for room in content.rooms if room.slug == slug), None)
    return None if room is None else (room.name, [s for s in content.sessions if s.room == slug])


def of_theme(content: ReleaseContent, slug: str, language: str) -> tuple[str, list[SessionContent]] | None:
    """Return a theme's name and its sessions; None for a theme that no session has."""
    found = [s for s in content.sessions if any(theme.slug == slug for theme in s.themes)]
    name = next((in_language(t.name, language) for s in found for t in s.themes if t.slug == slug), "")
    return (name, found) if found else None


def of_group(content: ReleaseContent, code: str, language: str) -> tuple[str, list[SessionContent]] | None:
    """Return a group's name and its meetings; None for a group that does not meet."""
    found = [s for s in content.sessions if code and s.group_code == code]
    return (in_language(found[0].group, language), found) if found else None


def of_person(content: ReleaseContent, slug: str) -> tuple[str, list[SessionContent]] | None:
    """Return a speaker's name and the sessions in which they take the floor; None for nobody."""
    speaker = next((speaker for speaker in content.speakers if speaker.slug == slug), None)
    if speaker is None:
        return None
    return speaker.name, [s for s in content.sessions if any(item.person == slug for item in s.interventions)]
