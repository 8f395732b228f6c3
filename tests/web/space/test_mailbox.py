"""The demo's mailbox, which exists in the demo alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from parvis.models import Mail
from tests.factories.registrations import a_registration, an_open_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail() -> Mail:
    a_registration(an_open_edition())
    return Mail.objects.get()


def test_it_exists_in_the_demo_only(client: Client, mail: Mail) -> None:
    for path in ("/mails/", f"/mails/{mail.guid}/", f"/mails/{mail.guid}/attachments/1/"):
        assert client.get(path).status_code == 404


def test_a_mail_is_read_with_its_link_and_its_files(client: Client, mail: Mail, settings: Any) -> None:
    settings.PARVIS_DEMO = True
    assert f"/mails/{mail.guid}/" in client.get("/mails/").content.decode()
    assert f"/mails/{mail.guid}/" in client.get("/mails/?to=aicha.benali@example.org").content.decode()
    assert f"/mails/{mail.guid}/" not in client.get("/mails/?to=other@example.org").content.decode()
    page = client.get(f"/mails/{mail.guid}/").content.decode()
    assert 'href="http://testserver/r/' in page
    for attachment in mail.attachments.all():
        response = client.get(f"/mails/{mail.guid}/attachments/{attachment.pk}/")
        assert response.content == bytes(attachment.content)
        assert response.headers["Content-Type"] == attachment.content_type
    assert client.get(f"/mails/{mail.guid}/attachments/0/").status_code == 404


def test_an_empty_mailbox_says_what_to_do(client: Client, settings: Any) -> None:
    settings.PARVIS_DEMO = True
    assert 'class="empty"' in client.get("/mails/").content.decode()


def test_what_somebody_typed_stays_text(client: Client, settings: Any) -> None:
    settings.PARVIS_DEMO = True
    a_registration(an_open_edition(), first_name="<script>alert(1)</script>")
    mail = Mail.objects.get()
    assert "<script>alert" not in client.get(f"/mails/{mail.guid}/").content.decode()
    assert "<script>alert" not in mail.body_html


def test_the_number_of_queries_does_not_grow(
    client: Client, mail: Mail, settings: Any, django_assert_max_num_queries: Any
) -> None:
    settings.PARVIS_DEMO = True
    with django_assert_max_num_queries(2):
        client.get("/mails/")
    for number in range(8):
        a_registration(an_open_edition(20 + number, slug=f"e{number}"))
    with django_assert_max_num_queries(2):
        client.get("/mails/")
