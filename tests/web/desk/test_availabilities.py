"""The desk's pages of the hours of people and organisations."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.models import Availability, Edition, Person, Session
from tests.factories.editions import an_edition, an_organisation
from tests.factories.network import a_mandate, a_person
from tests.factories.programme import a_room, a_session, placed, speaks
from tests.web.desk.reading import main_of, read

pytestmark = pytest.mark.django_db
HOURS = "/desk/2023/timetable/hours/"
AFTERNOON = {
    "day_2023-09-18": "hours",
    "from_2023-09-18_0": "14:00",
    "to_2023-09-18_0": "15:00",
    "from_2023-09-18_1": "16:00",
    "to_2023-09-18_1": "17:30",
    "day_2023-09-19": "absent",
}


@pytest.fixture
def edition() -> Edition:
    return an_edition(status="open")


@pytest.fixture
def awa(edition: Edition) -> Person:
    """Return a person who speaks at half past nine on Monday."""
    person = a_person("Awa", "Ndiaye")
    session = a_session(edition)
    placed(session, a_room(edition))
    speaks(person, session, a_mandate(person, an_organisation("Ministère", kind="ministry")))
    return person


def test_hours_are_set_and_what_stands_outside_is_said(edition: Edition, awa: Person, organiser_client: Client) -> None:
    assert "La présence de chacun compte tout le temps" in read(organiser_client, HOURS)
    assert "combobox" in read(organiser_client, f"{HOURS}person/new/")
    answer = organiser_client.post(f"{HOURS}person/new/", {"person": "Awa Ndiaye"})
    assert answer["Location"] == f"{HOURS}person/{awa.pk}/"
    assert "Awa Ndiaye" in read(organiser_client, answer["Location"])
    answer = organiser_client.post(f"{HOURS}person/{awa.pk}/", AFTERNOON)
    assert answer["Location"] == HOURS
    shown = read(organiser_client, HOURS)
    for words in (
        "Lundi 18 septembre, 14 h – 15 h",
        "Lundi 18 septembre, 16 h – 17 h 30",
        "Intervient dans 1 séance.",
        "« Eau et climat », de 9 h 30 à 10 h 30",
    ):
        assert words in shown
    # The form says again what was said.
    shown = read(organiser_client, f"{HOURS}person/{awa.pk}/")
    assert 'value="17:30"' in shown
    assert "disponibilités données" in shown


def test_an_organisations_hour_binds_whoever_speaks_in_its_name(
    edition: Edition, awa: Person, organiser_client: Client
) -> None:
    answer = organiser_client.post(f"{HOURS}organisation/new/", {"organisation": "Ministère"})
    address = answer["Location"]
    assert address.startswith(f"{HOURS}organisation/")
    organiser_client.post(address, AFTERNOON)
    shown = read(organiser_client, HOURS)
    assert "Ministère" in shown
    assert "« Eau et climat », de 9 h 30 à 10 h 30" in shown
    answer = organiser_client.get(f"{address}remove/")
    assert "14 h – 15 h" in main_of(answer)
    assert organiser_client.post(f"{address}remove/")["Location"] == HOURS
    assert not Availability.objects.exists()


def test_what_is_wrong_is_said_beside_its_day_and_kept(edition: Edition, awa: Person, organiser_client: Client) -> None:
    address = f"{HOURS}person/{awa.pk}/"
    for wrong, words in (
        ({"to_2023-09-18_0": "13:00"}, "finissent avant de commencer"),
        ({"to_2023-09-18_0": "", "from_2023-09-18_0": ""}, 'value="17:30"'),
        ({"from_2023-09-18_0": "noon"}, "from_2023-09-18_0"),
        ({"day_2023-09-19": ""}, "day_2023-09-19_error"),
    ):
        answer = organiser_client.post(address, {**AFTERNOON, **wrong})
        if answer.status_code == 302:  # one window left empty is no fault: the other stands
            assert Availability.objects.count() == 1
            Availability.objects.all().delete()
            continue
        assert answer.status_code == 422
        assert words in main_of(answer)
        assert 'value="17:30"' in main_of(answer)
    nowhere = {"day_2023-09-18": "absent", "day_2023-09-19": "absent"}
    answer = organiser_client.post(address, nowhere)
    assert answer.status_code == 422
    assert "aucun jour de présence" in main_of(answer)
    assert not Availability.objects.exists()
    for kind, sent in (("person", {"person": "Personne de ce nom"}), ("organisation", {"organisation": ""})):
        answer = organiser_client.post(f"{HOURS}{kind}/new/", sent)
        assert answer.status_code == 422


def test_the_whole_of_each_day_is_no_hours(edition: Edition, awa: Person, organiser_client: Client) -> None:
    address = f"{HOURS}person/{awa.pk}/"
    organiser_client.post(address, AFTERNOON)
    organiser_client.post(address, {"day_2023-09-18": "whole", "day_2023-09-19": "whole"})
    assert not Availability.objects.exists()


def test_hours_that_were_set_meanwhile_are_shown(edition: Edition, awa: Person, organiser_client: Client) -> None:
    address = f"{HOURS}person/{awa.pk}/"
    version = organiser_client.get(address).context["form"]["version"].value()
    organiser_client.post(address, {**AFTERNOON, "version": version})
    answer = organiser_client.post(address, {"day_2023-09-18": "absent", "day_2023-09-19": "whole", "version": version})
    assert answer.status_code == 422
    assert "a modifié ceci pendant que vous y travailliez" in main_of(answer)
    assert Availability.objects.count() == 2


def test_an_edition_without_days_and_people_who_are_not_there(organiser_client: Client) -> None:
    an_edition(status="open", starts_on=None, ends_on=None)
    person = a_person()
    for address in (HOURS, f"{HOURS}person/{person.pk}/"):
        assert "/desk/2023/edition/" in read(organiser_client, address)
    Edition.objects.update(starts_on="2023-09-18", ends_on="2023-09-19")
    for address in (f"{HOURS}person/0/", f"{HOURS}organisation/0/", f"{HOURS}person/0/remove/"):
        assert organiser_client.get(address).status_code == 404


def test_who_only_reads_reads_and_the_others_do_not(
    edition: Edition, awa: Person, read_only_client: Client, door_client: Client, press_client: Client
) -> None:
    Availability.objects.create(
        edition=edition,
        person=awa,
        starts_at=datetime(2023, 9, 18, 12, tzinfo=UTC),
        ends_at=datetime(2023, 9, 18, 13, tzinfo=UTC),
    )
    shown = read(read_only_client, HOURS)
    assert "14 h – 15 h" in shown
    assert f"{HOURS}person/{awa.pk}/" not in shown
    forms = (f"{HOURS}person/new/", f"{HOURS}person/{awa.pk}/", f"{HOURS}person/{awa.pk}/remove/")
    for refused in (door_client, press_client):
        assert refused.get(HOURS).status_code == 403
    for refused in (read_only_client, door_client, press_client):
        for address in forms:
            assert refused.get(address).status_code == 403
            assert refused.post(address, AFTERNOON).status_code == 403
    assert Availability.objects.count() == 1


def test_one_and_many_ask_as_much(
    edition: Edition,
    awa: Person,
    organiser: Actor,
    organiser_client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    noon, one_o_clock = datetime(2023, 9, 18, 10, tzinfo=UTC), datetime(2023, 9, 18, 11, tzinfo=UTC)

    def hours(person: Person) -> None:
        Availability.objects.create(edition=edition, person=person, starts_at=noon, ends_at=one_o_clock)

    hours(awa)
    addresses = (HOURS, f"{HOURS}person/{awa.pk}/")
    counts = []
    for address in addresses:
        with django_assert_max_num_queries(30) as one:
            read(organiser_client, address)
        counts.append(len(one))
    session = Session.objects.get()
    for n in range(8):
        person = a_person("Awa", f"Voix {n}")
        speaks(person, session, None)
        hours(person)
    for address, count in zip(addresses, counts, strict=True):
        with django_assert_max_num_queries(count):
            read(organiser_client, address)
