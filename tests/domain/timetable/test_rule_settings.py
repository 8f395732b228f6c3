"""The rules that an edition may take otherwise, and what it may say of them."""

from __future__ import annotations

from datetime import date, time

import pytest

from parvis.domain.refusals import Refusal
from parvis.domain.timetable.defaults import default_rules, in_order
from parvis.domain.timetable.families import FAMILIES, KNOWN_TO_FILES_ONLY, OFFERED, told_on_cards
from parvis.domain.timetable.json_records import write_rule
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
    Window,
)
from parvis.domain.timetable.rule_settings import (
    DayClosesFirst,
    DayHours,
    LongestIsShorter,
    NoSuchRule,
    RuleNumberOutOfBounds,
    RuleTaken,
    StaysAWish,
    StepOutOfBounds,
    WeightOutOfBounds,
    check_day_hours,
    check_taken,
    default_of,
    offered,
)
from parvis.domain.timetable.rules import KINDS, RoomFits, RoomWishes
from parvis.domain.timetable.settings import Setting, adjusted
from parvis.domain.timetable.timeline import HourDoesNotExist, HourExistsTwice, Timeline

SPRING = Timeline.from_day("Europe/Paris", date(2025, 3, 29))
AUTUMN = Timeline.from_day("Europe/Paris", date(2025, 10, 25))


def test_every_kind_is_offered_once_or_known_to_files_only() -> None:
    kinds = [rule.kind for family in FAMILIES for rule in family.rules]
    assert len(kinds) == len(set(kinds))
    assert set(kinds) | KNOWN_TO_FILES_ONLY == set(KINDS)
    assert not set(kinds) & KNOWN_TO_FILES_ONLY


@pytest.fixture
def everything() -> Problem:
    """Return a problem in which every rule that the tables can give has something to speak of."""
    return Problem(
        SPRING,
        days=(Day.on(SPRING, date(2025, 3, 29), time(9), time(18)),),
        rooms=(Room("r", "R", 90, booths=1), Room("q", "Q")),
        persons=(Person("p", "P", (Window(0, 9),)),),
        organisations=(Organisation("o", "O", (Window(0, 9),)),),
        themes=(Theme("t", "T", exclusive=True),),
        teams=(InterpretationTeam("e", "E", ("fr", "en")),),
        sessions=(
            Session("a", "A", 60, "assembly", members_only=True, equipment=("Piano",), teams=("e",)),
            Session("b", "B", 20, "micro_workshop", fixed_start=540),
            Session("c", "C", 60, "workshop", enrolled=9),
            Session("d", "D", 60, "workshop"),
        ),
        interventions=(Intervention("c", "p", "speaker"), Intervention("d", "p", "speaker")),
        between_buildings_min=5,
        registrations=(Registration("i", ("a",), organisation="o"), Registration("j", (), organisation="o")),
    )


def test_what_is_said_of_a_rule_by_default_is_what_it_is(everything: Problem) -> None:
    rules = {rule.kind: rule for rule in [*default_rules(everything), in_order("a", "b")]}
    assert set(OFFERED) <= set(rules)
    for kind, wanted in OFFERED.items():
        rule, default = rules[kind], default_of(wanted)
        assert rule.hard is default.hard, kind
        assert rule.hard or rule.weight == default.weight, kind
        written = write_rule(rule, SPRING) if kind != "in_order" else {}
        for number in wanted.numbers:
            assert hasattr(rule, number.name), kind
            assert number.default is None or written.get(number.name, number.default) == number.default


def test_numbers_that_are_offered_reach_the_rule(everything: Problem) -> None:
    for rule in default_rules(everything):
        wanted = OFFERED.get(rule.kind)
        numbers = {number.name: number.least for number in wanted.numbers} if wanted else {}
        (taken,) = adjusted([rule], [Setting(rule.kind, parameters=numbers)], SPRING)
        assert {name: getattr(taken, name) for name in numbers} == numbers
        check_rules(everything, [taken])


