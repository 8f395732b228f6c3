"""People while one types: found by what one remembers of them, told apart by their mandates, for the desk alone."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import PUBLIC, Actor
from parvis.domain.people.persons import PersonAmbiguous, PersonUnknown
from parvis.domain.refusals import NotAllowed
from parvis.models import Edition
from parvis.queries.desk_people import find_person_id, suggest_people
from tests.factories.editions import an_edition, an_organisation
from tests.factories.network import a_mandate, a_person
from tests.factories.registrations import a_registration, an_open_edition

pytestmark = pytest.mark.django_db
ADDRESS = "/desk/2023/suggest/people/"


@pytest.fixture
def edition() -> Edition:
    return an_edition()


def suggested(client: Client, text: str) -> list[dict[str, object]]:
    answer = client.get(ADDRESS, {"q": text})
    assert answer.status_code == 200
    people: list[dict[str, object]] = answer.json()["people"]
    return people


def test_a_part_of_a_name_is_enough_and_mandates_tell_namesakes_apart(
    edition: Edition, organiser_client: Client
) -> None:
    dijon, orleans = an_organisation("Dijon"), an_organisation("Orléans")
    first = a_person("Héloïse", "Dupré")
    mayor = a_mandate(first, dijon, "Maire", ends_on=date(2020, 6, 30))
    president = a_mandate(first, orleans, "Présidente")
    second = a_person("Héloïse", "Dupré")
    a_person("Duprat", "Lointain")
    found = suggested(organiser_client, "helo dup")
    assert [row["key"] for row in found] == [f"person:{first.pk}", f"person:{second.pk}"]
    assert found[0] == {
        "key": f"person:{first.pk}",
        "name": "Héloïse Dupré",
        "where": "Présidente d’Orléans · Maire de Dijon (jusqu’au 30/06/2020)",
        "mandates": [
            {"key": str(president.pk), "name": "Présidente d’Orléans"},
            {"key": str(mayor.pk), "name": "Maire de Dijon (jusqu’au 30/06/2020)"},
        ],
    }
    assert found[1]["mandates"] == []


def test_a_surname_counts_more_than_a_first_name(edition: Edition, organiser_client: Client) -> None:
    a_person("Martin", "Abel")
    a_person("Zoé", "Martin")
    assert [row["name"] for row in suggested(organiser_client, "martin")] == ["Zoé Martin", "Martin Abel"]


def test_the_middle_of_a_word_is_no_beginning(edition: Edition, organiser_client: Client) -> None:
    a_person("Jeanne", "Roy")
    assert suggested(organiser_client, "anne") == []
    assert suggested(organiser_client, "j") == []
    assert suggested(organiser_client, "") == []


def test_by_address_and_never_the_erased(edition: Edition, organiser_client: Client) -> None:
    a_person("Zoé", "Roy", email="zoe.roy@example.org")
    a_person("", "Effacée", email="zoe@example.org", erased_at=datetime(2023, 1, 1, tzinfo=UTC))
    assert [row["name"] for row in suggested(organiser_client, "zoe.roy@")] == ["Zoé Roy"]
    assert suggested(organiser_client, "effacee") == []


def test_at_most_eight_in_a_constant_number_of_queries(
    edition: Edition, organiser_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    town = an_organisation("Dijon")
    a_mandate(a_person("Anne", "Petit"), town)
    with django_assert_max_num_queries(8) as one:
        assert len(suggested(organiser_client, "petit")) == 1
    asked = len(one)
    for n in range(20):
        a_mandate(a_person("Anne", f"Petit{n}"), town)
    with django_assert_max_num_queries(asked):
        assert len(suggested(organiser_client, "petit")) == 8


def test_only_those_who_read_the_desk_are_answered(
    edition: Edition, client: Client, read_only_client: Client, door_client: Client, press_client: Client
) -> None:
    a_person("Anne", "Petit")
    assert len(suggested(read_only_client, "petit")) == 1
    assert read_only_client.get(ADDRESS, {"q": "petit"})["Cache-Control"] == "private, no-store"
    assert client.get(ADDRESS, {"q": "petit"}).status_code == 302
    for refused in (door_client, press_client):
        assert refused.get(ADDRESS, {"q": "petit"}).status_code == 403
    with pytest.raises(NotAllowed):
        suggest_people(PUBLIC, text="petit")


def test_a_name_in_full_an_address_and_a_reference_mean_one_person(organiser: Actor) -> None:
    registration = a_registration(an_open_edition())
    person = registration.person
    for text in ("Aïcha Benali-L’Hôte", "benali l hote aicha", person.email.upper(), registration.reference.lower()):
        assert find_person_id(organiser, text=text) == person.pk
    for text in ("", "Aïcha", "personne@example.org"):
        with pytest.raises(PersonUnknown):
            find_person_id(organiser, text=text)
    a_person(person.first_name, person.last_name)
    with pytest.raises(PersonAmbiguous):
        find_person_id(organiser, text="Aïcha Benali-L’Hôte")
    with pytest.raises(NotAllowed):
        find_person_id(PUBLIC, text="Aïcha")
