"""Stability: sessions stay where they stood, the more so the more people would have to be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from parvis.domain.refusals import N_
from parvis.domain.timetable.checks import KeyTwice
from parvis.domain.timetable.fields import Count, Moment, RoomKey, SessionKey
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules.compact_days import on_one_day
from parvis.domain.timetable.rules.judges import Judge, SingleJudge
from parvis.domain.timetable.rules.rule import Rule
from parvis.domain.timetable.verdicts import Param, Span, Violation, Words

OTHER_ROOM, OTHER_START, OTHER_DAY, NO_PLACE = 1, 2, 2, 6
A_ROOMFUL = 25  # people who know of a place make leaving it dearer by one


@dataclass(frozen=True, slots=True)
class PlaceBefore:
    """Where a session stood, and how many people know."""

    session: SessionKey
    room: RoomKey
    starts: Moment
    people: Count = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stability(Rule):
    """Sessions stay where they stood `before`.

    The amount is 1 for another room, 2 for another start and 2 more for another day, 6 for no place, times
    1 + people // 25.
    """

    kind: ClassVar[str] = "stability"
    sentence: ClassVar[str] = N_("Sessions stay where they stood.")

    hard: bool = False
    before: tuple[PlaceBefore, ...]

    def check(self, problem: Problem, path: str) -> None:
        """Raise `KeyTwice`: a session stood in one place."""
        seen: set[str] = set()
        for position, place in enumerate(self.before):
            if place.session in seen:
                raise KeyTwice(path=f"{path}.before[{position}].session", found=place.session)
            seen.add(place.session)

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _Stability(self, problem)


class _Stability(SingleJudge):
    when_unplaced = True

    def __init__(self, rule: Stability, problem: Problem) -> None:
        super().__init__(rule, problem)
        self.before = {place.session: place for place in rule.before}
        self.concerned &= frozenset(self.before)

    def amount(self, session: str, place: Place | None) -> int:
        before = self.before[session]
        if place is None:
            found = NO_PLACE
        else:
            found = OTHER_ROOM if place.room != before.room else 0
            if place.start != before.starts:
                found += OTHER_START
                found += 0 if on_one_day(self.problem, before.starts, place.start) else OTHER_DAY
        return found * (1 + before.people // A_ROOMFUL)

    def violation(self, session: str, place: Place | None, amount: int) -> Violation:
        before = self.before[session]
        begins = self.problem.moment(before.starts)
        params: dict[str, Param] = {
            "title": self.title(session),
            "room": self.problem.room_of[before.room].name,
            "before": Span(begins, self.problem.moment(before.starts + self.duration[session])),
        }
        if place is None:
            sentence = N_("“%(title)s” stood in %(room)s, %(before)s, and has no place now.")
        else:
            sentence = N_("“%(title)s” stood in %(room)s, %(before)s.")
        rooms = {before.room} | ({place.room} if place is not None else set())
        return self.fault(session, amount, Words(sentence, params), (session,), rooms=rooms)
