"""What a timetable is about: sessions, rooms, people and their hours, interpreters, distances, participants' choices.

Facts only: what may not be, and what is wished, are rules (`rules`); where sessions stand are `placements`.
Moments are minutes from the timeline's origin (`timeline` says why). Records are immutable; a change is a new problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from parvis.domain.timetable.checks import DaysOverlap, KeyTwice, Known, check_keys, check_record, check_span
from parvis.domain.timetable.fields import (
    Count,
    Duration,
    GroupKey,
    Key,
    Minutes,
    Moment,
    OrganisationKey,
    PersonKey,
    RoomKey,
    SessionKey,
    Step,
    TeamKey,
    ThemeKey,
)
from parvis.domain.timetable.timeline import Timeline

GROUP_PRESIDENT = "group_president"  # the role of a group's president in the sessions of the group


@dataclass(frozen=True, slots=True)
class Window:
    """A time in which somebody is there, or something may take place. One may end where the next begins."""

    starts: Moment
    ends: Moment


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the edition: its opening, its closing, which may lie after midnight, and the grid of its starts."""

    key: Key
    opens: Moment
    closes: Moment
    step_min: Step = 5

    @classmethod
    def on(cls, timeline: Timeline, day: date, opens: time, closes: time, step_min: int = 5) -> Day:
        """Return a calendar day of the venue. A closing that is not later than the opening is on the next morning.

        Raises `HourDoesNotExist`, `HourExistsTwice` in the nights when clocks change.
        """
        last = day if closes > opens else day + timedelta(days=1)
        return cls(day.isoformat(), timeline.minute_at(day, opens), timeline.minute_at(last, closes), step_min)