def test_what_is_weighed_as_a_whole_is_told_on_cards_only_where_it_must_hold(everything: Problem) -> None:
    untold = {rule.kind for rule in default_rules(everything) if not told_on_cards(rule)}
    assert untold == {
        "choices_met",
        "choices_fair",
        "delegations_covered",
        "room_fits",
        "parallel_balance",
        "compact_days",
    }
    assert told_on_cards(RoomFits(key="fits", hard=True))
    assert told_on_cards(RoomWishes(key="wishes", hard=False))
    assert all(OFFERED[kind].stays_a_wish for kind in untold - {"room_fits"})


def refused(kind: str, **taken: object) -> Refusal:
    with pytest.raises(Refusal) as found:
        check_taken(offered(kind), RuleTaken(**taken))  # type: ignore[arg-type]
    return found.value


def test_bad_values_are_refused_by_field() -> None:
    for kind, taken, wanted, field in (
        ("placed", {"hard": False, "weight": 0}, WeightOutOfBounds, "weight"),
        ("placed", {"hard": False, "weight": 1_000_001}, WeightOutOfBounds, "weight"),
        ("choices_met", {"hard": True}, StaysAWish, "taken"),
        ("choices_fair", {"hard": False, "numbers": {"share_percent": 101}}, RuleNumberOutOfBounds, "share_percent"),
        ("room_once", {"numbers": {"turnover_min": -5}}, RuleNumberOutOfBounds, "turnover_min"),
        ("room_once", {"numbers": {"turnover_min": 5000}}, RuleNumberOutOfBounds, "turnover_min"),
        ("format_length", {"numbers": {"least_min": 30}}, LongestIsShorter, "most_min"),
        ("format_length", {"numbers": {"least_min": 25, "most_min": 20}}, LongestIsShorter, "most_min"),
    ):
        refusal = refused(kind, **taken)  # type: ignore[arg-type]
        assert (type(refusal), refusal.field) == (wanted, field)
    check_taken(offered("format_length"), RuleTaken(numbers={"least_min": 15, "most_min": 25}))
    check_taken(offered("choices_fair"), RuleTaken(hard=False, numbers={"share_percent": 25}))
    with pytest.raises(TypeError):
        check_taken(offered("placed"), RuleTaken(numbers={"turnover_min": 5}))


@pytest.mark.parametrize("kind", ["", "nothing", "within_hours", "room_format"])
def test_only_kinds_that_exist_are_set(kind: str) -> None:
    with pytest.raises(NoSuchRule):
        offered(kind)


def check(opens: time, closes: time, step: int = 5, timeline: Timeline = SPRING) -> None:
    day = timeline.moment(0).date()
    last = date.fromordinal(day.toordinal() + 1)
    check_day_hours(DayHours(opens, closes, step), timeline, first_day=day, last_day=last)


def test_days_open_before_they_close() -> None:
    check(time(8), time(20))
    check(time(18), time(1))
    check(time(0), time(0))
    for opens, closes, step, wanted, field in (
        (time(18), time(8), 5, DayClosesFirst, "closes"),
        (time(9), time(9), 5, DayClosesFirst, "closes"),
        (time(9), time(18), 0, StepOutOfBounds, "step_min"),
        (time(9), time(18), 241, StepOutOfBounds, "step_min"),
    ):
        with pytest.raises(wanted) as refusal:
            check(opens, closes, step)
        assert refusal.value.field == field


def test_hours_at_which_the_clocks_change_are_refused_by_field() -> None:
    with pytest.raises(HourDoesNotExist) as missing:
        check(time(8), time(2, 30))
    assert missing.value.field == "closes"
    with pytest.raises(HourExistsTwice) as twice:
        check(time(2, 30), time(20), timeline=AUTUMN)
    assert twice.value.field == "opens"


def test_hours_of_the_days_are_kept_as_the_timetable_reads_them() -> None:
    assert DayHours(time(8, 30), time(19), 10).to_parameters() == {"opens": "08:30", "closes": "19:00", "step_min": 10}
