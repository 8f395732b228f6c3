"""What participants chose is not parallel: nobody attends two sessions at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from parvis.domain.refusals import N_
from parvis.domain.timetable.fields import Count
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules.judges import ClashJudge, Judge
from parvis.domain.timetable.rules.rule import Rule
from parvis.domain.timetable.verdicts import Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicesApart(Rule):
    """Sessions that the same people chose are not parallel; the amount is how many people chose both.

    Fewer than `at_least` people are not worth a word.
    """

    kind: ClassVar[str] = "choices_apart"
    sentence: ClassVar[str] = N_("What the same people chose is not held in parallel.")

    at_least: Count = 1

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _ChoicesApart(self, problem)


class _ChoicesApart(ClashJudge):
    """Counts on demand: of 180,000 pairs of 600 sessions, a timetable only ever asks for those that are parallel."""

    rule: ChoicesApart

    def __init__(self, rule: ChoicesApart, problem: Problem) -> None:
        super().__init__(rule, problem)
        width = len(problem.registrations) // 8 + 1
        chosen: dict[str, bytearray] = {}
        for position, registration in enumerate(problem.registrations):
            byte, bit = position >> 3, 1 << (position & 7)
            for session in registration.choices:
                if session not in chosen:
                    chosen[session] = bytearray(width)
                chosen[session][byte] |= bit
        # Who chose a session, as one number: two such are compared by thousands of people at a time.
        self.by = {session: int.from_bytes(bits, "little") for session, bits in chosen.items()}
        self.concerned &= frozenset(chosen)
        self.counted: dict[str, dict[str, int]] = {session: {} for session in self.concerned}

    def amount_between(self, one: str, other: str) -> int:
        count = self.counted[one].get(other)
        if count is None:
            both = (self.by[one] & self.by[other]).bit_count()
            count = both if both >= self.rule.at_least else 0
            self.counted[one][other] = self.counted[other][one] = count
        return count

    def violation(self, one: str, at: Place, other: str, there: Place, amount: int) -> Violation:
        return self.between(
            one,
            at,
            other,
            there,
            amount,
            neutral=N_("“%(one)s” and “%(other)s” are parallel; chosen both by: %(people)s."),
            side=N_("“%(other)s” is parallel, from %(starts)s to %(ends)s; chosen both by: %(people)s."),
            params={"people": amount},
        )
