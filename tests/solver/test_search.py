"""The search keeps what it must keep, is better than what is drawn by hand, and gives the same for the same seed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from parvis.domain.timetable.defaults import default_rules
from parvis.domain.timetable.placements import Placements
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules import Rule
from parvis.domain.timetable.violations import score_of, violations
from parvis.solver.model import compile_model
from parvis.solver.search import Budget, Found, search
from parvis.solver.solve import Solution, solve
from parvis.solver.surrogate import with_pairs
from tests.domain.timetable.congress import congress

MOVES = 4_000


@pytest.fixture(scope="module")
def meeting() -> tuple[Problem, list[Rule], Placements]:
    """Return a meeting of twenty sessions with sixty participants, and a timetable that stands."""
    problem, placements = congress(sessions=20, rooms=4, persons=40, days=2, participants=60, choices=6)
    return problem, default_rules(problem), placements


def solved(meeting: tuple[Problem, list[Rule], Placements], seed: int = 1, **how: object) -> Solution:
    problem, rules, placements = meeting
    return solve(problem, rules, placements, budget=Budget(moves=MOVES), seed=seed, **how)  # type: ignore[arg-type]  # only what solve takes


def test_what_it_says_is_what_the_judge_says(meeting: tuple[Problem, list[Rule], Placements]) -> None:
    problem, rules, placements = meeting
    solution = solved(meeting)
    assert solution.score == score_of(violations(problem, rules, solution.placements))
    assert solution.score < score_of(violations(problem, rules, placements)), "better than what stood"
    assert solution.bound is not None
    assert solution.bound <= solution.score.cost or solution.score.hard


def test_the_same_seed_gives_the_same_timetable_and_another_another(
    meeting: tuple[Problem, list[Rule], Placements],
) -> None:
    once, again, other = solved(meeting, 7), solved(meeting, 7), solved(meeting, 8)
    assert once.placements == again.placements
    assert once.placements != other.placements


def test_sessions_that_stay_stay(meeting: tuple[Problem, list[Rule], Placements]) -> None:
    _problem, _rules, placements = meeting
    stay = sorted(placements)[:12]
    solution = solved(meeting, stay=stay)
    assert {key: solution.placements[key] for key in stay} == {key: placements[key] for key in stay}
    assert solution.placements != placements, "the others may move"


def test_from_nothing_everything_is_placed(meeting: tuple[Problem, list[Rule], Placements]) -> None:
    problem, rules, _placements = meeting
    solution = solve(problem, rules, Placements(), budget=Budget(moves=MOVES))
    assert set(solution.placements) == set(problem.session_of)
    assert solution.score.hard == 0


def test_a_deadline_is_kept_and_progress_is_told(meeting: tuple[Problem, list[Rule], Placements]) -> None:
    problem, rules, placements = meeting
    model = compile_model(problem, rules, placements)
    told: list[tuple[float, Found]] = []
    search(model, budget=Budget(moves=10), seed=1)  # compiled, so that the clock runs for the search alone
    began = time.monotonic()
    search(model, budget=Budget(seconds=1.0), progress=lambda share, found: told.append((share, found)))
    assert time.monotonic() - began < 4.0
    assert told
    costs = [found.cost for _share, found in told]
    assert costs == sorted(costs, reverse=True), "the best so far never gets worse"


def test_whoever_stops_it_gets_the_best_so_far(meeting: tuple[Problem, list[Rule], Placements]) -> None:
    problem, rules, placements = meeting
    solution = solve(problem, rules, placements, budget=Budget(seconds=600), stopped=lambda: True)
    assert solution.seconds < 300
    assert solution.score <= score_of(violations(problem, rules, placements))


def test_a_problem_without_rooms_or_sessions_is_left_as_it_is() -> None:
    problem, _placements = congress(sessions=5, rooms=2, persons=5, days=1)
    for bare in (
        Problem(problem.timeline, days=problem.days),
        Problem(problem.timeline, days=problem.days, sessions=(problem.sessions[-1],), themes=problem.themes),
    ):
        solution = solve(bare, default_rules(bare), Placements(), budget=Budget(moves=100))
        assert not solution.placements


def test_choices_as_pairs_prefer_the_timetable_that_loses_fewer(
    meeting: tuple[Problem, list[Rule], Placements],
) -> None:
    problem, rules, placements = meeting
    model = with_pairs(compile_model(problem, rules, placements))
    found = search(model, budget=Budget(moves=MOVES), seed=1)
    after = model.placements_of(found.rooms, found.starts)

    def lost(at: Placements) -> int:
        return sum(fault.amount for fault in violations(problem, rules, at) if fault.kind == "choices_met")

    assert lost(after) < lost(placements)


SMALL = """
import sys
from parvis.domain.timetable.defaults import default_rules
from parvis.solver import compiled
from parvis.solver.search import Budget
from parvis.solver.solve import solve
from tests.domain.timetable.congress import congress

problem, placements = congress(sessions=8, rooms=3, persons=12, days=1, participants=10, choices=3)
found = solve(problem, default_rules(problem), placements, budget=Budget(moves=120), seed=3, workers=1)
print(compiled.IS_COMPILED, found.score, sorted(found.placements.items()))
"""


def test_interpreted_and_compiled_give_the_same() -> None:
    root = Path(__file__).resolve().parents[2]
    said = {}
    for way in ("", "interpreted"):
        environment = {**os.environ, "PARVIS_SOLVER": way, "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}"}
        said[way] = subprocess.run(
            [sys.executable, "-c", SMALL], env=environment, capture_output=True, check=True, text=True, cwd=root
        ).stdout
    assert said[""].startswith("True ")
    assert said["interpreted"].startswith("False ")
    assert said[""].split(" ", 1)[1] == said["interpreted"].split(" ", 1)[1]
