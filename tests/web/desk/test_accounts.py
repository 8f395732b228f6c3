"""Accounts at the desk: opened, given roles and deprived of them, by those who may."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.models import Account, LogEntry, RoleGrant
from tests.factories.editions import an_edition
from tests.web.desk.reading import main_of, read

pytestmark = pytest.mark.django_db
BASE = "/desk/accounts/"


@pytest.fixture(autouse=True)
def _an_edition(db: None) -> None:
    an_edition(status="open")


def roles_of(email: str) -> set[str]:
    return set(RoleGrant.objects.filter(account__email=email).values_list("role", flat=True))


def test_an_account_is_opened_with_its_roles(organiser_client: Client) -> None:
    sent = {"email": " Awa@Example.org ", "name": "Awa N’Diaye", "roles": ["press", "door"]}
    assert organiser_client.post(f"{BASE}new/", sent)["Location"] == BASE
    assert roles_of("awa@example.org") == {"press", "door"}
    shown = read(organiser_client, BASE)
    for words in ("Awa N’Diaye peut désormais se connecter", "awa@example.org", "Presse"):
        assert words in shown
    organiser_client.post(f"{BASE}new/", {**sent, "roles": ["read_only"]})
    assert roles_of("awa@example.org") == {"press", "door", "read_only"}
    assert Account.objects.filter(email="awa@example.org").count() == 1


@pytest.mark.parametrize(
    ("more", "field"), [({"email": "nonsense"}, "email"), ({"roles": []}, "roles"), ({"name": ""}, "name")]
)
def test_what_is_wrong_is_said_and_kept(more: dict[str, object], field: str, organiser_client: Client) -> None:
    answer = organiser_client.post(
        f"{BASE}new/", {"email": "awa@example.org", "name": "Awa à garder", "roles": ["press"], **more}
    )
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in main_of(answer)
    assert ("Awa à garder" in main_of(answer)) is (field != "name")
    assert not Account.objects.filter(email__contains="awa").exists()


def test_roles_are_given_and_taken_back(organiser_client: Client, press: Actor) -> None:
    address = f"{BASE}{press.account_id}/read_only/"
    assert 'aria-pressed="true"' in read(organiser_client, BASE)
    organiser_client.post(address, {"give": "1"})
    assert roles_of("press@example.org") == {"press", "read_only"}
    organiser_client.post(address)
    assert roles_of("press@example.org") == {"press"}
    actions = LogEntry.objects.order_by("id").values_list("action", flat=True)
    assert [action.rpartition(".")[2] for action in actions] == ["granted", "revoked"]


def test_the_last_organiser_stays(organiser: Actor, organiser_client: Client) -> None:
    answer = organiser_client.post(f"{BASE}{organiser.account_id}/organiser/", follow=True)
    assert "dernier organisateur" in main_of(answer) or "dernière" in main_of(answer)
    assert roles_of("organiser@example.org") == {"organiser"}


def test_nonsense_is_not_found(organiser: Actor, organiser_client: Client) -> None:
    assert organiser_client.post(f"{BASE}{organiser.account_id}/nonsense/").status_code == 404
    assert organiser_client.post(f"{BASE}0/press/").status_code == 404
    assert organiser_client.get(f"{BASE}{organiser.account_id}/press/").status_code == 405


def test_only_those_who_give_roles_see_accounts(
    organiser: Actor, read_only_client: Client, door_client: Client, press_client: Client
) -> None:
    for refused in (read_only_client, door_client, press_client):
        assert refused.get(BASE).status_code == 403
        assert refused.get(f"{BASE}new/").status_code == 403
        assert (
            refused.post(f"{BASE}new/", {"email": "x@example.org", "name": "X", "roles": ["door"]}).status_code == 403
        )
        assert refused.post(f"{BASE}{organiser.account_id}/organiser/").status_code == 403
    assert roles_of("organiser@example.org") == {"organiser"}
    assert not Account.objects.filter(email="x@example.org").exists()


def test_one_and_many_ask_as_much(
    organiser_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(10) as one:
        read(organiser_client, BASE)
    for n in range(20):
        account = Account.objects.create_user(f"p{n}@example.org", name=f"P{n}")
        RoleGrant.objects.create(account=account, role="door")
    with django_assert_max_num_queries(len(one)):
        read(organiser_client, BASE)
