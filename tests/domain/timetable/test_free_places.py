"""Free places are those without a hard violation, all of them, the nearest first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.domain.timetable.defaults import default_rules
from parvis.domain.timetable.free_places import OFFERED, free_slots, places_to_offer
from parvis.domain.timetable.placements import NoSuchSession, Place, Placements
from parvis.domain.timetable.problem import Day, Intervention, Person, Problem, Room, Session, Window
from parvis.domain.timetable.state import State
from parvis.domain.timetable.timeline import Timeline
from parvis.domain.timetable.violations import violations
from tests.domain.timetable.strategies import Case, cases


@given(case=cases(most_moves=1), anywhere=st.booleans())
@settings(max_examples=150, deadline=None)
def test_they_are_what_trying_every_place_finds(case: Case, anywhere: bool) -> None:
    """A place is free when it adds no hard fault, and worsens none, against the tray."""
    (session, wanted), problem = case.moves[0], case.problem
    near = None if anywhere else wanted
    found = free_slots(problem, case.rules, case.placements, session, near=near)

    def hard(place: Place | None) -> dict[str, int]:
        after = case.placements.moved(session, place)
        return {v.key: v.amount for v in violations(problem, case.rules, after) if v.hard and v.kind != "placed"}

    tray, expected = hard(None), set()
    for day in problem.days:
        for start in range(day.opens, day.closes - problem.session_of[session].duration_min + 1, day.step_min):
            for room in problem.room_of:
                here = hard(Place(room, start))
                if all(amount <= tray.get(key, 0) for key, amount in here.items()):
                    expected.add(Place(room, start))
    assert {slot.place for slot in found} == expected
    assert len(found) == len(expected)
    unplaced = State(problem, case.rules, case.placements.moved(session, None))
    for slot in found:
        assert slot.cost == unplaced.delta(session, slot.place).cost
    far = [abs(slot.place.start - near.start) if near is not None else slot.place.start for slot in found]
    assert far == sorted(far)


@given(case=cases(most_moves=1))
@settings(max_examples=150, deadline=None)
def test_what_is_offered_is_free_elsewhere_and_something_is_offered_where_anything_is(case: Case) -> None:
    session, wanted = case.moves[0]
    near = wanted or Place(case.problem.rooms[0].key, 0)
    now = case.placements.get(session)
    free = {slot.place for slot in free_slots(case.problem, case.rules, case.placements, session)} - {now}
    offered = [s.place for s in places_to_offer(case.problem, case.rules, case.placements, session, near=near)]
    assert set(offered) <= free
    assert len(set(offered)) == len(offered) <= OFFERED
    assert bool(offered) == bool(free)
    far = [abs(place.start - near.start) for place in offered]
    assert far == sorted(far)
    if any(place.start == near.start and place.room != near.room for place in free):
        assert far[0] == 0


TIMELINE = Timeline.from_day("Europe/Paris", date(2025, 10, 23))
DAY = Day.on(TIMELINE, date(2025, 10, 23), time(9), time(12), 30)
NINE = DAY.opens
PROBLEM = Problem(
    TIMELINE,
    days=(DAY,),
    rooms=(
        Room("etoile1", "Étoile 1", 100, position=1),
        Room("etoile2", "Étoile 2", 100, position=2),
        Room("marly", "Marly", 100, building="Marly", position=3),
        Room("closet", "Réserve", 5, position=4),
    ),
    persons=(Person("minister", "La ministre", (Window(NINE + 60, NINE + 120),)),),
    sessions=(
        Session("taken", "Eau", 60, "workshop", enrolled=50),
        Session("mine", "Déchets", 60, "workshop", enrolled=50),
        Session("speech", "Discours", 60, "workshop", enrolled=50),
    ),
    interventions=(Intervention("speech", "minister", "speaker"),),
    between_buildings_min=10,
)
RULES = default_rules(PROBLEM)
TAKEN = Placements({"taken": Place("etoile1", NINE + 60)})


def test_a_taken_place_offers_the_nearest() -> None:
    """At the same time first, in the next room before the next building; then half an hour off."""
    found = free_slots(PROBLEM, RULES, TAKEN, "mine", near=Place("etoile1", NINE + 60), limit=4)
    assert [slot.place for slot in found] == [
        Place("etoile2", NINE + 60),
        Place("marly", NINE + 60),
        Place("etoile2", NINE + 30),
        Place("marly", NINE + 30),
    ]


def test_what_is_offered_differs() -> None:
    """Other rooms at that time, then the next times after and before in that room: no row of five minutes more."""
    fine = replace(PROBLEM, days=(replace(DAY, step_min=5),))
    found = places_to_offer(fine, RULES, TAKEN, "mine", near=Place("etoile1", NINE + 65))
    assert [slot.place for slot in found] == [
        Place("etoile2", NINE + 65),
        Place("marly", NINE + 65),
        Place("etoile1", NINE + 120),
        Place("etoile1", NINE),
    ]
    few = places_to_offer(fine, RULES, TAKEN, "mine", near=Place("etoile1", NINE + 65), limit=3)
    assert [slot.place for slot in few] == [found[0].place, found[2].place, found[3].place]


def test_a_room_that_never_fits_offers_others_at_that_time_or_the_nearest() -> None:
    found = places_to_offer(PROBLEM, RULES, TAKEN, "speech", near=Place("closet", NINE))
    assert [slot.place for slot in found] == [Place("etoile2", NINE + 60), Place("marly", NINE + 60)]


def test_the_minister_leaves_one_hour() -> None:
    found = free_slots(PROBLEM, RULES, TAKEN, "speech")
    assert {slot.place.start for slot in found} == {NINE + 60}
    assert [slot.place.room for slot in found] == ["etoile2", "marly"], "the closet is too small, Étoile 1 is taken"


def test_its_own_place_is_free_for_a_session() -> None:
    found = free_slots(PROBLEM, RULES, TAKEN, "taken", near=TAKEN["taken"], limit=1)
    assert [slot.place for slot in found] == [TAKEN["taken"]]


def test_rooms_and_hours_can_be_narrowed() -> None:
    found = free_slots(PROBLEM, RULES, TAKEN, "mine", rooms=["marly"], within=Window(NINE + 60, NINE + 150))
    assert [slot.place for slot in found] == [Place("marly", NINE + 60), Place("marly", NINE + 90)]


def test_a_state_is_left_as_it_was() -> None:
    state = State(PROBLEM, RULES, TAKEN)
    before = state.violations()
    assert free_slots(PROBLEM, RULES, TAKEN, "taken", state=state) == free_slots(PROBLEM, RULES, TAKEN, "taken")
    assert state.placements == TAKEN
    assert state.violations() == before


def test_what_is_wrong_everywhere_forbids_no_place() -> None:
    """A debate that does not fit is told, but the session can be placed."""
    crowded = PROBLEM.with_session(Session("mine", "Déchets", 60, "workshop", debate_min=90))
    assert len(violations(crowded, RULES, TAKEN)) == len(violations(PROBLEM, RULES, TAKEN)) + 1
    assert free_slots(crowded, RULES, TAKEN, "mine")


def test_nothing_fits() -> None:
    assert free_slots(PROBLEM.with_session(Session("mine", "Déchets", 181, "workshop")), RULES, TAKEN, "mine") == []
    without = Problem(TIMELINE, rooms=PROBLEM.rooms, sessions=PROBLEM.sessions)
    assert free_slots(without, [], Placements(), "mine") == []
    with pytest.raises(NoSuchSession):
        free_slots(PROBLEM, RULES, TAKEN, "nobody")
