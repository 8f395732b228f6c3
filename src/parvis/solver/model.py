"""A timetable and its rules as the arrays of the inner loop, and boards back as placements.

`compile_model` asks the rules' own judges wherever a verdict depends on one session or on two (their shapes say so),
and reads the parameters of the few kinds that speak of many at once. A test on random problems holds the two together:
what a board costs is what `violations()` says of its placements.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from parvis.domain.timetable.jury import Jury
from parvis.domain.timetable.placements import Place, Placements
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules import Rule
from parvis.solver.kernel.arrays import Facts, Ints, packed
from parvis.solver.model_axis import Axis, lay_axis, rooms_in_order
from parvis.solver.model_crowds import crowd_arrays
from parvis.solver.model_pairs import pair_arrays
from parvis.solver.model_people import people_arrays
from parvis.solver.model_places import place_arrays
from parvis.solver.model_tracks import track_arrays


@dataclass(frozen=True, slots=True)
class Model:
    """The arrays, and what their positions stand for. `frozen` sessions stay where `placements` has them."""

    problem: Problem
    jury: Jury
    facts: Facts
    memory: Ints  # the facts, packed
    axis: Axis
    sessions: tuple[str, ...]
    rooms: tuple[str, ...]
    start_room: Ints  # [session] where the given placements have it, or -1
    start_slot: Ints
    tray_extra: Ints  # [session] what the tray costs beyond what the rules say

    def placements_of(self, rooms: Ints, starts: Ints) -> Placements:
        """Return a board's rooms and starts as placements."""
        minutes = self.axis.slot_minute
        return Placements(
            {
                session: Place(self.rooms[int(rooms[at])], int(minutes[int(starts[at])]))
                for at, session in enumerate(self.sessions)
                if rooms[at] >= 0
            }
        )

    def board_of(self, placements: Mapping[str, Place]) -> tuple[Ints, Ints]:
        """Return placements as rooms and starts; what stands off the axis is in the tray."""
        room_at = {room: at for at, room in enumerate(self.rooms)}
        rooms = np.full(len(self.sessions), -1, np.int64)
        starts = np.zeros(len(self.sessions), np.int64)
        for at, session in enumerate(self.sessions):
            place = placements.get(session)
            slot = self.axis.slot_of.get(place.start) if place is not None else None
            if place is not None and slot is not None:
                rooms[at], starts[at] = room_at[place.room], slot
        return rooms, starts


def compile_model(
    problem: Problem,
    rules: Sequence[Rule],
    placements: Mapping[str, Place] | None = None,
    *,
    frozen: Collection[str] = (),
    jury: Jury | None = None,
) -> Model:
    """Return the arrays of a problem under its rules.

    `placements` is where sessions stand before; those in `frozen`, and those that a hard rule fixes in room and hour,
    cannot be moved. Raises what `Jury` raises, and `TooNarrowForTracks`.
    """
    jury = jury if jury is not None else Jury(problem, rules)
    given = dict(placements or {})
    fixed = _fixed(problem, jury.rules)
    given |= fixed
    axis = lay_axis(problem, _begun(problem, jury.rules) | given, held=set(fixed) | set(frozen))
    sessions = tuple(session.key for session in problem.sessions)
    rooms = rooms_in_order(problem)
    movable = np.array(
        [int(session not in fixed and session not in frozen) for session in sessions],
        np.int64,
    )
    turnover = _turnover(jury.rules)
    parts: dict[str, Any] = {
        "sessions": len(sessions),
        "rooms": len(rooms),
        "slots": len(axis.slot_minute),
        "days": len(axis.day_begin),
        "pad": -(-turnover // axis.step_min),
        "pad_min": turnover,
        "length": np.array([problem.duration_of[session] // axis.step_min for session in sessions], np.int64),
        "minutes": np.array([problem.duration_of[session] for session in sessions], np.int64),
        "movers": int(movable.sum()),
        "movable": movable,
        "mover": np.flatnonzero(movable).astype(np.int64),
        "slot_minute": axis.slot_minute,
        "slot_day": axis.slot_day,
        "day_begin": axis.day_begin,
        "day_end": axis.day_end,
        **place_arrays(problem, jury, axis, given),
        **pair_arrays(problem, jury),
        **track_arrays(problem, jury, axis),
        **crowd_arrays(problem, jury, axis),
        **people_arrays(problem, jury),
    }
    tray_extra = parts.pop("tray_extra")
    parts["unplaced"] = parts["unplaced"] + parts.pop("party_lost")
    facts = Facts(**parts)
    nowhere = np.zeros(0, np.int64)
    model = Model(problem, jury, facts, packed(facts), axis, sessions, rooms, nowhere, nowhere, tray_extra)
    start_room, start_slot = model.board_of(given)
    return replace(model, start_room=start_room, start_slot=start_slot)


def _begun(problem: Problem, rules: Sequence[Rule]) -> dict[str, Place]:
    """Return the sessions that a hard rule fixes at their hour, in whatever room: the axis must meet it."""
    holding = [rule for rule in rules if rule.kind == "fixed_place" and rule.hard]
    return {
        session.key: Place("", session.fixed_start)
        for session in problem.sessions
        if session.fixed_start is not None and any(rule.concerns(session.key) for rule in holding)
    }


def _fixed(problem: Problem, rules: Sequence[Rule]) -> dict[str, Place]:
    """Return the sessions that a hard rule fixes in their room at their hour."""
    holding = [rule for rule in rules if rule.kind == "fixed_place" and rule.hard]
    return {
        session.key: Place(session.fixed_room, session.fixed_start)
        for session in problem.sessions
        if session.fixed_room is not None
        and session.fixed_start is not None
        and any(rule.concerns(session.key) for rule in holding)
    }


def _turnover(rules: Sequence[Rule]) -> int:
    """Return the minutes that a room stays empty between two sessions."""
    return max((getattr(rule, "turnover_min", 0) for rule in rules if rule.kind == "room_once"), default=0)
