"""Minutes and clocks: nights when clocks change, midnight, zones half an hour off."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.timetable.placements import Place, Placements
from parvis.domain.timetable.problem import Day, Problem, Room, Session
from parvis.domain.timetable.rules import InsideDays, RoomOnce
from parvis.domain.timetable.timeline import (
    HourDoesNotExist,
    HourExistsTwice,
    NotAWholeMinute,
    OutOfTime,
    Timeline,
    UnknownZone,
)
from parvis.domain.timetable.violations import violations

SPRING, AUTUMN = date(2025, 3, 30), date(2025, 10, 26)
PARIS = "Europe/Paris"
ZONES = st.sampled_from(
    [PARIS, "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns", "Asia/Beirut"]
)


@given(ZONES, st.integers(-1_000_000, 1_000_000), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_minute_becomes_a_moment_and_a_minute_again(zone: str, minute: int, day: date) -> None:
    timeline = Timeline.from_day(zone, day)
    moment = timeline.moment(minute)
    assert timeline.minute(moment) == minute
    assert moment.tzinfo == ZoneInfo(zone)
    assert moment - timeline.origin == timedelta(minutes=minute)


def test_in_spring_an_hour_is_missing() -> None:
    timeline = Timeline.from_day(PARIS, SPRING)
    assert timeline.minute_at(SPRING, time(1, 59)) == 119
    assert timeline.minute_at(SPRING, time(3)) == 120
    assert f"{timeline.moment(120):%H:%M %z}" == "03:00 +0200"
    with pytest.raises(HourDoesNotExist, match="2025-03-30 02:30 does not exist in Europe/Paris"):
        timeline.minute_at(SPRING, time(2, 30))
    assert Day.on(timeline, SPRING, time(0), time(0)).closes == 23 * 60


def test_in_autumn_an_hour_comes_twice() -> None:
    timeline = Timeline.from_day(PARIS, AUTUMN)
    assert timeline.minute_at(AUTUMN, time(1, 59)) == 119
    assert timeline.minute_at(AUTUMN, time(3)) == 240
    assert [f"{timeline.moment(minute):%H:%M %z}" for minute in (150, 210)] == ["02:30 +0200", "02:30 +0100"]
    with pytest.raises(HourExistsTwice, match="2025-10-26 02:30 comes twice"):
        timeline.minute_at(AUTUMN, time(2, 30))
    assert Day.on(timeline, AUTUMN, time(0), time(0)).closes == 25 * 60


@pytest.mark.parametrize(("day", "night"), [(SPRING, 180), (AUTUMN, 300)])
def test_sessions_across_the_change_last_as_long_as_they_last(day: date, night: int) -> None:
    """From one to four by the clock are two hours in spring and four in autumn."""
    timeline = Timeline.from_day(PARIS, day)
    one, four = timeline.minute_at(day, time(1)), timeline.minute_at(day, time(4))
    assert four - one == night - 60
    problem = Problem(
        timeline,
        days=(Day("night", one, four),),
        rooms=(Room("r", "R"),),
        sessions=(Session("a", "A", 60, "workshop"), Session("b", "B", 60, "workshop")),
    )
    rules = [RoomOnce(key="rooms"), InsideDays(key="days")]
    assert violations(problem, rules, Placements({"a": Place("r", one), "b": Place("r", one + 60)})) == []
    assert [v.rule for v in violations(problem, rules, Placements({"a": Place("r", four - 59)}))] == ["days"]
    assert [
        v.rule for v in violations(problem, rules, Placements({"a": Place("r", one), "b": Place("r", one + 59)}))
    ] == ["rooms"]


def test_a_day_may_close_after_midnight() -> None:
    timeline = Timeline.from_day(PARIS, date(2025, 6, 21))
    night = Day.on(timeline, date(2025, 6, 21), time(18), time(2))
    assert (night.opens, night.closes) == (18 * 60, 26 * 60)
    problem = Problem(timeline, days=(night,), rooms=(Room("r", "R"),), sessions=(Session("a", "A", 90, "side_event"),))
    rules = [InsideDays(key="days")]
    assert violations(problem, rules, Placements({"a": Place("r", 23 * 60 + 30)})) == []
    assert len(violations(problem, rules, Placements({"a": Place("r", 25 * 60)}))) == 1


def test_a_zone_half_an_hour_off() -> None:
    timeline = Timeline.from_day("Asia/Kolkata", date(2025, 11, 3))
    assert timeline.origin == datetime(2025, 11, 2, 18, 30, tzinfo=UTC)
    assert timeline.minute_at(date(2025, 11, 3), time(9, 30)) == 570
    in_paris = datetime(2025, 11, 3, 5, 0, tzinfo=ZoneInfo(PARIS))
    assert timeline.minute(in_paris) == 570


def test_a_day_that_begins_at_one_because_clocks_go_forward_at_midnight() -> None:
    timeline = Timeline.from_day("Asia/Beirut", date(2025, 3, 30))
    assert f"{timeline.moment(0):%d %H:%M}" == "30 01:00"
    assert timeline.minute_at(date(2025, 3, 30), time(9)) == 8 * 60


@pytest.mark.parametrize("zone", ["Paris", "", "../etc/passwd", "Europe", "Europe/Paris\0", "Nope/Nope"])
def test_unknown_zones_are_refused(zone: str) -> None:
    with pytest.raises(UnknownZone):
        Timeline.from_day(zone, SPRING)


def test_moments_are_whole_minutes_within_reach() -> None:
    timeline = Timeline.from_day(PARIS, SPRING)
    with pytest.raises(NotAWholeMinute):
        timeline.minute(datetime(2025, 3, 30, 9, 0, 30, tzinfo=UTC))
    with pytest.raises(NotAWholeMinute):
        timeline.minute(datetime(2025, 3, 30, 9, 0, tzinfo=timezone(timedelta(hours=1, seconds=20))))
    for minute in (10**9, -(10**9), 10**15):
        with pytest.raises(OutOfTime):
            timeline.moment(minute)
    with pytest.raises(OutOfTime):
        timeline.minute(datetime(9999, 12, 31, tzinfo=timezone(-timedelta(hours=12))))
    with pytest.raises(ValueError, match="time zone"):
        timeline.minute(datetime(2025, 3, 30, 9))
