"""Somebody who comes without having registered."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from parvis.domain.access import Actor
from parvis.domain.onsite.opening import DoorsClosed
from parvis.domain.refusals import NotAllowed
from parvis.domain.registrations import PersonAlreadyRegistered
from parvis.models import Checkpoint, Mail, Registration, Scan
from parvis.services.walk_ins import admit_walk_in
from tests.factories.onsite import a_participant, a_session_door, an_edition_on_site, an_entrance, badge_code
from tests.factories.registrations import a_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def entrance(db: None) -> Checkpoint:
    return an_entrance(an_edition_on_site())


def _admit(actor: Actor, checkpoint: Checkpoint, **changes: Any) -> Any:
    key = changes.pop("form_key", uuid4())
    return admit_walk_in(actor=actor, checkpoint_guid=checkpoint.guid, form=a_form(**changes), form_key=key)


def test_registered_with_a_badge_and_let_in(entrance: Checkpoint, door: Actor) -> None:
    scan = _admit(door, entrance, email="").scan
    made = Registration.objects.get()
    assert (made.source, made.status, scan.registration_id, scan.verdict) == (
        "walk_in",
        "confirmed",
        made.pk,
        "admitted",
    )
    assert badge_code(made)
    assert not Mail.objects.exists()


def test_the_ticket_goes_to_who_gives_an_address(entrance: Checkpoint, door: Actor) -> None:
    _admit(door, entrance)
    assert Mail.objects.get().recipient == "aicha.benali@example.org"


def test_the_same_form_twice_is_one_person_and_one_passage(entrance: Checkpoint, door: Actor) -> None:
    key = uuid4()
    first, again = (_admit(door, entrance, form_key=key, email="") for _ in range(2))
    assert (first.created, again.created) == (True, False)
    assert (Registration.objects.count(), Scan.objects.count()) == (1, 1)


def test_who_is_registered_already_is_named(entrance: Checkpoint, door: Actor) -> None:
    known = a_participant(entrance.edition, "Benali-L’Hôte", first_name="Aïcha")
    with pytest.raises(PersonAlreadyRegistered, match=known.reference):
        _admit(door, entrance, email="")
    assert not Scan.objects.exists()


def test_a_door_for_members_still_refuses(door: Actor) -> None:
    assembly = a_session_door(an_edition_on_site(), members_only=True)
    assert _admit(door, assembly, email="").scan.verdict == "not_member"
    assert Registration.objects.count() == 1


def test_closed_doors_and_other_roles_register_nobody(entrance: Checkpoint, press: Actor, door: Actor) -> None:
    with pytest.raises(NotAllowed):
        _admit(press, entrance)
    entrance.edition.status = "archived"
    entrance.edition.save()
    with pytest.raises(DoorsClosed):
        _admit(door, entrance)
    assert not Registration.objects.exists()
