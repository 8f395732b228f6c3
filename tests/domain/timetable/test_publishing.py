"""What publishing asks of a timetable: drafts are not judged, hard rules are asked about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.timetable.defaults import default_rules, in_order
from parvis.domain.timetable.placements import Place, Placements
from parvis.domain.timetable.problem import Day, Intervention, Person, Problem, Room, Session, Window
from parvis.domain.timetable.publishing import Timetabled, ViolationsRemain, check_remaining, only, remaining
from parvis.domain.timetable.rules import KINDS, BreaksKept, InterpretationTeams, PlaceBefore, RoomOnce, Stability
from parvis.domain.timetable.timeline import Timeline
from parvis.domain.timetable.violations import violations
from tests.domain.timetable.oracles import BY_SUBJECT
from tests.domain.timetable.strategies import placements_of, problem_of, rule_of, seeded

TIMELINE = Timeline.from_day("Europe/Paris", date(2025, 10, 23))
PROBLEM = Problem(
    TIMELINE,
    days=(Day.on(TIMELINE, date(2025, 10, 23), time(9), time(18)),),
    rooms=(Room("etoile", "Étoile", capacity=10),),
    persons=(Person("awa", "Awa"),),
    sessions=(Session("a", "A", 60, "workshop"), Session("b", "B", 60, "workshop"), Session("c", "C", 60, "workshop")),
    interventions=(Intervention("a", "awa", "speaker"), Intervention("b", "awa", "speaker")),
)
NINE = 9 * 60


def timetable(**places: int) -> Timetabled:
    """Return a timetable in which these sessions stand in one room, at these minutes."""
    rules = (*default_rules(PROBLEM), in_order("b", "a"))
    return Timetabled(PROBLEM, rules, Placements({key: Place("etoile", start) for key, start in places.items()}))


def test_a_draft_takes_no_room_and_nobody_from_what_the_public_reads() -> None:
    both = timetable(a=NINE, b=NINE)
    assert {found.kind for found in remaining(both, {"a", "b"})} == {"room_once", "person_once", "in_order"}
    assert remaining(both, {"a"}) == []


def test_what_is_confirmed_without_a_place_is_told_as_a_wish() -> None:
    found = remaining(timetable(a=NINE), {"a", "c"})
    assert [(item.kind, item.hard, item.sessions) for item in found] == [("placed", False, ("c",))]
    check_remaining(found, accepted=False)


def test_hard_rules_are_asked_about_once_accepted_they_may_stand() -> None:
    found = remaining(timetable(a=NINE, b=NINE), {"a", "b"})
    with pytest.raises(ViolationsRemain) as refused:
        check_remaining(found, accepted=False)
    assert refused.value.violations == tuple(found)
    assert refused.value.params == {"count": 3}
    check_remaining(found, accepted=True)
    check_remaining([], accepted=False)


def test_rules_that_named_a_draft_are_gone_and_never_come_to_mean_everybody() -> None:
    narrow = RoomOnce(key="narrow", sessions=("b", "c"))
    exempt = RoomOnce(key="exempt", exempt=("b",))
    rules = (narrow, replace(narrow, key="gone", sessions=("b",)), exempt, in_order("a", "b"))
    left = only(Timetabled(PROBLEM, rules, Placements()), {"a", "c"}).rules
    assert left == (replace(narrow, sessions=("c",)), replace(exempt, exempt=()))


def test_records_within_a_rule_that_named_a_draft_are_gone_too() -> None:
    stood = (PlaceBefore("a", PROBLEM.rooms[0].key, NINE), PlaceBefore("b", PROBLEM.rooms[0].key, NINE))
    rule = Stability(key="stood", before=stood)
    kept = BreaksKept(key="noon", windows=(Window(NINE, NINE + 60),))
    left = only(Timetabled(PROBLEM, (rule, kept), Placements()), {"a", "c"}).rules
    assert left == (replace(rule, before=stood[:1]), kept)


@given(st.integers(2, 6), st.integers(0, 3), st.integers(0, 2**32))
def test_without_the_drafts_the_rest_is_judged_as_it_was(sessions: int, others: int, seed: int) -> None:
    draw = seeded(seed)
    problem = problem_of(draw, sessions, others)
    rules = tuple(rule_of(draw, kind, problem) for kind in sorted(KINDS))
    whole = Timetabled(problem, rules, placements_of(draw, problem))
    shown = {session.key for session in problem.sessions if draw.random() < 0.6}
    found = remaining(whole, shown)
    assert all(set(item.sessions) <= shown for item in found)
    # What one session or two do alone is as it was; of many together, interpreters are shared out anew among fewer.
    before = violations(problem, rules, whole.placements)
    assert [item for item in found if item.kind not in BY_SUBJECT] == [
        item for item in before if item.kind not in BY_SUBJECT and set(item.sessions) <= shown
    ]
    lacking = [sum(item.amount for item in side if item.kind == InterpretationTeams.kind) for side in (found, before)]
    assert lacking[0] <= lacking[1]
    assert remaining(whole, {session.key for session in problem.sessions}) == before
