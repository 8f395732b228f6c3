"""Signing in with a code by mail: once, in time, by those who have an account, and to where they belong."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.translation import override

from parvis.domain.access import Actor, Role
from parvis.models import Account, Mail, RoleGrant
from parvis.web.accounts import landing_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def _ask(client: Client, email: str = "anne@example.org", prefix: str = "") -> None:
    response = client.post(f"{prefix}/accounts/login/code/", {"email": email})
    assert response.status_code == 302
    assert response["Location"] == f"{prefix}/accounts/login/code/confirm/"


def _code() -> str:
    found = re.search(r"^[A-Z0-9]{3,}-?[A-Z0-9]{3,}$", Mail.objects.latest("id").body_text, re.MULTILINE)
    assert found, Mail.objects.latest("id").body_text
    return found[0]


def test_a_code_signs_in_once(client: Client) -> None:
    Account.objects.create_user("anne@example.org")
    _ask(client)
    code = _code()
    response = client.post("/accounts/login/code/confirm/", {"code": code.lower()})
    assert (response.status_code, response["Location"]) == (302, "/space/")
    assert client.get("/space/").status_code == 200
    other = Client()
    _ask(other)
    assert other.post("/accounts/login/code/confirm/", {"code": code}).status_code == 200


def test_a_wrong_code_is_said_and_three_end_it(client: Client) -> None:
    Account.objects.create_user("anne@example.org")
    _ask(client)
    response = client.post("/accounts/login/code/confirm/", {"code": "WRONG"})
    assert 'id="id_code_error"' in response.content.decode()
    client.post("/accounts/login/code/confirm/", {"code": "WRONG"})
    last = client.post("/accounts/login/code/confirm/", {"code": "WRONG"})
    assert last.status_code == 302
    assert client.post("/accounts/login/code/confirm/", {"code": _code()}).status_code == 302
    assert client.get("/space/").status_code == 302


def test_an_old_code_is_refused(client: Client) -> None:
    Account.objects.create_user("anne@example.org")
    _ask(client)
    with mock.patch("time.time", return_value=time.time() + 301):
        client.post("/accounts/login/code/confirm/", {"code": _code()})
    assert client.get("/space/").status_code == 302


def test_an_address_without_account_reads_the_same(client: Client) -> None:
    Account.objects.create_user("anne@example.org")
    _ask(client)
    known = client.get("/accounts/login/code/confirm/").content.decode()
    other = Client()
    _ask(other, "anna@example.org")
    unknown = other.get("/accounts/login/code/confirm/").content.decode()
    strip = re.compile(r'csrfmiddlewaretoken" value="[^"]+"')
    assert strip.sub("", known).replace("anne@", "anna@") == strip.sub("", unknown)
    mail = Mail.objects.latest("id")
    assert mail.recipient == "anna@example.org"
    assert not re.search(r"^[A-Z0-9]{6,}$", mail.body_text, re.MULTILINE)


def test_asking_too_often_is_refused(client: Client) -> None:
    Account.objects.create_user("anne@example.org")
    answers = [Client().post("/accounts/login/code/", {"email": "anne@example.org"}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 200]
    assert 'id="id_email_error"' in answers[-1].content.decode()
    assert Mail.objects.count() == 3


def test_a_new_code_can_be_had_and_another_address_tried(client: Client) -> None:
    Account.objects.create_user("anne@example.org")
    _ask(client)
    client.post("/accounts/login/code/confirm/", {"action": "resend"})
    assert Mail.objects.count() == 2
    response = client.post("/accounts/logout/", {"next": "/accounts/login/code/"})
    assert response["Location"] == "/accounts/login/code/"
    assert client.get("/accounts/login/code/").status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/accounts/login/", 302),
        ("/accounts/signup/", 302),
        ("/accounts/password/reset/", 404),
        ("/accounts/password/change/", 404),
        ("/accounts/email/", 404),
    ],
)
def test_there_is_no_other_way_in(client: Client, path: str, status: int) -> None:
    response = client.get(path)
    assert response.status_code == status
    if status == 302:
        assert response["Location"].startswith("/accounts/login/code/")


def test_the_mail_is_written_in_the_language_of_the_page(client: Client) -> None:
    Account.objects.create_user("anne@example.org")
    _ask(client, prefix="/en")
    mail = Mail.objects.latest("id")
    assert (mail.language, "sign-in code" in mail.subject) == ("en", True)


def test_everybody_lands_where_they_work(organiser: Actor, read_only: Actor) -> None:
    with override("fr"):
        assert landing_of(Actor(label="nobody")) == "/space/"
        assert landing_of(organiser) == landing_of(read_only)


def test_the_demo_lists_its_accounts_and_others_do_not(client: Client, settings: Any) -> None:
    account = Account.objects.create_user("anne@example.org", name="Anne")
    RoleGrant.objects.create(account=account, role=Role.PRESS)
    assert "anne@example.org" not in client.get("/accounts/login/code/").content.decode()
    settings.PARVIS_DEMO = True
    page = client.get("/accounts/login/code/?email=anne@example.org").content.decode()
    assert "?email=anne%40example.org" in page
    assert 'value="anne@example.org"' in page


def test_signing_out_asks_first(organiser_client: Client) -> None:
    assert organiser_client.get("/accounts/logout/").status_code == 200
    assert organiser_client.post("/accounts/logout/").status_code == 302
    assert organiser_client.get("/space/").status_code == 302
