"""When the doors of an edition are open."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.editions import EditionStatus
from parvis.domain.onsite.opening import DatesUnknown, DoorsClosed, DoorsOpenLater, Opening, opening_of

FIRST, LAST = date(2023, 9, 18), date(2023, 9, 19)
NEVER = (EditionStatus.DRAFT, EditionStatus.POSTPONED, EditionStatus.CANCELLED, EditionStatus.ARCHIVED)


def _opening(status: EditionStatus, today: date, *, first: date | None = FIRST, last: date | None = LAST) -> Opening:
    return opening_of(status=status, first_day=first, last_day=last, today=today)


@pytest.mark.parametrize("status", [EditionStatus.OPEN, EditionStatus.ANNOUNCED])
def test_nobody_has_to_switch_them_on_the_morning(status: EditionStatus) -> None:
    assert _opening(status, FIRST) is _opening(status, LAST) is Opening.NOW
    with pytest.raises(DoorsOpenLater, match="18/09/2023"):
        _opening(status, FIRST - timedelta(days=1))
    with pytest.raises(DatesUnknown):
        _opening(status, FIRST, first=None, last=None)


def test_an_organiser_may_open_them_before() -> None:
    assert _opening(EditionStatus.ON_SITE, FIRST - timedelta(days=1)) is Opening.NOW
    assert _opening(EditionStatus.ON_SITE, FIRST, first=None, last=None) is Opening.NOW


@pytest.mark.parametrize("status", [EditionStatus.OPEN, EditionStatus.ON_SITE, EditionStatus.HELD])
def test_what_was_missed_is_entered_afterwards(status: EditionStatus) -> None:
    assert _opening(status, LAST + timedelta(days=900)) is Opening.LATE


@given(st.sampled_from(NEVER), st.dates())
def test_these_admit_nobody(status: EditionStatus, today: date) -> None:
    with pytest.raises(DoorsClosed):
        _opening(status, today)
