"""Moves as few as possible: the program of the hard rules in which a session stays where it is, or is moved.

Only some sessions are free at first, those at fault; the others are where they are. A fault goes only when one of its
sessions moves, so that the fewest sessions that meet every fault (a hitting set) are a bound on any mending's moves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ortools.sat.python import cp_model

from parvis.solver.feasibility import hard_program
from parvis.solver.feasibility_facts import HardFacts
from parvis.solver.feasibility_program import Literal, Program, new_solver
from parvis.solver.model import Model

Spot = tuple[int, int]  # a room, and a start in minutes
FAR_MIN = 30  # what people feel to be another time


@dataclass(frozen=True, slots=True)
class Stand:
    """What a mending starts from. `now` is where sessions stand; `people` how many would have to be told of each."""

    model: Model
    hard: HardFacts
    now: Mapping[int, Spot]
    people: Mapping[int, int]
    partners: Mapping[int, Mapping[int, int]]  # the minutes between sessions that clash

    def may_move(self, session: int) -> bool:
        """Tell whether a session may leave its place: also one that is fixed, and not where it should be."""
        room, start = self.now[session]
        return bool(self.model.facts.movable[session]) or start not in self.hard.places[session].get(room, ())


@dataclass(frozen=True, slots=True)
class Fewest:
    """Spots of the free sessions, and no fewer moves than `bound` among them. None: nothing found."""

    spots: Mapping[int, Spot] | None
    bound: int
    infeasible: bool = False


def fewest_to_meet(faults: Iterable[Collection[int]], seconds: float) -> int:
    """Return a proven bound on the sessions that must move: each fault is of sessions, one of which must."""
    sets = [tuple(sorted(fault)) for fault in faults if fault]
    cp = cp_model.CpModel()
    moved = {session: cp.new_bool_var("") for session in sorted({one for own in sets for one in own})}
    for own in sets:
        cp.add_bool_or([moved[session] for session in own])
    cp.minimize(sum(moved.values()))
    solver = new_solver(seconds, 1, workers=1)
    status = solver.solve(cp)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return int(bool(sets))
    return -int(-solver.best_objective_bound // 1)


class Mender:
    """The program with some sessions free. Solutions that were seen can be barred, so that others are found."""

    def __init__(self, stand: Stand, free: Collection[int]) -> None:
        self.stand = stand
        self.free = sorted(free)
        clear = {at: clear_places(stand, at, free) for at in self.free}
        self.blocked = not all(clear.values())  # somebody has nowhere to go
        if self.blocked:
            clear = {at: places or dict(stand.hard.places[at]) for at, places in clear.items()}
        self.places = clear
        at_home = {at: {spot[0]: (spot[1],)} for at, spot in stand.now.items()}
        hard = replace(stand.hard, places={**at_home, **clear})
        self.program: Program = hard_program(stand.model, hard, self._near(free))
        self.stays: dict[int, Literal] = {}
        self.away: dict[int, Any] = {}
        self.furthest = 0
        for session in self.free:
            self._may_stay(session)
        self.moves = sum(~stays for stays in self.stays.values()) if self.stays else 0

    def _near(self, free: Collection[int]) -> set[int]:
        """Return the free sessions, with those that bear on them other than by standing where they are."""
        hard, facts = self.stand.hard, self.stand.model.facts
        found = set(free)
        for one, other in [*hard.walks, *hard.apart, *((order.before, order.after) for order in hard.orders)]:
            if one in free or other in free:
                found |= {one, other} & self.stand.now.keys()
        if hard.interpreters and facts.crowds:
            found |= set(facts.crowd.tolist()) & self.stand.now.keys()
        return found | self.stand.now.keys() if facts.one_track else found

    def _may_stay(self, session: int) -> None:
        """Say whether a session stays, and how far in time it goes."""
        program, (room, start) = self.program, self.stand.now[session]
        stays = self.stays[session] = program.cp.new_bool_var(f"stays{session}")
        starts = {one for own in self.places[session].values() for one in own}
        if start in self.places[session].get(room, ()):
            program.cp.add(program.start[session] == start).only_enforce_if(stays)
            program.cp.add_implication(stays, program.room[session][room])
            program.cp.add_bool_or([stays, ~program.at(session, start), ~program.room[session][room]])
        else:
            program.cp.add(stays == 0)
        furthest = max(abs(one - start) for one in starts)
        self.furthest = max(self.furthest, furthest)
        away = self.away[session] = program.cp.new_int_var(0, furthest, "")
        program.cp.add(away >= program.start[session] - start)
        program.cp.add(away >= start - program.start[session])

    def bar(self, spots: Mapping[int, Spot], *, rooms: bool) -> None:
        """Ask for another solution: other sessions move, or one is elsewhen (with `rooms`: or elsewhere)."""
        program = self.program
        ways: list[Literal] = []
        for session in self.free:
            room, start = spots[session]
            if spots[session] == self.stand.now[session]:
                ways.append(~self.stays[session])
                continue
            ways.append(self.stays[session])
            earlier, later = program.cp.new_bool_var(""), program.cp.new_bool_var("")
            program.cp.add(program.start[session] <= start - FAR_MIN).only_enforce_if(earlier)
            program.cp.add(program.start[session] >= start + FAR_MIN).only_enforce_if(later)
            ways += [earlier, later]
            if rooms and room in program.room[session]:
                ways.append(~program.room[session][room])
        program.cp.add_bool_or(ways)

    def fewest(self, seconds: float, seed: int, *, least: int = 0, hint: Mapping[int, Spot] | None = None) -> Fewest:
        """Return a solution with the fewest moves, then the fewest people to tell, then the shortest moves.

        `bound` is proven; cut by the clock, the solution is the best so far.
        """
        if self.blocked:
            return Fewest(None, 0, infeasible=True)
        stand, cp = self.stand, self.program.cp
        people = sum(stand.people[session] * ~self.stays[session] for session in self.free)
        per_person = 1 + self.furthest * len(self.free)
        per_move = per_person * (1 + sum(stand.people[session] for session in self.free))
        self._suggest(hint if hint is not None else stand.now)
        if least:
            cp.add(self.moves >= least)
        cp.minimize(self.moves * per_move + people * per_person + sum(self.away.values()))
        solver = new_solver(seconds, seed)
        status = solver.solve(cp)
        if status == cp_model.INFEASIBLE:
            return Fewest(None, 0, infeasible=True)
        bound = max(least, int(solver.best_objective_bound // per_move))
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Fewest(None, bound)
        return Fewest(self._spots(solver), bound)

    def _suggest(self, spots: Mapping[int, Spot]) -> None:
        clear: Any = self.program.cp.clear_hints
        clear()
        for session in self.free:
            home = self.stand.now[session]
            spot = spots.get(session, home)
            self.program.hint(session, *spot)
            self.program.cp.add_hint(self.stays[session], int(spot == home))

    def _spots(self, solver: Any) -> dict[int, Spot]:
        found: dict[int, Spot] = {}
        for session in self.free:
            spot = self.program.place_in(solver, session)
            assert spot is not None  # noqa: S101 - nobody is optional here
            found[session] = spot
        return found


def partners_of(hard: HardFacts) -> dict[int, dict[int, int]]:
    """Return for each session those it clashes with, and the minutes that must be between the two."""
    found: dict[int, dict[int, int]] = {}
    for reach, pairs in hard.clashes.items():
        for one, other in pairs:
            found.setdefault(one, {})[other] = max(reach, found.get(one, {}).get(other, 0))
            found.setdefault(other, {})[one] = found[one][other]
    return found


def moved(stand: Stand, spots: Mapping[int, Spot]) -> list[int]:
    """Return the sessions that are elsewhere than now."""
    return [session for session, spot in sorted(spots.items()) if spot != stand.now[session]]


def clear_places(stand: Stand, session: int, free: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Return the places of a session that are not closed by sessions which are not free to move."""
    hard, now = stand.hard, stand.now
    length = hard.minutes[session]
    together = {one + other - session for one, other in hard.shared_rooms if session in (one, other)}
    closed_in: dict[int, list[tuple[int, int]]] = {}
    for at, (room, start) in now.items():
        if at not in free and at not in together:
            pad = hard.room_pad
            closed_in.setdefault(room, []).append((start - length - pad, start + hard.minutes[at] + pad))
    closed: list[tuple[int, int]] = []
    for at, reach in stand.partners.get(session, {}).items():
        if at in now and at not in free:
            start = now[at][1]
            closed.append((start - length - reach, start + hard.minutes[at] + reach))
    found = {}
    for room, starts in hard.places[session].items():
        spans = [*closed, *closed_in.get(room, [])]
        left = tuple(start for start in starts if not any(first < start < last for first, last in spans))
        if left:
            found[room] = left
    return found


def in_the_way(stand: Stand, at_fault: Sequence[int]) -> list[int]:
    """Return the sessions that stand in the way of those at fault: first those that alone close many places."""
    hard, now = stand.hard, stand.now
    counts: dict[int, int] = {}
    for session in at_fault:
        length = hard.minutes[session]
        by_room: dict[int, list[int]] = {}
        for at, (room, _start) in now.items():
            by_room.setdefault(room, []).append(at)
        for room, starts in hard.places[session].items():
            near = dict.fromkeys(by_room.get(room, []), hard.room_pad) | dict(stand.partners.get(session, {}))
            near.pop(session, None)
            for start in starts:
                blocking = [
                    at
                    for at, reach in near.items()
                    if at in now
                    and now[at][1] < start + length + reach
                    and start < now[at][1] + hard.minutes[at] + reach
                ]
                for at in blocking:
                    counts[at] = counts.get(at, 0) + (12 if len(blocking) == 1 else 12 // len(blocking))
    return sorted((at for at in counts if stand.may_move(at) and at not in at_fault), key=lambda at: (-counts[at], at))
