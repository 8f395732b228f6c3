"""How rules judge: in one of four shapes, so that whoever evaluates or solves knows what a verdict depends on.

| shape | a verdict depends on | for a solver it is |
|---|---|---|
| `SingleJudge` | one session's place | a table of places |
| `ClashJudge` | whether two sessions are near in time (and in one room) | a no-overlap |
| `PairJudge` | the places of two sessions | a binary constraint |
| `CrowdJudge` | all that bears on one subject: a moment, a day, an authority, a theme | a cumulative, a count |

Judges are asked for an `amount` (0: nothing wrong) in inner loops, and for a `Violation` only when somebody reads it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from parvis.domain.timetable.board import Board
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem, Window
from parvis.domain.timetable.verdicts import Param, Span, Violation, Words

if TYPE_CHECKING:
    from parvis.domain.timetable.rules.rule import Rule

NOBODY: frozenset[str] = frozenset()


class Judge:
    """Applies one rule to one problem. `concerned` are the sessions in which it can ever find fault."""

    def __init__(self, rule: Rule, problem: Problem) -> None:
        self.rule = rule
        self.problem = problem
        self.duration = problem.duration_of
        self.concerned = problem.known["sessions"]
        if rule.sessions or rule.exempt:
            self.concerned = frozenset(filter(rule.concerns, self.concerned))

    def join(self, bench: Sequence[Judge]) -> None:
        """Agree with the other judges of a jury who works out what several of them need; asked once, first."""

    def title(self, session: str) -> str:
        """Return a session's title."""
        return self.problem.session_of[session].title

    def hours(self, session: str, place: Place) -> dict[str, Param]:
        """Return when a session begins and ends, as places of a sentence."""
        return {
            "starts": self.problem.moment(place.start),
            "ends": self.problem.moment(place.start + self.duration[session]),
        }

    def spans(self, windows: Iterable[Window]) -> tuple[Span, ...]:
        """Return windows as a sentence says them."""
        return tuple(Span(self.problem.moment(w.starts), self.problem.moment(w.ends)) for w in windows)

    def fault(
        self,
        suffix: str,
        amount: int,
        words: Words,
        sessions: tuple[str, ...],
        *,
        sides: Mapping[str, Words] | None = None,
        persons: Iterable[str] = (),
        organisations: Iterable[str] = (),
        rooms: Iterable[str] = (),
    ) -> Violation:
        """Return a violation of this judge's rule."""
        rule = self.rule
        return Violation(
            key=f"{rule.key}/{suffix}",
            rule=rule.key,
            kind=rule.kind,
            hard=rule.hard,
            amount=amount,
            cost=0 if rule.hard else rule.weight * amount,
            words=words,
            sessions=sessions,
            sides=sides or {},
            persons=tuple(sorted(persons)),
            organisations=tuple(sorted(organisations)),
            rooms=tuple(sorted(set(rooms))),
        )


class SingleJudge(Judge, ABC):
    """Judges a session by its own place. `when_unplaced`: also when it has none."""

    by_room: ClassVar[bool] = True
    by_start: ClassVar[bool] = True
    when_unplaced: ClassVar[bool] = False

    @abstractmethod
    def amount(self, session: str, place: Place | None) -> int:
        """Return how much is wrong with a concerned session at a place; `None` only where `when_unplaced`."""

    @abstractmethod
    def violation(self, session: str, place: Place | None, amount: int) -> Violation:
        """Return the violation whose amount was found."""


class TwoJudge(Judge, ABC):
    """What clashes and other pairs have in common. Pairs are always given in the order of their keys."""

    by_room: ClassVar[bool] = False
    reach: int | None = 0  # sessions with more than so many minutes between them are not compared; None: however far

    def partners(self, session: str) -> frozenset[str] | None:
        """Return the sessions with which a concerned one can be at fault; `None` is every concerned one."""
        return None

    @abstractmethod
    def violation(self, one: str, at: Place, other: str, there: Place, amount: int) -> Violation:
        """Return the violation whose amount was found."""

    def between(
        self,
        one: str,
        at: Place,
        other: str,
        there: Place,
        amount: int,
        *,
        neutral: str,
        side: str,
        params: Mapping[str, Param] | None = None,
        persons: Iterable[str] = (),
        organisations: Iterable[str] = (),
        rooms: Iterable[str] = (),
    ) -> Violation:
        """Return a violation of two: `neutral` has places one and other, `side` has other, starts and ends."""
        more = dict(params or {})
        return self.fault(
            f"{one}/{other}",
            amount,
            Words(neutral, {"one": self.title(one), "other": self.title(other), **more}),
            (one, other),
            sides={
                one: Words(side, {"other": self.title(other), **self.hours(other, there), **more}),
                other: Words(side, {"other": self.title(one), **self.hours(one, at), **more}),
            },
            persons=persons,
            organisations=organisations,
            rooms=rooms,
        )


class ClashJudge(TwoJudge):
    """Two sessions clash when they are nearer in time than `reach` allows, and in one room where `same_room`."""

    reach: int = 0
    same_room: ClassVar[bool] = False

    def amount_between(self, one: str, other: str) -> int:
        """Return how much two partners clash, whichever comes first; 0 where they never do."""
        return 1


class PairJudge(TwoJudge):
    """Judges two sessions by both their places."""

    @abstractmethod
    def amount(self, one: str, at: Place, other: str, there: Place) -> int:
        """Return how much is wrong between two partners at their places."""


class CrowdJudge(Judge, ABC):
    """Judges many sessions together, subject by subject. A subject is an integer that says what is judged together.

    Its kind of rule says what it stands for: the moment at which a session begins, the number of a day, an authority,
    a theme. The same problem gives the same numbers, in whatever order its records stand. `by_room`: whether a verdict
    depends on rooms too.
    """

    by_room: ClassVar[bool] = False

    @abstractmethod
    def touched(self, session: str, place: Place, board: Board) -> Collection[int]:
        """Return the subjects whose verdict may change when a concerned session comes to, or leaves, a place."""

    @abstractmethod
    def subjects(self, board: Board) -> Collection[int]:
        """Return the subjects to be judged."""

    @abstractmethod
    def amount(self, subject: int, board: Board) -> int:
        """Return how much is wrong with a subject; 0 also where the board says nothing of it."""

    @abstractmethod
    def violation(self, subject: int, board: Board, amount: int) -> Violation:
        """Return the violation whose amount was found."""
