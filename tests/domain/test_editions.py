"""The states of an edition, its days, its window and its address."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.editions import (
    MOST_DAYS,
    NEXT_STATUSES,
    DateMissing,
    DatesOutOfOrder,
    DayAlone,
    EditionCannotBecome,
    EditionStatus,
    EditionTooLong,
    WindowOutOfOrder,
    check_days,
    check_transition,
    check_window_order,
    edition_slug,
    next_statuses,
)

DAY = date(2024, 10, 23)
NOON = datetime(2024, 6, 15, 10, tzinfo=UTC)
STATUSES = st.sampled_from(EditionStatus)


@given(current=STATUSES, wanted=STATUSES)
def test_what_is_offered_is_what_is_allowed(current: EditionStatus, wanted: EditionStatus) -> None:
    if wanted is current or wanted in next_statuses(current):
        check_transition(current, wanted)
    else:
        with pytest.raises(EditionCannotBecome):
            check_transition(current, wanted)


@given(current=STATUSES)
def test_every_way_ends_in_the_archive(current: EditionStatus) -> None:
    seen, waiting = set(), [current]
    while waiting:
        state = waiting.pop()
        if state not in seen:
            seen.add(state)
            waiting += NEXT_STATUSES[state]
    assert EditionStatus.ARCHIVED in seen
    assert EditionStatus.DRAFT not in seen - {current}


def test_days_are_known_together_and_in_order() -> None:
    check_days(None, None)
    check_days(DAY, DAY)
    with pytest.raises(DayAlone) as alone:
        check_days(DAY, None)
    assert alone.value.field == "ends_on"
    with pytest.raises(DayAlone):
        check_days(None, DAY)
    with pytest.raises(DatesOutOfOrder):
        check_days(DAY, DAY - timedelta(days=1))


def test_a_slip_of_the_year_is_noticed() -> None:
    check_days(DAY, DAY + timedelta(days=MOST_DAYS - 1))
    with pytest.raises(EditionTooLong, match="this would be 367: check"):
        check_days(DAY, date(2025, 10, 24))


def test_registration_opens_before_it_closes() -> None:
    check_window_order(None, NOON)
    check_window_order(NOON, None)
    check_window_order(NOON, NOON + timedelta(minutes=1))
    with pytest.raises(WindowOutOfOrder):
        check_window_order(NOON, NOON)


def test_an_address_is_the_year() -> None:
    assert edition_slug(DAY, None, ()) == "2024"
    assert edition_slug(None, date(2025, 5, 1), {"2024"}) == "2025"
    assert edition_slug(DAY, date(2025, 5, 1), {"2024"}) == "2024-2"
    with pytest.raises(DateMissing):
        edition_slug(None, None, ())
