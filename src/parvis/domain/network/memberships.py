"""Memberships: an organisation is a member of the federation year by year."""

from __future__ import annotations

from datetime import date

from parvis.domain.refusals import N_, Refusal

FIRST_YEAR = 1900


class MembershipYearImpossible(Refusal):
    """A membership is recorded for a year of the federation's life, next year's at the latest."""

    sentence = N_("A membership is recorded for a year from %(first)s to %(last)s.")


class DuesPaidTooEarly(Refusal):
    """Dues are not paid years ahead: such a date is a slip of the pen."""

    sentence = N_("These dues would have been paid more than a year before the membership begins: check the date.")


def check_membership(*, year: int, dues_paid_on: date | None, today: date) -> None:
    """Raise `MembershipYearImpossible` or `DuesPaidTooEarly`."""
    last = today.year + 1
    if not FIRST_YEAR <= year <= last:
        raise MembershipYearImpossible(first=FIRST_YEAR, last=last, field="year")
    if dues_paid_on is not None and dues_paid_on.year < year - 1:
        raise DuesPaidTooEarly(field="dues_paid_on")
