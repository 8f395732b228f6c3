"""Makes the demo edition's timetable anew for 600 participants' choices, in three ways, and compares what each costs.

    .venv/bin/python bench/timetable_choices.py [--long 120]

The demo's sessions, rooms, people and rules, nothing placed; 600 participants in delegations choose eight sessions
each, ranked, popular ones more often (seed 1). Ways: a seeded greedy (the longest session first, each at the cheapest
of ten thousand places drawn), CP-SAT alone for 60 s (hard rules, and choices met as its objective), the solver for
10 s (three seeds), and for long, as the best that is known. The judge counts all of them. The demo is loaded into a
database of its own in a temporary folder.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from parvis.domain.timetable.defaults import default_rules  # noqa: E402
from parvis.domain.timetable.placements import Placements  # noqa: E402
from parvis.domain.timetable.problem import Organisation, Problem, Registration  # noqa: E402
from parvis.domain.timetable.rules import Rule  # noqa: E402
from parvis.domain.timetable.violations import score_of, violations  # noqa: E402
from parvis.domain.timetable.worth import worth_of_choices  # noqa: E402
from parvis.solver.boards import new_board  # noqa: E402
from parvis.solver.feasibility import hard_program, read_placements  # noqa: E402
from parvis.solver.feasibility_facts import hard_facts  # noqa: E402
from parvis.solver.feasibility_program import new_solver  # noqa: E402
from parvis.solver.kernel.moves import fill  # noqa: E402
from parvis.solver.model import compile_model  # noqa: E402
from parvis.solver.search import Budget  # noqa: E402
from parvis.solver.solve import solve  # noqa: E402

PEOPLE, CHOICES, PARTIES = 600, 8, 130


def demo_problem() -> Problem:
    """Return the demo edition's facts, nothing pinned."""
    folder = tempfile.mkdtemp()
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.demo"
    os.environ["PARVIS_DEMO_DATABASE"] = f"{folder}/demo.sqlite3"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("demo", "--no-serve", stdout=sys.stderr)
    from parvis.models import Edition
    from parvis.queries.timetable import build_timetable

    edition = Edition.objects.filter(sessions__isnull=False).distinct().order_by("-number").first()
    assert edition is not None
    facts = build_timetable(edition.pk).problem
    return replace(
        facts, sessions=tuple(replace(one, fixed_start=None, fixed_room=None, wishes=0) for one in facts.sessions)
    )


def with_choices(facts: Problem, seed: int = 1) -> Problem:
    """Return the problem with participants who chose."""
    draw = Random(seed)  # noqa: S311 - the same each time
    open_to_all = [one.key for one in facts.sessions if one.format not in ("break", "opening", "plenary", "ceremony")]
    popular = [1 / (1 + at) ** 0.5 for at in range(len(open_to_all))]
    parties = tuple(Organisation(f"party-{at}", f"Délégation {at}") for at in range(PARTIES))
    people = []
    for at in range(PEOPLE):
        chosen = dict.fromkeys(draw.choices(open_to_all, popular, k=4 * CHOICES))
        people.append(Registration(f"p{at}", tuple(chosen)[:CHOICES], True, draw.choice(parties).key))
    wishes: dict[str, int] = {}
    for one in people:
        for key in one.choices:
            wishes[key] = wishes.get(key, 0) + 1
    sessions = tuple(replace(one, wishes=wishes.get(one.key, 0)) for one in facts.sessions)
    return replace(
        facts,
        sessions=sessions,
        registrations=tuple(people),
        organisations=(*facts.organisations, *parties),
    )


def greedily(problem: Problem, rules: list[Rule]) -> Placements:
    """Place the longest session first, each at the cheapest of ten thousand places drawn (seed 1)."""
    model = compile_model(problem, rules, Placements())
    board = new_board(model, seed=1)
    fill(model.memory, board.memory, 10_000)
    return model.placements_of(board.rooms, board.starts)


def by_cp_sat(problem: Problem, rules: list[Rule], seconds: float) -> Placements:
    """Let CP-SAT alone keep the hard rules and meet as many choices as it can."""
    model = compile_model(problem, rules, Placements())
    program = hard_program(model, hard_facts(model))
    at = {key: n for n, key in enumerate(model.sessions)}
    cp: Any = program.cp
    overlapping: dict[tuple[int, int], Any] = {}

    def overlap(one: int, other: int) -> Any:
        pair = (min(one, other), max(one, other))
        if pair not in overlapping:
            both, first, second = (cp.new_bool_var("") for _literal in range(3))
            a, b = pair
            cp.add(program.start[b] >= program.start[a] + program.minutes[a]).only_enforce_if(first)
            cp.add(program.start[a] >= program.start[b] + program.minutes[b]).only_enforce_if(second)
            cp.add_bool_or([both, first, second])
            overlapping[pair] = both
        return overlapping[pair]

    gained = []
    for one in problem.registrations:
        worth = [(at[key], value, cp.new_bool_var("")) for key, value in worth_of_choices(one)]
        gained += [value * there for _session, value, there in worth]
        for n, (session, _value, there) in enumerate(worth):
            for other, _worth, here in worth[:n]:
                cp.add_bool_or([~overlap(session, other), ~there, ~here])
    cp.maximize(sum(gained))
    solver = new_solver(seconds, 1)
    solver.parameters.interleave_search = False
    del solver.parameters.subsolvers[:]
    solver.solve(cp)
    return read_placements(model, program, solver)


def told(name: str, problem: Problem, rules: list[Rule], placements: Placements, seconds: float) -> int:
    """Print a row; return the cost."""
    found = violations(problem, rules, placements)
    score = score_of(found)
    met = sum(fault.amount for fault in found if fault.kind == "choices_met")
    wanted = sum(value for one in problem.registrations for _key, value in worth_of_choices(one))
    print(
        f"| {name} | {seconds:.1f} | {score.hard} | {score.cost:,} | {100 * met / wanted:.1f} % | {len(placements)} |",
        flush=True,
    )
    return score.cost


def main() -> None:
    """Compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--long", type=float, default=120.0)
    parser.add_argument("--alone", type=float, default=60.0)
    asked = parser.parse_args()
    problem = with_choices(demo_problem())
    rules = default_rules(problem)
    solve(problem, rules, Placements(), budget=Budget(moves=50))  # compiled now, if ever
    print(f"{len(problem.sessions)} sessions, {len(problem.rooms)} rooms, {len(problem.registrations)} participants")
    print("| way | s | hard | cost | worth of choices lost | placed |\n|---|---|---|---|---|---|")
    began = time.monotonic()
    greedy = greedily(problem, rules)
    told("greedy", problem, rules, greedy, time.monotonic() - began)
    for seed in (1, 2, 3):
        found = solve(problem, rules, Placements(), budget=Budget(10.0), seed=seed)
        told(f"solver, seed {seed}", problem, rules, found.placements, found.seconds)
    found = solve(problem, rules, Placements(), budget=Budget(asked.long), seed=9)
    told("solver, long", problem, rules, found.placements, found.seconds)
    began = time.monotonic()
    alone = by_cp_sat(problem, rules, asked.alone)
    told("CP-SAT alone", problem, rules, alone, time.monotonic() - began)


if __name__ == "__main__":
    main()
