"""The desk's pages of venues and rooms."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.models import Edition, Room, Venue
from parvis.queries.versions import version_of
from tests.factories.editions import an_edition, fill
from tests.factories.programme import a_room, a_session, placed
from tests.web.desk.reading import main_of, read

pytestmark = pytest.mark.django_db
ROOMS = "/desk/2023/rooms/"
VENUES = "/desk/2023/edition/venues/"
PAVILION = {"name_fr": "Pavillon d’Armenonville", "city": "Paris", "country": "FR", "timezone": "Europe/Paris"}


@pytest.fixture
def edition() -> Edition:
    return an_edition(status="open")


def test_a_room_is_added_and_another(edition: Edition, organiser_client: Client) -> None:
    assert "Cité des Sciences" in read(organiser_client, f"{ROOMS}new/")
    answer = organiser_client.post(f"{ROOMS}new/", {"name": "Salle Marly", "capacity": "60", "again": "1"})
    assert answer["Location"] == f"{ROOMS}new/"
    answer = organiser_client.post(f"{ROOMS}new/", {"name": "Salle Étoile", "building": "Pavillon"})
    assert answer["Location"] == ROOMS
    assert list(Room.objects.values_list("name", "capacity", "building", "position")) == [
        ("Salle Marly", 60, "", 0),
        ("Salle Étoile", None, "Pavillon", 1),
    ]
    shown = read(organiser_client, ROOMS)
    assert "La salle « Salle Étoile » est ajoutée" in shown
    assert "Salle Marly" in shown


def test_what_is_wrong_is_said_and_kept(edition: Edition, organiser_client: Client) -> None:
    a_room(edition, "Salle Marly")
    for sent, words in (
        ({"name": "Salle Marly", "equipment": "Écran à garder"}, "Salle Marly"),
        ({"name": "Autre", "capacity": "-1", "equipment": "Écran à garder"}, "capacity_error"),
        ({"name": "", "equipment": "Écran à garder"}, "name_error"),
    ):
        answer = organiser_client.post(f"{ROOMS}new/", sent)
        assert answer.status_code == 422
        assert words in main_of(answer)
        assert "Écran à garder" in main_of(answer)
    assert Room.objects.count() == 1


def test_rooms_need_a_venue(organiser_client: Client) -> None:
    an_edition(status="open", venue=None)
    answer = organiser_client.get(f"{ROOMS}new/", follow=True)
    assert answer.redirect_chain == [(f"{VENUES}new/", 302)]
    assert "Nommez d’abord le lieu" in main_of(answer)


def test_a_room_shows_what_takes_place_there_and_is_changed(edition: Edition, organiser_client: Client) -> None:
    room = a_room(edition, "Salle Marly", equipment="Écran")
    placed(a_session(edition), room)
    shown = read(organiser_client, f"{ROOMS}{room.pk}/")
    for words in ("Eau et climat", "9 h 30", "18 septembre 2023", 'value="Écran"'):
        assert words in shown
    sent = {"version": version_of(room), "name": "Salle Marly", "capacity": "90", "booths": "2", "position": "0"}
    assert organiser_client.post(f"{ROOMS}{room.pk}/", sent)["Location"] == ROOMS
    stale = organiser_client.post(f"{ROOMS}{room.pk}/", {**sent, "capacity": "10"})
    assert stale.status_code == 422
    assert "a modifié ceci pendant que vous y travailliez" in main_of(stale)
    room.refresh_from_db()
    assert (room.capacity, room.booths, room.equipment) == (90, 2, "")


def test_a_room_is_deleted_once_it_is_empty(edition: Edition, organiser_client: Client) -> None:
    room = a_room(edition)
    placement = placed(a_session(edition), room)
    address = f"{ROOMS}{room.pk}/delete/"
    assert "Créneau" in read(organiser_client, address)
    answer = organiser_client.post(address)
    assert answer.status_code == 422
    assert "Créneau" in main_of(answer)
    placement.delete()
    assert "Supprimer la salle" in read(organiser_client, address)
    assert organiser_client.post(address)["Location"] == ROOMS
    assert not Room.objects.exists()
    assert organiser_client.get(address).status_code == 404


def test_a_venue_is_added_and_the_edition_held_there(edition: Edition, organiser_client: Client) -> None:
    shown = read(organiser_client, f"{VENUES}new/")
    assert 'name="held_here"' in shown
    answer = organiser_client.post(f"{VENUES}new/", {**PAVILION, "held_here": "on", "walking_min": ""})
    venue = Venue.objects.get(city="Paris", name_fr=PAVILION["name_fr"])
    assert answer["Location"] == f"{VENUES}{venue.pk}/"
    assert Edition.objects.get().venue == venue
    answer = organiser_client.post(f"{VENUES}new/", {**PAVILION, "address": "Allée de Longchamp"})
    assert answer.status_code == 422
    assert "Allée de Longchamp" in main_of(answer)


def test_a_venue_is_changed_and_names_its_editions(edition: Edition, organiser_client: Client) -> None:
    venue = edition.venue
    assert venue is not None
    shown = read(organiser_client, f"{VENUES}{venue.pk}/")
    assert "Rencontres de l’action internationale" in shown
    assert 'name="held_here"' not in shown
    sent = {**PAVILION, "name_fr": "Cité", "version": version_of(venue)}
    assert organiser_client.post(f"{VENUES}{venue.pk}/", sent).status_code == 302
    venue.refresh_from_db()
    assert venue.name_fr == "Cité"
    assert organiser_client.get(f"{VENUES}0/").status_code == 404


def test_who_only_reads_sees_facts_and_no_form(
    edition: Edition, read_only_client: Client, door_client: Client, press_client: Client
) -> None:
    room = a_room(edition, "Salle Marly", building="Pavillon", equipment="Boucle magnétique")
    for address, words in ((f"{ROOMS}{room.pk}/", "Boucle magnétique"), (f"{VENUES}{edition.venue_id}/", "Métro 7")):
        shown = read(read_only_client, address)
        assert "Lecture seule" in shown
        assert words in shown
        assert "<form" not in shown
        assert read_only_client.post(address, PAVILION).status_code == 403
        for refused in (door_client, press_client):
            assert refused.get(address).status_code == 403
    for address in (f"{ROOMS}new/", f"{ROOMS}{room.pk}/delete/", f"{VENUES}new/"):
        assert read_only_client.get(address).status_code == 403
        assert read_only_client.post(address).status_code == 403
    assert read_only_client.get(f"{ROOMS}{room.pk}/delete/").status_code == 403


def test_a_room_of_another_venue_is_not_this_editions(edition: Edition, organiser_client: Client) -> None:
    elsewhere = Venue.objects.create(name_fr="Ailleurs", city="Lyon").rooms.create(name="Salle", slug="salle")
    assert organiser_client.get(f"{ROOMS}{elsewhere.pk}/").status_code == 404
    assert organiser_client.post(f"{ROOMS}{elsewhere.pk}/delete/").status_code == 404


def test_one_and_many_ask_as_much(
    edition: Edition, organiser_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    room = a_room(edition)
    placed(a_session(edition), room)
    addresses = (f"{ROOMS}{room.pk}/", f"{VENUES}{edition.venue_id}/")
    counts = []
    for address in addresses:
        with django_assert_max_num_queries(15) as one:
            read(organiser_client, address)
        counts.append(len(one))
    fill(edition, sessions=20)
    for session in edition.sessions.filter(placement__isnull=True):
        placed(session, room)
    an_edition(15, slug="2024")
    for address, count in zip(addresses, counts, strict=True):
        with django_assert_max_num_queries(count):
            read(organiser_client, address)
