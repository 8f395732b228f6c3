"""Rooms that fit, balance, compact days, meals, and what stays where it stood: what each amounts to, unit by unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from parvis.domain.timetable.checks import KeyTwice, NothingByThatKey, OutOfBounds
from parvis.domain.timetable.free_places import free_slots
from parvis.domain.timetable.jury import check_rules
from parvis.domain.timetable.placements import Place, Placements
from parvis.domain.timetable.problem import Day, Intervention, Person, Problem, Room, Session, Window
from parvis.domain.timetable.rules import (
    BreaksKept,
    CompactDays,
    ParallelBalance,
    PlaceBefore,
    RoomFits,
    Rule,
    Stability,
)
from parvis.domain.timetable.rules.hours import HoursMissing
from parvis.domain.timetable.timeline import Timeline
from parvis.domain.timetable.violations import violations

TIMELINE = Timeline.from_day("Europe/Paris", date(2025, 10, 23))
NINE, A_DAY = 540, 1440
PROBLEM = Problem(
    TIMELINE,
    days=(
        Day.on(TIMELINE, date(2025, 10, 23), time(9), time(18)),
        Day.on(TIMELINE, date(2025, 10, 24), time(9), time(18)),
    ),
    rooms=(Room("small", "Petite", 50), Room("large", "Grande", 200), Room("open", "Parvis")),
    persons=(Person("awa", "Awa"), Person("bo", "Bo")),
    sessions=(
        Session("a", "A", 60, "workshop", enrolled=20),
        Session("b", "B", 60, "workshop", enrolled=10, wishes=55, capacity=30),
        Session("c", "C", 60, "workshop"),
        Session("d", "D", 60, "break", enrolled=90),
    ),
    interventions=(
        Intervention("a", "awa", "speaker"),
        Intervention("b", "awa", "moderator"),
        Intervention("a", "bo", "speaker"),
        Intervention("b", "bo", "speaker"),
    ),
)


def amounts(rule: Rule, **places: tuple[str, int]) -> dict[str, int]:
    where = Placements({session: Place(room, start) for session, (room, start) in places.items()})
    return {found.key.removeprefix("k/"): found.amount for found in violations(PROBLEM, [rule], where)}


def test_rooms_fit_within_a_tolerance() -> None:
    fits = RoomFits(key="k")
    assert amounts(fits, a=("small", NINE)) == {"a": 2}, "20 needed, 30 are welcome, 50 there"
    assert amounts(fits, b=("small", NINE)) == {}, "30 of the 55 who wish have a seat"
    assert amounts(fits, b=("large", NINE)) == {"b": 15}, "45 are welcome, 200 there"
    assert amounts(fits, a=("open", NINE), c=("large", NINE)) == {}, "no seats known, nobody known to come"
    assert amounts(replace(fits, tolerance_percent=150), a=("small", NINE)) == {}
    assert amounts(replace(fits, tolerance_percent=0, unit_seats=7), a=("small", NINE)) == {"a": 4}
    for wrong in (replace(fits, unit_seats=0), replace(fits, tolerance_percent=1_001)):
        with pytest.raises(OutOfBounds):
            check_rules(PROBLEM, [wrong])


def test_parallel_workshops_are_balanced() -> None:
    balance = ParallelBalance(key="k")
    everywhere = {"a": ("small", NINE), "b": ("large", NINE + 59), "c": ("open", NINE), "d": ("large", NINE)}
    assert amounts(balance, **everywhere) == {"a/b": 3, "a/c": 2, "b/c": 5}
    assert amounts(balance, a=("small", NINE), b=("large", NINE + 60)) == {}
    assert amounts(replace(balance, formats=("workshop", "break"), unit_people=70), **everywhere) == {
        "a/d": 1,
        "c/d": 1,
    }
    with pytest.raises(OutOfBounds):
        check_rules(PROBLEM, [replace(balance, unit_people=0)])


def test_days_are_compact() -> None:
    compact = CompactDays(key="k")
    between = ((30, 0), (60, 0), (119, 0), (120, 2), (179, 2), (180, 4), (A_DAY, 8))  # two people, an hour each
    for later, expected in between:
        found = amounts(compact, a=("small", NINE), b=("large", NINE + later))
        assert found.get("a/b", 0) == expected, later
    assert amounts(replace(compact, persons=("bo",)), a=("small", NINE), b=("small", NINE + A_DAY)) == {"a/b": 4}
    assert amounts(replace(compact, roles=("speaker",)), a=("small", NINE), b=("small", NINE + A_DAY)) == {"a/b": 4}
    assert amounts(replace(compact, roles=("moderator",)), a=("small", NINE), b=("small", NINE + A_DAY)) == {}
    assert amounts(replace(compact, other_day=0), a=("small", NINE), b=("small", NINE + A_DAY)) == {}
    with pytest.raises(OutOfBounds):
        check_rules(PROBLEM, [replace(compact, unit_min=0)])


def test_sessions_leave_the_breaks_free() -> None:
    noon = Window(750, 840)
    kept = BreaksKept(key="k", windows=(noon,))
    for start, expected in ((690, 0), (691, 1), (705, 1), (706, 2), (750, 4), (839, 1), (840, 0)):
        assert amounts(kept, a=("small", start)).get("a", 0) == expected
    assert amounts(kept, d=("small", 750)) == {}, "what is eaten is eaten then"
    assert amounts(replace(kept, formats_beside=()), d=("small", 750)) == {"d": 4}
    tea = replace(kept, windows=(noon, Window(810, 850), Window(860, 870)), unit_min=1)
    assert amounts(tea, a=("small", 811)) == {"a": 39 + 10}, "minutes that two windows share count once"
    with pytest.raises(HoursMissing, match=r"rules\[0\].windows"):
        check_rules(PROBLEM, [replace(kept, windows=())])


def test_sessions_stay_where_they_stood() -> None:
    rule = Stability(key="k", before=(PlaceBefore("a", "small", NINE, 24), PlaceBefore("b", "large", NINE, 50)))
    where = {"a": ("small", NINE), "b": ("large", NINE)}
    assert amounts(rule, **where) == {}
    assert amounts(rule) == {"a": 6, "b": 6 * 3}
    for place, expected in (
        (("large", NINE), 1),
        (("small", NINE + 5), 2),
        (("large", NINE + 5), 3),
        (("small", NINE + A_DAY), 4),
        (("large", NINE + A_DAY), 5),
        (("small", NINE - 60), 4),  # before the doors open: on no day
    ):
        assert amounts(rule, **(where | {"a": place})) == {"a": expected}
        assert amounts(rule, **(where | {"b": ("large" if place[0] == "small" else "small", place[1])})) == {
            "b": 3 * expected
        }
    twice = replace(rule, before=(*rule.before, PlaceBefore("a", "large", NINE)))
    with pytest.raises(KeyTwice, match=r"rules\[0\].before\[2\].session"):
        check_rules(PROBLEM, [twice])
    with pytest.raises(NothingByThatKey, match=r"rules\[0\].before\[0\].room"):
        check_rules(PROBLEM, [replace(rule, before=(PlaceBefore("a", "cellar", NINE),))])


def test_what_is_worse_in_the_tray_forbids_no_place() -> None:
    """A hard stability finds fault with each other place, and more with none: such places stay free."""
    rule = Stability(key="k", hard=True, before=(PlaceBefore("a", "small", NINE),))
    found = free_slots(PROBLEM, [rule], Placements({"a": Place("small", NINE)}), "a")
    assert {slot.place.room for slot in found} == {"small", "large", "open"}
