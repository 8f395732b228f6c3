"""The programme as conference apps read it: frab/voc `schedule.json`, and what `schedule.xml` is made from.

The format knows days, rooms and events that take place. So sessions without a time are left out, and so are those
that are cancelled: its readers take a session that disappears for one that was called off, and say so.
A day begins at four in the morning, as apps expect, so that a late session belongs to its evening.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import cycle
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.utils.translation import override

from parvis.domain.programme.release import ReleaseContent, SessionContent, SpeakerContent, in_language
from parvis.domain.programme.sessions import PROCEEDINGS, DocumentKind, SessionFormat
from parvis.domain.text import fold
from parvis.exports.programme_words import ProgrammeWords

DAY_BEGINS = time(4)
SLOT = "00:05"
GENERATOR = "Parvis"
SCHEMA = "https://c3voc.de/schedule/schema.json"
# The look's tints (docs/look.md), as each kind of session bears them on the site.
COLOURS: dict[SessionFormat, str] = {
    SessionFormat.OPENING: "#a83f2a",
    SessionFormat.PLENARY: "#a83f2a",
    SessionFormat.CEREMONY: "#a83f2a",
    SessionFormat.ASSEMBLY: "#17233b",
    SessionFormat.WORKSHOP: "#1c646d",
    SessionFormat.MICRO_WORKSHOP: "#8f6512",
    SessionFormat.COUNTRY_GROUP: "#5f7a3a",
    SessionFormat.REGIONAL_MEETING: "#6d4a6e",
    SessionFormat.THEMATIC_GROUP: "#5f7a3a",
    SessionFormat.SIDE_EVENT: "#4d5a73",
    SessionFormat.BREAK: "#4d5a73",
}
THEME_COLOURS = ("#1c646d", "#a83f2a", "#8f6512", "#5f7a3a", "#6d4a6e", "#17233b")
_REFERENCES: dict[str, str] = {
    DocumentKind.HANDOUT: "paper",
    DocumentKind.SLIDES: "slides",
    DocumentKind.VIDEO: "media",
    DocumentKind.PHOTOS: "media",
    DocumentKind.MINUTES: "article",
}
_CODE = re.compile(r"[A-Z0-9]+")


@dataclass(frozen=True, slots=True)
class Track:
    """What events are coloured by: a theme, or the format of those that have none."""

    name: str
    slug: str
    colour: str


@dataclass(frozen=True, slots=True)
class ScheduledRoom:
    """A room under the name by which its events point to it."""

    name: str
    slug: str
    guid: str
    capacity: int | None
    building: str


@dataclass(frozen=True, slots=True)
class ScheduledDay:
    """A day from four to four, with its events by room; a room without any is not named."""

    index: int
    date: date
    begins: datetime
    ends: datetime
    rooms: dict[str, list[SessionContent]]


def number_of(guid: str) -> int:
    """Return a positive number of 31 bits that stands for a GUID, for readers who know only numbers."""
    return UUID(guid).int % (2**31 - 1) + 1


class Schedule:
    """One release laid out by day and room. `number` is the release's; `address` that of the file itself."""

    def __init__(self, content: ReleaseContent, *, language: str, site: str, number: int) -> None:
        self.words = ProgrammeWords(content, language=language, site=site)
        self.content = content
        self.version = str(number)
        venue = content.edition.venue
        self.zone_name = venue.timezone if venue else "Europe/Paris"
        self.zone = ZoneInfo(self.zone_name)
        self.sessions = [s for s in content.sessions if s.starts_at and s.ends_at and s.status != "cancelled"]
        self.sessions.sort(key=lambda s: (s.starts_at, s.code))
        self.numbers = self._numbers()
        colours = cycle(THEME_COLOURS)
        self._theme_colours = {theme.slug: next(colours) for theme in self.words.themes}

    def _numbers(self) -> dict[str, int]:
        """Give each session a number of its own: its GUID's, or the next that is free where two agree."""
        taken: dict[int, str] = {}
        for guid in sorted(session.guid for session in self.sessions):
            number = number_of(guid)
            while number in taken:
                number = number % (2**31 - 1) + 1
            taken[number] = guid
        return {guid: number for number, guid in taken.items()}

    @cached_property
    def acronym(self) -> str:
        """The edition in lower-case letters, digits and underscores: rencontres_de_l_aict_2023."""
        edition = self.content.edition
        words = fold(edition.short_name.get("fr") or self.words.edition)
        parts = re.findall(r"[a-z0-9]+", f"{words} {edition.slug}")
        acronym = "_".join(parts)
        return acronym if len(acronym) >= 4 else f"edition_{acronym}"

    def starts(self, session: SessionContent) -> datetime:
        """Return when a session begins, by the venue's clock."""
        return datetime.fromisoformat(session.starts_at).astimezone(self.zone)

    def minutes(self, session: SessionContent) -> int:
        """Return how long a session lasts, in minutes that pass (clocks may change meanwhile)."""
        length = datetime.fromisoformat(session.ends_at) - datetime.fromisoformat(session.starts_at)
        return int(length.total_seconds()) // 60

    def duration(self, session: SessionContent) -> str:
        """Return a session's length: 01:30."""
        hours, minutes = divmod(self.minutes(session), 60)
        return f"{hours:02d}:{minutes:02d}"

    def slug(self, session: SessionContent) -> str:
        """Return a slug that is the session's alone among all conferences."""
        own = "-".join(re.findall(r"[a-z0-9]+", session.slug.lower().replace("_", "-")))
        return f"{self.acronym}-{own}" if len(own) >= 4 else f"{self.acronym}-session-{own}".rstrip("-")

    def track(self, session: SessionContent) -> Track:
        """Return the first theme of a session, else its format."""
        if session.themes and (name := self.words.theme_names(session)[0]):
            theme = session.themes[0]
            return Track(name, theme.slug, self._theme_colours[theme.slug])
        format_ = SessionFormat(session.format)
        return Track(self.words.format_name(session), format_.replace("_", "-"), COLOURS[format_])

    @property
    def tracks(self) -> list[Track]:
        """Every track once, in the order of the programme."""
        return list({track.name: track for track in map(self.track, self.sessions)}.values())

    @property
    def rooms(self) -> list[ScheduledRoom]:
        """The rooms, each with a GUID that lasts as long as its slug."""
        edition = UUID(self.content.edition.guid)
        return [
            ScheduledRoom(
                self.words.rooms[room.slug],
                room.slug,
                str(uuid5(edition, f"room:{room.slug}")),
                room.capacity,
                room.building,
            )
            for room in self.content.rooms
        ]

    def _day_of(self, session: SessionContent) -> date:
        begins = self.starts(session)
        return begins.date() - timedelta(days=1) if begins.time() < DAY_BEGINS else begins.date()

    @property
    def days(self) -> list[ScheduledDay]:
        """Every day of the edition and every day with a session; none where no date is known yet."""
        edition = self.content.edition
        dates = {self._day_of(session) for session in self.sessions}
        if edition.starts_on and edition.ends_on:
            first, last = date.fromisoformat(edition.starts_on), date.fromisoformat(edition.ends_on)
            dates |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
        days = []
        for index, day in enumerate(sorted(dates), 1):
            here = [session for session in self.sessions if self._day_of(session) == day]
            names = {self.words.room(session): None for session in here}
            order = [name for name in self.words.rooms.values() if name in names]
            days.append(
                ScheduledDay(
                    index,
                    day,
                    datetime.combine(day, DAY_BEGINS, self.zone),
                    datetime.combine(day + timedelta(days=1), DAY_BEGINS, self.zone),
                    {name: [s for s in here if self.words.room(s) == name] for name in order},
                )
            )
        return days

    def description(self, session: SessionContent) -> str:
        """Return what the format has no place for: people with their mandates, languages, group, note."""
        people = "\n".join(self.words.person_line(item, speaker) for item, speaker in self.words.cast(session))
        return "\n\n".join(part for part in (people, "\n".join(self.words.particulars(session))) if part)

    def references(self, session: SessionContent, *, proceedings: bool) -> Iterator[tuple[str, str, str]]:
        """Yield (kind, address, title) of links (`proceedings`, and the way in online), or of documents before."""
        if proceedings and session.online_url:
            yield "web", session.online_url, self.words.mode_name(session)
        for document in session.documents:
            if (document.kind in PROCEEDINGS) is proceedings:
                title = self.words.document_title(document.title, document.kind)
                yield _REFERENCES.get(document.kind, "related"), self.words.absolute(document.url), title


