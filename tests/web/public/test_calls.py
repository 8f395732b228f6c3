"""Calls on the public site: read from their opening on, linked while they are open, never kept by a cache."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from parvis.domain.access import Actor
from parvis.models import Call
from parvis.services.calls import save_call
from parvis.services.releases import publish_release
from parvis.web.kept_pages import KEEP
from tests.factories.calls import DESK, an_open_call, close

pytestmark = pytest.mark.django_db
LINK = 'href="/2023/calls/"'


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_an_open_call_is_linked_from_every_page_and_says_what_until_when_and_how(
    client: Client, organiser: Actor
) -> None:
    call = an_open_call()
    publish_release(actor=organiser, edition_id=call.edition_id)
    assert LINK in text(client, "/2023/")
    assert LINK in text(client, "/2023/partners/")
    page = text(client, "/2023/calls/")
    assert "Micro-ateliers" in page
    assert "2023/calls/micro-ateliers/" in page
    page = text(client, "/2023/calls/micro-ateliers/")
    for words in ("Vingt minutes pour montrer", "Intérêt", "coefficient 2", "Besoin", "1\u202f500", "/propose/"):
        assert words in page, words
    english = text(client, "/en/2023/calls/micro-ateliers/")
    assert "Twenty minutes" in english
    assert "Screen, sound" in english


def test_a_closed_call_stays_readable_and_is_no_longer_linked(client: Client) -> None:
    close(an_open_call())
    assert LINK not in text(client, "/2023/")
    assert "/propose/" not in text(client, "/2023/calls/micro-ateliers/")
    assert "Micro-ateliers" in text(client, "/2023/calls/")


def test_what_is_prepared_is_not_public(client: Client) -> None:
    call = an_open_call()
    Call.objects.update(opens_at=datetime.now(UTC) + timedelta(days=1))
    assert client.get("/2023/calls/micro-ateliers/").status_code == 404
    assert "Micro-ateliers" not in text(client, "/2023/calls/")
    assert "Aucun appel" in text(client, "/2023/calls/")
    Call.objects.update(opens_at=datetime.now(UTC) - timedelta(days=1))
    call.edition.status = "cancelled"
    call.edition.save()
    assert client.get("/2023/calls/micro-ateliers/").status_code == 404
    assert LINK not in text(client, "/2023/")
    assert client.get("/1999/calls/").status_code == 404
    assert client.get("/2023/calls/rien/").status_code == 404


def test_the_pages_are_live_while_the_others_are_kept(client: Client) -> None:
    call = an_open_call()
    assert client.get("/2023/").wsgi_request.META.get(KEEP)
    for page in ("/2023/calls/", "/2023/calls/micro-ateliers/"):
        response = client.get(page)
        assert not response.wsgi_request.META.get(KEEP)
        assert response.headers["Cache-Control"] == "no-cache"
    save_call(actor=DESK, edition_id=call.edition_id, call_id=call.pk, values={"name_fr": "Renommé"})
    assert "Renommé" in text(client, "/2023/calls/")


def test_markup_in_a_call_is_text(client: Client) -> None:
    an_open_call(name_fr="<b>Appel</b>", text_fr="<script>alert(1)</script>")
    page = text(client, "/2023/calls/b-appel-b/")
    assert "&lt;script&gt;" in page
    assert "<b>Appel" not in page


def test_the_number_of_queries_does_not_grow(client: Client, django_assert_max_num_queries: Any) -> None:
    call = an_open_call()
    for _ in range(2):
        for page in ("/2023/calls/", "/2023/calls/micro-ateliers/"):
            with django_assert_max_num_queries(4):
                client.get(page)
        for number in range(6):
            an_open_call(call.edition, name_fr=f"Appel {number}")
