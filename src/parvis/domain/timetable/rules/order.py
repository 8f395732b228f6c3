"""One session comes before another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from parvis.domain.refusals import N_, Refusal
from parvis.domain.timetable.fields import Minutes, SessionKey
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules.judges import NOBODY, Judge, PairJudge
from parvis.domain.timetable.rules.rule import Rule
from parvis.domain.timetable.verdicts import Param, Violation, Words


class OrderOfOne(Refusal):
    """An order is between two sessions."""

    sentence = N_("%(path)s: a session cannot come before itself.")


class GapsCross(Refusal):
    """The least gap is not longer than the longest."""

    sentence = N_("%(path)s: the longest gap is shorter than the least.")


@dataclass(frozen=True, slots=True, kw_only=True)
class InOrder(Rule):
    """`before` ends at least `gap_min` minutes before `after` begins, and at most `gap_max` where that is given."""

    kind: ClassVar[str] = "in_order"
    sentence: ClassVar[str] = N_("“%(before)s” ends before “%(after)s” begins.")

    before: SessionKey
    after: SessionKey
    gap_min: Minutes = 0
    gap_max: Minutes | None = None

    def words(self, problem: Problem) -> Words:
        """Say which sessions, and the minutes between them."""
        params: dict[str, Param] = {
            "before": problem.session_of[self.before].title,
            "after": problem.session_of[self.after].title,
        }
        sentence = self.sentence
        if self.gap_max is not None:
            params |= {"least": self.gap_min, "most": self.gap_max}
            sentence = N_("“%(before)s” ends from %(least)s to %(most)s min before “%(after)s” begins.")
        elif self.gap_min:
            params["least"] = self.gap_min
            sentence = N_("“%(before)s” ends at least %(least)s min before “%(after)s” begins.")
        return Words(sentence, params)

    def check(self, problem: Problem, path: str) -> None:
        """Raise `OrderOfOne`, `GapsCross`."""
        if self.before == self.after:
            raise OrderOfOne(path=f"{path}.after")
        if self.gap_max is not None and self.gap_max < self.gap_min:
            raise GapsCross(path=f"{path}.gap_max")

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _InOrder(self, problem)


class _InOrder(PairJudge):
    rule: InOrder
    reach = None

    def __init__(self, rule: InOrder, problem: Problem) -> None:
        super().__init__(rule, problem)
        self.both = frozenset({rule.before, rule.after})
        self.concerned = self.both if self.both <= self.concerned else NOBODY

    def partners(self, session: str) -> frozenset[str]:
        return self.both - {session}

    def amount(self, one: str, at: Place, other: str, there: Place) -> int:
        before, after = (at, there) if one == self.rule.before else (there, at)
        gap = after.start - before.start - self.duration[self.rule.before]
        most = self.rule.gap_max
        return int(gap < self.rule.gap_min or (most is not None and gap > most))

    def violation(self, one: str, at: Place, other: str, there: Place, amount: int) -> Violation:
        return self.fault(f"{one}/{other}", amount, self.rule.words(self.problem), (one, other))
