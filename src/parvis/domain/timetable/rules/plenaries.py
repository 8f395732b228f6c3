"""Plenaries alone: what gathers everybody has nothing beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from parvis.domain.refusals import N_
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules.judges import NOBODY, ClashJudge, Judge
from parvis.domain.timetable.rules.rule import Rule
from parvis.domain.timetable.verdicts import Violation

GATHERING = ("opening", "plenary", "ceremony")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlenariesAlone(Rule):
    """While a session of these `formats` runs, no other does, save those whose format is one of `beside`."""

    kind: ClassVar[str] = "plenaries_alone"
    sentence: ClassVar[str] = N_("Nothing takes place beside what gathers everybody.")

    formats: tuple[str, ...] = GATHERING
    beside: tuple[str, ...] = ("break",)

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _PlenariesAlone(self, problem)


class _PlenariesAlone(ClashJudge):
    rule: PlenariesAlone

    def __init__(self, rule: PlenariesAlone, problem: Problem) -> None:
        super().__init__(rule, problem)
        concerned = [problem.session_of[session] for session in self.concerned]
        self.plenaries = frozenset(s.key for s in concerned if s.format in rule.formats)
        self.others = frozenset(s.key for s in concerned if s.key in self.plenaries or s.format not in rule.beside)
        self.concerned = self.others if self.plenaries else NOBODY

    def partners(self, session: str) -> frozenset[str]:
        return (self.others if session in self.plenaries else self.plenaries) - {session}

    def violation(self, one: str, at: Place, other: str, there: Place, amount: int) -> Violation:
        return self.between(
            one,
            at,
            other,
            there,
            amount,
            neutral=N_("“%(one)s” and “%(other)s” overlap, and one of them gathers everybody."),
            side=N_("“%(other)s” takes place from %(starts)s to %(ends)s, and one of the two gathers everybody."),
        )
