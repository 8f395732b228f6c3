"""How an edition takes its rules: what is set holds in the timetable, what is so by default leaves no trace."""

from __future__ import annotations

from datetime import time

import pytest
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.domain.editions import EditionIsClosed
from parvis.domain.programme.placement import EditionHasNoDays
from parvis.domain.refusals import ChangedMeanwhile, NotAllowed
from parvis.domain.timetable.rule_settings import (
    DayClosesFirst,
    DayHours,
    NoSuchRule,
    RuleNumberOutOfBounds,
    RuleTaken,
    StaysAWish,
    WeightOutOfBounds,
)
from parvis.models import Edition, LogEntry, Placement, RuleSetting, Session, SessionOrder
from parvis.queries.timetable import build_timetable
from parvis.queries.timetable_rules import AS_BY_DEFAULT, access_rules, list_rule_history, print_of_setting, setting_of
from parvis.services.timetable_rules import reset_rule, set_day_hours, set_rule
from tests.factories.editions import an_edition, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    made = an_edition(status="open")
    fill(made, sessions=6, speakers=6)
    return made


def two_in_a_room() -> None:
    first, second = Placement.objects.filter(session__code__in=["S001", "S002"]).order_by("session__code")
    Placement.objects.filter(pk=second.pk).update(room=first.room, starts_at=first.starts_at, ends_at=first.ends_at)


def found(edition: Edition, actor: Actor, kind: str) -> list[tuple[bool, int]]:
    state = access_rules(actor, edition_id=edition.pk).state_of(kind)
    return [(item.hard, item.cost) for item in state.found]


def test_a_rule_becomes_a_wish_is_left_out_and_comes_back(organiser: Actor, edition: Edition) -> None:
    two_in_a_room()
    given = {"actor": organiser, "edition_id": edition.pk, "kind": "room_once"}
    assert found(edition, organiser, "room_once") == [(True, 0)]
    set_rule(taken=RuleTaken(hard=False, weight=7), **given)
    assert found(edition, organiser, "room_once") == [(False, 7)]
    set_rule(taken=RuleTaken(active=False, hard=False, weight=7), **given)
    assert found(edition, organiser, "room_once") == []
    assert access_rules(organiser, edition_id=edition.pk).state_of("room_once").changed
    reset_rule(**given)
    assert found(edition, organiser, "room_once") == [(True, 0)]
    assert not RuleSetting.objects.exists()
    said = [entry.details["changes"] for entry in LogEntry.objects.filter(action="rulesetting.changed").order_by("pk")]
    assert said == [
        {"must_hold": [True, False], "wish_weight": [1, 7]},
        {"judged": [True, False]},
        {"judged": [False, True], "must_hold": [False, True], "wish_weight": [7, 1]},
    ]
    assert len(list_rule_history(organiser, edition=edition, kinds=["room_once"])) == 3


def test_numbers_of_a_rule_hold(organiser: Actor, edition: Edition) -> None:
    given = {"actor": organiser, "edition_id": edition.pk}
    set_rule(kind="room_once", taken=RuleTaken(numbers={"turnover_min": 600}), **given)
    set_rule(
        kind="format_length", taken=RuleTaken(hard=False, weight=2, numbers={"least_min": 25, "most_min": 30}), **given
    )
    report = access_rules(organiser, edition_id=edition.pk)
    assert report.state_of("format_length").found[0].amount == 5  # a micro-workshop of twenty minutes
    assert report.state_of("room_once").taken.numbers == {"turnover_min": 600}


def test_what_is_set_as_by_default_leaves_no_trace(organiser: Actor, edition: Edition) -> None:
    set_rule(
        actor=organiser, edition_id=edition.pk, kind="placed", taken=RuleTaken(hard=False, weight=10_000, numbers={})
    )
    reset_rule(actor=organiser, edition_id=edition.pk, kind="room_once")
    assert not RuleSetting.objects.exists()
    assert not LogEntry.objects.exists()


def test_orders_are_taken_as_a_rule_too(organiser: Actor, edition: Edition) -> None:
    sessions = {session.code: session for session in Session.objects.filter(edition=edition)}
    SessionOrder.objects.create(before=sessions["S002"], after=sessions["S001"])
    assert found(edition, organiser, "in_order") == [(True, 0)]
    set_rule(actor=organiser, edition_id=edition.pk, kind="in_order", taken=RuleTaken(hard=False, weight=3))
    assert found(edition, organiser, "in_order") == [(False, 3)]


