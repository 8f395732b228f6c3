"""Random parameters of the rules about themes and pairs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from random import Random
from typing import Any, TypeVar

from parvis.domain.timetable import rules as r
from parvis.domain.timetable.problem import Problem

Value = TypeVar("Value")


def parameters_of_themes(draw: Random, problem: Problem, sessions: list[str]) -> dict[str, dict[str, Any]]:
    """Return what each of these kinds is made with."""
    days, rooms = [day.key for day in problem.days], [room.key for room in problem.rooms]
    themes = [theme.key for theme in problem.themes]
    ordered = draw.sample(sessions, draw.randint(0, len(sessions)))
    return {
        r.Preferences.kind: {
            "penalties": tuple(_penalty(draw, sessions, days, rooms) for _n in range(draw.randint(0, 8)))
        },
        r.ThemePreferences.kind: {
            "penalties": tuple(
                penalty
                for _n in range(draw.randint(0, 8))
                if (penalty := _theme_penalty(draw, themes, days, rooms)) is not None
            )
        },
        r.ThemesParallel.kind: {
            "pairs": tuple(r.ThemePair(one, other, draw.randint(0, 3)) for one, other in _pairs(draw, themes, 3))
        },
        r.ThemeOrder.kind: {"places": tuple(r.OrderPlace(session, draw.randint(1, 3)) for session in ordered)},
        r.Apart.kind: {"pairs": tuple(r.SessionPair(*pair) for pair in _pairs(draw, sessions, 8))},
        r.NotAtOnce.kind: {
            "pairs": tuple(r.SessionPair(*pair) for pair in _pairs(draw, sessions, 8)),
            "unit_min": draw.choice((1, 10, 45)),
        },
    }


def _penalty(draw: Random, sessions: Sequence[str], days: Sequence[str], rooms: Sequence[str]) -> r.Penalty:
    day = _perhaps(draw, days)
    room = draw.choice(rooms) if day is None or draw.random() < 0.3 else None
    return r.Penalty(draw.choice(sessions), draw.randint(0, 5), day, room)


def _theme_penalty(
    draw: Random, themes: Sequence[str], days: Sequence[str], rooms: Sequence[str]
) -> r.ThemePenalty | None:
    theme, day, room = _perhaps(draw, themes), _perhaps(draw, days), _perhaps(draw, rooms)
    if (theme, day, room).count(None) > 1:
        return None
    return r.ThemePenalty(draw.randint(0, 5), theme, day, room)


def _pairs(draw: Random, keys: Sequence[str], most: int) -> list[tuple[str, str]]:
    """Draw pairs in either order; one may come twice."""
    both = [pair for one, other in combinations(keys, 2) for pair in ((one, other), (other, one))]
    return draw.choices(both, k=draw.randint(0, most)) if both else []


def _perhaps(draw: Random, values: Sequence[Value]) -> Value | None:
    return draw.choice(values) if values and draw.random() < 0.7 else None
