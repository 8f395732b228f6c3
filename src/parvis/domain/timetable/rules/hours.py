"""When sessions may take place: inside the days, at fixed times, within given hours, on the grid; and that they do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from parvis.domain.refusals import N_, Refusal
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem, Window
from parvis.domain.timetable.rules.judges import Judge, SingleJudge
from parvis.domain.timetable.rules.rule import Rule
from parvis.domain.timetable.rules.windows import covers, merged
from parvis.domain.timetable.verdicts import Param, Span, Violation, Words


class HoursMissing(Refusal):
    """A rule about hours says which."""

    sentence = N_("%(path)s: this rule needs at least one window of hours.")


@dataclass(frozen=True, slots=True, kw_only=True)
class InsideDays(Rule):
    """A session takes place between the opening and the closing of one day."""

    kind: ClassVar[str] = "inside_days"
    sentence: ClassVar[str] = N_("Sessions take place between the opening and the closing of a day.")

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _InsideDays(self, problem)


class _InsideDays(SingleJudge):
    by_room = False

    def amount(self, session: str, place: Place | None) -> int:
        if place is None:
            return 0
        ends = place.start + self.duration[session]
        return int(not any(day.opens <= place.start and ends <= day.closes for day in self.problem.days))

    def violation(self, session: str, place: Place | None, amount: int) -> Violation:
        assert place is not None  # noqa: S101 - unplaced sessions are not asked about
        params = {"title": self.title(session), **self.hours(session, place)}
        days = sorted(self.problem.days, key=lambda day: (_distance(day.opens, day.closes, place.start), day.opens))
        if days:
            day = days[0]
            params["day"] = Span(self.problem.moment(day.opens), self.problem.moment(day.closes))
            sentence = N_("“%(title)s”, from %(starts)s to %(ends)s, is outside the day: %(day)s.")
        else:
            sentence = N_("“%(title)s”, from %(starts)s to %(ends)s, is outside the edition, which has no days yet.")
        return self.fault(session, amount, Words(sentence, params), (session,))


def _distance(opens: int, closes: int, minute: int) -> int:
    return max(opens - minute, minute - closes, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnGrid(Rule):
    """A session begins on the day's grid, counted from its opening."""

    kind: ClassVar[str] = "on_grid"
    sentence: ClassVar[str] = N_("Sessions begin on the grid of the day.")

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _OnGrid(self, problem)


class _OnGrid(SingleJudge):
    by_room = False

    def amount(self, session: str, place: Place | None) -> int:
        day = self.problem.day_at(place.start) if place is not None else None
        return 0 if place is None or day is None else int((place.start - day.opens) % day.step_min != 0)

    def violation(self, session: str, place: Place | None, amount: int) -> Violation:
        day = self.problem.day_at(place.start) if place is not None else None
        assert place is not None and day is not None  # noqa: S101 - outside the days nothing is found
        words = Words(
            N_("“%(title)s” begins at %(starts)s, off the grid of %(step)s min."),
            {"title": self.title(session), "starts": self.problem.moment(place.start), "step": day.step_min},
        )
        return self.fault(session, amount, words, (session,))


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedPlace(Rule):
    """A session with a fixed start, or in a fixed room, is there; the amount counts what differs."""

    kind: ClassVar[str] = "fixed_place"
    sentence: ClassVar[str] = N_("Sessions that are fixed stay at their time and in their room.")

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _FixedPlace(self, problem)


class _FixedPlace(SingleJudge):
    def __init__(self, rule: FixedPlace, problem: Problem) -> None:
        super().__init__(rule, problem)
        self.start = {s.key: s.fixed_start for s in problem.sessions if s.fixed_start is not None}
        self.room = {s.key: s.fixed_room for s in problem.sessions if s.fixed_room is not None}
        self.concerned &= frozenset(self.start.keys() | self.room.keys())

    def amount(self, session: str, place: Place | None) -> int:
        if place is None:
            return 0
        moved = self.start.get(session, place.start) != place.start
        return int(moved) + int(self.room.get(session, place.room) != place.room)

    def violation(self, session: str, place: Place | None, amount: int) -> Violation:
        params: dict[str, Param] = {"title": self.title(session)}
        start, room = self.start.get(session), self.room.get(session)
        if start is not None:
            begins = self.problem.moment(start)
            params["fixed"] = Span(begins, self.problem.moment(start + self.duration[session]))
        if room is not None:
            params["room"] = self.problem.room_of[room].name
        if start is None:
            sentence = N_("“%(title)s” is fixed in %(room)s.")
        elif room is None:
            sentence = N_("“%(title)s” is fixed: %(fixed)s.")
        else:
            sentence = N_("“%(title)s” is fixed in %(room)s: %(fixed)s.")
        rooms = {place.room} if place is not None else set()
        return self.fault(
            session, amount, Words(sentence, params), (session,), rooms=rooms | ({room} if room else set())
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WithinHours(Rule):
    """Sessions take place wholly within one of the windows: a ceremony at the end of a day, a meal at noon."""

    kind: ClassVar[str] = "within_hours"
    sentence: ClassVar[str] = N_("These sessions take place within these hours: %(hours)s.")

    windows: tuple[Window, ...]

    def words(self, problem: Problem) -> Words:
        """Say the hours."""
        return Words(self.sentence, {"hours": spans_of(problem, self.windows)})

    def check(self, problem: Problem, path: str) -> None:
        """Raise `HoursMissing`."""
        if not self.windows:
            raise HoursMissing(path=f"{path}.windows")

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _WithinHours(self, problem)


class _WithinHours(SingleJudge):
    by_room = False

    def __init__(self, rule: WithinHours, problem: Problem) -> None:
        super().__init__(rule, problem)
        self.windows = merged(rule.windows)

    def amount(self, session: str, place: Place | None) -> int:
        if place is None:
            return 0
        return int(not covers(self.windows, place.start, place.start + self.duration[session]))

    def violation(self, session: str, place: Place | None, amount: int) -> Violation:
        assert place is not None  # noqa: S101 - unplaced sessions are not asked about
        words = Words(
            N_("“%(title)s”, from %(starts)s to %(ends)s, is outside its hours: %(hours)s."),
            {
                "title": self.title(session),
                **self.hours(session, place),
                "hours": spans_of(self.problem, self.windows),
            },
        )
        return self.fault(session, amount, words, (session,))


def spans_of(problem: Problem, windows: tuple[Window, ...]) -> tuple[Span, ...]:
    """Return windows as a sentence says them, those that touch made one."""
    return tuple(Span(problem.moment(w.starts), problem.moment(w.ends)) for w in merged(windows))


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed(Rule):
    """Every session has a place."""

    kind: ClassVar[str] = "placed"
    sentence: ClassVar[str] = N_("Every session has its room and its time.")

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _Placed(self, problem)


class _Placed(SingleJudge):
    when_unplaced = True

    def amount(self, session: str, place: Place | None) -> int:
        return int(place is None)

    def violation(self, session: str, place: Place | None, amount: int) -> Violation:
        return self.fault(
            session, amount, Words(N_("“%(title)s” has no place yet."), {"title": self.title(session)}), (session,)
        )