def test_every_rule_of_the_timetable_is_on_the_list(organiser: Actor, edition: Edition) -> None:
    Session.objects.filter(code="S003").update(format="assembly", members_only=True, needs="Piano")
    report = access_rules(organiser, edition_id=edition.pk)
    listed = {rule.key for _name, states in report.families for state in states for rule in state.rules}
    assert listed == {rule.key for rule in report.timetable.rules}
    idle = {state.offered.kind for _name, states in report.families for state in states if not state.present}
    assert {"person_available", "themes_apart", "in_order", "team_once"} <= idle
    assert not idle & {rule.kind for rule in report.timetable.rules}


def test_two_people_do_not_overwrite_each_other(organiser: Actor, edition: Edition) -> None:
    given = {"actor": organiser, "edition_id": edition.pk, "kind": "placed"}
    set_rule(taken=RuleTaken(hard=False, weight=5), seen=AS_BY_DEFAULT, **given)
    with pytest.raises(ChangedMeanwhile, match="Organiser"):
        set_rule(taken=RuleTaken(hard=False, weight=6), seen=AS_BY_DEFAULT, **given)
    seen = print_of_setting(setting_of(edition.pk, "placed"))
    reset_rule(**given)
    with pytest.raises(ChangedMeanwhile, match="Organiser"):
        set_rule(taken=RuleTaken(hard=False, weight=6), seen=seen, **given)


def test_refusals(organiser: Actor, read_only: Actor, edition: Edition) -> None:
    with pytest.raises(NotAllowed):
        set_rule(actor=read_only, edition_id=edition.pk, kind="placed", taken=RuleTaken(hard=False))
    for kind, taken, refusal in (
        ("nothing", RuleTaken(), NoSuchRule),
        ("within_hours", RuleTaken(), NoSuchRule),
        ("placed", RuleTaken(hard=False, weight=0), WeightOutOfBounds),
        ("choices_met", RuleTaken(hard=True), StaysAWish),
        ("room_once", RuleTaken(numbers={"turnover_min": -1}), RuleNumberOutOfBounds),
    ):
        with pytest.raises(refusal):
            set_rule(actor=organiser, edition_id=edition.pk, kind=kind, taken=taken)
    Edition.objects.update(status="cancelled")
    with pytest.raises(EditionIsClosed):
        set_rule(actor=organiser, edition_id=edition.pk, kind="placed", taken=RuleTaken(hard=False))
    assert not RuleSetting.objects.exists()


def test_days_open_and_close_as_set_whatever_the_rule_is(organiser: Actor, edition: Edition) -> None:
    given = {"actor": organiser, "edition_id": edition.pk}
    set_day_hours(hours=DayHours(time(10), time(19), 10), **given)
    timetable = build_timetable(edition.pk)
    day = timetable.problem.days[0]
    assert (f"{timetable.problem.moment(day.opens):%H:%M}", day.step_min) == ("10:00", 10)
    assert found(edition, organiser, "inside_days")  # what stands at 9:30 is outside now
    set_rule(kind="inside_days", taken=RuleTaken(hard=False, weight=9), **given)
    assert {hard for hard, _cost in found(edition, organiser, "inside_days")} == {False}
    report = access_rules(organiser, edition_id=edition.pk)
    assert (report.hours, report.hours_set) == (DayHours(time(10), time(19), 10), True)
    reset_rule(kind="inside_days", **given)
    assert RuleSetting.objects.get().parameters["opens"] == "10:00", "the rule goes back, the hours stay"
    set_day_hours(hours=None, **given)
    assert not RuleSetting.objects.exists()
    assert not access_rules(organiser, edition_id=edition.pk).hours_set


def test_bad_hours_are_refused(organiser: Actor, edition: Edition) -> None:
    with pytest.raises(DayClosesFirst):
        set_day_hours(actor=organiser, edition_id=edition.pk, hours=DayHours(time(18), time(8), 5))
    Edition.objects.update(starts_on=None, ends_on=None)
    with pytest.raises(EditionHasNoDays):
        set_day_hours(actor=organiser, edition_id=edition.pk, hours=DayHours(time(8), time(18), 5))


def test_queries_do_not_grow(
    organiser: Actor, edition: Edition, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(25) as one:
        access_rules(organiser, edition_id=edition.pk)
    other = an_edition(15, slug="2024", status="open")
    Placement.objects.all().delete()
    Session.objects.all().delete()
    other.venue.rooms.all().delete() if other.venue else None
    with django_assert_max_num_queries(len(one)):
        access_rules(organiser, edition_id=other.pk)
