"""How an oracle reads a problem: which sessions a rule speaks of, where they stand minute by minute, who is in them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

from parvis.domain.timetable.placements import Placements
from parvis.domain.timetable.problem import Problem, Session, Window

Found = dict[Any, int]
Oracle = Callable[[Problem, Any, Placements], Found]


def speaks_of(rule: Any, key: str) -> bool:
    return key not in rule.exempt and (rule.sessions == () or key in rule.sessions)


def placed_by(problem: Problem, rule: Any, placements: Placements) -> list[tuple[Session, str, set[int]]]:
    """Return the sessions that the rule speaks of, with their room and every minute that they take."""
    return [
        (s, placements[s.key].room, set(range(placements[s.key].start, placements[s.key].start + s.duration_min)))
        for s in problem.sessions
        if s.key in placements and speaks_of(rule, s.key)
    ]


def each(amount: Callable[[Problem, Any, Session, str, set[int]], int]) -> Oracle:
    def oracle(problem: Problem, rule: Any, placements: Placements) -> Found:
        found = {(s.key,): amount(problem, rule, s, room, at) for s, room, at in placed_by(problem, rule, placements)}
        return {key: value for key, value in found.items() if value}

    return oracle


def parallel(amount: Callable[[Problem, Any, Session, Session], int]) -> Oracle:
    def oracle(problem: Problem, rule: Any, placements: Placements) -> Found:
        found = {}
        for (one, _room, at), (other, _there, also) in combinations(placed_by(problem, rule, placements), 2):
            if at & also and amount(problem, rule, one, other):
                found[tuple(sorted((one.key, other.key)))] = amount(problem, rule, one, other)
        return found

    return oracle


def minutes_of(windows: tuple[Window, ...]) -> set[int]:
    return {minute for window in windows for minute in range(window.starts, window.ends)}


def room_of(problem: Problem, key: str) -> Any:
    return next(room for room in problem.rooms if room.key == key)


def people_of(problem: Problem, session: Session, roles: tuple[str, ...] = ()) -> set[str]:
    found = {(i.person, i.role) for i in problem.interventions if i.session == session.key}
    for group in problem.groups:
        if group.key == session.group and group.president is not None:
            found.add((group.president, "group_president"))
    return {person for person, role in found if roles == () or role in roles}


def organisations_of(problem: Problem, session: Session) -> set[str]:
    return {i.organisation for i in problem.involvements if i.session == session.key}
