"""The naive readings of what themes cost by day and room, of their order, and of pairs of sessions."""

from __future__ import annotations

from itertools import combinations, permutations
from typing import Any, NamedTuple

from parvis.domain.timetable.placements import Placements
from parvis.domain.timetable.problem import Problem, Session
from tests.domain.timetable.readings import Found, Oracle, each, placed_by


class Standing(NamedTuple):
    """A session where it stands: on which day, in which room, under which theme."""

    session: str
    theme: str
    day: str
    room: str
    start: int


def _day_of(problem: Problem, start: int) -> str | None:
    return next((day.key for day in problem.days if start in range(day.opens, day.closes)), None)


def _standing(problem: Problem, rule: Any, placements: Placements) -> list[Standing]:
    """Return the sessions with a theme that stand on a day."""
    found = []
    for session, room, at in placed_by(problem, rule, placements):
        day = _day_of(problem, min(at))
        if session.themes and day is not None:
            found.append(Standing(session.key, session.themes[0], day, room, min(at)))
    return found


def _above_one(counted: dict[str, set[str]]) -> Found:
    return {key: len(values) - 1 for key, values in counted.items() if len(values) > 1}


def preferences(problem: Problem, rule: Any, session: Session, room: str, at: set[int]) -> int:
    day = _day_of(problem, min(at))
    return sum(
        penalty.amount
        for penalty in rule.penalties
        if penalty.session == session.key and penalty.day in (None, day) and penalty.room in (None, room)
    )


def theme_preferences(problem: Problem, rule: Any, placements: Placements) -> Found:
    found: Found = {}
    for theme, day, room in {(one.theme, one.day, one.room) for one in _standing(problem, rule, placements)}:
        for penalty in rule.penalties:
            if penalty.amount and all(
                asked in (None, there)
                for asked, there in ((penalty.theme, theme), (penalty.day, day), (penalty.room, room))
            ):
                found[f"{day}/{room}/{theme}"] = found.get(f"{day}/{room}/{theme}", 0) + penalty.amount
    return found


def one_theme_per_cell(problem: Problem, rule: Any, placements: Placements) -> Found:
    themes: dict[str, set[str]] = {}
    for one in _standing(problem, rule, placements):
        themes.setdefault(f"{one.day}/{one.room}", set()).add(one.theme)
    return _above_one(themes)


def themes_parallel(problem: Problem, rule: Any, placements: Placements) -> Found:
    held = {(one.day, one.room, one.theme) for one in _standing(problem, rule, placements)}
    found: Found = {}
    for pair in rule.pairs:
        for day in problem.days:
            for room, other in permutations([room.key for room in problem.rooms], 2):
                if pair.amount and {(day.key, room, pair.one), (day.key, other, pair.other)} <= held:
                    key = "/".join((day.key, *sorted((pair.one, pair.other))))
                    found[key] = found.get(key, 0) + pair.amount
    return found


def theme_rooms(problem: Problem, rule: Any, placements: Placements) -> Found:
    rooms: dict[str, set[str]] = {}
    for one in _standing(problem, rule, placements):
        rooms.setdefault(one.theme, set()).add(one.room)
    return _above_one(rooms)


def theme_parallel_rooms(problem: Problem, rule: Any, placements: Placements) -> Found:
    rooms: dict[str, set[str]] = {}
    for one in _standing(problem, rule, placements):
        rooms.setdefault(f"{one.day}/{one.theme}", set()).add(one.room)
    return _above_one(rooms)


def theme_in_one_go(problem: Problem, rule: Any, placements: Placements) -> Found:
    standing = _standing(problem, rule, placements)
    found: Found = {}
    for theme in {one.theme for one in standing}:
        on = {one.day for one in standing if one.theme == theme}
        shown = ["x" if day.key in on else " " for day in sorted(problem.days, key=lambda day: day.opens)]
        if " " in "".join(shown).strip():
            found[theme] = 1
    return found


def theme_order(problem: Problem, rule: Any, placements: Placements) -> Found:
    opens = {day.key: day.opens for day in problem.days}
    position = {room.key: (room.position, room.key) for room in problem.rooms}
    standing = sorted(
        _standing(problem, rule, placements), key=lambda s: (opens[s.day], position[s.room], s.start, s.session)
    )
    found: Found = {}
    for place in rule.places:
        for theme in {one.theme for one in standing if one.session == place.session}:
            in_order = [one.session for one in standing if one.theme == theme]
            if in_order.index(place.session) != place.position - 1:
                found[theme] = found.get(theme, 0) + 1
    return found


def apart(problem: Problem, rule: Any, placements: Placements) -> Found:
    found: Found = {}
    for (one, room, at), (other, there, also) in combinations(placed_by(problem, rule, placements), 2):
        day = _day_of(problem, min(at))
        if _paired(rule, one, other) and room != there and day is not None and day == _day_of(problem, min(also)):
            found[tuple(sorted((one.key, other.key)))] = 1
    return found


def not_at_once(problem: Problem, rule: Any, placements: Placements) -> Found:
    found: Found = {}
    for (one, _room, at), (other, _there, also) in combinations(placed_by(problem, rule, placements), 2):
        if _paired(rule, one, other) and at & also:
            shared = sorted(at & also)
            found[tuple(sorted((one.key, other.key)))] = len(shared[:: rule.unit_min])
    return found


def _paired(rule: Any, one: Session, other: Session) -> bool:
    return any({pair.one, pair.other} == {one.key, other.key} for pair in rule.pairs)


THEME_ORACLES: dict[str, Oracle] = {
    "preferences": each(preferences),
    "theme_preferences": theme_preferences,
    "one_theme_per_cell": one_theme_per_cell,
    "themes_parallel": themes_parallel,
    "theme_rooms": theme_rooms,
    "theme_parallel_rooms": theme_parallel_rooms,
    "theme_in_one_go": theme_in_one_go,
    "theme_order": theme_order,
    "apart": apart,
    "not_at_once": not_at_once,
}
THEMES_BY_SUBJECT = THEME_ORACLES.keys() - {"preferences", "apart", "not_at_once"}
