"""Mend a timetable after a change: somebody is late, a room is lost, a session is longer; with few moves.

What is at fault is freed first, then what stands in its way, then everything. Fewest moves come first, then the fewest
people to tell, then the shortest moves; among what is equal in all that, the judge's wishes decide.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from parvis.domain.timetable.jury import Jury
from parvis.domain.timetable.placements import Move, Placements
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules import PlaceBefore, Rule, Stability
from parvis.domain.timetable.rules.judges import SingleJudge
from parvis.domain.timetable.state import State
from parvis.domain.timetable.verdicts import Score, Violation
from parvis.solver.conflicts import Conflict, find_conflict
from parvis.solver.feasibility_facts import HardFacts, hard_facts
from parvis.solver.mend_people import Concerned
from parvis.solver.mend_polish import placements_with, polished
from parvis.solver.mend_program import Mender, Spot, Stand, fewest_to_meet, in_the_way, moved, partners_of
from parvis.solver.model import Model, compile_model
from parvis.solver.search import Budget, search

GROWING = (0, 12, 40, 120)  # how many sessions that stand in the way are freed, one try after the other; then all
ALL_AT_ONCE = 150  # with more sessions than that, freeing all of them takes too long
SOLVING = 0.8  # the share of the time for solving; the rest is for judging what was found
STAY = 100_000  # the weight of stability where annealing mends


@dataclass(frozen=True, slots=True)
class Mending:
    """One way to mend. `people` are to be told: those with a part in what moves, and those who chose it.

    `minutes` are those by which sessions go earlier or later, in all. `choices_lost` is what participants lose more of
    their choices than before, in points, less than 0 where they win; None where no rule weighs choices. `minimal`: it
    is proven that fewer moves do not do. `remaining` are hard faults that no move can end, or that were accepted.
    """

    placements: Placements
    moves: tuple[Move, ...]
    persons: tuple[str, ...]
    people: int
    minutes: int
    choices_lost: int | None
    score: Score
    remaining: tuple[Violation, ...]
    minimal: bool


@dataclass(frozen=True, slots=True)
class Mended:
    """Ways to mend, the best first; none where nothing is at fault, or nothing fits: `conflict` then says why.

    With alternatives, `conflict` tells why something stays wrong all the same.
    """

    alternatives: tuple[Mending, ...]
    conflict: Conflict | None = None


def mend(
    problem: Problem,
    rules: Sequence[Rule],
    placements: Placements,
    *,
    alternatives: int = 3,
    seconds: float = 2.0,
    seed: int = 1,
    accepted: Collection[str] = (),
) -> Mended:
    """Return up to so many ways to mend placements that no longer fit their changed problem.

    `accepted` are keys of hard violations that stood before the change, and may stand. What is in the tray stays there,
    and sessions that a hard rule fixes in room and hour stay. Raises what `compile_model` raises.
    """
    deadline = time.monotonic() + SOLVING * seconds
    return _Mending(problem, rules, placements, frozenset(accepted), deadline, seed).ways(max(1, alternatives))


@dataclass(frozen=True, slots=True)
class _Found:
    """Solutions, the first the best, and how many moves are proven to be needed."""

    spots: tuple[Mapping[int, Spot], ...]
    bound: int
    infeasible: bool = False


class _Mending:
    def __init__(
        self,
        problem: Problem,
        rules: Sequence[Rule],
        before: Placements,
        accepted: frozenset[str],
        deadline: float,
        seed: int,
    ) -> None:
        self.problem, self.rules, self.before = problem, rules, before
        self.deadline, self.seed = deadline, seed
        self.jury = Jury(problem, rules)
        state = State(problem, rules, before, jury=self.jury)
        self.lost_before = self.lost(state)
        constant = {
            judge.rule.key
            for judge in self.jury.judges
            if isinstance(judge, SingleJudge) and not judge.by_room and not judge.by_start
        }
        hard = [violation for violation in state.violations() if violation.hard]
        self.stood = [v for v in hard if v.key in accepted or v.rule in constant or not self.placed(v)]
        self.accepted = {violation.key for violation in self.stood}
        self.faults = [violation for violation in hard if violation.key not in self.accepted]
        self.concerned = Concerned(problem)

    def placed(self, violation: Violation) -> bool:
        """Tell whether a violation is of sessions that have a place, or of none by name."""
        return not violation.sessions or any(session in self.before for session in violation.sessions)

    def left(self) -> float:
        """Return the seconds that are left."""
        return self.deadline - time.monotonic()

    def lost(self, state: State) -> int | None:
        """Return what participants lose of their choices, in points."""
        rules = {rule.key for rule in self.jury.rules if rule.kind == "choices_met"}
        return sum(v.amount for v in state.violations() if v.rule in rules) if rules else None

    def ways(self, wanted: int) -> Mended:
        """Return the ways to mend."""
        if not self.faults:
            return Mended(())
        model = compile_model(self.problem, self.rules, self.before, jury=self.jury)
        stand = self.stand(model)
        if any(not stand.hard.places[at] for at in stand.now):
            return Mended((), self.conflict())
        found = self.solved(stand, wanted)
        if found.infeasible:
            return Mended((), self.conflict())
        solutions = [polished(stand, self.before, spots, self.deadline, anywhere=False) for spots in found.spots]
        if solutions and wanted > 1:
            half = time.monotonic() + max(0.0, self.left()) / 2
            solutions.append(polished(stand, self.before, solutions[0], half, anywhere=True))
        ways = [self.way(placements_with(stand, self.before, spots), found.bound) for spots in solutions]
        if not ways:
            ways = self.annealed(found.bound)
        ways = [way for way in ways if way.moves and len(self.new(way)) < len(self.faults)]
        chosen = _chosen(ways, wanted)
        if chosen and not self.new(chosen[0]):
            return Mended(tuple(chosen))
        return Mended(tuple(chosen), self.conflict())

    def stand(self, model: Model) -> Stand:
        """Return what the mending starts from: what is placed, and the faults that may stay left out."""
        at = {session: number for number, session in enumerate(model.sessions)}
        room_at = {room: number for number, room in enumerate(model.rooms)}
        now = {at[session]: (room_at[place.room], place.start) for session, place in self.before.items()}
        left = set()
        for violation in self.stood:
            if len(violation.sessions) == 2:
                one, other = (at[session] for session in violation.sessions)
                left.add((min(one, other), max(one, other)))
        hard = hard_facts(model, aside=True, left=left)
        if any(violation.kind == "interpretation_teams" for violation in self.stood):
            hard = replace(hard, interpreters=False)
        people = {number: self.concerned.people([model.sessions[number]]) for number in now}
        return Stand(model, self.with_homes(model, hard, now), now, people, partners_of(hard))

    def with_homes(self, model: Model, hard: HardFacts, now: Mapping[int, Spot]) -> HardFacts:
        """Return the facts in which a session whose own faults are accepted may stay where it is."""
        wrong = {violation.sessions[0] for violation in self.faults if len(violation.sessions) == 1}
        places = dict(hard.places)
        for at, (room, start) in now.items():
            own = hard.places[at]
            if model.sessions[at] not in wrong and start not in own.get(room, ()):
                places[at] = {**own, room: tuple(sorted({*own.get(room, ()), start}))}
        return replace(hard, places=places)

    def at_fault(self, stand: Stand) -> list[set[int]]:
        """Return for each fault the sessions one of which must move."""
        at = {session: number for number, session in enumerate(stand.model.sessions)}
        found = []
        for violation in self.faults:
            able = {at[key] for key in violation.sessions if key in self.before}
            able = {one for one in able if stand.may_move(one)}
            if len(violation.sessions) == 1 and self.hopeless(stand, able):
                continue
            if able:
                found.append(able)
        return found

    def hopeless(self, stand: Stand, sessions: set[int]) -> bool:
        """Tell whether a session stands in one of its best places, and is wrong there all the same."""
        return all(stand.now[at][1] in stand.hard.places[at].get(stand.now[at][0], ()) for at in sessions)

    def solved(self, stand: Stand, wanted: int) -> _Found:
        """Free more and more sessions until there is a solution, and as few moves as can be proven are needed."""
        faults = self.at_fault(stand)
        least = fewest_to_meet(faults, max(0.05, self.left() / 4))
        free = {at for fault in faults for at in fault}
        best: Mapping[int, Spot] | None = None
        mender: Mender | None = None
        for more in self.grown(stand, free):
            mender = Mender(stand, more)
            everything = len(more) == sum(stand.may_move(at) for at in stand.now)
            found = mender.fewest(max(0.05, self.left() * 0.6), self.seed, least=least, hint=best)
            if everything:
                least = max(least, found.bound)
                if found.infeasible and best is None:
                    return _Found((), least, infeasible=True)
            if found.spots is not None and (best is None or len(moved(stand, found.spots)) <= len(moved(stand, best))):
                best = found.spots
            if (best is not None and len(moved(stand, best)) <= least) or self.left() <= 0:
                break
        if best is None or mender is None:
            return _Found((), least)
        return _Found((best, *self.others(mender, best, wanted)), least)

    def grown(self, stand: Stand, free: set[int]) -> Iterator[set[int]]:
        """Yield sets of sessions to free, each larger than the one before; the first are those at fault."""
        every = {at for at in stand.now if stand.may_move(at)}
        if not free:
            yield every
            return
        yield set(free)
        beside = in_the_way(stand, sorted(free))
        last = set(free)
        for many in GROWING[1:]:
            more = free | set(beside[:many])
            if last < more < every:
                yield more
                last = more
        if len(every) <= ALL_AT_ONCE or len(last) >= len(every) // 2:
            yield every

    def others(self, mender: Mender, first: Mapping[int, Spot], wanted: int) -> list[Mapping[int, Spot]]:
        """Return other solutions: other sessions move, or at another time; where there is none, elsewhere."""
        found = [first]
        menders = [mender]
        while len(found) < wanted and self.left() > 0:
            menders[-1].bar(_complete(found[-1], menders[-1]), rooms=len(menders) > 1)
            more = menders[-1].fewest(max(0.05, self.left() / 3), self.seed)
            if more.spots is not None:
                found.append(more.spots)
            elif len(menders) == 1:
                menders.append(Mender(mender.stand, mender.free))
                for spots in found[:-1]:
                    menders[-1].bar(_complete(spots, mender), rooms=True)
            else:
                break
        return found[1:]

    def way(self, placements: Placements, bound: int) -> Mending:
        """Return one way to mend, with what it costs whom."""
        state = State(self.problem, self.rules, placements, jury=self.jury)
        moves = tuple(self.before.moves_to(placements))
        sessions = [move.session for move in moves]
        lost = self.lost(state)
        return Mending(
            placements=placements,
            moves=moves,
            persons=tuple(sorted(self.concerned.persons(sessions))),
            people=self.concerned.people(sessions),
            minutes=sum(abs(m.to.start - m.was.start) for m in moves if m.to is not None and m.was is not None),
            choices_lost=lost - self.lost_before if lost is not None and self.lost_before is not None else None,
            score=state.score,
            remaining=tuple(violation for violation in state.violations() if violation.hard),
            minimal=len(moves) <= bound,
        )

    def annealed(self, bound: int) -> list[Mending]:
        """Return what annealing finds where sessions would rather stay; nothing where it breaks more hard rules."""
        before = tuple(
            PlaceBefore(session, place.room, place.start, self.concerned.people([session]))
            for session, place in sorted(self.before.items())
        )
        rules = [*self.rules, Stability(key="mend:stability", before=before, weight=STAY)]
        tray = [session.key for session in self.problem.sessions if session.key not in self.before]
        model = compile_model(self.problem, rules, self.before)
        found = search(model, budget=Budget(max(0.5, self.left())), seed=self.seed)
        after = {
            session: place
            for session, place in model.placements_of(found.rooms, found.starts).items()
            if session not in tray
        }
        way = self.way(Placements(after), bound)
        return [way] if len(after) == len(self.before) else []

    def new(self, way: Mending) -> list[Violation]:
        """Return the hard faults of a way that were not accepted."""
        return [violation for violation in way.remaining if violation.key not in self.accepted]

    def conflict(self) -> Conflict | None:
        """Return why nothing fits."""
        return find_conflict(
            self.problem,
            self.rules,
            sessions=tuple(self.before),
            accepted=self.stood,
            aside=True,
            seconds=max(1.0, self.left()),
            seed=self.seed,
            jury=self.jury,
        )


def _complete(spots: Mapping[int, Spot], mender: Mender) -> dict[int, Spot]:
    """Return spots of all that is free: what was not free before stood still."""
    return {at: spots.get(at, mender.stand.now[at]) for at in mender.free}


def _chosen(ways: list[Mending], wanted: int) -> list[Mending]:
    """Return ways that differ, fewest hard faults first, then by moves, people, minutes and wishes."""
    distinct: dict[Placements, Mending] = {}
    for way in ways:
        distinct.setdefault(way.placements, way)
    found = sorted(
        distinct.values(), key=lambda way: (way.score.hard, len(way.moves), way.people, way.minutes, way.score.cost)
    )
    if len(found) > wanted > 1:
        kindest = min(found, key=lambda way: (way.score.hard, len(way.moves), way.score.cost))
        return (
            [*[way for way in found if way is not kindest][: wanted - 1], kindest]
            if kindest is not found[0]
            else found[:wanted]
        )
    return found[:wanted]


def proven_fewest(
    problem: Problem, rules: Sequence[Rule], placements: Placements, *, seconds: float, seed: int = 1
) -> int | None:
    """Return how few moves end all hard faults, proven with all sessions free at once; None in doubt, or where none do.

    For measuring `mend` by another way than its own. Raises what `compile_model` raises.
    """
    work = _Mending(problem, rules, placements, frozenset(), time.monotonic() + seconds, seed)
    stand = work.stand(compile_model(problem, rules, placements, jury=work.jury))
    found = Mender(stand, {at for at in stand.now if stand.may_move(at)}).fewest(seconds, seed)
    if found.spots is None:
        return None
    return found.bound if len(moved(stand, found.spots)) == found.bound else None
