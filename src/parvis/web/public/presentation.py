"""What the templates show of a release in one language: texts chosen, people and rooms joined, times read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from itertools import groupby

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from parvis.domain.programme.filters import FilterIndex, ProgrammeFilter, answers
from parvis.domain.programme.release import (
    InterventionContent,
    ReleaseContent,
    SessionContent,
    SpeakerContent,
    in_language,
)
from parvis.domain.programme.sessions import (
    INTERVENTION_ROLE_NAMES,
    SESSION_FORMAT_NAMES,
    SESSION_MODE_NAMES,
    InterventionRole,
    SessionMode,
)
from parvis.domain.programme.sessions import SessionFormat as Format
from parvis.domain.text import fold
from parvis.web.public.addresses import Addresses
from parvis.web.public.session_views import TINTS, PersonLine, SessionView, Text, text_of

__all__ = ["Day", "PersonLine", "Programme", "RoomDay", "SessionView", "Slot", "SpeakerView", "Text", "text_of"]


@dataclass(frozen=True, slots=True)
class Slot:
    """Sessions that begin together."""

    starts: datetime
    ends: datetime
    sessions: list[SessionView]

    @property
    def cards(self) -> SafeString:
        """The sessions' cards one after the other."""
        return mark_safe("".join(session.card for session in self.sessions))  # each was escaped by its template

    @property
    def choices(self) -> SafeString:
        """The cards of what can be chosen, each with room for what is said of it; nobody chooses a break."""
        return mark_safe("".join(f'<div class="chosen">{s.card}</div>' for s in self.sessions if not s.is_break))

    def by_kind(self) -> list[tuple[str, str, list[SessionView]]]:
        """Return the sessions under the names of their kinds, with the tint of each."""
        ordered = sorted(self.sessions, key=lambda s: list(Format).index(Format(s.content.format)))
        return [(kind, tint, list(found)) for (kind, tint), found in groupby(ordered, key=lambda s: (s.kind, s.tint))]


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the programme, with its slots in order."""

    date: date
    slots: list[Slot]


@dataclass(frozen=True, slots=True)
class RoomDay:
    """What takes place in a room, day by day."""

    name: str
    slug: str
    address: str
    building: str
    capacity: int | None
    days: list[tuple[date, list[SessionView]]]


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """A speaker with every mandate and every appearance, in the order of the programme."""

    slug: str
    name: str
    first_name: str
    last_name: str
    address: str
    mandates: list[str]
    biography: Text
    photograph: str
    fictional: bool
    search: str
    sessions: list[tuple[str, SessionView]] = field(default_factory=list)


def _languages(session: SessionContent) -> str:
    spoken, into = (", ".join(code.upper() for code in codes) for codes in (session.spoken, session.interpreted))
    return f"{spoken} → {into}" if spoken and into else spoken


def _when(session: SessionView) -> tuple[bool, float]:
    """Sort by time, changes of the clock included; what has none yet comes last."""
    return session.starts is None, session.starts.timestamp() if session.starts else 0.0


class Programme:
    """The sessions and speakers of a release, in one language, which must be the active one."""

    def __init__(self, content: ReleaseContent, language: str) -> None:
        self.content = content
        self.language = language
        self.addresses = Addresses(content.edition.slug)
        self._people = {speaker.slug: speaker for speaker in content.speakers}
        self._rooms = {room.slug: room.name for room in content.rooms}
        self._formats = {str(format_): gettext(name) for format_, name in SESSION_FORMAT_NAMES.items()}
        self._roles = {str(role): gettext(name) for role, name in INTERVENTION_ROLE_NAMES.items()}
        self._modes = {str(mode): gettext(name) for mode, name in SESSION_MODE_NAMES.items()}
        self._star = self.addresses.page("own_programme_choose")
        self.sessions = [self._view(session) for session in content.sessions]
        self.by_guid = {session.content.guid: session for session in self.sessions}

    def _view(self, session: SessionContent) -> SessionView:
        language = self.language
        return SessionView(
            content=session,
            address=self.addresses.of("session", session.slug),
            star_address=f"{self._star}?add={session.slug}" if self._star else "",
            kind=self._formats[session.format],
            tint=TINTS[Format(session.format)],
            title=text_of(session.title, language),
            abstract=text_of(session.abstract, language),
            theme=" · ".join(in_language(theme.name, language) for theme in session.themes),
            group=in_language(session.group, language),
            host=in_language(session.host, language),
            room=self._rooms.get(session.room, ""),
            mode="" if session.mode == SessionMode.ON_SITE else self._modes.get(session.mode, ""),
            starts=datetime.fromisoformat(session.starts_at) if session.starts_at else None,
            ends=datetime.fromisoformat(session.ends_at) if session.ends_at else None,
            languages=_languages(session),
            people=[
                self._person(item, self._people[item.person])
                for item in session.interventions
                if item.person in self._people
            ],
        )

    def _person(self, item: InterventionContent, speaker: SpeakerContent) -> PersonLine:
        return PersonLine(
            name=speaker.name,
            address=self.addresses.of("speaker", item.person),
            role=self._roles.get(item.role) or gettext(INTERVENTION_ROLE_NAMES[InterventionRole.SPEAKER]),
            role_code=item.role,
            mandate=in_language(item.mandate, self.language),
            fictional=speaker.fictional,
            photograph=speaker.photograph,
        )

    @cached_property
    def index(self) -> FilterIndex:
        """What the sessions answer to when the programme is filtered."""
        return FilterIndex(self.content)

    def answering(self, wanted: ProgrammeFilter) -> list[SessionView]:
        """Return the sessions that answer to a filter, all of them to none."""
        if not wanted:
            return self.sessions
        return [session for session in self.sessions if answers(wanted, session.content.guid, self.index)]

    def days(self, sessions: Sequence[SessionView] | None = None) -> list[Day]:
        """Return the days that have something placed, in order; of some sessions only, where they are given."""
        shown = self.sessions if sessions is None else sessions
        placed = sorted((s for s in shown if s.starts and s.ends), key=_when)
        return [
            Day(date.fromisoformat(day), self._slots(found))
            for day, found in groupby(placed, key=lambda session: session.content.day)
        ]

    @staticmethod
    def _slots(sessions: Iterable[SessionView]) -> list[Slot]:
        slots = []
        for _start, found in groupby(sessions, key=lambda session: session.content.starts_at):
            together = list(found)
            starts, ends = together[0].starts, max(s.ends for s in together if s.ends)
            if starts:
                slots.append(Slot(starts, ends, together))
        return slots

    def waiting(self, sessions: Sequence[SessionView] | None = None) -> list[SessionView]:
        """Return the sessions whose time is to be announced."""
        return [session for session in (self.sessions if sessions is None else sessions) if not session.starts]

    def rooms(self) -> list[RoomDay]:
        """Return each room with what takes place in it."""
        found = []
        for room in self.content.rooms:
            here = sorted((s for s in self.sessions if s.content.room == room.slug and s.starts), key=_when)
            days = [
                (date.fromisoformat(day), list(of_day)) for day, of_day in groupby(here, key=lambda s: s.content.day)
            ]
            address = self.addresses.of("room", room.slug)
            found.append(RoomDay(room.name, room.slug, address, room.building, room.capacity, days))
        return found

    def session(self, slug: str) -> SessionView | None:
        """Return one session."""
        return next((session for session in self.sessions if session.content.slug == slug), None)

    @cached_property
    def _everybody(self) -> list[SpeakerView]:
        appearances: dict[str, list[tuple[str, SessionView]]] = {}
        for session in sorted(self.sessions, key=_when):
            for item in session.content.interventions:
                appearances.setdefault(item.person, []).append((self._roles.get(item.role, ""), session))
        return [self._speaker(speaker, appearances.get(speaker.slug, [])) for speaker in self.content.speakers]

    def _speaker(self, speaker: SpeakerContent, sessions: list[tuple[str, SessionView]]) -> SpeakerView:
        mandates = [mandate for words in speaker.mandates if (mandate := in_language(words, self.language))]
        return SpeakerView(
            slug=speaker.slug,
            name=speaker.name,
            first_name=speaker.first_name,
            last_name=speaker.last_name,
            address=self.addresses.of("speaker", speaker.slug),
            mandates=mandates,
            biography=text_of(speaker.biography, self.language),
            photograph=speaker.photograph,
            fictional=speaker.fictional,
            search=fold(" ".join((speaker.first_name, speaker.last_name, *mandates))),
            sessions=sessions,
        )

    def speaker(self, slug: str) -> SpeakerView | None:
        """Return one speaker."""
        return next((speaker for speaker in self._everybody if speaker.slug == slug), None)

    def speakers(self, wanted: str = "") -> list[SpeakerView]:
        """Return every speaker, or those whose name or mandates hold every word of `wanted`, accents aside."""
        words = fold(wanted).split()
        return [speaker for speaker in self._everybody if all(word in speaker.search for word in words)]
