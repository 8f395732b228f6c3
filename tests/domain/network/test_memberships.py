"""A membership is of a year; its dues are not paid years ahead."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.network.memberships import (
    FIRST_YEAR,
    DuesPaidTooEarly,
    MembershipYearImpossible,
    check_membership,
)

TODAY = date(2023, 6, 1)


@given(st.integers(-5, 9999))
def test_a_year_is_one_of_the_federations_life(year: int) -> None:
    if FIRST_YEAR <= year <= 2024:
        check_membership(year=year, dues_paid_on=None, today=TODAY)
    else:
        with pytest.raises(MembershipYearImpossible):
            check_membership(year=year, dues_paid_on=None, today=TODAY)


@pytest.mark.parametrize("paid", [date(2022, 1, 1), date(2023, 12, 31), date(2024, 3, 1)])
def test_dues_come_the_year_before_at_the_earliest(paid: date) -> None:
    check_membership(year=2023, dues_paid_on=paid, today=TODAY)


def test_dues_paid_two_years_before_are_a_slip_of_the_pen() -> None:
    with pytest.raises(DuesPaidTooEarly) as refusal:
        check_membership(year=2023, dues_paid_on=date(2021, 12, 31), today=TODAY)
    assert refusal.value.field == "dues_paid_on"
