"""Times mending after one late speaker, and compares its moves with the proven minimum.

    .venv/bin/python bench/timetable_mend.py [--speakers 12] [--seed 1]

A congress of 60 sessions, 10 rooms, 2 days, 150 persons, 600 participants, with every default rule, placed without a
hard fault by CP-SAT and some annealing. Then one speaker after the other arrives 45 minutes after their first
session begins. Two seconds each, libraries loaded. The minimum is proven anew by CP-SAT with all sessions free at once,
in up to a minute: another program than the mending used where the sessions at fault alone were enough.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from parvis.domain.timetable.defaults import default_rules  # noqa: E402
from parvis.domain.timetable.in_words import in_words  # noqa: E402
from parvis.domain.timetable.placements import Placements  # noqa: E402
from parvis.domain.timetable.problem import Problem, Window  # noqa: E402
from parvis.domain.timetable.violations import violations  # noqa: E402
from parvis.solver.feasibility import find_feasible  # noqa: E402
from parvis.solver.mend import mend, proven_fewest  # noqa: E402
from parvis.solver.model import compile_model  # noqa: E402
from parvis.solver.search import Budget  # noqa: E402
from parvis.solver.solve import solve  # noqa: E402
from tests.domain.timetable.congress import congress  # noqa: E402

SIZE = {"sessions": 60, "rooms": 10, "days": 2, "persons": 150, "participants": 600}
SECONDS = 2.0
PROOF_S = 60.0


def published(problem: Problem, seed: int) -> Placements:
    """Return a timetable without a hard fault."""
    rules = default_rules(problem)
    first = find_feasible(compile_model(problem, rules), 60.0, seed=seed).placements
    assert first is not None
    return solve(problem, rules, first, budget=Budget(moves=300_000), seed=seed).placements


def late(problem: Problem, placements: Placements, who: int) -> Problem | None:
    """Return the problem in which a person comes too late for the first of their sessions; None without a session."""
    person = problem.persons[who]
    starts = [placements[item.session].start for item in problem.engagements() if item.person == person.key]
    if not starts:
        return None
    there = Window(min(starts) + 45, problem.days[-1].closes)
    persons = tuple(replace(p, windows=(there,)) if p.key == person.key else p for p in problem.persons)
    return replace(problem, persons=persons)


def changes(problem: Problem, placements: Placements, many: int, seed: int) -> Iterator[tuple[str, Problem]]:
    """Yield so many late speakers who were there all the time, drawn by the seed."""
    source = random.Random(seed)  # noqa: S311 - reproducible on purpose
    found = 0
    for who in source.sample(range(len(problem.persons)), len(problem.persons)):
        changed = late(problem, placements, who) if problem.persons[who].windows is None else None
        if changed is not None and found < many:
            found += 1
            yield problem.persons[who].key, changed


def main() -> None:
    """Print one line for each late speaker, and the slowest."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--speakers", type=int, default=12)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    problem, _placements = congress(**SIZE, seed=given.seed)
    placements = published(problem, given.seed)
    assert not [v for v in violations(problem, default_rules(problem), placements) if v.hard]
    print("| speaker | seconds | ways | moves | proven minimum | people | minutes | choices lost |")
    print("|---|---|---|---|---|---|---|---|")
    took = []
    for who, changed in changes(problem, placements, given.speakers, given.seed):
        rules = default_rules(changed)
        began = time.perf_counter()
        mended = mend(changed, rules, placements, seconds=SECONDS, seed=given.seed)
        took.append(time.perf_counter() - began)
        least = proven_fewest(changed, rules, placements, seconds=PROOF_S, seed=given.seed)
        ways = mended.alternatives
        assert mended.conflict is not None or not any(way.remaining for way in ways)
        if mended.conflict is not None:
            why = " ".join(in_words(reason.words, "en", str) for reason in mended.conflict.reasons)
            print(f"| {who} | {took[-1]:.2f} | {len(ways)} | nothing fits: {why} | | | | |")
            continue
        told = [" / ".join(str(value) for value in values) for values in (
            [f"{len(way.moves)}{'' if way.minimal else '?'}" for way in ways],
            [way.people for way in ways],
            [way.minutes for way in ways],
            [way.choices_lost for way in ways],
        )]  # fmt: skip
        minimum = "impossible" if least is None else str(least)
        print(f"| {who} | {took[-1]:.2f} | {len(ways)} | {told[0]} | {minimum} | {told[1]} | {told[2]} | {told[3]} |")
    print(f"\nmedian {statistics.median(took):.2f} s, slowest {max(took):.2f} s, seed {given.seed}")


if __name__ == "__main__":
    main()
