"""The incremental evaluator says what the full one says, after any moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date, time
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.domain.timetable.defaults import default_rules
from parvis.domain.timetable.jury import Jury
from parvis.domain.timetable.placements import NoSuchRoom, NoSuchSession, Place, Placements
from parvis.domain.timetable.problem import Day, Problem, Room, Session
from parvis.domain.timetable.rules import PlenariesAlone, RoomOnce
from parvis.domain.timetable.state import State
from parvis.domain.timetable.timeline import Timeline
from parvis.domain.timetable.verdicts import Score
from parvis.domain.timetable.violations import score_of, violations
from tests.domain.timetable.congress import congress
from tests.domain.timetable.strategies import Case, cases


@given(case=cases())
@settings(max_examples=600, deadline=None)
def test_after_any_moves_the_state_says_what_the_judge_says(case: Case) -> None:
    state = State(case.problem, case.rules, case.placements)
    placements = case.placements
    assert state.violations() == violations(case.problem, case.rules, placements)
    for session, place in case.moves:
        before = {violation.key: violation for violation in state.violations()}
        foreseen = state.delta(session, place)
        assert state.placements == placements, "asking what a move would change moves nothing"
        was = state.score
        verdict = state.move(session, place)
        placements = placements.moved(session, place)
        expected = violations(case.problem, case.rules, placements)
        assert state.violations() == expected
        assert state.placements == placements
        assert state.score == verdict.score == score_of(expected) == was.plus(foreseen)
        after = {violation.key: violation for violation in expected}
        assert {v.key: v for v in verdict.appeared} == {k: v for k, v in after.items() if before.get(k) != v}
        assert set(verdict.gone) == before.keys() - after.keys()
        for key in case.problem.session_of:
            assert state.violations_of(key) == [violation for violation in expected if key in violation.sessions]


@given(case=cases())
@settings(max_examples=200, deadline=None)
def test_there_and_back_restores(case: Case) -> None:
    state = State(case.problem, case.rules, case.placements)
    before, score = state.violations(), state.score
    done = [state.move(session, place).move for session, place in case.moves]
    for move in reversed(done):
        state.move(move.undone.session, move.undone.to)
    assert state.violations() == before
    assert state.score == score
    assert state.placements == case.placements


@given(case=cases(most_moves=5))
@settings(max_examples=200, deadline=None)
def test_several_moves_are_weighed_together(case: Case) -> None:
    state = State(case.problem, case.rules, case.placements)
    before = state.score
    change = state.delta_of(case.moves)
    assert state.placements == case.placements
    for session, place in case.moves:
        state.apply(session, place)
    assert state.score == before.plus(change)


@given(case=cases(), seed=st.integers(0, 2**32))
@settings(max_examples=150, deadline=None)
def test_the_verdict_does_not_depend_on_any_order(case: Case, seed: int) -> None:
    """Rules, records and placements in another order: the same violations, in the same order."""
    problem = case.problem

    def shuffled(values: Sequence[Any]) -> list[Any]:
        return Random(seed).sample(values, len(values))  # noqa: S311 - reproducible on purpose

    parts = (field.name for field in fields(Problem) if field.init and isinstance(getattr(problem, field.name), tuple))
    other = replace(problem, **{name: tuple(shuffled(getattr(problem, name))) for name in parts})
    rules = shuffled(case.rules)
    placements = Placements(dict(shuffled(list(case.placements.items()))))
    assert violations(other, rules, placements) == violations(problem, case.rules, case.placements)
    assert State(other, rules, placements).violations() == violations(problem, case.rules, case.placements)


def test_a_congress_stays_in_step() -> None:
    """As large as life: two hundred moves among a hundred and fifty sessions, with every default rule."""
    problem, placements = congress(sessions=150, rooms=12, persons=300, days=3, participants=400)
    rules = default_rules(problem)
    state = State(problem, rules, placements)
    keys, rooms = sorted(problem.session_of), sorted(problem.room_of)
    for step in range(200):
        session = keys[step * 37 % len(keys)]
        day = problem.days[step % len(problem.days)]
        place = Place(rooms[step * 7 % len(rooms)], day.opens + step * 25 % 480)
        foreseen = state.delta(session, place)
        before = state.score
        state.move(session, place)
        placements = placements.moved(session, place)
        assert state.score == before.plus(foreseen)
    assert state.violations() == violations(problem, rules, placements)


TIMELINE = Timeline.from_day("Europe/Paris", date(2025, 10, 23))
SMALL = Problem(
    TIMELINE,
    days=(Day.on(TIMELINE, date(2025, 10, 23), time(9), time(18)),),
    rooms=(Room("etoile", "Étoile"), Room("marly", "Marly")),
    sessions=(Session("a", "A", 90, "workshop"), Session("b", "B", 90, "plenary")),
)
NINE = SMALL.days[0].opens


def test_a_move_tells_what_appeared_and_what_is_gone() -> None:
    rules = [RoomOnce(key="rooms"), PlenariesAlone(key="plenaries", hard=False, weight=7)]
    state = State(SMALL, rules, Placements({"a": Place("etoile", NINE)}))
    verdict = state.move("b", Place("etoile", NINE + 60))
    assert [violation.key for violation in verdict.appeared] == ["rooms/a/b", "plenaries/a/b"]
    assert verdict.score == Score(1, 7)
    verdict = state.move("b", Place("marly", NINE + 60))
    assert verdict.appeared == ()
    assert verdict.gone == ("rooms/a/b",)
    verdict = state.move("b", Place("marly", NINE + 30))
    assert [violation.key for violation in verdict.appeared] == ["plenaries/a/b"], "it says other hours now"
    assert verdict.gone == ()
    assert state.move("b", None).gone == ("plenaries/a/b",)
    assert state.score == Score(0, 0)


def test_one_may_begin_when_the_other_ends() -> None:
    state = State(SMALL, [RoomOnce(key="rooms")], Placements({"a": Place("etoile", NINE)}))
    assert state.delta("b", Place("etoile", NINE + 90)) == Score(0, 0)
    assert state.delta("b", Place("etoile", NINE + 89)) == Score(1, 0)


def test_a_jury_made_before_serves_again() -> None:
    rules = [RoomOnce(key="rooms")]
    jury = Jury(SMALL, rules)
    both = Placements({"a": Place("etoile", NINE), "b": Place("etoile", NINE)})
    assert State(SMALL, rules, both, jury=jury).violations() == violations(SMALL, rules, both)


def test_what_is_not_there_cannot_be_moved() -> None:
    state = State(SMALL, [])
    with pytest.raises(NoSuchSession):
        state.move("c", None)
    with pytest.raises(NoSuchRoom):
        state.delta("a", Place("louvre", NINE))
    with pytest.raises(NoSuchRoom):
        State(SMALL, [], Placements({"a": Place("louvre", NINE)}))
    with pytest.raises(NoSuchSession):
        violations(SMALL, [], Placements({"c": Place("etoile", NINE)}))
