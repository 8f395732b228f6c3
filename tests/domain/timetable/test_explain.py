"""Costs add up to the score, shares to the costs; and a card's other places are what the judge says of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from parvis.domain.timetable.defaults import default_rules
from parvis.domain.timetable.explain import costs, why_here
from parvis.domain.timetable.placements import NoSuchSession, Place
from parvis.domain.timetable.state import State
from parvis.domain.timetable.violations import score_of, violations
from tests.domain.timetable.congress import congress
from tests.domain.timetable.strategies import Case, cases


@given(case=cases())
@settings(max_examples=100, deadline=None)
def test_costs_add_up_to_the_score(case: Case) -> None:
    found = costs(case.problem, case.rules, case.placements)
    score = score_of(violations(case.problem, case.rules, case.placements))
    assert sum(cost.cost for cost in found) == score.cost
    assert sum(cost.count for cost in found if cost.hard) == score.hard
    assert {cost.rule for cost in found} == {rule.key for rule in case.rules}
    for cost in found:
        for payers in (cost.persons, cost.organisations, cost.sessions):
            assert sum(payer.cost for payer in payers) <= cost.cost
            assert sum(payer.amount for payer in payers) <= cost.amount
        assert [v.amount for v in cost.largest] == sorted((v.amount for v in cost.largest), reverse=True)
    broken = [cost.hard and cost.count > 0 for cost in found]
    assert broken == sorted(broken, reverse=True)


@given(case=cases())
@settings(max_examples=100, deadline=None)
def test_a_cards_other_places_are_what_the_judge_says(case: Case) -> None:
    state = State(case.problem, case.rules, case.placements)
    before = score_of(violations(case.problem, case.rules, case.placements))
    for session in sorted(case.problem.session_of)[:3]:
        reasons = why_here(case.problem, case.rules, case.placements, session, state=state)
        assert state.placements == case.placements
        assert reasons.here == case.placements.get(session)
        assert all(session in violation.sessions for violation in reasons.wrong)
        for other in (*reasons.next_best, *reasons.forbidden):
            moved = violations(case.problem, case.rules, case.placements.moved(session, other.place))
            after = score_of(moved)
            assert other.score == (after.hard - before.hard, after.cost - before.cost)
            assert sum(change.cost for change in other.changes) == other.score.cost
            assert sum(change.count for change in other.changes if change.hard) == other.score.hard
            assert {violation.key for violation in other.forbidding} <= {violation.key for violation in moved}
        assert all(other.place != reasons.here for other in reasons.next_best)
        assert all(not other.forbidding for other in reasons.next_best if reasons.here is None)
        assert len(reasons.next_best) <= 5


def test_what_is_best_comes_first_and_what_forbids_is_named() -> None:
    problem, placements = congress(sessions=24, rooms=5, days=2, persons=60, participants=80)
    rules = default_rules(problem)
    session = "s010"
    reasons = why_here(problem, rules, placements, session, limit=3)
    assert 0 < len(reasons.next_best) <= 3
    differences = [other.score.cost for other in reasons.next_best]
    assert differences == sorted(differences)
    assert reasons.forbidden
    assert all(other.score.cost < 0 and other.forbidding for other in reasons.forbidden)
    near = [abs(other.place.start - placements[session].start) for other in reasons.forbidden]
    assert near == sorted(near)


def test_an_unplaced_card_and_one_that_is_not() -> None:
    problem, placements = congress(sessions=24, rooms=5, days=2, persons=60)
    rules = default_rules(problem)
    reasons = why_here(problem, rules, placements.moved("s010", None), "s010")
    assert reasons.here is None
    assert {violation.kind for violation in reasons.wrong} == {"placed"}
    assert reasons.next_best[0].score.cost < 0
    assert isinstance(reasons.next_best[0].place, Place)
    with pytest.raises(NoSuchSession):
        why_here(problem, rules, placements, "s999")
