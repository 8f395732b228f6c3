"""Preferences: what it costs that a session stands on a day, in a room, or in a room on a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from parvis.domain.refusals import N_, Refusal
from parvis.domain.timetable.fields import Amount, DayKey, RoomKey, SessionKey
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules.cells import Cells
from parvis.domain.timetable.rules.judges import Judge, SingleJudge
from parvis.domain.timetable.rules.rule import Rule
from parvis.domain.timetable.verdicts import Violation, Words


class PenaltyAnywhere(Refusal):
    """A penalty is for a day or a room."""

    sentence = N_("%(path)s: this penalty needs a day, a room, or both.")


@dataclass(frozen=True, slots=True)
class Penalty:
    """What a session costs on a day, in a room, or in a room on a day: the day is that on which it begins."""

    session: SessionKey
    amount: Amount
    day: DayKey | None = None
    room: RoomKey | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences(Rule):
    """Sessions are where it costs least; the amount is the sum of the penalties for the place."""

    kind: ClassVar[str] = "preferences"
    sentence: ClassVar[str] = N_("Sessions take place on the days and in the rooms that suit them best.")

    hard: bool = False
    penalties: tuple[Penalty, ...]

    def check(self, problem: Problem, path: str) -> None:
        """Raise `PenaltyAnywhere`."""
        for position, penalty in enumerate(self.penalties):
            if penalty.day is None and penalty.room is None:
                raise PenaltyAnywhere(path=f"{path}.penalties[{position}]")

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _Preferences(self, problem)


class _Preferences(SingleJudge):
    def __init__(self, rule: Preferences, problem: Problem) -> None:
        super().__init__(rule, problem)
        self.cells = Cells(problem, ())
        self.prices: dict[str, dict[tuple[int | None, str | None], int]] = {}
        for penalty in rule.penalties:
            if penalty.amount and penalty.session in self.concerned:
                own = self.prices.setdefault(penalty.session, {})
                where = (None if penalty.day is None else self.cells.day_number[penalty.day], penalty.room)
                own[where] = own.get(where, 0) + penalty.amount
        self.concerned = frozenset(self.prices)

    def amount(self, session: str, place: Place | None) -> int:
        if place is None:
            return 0
        prices, day = self.prices[session], self.cells.day_at(place.start)
        return prices.get((day, None), 0) + prices.get((None, place.room), 0) + prices.get((day, place.room), 0)

    def violation(self, session: str, place: Place | None, amount: int) -> Violation:
        assert place is not None  # noqa: S101 - unplaced sessions are not asked about
        words = Words(
            N_("“%(title)s” suits %(room)s at %(starts)s less well than another place: %(points)s points."),
            {
                "title": self.title(session),
                "room": self.problem.room_of[place.room].name,
                "starts": self.problem.moment(place.start),
                "points": amount,
            },
        )
        return self.fault(session, amount, words, (session,), rooms=[place.room])
