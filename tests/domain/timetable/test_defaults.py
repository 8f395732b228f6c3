"""The rules that an edition has by itself, and how it takes them otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from parvis.domain.programme.sessions import SessionFormat
from parvis.domain.timetable import rules as r
from parvis.domain.timetable.checks import OutOfBounds
from parvis.domain.timetable.defaults import default_rules, in_order
from parvis.domain.timetable.json_records import FieldUnknown, NumberExpected
from parvis.domain.timetable.jury import check_rules
from parvis.domain.timetable.problem import (
    Day,
    InterpretationTeam,
    Intervention,
    Organisation,
    Person,
    Problem,
    Registration,
    Room,
    Session,
    Theme,
    Walk,
    Window,
)
from parvis.domain.timetable.settings import Setting, adjusted
from parvis.domain.timetable.timeline import Timeline
from parvis.domain.timetable.violations import violations
from tests.domain.timetable.congress import congress

TIMELINE = Timeline.from_day("Europe/Paris", date(2025, 10, 23))
PLAIN = Problem(
    TIMELINE,
    days=(Day.on(TIMELINE, date(2025, 10, 23), time(9), time(18)),),
    rooms=(Room("etoile", "Étoile"), Room("marly", "Marly")),
    sessions=(Session("a", "A", 60, "workshop"),),
)
ALWAYS = {
    "room_once",
    "person_once",
    "inside_days",
    "room_capacity",
    "plenaries_alone",
    "debate_time",
    "on_grid",
    "placed",
}
AT_NOON = ALWAYS | {"breaks_kept"}  # where a day is open at noon
HARD = {
    "room_once",
    "person_once",
    "organisation_once",
    "inside_days",
    "fixed_place",
    "person_available",
    "organisation_available",
    "room_available",
    "plenaries_alone",
    "members_free",
    "members_behind_doors",
    "room_capacity",
    "room_format",
    "debate_time",
    "themes_apart",
}


def kinds(problem: Problem) -> set[str]:
    return {rule.kind for rule in default_rules(problem)}


def test_a_plain_edition_has_the_plain_rules() -> None:
    assert kinds(PLAIN) == AT_NOON
    assert kinds(Problem(TIMELINE)) == ALWAYS


@pytest.mark.parametrize(
    ("problem", "added"),
    [
        (replace(PLAIN, persons=(Person("p", "P", (Window(0, 9),)),)), {"person_available"}),
        (replace(PLAIN, organisations=(Organisation("o", "O", ()),)), {"organisation_available"}),
        (replace(PLAIN, organisations=(Organisation("o", "O", one_at_a_time=True),)), {"organisation_once"}),
        (replace(PLAIN, teams=(InterpretationTeam("e", "E", ("fr", "ar")),)), {"interpretation_teams"}),
        (replace(PLAIN, walks=(Walk("etoile", "marly", 5),)), {"time_to_walk"}),
        (replace(PLAIN, registrations=(Registration("i", ("a",)),)), {"choices_met", "choices_fair"}),
        (replace(PLAIN, registrations=(Registration("i", ()),)), set()),
        (
            replace(
                PLAIN,
                organisations=(Organisation("o", "O"),),
                registrations=(Registration("i", ("a",), organisation="o"), Registration("j", (), organisation="o")),
            ),
            {"choices_met", "choices_fair", "delegations_covered"},
        ),
        (
            replace(
                PLAIN,
                sessions=(*PLAIN.sessions, Session("b", "B", 60, "workshop")),
                persons=(Person("p", "P"),),
                interventions=(Intervention("a", "p", "speaker"), Intervention("b", "p", "moderator")),
            ),
            {"compact_days"},
        ),
        (
            replace(
                PLAIN,
                persons=(Person("p", "P"),),
                interventions=(Intervention("a", "p", "speaker"), Intervention("a", "p", "moderator")),
            ),
            set(),
        ),
        (
            replace(PLAIN, rooms=(Room("r", "R", 9),), sessions=(Session("a", "A", 60, "plenary", enrolled=9),)),
            {"room_fits"},
        ),
        (
            replace(
                PLAIN,
                sessions=(Session("a", "A", 60, "workshop", enrolled=9), Session("b", "B", 60, "workshop")),
            ),
            {"parallel_balance"},
        ),
        (replace(PLAIN, rooms=(Room("r", "R", booths=1),)), {"room_booths"}),
        (replace(PLAIN, rooms=(Room("r", "R", formats=("workshop",)),)), {"room_format"}),
        (replace(PLAIN, rooms=(Room("r", "R", windows=()),)), {"room_available"}),
        (replace(PLAIN, themes=(Theme("t", "T", exclusive=True),)), {"themes_apart"}),
        (PLAIN.with_session(Session("a", "A", 60, "workshop", fixed_start=540)), {"fixed_place"}),
        (PLAIN.with_session(Session("a", "A", 60, "workshop", wishes=9)), {"room_wishes"}),
        (PLAIN.with_session(Session("a", "A", 60, "workshop", equipment=("Piano",))), {"room_equipment"}),
        (PLAIN.with_session(Session("a", "A", 60, "micro_workshop")), {"format_length"}),
        (
            PLAIN.with_session(Session("a", "A", 60, "assembly", members_only=True)),
            {"members_free", "open_beside_assembly", "members_behind_doors"},
        ),
    ],
)
def test_a_rule_is_there_where_it_has_something_to_speak_of(problem: Problem, added: set[str]) -> None:
    assert kinds(problem) - AT_NOON == added


def noon(*pinned: Session, opens: time = time(9), closes: time = time(18)) -> list[tuple[str, str]]:
    """Return the meals of two days, of which the first has these hours, as the clocks show them."""
    days = (
        Day.on(TIMELINE, date(2025, 10, 23), opens, closes),
        Day.on(TIMELINE, date(2025, 10, 26), time(9), time(18)),  # the clocks went back in the night before
    )
    found = [
        rule for rule in default_rules(replace(PLAIN, days=days, sessions=pinned)) if isinstance(rule, r.BreaksKept)
    ]
    return [
        (f"{TIMELINE.moment(window.starts):%d %H:%M}", f"{TIMELINE.moment(window.ends):%d %H:%M}")
        for rule in found
        for window in rule.windows
    ]


def test_people_eat_at_noon_where_nobody_thought_of_it_otherwise() -> None:
    usual, other = ("23 12:30", "23 14:00"), ("26 12:30", "26 14:00")
    assert noon() == [usual, other]
    assert noon(opens=time(13)) == noon(closes=time(13, 55)) == [other]
    late = 13 * 60
    assert noon(Session("a", "A", 60, "workshop", fixed_start=late)) == [usual, other]
    assert noon(Session("a", "A", 60, "ceremony", fixed_start=14 * 60)) == [usual, other]
    assert noon(Session("a", "A", 60, "ceremony", fixed_start=late)) == [other]
    lunch = Session("l", "L", 60, "break", fixed_start=late)
    assert noon(lunch) == [("23 13:00", "23 14:00"), other], "a break that is pinned says when"
    assert noon(lunch, Session("a", "A", 60, "plenary", fixed_start=12 * 60)) == [other]


def test_default_rules_speak_of_formats_that_there_are() -> None:
    problem, _placements = congress(sessions=60, rooms=10, persons=100, days=2)
    micro = problem.with_session(replace(problem.sessions[-1], format="micro_workshop"))
    named = {
        name
        for rule in default_rules(micro)
        for field in ("formats", "beside", "format")
        if hasattr(rule, field)
        for name in ([getattr(rule, field)] if field == "format" else getattr(rule, field))
    }
    assert named
    assert named <= set(SessionFormat)


def test_default_rules_fit_their_problem_and_have_keys_of_their_own() -> None:
    problem, _placements = congress(sessions=60, rooms=10, persons=100, days=2, participants=50)
    rules = default_rules(problem)
    check_rules(problem, rules)
    assert default_rules(problem) == rules, "the same problem makes the same rules"
    assert {rule.kind for rule in rules if rule.hard} <= HARD
    assert {rule.kind for rule in rules if not rule.hard}.isdisjoint(HARD)
    assert all(rule.weight > 0 for rule in rules)


def test_an_edition_may_take_them_otherwise() -> None:
    rules = adjusted(
        [*default_rules(PLAIN), in_order("a", "b")],
        [
            Setting("on_grid", active=False),
            Setting("plenaries_alone", hard=False, weight=30, parameters={"beside": ["break", "side_event"]}),
            Setting("room_once", parameters={"turnover_min": 10}),
            Setting("themes_apart", active=False),
        ],
        TIMELINE,
    )
    by_kind = {rule.kind: rule for rule in rules}
    assert "on_grid" not in by_kind
    assert by_kind["plenaries_alone"] == r.PlenariesAlone(
        key="plenaries_alone", hard=False, weight=30, beside=("break", "side_event")
    )
    assert by_kind["room_once"] == r.RoomOnce(key="room_once", turnover_min=10)
    assert by_kind["in_order"] == in_order("a", "b")
    assert len(rules) == len(AT_NOON)


def test_what_a_kind_does_not_have_cannot_be_set() -> None:
    with pytest.raises(FieldUnknown, match=r"room_once\.turnover is not a field"):
        adjusted(default_rules(PLAIN), [Setting("room_once", parameters={"turnover": 10})], TIMELINE)
    with pytest.raises(NumberExpected, match=r"room_once\.turnover_min: a whole number"):
        adjusted(default_rules(PLAIN), [Setting("room_once", parameters={"turnover_min": "10"})], TIMELINE)
    with pytest.raises(OutOfBounds, match="turnover_min"):
        check_rules(
            PLAIN, adjusted(default_rules(PLAIN), [Setting("room_once", parameters={"turnover_min": -1})], TIMELINE)
        )


def test_the_key_of_a_rule_is_not_a_setting() -> None:
    (rule,) = adjusted([r.RoomOnce(key="room_once")], [Setting("room_once", parameters={"key": "mine"})], TIMELINE)
    assert rule.key == "room_once"


def test_a_congress_that_stands_has_few_faults() -> None:
    """The measured problem is like life: no room, speaker or plenary clashes in it."""
    problem, placements = congress(sessions=60, rooms=10, persons=200, days=2)
    assert len(placements) == 60
    clashes = {"room_once", "person_once", "plenaries_alone", "members_free", "inside_days", "on_grid"}
    assert not {violation.kind for violation in violations(problem, default_rules(problem), placements)} & clashes
