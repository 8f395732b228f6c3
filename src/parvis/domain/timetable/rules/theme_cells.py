"""Themes in cells: what it costs that a room holds a theme on a day, and that it holds one theme at most.

A session counts for its track, the first of its themes; a cell is a room on a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from parvis.domain.refusals import N_, Refusal
from parvis.domain.timetable.board import Board
from parvis.domain.timetable.fields import Amount, DayKey, RoomKey, ThemeKey
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules.cells import OUTSIDE, Cells
from parvis.domain.timetable.rules.judges import CrowdJudge, Judge
from parvis.domain.timetable.rules.rule import Rule
from parvis.domain.timetable.verdicts import Violation, Words

Where = tuple[str | None, str | None, str | None]  # theme, day, room


class PenaltyTooWide(Refusal):
    """A penalty of themes is for a theme on a day, a theme in a room, or a room on a day."""

    sentence = N_("%(path)s: this penalty needs two of these at least: a theme, a day, a room.")


@dataclass(frozen=True, slots=True)
class ThemePenalty:
    """What a theme costs on a day or in a room; without a theme, what any theme costs in a room on a day."""

    amount: Amount
    theme: ThemeKey | None = None
    day: DayKey | None = None
    room: RoomKey | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemePreferences(Rule):
    """Themes are where it costs least; the amount, of a theme in a cell, is the sum of the penalties for it.

    However many sessions of the theme the cell holds, each penalty is charged once.
    """

    kind: ClassVar[str] = "theme_preferences"
    sentence: ClassVar[str] = N_("Themes are on the days and in the rooms that suit them best.")

    hard: bool = False
    penalties: tuple[ThemePenalty, ...]

    def check(self, problem: Problem, path: str) -> None:
        """Raise `PenaltyTooWide`."""
        for position, penalty in enumerate(self.penalties):
            if (penalty.theme, penalty.day, penalty.room).count(None) > 1:
                raise PenaltyTooWide(path=f"{path}.penalties[{position}]")

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _ThemePreferences(self, problem)


class _ThemePreferences(CrowdJudge):
    """Its subjects are tracks in cells."""

    by_room = True

    def __init__(self, rule: ThemePreferences, problem: Problem) -> None:
        super().__init__(rule, problem)
        self.prices: dict[Where, int] = {}
        for penalty in rule.penalties:
            where = (penalty.theme, penalty.day, penalty.room)
            self.prices[where] = self.prices.get(where, 0) + penalty.amount
        self.cells = Cells(problem, self.concerned)
        self.concerned = frozenset(self.cells.track_of) if any(self.prices.values()) else frozenset()

    def subject_at(self, session: str, place: Place) -> set[int]:
        cell = self.cells.cell_at(place)
        return set() if cell == OUTSIDE else {cell * len(self.cells.tracks) + self.cells.track_of[session]}

    def touched(self, session: str, place: Place, board: Board) -> set[int]:
        return self.subject_at(session, place)

    def subjects(self, board: Board) -> set[int]:
        found: set[int] = set()
        for session, place in board.places.items():
            if session in self.concerned:
                found |= self.subject_at(session, place)
        return found

    def amount(self, subject: int, board: Board) -> int:
        cell, track = divmod(subject, len(self.cells.tracks))
        if not any(self.cells.track_of[session] == track for session in self.cells.in_cell(cell, board)):
            return 0
        number, room = self.cells.day_and_room(cell)
        theme, day, prices = self.cells.tracks[track], self.cells.days[number].key, self.prices
        applying = ((theme, day, None), (theme, None, room), (None, day, room), (theme, day, room))
        return sum(prices.get(where, 0) for where in applying)

    def violation(self, subject: int, board: Board, amount: int) -> Violation:
        cell, track = divmod(subject, len(self.cells.tracks))
        day, room = self.cells.day_and_room(cell)
        sessions = sorted(s for s in self.cells.in_cell(cell, board) if self.cells.track_of[s] == track)
        words = Words(
            N_("“%(theme)s” suits %(room)s less well than another place, %(day)s: %(points)s points."),
            {
                "theme": self.cells.track_name(track),
                "room": self.problem.room_of[room].name,
                "day": self.cells.span(day),
                "points": amount,
            },
        )
        suffix = f"{self.cells.days[day].key}/{room}/{self.cells.tracks[track]}"
        return self.fault(suffix, amount, words, tuple(sessions), rooms=[room])


@dataclass(frozen=True, slots=True, kw_only=True)
class OneThemePerCell(Rule):
    """A room keeps to one theme a day; the amount, of a cell, is how many more it holds."""

    kind: ClassVar[str] = "one_theme_per_cell"
    sentence: ClassVar[str] = N_("A room keeps to one theme a day.")

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _OneThemePerCell(self, problem)


class _OneThemePerCell(CrowdJudge):
    """Its subjects are cells."""

    by_room = True

    def __init__(self, rule: OneThemePerCell, problem: Problem) -> None:
        super().__init__(rule, problem)
        self.cells = Cells(problem, self.concerned)
        self.concerned = frozenset(self.cells.track_of)

    def touched(self, session: str, place: Place, board: Board) -> set[int]:
        cell = self.cells.cell_at(place)
        return set() if cell == OUTSIDE else {cell}

    def subjects(self, board: Board) -> set[int]:
        return {self.cells.cell_at(place) for session, place in board.places.items() if session in self.concerned} - {
            OUTSIDE
        }

    def amount(self, subject: int, board: Board) -> int:
        return max(0, len({self.cells.track_of[session] for session in self.cells.in_cell(subject, board)}) - 1)

    def violation(self, subject: int, board: Board, amount: int) -> Violation:
        day, room = self.cells.day_and_room(subject)
        sessions = sorted(self.cells.in_cell(subject, board))
        tracks = sorted({self.cells.track_of[session] for session in sessions})
        words = Words(
            N_("%(room)s holds several themes, %(day)s: %(themes)s."),
            {
                "room": self.problem.room_of[room].name,
                "day": self.cells.span(day),
                "themes": tuple(self.cells.track_name(track) for track in tracks),
            },
        )
        return self.fault(f"{self.cells.days[day].key}/{room}", amount, words, tuple(sessions), rooms=[room])
