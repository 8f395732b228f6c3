"""Interpretation teams as arrays of the inner loop: who needs which booth, and which sets of booths can be served.

How many demands stay unmet when teams are shared out as well as possible is, by Hall's theorem in its deficiency form,
the most by which the demands of any set of booths exceed the teams that can serve one of them. With up to
`ALL_SETS` booths all sets are looked at; beyond, single booths, pairs and the whole, which may see a shortage as
smaller than it is: the judge counts it in full afterwards.
"""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Any

import numpy as np

from parvis.domain.timetable.jury import Jury
from parvis.domain.timetable.problem import Problem
from parvis.solver.kernel.arrays import HARD
from parvis.solver.model_axis import Axis

ALL_SETS = 9


def crowd_arrays(problem: Problem, jury: Jury, axis: Axis) -> dict[str, Any]:
    """Return the booths that sessions need, and the sets of them with their teams."""
    judges: list[Any] = [judge for _rank, judge in jury.crowds if judge.rule.kind == "interpretation_teams"]
    many = len(problem.sessions)
    if not judges:
        nothing = np.zeros(0, np.int64)
        return {
            "crowds": 0,
            "booths": 0,
            "halls": 0,
            "crowd": nothing,
            "in_crowd": np.zeros(many, np.int64),
            "demand": np.zeros((many, 0), np.int64),
            "rest": nothing,
            "crowd_group": np.zeros(len(axis.day_begin), np.int64),
            "hall_mask": nothing,
            "hall_supply": nothing,
            "w_crowd": 0,
        }
    judge = judges[0]  # a second rule of this kind would say the same of fewer sessions
    booths = len(judge.booths)
    demand = np.zeros((many, booths), np.int64)
    for at, session in enumerate(problem.sessions):
        for booth in judge.demands.get(session.key, ()):
            demand[at, booth] += 1
    concerned = demand.sum(axis=1) > 0
    masks = masks_of_booths(booths)
    supply = [
        sum(judge.supply[team] for team in {t for b in range(booths) if mask >> b & 1 for t in judge.servers[b]})
        for mask in masks
    ]
    rule = judge.rule
    return {
        "crowds": int(concerned.sum()),
        "booths": booths,
        "halls": len(masks),
        "crowd": np.flatnonzero(concerned).astype(np.int64),
        "in_crowd": concerned.astype(np.int64),
        "demand": demand,
        "rest": np.array(judge.rest, np.int64),
        "crowd_group": _groups(axis, max(judge.rest, default=0)),
        "hall_mask": np.array(masks, np.int64),
        "hall_supply": np.array(supply, np.int64),
        "w_crowd": HARD if rule.hard else rule.weight,
    }


def masks_of_booths(booths: int) -> list[int]:
    """Return the sets of booths to look at, as bits."""
    if booths <= ALL_SETS:
        return list(range(1, 1 << booths))
    singles = [1 << booth for booth in range(min(booths, 62))]
    return [*singles, *(one | other for one, other in combinations(singles, 2)), sum(singles)]


def _groups(axis: Axis, rest: int) -> Any:
    """Return which days are judged together: those between which a rest may last into the next."""
    group = [0]
    for day, following in pairwise(range(len(axis.day_begin))):
        last = int(axis.slot_minute[axis.day_end[day] - 1]) + axis.step_min
        night = int(axis.slot_minute[axis.day_begin[following]]) - last
        group.append(group[-1] + int(night >= 0 and rest <= night))
    return np.array(group[: len(axis.day_begin)], np.int64)
