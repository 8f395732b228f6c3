"""Rules about themes and pairs: what they count, what they say, and which of them make no sense."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from parvis.domain.refusals import Refusal
from parvis.domain.timetable import rules as r
from parvis.domain.timetable.checks import KeyTwice, NothingByThatKey, OutOfBounds
from parvis.domain.timetable.json_records import read_rule, write_rule
from parvis.domain.timetable.jury import check_rules
from parvis.domain.timetable.placements import Place, Placements
from parvis.domain.timetable.problem import Day, Problem, Room, Session, Theme
from parvis.domain.timetable.rules import Rule
from parvis.domain.timetable.rules.pairs import PairOfOne
from parvis.domain.timetable.rules.preferences import PenaltyAnywhere
from parvis.domain.timetable.rules.theme_cells import PenaltyTooWide
from parvis.domain.timetable.rules.theme_parallels import ThemeBesideItself
from parvis.domain.timetable.timeline import Timeline
from parvis.domain.timetable.violations import Violation, violations

HALL, LOFT, TENT = "hall", "loft", "tent"
PROBLEM = Problem(
    Timeline.from_day("Europe/Paris", date(2026, 3, 2)),
    days=(Day("tue", 1440, 1500, 10), Day("mon", 0, 60, 10), Day("wed", 2880, 2940, 10)),
    rooms=(Room(LOFT, "Loft", position=1), Room(HALL, "Hall"), Room(TENT, "Tent", position=2)),
    themes=(Theme("water", "Water"), Theme("soil", "Soil"), Theme("air", "Air")),
    sessions=(
        *(Session(f"w{n}", f"Water {n}", 20, "talk", themes=("water", "air")) for n in (1, 2, 3)),
        *(Session(f"s{n}", f"Soil {n}", 20, "talk", themes=("soil",)) for n in (1, 2)),
        Session("a1", "Air 1", 20, "talk", themes=("air",)),
        Session("plain", "Without a theme", 20, "talk"),
    ),
)
MON, TUE, WED, NIGHT = 0, 1440, 2880, 700


def judged(rule: Rule, **places: tuple[str, int]) -> list[Violation]:
    return violations(PROBLEM, [rule], Placements({key: Place(*place) for key, place in places.items()}))


def amounts(rule: Rule, **places: tuple[str, int]) -> dict[str, int]:
    return {violation.key: violation.amount for violation in judged(rule, **places)}


def test_penalties_of_a_session_add_up() -> None:
    penalties = (
        r.Penalty("w1", 3, day="mon"),
        r.Penalty("w1", 5, room=HALL),
        r.Penalty("w1", 7, day="mon", room=HALL),
        r.Penalty("w1", 11, day="tue"),
    )
    rule = r.Preferences(key="p", weight=2, penalties=penalties)
    assert amounts(rule, w1=(HALL, MON)) == {"p/w1": 15}
    assert amounts(rule, w1=(LOFT, MON)) == {"p/w1": 3}
    assert amounts(rule, w1=(HALL, WED)) == {"p/w1": 5}
    assert amounts(rule, w1=(LOFT, WED), w2=(HALL, MON)) == {}
    assert amounts(rule, w1=(HALL, NIGHT)) == {"p/w1": 5}, "outside the days, only the room counts"
    [told] = judged(rule, w1=(LOFT, TUE + 50))
    assert (told.cost, told.sessions, told.rooms) == (22, ("w1",), (LOFT,))


def test_the_day_of_a_session_is_that_on_which_it_begins() -> None:
    rule = r.Preferences(key="p", penalties=(r.Penalty("w1", 1, day="mon"),))
    assert amounts(rule, w1=(HALL, 59)) == {"p/w1": 1}
    assert amounts(rule, w1=(HALL, 60)) == {}
    assert amounts(rule, w1=(HALL, -1)) == {}


def test_a_theme_is_charged_once_for_a_cell() -> None:
    rule = r.ThemePreferences(
        key="t",
        penalties=(
            r.ThemePenalty(3, theme="water", day="mon"),
            r.ThemePenalty(5, theme="water", room=HALL),
            r.ThemePenalty(7, day="mon", room=HALL),
            r.ThemePenalty(11, theme="soil", day="mon", room=LOFT),
            r.ThemePenalty(100, theme="air", day="mon"),
        ),
    )
    assert amounts(rule, w1=(HALL, MON), w2=(HALL, MON + 20)) == {"t/mon/hall/water": 15}
    assert amounts(rule, w1=(HALL, MON), s1=(HALL, MON + 20)) == {"t/mon/hall/water": 15, "t/mon/hall/soil": 7}
    assert amounts(rule, s1=(LOFT, MON), plain=(HALL, MON)) == {"t/mon/loft/soil": 11}
    assert amounts(rule, w1=(HALL, TUE), w2=(LOFT, TUE)) == {"t/tue/hall/water": 5}
    assert amounts(rule, w1=(HALL, NIGHT)) == {}, "outside the days there is no cell"


def test_a_room_keeps_to_one_theme_a_day() -> None:
    rule = r.OneThemePerCell(key="one")
    assert rule.hard
    assert amounts(rule, w1=(HALL, MON), s1=(HALL, MON + 20), a1=(HALL, MON + 40)) == {"one/mon/hall": 2}
    assert amounts(rule, w1=(HALL, MON), w2=(HALL, MON + 20), plain=(HALL, MON + 40)) == {}
    assert amounts(rule, w1=(HALL, MON), s1=(HALL, TUE), a1=(LOFT, MON)) == {}
    [told] = judged(rule, w1=(HALL, MON), s1=(HALL, MON))
    assert told.sessions == ("s1", "w1")
    assert told.params["themes"] == ("Soil", "Water")


def test_pairs_of_themes_cost_for_each_two_rooms() -> None:
    rule = r.ThemesParallel(key="p", pairs=(r.ThemePair("water", "soil", 4), r.ThemePair("soil", "water")))
    assert amounts(rule, w1=(HALL, MON), s1=(LOFT, MON + 40)) == {"p/mon/soil/water": 5}
    assert amounts(rule, w1=(HALL, MON), w2=(TENT, MON), s1=(LOFT, MON)) == {"p/mon/soil/water": 10}
    assert amounts(rule, w1=(HALL, MON), s1=(HALL, MON)) == {}, "one room is no two"
    assert amounts(rule, w1=(HALL, MON), s1=(HALL, MON), s2=(LOFT, MON)) == {"p/mon/soil/water": 5}
    assert amounts(rule, w1=(HALL, MON), s1=(LOFT, TUE), a1=(TENT, MON)) == {}


def test_a_theme_stays_in_one_room() -> None:
    rooms, spread = r.ThemeRooms(key="rooms"), r.ThemeSpread(key="spread")
    apart = {"w1": (HALL, MON), "w2": (LOFT, TUE), "w3": (TENT, TUE + 40)}
    assert amounts(rooms, **apart) == {"rooms/water": 2}
    assert amounts(spread, **apart) == {"spread/tue/water": 1}
    assert amounts(rooms, w1=(HALL, MON), w2=(HALL, WED)) == {}
    assert amounts(spread, w1=(HALL, MON), w2=(LOFT, TUE), s1=(LOFT, MON)) == {}


def test_a_theme_is_not_interrupted() -> None:
    rule = r.ThemeInOneGo(key="go")
    assert amounts(rule, w1=(HALL, MON), w2=(LOFT, WED)) == {"go/water": 1}
    assert amounts(rule, w1=(HALL, MON), w2=(LOFT, WED), w3=(TENT, TUE)) == {}
    assert amounts(rule, w1=(HALL, TUE), w2=(LOFT, WED), s1=(HALL, MON)) == {}
    assert amounts(rule, w1=(HALL, NIGHT), w2=(LOFT, WED)) == {}


def test_the_order_of_a_theme_goes_by_day_then_room_then_start() -> None:
    rule = r.ThemeOrder(key="o", places=(r.OrderPlace("w1", 1), r.OrderPlace("w2", 2), r.OrderPlace("w3", 3)))
    assert amounts(rule, w1=(TENT, MON), w2=(HALL, TUE + 40), w3=(LOFT, TUE)) == {}
    assert amounts(rule, w1=(TENT, MON), w2=(LOFT, TUE), w3=(HALL, TUE + 40)) == {"o/water": 2}
    [told] = judged(rule, w1=(HALL, MON + 20), w2=(HALL, MON))
    assert told.amount == 2
    assert [title.text for title in told.params["titles"]] == ["Water 2", "Water 1"]  # type: ignore[union-attr]  # titles
    assert amounts(rule, w2=(HALL, MON)) == {"o/water": 1}, "alone, it is the first"


def test_sessions_without_a_place_in_the_order_take_one() -> None:
    rule = r.ThemeOrder(key="o", places=(r.OrderPlace("w1", 1), r.OrderPlace("w3", 2)))
    assert amounts(rule, w1=(HALL, MON), w2=(HALL, MON + 40), w3=(HALL, MON + 20)) == {}
    assert amounts(rule, w1=(HALL, MON), w2=(HALL, MON + 20), w3=(HALL, MON + 40)) == {"o/water": 1}


def test_a_pair_apart_is_on_two_days_or_in_one_room() -> None:
    rule = r.Apart(key="a", pairs=(r.SessionPair("w1", "s1"), r.SessionPair("s1", "w1")))
    assert amounts(rule, w1=(HALL, MON), s1=(LOFT, MON + 40)) == {"a/s1/w1": 1}
    assert amounts(rule, w1=(HALL, MON), s1=(HALL, MON + 40)) == {}
    assert amounts(rule, w1=(HALL, MON), s1=(LOFT, TUE), s2=(LOFT, MON)) == {}
    assert amounts(rule, w1=(HALL, NIGHT), s1=(LOFT, NIGHT)) == {}, "outside the days there is no day"


def test_a_pair_at_once_counts_the_units_that_it_shares() -> None:
    rule = r.NotAtOnce(key="n", pairs=(r.SessionPair("w1", "s1"),), unit_min=10)
    assert amounts(rule, w1=(HALL, MON), s1=(LOFT, MON)) == {"n/s1/w1": 2}
    assert amounts(rule, w1=(HALL, MON), s1=(LOFT, MON + 9)) == {"n/s1/w1": 2}
    assert amounts(rule, w1=(HALL, MON), s1=(LOFT, MON + 19)) == {"n/s1/w1": 1}
    assert amounts(rule, w1=(HALL, MON), s1=(LOFT, MON + 20)) == {}
    assert amounts(rule, w1=(HALL, MON), s2=(LOFT, MON)) == {}


@pytest.mark.parametrize(
    ("rule", "refusal", "path"),
    [
        (r.Preferences(key="k", penalties=(r.Penalty("w1", 1),)), PenaltyAnywhere, "rules[0].penalties[0]"),
        (
            r.ThemePreferences(key="k", penalties=(r.ThemePenalty(1, theme="water"),)),
            PenaltyTooWide,
            "rules[0].penalties[0]",
        ),
        (
            r.ThemesParallel(key="k", pairs=(r.ThemePair("water", "soil"), r.ThemePair("air", "air"))),
            ThemeBesideItself,
            "rules[0].pairs[1].other",
        ),
        (
            r.ThemeOrder(key="k", places=(r.OrderPlace("w1", 1), r.OrderPlace("w1", 2))),
            KeyTwice,
            "rules[0].places[1].session",
        ),
        (r.ThemeOrder(key="k", places=(r.OrderPlace("w1", 0),)), OutOfBounds, "rules[0].places[0].position"),
        (r.Apart(key="k", pairs=(r.SessionPair("w1", "w1"),)), PairOfOne, "rules[0].pairs[0].other"),
        (r.NotAtOnce(key="k", pairs=(r.SessionPair("w1", "w1"),), unit_min=5), PairOfOne, "rules[0].pairs[0].other"),
        (r.NotAtOnce(key="k", pairs=(), unit_min=0), OutOfBounds, "rules[0].unit_min"),
        (
            r.Preferences(key="k", penalties=(r.Penalty("w1", 1, day="sun"),)),
            NothingByThatKey,
            "rules[0].penalties[0].day",
        ),
        (
            r.ThemePreferences(key="k", penalties=(r.ThemePenalty(-1, theme="water", day="mon"),)),
            OutOfBounds,
            "rules[0].penalties[0].amount",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(rule: Rule, refusal: type[Refusal], path: str) -> None:
    with pytest.raises(refusal) as told:
        check_rules(PROBLEM, [rule])
    assert told.value.params["path"] == path


WRITTEN: list[tuple[Rule, dict[str, Any]]] = [
    (
        r.Preferences(key="p", penalties=(r.Penalty("w1", 3, day="mon"),)),
        {"kind": "preferences", "key": "p", "penalties": [{"session": "w1", "amount": 3, "day": "mon"}]},
    ),
    (
        r.ThemePreferences(key="p", penalties=(r.ThemePenalty(3, day="mon", room=HALL),)),
        {"kind": "theme_preferences", "key": "p", "penalties": [{"amount": 3, "day": "mon", "room": "hall"}]},
    ),
    (r.OneThemePerCell(key="p"), {"kind": "one_theme_per_cell", "key": "p"}),
    (
        r.ThemesParallel(key="p", weight=9, pairs=(r.ThemePair("water", "soil"),)),
        {"kind": "themes_parallel", "key": "p", "weight": 9, "pairs": [{"one": "water", "other": "soil"}]},
    ),
    (r.ThemeRooms(key="p", hard=True), {"kind": "theme_rooms", "key": "p", "hard": True}),
    (r.ThemeSpread(key="p"), {"kind": "theme_parallel_rooms", "key": "p"}),
    (r.ThemeInOneGo(key="p"), {"kind": "theme_in_one_go", "key": "p"}),
    (
        r.ThemeOrder(key="p", places=(r.OrderPlace("w1", 1),)),
        {"kind": "theme_order", "key": "p", "places": [{"session": "w1", "position": 1}]},
    ),
    (
        r.Apart(key="p", pairs=(r.SessionPair("w1", "s1"),)),
        {"kind": "apart", "key": "p", "pairs": [{"one": "w1", "other": "s1"}]},
    ),
    (
        r.NotAtOnce(key="p", pairs=(r.SessionPair("w1", "s1"),), unit_min=10),
        {"kind": "not_at_once", "key": "p", "pairs": [{"one": "w1", "other": "s1"}], "unit_min": 10},
    ),
]


@pytest.mark.parametrize(("rule", "written"), WRITTEN)
def test_they_are_data(rule: Rule, written: dict[str, Any]) -> None:
    assert write_rule(rule, PROBLEM.timeline) == written
    assert read_rule(written, "rules[0]", PROBLEM.timeline) == rule


@pytest.mark.parametrize("rule", [rule for rule, _written in WRITTEN])
def test_a_problem_without_days_or_rooms_breaks_none_of_them(rule: Rule) -> None:
    bare = replace(PROBLEM, days=(), rooms=())
    empty = {"penalties": (), "pairs": (), "places": ()}
    kept = {name: value for name, value in empty.items() if hasattr(rule, name)}
    assert violations(bare, [replace(rule, **kept)], Placements()) == []
