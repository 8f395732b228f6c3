"""The list of doors: who may open it, what it shows, and with how few queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from parvis.domain.access import Actor
from tests.factories.onsite import a_participant, a_session_door, an_edition_on_site, an_entrance, badge_code, read

pytestmark = pytest.mark.django_db


def _text(client: Client, address: str = "/door/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_only_who_may_scan(client: Client, press_client: Client, read_only_client: Client) -> None:
    assert client.get("/door/").headers["Location"].endswith("?next=/door/")
    for other in (press_client, read_only_client):
        response = other.get("/door/")
        assert response.status_code == 403
        assert "contrôler les billets à l’entrée" in response.content.decode()


def test_without_doors_it_says_where_they_are_made(door_client: Client, organiser_client: Client) -> None:
    page = _text(door_client)
    assert "Il n’y a pas encore d’entrée" in page and "Vers le bureau" not in page
    assert "Vers le bureau" in _text(organiser_client)


def test_doors_with_who_is_inside(door_client: Client) -> None:
    edition = an_edition_on_site()
    entrance = an_entrance(edition)
    a_session_door(edition, members_only=True)
    read(entrance, badge_code(a_participant(edition)))
    page = _text(door_client)
    assert f'href="/door/{entrance.guid}/"' in page
    assert '<strong class="figure">1</strong> à l’intérieur' in page
    assert "aujourd’hui" in page and "adhérents" in page and "terminée" not in page
    assert "Which door?" in _text(door_client, "/en/door/")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"status": "held", "starts_on": date(2023, 9, 18), "ends_on": date(2023, 9, 19)},
            "Cette édition est terminée",
        ),
        ({"status": "cancelled"}, "Les entrées sont fermées"),
        ({"status": "open", "starts_on": date(2099, 9, 18), "ends_on": date(2099, 9, 19)}, "ouvrent le 18/09/2099"),
    ],
)
def test_an_edition_that_is_not_under_way_says_so(door_client: Client, changes: Any, said: str) -> None:
    entrance = an_entrance(an_edition_on_site(**changes))
    page = _text(door_client)
    assert said in page
    assert (f"/door/{entrance.guid}/" in page) is (changes["status"] == "held")


def test_as_many_queries_for_many_doors_as_for_one(door: Actor, client_of: Callable[[Actor], Client]) -> None:
    client = client_of(door)
    edition = an_edition_on_site()
    an_entrance(edition)
    _text(client)
    with CaptureQueriesContext(connection) as few:
        _text(client)
    for number in range(15):
        read(a_session_door(edition, code=f"S{number}"), badge_code(a_participant(edition, f"Nom{number}")))
    an_entrance(an_edition_on_site(17, starts_on=edition.starts_on, ends_on=edition.ends_on))
    with CaptureQueriesContext(connection) as many:
        page = _text(client)
    assert "Trouver une entrée" in page
    assert len(many) == len(few)


def test_yesterdays_door_leads_to_todays(door_client: Client) -> None:
    edition = an_edition_on_site()
    first, second = an_entrance(edition), an_entrance(edition, number=2)
    edition.starts_on -= timedelta(days=1)
    edition.save()
    for entrance, days in ((first, -1), (second, -1)):
        entrance.day += timedelta(days=days)
        entrance.save()
    page = _text(door_client, f"/door/{first.guid}/")
    assert "pas d’aujourd’hui" in page and f"/door/{second.guid}/" in page
    assert "pas d’aujourd’hui" not in _text(door_client, f"/door/{second.guid}/")
