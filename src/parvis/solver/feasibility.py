"""Can everything be placed without breaking a hard rule? CP-SAT says so, finds a way, or proves that there is none."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from parvis.domain.timetable.placements import Place, Placements
from parvis.domain.timetable.state import State
from parvis.solver.feasibility_facts import HardFacts, Pair, beyond, cliques_of, hard_facts
from parvis.solver.feasibility_program import Program, new_solver
from parvis.solver.kernel.arrays import HARD
from parvis.solver.model import Model

WORKERS = 2


@dataclass(frozen=True, slots=True)
class FeasibleOutcome:
    """Placements of all sessions without a hard fault, or the proof that there are none, or neither: time was short.

    `beyond` names hard rules that the placements break because CP-SAT was not told of them (rules about tracks); the
    placements are then no more than a good beginning.
    """

    placements: Placements | None
    proven_infeasible: bool
    beyond: tuple[str, ...] = ()


def find_feasible(
    model: Model, seconds: float, hint: Mapping[str, Place] | None = None, *, seed: int = 1, aside: bool = False
) -> FeasibleOutcome:
    """Return where all sessions could stand without a hard fault, beginning from a `hint`.

    On the model's grid of starts and inside its days; the model's frozen sessions stay. `aside`: what is wrong with a
    session wherever it stands (a debate longer than its session) counts not, as for the annealer. Not cut by the
    clock, the same seed gives the same placements.
    """
    hard = hard_facts(model, aside=aside)
    if any(not places for places in hard.places.values()):
        return FeasibleOutcome(None, True)
    program = hard_program(model, hard)
    known = hint if hint is not None else {}
    room_at = {room: at for at, room in enumerate(model.rooms)}
    for at, session in enumerate(model.sessions):
        if session in known:
            program.hint(at, room_at[known[session].room], known[session].start)
    solver = new_solver(seconds, seed, workers=WORKERS)
    status = solver.solve(program.cp)
    if status == cp_model.INFEASIBLE:
        return FeasibleOutcome(None, True)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return FeasibleOutcome(None, False)
    placements = read_placements(model, program, solver)
    return FeasibleOutcome(placements, False, _broken(model, placements, aside=aside))


def read_placements(model: Model, program: Program, solver: Any) -> Placements:
    """Return what a solver found as placements."""
    found = {at: program.place_in(solver, at) for at in program.start}
    return Placements({model.sessions[at]: Place(model.rooms[p[0]], p[1]) for at, p in found.items() if p is not None})


def _broken(model: Model, placements: Placements, *, aside: bool) -> tuple[str, ...]:
    """Return the keys of hard rules that the judge finds broken all the same."""
    state = State(model.problem, model.jury.rules, placements, jury=model.jury)
    if not state.score.hard:
        return ()
    unknown = set(beyond(model)) | {rule.key for rule in model.jury.rules if rule.kind == "interpretation_teams"}
    return tuple(sorted({v.rule for v in state.violations() if v.hard and (v.rule in unknown or not aside)}))


def hard_program(model: Model, hard: HardFacts, sessions: Collection[int] | None = None) -> Program:
    """Return the program of the hard rules about all sessions, or about some of them alone."""
    program = Program(hard.minutes)
    among = sorted(hard.places if sessions is None else sessions)
    for session in among:
        program.place(session, hard.places[session])
    inside = frozenset(among)

    def known(pairs: Iterable[Pair]) -> list[Pair]:
        return [pair for pair in pairs if pair[0] in inside and pair[1] in inside]

    for own in _of_a_room(among, known(hard.shared_rooms)):
        for room in range(model.facts.rooms):
            program.one_at_a_time_in(room, own, hard.room_pad)
    for reach, pairs in hard.clashes.items():
        for clique in cliques_of(known(pairs)):
            program.one_at_a_time(clique, reach)
    for order in hard.orders:
        if order.before in inside and order.after in inside:
            program.in_order(order.before, order.after, order.least, order.most)
    walk = model.facts.walk
    for one, other in known(hard.walks):
        program.time_to_walk(one, other, lambda here, there: int(walk[here, there]))
    _apart(model, program, known(hard.apart))
    if hard.interpreters:
        _interpreters(model, program)
    _one_track(model, program)
    return program


def _of_a_room(sessions: list[int], sharing: list[Pair]) -> list[list[int]]:
    """Return sets of sessions that cover all pairs but those that may share a room at one time."""
    if not sharing:
        return [sessions]
    touched = sorted({session for pair in sharing for session in pair})
    others = [session for session in sessions if session not in set(touched)]
    allowed = set(sharing)
    apart = [(a, b) for a in touched for b in touched if a < b and (a, b) not in allowed]
    groups = cliques_of(apart)
    alone = set(touched) - {session for group in groups for session in group}
    return [[*others, *group] for group in [*groups, *((session,) for session in sorted(alone))]]


def _apart(model: Model, program: Program, pairs: list[Pair]) -> None:
    """Sessions that share a day share their room."""
    days = _days(model)
    on: dict[tuple[int, int], Any] = {}

    def there(session: int, day: int) -> Any:
        if (session, day) not in on:
            on[session, day] = program.on_day(session, *days[day])
        return on[session, day]

    for one, other in pairs:
        for day in range(len(days)):
            both = [~there(one, day), ~there(other, day)]
            for room, here in program.room[one].items():
                beside = program.room[other].get(room)
                program.cp.add_bool_or([*both, ~here, *([] if beside is None else [beside])])


def _days(model: Model) -> list[tuple[int, int]]:
    facts = model.facts
    step = model.axis.step_min
    return [
        (int(facts.slot_minute[begin]), int(facts.slot_minute[end - 1]) + step)
        for begin, end in zip(facts.day_begin.tolist(), facts.day_end.tolist(), strict=True)
        if end > begin
    ]


def _interpreters(model: Model, program: Program) -> None:
    """Teams enough for each set of booths (Hall): those that ask for no more than another with the same teams."""
    facts = model.facts
    if facts.w_crowd < HARD or not facts.crowds:
        return
    sets = list(zip(facts.hall_mask.tolist(), facts.hall_supply.tolist(), strict=True))
    concerned = [session for session in facts.crowd.tolist() if session in program.start]
    for mask, supply in sets:
        if any(other != mask and other & mask == mask and teams == supply for other, teams in sets):
            continue
        intervals, demands = [], []
        for session in concerned:
            for booth in np.flatnonzero(facts.demand[session]).tolist():
                if mask >> booth & 1:
                    intervals.append(program.interval(session, int(facts.rest[booth])))
                    demands.append(int(facts.demand[session, booth]))
        if sum(demands) > supply:
            program.cp.add_cumulative(intervals, demands, supply)


def _one_track(model: Model, program: Program) -> None:
    """A room keeps to one track a day."""
    facts = model.facts
    if not facts.one_track:
        return
    for opens, closes in _days(model):
        holds: dict[tuple[int, int], Any] = {}
        for session in program.start:
            track = int(facts.track[session])
            if track < 0:
                continue
            there = program.on_day(session, opens, closes)
            for room, here in program.room[session].items():
                if (room, track) not in holds:
                    holds[room, track] = program.cp.new_bool_var(f"holds{room}/{track}")
                program.cp.add_bool_or([~here, ~there, holds[room, track]])
        for room in range(facts.rooms):
            program.cp.add_at_most_one(held for (at, _track), held in holds.items() if at == room)
