"""Pairs of sessions that are better not parallel: not in two rooms on one day, not at the same time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from parvis.domain.refusals import N_, Refusal
from parvis.domain.timetable.fields import A_DAY, Between, SessionKey
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules.cells import OUTSIDE, Cells
from parvis.domain.timetable.rules.judges import NOBODY, Judge, PairJudge
from parvis.domain.timetable.rules.rule import Rule
from parvis.domain.timetable.verdicts import Violation

UnitMin = Annotated[int, Between(1, A_DAY)]


class PairOfOne(Refusal):
    """A pair are two sessions."""

    sentence = N_("%(path)s: a session makes no pair with itself.")


@dataclass(frozen=True, slots=True)
class SessionPair:
    """Two sessions, in whatever order."""

    one: SessionKey
    other: SessionKey


def check_pairs(pairs: Sequence[SessionPair], path: str) -> None:
    """Raise `PairOfOne`."""
    for position, pair in enumerate(pairs):
        if pair.one == pair.other:
            raise PairOfOne(path=f"{path}.pairs[{position}].other")


class _OfPairs(PairJudge):
    """Looks at the pairs of its rule; a pair that is given twice counts once."""

    def __init__(self, rule: Apart | NotAtOnce, problem: Problem) -> None:
        super().__init__(rule, problem)
        partners: dict[str, set[str]] = {}
        for pair in rule.pairs:
            if pair.one in self.concerned and pair.other in self.concerned:
                partners.setdefault(pair.one, set()).add(pair.other)
                partners.setdefault(pair.other, set()).add(pair.one)
        self.paired = {session: frozenset(others) for session, others in partners.items()}
        self.concerned = frozenset(self.paired)

    def partners(self, session: str) -> frozenset[str]:
        return self.paired.get(session, NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart(Rule):
    """The sessions of a pair are on different days, or in one room; the amount is 1 where they are not."""

    kind: ClassVar[str] = "apart"
    sentence: ClassVar[str] = N_("Sessions that need the same people are in one room, or on different days.")

    hard: bool = False
    pairs: tuple[SessionPair, ...]

    def check(self, problem: Problem, path: str) -> None:
        """Raise `PairOfOne`."""
        check_pairs(self.pairs, path)

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _Apart(self, problem)


class _Apart(_OfPairs):
    rule: Apart
    by_room = True
    reach = None

    def __init__(self, rule: Apart, problem: Problem) -> None:
        super().__init__(rule, problem)
        self.cells = Cells(problem, ())

    def amount(self, one: str, at: Place, other: str, there: Place) -> int:
        if at.room == there.room:
            return 0
        day = self.cells.day_at(at.start)
        return int(day != OUTSIDE and day == self.cells.day_at(there.start))

    def violation(self, one: str, at: Place, other: str, there: Place, amount: int) -> Violation:
        return self.between(
            one,
            at,
            other,
            there,
            amount,
            neutral=N_("“%(one)s” and “%(other)s” are on one day in different rooms."),
            side=N_("“%(other)s”, from %(starts)s to %(ends)s, is on the same day in another room."),
            rooms=[at.room, there.room],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAtOnce(Rule):
    """The sessions of a pair are not at once; the amount is the units of minutes that they share, rounded up."""

    kind: ClassVar[str] = "not_at_once"
    sentence: ClassVar[str] = N_("Sessions that need the same people are not held at the same time.")

    hard: bool = False
    pairs: tuple[SessionPair, ...]
    unit_min: UnitMin

    def check(self, problem: Problem, path: str) -> None:
        """Raise `PairOfOne`."""
        check_pairs(self.pairs, path)

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _NotAtOnce(self, problem)


class _NotAtOnce(_OfPairs):
    rule: NotAtOnce

    def shared_min(self, one: str, at: Place, other: str, there: Place) -> int:
        """Return the minutes that two sessions share; less than nothing where they are apart."""
        return min(at.start + self.duration[one], there.start + self.duration[other]) - max(at.start, there.start)

    def amount(self, one: str, at: Place, other: str, there: Place) -> int:
        return -(-max(0, self.shared_min(one, at, other, there)) // self.rule.unit_min)

    def violation(self, one: str, at: Place, other: str, there: Place, amount: int) -> Violation:
        return self.between(
            one,
            at,
            other,
            there,
            amount,
            neutral=N_("“%(one)s” and “%(other)s” are at the same time for %(shared)s min."),
            side=N_("“%(other)s”, from %(starts)s to %(ends)s, is at the same time for %(shared)s min."),
            params={"shared": self.shared_min(one, at, other, there)},
        )
