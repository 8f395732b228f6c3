"""The addresses of what a participant chose: read by whoever has them, kept by no cache, followed by calendars."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.models import Edition, OwnProgramme, Session
from parvis.services.releases import publish_release
from tests.factories.editions import an_edition
from tests.factories.programmes import a_full_programme, fill_large

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_counts_left() -> None:
    cache.clear()


@pytest.fixture
def released(organiser: Actor) -> Edition:
    edition = an_edition()
    a_full_programme(edition)
    publish_release(actor=organiser, edition_id=edition.pk)
    return edition


def guid(code: str) -> str:
    return str(Session.objects.get(code=code).guid)


def post(client: Client, address: str, body: Any, **headers: str) -> Any:
    return client.post(address, json.dumps(body), content_type="application/json", headers=headers)


def keep(client: Client, *codes: str) -> dict[str, Any]:
    answer = post(client, "/2023/mine/keep/", {"add": [guid(code) for code in codes]})
    assert answer.status_code == 201
    return dict(answer.json())


def test_a_browser_asks_for_an_address_and_the_calendar_follows(released: Edition, client: Client) -> None:
    kept = keep(client, "GP1", "AT1")
    assert kept["sessions"] == [guid("GP1"), guid("AT1")]
    assert kept["feed"] == f"http://testserver/2023/mine/{kept['token']}.ics"
    answer = client.get(f"/2023/mine/{kept['token']}.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert {str(event["uid"]) for event in events} == {f"{guid(code)}@parvis" for code in ("GP1", "AT1")}
    again = client.get(f"/2023/mine/{kept['token']}.ics", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    english = client.get(f"/en/2023/mine/{kept['token']}.ics").content.decode()
    assert "Benin country group" in english


def test_the_calendar_strikes_out_what_is_cancelled(released: Edition, client: Client, organiser: Actor) -> None:
    kept = keep(client, "GP1")
    Session.objects.filter(code="GP1").update(status="cancelled")
    publish_release(actor=organiser, edition_id=released.pk)
    (event,) = Calendar.from_ical(client.get(f"/2023/mine/{kept['token']}.ics").content).walk("VEVENT")
    assert event["status"] == "CANCELLED"


def test_pages_behind_the_address_are_personal(released: Edition, client: Client) -> None:
    token = keep(client, "GP1", "AT1", "AT2")["token"]
    for path in (
        f"/2023/mine/{token}/",
        f"/2023/mine/{token}/choose/",
        f"/2023/mine/{token}.ics",
        "/2023/mine/choose/",
    ):
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    page = client.get(f"/2023/mine/{token}/").content.decode()
    assert page.count('class="chosen"') == 3
    assert "En même temps que «\u202fÉducation à la citoyenneté mondiale\u202f»" in page
    assert "<svg" in page
    assert token not in client.get("/2023/mine/").content.decode()
    code = client.get(f"/2023/mine/{token}/code.svg")
    assert code.headers["Content-Type"] == "image/svg+xml"
    assert b"<path" in code.content


def test_stars_are_added_and_taken_out(released: Edition, client: Client) -> None:
    token = keep(client, "GP1")["token"]
    answer = post(client, f"/2023/mine/{token}/keep/", {"add": [guid("AT1")], "remove": [guid("GP1")]})
    assert answer.json()["sessions"] == [guid("AT1")]
    assert post(client, f"/2023/mine/{token}/keep/", {}).json()["sessions"] == [guid("AT1")]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"add": "x"}',
        b'{"add": [1]}',
        b'{"add": {"a": 1}}',
        b'{"add": ["' + b"a" * 65 + b'"]}',
        json.dumps({"add": ["a"] * 1001}).encode(),
    ],
)
def test_what_is_no_list_of_sessions_is_refused_in_a_sentence(released: Edition, client: Client, body: bytes) -> None:
    answer = client.post("/2023/mine/keep/", body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["sentence"].startswith("Le navigateur n’a pas envoyé")
    assert not OwnProgramme.objects.exists()


def test_another_sites_form_cannot_send_it(released: Edition, client: Client) -> None:
    body = json.dumps({"add": [guid("GP1")]})
    assert client.post("/2023/mine/keep/", body, content_type="text/plain").status_code == 422
    assert client.post("/2023/mine/keep/", {"add": guid("GP1")}).status_code == 422
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/2023/mine/choose/", {"session": guid("GP1")}).status_code == 403


def test_nothing_chosen_is_refused_in_a_sentence(released: Edition, client: Client) -> None:
    answer = post(client, "/2023/mine/keep/", {"add": ["nonsense"]})
    assert (answer.status_code, answer.json()["sentence"]) == (
        422,
        "Choisissez d’abord au moins une séance du programme.",
    )
    page = client.post("/2023/mine/choose/")
    assert page.status_code == 422
    assert "Choisissez d’abord au moins une séance du programme." in page.content.decode()


def test_addresses_are_not_given_without_end(released: Edition, client: Client, settings: Any) -> None:
    settings.PARVIS_RATE_LIMITS = {"own_programme": (2, 600), "own_programme_change": (1, 600), "token": (2, 60)}
    token = keep(client, "GP1")["token"]
    keep(client, "GP1")
    refused = post(client, "/2023/mine/keep/", {"add": [guid("GP1")]})
    assert refused.status_code == 429
    assert refused.json()["sentence"]
    form = client.post("/2023/mine/choose/", {"session": [guid("GP1")]})
    assert form.status_code == 429
    assert f'value="{guid("GP1")}" id="c-gp1" checked' in form.content.decode(), "what was ticked is not lost"
    assert post(client, f"/2023/mine/{token}/keep/", {}).status_code == 200
    assert post(client, f"/2023/mine/{token}/keep/", {}).status_code == 429
    wrong = "x" * 43
    assert [client.get(f"/2023/mine/{wrong}/").status_code for _ in range(3)] == [404, 404, 429]
    assert client.get(f"/2023/mine/{wrong}.ics").status_code == 429
    assert client.get(f"/2023/mine/{token}/").status_code == 200


def test_a_form_without_scripts_chooses_and_changes(released: Edition, client: Client) -> None:
    page = client.get("/2023/mine/choose/?add=gp1").content.decode()
    assert f'value="{guid("GP1")}" id="c-gp1" checked' in page
    assert page.count("checked") == 1
    assert "Accueil" not in page, "nobody chooses a break"
    answer = client.post("/2023/mine/choose/", {"session": [guid("GP1"), guid("AT1")]})
    token = OwnProgramme.objects.get().token
    assert answer.headers["Location"] == f"/2023/mine/{token}/?kept=1"
    client.post(f"/2023/mine/{token}/choose/", {"session": [guid("AT1"), guid("AT2")]})
    assert OwnProgramme.objects.get().sessions == [guid("AT1"), guid("AT2")]


def test_what_left_the_programme_survives_the_form(released: Edition, client: Client, organiser: Actor) -> None:
    token = keep(client, "GP1", "AT1")["token"]
    Session.objects.filter(code="GP1").update(status="draft")
    publish_release(actor=organiser, edition_id=released.pk)
    assert "Une séance choisie n’est plus au programme." in client.get(f"/2023/mine/{token}/").content.decode()
    client.post(f"/2023/mine/{token}/choose/", {"session": [guid("AT2")]})
    assert OwnProgramme.objects.get().sessions == [guid("GP1"), guid("AT2")]


def test_it_is_forgotten_when_asked(released: Edition, client: Client) -> None:
    token = keep(client, "GP1")["token"]
    assert client.get(f"/2023/mine/{token}/forget/").status_code == 405
    assert post(client, f"/2023/mine/{token}/forget/", {}).status_code == 204
    assert client.get(f"/2023/mine/{token}/").status_code == 404
    assert "n’est pas conservé" in client.get(f"/2023/mine/{token}/").content.decode()
    assert client.get(f"/2023/mine/{token}.ics").status_code == 404
    assert post(client, f"/2023/mine/{token}/keep/", {"add": [guid("GP1")]}).status_code == 404
    token = keep(client, "GP1")["token"]
    assert client.post(f"/2023/mine/{token}/forget/").headers["Location"] == "/2023/mine/"


def test_another_edition_does_not_open_it(released: Edition, client: Client) -> None:
    an_edition(15, slug="2024")
    token = keep(client, "GP1")["token"]
    assert client.get(f"/2024/mine/{token}/").status_code == 404
    assert client.get(f"/2024/mine/{token}.ics").status_code == 404
    assert client.get(f"/1999/mine/{token}/").status_code == 404


@pytest.mark.parametrize("path", ["/2023/mine/{}/", "/2023/mine/{}.ics", "/2023/mine/{}/choose/"])
def test_queries_do_not_grow_with_what_is_chosen(
    organiser: Actor, client: Client, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    edition = an_edition()
    a_full_programme(edition)
    fill_large(edition, sessions=60, speakers=10)
    publish_release(actor=organiser, edition_id=edition.pk, accept_violations=True)
    one = keep(client, "GP1")["token"]
    many = keep(client, *[f"S{n:03d}" for n in range(50)])["token"]
    for token in (one, many):
        with django_assert_max_num_queries(3):
            assert client.get(path.format(token)).status_code == 200
