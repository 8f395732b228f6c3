"""When one may register, change and cancel."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.editions import EditionStatus
from parvis.domain.network.kinds import FRENCH_AUTHORITIES, OrganisationKind
from parvis.domain.refusals import Refusal
from parvis.domain.registration_forms import (
    AddressUnreadable,
    AuthorityNotInTable,
    FieldMissing,
    FieldTooLong,
    OrganisationInput,
    RegistrationInput,
    TitleMissing,
    check_form,
    faults_of,
    guessed_kind,
    tidied,
)
from parvis.domain.registrations import (
    CategoryKind,
    EditionTakesNobody,
    RegistrationClosed,
    RegistrationIsCancelled,
    RegistrationNotOpen,
    RegistrationOpensLater,
    RegistrationStatus,
    TooLateToChange,
    check_changeable,
    check_desk_may_register,
    check_window,
    may_be_restored,
)

NOW = datetime(2024, 5, 2, 10, tzinfo=UTC)
FORM = RegistrationInput(
    first_name="Awa",
    last_name="Diop",
    email="awa@example.org",
    organisation=OrganisationInput(name="Dijon"),
    category=CategoryKind.STAFF,
)


def test_an_open_edition_registers_inside_its_window() -> None:
    check_window(status=EditionStatus.OPEN, opens_at=NOW, closes_at=NOW + timedelta(seconds=1), now=NOW)
    check_window(status=EditionStatus.OPEN, opens_at=None, closes_at=None, now=NOW)


@pytest.mark.parametrize(
    ("status", "opens", "closes", "refusal"),
    [
        (EditionStatus.OPEN, NOW + timedelta(seconds=1), None, RegistrationOpensLater),
        (EditionStatus.OPEN, None, NOW, RegistrationClosed),
        (EditionStatus.ON_SITE, None, None, RegistrationClosed),
        (EditionStatus.ANNOUNCED, None, None, RegistrationNotOpen),
        (EditionStatus.ANNOUNCED, NOW + timedelta(days=1), None, RegistrationOpensLater),
        (EditionStatus.DRAFT, None, None, RegistrationNotOpen),
        (EditionStatus.CANCELLED, None, None, EditionTakesNobody),
        (EditionStatus.POSTPONED, None, None, EditionTakesNobody),
        (EditionStatus.HELD, None, None, EditionTakesNobody),
        (EditionStatus.ARCHIVED, None, None, EditionTakesNobody),
    ],
)
def test_the_window_says_why_not(
    status: EditionStatus, opens: datetime | None, closes: datetime | None, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        check_window(status=status, opens_at=opens, closes_at=closes, now=NOW)


@given(st.sampled_from(EditionStatus))
def test_the_desk_registers_while_the_edition_lives(status: EditionStatus) -> None:
    closed = {EditionStatus.DRAFT, EditionStatus.CANCELLED, EditionStatus.ARCHIVED}
    if status in closed:
        with pytest.raises(EditionTakesNobody):
            check_desk_may_register(status)
    else:
        check_desk_may_register(status)


def test_the_holder_changes_until_the_last_day_and_the_desk_until_the_archive() -> None:
    last = date(2024, 5, 2)
    for by_desk in (True, False):
        check_changeable(
            registration=RegistrationStatus.CONFIRMED,
            edition=EditionStatus.ON_SITE,
            last_day=last,
            today=last,
            by_desk=by_desk,
        )
    late = last + timedelta(days=1)
    with pytest.raises(TooLateToChange):
        check_changeable(
            registration=RegistrationStatus.CONFIRMED,
            edition=EditionStatus.ON_SITE,
            last_day=last,
            today=late,
            by_desk=False,
        )
    check_changeable(
        registration=RegistrationStatus.CONFIRMED, edition=EditionStatus.HELD, last_day=last, today=late, by_desk=True
    )
    with pytest.raises(TooLateToChange):
        check_changeable(
            registration=RegistrationStatus.CONFIRMED,
            edition=EditionStatus.ARCHIVED,
            last_day=last,
            today=last,
            by_desk=True,
        )


def test_a_cancelled_registration_is_restored_before_it_is_changed() -> None:
    with pytest.raises(RegistrationIsCancelled):
        check_changeable(
            registration=RegistrationStatus.CANCELLED,
            edition=EditionStatus.OPEN,
            last_day=None,
            today=NOW.date(),
            by_desk=True,
        )


@given(st.sampled_from(RegistrationStatus), st.sampled_from(EditionStatus), st.booleans())
def test_only_a_cancelled_registration_of_a_living_edition_is_restored(
    registration: RegistrationStatus, edition: EditionStatus, by_desk: bool
) -> None:
    restored = may_be_restored(
        registration=registration, edition=edition, last_day=None, today=NOW.date(), by_desk=by_desk
    )
    if registration is not RegistrationStatus.CANCELLED or edition in {
        EditionStatus.CANCELLED,
        EditionStatus.ARCHIVED,
    }:
        assert not restored
    elif edition is EditionStatus.HELD:
        assert restored is by_desk
    else:
        assert restored


def test_a_good_form_has_no_fault() -> None:
    check_form(tidied(FORM))


@pytest.mark.parametrize(
    ("form", "field", "refusal"),
    [
        (replace(FORM, first_name="   "), "first_name", FieldMissing),
        (replace(FORM, last_name=""), "last_name", FieldMissing),
        (replace(FORM, email=""), "email", FieldMissing),
        (replace(FORM, email="awa@example"), "email", AddressUnreadable),
        (replace(FORM, email="awa@example.org, b@example.org"), "email", AddressUnreadable),
        (replace(FORM, organisation=OrganisationInput()), "organisation", FieldMissing),
        (replace(FORM, organisation=OrganisationInput(name="x" * 251)), "organisation", FieldTooLong),
        (replace(FORM, access_needs="x" * 501), "access_needs", FieldTooLong),
        (replace(FORM, category=CategoryKind.ELECTED), "title", TitleMissing),
        (
            replace(
                FORM,
                organisation=OrganisationInput(
                    name="Dakar", kind=OrganisationKind.COMMUNE, country="SN", add_as_new=True
                ),
            ),
            "organisation_kind",
            AuthorityNotInTable,
        ),
    ],
)
def test_each_fault_names_its_field(form: RegistrationInput, field: str, refusal: type[Refusal]) -> None:
    faults = list(faults_of(tidied(form)))
    assert [(type(fault), fault.field) for fault in faults] == [(refusal, field)]
    with pytest.raises(refusal):
        check_form(tidied(form))


def test_the_desk_may_leave_the_address_out() -> None:
    check_form(tidied(replace(FORM, email="")), email_required=False)


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=80))
def test_tidying_twice_changes_nothing(first: str, last: str, needs: str) -> None:
    once = tidied(replace(FORM, first_name=first, last_name=last, access_needs=needs))
    assert tidied(once) == once


@given(st.sampled_from(CategoryKind), st.sampled_from(["FR", "SN"]))
def test_a_french_authority_is_never_guessed(category: CategoryKind, country: str) -> None:
    assert guessed_kind(category, country) not in FRENCH_AUTHORITIES
