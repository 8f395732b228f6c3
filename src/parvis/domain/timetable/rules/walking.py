"""Time to walk from one room to another, for those who have a part in both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from parvis.domain.refusals import N_
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules.judges import NOBODY, Judge, PairJudge
from parvis.domain.timetable.rules.rule import Rule
from parvis.domain.timetable.rules.sharing import Sharing
from parvis.domain.timetable.verdicts import Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeToWalk(Rule):
    """Between two sessions of one person there is time to walk; the amount is the minutes lacking, for each person."""

    kind: ClassVar[str] = "time_to_walk"
    sentence: ClassVar[str] = N_("People have the time to walk from one room to the next.")

    roles: tuple[str, ...] = ()

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _TimeToWalk(self, problem)


class _TimeToWalk(PairJudge):
    """Sessions that overlap are another rule's matter."""

    rule: TimeToWalk
    by_room = True

    def __init__(self, rule: TimeToWalk, problem: Problem) -> None:
        super().__init__(rule, problem)
        self.sharing = Sharing.of_persons(problem, self.concerned, roles=rule.roles, persons=())
        rooms = [room.key for room in problem.rooms]
        self.walk = {(one, other): problem.walking_min(one, other) for one in rooms for other in rooms}
        self.reach = max(self.walk.values(), default=0)
        self.concerned = self.sharing.concerned if self.reach else NOBODY

    def partners(self, session: str) -> frozenset[str]:
        return self.sharing.partners(session)

    def gap(self, one: str, at: Place, other: str, there: Place) -> int:
        """Return the minutes between two sessions; less than nothing where they overlap."""
        return max(there.start - at.start - self.duration[one], at.start - there.start - self.duration[other])

    def amount(self, one: str, at: Place, other: str, there: Place) -> int:
        gap = self.gap(one, at, other, there)
        lacking = self.walk[at.room, there.room] - gap
        return lacking * len(self.sharing.shared(one, other)) if gap >= 0 and lacking > 0 else 0

    def violation(self, one: str, at: Place, other: str, there: Place, amount: int) -> Violation:
        persons = sorted(self.sharing.shared(one, other))
        return self.between(
            one,
            at,
            other,
            there,
            amount,
            neutral=N_(
                "From “%(one)s” to “%(other)s” it takes %(walk)s min on foot, and there are %(gap)s, for: %(names)s."
            ),
            side=N_("“%(other)s” is %(walk)s min away on foot, with %(gap)s min between, for: %(names)s."),
            params={
                "walk": self.walk[at.room, there.room],
                "gap": self.gap(one, at, other, there),
                "names": tuple(self.problem.person_of[person].name for person in persons),
            },
            persons=persons,
            rooms=[at.room, there.room],
        )
