"""Hours in which somebody can be there: in order, merged, inside the edition; forms and hours say the same."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.programme.availability import (
    DayAnswer,
    DaysUnknown,
    Hours,
    HoursBackwards,
    HoursMissing,
    HoursOutside,
    NeverThere,
    Presence,
    answer_of_day,
    covers,
    days_of,
    hours_of,
    tidy_hours,
    whole_day,
)

PARIS = ZoneInfo("Europe/Paris")
FIRST, LAST = date(2033, 9, 19), date(2033, 9, 20)
# The clocks go back in the night of 29 to 30 October 2033: 02:00 to 03:00 comes twice.
NIGHT = (date(2033, 10, 29), date(2033, 10, 30))
BEGINS = datetime(2033, 9, 18, 22, tzinfo=UTC)  # midnight in Paris
MINUTES = 2 * 24 * 60


def span(start: int, end: int) -> Hours:
    return Hours(BEGINS + timedelta(minutes=start), BEGINS + timedelta(minutes=end))


def tidied(hours: list[Hours]) -> list[Hours]:
    return tidy_hours(hours, first_day=FIRST, last_day=LAST, zone=PARIS)


def covered(hours: list[Hours]) -> set[int]:
    """Return the minutes that hours cover, counted from midnight of the first day."""
    found: set[int] = set()
    for each in hours:
        first = (each.starts - BEGINS) // timedelta(minutes=1)
        found.update(range(first, first + (each.ends - each.starts) // timedelta(minutes=1)))
    return found


spans = st.tuples(st.integers(0, MINUTES - 1), st.integers(1, 300)).map(
    lambda pair: span(pair[0], min(pair[0] + pair[1], MINUTES))
)


@given(st.lists(spans, max_size=12))
def test_tidied_hours_are_in_order_apart_and_cover_the_same_minutes(hours: list[Hours]) -> None:
    found = tidied(hours)
    assert covered(found) == covered(hours)
    assert all(sooner.ends < later.starts for sooner, later in pairwise(found))
    assert tidied(found) == found


@given(st.lists(spans, max_size=8), st.randoms(use_true_random=False))
def test_the_order_in_which_they_are_said_does_not_matter(hours: list[Hours], draw: object) -> None:
    mixed = list(hours)
    draw.shuffle(mixed)  # type: ignore[attr-defined]
    assert tidied(mixed) == tidied(hours)


@given(st.lists(spans, max_size=6), spans)
def test_what_is_covered_is_covered_minute_by_minute(hours: list[Hours], wanted: Hours) -> None:
    found = tidied(hours)
    assert covers(found, wanted.starts, wanted.ends) == (not found or covered([wanted]) <= covered(found))


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        (span(60, 60), HoursBackwards),
        (span(61, 60), HoursBackwards),
        (span(-1, 60), HoursOutside),
        (span(60, MINUTES + 1), HoursOutside),
    ],
)
def test_what_is_no_time_of_the_edition_is_refused(wrong: Hours, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        tidied([span(600, 700), wrong])


def test_hours_are_asked_for_once_the_days_are_known() -> None:
    with pytest.raises(DaysUnknown):
        tidy_hours([], first_day=None, last_day=None, zone=PARIS)
    with pytest.raises(DaysUnknown):
        days_of(FIRST, None)
    assert days_of(FIRST, LAST) == [FIRST, LAST]


def whole(day: date) -> DayAnswer:
    return DayAnswer(day, Presence.WHOLE)


def absent(day: date) -> DayAnswer:
    return DayAnswer(day, Presence.ABSENT)


def some(day: date, *pairs: tuple[time | None, time | None]) -> DayAnswer:
    return DayAnswer(day, Presence.HOURS, pairs)


def test_who_is_there_the_whole_time_needs_no_hours() -> None:
    assert hours_of([whole(FIRST), whole(LAST)], zone=PARIS) == []


def test_who_is_never_there_declines() -> None:
    with pytest.raises(NeverThere):
        hours_of([absent(FIRST), absent(LAST)], zone=PARIS)


def test_a_day_of_some_hours() -> None:
    found = hours_of([some(FIRST, (time(14), time(15, 30)), (None, None)), absent(LAST)], zone=PARIS)
    assert found == [Hours(datetime(2033, 9, 19, 12, tzinfo=UTC), datetime(2033, 9, 19, 13, 30, tzinfo=UTC))]


def test_midnight_ends_the_day() -> None:
    found = hours_of([some(FIRST, (time(20), time())), whole(LAST)], zone=PARIS)
    merged = tidied(found)
    assert [(each.starts.astimezone(PARIS).hour, each.ends.astimezone(PARIS).day) for each in merged] == [(20, 21)]


@pytest.mark.parametrize(
    ("pairs", "refusal"),
    [
        ((), HoursMissing),
        (((None, None),), HoursMissing),
        (((time(9), None),), HoursMissing),
        (((None, time(9)),), HoursMissing),
        (((time(10), time(9)),), HoursBackwards),
        (((time(9), time(9)),), HoursBackwards),
    ],
)
def test_what_is_wrong_names_its_day(pairs: tuple[tuple[time | None, time | None], ...], refusal: type) -> None:
    with pytest.raises(refusal) as caught:
        hours_of([whole(FIRST), some(LAST, *pairs)], zone=PARIS)
    assert caught.value.field == "day_2033-09-20"


def test_a_day_on_which_the_clocks_change_is_as_long_as_it_is() -> None:
    night = whole_day(NIGHT[1], PARIS)
    assert night.ends - night.starts == timedelta(hours=25)
    found = hours_of([some(NIGHT[0], (time(22), time())), some(NIGHT[1], (time(), time(3, 30)))], zone=PARIS)
    merged = tidy_hours(found, first_day=NIGHT[0], last_day=NIGHT[1], zone=PARIS)
    assert len(merged) == 1
    assert merged[0].ends - merged[0].starts == timedelta(hours=6.5)  # 02:00 to 03:00 comes twice


times = st.integers(0, 23 * 60 + 59).map(lambda minute: time(*divmod(minute, 60)))


@st.composite
def answers(draw: st.DrawFn) -> DayAnswer:
    presence = draw(st.sampled_from(list(Presence)))
    if presence is not Presence.HOURS:
        return DayAnswer(FIRST, presence)
    edges = sorted(draw(st.sets(times.filter(lambda at: at != time()), min_size=2, max_size=6)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    return DayAnswer(FIRST, presence, tuple(pairs))


@given(answers(), answers())
def test_a_form_shows_again_what_was_said(one: DayAnswer, two: DayAnswer) -> None:
    said = [one, DayAnswer(LAST, two.presence, two.spans)]
    try:
        kept = tidied(hours_of(said, zone=PARIS))
    except NeverThere:
        return
    shown = [answer_of_day(kept, day, PARIS) for day in (FIRST, LAST)]
    assert shown == said
