"""Whom to write to about a delegation: named by the desk, and then they see it in their space."""

from __future__ import annotations

import pytest

from parvis.domain.access import PUBLIC, Actor
from parvis.domain.refusals import NotAllowed, NotFound
from parvis.domain.registration_forms import AddressUnreadable
from parvis.models import Delegation, LogEntry
from parvis.queries.registrations import list_own_registrations
from parvis.services.delegations import name_contact
from tests.factories.editions import an_edition, an_organisation
from tests.factories.registrations import a_registration, an_open_edition

pytestmark = pytest.mark.django_db


def name(actor: Actor, edition_id: int, organisation_id: int, email: str = "anne@dijon.example") -> Delegation:
    return name_contact(
        actor=actor, edition_id=edition_id, organisation_id=organisation_id, name=" Anne  Roy ", email=email
    )


def test_only_who_may_change_registrations_names_one(read_only: Actor, door: Actor, press: Actor) -> None:
    edition, town = an_edition(), an_organisation("Lyon")
    for actor in (read_only, door, press, PUBLIC):
        with pytest.raises(NotAllowed):
            name(actor, edition.pk, town.pk)
    assert not Delegation.objects.exists()


def test_the_one_who_is_named_sees_the_delegation(organiser: Actor) -> None:
    registration = a_registration(an_open_edition())
    made = name(organiser, registration.edition_id, registration.organisation_id, " Anne@Dijon.example ")
    assert made == registration.delegation
    assert (made.contact_name, made.contact_email) == ("Anne Roy", "anne@dijon.example")
    assert LogEntry.objects.latest("id").action == "delegation.contact_named"
    assert list_own_registrations(Actor("Anne", email="anne@dijon.example")) == [registration]
    name(organiser, registration.edition_id, registration.organisation_id, "")
    assert list_own_registrations(Actor("Anne", email="anne@dijon.example")) == []


def test_a_delegation_may_have_a_contact_before_anybody_registers(organiser: Actor) -> None:
    edition, town = an_edition(), an_organisation("Lyon")
    assert name(organiser, edition.pk, town.pk).pk == name(organiser, edition.pk, town.pk).pk
    assert Delegation.objects.count() == 1


def test_what_is_wrong_is_refused(organiser: Actor) -> None:
    edition, town = an_edition(), an_organisation("Lyon")
    with pytest.raises(AddressUnreadable) as refusal:
        name(organiser, edition.pk, town.pk, "nulle part")
    assert refusal.value.field == "email"
    for wrong in ((edition.pk, 0), (0, town.pk)):
        with pytest.raises(NotFound):
            name(organiser, *wrong)
    assert not Delegation.objects.exists()
