"""Seats: a room holds those who have one, and better those who would like one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from parvis.domain.refusals import N_
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules.judges import Judge, SingleJudge
from parvis.domain.timetable.rules.rule import Rule
from parvis.domain.timetable.verdicts import Violation, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomCapacity(Rule):
    """A room has a seat for everybody enrolled, and as many as the session's own capacity promises."""

    kind: ClassVar[str] = "room_capacity"
    sentence: ClassVar[str] = N_(
        "A room has a seat for everybody who is enrolled, and for every place that is offered."
    )

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        needed = {session.key: max(session.enrolled, session.capacity or 0) for session in problem.sessions}
        return _Seats(self, problem, needed)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomWishes(Rule):
    """A room has a seat for everybody who would like to come, as far as the session's own capacity goes."""

    kind: ClassVar[str] = "room_wishes"
    sentence: ClassVar[str] = N_("A room has a seat for everybody who would like to come.")

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        needed = {
            session.key: session.wishes if session.capacity is None else min(session.wishes, session.capacity)
            for session in problem.sessions
        }
        return _Seats(self, problem, needed)


class _Seats(SingleJudge):
    by_start = False

    def __init__(self, rule: Rule, problem: Problem, needed: dict[str, int]) -> None:
        super().__init__(rule, problem)
        self.needed = needed
        self.seats = {room.key: room.capacity for room in problem.rooms}
        self.concerned = frozenset(session for session in self.concerned if needed[session])

    def amount(self, session: str, place: Place | None) -> int:
        seats = self.seats[place.room] if place is not None else None
        return 0 if seats is None else max(0, self.needed[session] - seats)

    def violation(self, session: str, place: Place | None, amount: int) -> Violation:
        assert place is not None  # noqa: S101 - unplaced sessions are not asked about
        room = self.problem.room_of[place.room]
        if isinstance(self.rule, RoomCapacity):
            sentence = N_("“%(title)s” needs more seats (%(needed)s) than %(room)s has (%(seats)s).")
        else:
            sentence = N_(
                "More people (%(needed)s) would like to come to “%(title)s” than %(room)s has seats (%(seats)s)."
            )
        words = Words(
            sentence,
            {
                "title": self.title(session),
                "needed": self.needed[session],
                "room": room.name,
                "seats": room.capacity or 0,
            },
        )
        return self.fault(session, amount, words, (session,), rooms=[room.key])
