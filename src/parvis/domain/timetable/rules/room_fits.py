"""Rooms that fit: a room is not much larger than its session needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from parvis.domain.refusals import N_
from parvis.domain.timetable.fields import MANY, Between
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem, Session
from parvis.domain.timetable.rules.judges import Judge, SingleJudge
from parvis.domain.timetable.rules.rule import Rule
from parvis.domain.timetable.verdicts import Violation, Words

Tolerance = Annotated[int, Between(0, 1_000)]
Unit = Annotated[int, Between(1, MANY)]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomFits(Rule):
    """A room has up to `tolerance_percent` more seats than needed; the amount is the units of seats beyond that.

    Needed are those enrolled, and those who would like to come as far as the session's own capacity goes. Of a session
    for which nobody is known to come, and of a room whose seats are not known, the rule says nothing.
    """

    kind: ClassVar[str] = "room_fits"
    sentence: ClassVar[str] = N_("Rooms are not much larger than their sessions need.")

    hard: bool = False
    tolerance_percent: Tolerance = 50
    unit_seats: Unit = 10

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _RoomFits(self, problem)


def _needed(session: Session) -> int:
    wishes = session.wishes if session.capacity is None else min(session.wishes, session.capacity)
    return max(session.enrolled, wishes)


class _RoomFits(SingleJudge):
    rule: RoomFits
    by_start = False

    def __init__(self, rule: RoomFits, problem: Problem) -> None:
        super().__init__(rule, problem)
        self.needed = {session.key: _needed(session) for session in problem.sessions}
        self.seats = {room.key: room.capacity for room in problem.rooms}
        self.concerned = frozenset(session for session in self.concerned if self.needed[session])

    def amount(self, session: str, place: Place | None) -> int:
        seats = self.seats[place.room] if place is not None else None
        if seats is None:
            return 0
        beyond = 100 * seats - (100 + self.rule.tolerance_percent) * self.needed[session]
        return max(0, beyond) // (100 * self.rule.unit_seats)

    def violation(self, session: str, place: Place | None, amount: int) -> Violation:
        assert place is not None  # noqa: S101 - unplaced sessions are not asked about
        room = self.problem.room_of[place.room]
        words = Words(
            N_("“%(title)s” needs few seats (%(needed)s) for %(room)s, which has %(seats)s."),
            {
                "title": self.title(session),
                "needed": self.needed[session],
                "room": room.name,
                "seats": room.capacity or 0,
            },
        )
        return self.fault(session, amount, words, (session,), rooms=[place.room])
