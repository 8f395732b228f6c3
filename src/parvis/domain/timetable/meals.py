"""When people eat, where nobody says so: at noon, on each day that is open then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import time

from parvis.domain.timetable.problem import Day, Problem, Session, Window
from parvis.domain.timetable.rules.breaks import BREAKS
from parvis.domain.timetable.rules.plenaries import GATHERING
from parvis.domain.timetable.timeline import HourDoesNotExist, HourExistsTwice

BEGINS, ENDS = time(12, 30), time(14)


def meals_of(problem: Problem) -> tuple[Window, ...]:
    """Return the hours of the days' meals: from 12:30 to 14:00 where a day is open all that time.

    A break that is pinned to those hours says better when the meal is: its own hours are. Where something that gathers
    everybody is pinned to them, somebody has thought of the meal otherwise, and the day has none here.
    """
    return tuple(window for day in problem.days for window in _of_day(problem, day))


def _of_day(problem: Problem, day: Day) -> Iterator[Window]:
    on = problem.moment(day.opens).date()
    with suppress(HourDoesNotExist, HourExistsTwice):
        noon = Window(problem.timeline.minute_at(on, BEGINS), problem.timeline.minute_at(on, ENDS))
        if day.opens <= noon.starts and noon.ends <= day.closes:
            pinned = [(session, hours) for session, hours in _pinned(problem) if _overlap(hours, noon)]
            breaks = [hours for session, hours in pinned if session.format in BREAKS]
            if not any(session.format in GATHERING for session, _hours in pinned):
                yield from breaks or [noon]


def _pinned(problem: Problem) -> Iterator[tuple[Session, Window]]:
    for session in problem.sessions:
        if session.fixed_start is not None:
            yield session, Window(session.fixed_start, session.fixed_start + session.duration_min)


def _overlap(one: Window, other: Window) -> bool:
    return one.starts < other.ends and other.starts < one.ends