@dataclass(frozen=True, slots=True)
class Room:
    """A room. Without a capacity, none is known; `in_the_open` is a stage that passers-by hear.

    Without `formats`, all are welcome. `windows` are when the room can be had; without any, always; empty, never.
    """

    key: Key
    name: str
    capacity: Count | None = None
    equipment: tuple[str, ...] = ()
    booths: Count = 0
    building: str = ""
    position: Count = 0
    in_the_open: bool = False
    formats: tuple[str, ...] = ()
    windows: tuple[Window, ...] | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a part in the programme. `windows`: when they are there; without any, always; empty, never."""

    key: Key
    name: str
    windows: tuple[Window, ...] | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """An authority, a ministry, a partner. `one_at_a_time`: it sends one delegate, who is in one place at a time."""

    key: Key
    name: str
    windows: tuple[Window, ...] | None = None
    one_at_a_time: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A country, regional or thematic group; its president takes part in all its sessions."""

    key: Key
    name: str
    president: PersonKey | None = None


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme. `exclusive`: its workshops are not held in parallel."""

    key: Key
    name: str
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class InterpretationTeam:
    """Interpreters who work together: between which languages, how many such teams, and their rest after a session."""

    key: Key
    name: str
    languages: tuple[str, ...]
    count: Count = 1
    rest_min: Minutes = 0


@dataclass(frozen=True, slots=True)
class Session:
    """One item of the programme. `debate_min` is the part of its length that is kept for debate.

    `enrolled` counts seats that are promised, `wishes` people who would like to come; `capacity` is the session's own
    number of seats. A pinned card has `fixed_start` and `fixed_room`; either may be fixed alone.
    """

    key: Key
    title: str
    duration_min: Duration
    format: str
    debate_min: Minutes = 0
    group: GroupKey | None = None
    themes: tuple[ThemeKey, ...] = ()
    members_only: bool = False
    equipment: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()
    interpreted: tuple[str, ...] = ()
    teams: tuple[TeamKey, ...] = ()
    enrolled: Count = 0
    wishes: Count = 0
    capacity: Count | None = None
    fixed_start: Moment | None = None
    fixed_room: RoomKey | None = None


@dataclass(frozen=True, slots=True)
class Intervention:
    """A person takes the floor in a session, in a role, for some minutes (0: not said yet)."""

    session: SessionKey
    person: PersonKey
    role: str
    minutes: Minutes = 0


@dataclass(frozen=True, slots=True)
class Involvement:
    """An organisation has a part in a session: as its host, a signatory, a witness."""

    session: SessionKey
    organisation: OrganisationKey
    role: str


@dataclass(frozen=True, slots=True)
class Walk:
    """How many minutes it takes from one room to another, either way."""

    one: RoomKey
    other: RoomKey
    minutes: Minutes


@dataclass(frozen=True, slots=True)
class Registration:
    """What one participant would like to attend: the first comes first where `ranked`, all are alike where starred."""

    key: Key
    choices: tuple[SessionKey, ...]
    ranked: bool = False
    organisation: OrganisationKey | None = None


COLLECTIONS = ("days", "rooms", "persons", "organisations", "groups", "themes", "teams", "sessions", "registrations")


@dataclass(frozen=True, slots=True)
class Problem:
    """All facts. Whatever refers to something refers to its key, and is checked when the problem is made.

    Walking takes the minutes of `walks` where they are given, else `between_buildings_min` or `within_building_min`.
    Raises `KeyEmpty`, `KeyTwice`, `NothingByThatKey`, `OutOfBounds`, `EndsBeforeItBegins`, `DaysOverlap`.
    """

    timeline: Timeline
    days: tuple[Day, ...] = ()
    rooms: tuple[Room, ...] = ()
    persons: tuple[Person, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    groups: tuple[Group, ...] = ()
    themes: tuple[Theme, ...] = ()
    teams: tuple[InterpretationTeam, ...] = ()
    sessions: tuple[Session, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    involvements: tuple[Involvement, ...] = ()
    walks: tuple[Walk, ...] = ()
    between_buildings_min: Minutes = 0
    within_building_min: Minutes = 0
    registrations: tuple[Registration, ...] = ()
    known: Known = field(init=False, repr=False, compare=False)
    session_of: Mapping[str, Session] = field(init=False, repr=False, compare=False)
    room_of: Mapping[str, Room] = field(init=False, repr=False, compare=False)
    person_of: Mapping[str, Person] = field(init=False, repr=False, compare=False)
    organisation_of: Mapping[str, Organisation] = field(init=False, repr=False, compare=False)
    group_of: Mapping[str, Group] = field(init=False, repr=False, compare=False)
    theme_of: Mapping[str, Theme] = field(init=False, repr=False, compare=False)
    team_of: Mapping[str, InterpretationTeam] = field(init=False, repr=False, compare=False)
    duration_of: Mapping[str, int] = field(init=False, repr=False, compare=False)
    _walked: Mapping[tuple[str, str], int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Check everything, and lay out the records by their keys."""
        known = {name: check_keys([item.key for item in getattr(self, name)], name) for name in COLLECTIONS}
        check_record(self, "", known)
        for position, day in enumerate(self.days):
            check_span(day.opens, day.closes, f"days[{position}]")
        by_opening = sorted(enumerate(self.days), key=lambda entry: entry[1].opens)
        for (_first, day), (position, following) in pairwise(by_opening):
            if following.opens < day.closes:
                raise DaysOverlap(path=f"days[{position}]", other=day.key)
        by_key = {
            "session_of": self.sessions,
            "room_of": self.rooms,
            "person_of": self.persons,
            "organisation_of": self.organisations,
            "group_of": self.groups,
            "theme_of": self.themes,
            "team_of": self.teams,
        }
        object.__setattr__(self, "known", known)
        object.__setattr__(self, "duration_of", {item.key: item.duration_min for item in self.sessions})
        for name, records in by_key.items():
            object.__setattr__(self, name, {record.key: record for record in records})  # type: ignore[attr-defined]
        object.__setattr__(self, "_walked", _walked(self.walks))

    def walking_min(self, one: str, other: str) -> int:
        """Return how many minutes it takes from one room to another: none from a room to itself."""
        if one == other:
            return 0
        given = self._walked.get((one, other))
        if given is not None:
            return given
        same = self.room_of[one].building == self.room_of[other].building
        return self.within_building_min if same else self.between_buildings_min

    def day_at(self, minute: int) -> Day | None:
        """Return the day that is open at a minute, or none."""
        return next((day for day in self.days if day.opens <= minute < day.closes), None)

    def engagements(self) -> Iterable[Intervention]:
        """Yield who is where: each intervention, and each group's president in each session of the group."""
        yield from self.interventions
        for session in self.sessions:
            president = self.group_of[session.group].president if session.group is not None else None
            if president is not None:
                yield Intervention(session.key, president, GROUP_PRESIDENT)

    def moment(self, minute: int) -> datetime:
        """Return the aware moment at a minute, as the venue's clocks show it."""
        return self.timeline.moment(minute)

    def with_session(self, session: Session) -> Problem:
        """Return the problem in which a session is as given, in its place: made longer, pinned, renamed."""
        return replace(self, sessions=tuple(session if old.key == session.key else old for old in self.sessions))


def _walked(walks: tuple[Walk, ...]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for position, walk in enumerate(walks):
        if (walk.one, walk.other) in found:
            raise KeyTwice(path=f"walks[{position}]", found=f"{walk.one} – {walk.other}")
        found[walk.one, walk.other] = found[walk.other, walk.one] = walk.minutes
    return found
