"""Rules about one session's place as tables of the inner loop, and which rooms and starts are worth trying."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from parvis.domain.timetable.jury import Jury
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules import Rule
from parvis.domain.timetable.rules.judges import SingleJudge
from parvis.solver.kernel.arrays import HARD, Ints
from parvis.solver.model_axis import Axis, rooms_in_order
from parvis.solver.sparse import row_pointers, row_values

LEFT_IN_TRAY = 10_000  # what an unplaced session costs where no rule says so


class _Tables:
    """Costs by room, by start, and by both where a rule looks at both at once."""

    def __init__(self, problem: Problem, axis: Axis) -> None:
        self.problem, self.axis = problem, axis
        self.rooms = list(rooms_in_order(problem))
        self.day_at = {key: at for at, key in enumerate(axis.day_keys) if key}
        many, slots = len(problem.sessions), len(axis.slot_minute)
        self.room_cost = np.zeros((many, len(self.rooms)), np.int64)
        self.start_cost = np.zeros((many, slots), np.int64)
        self.tray = np.zeros(many, np.int64)
        self.tray_extra = np.zeros(many, np.int64)
        self.joint: dict[int, Ints] = {}
        self.by_length: dict[tuple[int, int], Ints] = {}

    def joint_of(self, session: int) -> Ints:
        if session not in self.joint:
            self.joint[session] = np.zeros((len(self.rooms), len(self.axis.slot_minute)), np.int64)
        return self.joint[session]

    def add(self, rank: int, at: int, judge: SingleJudge) -> None:
        """Add what a judge says of a session at all its places."""
        rule: Any = judge.rule
        key = self.problem.sessions[at].key
        if judge.when_unplaced:
            self.tray[at] += _cost(rule, judge.amount(key, None))
        if rule.kind == "placed" or not self.rooms or not len(self.axis.slot_minute):
            return
        if rule.kind == "preferences" and not rule.hard:
            self._add_preferences(at, rule)
        elif rule.kind in ("fixed_place", "stability"):
            self._add_split(at, judge, hard=rule.hard)
        elif not judge.by_start:
            minute = int(self.axis.slot_minute[0])
            for room, name in enumerate(self.rooms):
                self.room_cost[at, room] += _cost(rule, judge.amount(key, Place(name, minute)))
        elif not judge.by_room:
            self.start_cost[at] += self._by_start(rank, at, judge)
        else:
            table = self.joint_of(at)
            for room, name in enumerate(self.rooms):
                for slot, minute in enumerate(self.axis.slot_minute):
                    table[room, slot] += _cost(rule, judge.amount(key, Place(name, int(minute))))

    def _by_start(self, rank: int, at: int, judge: SingleJudge) -> Ints:
        """Return costs by start; of rules that know nothing of a session but its length, once for each length."""
        session = self.problem.sessions[at]
        only_length = judge.rule.kind in ("inside_days", "on_grid", "breaks_kept", "within_hours")
        known = self.by_length.get((rank, session.duration_min)) if only_length else None
        if known is None:
            amounts = (judge.amount(session.key, Place(self.rooms[0], int(m))) for m in self.axis.slot_minute)
            known = np.array([_cost(judge.rule, amount) for amount in amounts], np.int64)
            if only_length:
                self.by_length[rank, session.duration_min] = known
        return known

    def _add_preferences(self, at: int, rule: Any) -> None:
        key = self.problem.sessions[at].key
        for penalty in _of_session(rule).get(key, ()):
            cost = _cost(rule, penalty.amount)
            room = self.rooms.index(penalty.room) if penalty.room is not None else None
            day = self.day_at[penalty.day] if penalty.day is not None else None  # days that merged are none
            slots = slice(None) if day is None else slice(self.axis.day_begin[day], self.axis.day_end[day])
            if room is None:
                self.start_cost[at, slots] += cost
            elif day is None:
                self.room_cost[at, room] += cost
            else:
                self.joint_of(at)[room, slots] += cost

    def _add_split(self, at: int, judge: SingleJudge, *, hard: bool) -> None:
        """Add a rule whose amount is one part by room and one by start: the part that is right costs nothing."""
        key = self.problem.sessions[at].key
        minutes = [int(minute) for minute in self.axis.slot_minute]
        if hard:
            table = self.joint_of(at)
            for room, name in enumerate(self.rooms):
                table[room] += np.array(
                    [_cost(judge.rule, judge.amount(key, Place(name, minute))) for minute in minutes], np.int64
                )
            return
        weight = judge.rule.weight
        by_room = [judge.amount(key, Place(room, minutes[0])) for room in self.rooms]
        least = min(by_room)
        best = self.rooms[by_room.index(least)]
        by_start = [judge.amount(key, Place(best, minute)) for minute in minutes]
        self.room_cost[at] += np.array([weight * (amount - least) for amount in by_room], np.int64)
        self.start_cost[at] += np.array([weight * amount for amount in by_start], np.int64)


def _cost(rule: Rule, amount: int) -> int:
    return HARD * int(amount > 0) if rule.hard else rule.weight * amount


_PENALTIES: dict[int, tuple[Any, dict[str, list[Any]]]] = {}


def _of_session(rule: Any) -> dict[str, list[Any]]:
    """Return the penalties of each session, found once for a rule."""
    known = _PENALTIES.get(id(rule))
    if known is None or known[0] is not rule:
        found: dict[str, list[Any]] = {}
        for penalty in rule.penalties:
            found.setdefault(penalty.session, []).append(penalty)
        _PENALTIES.clear()
        known = _PENALTIES[id(rule)] = (rule, found)
    return known[1]


def place_arrays(problem: Problem, jury: Jury, axis: Axis, given: Mapping[str, Place]) -> dict[str, Any]:
    """Return what each place costs each session, what the tray costs, and the places worth trying."""
    tables = _Tables(problem, axis)
    by_rank: dict[int, list[tuple[int, SingleJudge]]] = {}
    for at, session in enumerate(problem.sessions):
        for rank, judge in jury.singles[session.key]:
            by_rank.setdefault(rank, []).append((at, judge))
    for rank, entries in by_rank.items():
        for at, judge in entries:
            tables.add(rank, at, judge)
    if not any(rule.kind == "placed" for rule in jury.rules):
        tables.tray_extra += LEFT_IN_TRAY
    _lift_constants(tables)
    rooms, starts = _worth_trying(problem, tables, axis, given)
    numbers = sorted(tables.joint)
    joint_of = np.full(len(problem.sessions), -1, np.int64)
    joint_of[numbers] = np.arange(len(numbers))
    shape = (0, len(tables.rooms), len(axis.slot_minute))
    return {
        "unplaced": tables.tray + tables.tray_extra,
        "tray_extra": tables.tray_extra,
        "room_cost": tables.room_cost,
        "start_cost": tables.start_cost,
        "joint_of": joint_of,
        "joint": np.stack([tables.joint[at] for at in numbers]) if numbers else np.zeros(shape, np.int64),
        "room_ptr": row_pointers(rooms),
        "room_val": row_values(rooms),
        "start_ptr": row_pointers(starts),
        "start_val": row_values(starts),
    }


def _lift_constants(tables: _Tables) -> None:
    """What is wrong with a session wherever it stands (a debate too long for it) must not keep it in the tray."""
    if not tables.rooms or not len(tables.axis.slot_minute):
        return
    tables.tray_extra += (tables.start_cost // HARD).min(axis=1) * HARD


def _worth_trying(
    problem: Problem, tables: _Tables, axis: Axis, given: Mapping[str, Place]
) -> tuple[list[list[int]], list[list[int]]]:
    """Return for each session its rooms and its starts, least faulty ones only, those where it is now included."""
    step_of = {day.key: day.step_min for day in problem.days}
    on_grid = [
        slot
        for slot, minute in enumerate(axis.slot_minute)
        if (key := axis.day_keys[axis.slot_day[slot]])
        and (int(minute) - int(axis.slot_minute[axis.day_begin[axis.slot_day[slot]]])) % step_of[key] == 0
    ]
    grid = np.array(on_grid, np.int64)
    left = axis.day_end[axis.slot_day] - np.arange(len(axis.slot_minute)) if len(axis.slot_minute) else grid
    rooms: list[list[int]] = []
    starts: list[list[int]] = []
    room_at = {key: at for at, key in enumerate(tables.rooms)}
    for at, session in enumerate(problem.sessions):
        place = given.get(session.key)
        faults = tables.room_cost[at] // HARD
        own_rooms = set(np.flatnonzero(faults == faults.min()).tolist()) if len(faults) else set()
        fitting = grid[left[grid] >= session.duration_min // axis.step_min] if len(grid) else grid
        faults = tables.start_cost[at][fitting] // HARD
        own_starts = set(fitting[faults == faults.min()].tolist()) if len(fitting) else set()
        if place is not None and place.start in axis.slot_of:
            own_rooms.add(room_at[place.room])
            own_starts.add(axis.slot_of[place.start])
        rooms.append(sorted(own_rooms))
        starts.append(sorted(own_starts))
    return rooms, starts
