"""When people, organisations and rooms can be had: “a minister’s hour”."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from parvis.domain.refusals import N_
from parvis.domain.timetable.fields import OrganisationKey, PersonKey, RoomKey
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Organisation, Person, Problem, Window
from parvis.domain.timetable.rules.judges import Judge, SingleJudge
from parvis.domain.timetable.rules.rule import Rule
from parvis.domain.timetable.verdicts import Hours, Violation, Words

OUTSIDE = N_("“%(title)s”, from %(starts)s to %(ends)s, is outside the hours of: %(hours)s.")


def merged(windows: Iterable[Window]) -> tuple[Window, ...]:
    """Return windows in order, those that touch or overlap made one."""
    found: list[Window] = []
    for window in sorted(windows, key=lambda window: (window.starts, window.ends)):
        if found and window.starts <= found[-1].ends:
            found[-1] = Window(found[-1].starts, max(found[-1].ends, window.ends))
        else:
            found.append(window)
    return tuple(found)


def covers(windows: tuple[Window, ...], starts: int, ends: int) -> bool:
    """Tell whether one of the merged windows holds all the minutes from `starts` up to `ends`."""
    return any(window.starts <= starts and ends <= window.ends for window in windows)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAvailable(Rule):
    """A person is there for the whole of each session in which they have a part. `persons` narrows it; empty: all."""

    kind: ClassVar[str] = "person_available"
    sentence: ClassVar[str] = N_("People have their part in sessions at hours when they are there.")

    persons: tuple[PersonKey, ...] = ()

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _PersonAvailable(self, problem)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationAvailable(Rule):
    """An organisation is there for the whole of each session in which it has a part."""

    kind: ClassVar[str] = "organisation_available"
    sentence: ClassVar[str] = N_("Organisations have their part in sessions at hours when they are there.")

    organisations: tuple[OrganisationKey, ...] = ()

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _OrganisationAvailable(self, problem)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomAvailable(Rule):
    """A room is used at hours when it can be had. `rooms` narrows it; empty: all."""

    kind: ClassVar[str] = "room_available"
    sentence: ClassVar[str] = N_("Rooms are used at hours when they can be had.")

    rooms: tuple[RoomKey, ...] = ()

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _RoomAvailable(self, problem)


class _Attending(SingleJudge):
    """Somebody in the session is not there for all of it; the amount is how many."""

    by_room = False

    def __init__(self, rule: Rule, problem: Problem) -> None:
        super().__init__(rule, problem)
        hours = {item.key: merged(item.windows) for item in self.attendants() if item.windows is not None}
        self.name_of = {item.key: item.name for item in self.attendants()}
        needed: dict[str, dict[str, tuple[Window, ...]]] = {}
        for session, attendant in self.attending():
            if attendant in hours and session in self.concerned:
                needed.setdefault(session, {})[attendant] = hours[attendant]
        self.needed = needed
        self.concerned = frozenset(needed)

    @abstractmethod
    def attendants(self) -> Iterable[Person | Organisation]:
        """Return those of whom the rule speaks."""

    @abstractmethod
    def attending(self) -> Iterable[tuple[str, str]]:
        """Yield sessions and who has a part in them."""

    def missing(self, session: str, place: Place) -> list[str]:
        """Return the keys of those who are not there."""
        ends = place.start + self.duration[session]
        return [who for who, windows in self.needed[session].items() if not covers(windows, place.start, ends)]

    def amount(self, session: str, place: Place | None) -> int:
        return 0 if place is None else len(self.missing(session, place))

    def violation(self, session: str, place: Place | None, amount: int) -> Violation:
        assert place is not None  # noqa: S101 - unplaced sessions are not asked about
        missing = sorted(self.missing(session, place))
        hours = tuple(Hours(self.name_of[who], self.spans(self.needed[session][who])) for who in missing)
        words = Words(OUTSIDE, {"title": self.title(session), **self.hours(session, place), "hours": hours})
        return self.about(session, amount, words, missing)

    @abstractmethod
    def about(self, session: str, amount: int, words: Words, missing: list[str]) -> Violation:
        """Return the violation with those who are missing where they belong."""


class _PersonAvailable(_Attending):
    rule: PersonAvailable

    def attendants(self) -> Iterable[Person | Organisation]:
        only = self.rule.persons
        return [person for person in self.problem.persons if not only or person.key in only]

    def attending(self) -> Iterable[tuple[str, str]]:
        return ((item.session, item.person) for item in self.problem.engagements())

    def about(self, session: str, amount: int, words: Words, missing: list[str]) -> Violation:
        return self.fault(session, amount, words, (session,), persons=missing)


class _OrganisationAvailable(_Attending):
    rule: OrganisationAvailable

    def attendants(self) -> Iterable[Person | Organisation]:
        only = self.rule.organisations
        return [item for item in self.problem.organisations if not only or item.key in only]

    def attending(self) -> Iterable[tuple[str, str]]:
        return ((item.session, item.organisation) for item in self.problem.involvements)

    def about(self, session: str, amount: int, words: Words, missing: list[str]) -> Violation:
        return self.fault(session, amount, words, (session,), organisations=missing)


class _RoomAvailable(SingleJudge):
    rule: RoomAvailable

    def __init__(self, rule: RoomAvailable, problem: Problem) -> None:
        super().__init__(rule, problem)
        self.windows = {
            room.key: merged(room.windows)
            for room in problem.rooms
            if room.windows is not None and (not rule.rooms or room.key in rule.rooms)
        }
        if not self.windows:
            self.concerned = frozenset()

    def amount(self, session: str, place: Place | None) -> int:
        windows = self.windows.get(place.room) if place is not None else None
        if place is None or windows is None:
            return 0
        return int(not covers(windows, place.start, place.start + self.duration[session]))

    def violation(self, session: str, place: Place | None, amount: int) -> Violation:
        assert place is not None  # noqa: S101 - unplaced sessions are not asked about
        room = self.problem.room_of[place.room]
        hours = (Hours(room.name, self.spans(self.windows[place.room])),)
        words = Words(OUTSIDE, {"title": self.title(session), **self.hours(session, place), "hours": hours})
        return self.fault(session, amount, words, (session,), rooms=[place.room])