def schedule_json(content: ReleaseContent, *, language: str, site: str, number: int) -> bytes | None:
    """Return `schedule.json`; None while no day of the edition is known, for the format cannot say that."""
    with override(language):
        schedule = Schedule(content, language=language, site=site, number=number)
        days = schedule.days
        if not days:
            return None
        plain = {
            "$schema": SCHEMA,
            "generator": {"name": GENERATOR},
            "schedule": {
                "version": schedule.version,
                "base_url": site,
                "conference": {
                    **_conference(schedule, days),
                    "tracks": [_track(track) for track in schedule.tracks],
                    "rooms": [_room(room) for room in schedule.rooms],
                    "days": [_day(schedule, day) for day in days],
                },
            },
        }
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


def _conference(schedule: Schedule, days: list[ScheduledDay]) -> dict[str, Any]:
    edition = schedule.content.edition
    return {
        "acronym": schedule.acronym,
        "title": schedule.words.edition,
        "description": in_language(edition.theme, schedule.words.language),
        "start": days[0].date.isoformat(),
        "end": days[-1].date.isoformat(),
        "daysCount": len(days),
        "timeslot_duration": SLOT,
        "time_zone_name": schedule.zone_name,
        "url": f"{schedule.words.site}programme/",
        "keywords": [edition.hashtag] if edition.hashtag else [],
    }


