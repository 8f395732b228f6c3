"""Themes beside each other: which are not held in parallel, and how far one theme spreads over rooms and days.

A session counts for its track, the first of its themes. What stands outside all days is not looked at.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from parvis.domain.refusals import N_, Refusal
from parvis.domain.timetable.board import Board
from parvis.domain.timetable.fields import Amount, ThemeKey
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules.cells import OUTSIDE, Cells
from parvis.domain.timetable.rules.judges import CrowdJudge, Judge
from parvis.domain.timetable.rules.rule import Rule
from parvis.domain.timetable.verdicts import Violation, Words


class ThemeBesideItself(Refusal):
    """A pair of themes are two."""

    sentence = N_("%(path)s: two different themes are expected. Rooms of one theme are for another rule.")


@dataclass(frozen=True, slots=True)
class ThemePair:
    """Two themes that are not held in parallel, and what it costs for each two rooms where they are."""

    one: ThemeKey
    other: ThemeKey
    amount: Amount = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemesParallel(Rule):
    """These pairs of themes are on different days.

    The amount, of a pair on a day, is that of the pair for each two rooms of which one holds the first theme and the
    other the second.
    """

    kind: ClassVar[str] = "themes_parallel"
    sentence: ClassVar[str] = N_("Themes that draw the same people are not held in parallel.")

    hard: bool = False
    pairs: tuple[ThemePair, ...]

    def check(self, problem: Problem, path: str) -> None:
        """Raise `ThemeBesideItself`."""
        for position, pair in enumerate(self.pairs):
            if pair.one == pair.other:
                raise ThemeBesideItself(path=f"{path}.pairs[{position}].other")

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _ThemesParallel(self, problem)


class _ThemesParallel(CrowdJudge):
    """Its subjects are pairs of tracks on a day."""

    by_room = True

    def __init__(self, rule: ThemesParallel, problem: Problem) -> None:
        super().__init__(rule, problem)
        self.cells = Cells(problem, self.concerned)
        prices: dict[tuple[int, int], int] = {}
        for pair in rule.pairs:
            one, other = sorted((self.cells.track_number[pair.one], self.cells.track_number[pair.other]))
            prices[one, other] = prices.get((one, other), 0) + pair.amount
        self.pairs = sorted(both for both, price in prices.items() if price)
        self.prices = [prices[both] for both in self.pairs]
        self.pairs_of: dict[int, list[int]] = {}
        for number, both in enumerate(self.pairs):
            for track in both:
                self.pairs_of.setdefault(track, []).append(number)
        self.concerned = frozenset(s for s, track in self.cells.track_of.items() if track in self.pairs_of)

    def touched(self, session: str, place: Place, board: Board) -> list[int]:
        day = self.cells.day_at(place.start)
        if day == OUTSIDE:
            return []
        return [day * len(self.pairs) + pair for pair in self.pairs_of[self.cells.track_of[session]]]

    def subjects(self, board: Board) -> list[int]:
        on: dict[int, set[int]] = {}
        for session in self.concerned & board.places.keys():
            on.setdefault(self.cells.day_at(board.places[session].start), set()).add(self.cells.track_of[session])
        on.pop(OUTSIDE, None)
        return [
            day * len(self.pairs) + number
            for day, tracks in on.items()
            for one in tracks
            for number in self.pairs_of[one]
            if self.pairs[number][0] == one and self.pairs[number][1] in tracks
        ]

    def amount(self, subject: int, board: Board) -> int:
        day, number = divmod(subject, len(self.pairs))
        ones, others = (self.cells.rooms_on(day, track, board) for track in self.pairs[number])
        return self.prices[number] * (len(ones) * len(others) - len(ones & others))

    def violation(self, subject: int, board: Board, amount: int) -> Violation:
        day, number = divmod(subject, len(self.pairs))
        one, other = self.pairs[number]
        found = [(s, place.room) for t in (one, other) for s, place, on in self.cells.placed(t, board) if on == day]
        words = Words(
            N_("“%(one)s” and “%(other)s” are parallel, %(day)s: %(rooms)s."),
            {
                "one": self.cells.track_name(one),
                "other": self.cells.track_name(other),
                "day": self.cells.span(day),
                "rooms": self.cells.room_names({room for _session, room in found}),
            },
        )
        suffix = f"{self.cells.days[day].key}/{self.cells.tracks[one]}/{self.cells.tracks[other]}"
        sessions = tuple(sorted(session for session, _room in found))
        return self.fault(suffix, amount, words, sessions, rooms=[room for _session, room in found])


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeRooms(Rule):
    """A theme stays in one room; the amount, of a theme, is how many more it is in."""

    kind: ClassVar[str] = "theme_rooms"
    sentence: ClassVar[str] = N_("A theme stays in one room.")

    hard: bool = False

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _ThemeRooms(self, problem)


class OfTracks(CrowdJudge):
    """Its subjects are tracks."""

    def __init__(self, rule: Rule, problem: Problem) -> None:
        super().__init__(rule, problem)
        self.cells = Cells(problem, self.concerned)
        self.concerned = frozenset(self.cells.track_of)

    def touched(self, session: str, place: Place, board: Board) -> tuple[int, ...]:
        return (self.cells.track_of[session],)

    def subjects(self, board: Board) -> range:
        return range(len(self.cells.tracks))

    def violation(self, subject: int, board: Board, amount: int) -> Violation:
        placed = list(self.cells.placed(subject, board))
        return self.fault(
            self.cells.tracks[subject],
            amount,
            self.words(subject, board),
            tuple(session for session, _place, _day in placed),
            rooms=[place.room for _session, place, _day in placed],
        )

    @abstractmethod
    def words(self, track: int, board: Board) -> Words:
        """Return what is wrong with a track."""


class _ThemeRooms(OfTracks):
    by_room = True

    def rooms(self, track: int, board: Board) -> set[str]:
        """Return the rooms that a track is in on any day."""
        return {place.room for _session, place, _day in self.cells.placed(track, board)}

    def amount(self, subject: int, board: Board) -> int:
        return max(0, len(self.rooms(subject, board)) - 1)

    def words(self, track: int, board: Board) -> Words:
        names = self.cells.room_names(self.rooms(track, board))
        return Words(
            N_("“%(theme)s” is in several rooms: %(rooms)s."), {"theme": self.cells.track_name(track), "rooms": names}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeSpread(Rule):
    """A theme is in one room at a time; the amount, of a theme on a day, is how many more rooms it is in."""

    kind: ClassVar[str] = "theme_parallel_rooms"
    sentence: ClassVar[str] = N_("A theme is in one room a day.")

    hard: bool = False

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _ThemeSpread(self, problem)


class _ThemeSpread(CrowdJudge):
    """Its subjects are tracks on a day."""

    by_room = True

    def __init__(self, rule: ThemeSpread, problem: Problem) -> None:
        super().__init__(rule, problem)
        self.cells = Cells(problem, self.concerned)
        self.concerned = frozenset(self.cells.track_of)

    def touched(self, session: str, place: Place, board: Board) -> set[int]:
        day = self.cells.day_at(place.start)
        return set() if day == OUTSIDE else {day * len(self.cells.tracks) + self.cells.track_of[session]}

    def subjects(self, board: Board) -> set[int]:
        found: set[int] = set()
        for session in self.concerned & board.places.keys():
            found |= self.touched(session, board.places[session], board)
        return found

    def amount(self, subject: int, board: Board) -> int:
        day, track = divmod(subject, len(self.cells.tracks))
        return max(0, len(self.cells.rooms_on(day, track, board)) - 1)

    def violation(self, subject: int, board: Board, amount: int) -> Violation:
        day, track = divmod(subject, len(self.cells.tracks))
        rooms = self.cells.rooms_on(day, track, board)
        words = Words(
            N_("“%(theme)s” is in several rooms, %(day)s: %(rooms)s."),
            {
                "theme": self.cells.track_name(track),
                "day": self.cells.span(day),
                "rooms": self.cells.room_names(rooms),
            },
        )
        sessions = tuple(session for session, _place, on in self.cells.placed(track, board) if on == day)
        suffix = f"{self.cells.days[day].key}/{self.cells.tracks[track]}"
        return self.fault(suffix, amount, words, sessions, rooms=rooms)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeInOneGo(Rule):
    """A theme is not interrupted: between two of its days lies none without it. The amount, of a theme, is 1."""

    kind: ClassVar[str] = "theme_in_one_go"
    sentence: ClassVar[str] = N_("A theme is on days that follow each other.")

    hard: bool = False

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _ThemeInOneGo(self, problem)


class _ThemeInOneGo(OfTracks):
    def amount(self, subject: int, board: Board) -> int:
        days = {day for _session, _place, day in self.cells.placed(subject, board)}
        return int(bool(days) and max(days) - min(days) + 1 != len(days))

    def words(self, track: int, board: Board) -> Words:
        days = {day for _session, _place, day in self.cells.placed(track, board)}
        missing = tuple(self.cells.span(day) for day in range(min(days), max(days)) if day not in days)
        return Words(
            N_("“%(theme)s” is before and after, but not: %(days)s."),
            {"theme": self.cells.track_name(track), "days": missing},
        )
