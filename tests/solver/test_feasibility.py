"""CP-SAT's word on what is possible, against trying everything; and its placements before the judge."""

from __future__ import annotations

from hypothesis import given, settings

from parvis.domain.timetable import rules as r
from parvis.domain.timetable.defaults import default_rules
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Day, Problem, Room, Session, Theme
from parvis.domain.timetable.violations import score_of, violations
from parvis.solver.feasibility import find_feasible
from parvis.solver.feasibility_facts import cliques_of
from parvis.solver.model import compile_model
from tests.domain.timetable.congress import congress
from tests.domain.timetable.strategies import TIMELINE
from tests.solver.small_cases import Tight, possible, tights


@given(tight=tights())
@settings(max_examples=150, deadline=None)
def test_it_finds_a_way_or_proves_that_there_is_none(tight: Tight) -> None:
    model = compile_model(tight.problem, tight.rules)
    outcome = find_feasible(model, 20.0)
    assert outcome.proven_infeasible != possible(tight)
    assert (outcome.placements is None) == outcome.proven_infeasible
    if outcome.placements is not None:
        assert len(outcome.placements) == len(tight.problem.sessions)
        assert not [v for v in violations(tight.problem, tight.rules, outcome.placements) if v.hard]
        assert outcome.beyond == ()


def test_the_same_seed_finds_the_same_and_a_hint_is_taken() -> None:
    problem, placements = congress(sessions=24, rooms=5, days=2, persons=60)
    rules = default_rules(problem)
    model = compile_model(problem, rules)
    first, second = (find_feasible(model, 30.0, seed=3) for _run in range(2))
    assert first.placements is not None
    assert first.placements == second.placements
    assert score_of(violations(problem, rules, first.placements)).hard == 0
    again = find_feasible(model, 30.0, first.placements, seed=4)
    assert again.placements == first.placements
    assert find_feasible(model, 30.0, placements).placements is not None


def test_frozen_sessions_stay_and_may_make_it_impossible() -> None:
    day = Day("d", 600, 720, 30)
    sessions = tuple(Session(f"s{n}", f"Atelier {n}", 60, "workshop") for n in range(2))
    problem = Problem(TIMELINE, days=(day,), rooms=(Room("a", "A"),), sessions=sessions)
    rules = [r.RoomOnce(key="room_once")]
    for start, possible_then in ((600, True), (630, False)):
        model = compile_model(problem, rules, {"s0": Place("a", start)}, frozen=["s0"])
        outcome = find_feasible(model, 10.0)
        assert outcome.proven_infeasible is not possible_then
        if outcome.placements is not None:
            assert dict(outcome.placements) == {"s0": Place("a", 600), "s1": Place("a", 660)}


def test_a_debate_longer_than_its_session_is_left_aside_on_demand() -> None:
    day = Day("d", 600, 720, 30)
    sessions = (Session("s", "Atelier", 60, "workshop", debate_min=90),)
    problem = Problem(TIMELINE, days=(day,), rooms=(Room("a", "A"),), sessions=sessions)
    model = compile_model(problem, [r.DebateTime(key="debate_time")])
    assert find_feasible(model, 10.0).proven_infeasible
    assert find_feasible(model, 10.0, aside=True).placements is not None


def test_a_room_keeps_to_one_theme_a_day_and_pairs_to_one_room() -> None:
    day, themes = Day("d", 600, 720, 30), (Theme("t", "T"), Theme("u", "U"))
    sessions = tuple(Session(f"s{n}", f"Atelier {n}", 60, "workshop", themes=("tu"[n],)) for n in range(2))
    for rooms, possible_then in (("a",), False), (("a", "b"), True):
        problem = Problem(
            TIMELINE, days=(day,), rooms=tuple(Room(k, k) for k in rooms), themes=themes, sessions=sessions
        )
        model = compile_model(problem, [r.RoomOnce(key="room_once"), r.OneThemePerCell(key="cells", hard=True)])
        assert find_feasible(model, 10.0).proven_infeasible is not possible_then
        apart = r.Apart(key="apart", hard=True, pairs=(r.SessionPair("s0", "s1"),))
        model = compile_model(problem, [r.RoomOnce(key="room_once"), apart])
        found = find_feasible(model, 10.0).placements
        assert found is not None
        assert found["s0"].room == found["s1"].room


def test_cliques_cover_all_pairs_and_no_others() -> None:
    pairs = [(0, 1), (0, 2), (1, 2), (2, 3), (4, 5)]
    found = cliques_of(pairs)
    covered = {(one, other) for own in found for one in own for other in own if one < other}
    assert covered == set(pairs)
    assert (0, 1, 2) in found
