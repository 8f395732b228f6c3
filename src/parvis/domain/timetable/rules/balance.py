"""Balance: sessions in parallel draw about as many people, so that none stands empty beside a crowd."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from parvis.domain.refusals import N_
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules.judges import NOBODY, ClashJudge, Judge
from parvis.domain.timetable.rules.room_fits import Unit
from parvis.domain.timetable.rules.rule import Rule
from parvis.domain.timetable.verdicts import Violation, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ParallelBalance(Rule):
    """Of two sessions of these `formats` in parallel, the amount is the units of people by which they differ.

    A session draws those who are enrolled, or those who would like to come where they are more.
    """

    kind: ClassVar[str] = "parallel_balance"
    sentence: ClassVar[str] = N_("Parallel workshops draw about as many people.")

    hard: bool = False
    formats: tuple[str, ...] = ("workshop",)
    unit_people: Unit = 10

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _ParallelBalance(self, problem)


class _ParallelBalance(ClashJudge):
    rule: ParallelBalance

    def __init__(self, rule: ParallelBalance, problem: Problem) -> None:
        super().__init__(rule, problem)
        self.people = {
            session.key: max(session.wishes, session.enrolled)
            for session in problem.sessions
            if session.key in self.concerned and session.format in rule.formats
        }
        widest = max(self.people.values(), default=0) - min(self.people.values(), default=0)
        self.concerned = frozenset(self.people) if widest >= rule.unit_people else NOBODY

    def amount_between(self, one: str, other: str) -> int:
        return abs(self.people[one] - self.people[other]) // self.rule.unit_people

    def violation(self, one: str, at: Place, other: str, there: Place, amount: int) -> Violation:
        words = Words(
            N_(
                "“%(one)s” (%(people)s) and “%(other)s” (%(others)s) are parallel and draw different numbers of people."
            ),
            {
                "one": self.title(one),
                "people": self.people[one],
                "other": self.title(other),
                "others": self.people[other],
            },
        )
        return self.fault(f"{one}/{other}", amount, words, (one, other))
