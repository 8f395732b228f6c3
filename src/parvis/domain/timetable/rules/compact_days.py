"""Compact days: who takes part in several sessions has them on one day, and does not wait long between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from parvis.domain.refusals import N_
from parvis.domain.timetable.fields import A_DAY, Between, Count, PersonKey
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules.judges import Judge, PairJudge
from parvis.domain.timetable.rules.rule import Rule
from parvis.domain.timetable.rules.sharing import Sharing
from parvis.domain.timetable.verdicts import Violation

UnitMin = Annotated[int, Between(1, A_DAY)]


def on_one_day(problem: Problem, one: int, other: int) -> bool:
    """Tell whether two moments are on one day. What is outside all days is on no day with anything."""
    day = problem.day_at(one)
    return day is not None and day.opens <= other < day.closes


@dataclass(frozen=True, slots=True, kw_only=True)
class CompactDays(Rule):
    """Two sessions of one person cost `other_day` on different days, else one for each `unit_min` minutes between them.

    The amount is that for each person whom they share. `roles` and `persons` narrow the rule; empty is all of them.
    """

    kind: ClassVar[str] = "compact_days"
    sentence: ClassVar[str] = N_("Who takes part in several sessions has them on one day, without waiting for long.")

    hard: bool = False
    other_day: Count = 4
    unit_min: UnitMin = 60
    roles: tuple[str, ...] = ()
    persons: tuple[PersonKey, ...] = ()

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _CompactDays(self, problem)


class _CompactDays(PairJudge):
    rule: CompactDays
    reach = None

    def __init__(self, rule: CompactDays, problem: Problem) -> None:
        super().__init__(rule, problem)
        self.sharing = Sharing.of_persons(problem, self.concerned, roles=rule.roles, persons=rule.persons)
        self.concerned = self.sharing.concerned

    def partners(self, session: str) -> frozenset[str]:
        return self.sharing.partners(session)

    def gap(self, one: str, at: Place, other: str, there: Place) -> int:
        """Return the minutes between two sessions; less than nothing where they overlap."""
        return max(there.start - at.start - self.duration[one], at.start - there.start - self.duration[other])

    def amount(self, one: str, at: Place, other: str, there: Place) -> int:
        if on_one_day(self.problem, at.start, there.start):
            each = max(0, self.gap(one, at, other, there)) // self.rule.unit_min
        else:
            each = self.rule.other_day
        return each * len(self.sharing.shared(one, other)) if each else 0

    def violation(self, one: str, at: Place, other: str, there: Place, amount: int) -> Violation:
        persons = sorted(self.sharing.shared(one, other))
        if on_one_day(self.problem, at.start, there.start):
            neutral = N_("Between “%(one)s” and “%(other)s” lie %(gap)s min, for: %(names)s.")
            side = N_("“%(other)s” from %(starts)s to %(ends)s is %(gap)s min away, for: %(names)s.")
        else:
            neutral = N_("“%(one)s” and “%(other)s” are on different days, for: %(names)s.")
            side = N_("“%(other)s” is on another day, for: %(names)s.")
        return self.between(
            one,
            at,
            other,
            there,
            amount,
            neutral=neutral,
            side=side,
            params={
                "gap": self.gap(one, at, other, there),
                "names": tuple(self.problem.person_of[person].name for person in persons),
            },
            persons=persons,
        )
