"""Places as variables of CP-SAT: a start in minutes, a literal for each room; and what may be asked of them.

Each demand takes literals under which alone it holds (`when`), so that the same program says what is possible, what
contradicts itself, and what is mended with the fewest moves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ortools.sat.python import cp_model

Literal = Any  # ortools' own types are not annotated
Places = Mapping[int, Sequence[int]]  # rooms with starts in minutes


class Program:
    """A program about some sessions. `start` and `room` hold their variables."""

    def __init__(self, minutes: Sequence[int]) -> None:
        self.cp = cp_model.CpModel()
        self.minutes = minutes
        self.start: dict[int, Any] = {}
        self.room: dict[int, dict[int, Literal]] = {}
        self.of_session: dict[int, Literal] = {}  # whether it has a place, where it need not
        self._at: dict[tuple[int, int], Literal] = {}
        self._held: dict[tuple[int, int], Any] = {}

    def place(self, session: int, places: Places, *, optional: bool = False) -> None:
        """Give a session a place among these; none at all makes the program infeasible."""
        starts = sorted({start for own in places.values() for start in own}) or [0]
        self.start[session] = self.cp.new_int_var_from_domain(cp_model.Domain.from_values(starts), f"start{session}")
        self.room[session] = {room: self.cp.new_bool_var("") for room in sorted(places)}
        has: Literal = 1
        if optional:
            has = self.of_session[session] = self.cp.new_bool_var(f"has{session}")
        self.cp.add(sum(self.room[session].values()) == has)
        for room, own in sorted(places.items()):
            if len(own) < len(starts):
                domain = cp_model.Domain.from_values(list(own))
                self.cp.add_linear_expression_in_domain(self.start[session], domain).only_enforce_if(
                    self.room[session][room]
                )

    def at(self, session: int, start: int) -> Literal:
        """Return a literal that says that a session begins at a minute."""
        known = self._at.get((session, start))
        if known is None:
            known = self._at[session, start] = self.cp.new_bool_var(f"at{session}/{start}")
            self.cp.add(self.start[session] == start).only_enforce_if(known)
            self.cp.add(self.start[session] != start).only_enforce_if(~known)
        return known

    def within(self, session: int, starts: Iterable[int], *when: Literal) -> None:
        """Demand one of these starts."""
        domain = cp_model.Domain.from_values(sorted(starts))
        self.cp.add_linear_expression_in_domain(self.start[session], domain).only_enforce_if(*when)

    def interval(self, session: int, after: int, *when: Literal) -> Any:
        """Return a session's time with minutes after it, which is there only when all literals hold."""
        name = ""
        present = [*when, self.of_session[session]] if session in self.of_session else list(when)
        if not present:
            return self.cp.new_fixed_size_interval_var(self.start[session], self.minutes[session] + after, name)
        held = present[0] if len(present) == 1 else self._all(present)
        return self.cp.new_optional_fixed_size_interval_var(
            self.start[session], self.minutes[session] + after, held, name
        )

    def _all(self, literals: list[Literal]) -> Literal:
        """Return a literal that is true where all are (and may be true elsewhere)."""
        both = self.cp.new_bool_var("all")
        self.cp.add_bool_or([*(~literal for literal in literals), both])
        return both

    def one_at_a_time(self, sessions: Iterable[int], reach: int, *when: Literal) -> None:
        """Demand so many minutes between any two of the sessions."""
        own = list(sessions)
        if len(own) > 1:
            self.cp.add_no_overlap([self.interval(session, reach, *when) for session in own])

    def one_at_a_time_in(self, room: int, sessions: Iterable[int], reach: int, *when: Literal) -> None:
        """Demand that a room receives one of the sessions at a time, with so many minutes between."""
        own = [session for session in sessions if room in self.room[session]]
        if len(own) > 1:
            self.cp.add_no_overlap([self._in_room(session, room, reach, *when) for session in own])

    def _in_room(self, session: int, room: int, reach: int, *when: Literal) -> Any:
        present = self.room[session][room] if not when else self._all([self.room[session][room], *when])
        key = (session, room)
        if when or key not in self._held:
            interval = self.cp.new_optional_fixed_size_interval_var(
                self.start[session], self.minutes[session] + reach, present, ""
            )
            if when:
                return interval
            self._held[key] = interval
        return self._held[key]

    def _both(self, one: int, other: int) -> list[Literal]:
        return [self.of_session[at] for at in (one, other) if at in self.of_session]

    def in_order(self, before: int, after: int, least: int, most: int | None, *when: Literal) -> None:
        """Demand from `least` to `most` minutes between the end of one and the beginning of another."""
        gap = self.start[after] - self.start[before] - self.minutes[before]
        literals = [*when, *self._both(before, after)]
        self._if(gap >= least, literals)
        if most is not None:
            self._if(gap <= most, literals)

    def _if(self, demand: Any, literals: list[Literal]) -> None:
        constraint = self.cp.add(demand)
        if literals:
            constraint.only_enforce_if(*literals)

    def time_to_walk(self, one: int, other: int, walk: Callable[[int, int], int], *when: Literal) -> None:
        """Demand the minutes from room to room between two sessions, where they do not overlap."""
        by_minutes: dict[int, list[tuple[Literal, Literal]]] = {}
        for room, here in self.room[one].items():
            for far, there in self.room[other].items():
                if walk(room, far):
                    by_minutes.setdefault(walk(room, far), []).append((here, there))
        if not by_minutes:
            return
        first, last, at_once = (self.cp.new_bool_var(f"{how}{one}/{other}") for how in ("first", "last", "at_once"))
        both = self._both(one, other)
        self.cp.add_bool_or([first, last, at_once, *(~literal for literal in both)])
        begins, begins_there = self.start[one], self.start[other]
        ends, ends_there = begins + self.minutes[one], begins_there + self.minutes[other]
        self.cp.add(ends > begins_there).only_enforce_if(at_once)
        self.cp.add(ends_there > begins).only_enforce_if(at_once)
        self.cp.add(ends <= begins_there).only_enforce_if(first)
        self.cp.add(ends_there <= begins).only_enforce_if(last)
        for minutes, pairs in sorted(by_minutes.items()):
            far_apart = self.cp.new_bool_var(f"walk{one}/{other}/{minutes}")
            for here, there in pairs:
                self.cp.add_bool_or([~here, ~there, far_apart, *(~literal for literal in when)])
            self.cp.add(begins_there >= ends + minutes).only_enforce_if(first, far_apart)
            self.cp.add(begins >= ends_there + minutes).only_enforce_if(last, far_apart)

    def on_day(self, session: int, opens: int, closes: int) -> Literal:
        """Return a literal that is true where a session begins from `opens` up to `closes`."""
        there = self.cp.new_bool_var(f"day{session}/{opens}")
        before, after = self.cp.new_bool_var(""), self.cp.new_bool_var("")
        self.cp.add_bool_or([there, before, after])
        self.cp.add(self.start[session] < opens).only_enforce_if(before)
        self.cp.add(self.start[session] >= closes).only_enforce_if(after)
        return there

    def hint(self, session: int, room: int, start: int) -> None:
        """Suggest a place."""
        if session in self.start and room in self.room[session]:
            self.cp.add_hint(self.start[session], start)
            for other, literal in self.room[session].items():
                self.cp.add_hint(literal, int(other == room))

    def place_in(self, solver: Any, session: int) -> tuple[int, int] | None:
        """Return the room and the start that a solver found."""
        room = next((room for room, here in self.room[session].items() if solver.boolean_value(here)), None)
        return None if room is None else (room, int(solver.value(self.start[session])))


def new_solver(seconds: float, seed: int, *, workers: int = 2) -> Any:
    """Return a solver that stops in time and, when it is not cut, finds the same again for the same seed.

    The searches that restart often: the others reason minutes long about rooms that are all alike.
    """
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.max_time_in_seconds = max(0.01, seconds)
    parameters.random_seed = seed
    parameters.symmetry_level = 0
    parameters.max_size_to_create_precedence_literals_in_disjunctive = 0
    parameters.num_workers = workers
    if workers > 1:
        parameters.interleave_search = True
        parameters.subsolvers.extend(["quick_restart", "quick_restart_no_lp"])
    else:
        parameters.linearization_level = 0
        parameters.search_branching = cp_model.PORTFOLIO_WITH_QUICK_RESTART_SEARCH
    return solver