def is_slug(text: str) -> bool:
    """Tell whether both schemas take a slug: two characters or more, a letter first, no sign last."""
    return re.fullmatch(r"[a-z][a-z0-9-]*[a-z0-9]", text) is not None


def _track(track: Track) -> dict[str, str]:
    return {"name": track.name, "color": track.colour, **({"slug": track.slug} if is_slug(track.slug) else {})}


def _room(room: ScheduledRoom) -> dict[str, Any]:
    plain: dict[str, Any] = {"name": room.name, "guid": room.guid, "capacity": room.capacity}
    if is_slug(room.slug):
        plain["slug"] = room.slug
    if room.building:
        plain["description"] = room.building
    return plain


def _day(schedule: Schedule, day: ScheduledDay) -> dict[str, Any]:
    return {
        "index": day.index,
        "date": day.date.isoformat(),
        "day_start": day.begins.isoformat(),
        "day_end": day.ends.isoformat(),
        "rooms": {name: [_event(schedule, s) for s in sessions] for name, sessions in day.rooms.items()},
    }


def _event(schedule: Schedule, session: SessionContent) -> dict[str, Any]:
    words = schedule.words
    begins = schedule.starts(session)
    ends = datetime.fromisoformat(session.ends_at).astimezone(schedule.zone)
    plain: dict[str, Any] = {
        "guid": session.guid,
        "id": schedule.numbers[session.guid],
        "date": begins.isoformat(),
        "start": begins.strftime("%H:%M"),
        "end": ends.isoformat(),
        "duration": schedule.duration(session),
        "room": words.room(session),
        "slug": schedule.slug(session),
        "url": words.address(session),
        "title": words.title(session),
        "subtitle": words.group(session),
        "track": schedule.track(session).name,
        "type": words.format_name(session),
        "language": session.spoken[0] if session.spoken else None,
        "abstract": words.abstract(session),
        "description": schedule.description(session),
        "persons": [_person(schedule, session, speaker) for speaker in words.speakers(session)],
        "links": [_reference(*found) for found in schedule.references(session, proceedings=True)],
        "attachments": [_reference(*found) for found in schedule.references(session, proceedings=False)],
    }
    if _CODE.fullmatch(session.code):
        plain["code"] = session.code
    return plain


def _reference(kind: str, address: str, title: str) -> dict[str, str]:
    return {"type": kind, "url": address, "title": title}


def _person(schedule: Schedule, session: SessionContent, speaker: SpeakerContent) -> dict[str, Any]:
    words = schedule.words
    items = [item for item in session.interventions if item.person == speaker.slug]
    return {
        "guid": speaker.guid,
        "name": words.speaker_name(speaker),
        "url": words.speaker_address(speaker),
        "biography": in_language(speaker.biography, words.language),
        "avatar": words.absolute(speaker.photograph) if speaker.photograph else None,
        "role": ", ".join(words.role(item) for item in items),  # the schema allows more keys: as what they speak
        "mandate": next((words.mandate(item) for item in items if item.mandate), ""),
    }
