"""Meals and breaks: hours that sessions leave free, as far as they can."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from parvis.domain.refusals import N_
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem, Window
from parvis.domain.timetable.rules.compact_days import UnitMin
from parvis.domain.timetable.rules.hours import HoursMissing, spans_of
from parvis.domain.timetable.rules.judges import Judge, SingleJudge
from parvis.domain.timetable.rules.rule import Rule
from parvis.domain.timetable.rules.windows import merged
from parvis.domain.timetable.verdicts import Violation, Words

BREAKS = ("break",)


@dataclass(frozen=True, slots=True, kw_only=True)
class BreaksKept(Rule):
    """Sessions leave the `windows` free, save those of `formats_beside`: what is eaten is eaten then.

    The amount is the minutes that a session takes of the windows, in units of `unit_min`, rounded up.
    """

    kind: ClassVar[str] = "breaks_kept"
    sentence: ClassVar[str] = N_("Sessions leave time for meals and breaks.")

    hard: bool = False
    windows: tuple[Window, ...]
    formats_beside: tuple[str, ...] = BREAKS
    unit_min: UnitMin = 15

    def words(self, problem: Problem) -> Words:
        """Say the hours."""
        return Words(
            N_("Sessions leave time for meals and breaks: %(hours)s."), {"hours": spans_of(problem, self.windows)}
        )

    def check(self, problem: Problem, path: str) -> None:
        """Raise `HoursMissing`."""
        if not self.windows:
            raise HoursMissing(path=f"{path}.windows")

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _BreaksKept(self, problem)


class _BreaksKept(SingleJudge):
    rule: BreaksKept
    by_room = False

    def __init__(self, rule: BreaksKept, problem: Problem) -> None:
        super().__init__(rule, problem)
        self.windows = merged(rule.windows)
        self.concerned = frozenset(
            key for key in self.concerned if problem.session_of[key].format not in rule.formats_beside
        )

    def taken(self, session: str, place: Place) -> list[tuple[Window, int]]:
        """Return the windows of which a session takes something, with how many minutes."""
        ends = place.start + self.duration[session]
        overlaps = [(window, min(ends, window.ends) - max(place.start, window.starts)) for window in self.windows]
        return [(window, minutes) for window, minutes in overlaps if minutes > 0]

    def amount(self, session: str, place: Place | None) -> int:
        if place is None:
            return 0
        return -(-sum(minutes for _window, minutes in self.taken(session, place)) // self.rule.unit_min)

    def violation(self, session: str, place: Place | None, amount: int) -> Violation:
        assert place is not None  # noqa: S101 - unplaced sessions are not asked about
        taken = self.taken(session, place)
        words = Words(
            N_("“%(title)s”, from %(starts)s to %(ends)s, takes %(minutes)s min of a break: %(hours)s."),
            {
                "title": self.title(session),
                **self.hours(session, place),
                "minutes": sum(minutes for _window, minutes in taken),
                "hours": self.spans(window for window, _minutes in taken),
            },
        )
        return self.fault(session, amount, words, (session,))
