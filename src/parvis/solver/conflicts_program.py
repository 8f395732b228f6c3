"""Instances of rules as CP-SAT: under literals that are assumed, or some of them alone; and a session by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from parvis.domain.timetable import explain_demands as d
from parvis.domain.timetable.explain_instances import OPEN_DAY, Instance
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Day, Problem
from parvis.solver.feasibility_facts import cliques_of
from parvis.solver.feasibility_program import Literal, Program
from parvis.solver.model_crowds import masks_of_booths


class Ground:
    """Where sessions might stand: on the days' grids, and beyond the openings of days that nobody insists upon.

    `reaches` is how far beyond the first and the last day: far enough for all there is to stand one after the other.
    Between two days the night belongs to both by halves.
    """

    def __init__(self, problem: Problem, instances: Collection[Instance]) -> None:
        self.problem = problem
        self.rooms = [room.key for room in problem.rooms]
        self.days = sorted(problem.days, key=lambda day: day.opens)
        self.at = {session.key: at for at, session in enumerate(problem.sessions)}
        self.room_at = {room: at for at, room in enumerate(self.rooms)}
        self.fixed = {
            i.subject[0]: problem.session_of[i.subject[0]].fixed_start for i in instances if i.kind == "fixed_place"
        }
        longest = max((day.closes - day.opens for day in self.days), default=0)
        gaps = max((_gap(instance.demand) for instance in instances), default=0)
        step = max((day.step_min for day in self.days), default=0)
        self.reaches = longest + sum(session.duration_min + gaps + step for session in problem.sessions)
        self.known: dict[tuple[str, str, frozenset[str]], tuple[frozenset[int], ...]] = {}

    def starts(self, session: str, opened: frozenset[str]) -> list[int]:
        """Return when a session might begin, where the days in `opened` keep their hours."""
        length = self.problem.duration_of[session]
        found: set[int] = set()
        for at, day in enumerate(self.days):
            first, last = self._around(at)
            if day.key in opened:
                first, last = day.opens, day.closes - length + 1
            steps = (day.opens - first) // day.step_min
            found.update(range(day.opens - steps * day.step_min, last, day.step_min))
            fixed = self.fixed.get(session)
            if fixed is not None and first <= fixed < last:
                found.add(fixed)
        return sorted(found)

    def _around(self, at: int) -> tuple[int, int]:
        day = self.days[at]
        first, last = day.opens - self.reaches, day.closes + self.reaches
        if at:
            first = _middle(self.days[at - 1], day)
        if at + 1 < len(self.days):
            last = _middle(day, self.days[at + 1])
        return first, last

    def allowed(self, instance: Instance, session: str, opened: frozenset[str]) -> tuple[frozenset[int], ...]:
        """Return for each room the starts that an instance leaves to a session."""
        demand = instance.demand
        assert isinstance(demand, d.NotThere)  # noqa: S101 - only these forbid places
        key = (instance.key, session, opened)
        if key not in self.known:
            starts = self.starts(session, opened)
            if not demand.by_start:
                every = frozenset(starts)
                minute = starts[0] if starts else 0
                rows = [frozenset() if demand.forbids(session, Place(r, minute)) else every for r in self.rooms]
            elif not demand.by_room:
                first = self.rooms[0]
                row = frozenset(start for start in starts if not demand.forbids(session, Place(first, start)))
                rows = [row] * len(self.rooms)
            else:
                rows = [
                    frozenset(start for start in starts if not demand.forbids(session, Place(room, start)))
                    for room in self.rooms
                ]
            self.known[key] = tuple(rows)
        return self.known[key]

    def fits_alone(self, session: str, instances: Iterable[Instance]) -> bool:
        """Tell whether a session has a place that none of the instances forbids by itself."""
        given = list(instances)
        opened = open_days(given)
        rows = [frozenset(self.starts(session, opened))] * len(self.rooms)
        for instance in given:
            if isinstance(instance.demand, d.NotThere) and session in instance.demand.sessions:
                allowed = self.allowed(instance, session, opened)
                rows = [row & own for row, own in zip(rows, allowed, strict=True)]
        return any(rows)


def open_days(instances: Iterable[Instance]) -> frozenset[str]:
    """Return the days whose openings are among the instances."""
    return frozenset(instance.subject[0] for instance in instances if instance.kind == OPEN_DAY)


def _gap(demand: d.Demand) -> int:
    if isinstance(demand, d.NotAtOnce):
        return max(reach for _one, _other, reach in demand.pairs)
    if isinstance(demand, d.OneInRoom):
        return demand.reach
    if isinstance(demand, d.Sequence):
        return demand.least
    if isinstance(demand, d.Walking):
        return max(demand.walk.values())
    return max(demand.judge.rest, default=0) if isinstance(demand, d.Interpreters) else 0


def _middle(day: Day, following: Day) -> int:
    return (day.closes + following.opens) // 2


def program_of(ground: Ground, instances: Sequence[Instance], *, assumed: bool) -> tuple[Program, dict[int, Instance]]:
    """Return the program of these instances, and by its index the literal of each where they are `assumed`.

    Assumed, all days keep their hours; else those alone whose opening is among the instances.
    """
    problem = ground.problem
    program = Program([session.duration_min for session in problem.sessions])
    literals: dict[int, Instance] = {}
    days = frozenset(day.key for day in problem.days) if assumed else open_days(instances)
    when_of: dict[str, list[Literal]] = {instance.key: [] for instance in instances}
    if assumed:
        for instance in instances:
            if instance.kind != OPEN_DAY:
                literal = program.cp.new_bool_var(instance.key)
                literals[literal.index] = instance
                when_of[instance.key] = [literal]
    for instance in instances:
        if isinstance(instance.demand, d.HasPlace):
            session = instance.demand.session
            starts = ground.starts(session, days)
            at = ground.at[session]
            program.place(at, {room: starts for room in range(len(ground.rooms)) if starts}, optional=assumed)
            for literal in when_of[instance.key]:
                program.cp.add_implication(literal, program.of_session[at])
    compiler = _Compiler(ground, program, days)
    for instance in instances:
        compiler.add(instance, when_of[instance.key])
    _rooms_in_all(ground, program, instances, when_of)
    program.cp.add_assumptions([literal for own in when_of.values() for literal in own])
    return program, literals


class _Compiler:
    def __init__(self, ground: Ground, program: Program, days: frozenset[str]) -> None:
        self.ground, self.program, self.days = ground, program, days

    def known(self, session: str) -> bool:
        return self.ground.at[session] in self.program.start

    def add(self, instance: Instance, when: list[Literal]) -> None:
        demand, program, at = instance.demand, self.program, self.ground.at
        if isinstance(demand, d.NeverRight):
            program.cp.add_bool_or([~literal for literal in when])
        elif isinstance(demand, d.NotThere):
            for session in demand.sessions:
                if self.known(session):
                    self._not_there(instance, demand, session, when)
        elif isinstance(demand, d.OneInRoom):
            own = [at[session] for session in demand.sessions if self.known(session)]
            program.one_at_a_time_in(self.ground.room_at[demand.room], own, demand.reach, *when)
        elif isinstance(demand, d.NotAtOnce):
            self._not_at_once(demand, when)
        elif isinstance(demand, d.Sequence):
            if self.known(demand.before) and self.known(demand.after):
                program.in_order(at[demand.before], at[demand.after], demand.least, demand.most, *when)
        elif isinstance(demand, d.Walking):
            rooms, walk = self.ground.rooms, demand.walk
            for one, other in demand.pairs:
                if self.known(one) and self.known(other):
                    program.time_to_walk(at[one], at[other], lambda a, b: walk[rooms[a], rooms[b]], *when)
        elif isinstance(demand, d.Interpreters):
            self._interpreters(demand.judge, when)

    def _not_there(self, instance: Instance, demand: d.NotThere, session: str, when: list[Literal]) -> None:
        program, at = self.program, self.ground.at[session]
        rows = self.ground.allowed(instance, session, self.days)
        every = len(self.ground.starts(session, self.days))
        has = [program.of_session[at]] if at in program.of_session else []
        if not demand.by_room:
            if len(rows[0]) < every:
                self._within(at, rows[0], [*when, *has])
            return
        for room, row in enumerate(rows):
            if not row:
                program.cp.add_bool_or([~program.room[at][room], *(~literal for literal in when)])
            elif len(row) < every:
                self._within(at, row, [*when, program.room[at][room]])

    def _within(self, at: int, starts: Collection[int], when: list[Literal]) -> None:
        if not starts:
            self.program.cp.add_bool_or([~literal for literal in when])
        elif when:
            self.program.within(at, starts, *when)
        else:
            self.program.within(at, starts)

    def _not_at_once(self, demand: d.NotAtOnce, when: list[Literal]) -> None:
        at = self.ground.at
        by_reach: dict[int, list[tuple[int, int]]] = {}
        for one, other, reach in demand.pairs:
            if self.known(one) and self.known(other):
                pair = (min(at[one], at[other]), max(at[one], at[other]))
                by_reach.setdefault(reach, []).append(pair)
        for reach, pairs in sorted(by_reach.items()):
            for clique in cliques_of(pairs):
                self.program.one_at_a_time(clique, reach, *when)

    def _interpreters(self, judge: Any, when: list[Literal]) -> None:
        program, at = self.program, self.ground.at
        for mask in masks_of_booths(len(judge.booths)):
            inside = [booth for booth in range(len(judge.booths)) if mask >> booth & 1]
            teams = {team for booth in inside for team in judge.servers[booth]}
            supply = sum(judge.supply[team] for team in teams)
            intervals = [
                program.interval(at[session], judge.rest[booth], *when)
                for session in sorted(judge.concerned)
                if self.known(session)
                for booth in judge.demands[session]
                if booth in inside
            ]
            if len(intervals) > supply:
                program.cp.add_cumulative(intervals, [1] * len(intervals), supply)


def _rooms_in_all(
    ground: Ground, program: Program, instances: Sequence[Instance], when_of: dict[str, list[Literal]]
) -> None:
    """Say once more that there are so many rooms: what is at once is no more than that. It shortens proofs."""
    single = [instance for instance in instances if isinstance(instance.demand, d.OneInRoom)]
    if len(single) != len(ground.rooms) or len({i.rule for i in single}) != 1:
        return
    sessions = [ground.at[session] for session in single[0].sessions if ground.at[session] in program.start]
    literals = [literal for instance in single for literal in when_of[instance.key]]
    if len(sessions) <= len(ground.rooms):
        return
    most: Any = len(ground.rooms)
    if literals:
        most = program.cp.new_int_var(0, len(ground.rooms) + len(sessions), "rooms")
        program.cp.add(most <= len(ground.rooms) + len(sessions) * sum(~literal for literal in literals))
    program.cp.add_cumulative([program.interval(at, 0) for at in sessions], [1] * len(sessions), most)
