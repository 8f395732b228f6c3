"""Solves a world congress from nothing: 600 sessions, 40 rooms, 4 days, 10,000 participants with 12 choices each.

    .venv/bin/python bench/timetable_congress.py [--seconds 120] [--seed 1]

The congress of the tests (tests/domain/timetable/congress.py) with every default rule; a speaker's hours are left out
where two speakers of one session would never meet. Prints when no hard rule is broken any more, what the wishes cost
after 20 s and at the end as the judge counts them, and the most memory that the process used. Compiling the inner loop,
once for a machine, is not counted.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from parvis.domain.timetable.defaults import default_rules  # noqa: E402
from parvis.domain.timetable.placements import Placements  # noqa: E402
from parvis.domain.timetable.problem import Problem  # noqa: E402
from parvis.solver.search import Budget  # noqa: E402
from parvis.solver.solve import Progress, solve  # noqa: E402
from tests.domain.timetable.congress import congress  # noqa: E402


def world_congress(seed: int) -> Problem:
    """Return the congress, with hours that can be kept."""
    problem, _placements = congress(
        sessions=600, rooms=40, persons=1_000, days=4, participants=10_000, choices=12, seed=seed
    )
    narrow = {person.key for person in problem.persons if person.windows is not None}
    together: dict[str, set[str]] = {}
    for one in problem.engagements():
        if one.person in narrow:
            together.setdefault(one.session, set()).add(one.person)
    gathering = {one.key for one in problem.sessions if one.format in ("plenary", "assembly")}
    freed = {
        person for session, people in together.items() for person in people if len(people) > 1 or session in gathering
    }
    persons = tuple(replace(one, windows=None) if one.key in freed else one for one in problem.persons)
    return replace(problem, persons=persons)


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    problem = world_congress(asked.seed)
    rules = default_rules(problem)
    solve(problem, rules, Placements(), budget=Budget(moves=20))  # compiled now, if ever
    told: list[tuple[float, int, int]] = []
    began = time.monotonic()

    def tell(progress: Progress) -> None:
        told.append((progress.seconds, progress.hard, progress.cost))

    found = solve(problem, rules, Placements(), budget=Budget(asked.seconds), seed=asked.seed, progress=tell)
    took = time.monotonic() - began
    feasible = next((f"{seconds:.1f} s" for seconds, hard, _cost in told if not hard), "not reached")
    early = next((f"{hard} + {cost:,}" for seconds, hard, cost in told if seconds >= 20), "")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"no hard rule broken after {feasible}; after 20 s: {early}; after {took:.0f} s: {found.score}, ", end="")
    print(f"{len(found.placements)} of {len(problem.sessions)} placed, {found.moves:,} moves, {memory} MB")


if __name__ == "__main__":
    main()
