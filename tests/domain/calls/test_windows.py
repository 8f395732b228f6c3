"""A call is open between two dates, to the second; what was being typed when it closed is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from parvis.domain.calls.windows import (
    CallClosed,
    CallDatesOutOfOrder,
    CallOpensLater,
    CallStillOpen,
    ChoosingIsOver,
    EditionTakesNoProposals,
    SlotsChosenTooEarly,
    check_closed,
    check_dates,
    check_may_choose,
    check_may_keep_draft,
    check_open,
    closed_while_typing,
    is_open,
    is_public,
    reminder_due,
)
from parvis.domain.editions import EditionStatus

PARIS = ZoneInfo("Europe/Paris")
OPENS = datetime(2023, 5, 2, 9, 0, tzinfo=PARIS)
CLOSES = datetime(2023, 6, 9, 18, 0, tzinfo=PARIS)
SECOND = timedelta(seconds=1)
OPEN = EditionStatus.OPEN


@pytest.mark.parametrize(
    ("now", "expected"),
    [(OPENS - SECOND, False), (OPENS, True), (CLOSES - SECOND, True), (CLOSES, False)],
)
def test_open_from_the_first_second_until_the_last(now: datetime, expected: bool) -> None:
    assert is_open(status=OPEN, opens_at=OPENS, closes_at=CLOSES, now=now) is expected


def test_the_refusal_tells_the_venues_hour() -> None:
    with pytest.raises(CallOpensLater, match=r"02/05/2023 at 09:00"):
        check_open(status=OPEN, opens_at=OPENS, closes_at=CLOSES, now=OPENS - SECOND)
    with pytest.raises(CallClosed, match=r"09/06/2023 at 18:00"):
        check_open(status=OPEN, opens_at=OPENS, closes_at=CLOSES, now=CLOSES)


@pytest.mark.parametrize("status", [EditionStatus.DRAFT, EditionStatus.CANCELLED, EditionStatus.ARCHIVED])
def test_an_edition_without_slots_takes_none(status: EditionStatus) -> None:
    assert not is_public(status=status, opens_at=OPENS, now=CLOSES)
    with pytest.raises(EditionTakesNoProposals):
        check_open(status=status, opens_at=OPENS, closes_at=CLOSES, now=OPENS)


def test_what_is_prepared_is_not_public_and_what_has_closed_stays_readable() -> None:
    assert not is_public(status=OPEN, opens_at=OPENS, now=OPENS - SECOND)
    assert is_public(status=OPEN, opens_at=OPENS, now=CLOSES + timedelta(days=90))


def test_a_form_shown_in_time_is_kept_and_one_shown_too_late_is_not() -> None:
    late = CLOSES + timedelta(hours=3)
    check_may_keep_draft(status=OPEN, opens_at=OPENS, closes_at=CLOSES, shown_at=CLOSES - SECOND, now=late)
    for shown_at in (None, CLOSES, OPENS - SECOND):
        with pytest.raises(CallClosed):
            check_may_keep_draft(status=OPEN, opens_at=OPENS, closes_at=CLOSES, shown_at=shown_at, now=late)
    assert "kept as a draft" in str(closed_while_typing(CLOSES))


def test_dates_follow_one_another() -> None:
    check_dates(opens_at=OPENS, closes_at=CLOSES, choose_by=None)
    with pytest.raises(CallDatesOutOfOrder) as refused:
        check_dates(opens_at=OPENS, closes_at=OPENS, choose_by=None)
    assert refused.value.field == "closes_at"
    with pytest.raises(SlotsChosenTooEarly) as early:
        check_dates(opens_at=OPENS, closes_at=CLOSES, choose_by=CLOSES)
    assert early.value.field == "choose_by"


def test_texts_are_read_once_they_no_longer_change() -> None:
    check_closed(closes_at=CLOSES, now=CLOSES)
    with pytest.raises(CallStillOpen):
        check_closed(closes_at=CLOSES, now=CLOSES - SECOND)


def test_slots_are_chosen_until_the_last_second() -> None:
    check_may_choose(choose_by=None, now=CLOSES + timedelta(days=400))
    check_may_choose(choose_by=CLOSES, now=CLOSES - SECOND)
    with pytest.raises(ChoosingIsOver):
        check_may_choose(choose_by=CLOSES, now=CLOSES)


@pytest.mark.parametrize(
    ("before", "due"),
    [
        (timedelta(days=4), None),
        (timedelta(days=3), timedelta(days=3)),
        (timedelta(days=2), timedelta(days=3)),
        (timedelta(hours=23), timedelta(days=1)),
        (timedelta(), None),
        (-timedelta(days=1), None),
    ],
)
def test_reminders_are_due_three_days_and_one_day_before(before: timedelta, due: timedelta | None) -> None:
    assert reminder_due(until=CLOSES, now=CLOSES - before) == due
