"""What the templates show of a release in one language: texts chosen, people and rooms joined, times read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext

from parvis.domain.programme.release import ReleaseContent, SessionContent, Words, in_language, language_of
from parvis.domain.programme.sessions import INTERVENTION_ROLE_NAMES, SESSION_FORMAT_NAMES, InterventionRole
from parvis.domain.programme.sessions import SessionFormat as Format
from parvis.domain.text import fold

TINTS: dict[Format, str] = {
    Format.OPENING: "brick",
    Format.PLENARY: "brick",
    Format.CEREMONY: "brick",
    Format.ASSEMBLY: "ink",
    Format.WORKSHOP: "sea",
    Format.MICRO_WORKSHOP: "gold",
    Format.COUNTRY_GROUP: "olive",
    Format.REGIONAL_MEETING: "plum",
    Format.THEMATIC_GROUP: "olive",
    Format.SIDE_EVENT: "soft",
    Format.BREAK: "soft",
}


@dataclass(frozen=True, slots=True)
class Text:
    """A text with the language that it is in, which may not be the page's."""

    text: str
    language: str

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


def text_of(words: Words, language: str) -> Text:
    """Return a text for a page in `language`."""
    return Text(in_language(words, language), language_of(words, language))


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody in a session: name, role there, and as what they speak."""

    name: str
    address: str
    role: str
    role_code: str
    mandate: str
    fictional: bool


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session ready to be shown."""

    content: SessionContent
    address: str
    kind: str
    tint: str
    title: Text
    abstract: Text
    theme: str
    group: str
    host: str
    room: str
    starts: datetime | None
    ends: datetime | None
    languages: str
    people: list[PersonLine]

    @property
    def is_break(self) -> bool:
        """Whether it is a pause, shown without a page of its own."""
        return self.content.format == Format.BREAK

    @property
    def is_cancelled(self) -> bool:
        """Whether it will not take place."""
        return self.content.status == "cancelled"

    @property
    def speakers(self) -> list[PersonLine]:
        """Everybody but the moderators."""
        return [person for person in self.people if person.role_code != InterventionRole.MODERATOR]

    @property
    def moderators(self) -> list[PersonLine]:
        """Those who moderate."""
        return [person for person in self.people if person.role_code == InterventionRole.MODERATOR]


@dataclass(frozen=True, slots=True)
class Slot:
    """Sessions that begin together."""

    starts: datetime
    ends: datetime
    sessions: list[SessionView]

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
    capacity: int | None
    days: list[tuple[date, list[SessionView]]]


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """A speaker with every mandate and every appearance."""

    slug: str
    name: str
    first_name: str
    last_name: str
    address: str
    mandates: list[str]
    biography: Text
    fictional: bool
    search: str
    sessions: list[tuple[str, SessionView]] = field(default_factory=list)


def _languages(session: SessionContent) -> str:
    spoken, into = (", ".join(code.upper() for code in codes) for codes in (session.spoken, session.interpreted))
    return f"{spoken} → {into}" if spoken and into else spoken


class Programme:
    """The sessions and speakers of a release, in one language."""

    def __init__(self, content: ReleaseContent, language: str) -> None:
        self.content = content
        self.language = language
        self._people = {speaker.slug: speaker for speaker in content.speakers}
        self._rooms = {room.slug: room.name for room in content.rooms}
        self.sessions = [self._view(session) for session in content.sessions]

    def _address(self, name: str, slug: str) -> str:
        return reverse(f"public:{name}", args=[self.content.edition.slug, slug])

    def _view(self, session: SessionContent) -> SessionView:
        format_ = Format(session.format)
        return SessionView(
            content=session,
            address=self._address("session", session.slug),
            kind=gettext(SESSION_FORMAT_NAMES[format_]),
            tint=TINTS[format_],
            title=text_of(session.title, self.language),
            abstract=text_of(session.abstract, self.language),
            theme=in_language(session.theme, self.language),
            group=in_language(session.group, self.language),
            host=in_language(session.host, self.language),
            room=self._rooms.get(session.room, ""),
            starts=datetime.fromisoformat(session.starts_at) if session.starts_at else None,
            ends=datetime.fromisoformat(session.ends_at) if session.ends_at else None,
            languages=_languages(session),
            people=[
                PersonLine(
                    name=self._people[item.person].name,
                    address=self._address("speaker", item.person),
                    role=gettext(INTERVENTION_ROLE_NAMES[InterventionRole(item.role)]),
                    role_code=item.role,
                    mandate=in_language(item.mandate, self.language),
                    fictional=self._people[item.person].fictional,
                )
                for item in session.interventions
            ],
        )

    def days(self) -> list[Day]:
        """Return the days that have something placed, in order."""
        placed = sorted((s for s in self.sessions if s.starts and s.ends), key=lambda s: s.content.starts_at)
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

    def waiting(self) -> list[SessionView]:
        """Return the sessions whose time is to be announced."""
        return [session for session in self.sessions if not session.starts]

    def rooms(self) -> list[RoomDay]:
        """Return each room with what takes place in it."""
        found = []
        for room in self.content.rooms:
            here = sorted(
                (s for s in self.sessions if s.content.room == room.slug and s.starts),
                key=lambda session: session.content.starts_at,
            )
            days = [
                (date.fromisoformat(day), list(of_day)) for day, of_day in groupby(here, key=lambda s: s.content.day)
            ]
            found.append(RoomDay(room.name, room.slug, room.capacity, days))
        return found

    def session(self, slug: str) -> SessionView | None:
        """Return one session."""
        return next((session for session in self.sessions if session.content.slug == slug), None)

    def speakers(self, wanted: str = "") -> list[SpeakerView]:
        """Return every speaker, or those whose name or mandates hold every word of `wanted`, accents aside."""
        appearances: dict[str, list[tuple[str, SessionView]]] = {}
        for session in self.sessions:
            for item, line in zip(session.content.interventions, session.people, strict=True):
                appearances.setdefault(item.person, []).append((line.role, session))
        words = fold(wanted).split()
        shown = []
        for speaker in self.content.speakers:
            mandates = [in_language(mandate, self.language) for mandate in speaker.mandates]
            search = fold(" ".join((speaker.first_name, speaker.last_name, *mandates)))
            if all(word in search for word in words):
                shown.append(
                    SpeakerView(
                        slug=speaker.slug,
                        name=speaker.name,
                        first_name=speaker.first_name,
                        last_name=speaker.last_name,
                        address=self._address("speaker", speaker.slug),
                        mandates=[mandate for mandate in mandates if mandate],
                        biography=text_of(speaker.biography, self.language),
                        fictional=speaker.fictional,
                        search=search,
                        sessions=appearances.get(speaker.slug, []),
                    )
                )
        return shown
