"""The desk's pages of who receives people in the rooms."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.models import Edition, Room, RoomHost
from parvis.queries.versions import version_of
from tests.factories.editions import an_edition
from tests.factories.programme import a_room, a_session, placed
from tests.web.desk.reading import main_of, read

pytestmark = pytest.mark.django_db
HOSTS = "/desk/2023/timetable/hosts/"


@pytest.fixture
def edition() -> Edition:
    return an_edition(status="open")


@pytest.fixture
def room(edition: Edition) -> Room:
    made = a_room(edition, "Salle Marly")
    placed(a_session(edition), made)
    return made


def test_a_host_is_named_for_a_room_that_has_none(edition: Edition, room: Room, organiser_client: Client) -> None:
    shown = read(organiser_client, HOSTS)
    assert "Encore aucun hôte de salle" in shown
    assert f'href="{HOSTS}new/?room={room.pk}"' in shown
    assert f'<option value="{room.pk}" selected>' in read(organiser_client, f"{HOSTS}new/?room={room.pk}")
    sent = {"room": room.pk, "name": "Awa Ndiaye", "email": "Awa@Example.org", "language": "en"}
    assert organiser_client.post(f"{HOSTS}new/", sent)["Location"] == HOSTS
    shown = read(organiser_client, HOSTS)
    for words in ("Salle Marly", "Awa Ndiaye", "awa@example.org", "anglais"):
        assert words in shown
    assert "Salles sans hôte" not in shown


def test_a_host_is_changed_and_taken_away(edition: Edition, room: Room, organiser_client: Client) -> None:
    host = RoomHost.objects.create(edition=edition, room=room, name="Awa", email="awa@example.org")
    address = f"{HOSTS}{host.pk}/"
    sent = {"room": room.pk, "name": "Zoé", "email": "zoe@example.org", "language": "fr", "version": version_of(host)}
    assert organiser_client.post(address, sent)["Location"] == HOSTS
    stale = organiser_client.post(address, {**sent, "name": "Noël"})
    assert stale.status_code == 422
    assert "a modifié ceci" in main_of(stale)
    assert "<del>Awa</del>" in read(organiser_client, address)
    assert "hôte de Salle Marly" in read(organiser_client, f"{address}remove/")
    assert organiser_client.post(f"{address}remove/")["Location"] == HOSTS
    assert not RoomHost.objects.exists()


def test_what_is_wrong_is_said_and_kept(edition: Edition, room: Room, organiser_client: Client) -> None:
    RoomHost.objects.create(edition=edition, room=room, name="Awa", email="awa@example.org")
    sent = {"room": room.pk, "name": "À garder", "email": "b@example.org", "language": "fr"}
    for wrong, words in (
        ({"room": ""}, "id_room_error"),
        ({"room": "99999"}, "id_room_error"),
        ({"email": "nobody"}, "id_email_error"),
        ({"email": "awa@example.org"}, "id_email_error"),
        ({"language": "xx"}, "id_language_error"),
    ):
        answer = organiser_client.post(f"{HOSTS}new/", {**sent, **wrong})
        assert answer.status_code == 422
        assert words in main_of(answer)
        assert "À garder" in main_of(answer)
    assert RoomHost.objects.count() == 1


def test_without_rooms_it_says_where_to_add_them(edition: Edition, organiser_client: Client) -> None:
    assert 'href="/desk/2023/rooms/"' in read(organiser_client, HOSTS)


def test_who_only_reads_reads_and_the_others_do_not(
    edition: Edition, room: Room, read_only_client: Client, door_client: Client, press_client: Client
) -> None:
    host = RoomHost.objects.create(edition=edition, room=room, name="Awa", email="awa@example.org")
    shown = read(read_only_client, HOSTS)
    assert "awa@example.org" in shown
    assert f"{HOSTS}{host.pk}/" not in shown
    for refused in (door_client, press_client):
        assert refused.get(HOSTS).status_code == 403
    for refused in (read_only_client, door_client, press_client):
        for address in (f"{HOSTS}new/", f"{HOSTS}{host.pk}/", f"{HOSTS}{host.pk}/remove/"):
            assert refused.get(address).status_code == 403
            assert refused.post(address).status_code == 403
    assert RoomHost.objects.count() == 1


def test_a_host_of_another_edition_is_not_found(edition: Edition, room: Room, organiser_client: Client) -> None:
    an_edition(15, slug="2024")
    host = RoomHost.objects.create(edition=edition, room=room, name="Awa", email="awa@example.org")
    for address in ("", "remove/"):
        assert organiser_client.get(f"/desk/2024/timetable/hosts/{host.pk}/{address}").status_code == 404


def test_one_and_many_ask_as_much(
    edition: Edition, room: Room, organiser_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    RoomHost.objects.create(edition=edition, room=room, name="Awa", email="awa@example.org")
    with django_assert_max_num_queries(12) as one:
        read(organiser_client, HOSTS)
    for n in range(8):
        more = a_room(edition, f"Salle {n}")
        RoomHost.objects.create(edition=edition, room=more, name=f"Hôte {n}", email=f"h{n}@example.org")
    with django_assert_max_num_queries(len(one)):
        read(organiser_client, HOSTS)
