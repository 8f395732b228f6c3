"""The axis of time: all days one after the other, in slots of the coarsest step that meets every length and start."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import gcd

import numpy as np

from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem
from parvis.solver.kernel.arrays import Ints


@dataclass(frozen=True, slots=True)
class Axis:
    """Slots of `step_min`; `slot_of` finds the slot of a minute. Days are in the order in which they open."""

    step_min: int
    slot_minute: Ints
    slot_day: Ints
    day_begin: Ints
    day_end: Ints
    day_keys: tuple[str, ...]
    slot_of: Mapping[int, int]


def rooms_in_order(problem: Problem) -> tuple[str, ...]:
    """Return the rooms by their position, as tracks are read (`rules.cells`)."""
    return tuple(room.key for room in sorted(problem.rooms, key=lambda room: (room.position, room.key)))


def lay_axis(problem: Problem, placed: Mapping[str, Place], held: Collection[str]) -> Axis:
    """Return the axis of a problem. What is `held` outside the days makes them longer, or gets a stretch of its own.

    What stands off the grid within a day is met by a finer step.
    """
    days = sorted(problem.days, key=lambda day: day.opens)
    step = 0
    for session in problem.sessions:
        step = gcd(step, session.duration_min)
    for day in days:
        step = gcd(gcd(step, day.step_min), day.closes - day.opens)
    stretches = [(day.opens, day.closes, day.key) for day in days]
    for key, place in placed.items():
        ends = place.start + problem.duration_of[key]
        day_there = next((day for day in days if day.opens <= place.start and ends <= day.closes), None)
        if day_there is not None:
            step = gcd(step, place.start - day_there.opens)
        elif key in held:
            stretches.append((place.start, ends, ""))
    merged = _merged(stretches)
    for opens, closes, key in merged:
        day_there = next((day for day in days if day.key == key), None)
        step = gcd(step, closes - opens)
        if day_there is not None:
            step = gcd(step, day_there.opens - opens)
    return _slots(merged, step or 5)


def _merged(stretches: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return stretches in order, those that overlap made one, under the first day's key."""
    found: list[tuple[int, int, str]] = []
    for opens, closes, key in sorted(stretches):
        if found and opens < found[-1][1]:
            first, last, name = found[-1]
            found[-1] = (first, max(last, closes), name or key)
        else:
            found.append((opens, closes, key))
    return found


def _slots(stretches: list[tuple[int, int, str]], step: int) -> Axis:
    minutes: list[int] = []
    of_day: list[int] = []
    begins: list[int] = []
    ends_at: list[int] = []
    for at, (opens, closes, _key) in enumerate(stretches):
        begins.append(len(minutes))
        own = range(opens, closes - step + 1, step)
        minutes += own
        of_day += [at] * len(own)
        ends_at.append(len(minutes))
    return Axis(
        step_min=step,
        slot_minute=np.array(minutes, np.int64),
        slot_day=np.array(of_day, np.int64),
        day_begin=np.array(begins, np.int64),
        day_end=np.array(ends_at, np.int64),
        day_keys=tuple(key for _opens, _closes, key in stretches),
        slot_of={minute: slot for slot, minute in enumerate(minutes)},
    )
