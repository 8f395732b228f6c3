"""My space: one's own registrations and one's delegations', and nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from parvis.domain.access import Actor
from parvis.models import Account, Registration
from parvis.queries.accounts import actor_of
from parvis.services.delegations import name_contact
from tests.factories.registrations import a_registration, an_open_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact() -> Actor:
    account = Account.objects.create_user("contact@example.org", name="Camille Contact")
    return actor_of(account_id=account.pk)


def _with_contact(organiser: Actor) -> Registration:
    found = a_registration(an_open_edition())
    name_contact(
        actor=organiser,
        edition_id=found.edition_id,
        organisation_id=found.organisation_id,
        name="Camille Contact",
        email="Contact@example.org",
    )
    return found


def test_it_asks_to_sign_in(client: Client) -> None:
    response = client.get("/space/")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/code/")


def test_nothing_yet_says_what_to_do(contact: Actor, client_of: Callable[[Actor], Client]) -> None:
    response = client_of(contact).get("/space/")
    assert response.status_code == 200
    assert 'class="empty"' in response.content.decode()


def test_the_contact_sees_the_delegation_and_no_link_of_others(
    organiser: Actor, contact: Actor, client_of: Callable[[Actor], Client]
) -> None:
    found = _with_contact(organiser)
    page = client_of(contact).get("/space/").content.decode()
    assert str(found.person).replace("’", "’") in page
    assert found.manage_token not in page
    assert f"/2023/register/?organisation=id:{found.organisation_id}" in page


def test_the_contact_cancels_for_a_colleague_and_a_stranger_does_not(
    organiser: Actor, contact: Actor, client_of: Callable[[Actor], Client]
) -> None:
    found = _with_contact(organiser)
    stranger = actor_of(account_id=Account.objects.create_user("stranger@example.org").pk)
    assert client_of(stranger).post(f"/space/{found.pk}/cancel/").status_code == 404
    found.refresh_from_db()
    assert found.status == "confirmed"
    response = client_of(contact).post(f"/space/{found.pk}/cancel/", {"reason": "Empêchée"})
    assert response.status_code == 302
    found.refresh_from_db()
    assert (found.status, found.cancellation_reason) == ("cancelled", "Empêchée")


def test_the_number_of_queries_does_not_grow(
    organiser: Actor,
    contact: Actor,
    client_of: Callable[[Actor], Client],
    django_assert_max_num_queries: Any,
) -> None:
    found = _with_contact(organiser)
    client = client_of(contact)
    with django_assert_max_num_queries(9):
        client.get("/space/")
    for number in range(10):
        a_registration(found.edition, email=f"p{number}@example.org", last_name=f"Nom{number}")
    with django_assert_max_num_queries(9):
        page = client.get("/space/").content.decode()
    assert "Nom9" in page
