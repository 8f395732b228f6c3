"""Rules about tracks, which each keep to their rooms, their days and their order, as arrays of the inner loop."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np

from parvis.domain.refusals import N_, Refusal
from parvis.domain.timetable.jury import Jury
from parvis.domain.timetable.problem import Problem
from parvis.solver.kernel.arrays import HARD
from parvis.solver.model_axis import Axis, rooms_in_order

KINDS = frozenset(
    {
        "theme_preferences",
        "one_theme_per_cell",
        "themes_parallel",
        "theme_rooms",
        "theme_parallel_rooms",
        "theme_in_one_go",
        "theme_order",
    }
)


class TooNarrowForTracks(Refusal):
    """A track is solved as a whole."""

    sentence = N_("The rule “%(rule)s” speaks of some sessions only: rules about tracks can be solved for all of them.")


def track_arrays(problem: Problem, jury: Jury, axis: Axis) -> dict[str, Any]:
    """Return the tracks of sessions (the first theme of each) and what tracks cost. Raises `TooNarrowForTracks`."""
    rules: dict[str, list[Any]] = {}
    for rule in jury.rules:
        if rule.kind in KINDS:
            if rule.sessions or rule.exempt:
                raise TooNarrowForTracks(rule=rule.key)
            rules.setdefault(rule.kind, []).append(rule)
    themes = [theme.key for theme in problem.themes] if rules else []
    number = {key: at for at, key in enumerate(themes)}
    track = np.array(
        [number[session.themes[0]] if rules and session.themes else -1 for session in problem.sessions], np.int64
    )
    members = [np.flatnonzero(track == at) for at in range(len(themes))]
    position = _positions(problem, rules)
    similar = _similar(rules, number)
    return {
        "tracks": len(themes),
        "one_track": int(any(rule.hard for rule in rules.get("one_theme_per_cell", ()))),
        "track": track,
        "track_ptr": np.concatenate(([0], np.cumsum([len(own) for own in members]))).astype(np.int64),
        "track_val": np.concatenate([*members, np.zeros(0, np.int64)]).astype(np.int64),
        "cell_cost": _cell_cost(problem, rules, number, axis),
        "similar_ptr": np.concatenate(([0], np.cumsum([len(own) for own in similar]))).astype(np.int64),
        "similar_other": np.array([other for own in similar for other, _cost in own], np.int64),
        "similar_cost": np.array([cost for own in similar for _other, cost in own], np.int64),
        "w_one_track": _weight(rules, "one_theme_per_cell"),
        "w_track_rooms": _weight(rules, "theme_rooms"),
        "w_track_parallel": _weight(rules, "theme_parallel_rooms"),
        "w_track_gap": _weight(rules, "theme_in_one_go"),
        "w_track_order": _weight(rules, "theme_order"),
        "position": position,
        "ordered": np.array([int(bool((position[own] > 0).any())) for own in members], np.int64),
    }


def _weight(rules: dict[str, list[Any]], kind: str) -> int:
    return sum(HARD if rule.hard else rule.weight for rule in rules.get(kind, ()))


def _positions(problem: Problem, rules: dict[str, list[Any]]) -> Any:
    at = {session.key: n for n, session in enumerate(problem.sessions)}
    position = np.zeros(len(problem.sessions), np.int64)
    for rule in rules.get("theme_order", ()):
        for place in rule.places:
            position[at[place.session]] = place.position
    return position


def _similar(rules: dict[str, list[Any]], number: dict[str, int]) -> list[list[tuple[int, int]]]:
    cost: list[dict[int, int]] = [{} for _theme in number]
    for rule in rules.get("themes_parallel", ()):
        for pair in rule.pairs:
            one, other = number[pair.one], number[pair.other]
            price = HARD if rule.hard else rule.weight * pair.amount
            cost[one][other] = cost[one].get(other, 0) + price
            cost[other][one] = cost[other].get(one, 0) + price
    return [sorted(own.items()) for own in cost]


def _cell_cost(problem: Problem, rules: dict[str, list[Any]], number: dict[str, int], axis: Axis) -> Any:
    rooms = {room: at for at, room in enumerate(rooms_in_order(problem))}
    days = {key: at for at, key in enumerate(axis.day_keys) if key}
    table = np.zeros((len(number), len(axis.day_keys), len(rooms)), np.int64)
    for rule, penalty in ((r, p) for r in rules.get("theme_preferences", ()) for p in r.penalties):
        price = HARD if rule.hard else rule.weight * penalty.amount
        which = [
            [index[key]] if key is not None else range(len(index))
            for key, index in ((penalty.theme, number), (penalty.day, days), (penalty.room, rooms))
        ]
        for theme, day, room in product(*which):
            table[theme, day, room] += price
    return table
