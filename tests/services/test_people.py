"""People and their mandates: who may change them, what is refused, what is logged, and in which order they stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.access import PUBLIC, Actor, system_actor
from parvis.domain.changes import PeriodOutOfOrder, StillReferredTo, TextMissing, TextTooLong
from parvis.domain.refusals import ChangedMeanwhile, NotAllowed, NotFound
from parvis.domain.registration_forms import AddressUnreadable
from parvis.models import LogEntry, Mandate, Person
from parvis.queries.versions import version_of
from parvis.services import people
from tests.factories.editions import an_organisation
from tests.factories.network import a_group, a_mandate, a_person, a_presidency
from tests.factories.registrations import a_registration, an_open_edition

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("tests")


def last_entry() -> LogEntry:
    return LogEntry.objects.latest("id")


def mandate_of(actor: Actor, person: Person, mandate: Mandate | None = None, seen: str = "", **values: Any) -> Mandate:
    organisation = values.pop("organisation", None) or (mandate.organisation if mandate else an_organisation("Lyon"))
    return people.save_mandate(
        actor=actor,
        person_id=person.pk,
        mandate_id=None if mandate is None else mandate.pk,
        organisation_id=organisation.pk,
        values=values,
        seen=seen,
    )


@pytest.mark.parametrize(
    "act",
    [
        lambda actor: people.save_person(actor=actor, person_id=None, values={"last_name": "x"}),
        lambda actor: people.delete_person(actor=actor, person_id=1),
        lambda actor: people.save_mandate(
            actor=actor, person_id=1, mandate_id=None, organisation_id=1, values={"title_fr": "x"}
        ),
        lambda actor: people.remove_mandate(actor=actor, mandate_id=1),
        lambda actor: people.move_mandate(actor=actor, mandate_id=1, up=True),
    ],
)
def test_only_who_may_change_the_network_does(
    act: Callable[[Actor], object], organiser: Actor, read_only: Actor, door: Actor, press: Actor
) -> None:
    for actor in (read_only, door, press, PUBLIC):
        with pytest.raises(NotAllowed):
            act(actor)
    assert not Person.objects.exists() and not LogEntry.objects.exists()


def test_a_person_is_made_and_changed_and_each_change_is_told(organiser: Actor) -> None:
    values = {"first_name": "Awa", "last_name": " N’Diaye ", "email": "Awa@Example.org", "gender": "F"}
    made = people.save_person(actor=organiser, person_id=None, values=values)
    assert (made.slug, made.folded, made.email) == ("awa-n-diaye", "n diaye awa", "awa@example.org")
    assert last_entry().action == "person.created"
    seen = version_of(Person.objects.get(pk=made.pk))
    people.save_person(actor=organiser, person_id=made.pk, values={"last_name": "Diouf"}, seen=seen)
    made.refresh_from_db()
    assert (made.folded, made.slug) == ("diouf awa", "awa-n-diaye")  # the address of the page stays
    assert last_entry().details == {"changes": {"last_name": ["N’Diaye", "Diouf"]}}
    with pytest.raises(ChangedMeanwhile):
        people.save_person(actor=organiser, person_id=made.pk, values={"phone": "1"}, seen=seen)


@pytest.mark.parametrize(
    ("values", "refusal", "field"),
    [
        ({"last_name": " "}, TextMissing, "last_name"),
        ({"email": "nulle part"}, AddressUnreadable, "email"),
        ({"first_name": "x" * 121}, TextTooLong, "first_name"),
    ],
)
def test_what_is_wrong_is_refused_beside_its_field(
    values: dict[str, str], refusal: type[Exception], field: str, organiser: Actor
) -> None:
    with pytest.raises(refusal) as raised:
        people.save_person(actor=organiser, person_id=None, values={"first_name": "A", "last_name": "B", **values})
    assert raised.value.field == field  # type: ignore[attr-defined]
    assert not Person.objects.exists()


def test_who_was_erased_is_not_found(organiser: Actor) -> None:
    person = a_person(erased_at=datetime(2023, 1, 1, tzinfo=UTC))
    with pytest.raises(NotFound):
        people.save_person(actor=organiser, person_id=person.pk, values={"phone": "1"})
    with pytest.raises(NotFound):
        mandate_of(organiser, person, title_fr="Maire")


def test_a_mandate_stands_last_and_keeps_its_period_in_order(organiser: Actor) -> None:
    person = a_person()
    first = mandate_of(organiser, person, function="mayor", title_fr="Maire", starts_on=date(2020, 7, 1))
    second = mandate_of(organiser, person, organisation=an_organisation("Nice"), title_fr="Présidente")
    assert (first.position, second.position) == (0, 1)
    with pytest.raises(PeriodOutOfOrder):
        mandate_of(organiser, person, first, ends_on=date(2020, 6, 30))
    seen = version_of(Mandate.objects.get(pk=first.pk))
    mandate_of(organiser, person, first, seen=seen, ends_on=date(2020, 7, 1), position=None)
    assert last_entry().details == {"changes": {"ends_on": [None, "2020-07-01"]}}
    with pytest.raises(ChangedMeanwhile):
        mandate_of(organiser, person, first, seen=seen, title_fr="Ancienne maire")
    with pytest.raises(NotFound) as refusal:
        people.save_mandate(actor=organiser, person_id=person.pk, mandate_id=None, organisation_id=0, values={})
    assert refusal.value.field == "organisation"
    with pytest.raises(NotFound):  # somebody else's
        mandate_of(organiser, a_person("Noël", "Roy"), first, title_fr="Maire")
    first.delete()
    third = mandate_of(organiser, person, organisation=an_organisation("Brest"), title_fr="Élue")
    assert third.position == 2  # never the place of another


def test_a_mandate_under_which_somebody_acts_stays(organiser: Actor) -> None:
    person = a_registration(an_open_edition()).person
    mandate = person.mandates.get()
    with pytest.raises(StillReferredTo):
        people.remove_mandate(actor=organiser, mandate_id=mandate.pk)
    other = a_mandate(person, an_organisation("Lyon"))
    row = a_presidency(a_group(), other)
    with pytest.raises(StillReferredTo):
        people.remove_mandate(actor=organiser, mandate_id=other.pk)
    row.delete()
    people.remove_mandate(actor=organiser, mandate_id=other.pk)
    assert last_entry().action == "mandate.removed"
    with pytest.raises(StillReferredTo):
        people.delete_person(actor=organiser, person_id=person.pk)


def test_who_is_nowhere_is_deleted_with_their_mandates(organiser: Actor) -> None:
    person = a_person()
    a_mandate(person, an_organisation("Lyon"))
    people.delete_person(actor=organiser, person_id=person.pk)
    assert not Person.objects.exists() and not Mandate.objects.exists()
    assert last_entry().details == {"mandate": 1}
    with pytest.raises(NotFound):
        people.delete_person(actor=organiser, person_id=person.pk)


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=8))
def test_moving_mandates_keeps_each_of_them_once(moves: list[tuple[int, bool]]) -> None:
    """Whatever is moved, the order is one, nothing is lost, and a list of the same moves gives it."""
    person = a_person()
    town = an_organisation(f"Ville {person.pk}")
    mandates = [a_mandate(person, town, f"Titre {n}", position=0) for n in range(4)]  # as an import may leave them
    expected = [mandate.pk for mandate in mandates]
    for which, up in moves:
        people.move_mandate(actor=SYSTEM, mandate_id=mandates[which].pk, up=up)
        at = expected.index(mandates[which].pk)
        to = at - 1 if up else at + 1
        if 0 <= to < len(expected):
            expected[at], expected[to] = expected[to], expected[at]
    assert list(person.mandates.order_by("position", "id").values_list("pk", flat=True)) == expected


def test_a_move_is_told_before_and_after_and_one_at_the_end_is_none(organiser: Actor) -> None:
    person = a_person()
    first, second = a_mandate(person, an_organisation("Lyon")), a_mandate(person, an_organisation("Nice"), "Élue")
    people.move_mandate(actor=organiser, mandate_id=first.pk, up=True)
    assert not LogEntry.objects.exists()
    people.move_mandate(actor=organiser, mandate_id=second.pk, up=True)
    assert last_entry().action == "person.mandates_ordered"
    before, after = last_entry().details["changes"]["mandates"]
    assert after == list(reversed(before))
    with pytest.raises(NotFound):
        people.move_mandate(actor=organiser, mandate_id=0, up=True)
