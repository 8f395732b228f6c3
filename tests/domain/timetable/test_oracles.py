"""Each kind of rule finds what a second, plainer reading of it finds."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules import KINDS
from parvis.domain.timetable.verdicts import Words
from parvis.domain.timetable.violations import Violation, violations
from tests.domain.timetable.oracles import BY_SUBJECT, ORACLES
from tests.domain.timetable.strategies import kinds_for, placements_of, problem_of, problems, rule_of, seeded


def found_by(violation: Violation) -> Any:
    """Return what an oracle calls the place of a fault: its subject, or the sessions."""
    return violation.key.removeprefix(f"{violation.rule}/") if violation.kind in BY_SUBJECT else violation.sessions


def filled(words: Words) -> str:
    """Return the words with something in each place; a place that nothing fills is an error."""
    return words.sentence % {name: str(value) for name, value in words.params.items()}


def test_every_kind_has_its_oracle() -> None:
    assert ORACLES.keys() == KINDS.keys()


def judged(kind: str, problem: Problem, draw: Random) -> list[Violation]:
    """Judge one random rule, and compare."""
    rule, placements = rule_of(draw, kind, problem), placements_of(draw, problem)
    found = violations(problem, [rule], placements)
    assert {found_by(violation): violation.amount for violation in found} == ORACLES[kind](problem, rule, placements)
    assert len(found) == len({violation.key for violation in found})
    for violation in found:
        assert violation.hard == rule.hard
        assert violation.cost == (0 if rule.hard else rule.weight * violation.amount)
        assert filled(violation.words)
        assert all(filled(violation.seen_from(session)) for session in violation.sessions)
    return found


@given(problem=problems(), seed=st.integers(0, 2**32))
@settings(max_examples=500, deadline=None)
def test_rules_find_what_their_oracles_find(problem: Problem, seed: int) -> None:
    draw = seeded(seed)
    for kind in kinds_for(problem):
        judged(kind, problem, draw)


def test_oracles_are_put_to_the_test() -> None:
    """Random timetables do hold faults of each kind: agreeing on nothing would prove nothing."""
    faulty: Counter[str] = Counter()
    for seed in range(600):
        draw = seeded(seed)
        problem = problem_of(draw, draw.randint(2, 6), draw.randint(1, 3))
        faulty.update(kind for kind in KINDS if judged(kind, problem, draw))
    rare = {kind: faulty[kind] for kind in KINDS if faulty[kind] < 20}
    assert not rare, "these kinds are hardly ever broken"
