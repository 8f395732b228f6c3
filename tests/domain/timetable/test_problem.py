"""A problem holds together, or says where it does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from parvis.domain.refusals import Refusal
from parvis.domain.timetable.checks import (
    DaysOverlap,
    EndsBeforeItBegins,
    KeyEmpty,
    KeyTwice,
    NothingByThatKey,
    OutOfBounds,
)
from parvis.domain.timetable.jury import RuleTwice, check_rules
from parvis.domain.timetable.problem import (
    GROUP_PRESIDENT,
    Day,
    Group,
    Intervention,
    Person,
    Problem,
    Registration,
    Room,
    Session,
    Walk,
    Window,
)
from parvis.domain.timetable.rules import FormatLength, InOrder, OnGrid, Placed, RoomOnce, Rule, WithinHours
from parvis.domain.timetable.rules.hours import HoursMissing
from parvis.domain.timetable.rules.lengths import LengthsCross
from parvis.domain.timetable.rules.order import GapsCross, OrderOfOne
from parvis.domain.timetable.timeline import Timeline

TIMELINE = Timeline.from_day("Europe/Paris", date(2025, 10, 23))
A, B = Session("a", "A", 60, "workshop"), Session("b", "B", 60, "workshop")
PROBLEM = Problem(
    TIMELINE,
    days=(Day("one", 540, 1080), Day("two", 1980, 2520)),
    rooms=(Room("etoile", "Étoile"), Room("marly", "Marly", building="Marly"), Room("foch", "Foch")),
    persons=(Person("p", "Awa"),),
    groups=(Group("g", "Sénégal", "p"),),
    sessions=(A, B),
    walks=(Walk("foch", "marly", 7),),
    between_buildings_min=15,
    within_building_min=2,
)


@pytest.mark.parametrize(
    ("change", "refusal", "sentence"),
    [
        (
            {"sessions": (A, replace(B, duration_min=0))},
            OutOfBounds,
            "sessions[1].duration_min: a number from 1",
        ),
        ({"sessions": (A, replace(B, duration_min=841))}, OutOfBounds, "sessions[1].duration_min"),
        ({"sessions": (A, replace(B, debate_min=-1))}, OutOfBounds, "sessions[1].debate_min"),
        ({"sessions": (A, replace(B, group="x"))}, NothingByThatKey, "sessions[1].group: there is no “x” in groups."),
        ({"sessions": (A, replace(B, themes=("x",)))}, NothingByThatKey, "sessions[1].themes[0]: there is no “x”"),
        ({"sessions": (A, replace(B, fixed_room="x"))}, NothingByThatKey, "sessions[1].fixed_room"),
        ({"sessions": (A, A)}, KeyTwice, "sessions[1].key: the key “a”"),
        ({"sessions": (A, replace(B, key=" "))}, KeyEmpty, "sessions[1].key is empty"),
        ({"persons": (Person("p", "Awa", (Window(60, 60),)),)}, EndsBeforeItBegins, "persons[0].windows[0]: the end"),
        ({"days": (Day("one", 540, 540),)}, EndsBeforeItBegins, "days[0]: the end"),
        ({"days": (Day("one", 540, 600, 0),)}, OutOfBounds, "days[0].step_min"),
        (
            {"days": (Day("late", 599, 700), Day("early", 540, 600))},
            DaysOverlap,
            "days[0] begins before the day",
        ),
        ({"interventions": (Intervention("a", "x", "speaker"),)}, NothingByThatKey, "interventions[0].person"),
        ({"registrations": (Registration("i", ("a", "x")),)}, NothingByThatKey, "registrations[0].choices[1]"),
        ({"walks": (Walk("foch", "marly", 7), Walk("marly", "foch", 8))}, KeyTwice, "walks[1]"),
        ({"between_buildings_min": -1}, OutOfBounds, "between_buildings_min: a number from 0"),
    ],
)
def test_what_does_not_hold_is_named_with_its_place(
    change: dict[str, Any], refusal: type[Refusal], sentence: str
) -> None:
    with pytest.raises(refusal) as caught:
        replace(PROBLEM, **change)
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize(
    ("rule", "refusal", "sentence"),
    [
        (InOrder(key="k", before="a", after="x"), NothingByThatKey, "rules[1].after: there is no “x” in sessions."),
        (InOrder(key="k", before="a", after="a"), OrderOfOne, "rules[1].after: a session cannot"),
        (InOrder(key="k", before="a", after="b", gap_min=30, gap_max=10), GapsCross, "rules[1].gap_max"),
        (WithinHours(key="k", windows=()), HoursMissing, "rules[1].windows"),
        (WithinHours(key="k", windows=(Window(9, 8),)), EndsBeforeItBegins, "rules[1].windows[0]: the end"),
        (FormatLength(key="k", format="workshop", least_min=90, most_min=60), LengthsCross, "rules[1].most_min"),
        (RoomOnce(key="first"), RuleTwice, "rules[1].key: another rule has the key “first”"),
        (RoomOnce(key=""), KeyEmpty, "rules[1].key"),
        (RoomOnce(key="k", weight=-1), OutOfBounds, "rules[1].weight"),
        (RoomOnce(key="k", sessions=("a", "x")), NothingByThatKey, "rules[1].sessions[1]"),
        (RoomOnce(key="k", exempt=("x",)), NothingByThatKey, "rules[1].exempt[0]"),
    ],
)
def test_a_rule_that_makes_no_sense_is_named(rule: Rule, refusal: type[Refusal], sentence: str) -> None:
    with pytest.raises(refusal) as caught:
        check_rules(PROBLEM, [OnGrid(key="first"), rule])
    assert str(caught.value).startswith(sentence)


def test_walking_takes_what_is_given_else_what_buildings_say() -> None:
    assert PROBLEM.walking_min("etoile", "etoile") == 0
    assert PROBLEM.walking_min("etoile", "foch") == 2
    assert PROBLEM.walking_min("etoile", "marly") == 15
    assert PROBLEM.walking_min("marly", "foch") == PROBLEM.walking_min("foch", "marly") == 7


def test_a_group_s_president_takes_part_in_its_sessions() -> None:
    problem = PROBLEM.with_session(replace(B, group="g"))
    assert list(problem.engagements()) == [Intervention("b", "p", GROUP_PRESIDENT)]
    assert list(PROBLEM.engagements()) == []


def test_days() -> None:
    assert PROBLEM.day_at(539) is None
    assert PROBLEM.day_at(540) == PROBLEM.days[0]
    assert PROBLEM.day_at(1080) is None
    night = Day.on(TIMELINE, date(2025, 10, 25), time(20), time(4))
    assert night.closes - night.opens == 9 * 60, "the clocks go back that night"


def test_a_session_made_longer_makes_a_new_problem() -> None:
    longer = PROBLEM.with_session(replace(A, duration_min=120))
    assert longer.session_of["a"].duration_min == 120
    assert PROBLEM.session_of["a"].duration_min == 60
    assert [session.key for session in longer.sessions] == ["a", "b"]
    check_rules(longer, [Placed(key="placed")])
