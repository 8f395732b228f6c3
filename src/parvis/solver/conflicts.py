"""Why no timetable is possible: a smallest set of rules' instances that contradict each other, in words.

First what a session meets by itself, by looking at all its places; then what counting shows. Then CP-SAT, with every
instance under a literal that is assumed: those that it needs for its proof contradict each other. From these, one after
the other is dropped while the rest still does (Chinneck and Dravnieks, *Locating minimal infeasible constraint sets*,
1991).
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from ortools.sat.python import cp_model

from parvis.domain.timetable import explain_words as say
from parvis.domain.timetable.explain_demands import HasPlace, NeverRight
from parvis.domain.timetable.explain_instances import HAS_PLACE, OPEN_DAY, Instance, instances_of, speaks_of
from parvis.domain.timetable.jury import Jury
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules import Rule
from parvis.domain.timetable.verdicts import Violation, Words
from parvis.solver.conflicts_counting import alike, overfull
from parvis.solver.conflicts_program import Ground, program_of
from parvis.solver.feasibility_program import new_solver

FEW = 12  # instances of which all sets are tried, to find the smallest
SURE = 5.0  # seconds for one proof, at most


@dataclass(frozen=True, slots=True)
class Reason:
    """One instance, in words; what would have to give; and of which of the contradicting sessions it speaks."""

    words: Words
    gives: Words
    sessions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Instances that contradict each other.

    `minimal`: it is proven that any one dropped would end the contradiction; `smallest`: that no contradiction of this
    problem has fewer.
    """

    instances: tuple[Instance, ...]
    minimal: bool
    smallest: bool

    @property
    def sessions(self) -> tuple[str, ...]:
        """Return the sessions that find no place together."""
        return tuple(i.subject[0] for i in self.instances if i.kind == HAS_PLACE) or tuple(
            sorted({session for i in self.instances for session in i.sessions})
        )

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Return the contradiction in words."""
        among = set(self.sessions)
        return tuple(
            Reason(
                instance.words(sorted(among & set(instance.sessions))),
                instance.gives,
                tuple(sorted(among & set(instance.sessions))),
            )
            for instance in self.instances
        )


def find_conflict(
    problem: Problem,
    rules: Sequence[Rule],
    *,
    sessions: Collection[str] | None = None,
    accepted: Iterable[Violation] = (),
    aside: bool = False,
    seconds: float = 20.0,
    seed: int = 1,
    jury: Jury | None = None,
) -> Conflict | None:
    """Return why not all of these sessions (None: all there are) can be placed without breaking a hard rule.

    None where they can, and where no proof was found in time. On the days' grids. `accepted` violations may stand, so
    that what forbids them is no reason; `aside` leaves out what is wrong with a session wherever it stands. Raises what
    `Jury` raises.
    """
    jury = jury if jury is not None else Jury(problem, rules)
    wanted = problem.known["sessions"] if sessions is None else frozenset(sessions)
    if not wanted:
        return None
    if not problem.rooms or not problem.days:
        return Conflict((_nowhere(problem, wanted),), minimal=True, smallest=True)
    known = list(accepted)
    instances = [
        instance
        for instance in instances_of(problem, jury, wanted)
        if not any(speaks_of(instance, violation) for violation in known)
    ]
    for instance in instances:
        if isinstance(instance.demand, NeverRight) and not aside:
            return Conflict((instance,), minimal=True, smallest=True)
    instances = [instance for instance in instances if not isinstance(instance.demand, NeverRight)]
    ground = Ground(problem, instances)
    return _alone(ground, instances) or _Search(ground, instances, time.monotonic() + seconds, seed).conflict()


def _nowhere(problem: Problem, sessions: Collection[str]) -> Instance:
    words, gives = (say.NO_ROOM, say.ADD_A_ROOM) if not problem.rooms else (say.NO_DAY, say.ADD_A_DAY)
    key = min(sessions)
    return Instance(HAS_PLACE, HAS_PLACE, (key,), (key,), HasPlace(key), say.always(words), gives)


def _alone(ground: Ground, instances: Sequence[Instance]) -> Conflict | None:
    """Return the smallest contradiction that a session meets by itself."""
    days = [instance for instance in instances if instance.kind == OPEN_DAY]
    of_session: dict[str, list[Instance]] = {}
    for instance in instances:
        if hasattr(instance.demand, "forbids"):
            for session in instance.sessions:
                of_session.setdefault(session, []).append(instance)
    best: list[Instance] = []
    for has in (instance for instance in instances if instance.kind == HAS_PLACE):
        session = has.subject[0]
        own = [*of_session.get(session, []), *days]
        if ground.fits_alone(session, own):
            continue
        found = [has, *_smallest_alone(ground, session, own)]
        if not best or len(found) < len(best):
            best = found
    return Conflict(tuple(best), minimal=True, smallest=len(best) <= 2) if best else None


def _smallest_alone(ground: Ground, session: str, own: list[Instance]) -> list[Instance]:
    if len(own) <= FEW:
        for size in range(len(own) + 1):
            for some in combinations(own, size):
                if not ground.fits_alone(session, some):
                    return list(some)
    kept = list(own)
    for instance in own:
        fewer = [one for one in kept if one is not instance]
        if not ground.fits_alone(session, fewer):
            kept = fewer
    return kept


class _Search:
    def __init__(self, ground: Ground, instances: list[Instance], deadline: float, seed: int) -> None:
        self.ground, self.instances = ground, instances
        self.deadline, self.seed = deadline, seed
        self.days = [instance for instance in instances if instance.kind == OPEN_DAY]
        self.sure = True
        self.known: dict[tuple[object, ...], bool | None] = {}

    def conflict(self) -> Conflict | None:
        """Return a contradiction that was proven, made as small as time allows."""
        core = overfull(self.ground.problem, self.instances)
        if core is None:
            core = self._core()
            if core is None:
                return None
            core += self.days
        core = self._dropped(core)
        return Conflict(tuple(core), minimal=self.sure, smallest=self.sure and len(core) <= 2)

    def _left(self) -> float:
        return self.deadline - time.monotonic()

    def _core(self) -> list[Instance] | None:
        """Return instances that contradict each other while all days keep their hours."""
        program, literals = program_of(self.ground, self.instances, assumed=True)
        solver = new_solver(max(0.1, self._left() * 0.6), self.seed, workers=1)
        if solver.solve(program.cp) != cp_model.INFEASIBLE:
            return None
        needed = solver.sufficient_assumptions_for_infeasibility()
        found = [literals[index] for index in needed if index in literals]
        return found or [instance for instance in self.instances if instance.kind != OPEN_DAY]

    def _dropped(self, core: list[Instance]) -> list[Instance]:
        """Drop one instance after the other, sessions first: what spoke of them alone goes with them."""
        order = sorted(core, key=lambda instance: (instance.kind != HAS_PLACE, instance.kind == OPEN_DAY, instance.key))
        kept = _relevant(core)
        for instance in order:
            if instance not in kept:
                continue
            fewer = _relevant([one for one in kept if one is not instance])
            verdict = self._contradicts(fewer)
            if verdict:
                kept = fewer
            elif verdict is None:
                self.sure = False
        return kept

    def _contradicts(self, instances: list[Instance]) -> bool | None:
        """Tell whether some instances contradict each other; None where time was short."""
        if not any(instance.kind == HAS_PLACE for instance in instances):
            return False
        if overfull(self.ground.problem, instances) is not None:
            return True
        key = alike(self.ground.problem, instances)
        if key is None:
            return self._proven(instances)
        if key not in self.known:
            self.known[key] = self._proven(instances)
        return self.known[key]

    def _proven(self, instances: list[Instance]) -> bool | None:
        program, _literals = program_of(self.ground, instances, assumed=False)
        seconds = min(SURE, self._left())
        if seconds <= 0:
            return None
        status = new_solver(seconds, self.seed, workers=1).solve(program.cp)
        if status == cp_model.INFEASIBLE:
            return True
        return False if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None


def _relevant(instances: list[Instance]) -> list[Instance]:
    """Return those that speak of sessions which have a place among them, and where it takes two, of two."""
    placed = {instance.subject[0] for instance in instances if instance.kind == HAS_PLACE}
    found = []
    for instance in instances:
        many = len(placed & set(instance.sessions))
        alone = hasattr(instance.demand, "forbids") or instance.kind in (HAS_PLACE, OPEN_DAY, "interpretation_teams")
        if many > 1 or (many and alone):
            found.append(instance)
    return found
