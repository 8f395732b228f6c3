"""Make a timetable, or go on with one: the search behind the desk's “Solve…” and behind `./parvis timetable solve`."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from parvis.domain.timetable.placements import Placements
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules import Rule
from parvis.domain.timetable.state import State
from parvis.domain.timetable.verdicts import Score
from parvis.domain.timetable.violations import score_of, violations
from parvis.solver.bounds import lower_bound
from parvis.solver.model import Model, compile_model
from parvis.solver.search import Budget, Found, search


@dataclass(frozen=True, slots=True)
class Solution:
    """The best placements found, as the judge sees them.

    `bound` is what no placements can cost less than, None where none is known; `proven` says that these cost just that
    and break no hard rule. `moves` were tried.
    """

    placements: Placements
    score: Score
    bound: int | None
    proven: bool
    seconds: float
    moves: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search is: the share of its budget, the seconds it took, and the best so far by the solver's count."""

    share: float
    seconds: float
    hard: int
    cost: int


def solve(
    problem: Problem,
    rules: Sequence[Rule],
    placements: Placements,
    *,
    stay: Collection[str] = (),
    budget: Budget,
    seed: int = 1,
    workers: int = 2,
    progress: Callable[[Progress], None] = lambda _progress: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Solution:
    """Return placements that are no worse than those given, and the best that the budget allows.

    Sessions in `stay` keep their places, as do those that a hard rule fixes in room and hour. Raises what
    `compile_model` raises.
    """
    began = time.monotonic()
    model = compile_model(problem, rules, placements, frozen=stay)
    bound = lower_bound(model)

    def tell(share: float, found: Found) -> None:
        progress(Progress(share, time.monotonic() - began, *found.score))

    found = search(model, budget=budget, seed=seed, workers=workers, stopped=stopped, progress=tell, target=bound or 0)
    return _judged(model, rules, placements, found, bound, began)


def _into_tray(model: Model, rules: Sequence[Rule], placements: Placements) -> Placements:
    """Take sessions off that break a hard rule wherever they were tried: rather in the tray than against a rule."""
    state = State(model.problem, rules, placements, jury=model.jury)
    movable = {key for key, may in zip(model.sessions, model.facts.movable, strict=True) if may}
    while state.score.hard:
        at_fault = {key for fault in state.violations() if fault.hard for key in fault.sessions}
        best = min(
            ((state.delta(key, None), key) for key in sorted(at_fault & movable & state.placements.keys())),
            default=(Score(0, 0), ""),
        )
        if best[0].hard >= 0:
            break
        state.apply(best[1], None)
    return state.placements


def _judged(
    model: Model, rules: Sequence[Rule], before: Placements, found: Found, bound: int | None, began: float
) -> Solution:
    """Return what was found, or what stood before where the judge likes that better."""
    after = _into_tray(model, rules, model.placements_of(found.rooms, found.starts))
    score = score_of(violations(model.problem, rules, after))
    was = score_of(violations(model.problem, rules, before))
    if was < score:
        after, score = before, was
    proven = bound is not None and score == (0, bound)
    return Solution(after, score, bound, proven, time.monotonic() - began, found.moves)
