"""An instance as a timetable costs what CoSPLib's objective says, term by term."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from bench.cosplib_instances import make_instance, make_planted
from parvis.domain.timetable.cosplib.conflicts import attendee_pairs, chair_pairs, ordered_pairs, presenter_pairs
from parvis.domain.timetable.cosplib.instance import TERMS, CosplibInstance, CosplibSession, Zones
from parvis.domain.timetable.cosplib.schedules import schedule_of
from parvis.domain.timetable.cosplib.timetables import ORDER_AT_ONCE, openings, timetable_of, zone_penalty
from parvis.domain.timetable.json_form import dumped, loaded, read_timetable, write_timetable
from parvis.domain.timetable.placements import Placements
from parvis.domain.timetable.violations import score_of, violations
from parvis.ingest.cosplib import read_cosplib
from tests.domain.timetable.cosplib.objective import terms_of
from tests.factories.cosplib import random_placements, small_sheets, workbook_of


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - reproducible on purpose


def small() -> CosplibInstance:
    return read_cosplib(workbook_of(small_sheets()))


def judged(instance: CosplibInstance, placements: Placements) -> Counter[str]:
    """Return the terms that cost something, and check that the whole costs what they weigh."""
    timetable = timetable_of(instance)
    found = violations(timetable.problem, timetable.rules, placements)
    terms = Counter[str]()
    for violation in found:
        terms[violation.rule.replace(ORDER_AT_ONCE, "order")] += violation.amount
    weighed = sum(instance.weight(term) * amount for term, amount in terms.items())
    assert score_of(found) == (0, weighed)
    return terms


@pytest.mark.parametrize("seed", range(40))
def test_a_small_instance_costs_what_its_terms_say(seed: int) -> None:
    instance = small()
    placements = random_placements(instance, seeded(seed))
    expected = terms_of(instance, schedule_of(instance, placements))
    assert judged(instance, placements) == Counter({term: value for term, value in expected.items() if value})


def test_every_term_is_put_to_the_test() -> None:
    """Random schedules of the small instance cost something in each term: agreeing on nothing would prove nothing."""
    instance, found = small(), Counter[str]()
    for seed in range(40):
        found.update(judged(instance, random_placements(instance, seeded(seed))).keys())
    assert {term for term in TERMS if found[term] < 3} == set()


@pytest.mark.parametrize(
    ("seed", "variant"),
    [
        (1, {}),
        (2, {"longest": 4}),
        (3, {"fixed_orders": True}),
        (4, {"time_zones": True, "windows": True}),
        (5, {"fixed_orders": True, "time_zones": True, "windows": True, "longest": 3}),
    ],
)
def test_made_instances_cost_what_their_terms_say(seed: int, variant: dict[str, int]) -> None:
    made = read_cosplib(make_instance(90, 12, 6, 5, seed, **variant))
    instance = replace(made, weights=tuple(range(1, 17)))
    placements = random_placements(instance, seeded(seed))
    expected = terms_of(instance, schedule_of(instance, placements))
    assert judged(instance, placements) == Counter({term: value for term, value in expected.items() if value})


def test_instances_are_made_around_a_schedule_that_keeps_to_their_orders_and_windows() -> None:
    content, planted = make_planted(200, 20, 8, 7, 9, fixed_orders=True, windows=True)
    instance = read_cosplib(content)
    assert len(planted) == len(instance.submissions) == 200
    assert instance.weight("order") == 1_000_000
    assert sum(one.order > 0 for one in instance.submissions) > 100
    terms = terms_of(instance, schedule_of(instance, planted))
    assert terms["tracks_sessions"] == 0
    timetable = timetable_of(instance)
    found = violations(timetable.problem, timetable.rules, planted)
    assert not [violation for violation in found if violation.hard or violation.kind == "theme_order"]


def test_terms_without_a_weight_are_left_out() -> None:
    instance = replace(small(), weights=tuple(int(term == "order") for term in TERMS))
    assert [rule.key for rule in timetable_of(instance).rules if not rule.hard] == ["order", ORDER_AT_ONCE]
    hard = {rule.key for rule in timetable_of(instance).rules if rule.hard}
    assert hard == {"room_once", "inside_days", "on_grid", "placed", "one_theme_per_cell"}


def test_what_cannot_be_in_a_schedule_is_a_hard_fault() -> None:
    instance = small()
    timetable = timetable_of(instance)
    placements = random_placements(instance, seeded(1))
    for broken, rule in (
        (placements.moved("w1", None), "placed"),
        (placements.moved("w1", placements["a1"]), "one_theme_per_cell"),
        (placements.moved("w1", placements["w1"]._replace(start=placements["w1"].start + 1)), "on_grid"),
        (placements.moved("w1", placements["w1"]._replace(start=700)), "inside_days"),
        (placements.moved("w1", placements["w2"]), "room_once"),
    ):
        found = violations(timetable.problem, timetable.rules, broken)
        assert rule in {violation.rule for violation in found if violation.hard}


def test_a_timetable_goes_into_a_file_and_back() -> None:
    instance = small()
    timetable = timetable_of(instance)
    placements = random_placements(instance, seeded(3))
    written = write_timetable(timetable.problem, timetable.rules, placements)
    again = read_timetable(loaded(dumped(written)))
    assert again.problem == timetable.problem
    assert again.rules == timetable.rules
    assert again.placements == placements


def test_names_are_kept_to_the_blank() -> None:
    problem = timetable_of(small()).problem
    assert [day.key for day in problem.days] == ["Mon am", "Mon pm ", "Tue"]
    assert [room.key for room in problem.rooms] == ["Hall", "Loft", "7"]
    assert [session.key for session in problem.sessions][4:] == ["s2 ", "a1", "a2", "8"]
    assert {session.themes[0] for session in problem.sessions} == {"Water", " Soil", "Air"}


def test_sessions_open_a_day_apart_or_more_where_they_are_longer() -> None:
    assert openings([3, 4, 3]) == [0, 1440, 2880]
    assert openings([144, 1]) == [0, 1440]
    assert openings([145, 1]) == [0, 2880]
    assert openings([]) == []


@pytest.mark.parametrize(
    ("zone", "starts", "ends", "penalty"),
    [
        (1, "09:30", "21:30", 0),
        (1, "09:29", "12:00", 1),
        (1, "07:00", "09:00", 1),
        (1, "06:59", "09:00", 10),
        (1, "20:00", "21:31", 1),
        (1, "20:00", "23:00", 1),
        (1, "20:00", "23:01", 10),
        (9, "09:00", "10:30", 0),  # 17:00 to 18:30 there
        (9, "14:00", "15:30", 10),  # 22:00 to 23:30
        (9, "15:00", "16:30", 10),  # 23:00 to 00:30: it ends the next morning
        (-5, "14:00", "16:00", 1),  # 08:00 to 10:00
        (-8, "09:00", "10:00", 10),  # midnight
    ],
)
def test_hours_cost_what_the_clock_shows_there(zone: int, starts: str, ends: str, penalty: int) -> None:
    def minutes(hour: str) -> int:
        return int(hour[:2]) * 60 + int(hour[3:])

    zones = Zones(1, minutes("09:30"), minutes("21:30"), minutes("07:00"), minutes("23:00"), 1, 10)
    assert zone_penalty(zones, zone, CosplibSession("s", 4, minutes(starts), minutes(ends))) == penalty


def test_pairs_are_found_as_the_page_defines_them() -> None:
    instance = small()
    names = [one.reference for one in instance.submissions]

    def named(pairs: list[tuple[int, int]]) -> set[tuple[str, str]]:
        return {(names[one], names[other]) for one, other in pairs}

    assert named(presenter_pairs(instance)) == {
        ("w1", "w2"),  # Bo
        ("w1", "w3"),  # Ada
        ("w1", "a2"),
        ("w3", "a2"),
        ("w1", "a1"),  # Eve presents the one and chairs the track of the other
        ("w2", "a1"),
        ("w3", "a1"),
    }
    assert {("w1", "w2"), ("w1", "s1"), ("w2", "s1"), ("s1", "a1")}.isdisjoint(chair_pairs(instance))
    assert [(instance.tracks[one].name, instance.tracks[other].name) for one, other in chair_pairs(instance)] == [
        ("Water", " Soil")
    ]
    assert named(ordered_pairs(instance)) == {("w1", "w2"), ("s1", "s2 "), ("a2", "8")}
    attend = named(attendee_pairs(instance))
    assert ("w1", "s1") in attend, "Cy attends the one and presents the other"
    assert ("w1", "s2 ") in attend, "Cy attends both"
    assert ("w2", "s2 ") in attend, "Dee attends the one and presents the other"
    assert ("w2", "s1") in attend, "Flo attends the one and chairs the track of the other"
    assert ("a1", "s1") not in attend
