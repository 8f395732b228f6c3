"""Screens: the days of a room as a list that reads without scripts, from the release alone."""

from __future__ import annotations

import re

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.models import Edition, Placement, Room, Session
from parvis.queries import releases
from parvis.services.releases import publish_release
from parvis.web.kept_pages import KeptPages
from tests.factories.editions import an_edition, fill
from tests.factories.mornings import a_morning
from tests.web.test_kept_pages import ask

pytestmark = pytest.mark.django_db
ROOM, LOBBY = "/2023/rooms/salle-0/display/", "/2023/display/"


@pytest.fixture
def released(organiser: Actor) -> Edition:
    edition = an_edition()
    a_morning(edition)
    publish_release(actor=organiser, edition_id=edition.pk)
    return edition


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.mark.parametrize("address", [ROOM, LOBBY])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_screen_answers_in_both_languages(released: Edition, client: Client, address: str, prefix: str) -> None:
    response = client.get(prefix + address)
    assert response.status_code == 200
    page = response.content.decode()
    assert page.count("<h1") == 1
    assert "noindex" in page
    assert "style=" not in page
    assert 'data-zone="Europe/Paris"' in page
    assert not response.cookies
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_a_door_says_what_when_who_as_what_and_in_which_languages(released: Edition, client: Client) -> None:
    page = text(client, ROOM)
    assert "Salle 0" in page
    assert "Séance 0 : agir ensemble" in page
    assert 'data-starts="2023-09-18T09:30+02:00"' in page
    assert "jusqu’à 11\u00a0h" in page
    assert re.search(r'class="turn-name">\w+ Été\d{3}<', page)
    assert "Maire de la ville d’Essai" in page
    assert "En français, avec interprétation en anglais et espagnol" in page
    assert "Adhérents seulement" in page
    assert "Séance 1" not in page, "another room's"
    english = text(client, "/en" + ROOM)
    assert "In French, interpreted into English and Spanish" in english
    assert "until 11.00" in english


def test_the_lobby_has_every_room(released: Edition, client: Client) -> None:
    page = text(client, LOBBY)
    assert page.count('data-board="') == 6
    assert page.count('class="turn ') == 12


def test_only_the_release_is_shown(released: Edition, client: Client, organiser: Actor) -> None:
    Session.objects.filter(code="S000").update(title_fr="Titre en cours d’écriture")
    assert "en cours d’écriture" not in text(client, ROOM)
    publish_release(actor=organiser, edition_id=released.pk)
    assert "en cours d’écriture" in text(client, ROOM)


def test_a_session_that_was_moved_is_shown_at_both_doors(released: Edition, client: Client, organiser: Actor) -> None:
    Placement.objects.filter(session__code="S000").update(room=Room.objects.get(slug="salle-5"))
    publish_release(actor=organiser, edition_id=released.pk, accept_violations=True)
    assert "Lieu\u202f: Salle 5" in text(client, ROOM)
    assert 'data-moved="1"' in text(client, ROOM)
    assert "Séance 0" in text(client, "/2023/rooms/salle-5/display/")
    assert 'data-moved="1"' not in text(client, "/2023/rooms/salle-5/display/")


def test_a_room_that_lost_everything_keeps_its_screen(released: Edition, client: Client, organiser: Actor) -> None:
    Placement.objects.filter(room__slug="salle-0").update(room=Room.objects.get(slug="salle-5"))
    publish_release(actor=organiser, edition_id=released.pk, accept_violations=True)
    assert client.get("/2023/rooms/salle-0/").status_code == 404, "no longer a room of the programme"
    assert "Lieu\u202f: Salle 5" in text(client, ROOM)


def test_a_room_in_which_nothing_is_yet_has_a_screen_that_says_so(
    released: Edition, client: Client, organiser: Actor
) -> None:
    spare = Room.objects.create(venue=released.venue, slug="salle-de-secours", name="Salle de secours")
    address = "/2023/rooms/salle-de-secours/display/"
    assert "Rien n’est prévu dans cette salle." in text(client, address)
    assert "Salle de secours" in text(client, address)
    Placement.objects.filter(session__code="S000").update(room=spare)
    publish_release(actor=organiser, edition_id=released.pk, accept_violations=True)
    assert "Séance 0" in text(client, address)


def test_unknown_rooms_and_drafts_are_not_found(released: Edition, client: Client) -> None:
    an_edition(15, slug="2024", status="draft")
    for address in ("/2023/rooms/nulle-part/display/", "/2024/display/", "/2024/rooms/salle-0/display/"):
        assert client.get(address).status_code == 404


def test_before_the_programme_the_lobby_says_so(client: Client, organiser: Actor) -> None:
    an_edition(status="announced")
    assert "Le programme n’est pas encore publié." in text(client, LOBBY)
    assert client.get(ROOM).status_code == 404


def test_a_cancelled_edition_says_so(released: Edition, client: Client) -> None:
    Edition.objects.filter(pk=released.pk).update(status="cancelled", status_reason_fr="Un incident technique.")
    assert "Un incident technique." in text(client, ROOM)


@pytest.mark.parametrize("address", [ROOM, LOBBY])
def test_a_cold_screen_takes_few_queries_at_one_and_at_many(
    client: Client, organiser: Actor, django_assert_max_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    few, many = an_edition(13, slug="2022"), an_edition(14, slug="2023")
    fill(few, sessions=1, speakers=1)
    publish_release(actor=organiser, edition_id=few.pk)
    Session.objects.all().delete()
    Room.objects.all().delete()
    fill_again(many)
    publish_release(actor=organiser, edition_id=many.pk)
    for slug in ("2022", "2023"):
        releases.content_of_release.cache_clear()
        with django_assert_max_num_queries(4):
            assert client.get(address.replace("2023", slug)).status_code == 200


def fill_again(edition: Edition) -> None:
    from parvis.models import Intervention, Mandate, Organisation, Partner, Person, Registration

    for table in (Intervention, Registration, Partner, Mandate, Person):
        table.objects.all().delete()
    Organisation.objects.exclude(kind="federation").delete()
    fill(edition, sessions=60, speakers=40)


@pytest.mark.django_db(transaction=True)
def test_a_warm_screen_makes_no_query_and_sends_nothing_twice(
    organiser: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    edition = an_edition()
    fill(edition)
    publish_release(actor=organiser, edition_id=edition.pk)
    kept = KeptPages(WSGIHandler())
    for address in (ROOM, LOBBY):
        cold = ask(kept, address)
        with django_assert_num_queries(0):
            status, headers, body = ask(kept, address, HTTP_IF_NONE_MATCH=cold[1]["ETag"])
        assert (status, body) == ("304 Not Modified", b"")
        assert "Set-Cookie" not in headers
