"""The desk's page of one group: its countries, who presides it and under which mandate, its sessions."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.models import Edition, Group, GroupPresidency, Honour, Session
from parvis.queries.versions import version_of
from tests.factories.editions import an_edition, an_organisation
from tests.factories.network import a_group, a_mandate, a_person, a_presidency

pytestmark = pytest.mark.django_db
BASE = "/desk/2023/groups/"
NEW = {"name_fr": "Groupe-pays Mali", "kind": "country", "countries": "mali; SN, Bénin"}


@pytest.fixture
def edition() -> Edition:
    return an_edition()


@pytest.fixture
def group(edition: Edition) -> Group:
    return a_group()


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[:400]
    return answer.content.decode()


def a_session(edition: Edition, group: Group, n: int = 0) -> Session:
    return Session.objects.create(
        edition=edition,
        group=group,
        code=f"S{n}",
        slug=f"s{n}",
        format="ceremony",
        title_fr=f"Séance {n}",
        duration_min=60,
    )


def test_the_page_tells_countries_presidents_and_sessions(
    edition: Edition, group: Group, organiser_client: Client
) -> None:
    session = a_session(edition, group)
    a_presidency(group, a_mandate(a_person("Zoé", "Roy"), an_organisation("Lyon")), date(2021, 1, 1))
    former = a_presidency(group, a_mandate(a_person("Noël", "Abel"), an_organisation("Brest")))
    GroupPresidency.objects.filter(pk=former.pk).update(ends_on=date(2020, 12, 31))
    shown = page(organiser_client, f"{BASE}{group.pk}/")
    for words in ("Sénégal", "Zoé Roy", "Maire de Lyon", "Noël Abel", "terminée", "Séance 0", "non placée"):
        assert words in shown
    assert f"/desk/2023/sessions/{session.pk}/" in shown


def test_who_only_reads_sees_no_button_and_the_others_nothing(
    group: Group, read_only_client: Client, door_client: Client
) -> None:
    shown = page(read_only_client, f"{BASE}{group.pk}/")
    main = shown.partition('<main id="main"')[2].partition("</main>")[0]
    assert "Lecture seule" in main and "<form" not in main and "/change/" not in main and "/new/" not in main
    for address in ("change/", "delete/", "presidencies/new/"):
        assert read_only_client.post(f"{BASE}{group.pk}/{address}").status_code == 403
    assert read_only_client.get(f"{BASE}new/").status_code == 403
    assert door_client.get(f"{BASE}{group.pk}/").status_code == 403
    assert read_only_client.get(f"{BASE}999999/").status_code == 404


def test_one_and_many_ask_as_much(
    edition: Edition, group: Group, organiser_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    a_session(edition, group)
    a_presidency(group, a_mandate(a_person("Zoé", "Roy"), an_organisation("Lyon")))
    with django_assert_max_num_queries(16) as one:
        page(organiser_client, f"{BASE}{group.pk}/")
    asked = len(one)
    for n in range(1, 9):
        a_session(edition, group, n)
        a_presidency(group, a_mandate(a_person("Zoé", f"Roy{n}"), an_organisation(f"Ville {n}")))
    with django_assert_max_num_queries(asked):
        page(organiser_client, f"{BASE}{group.pk}/")


def test_countries_are_read_as_they_are_written(edition: Edition, organiser_client: Client) -> None:
    page(organiser_client, f"{BASE}new/")
    answer = organiser_client.post(f"{BASE}new/", NEW)
    made = Group.objects.get()
    assert answer["Location"] == f"{BASE}{made.pk}/"
    assert (made.code, made.countries) == ("groupe-pays-mali", ["ML", "SN", "BJ"])
    again = organiser_client.post(f"{BASE}new/", NEW)
    assert again.status_code == 422 and "existe déjà" in again.content.decode()
    wrong = organiser_client.post(f"{BASE}new/", {**NEW, "name_fr": "Autre", "countries": "Mali, Senegale, Atlantide"})
    shown = wrong.content.decode()
    assert wrong.status_code == 422
    assert "Senegale" in shown and "Sénégal" in shown and "Atlantide" in shown
    assert Group.objects.count() == 1


def test_a_crossed_change_is_told(group: Group, organiser_client: Client) -> None:
    address = f"{BASE}{group.pk}/change/"
    assert ">Sénégal</textarea>" in page(organiser_client, address).replace("\n", "")
    given = {**NEW, "version": version_of(Group.objects.get(pk=group.pk))}
    Group.objects.filter(pk=group.pk).update(name_en="Senegal group")
    answer = organiser_client.post(address, given)
    assert answer.status_code == 422 and "Senegal group" in answer.content.decode()
    version = answer.context["form"]["version"].value()
    assert organiser_client.post(address, {**given, "version": version}).status_code == 302
    group.refresh_from_db()
    assert (group.name_fr, group.countries) == ("Groupe-pays Mali", ["ML", "SN", "BJ"])


def test_without_javascript_the_mandates_are_offered_once_the_person_is_known(
    group: Group, organiser_client: Client
) -> None:
    address = f"{BASE}{group.pk}/presidencies/new/"
    person = a_person("Zoé", "Roy")
    mayor = a_mandate(person, an_organisation("Lyon"), "Maire")
    president = a_mandate(person, an_organisation("Brest"), "Présidente")
    page(organiser_client, address)
    answer = organiser_client.post(address, {"person": "zoe roy", "mandate": "", "starts_on": "2021-01-01"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "plusieurs mandats" in shown and "Présidente de Brest" in shown and 'value="2021-01-01"' in shown
    given = {"person": "Zoé Roy", "mandate": str(president.pk), "starts_on": "2021-01-01"}
    assert organiser_client.post(address, given)["Location"] == f"{BASE}{group.pk}/"
    assert GroupPresidency.objects.get().mandate == president
    other = a_mandate(a_person("Noël", "Abel"), an_organisation("Nice"))
    stolen = organiser_client.post(address, {**given, "mandate": str(other.pk)})
    assert stolen.status_code == 422  # the mandate of another person is no choice
    assert (
        organiser_client.post(address, {**given, "mandate": str(mayor.pk), "ends_on": "2020-01-01"}).status_code == 422
    )


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"person": "Personne Inconnue"}, "Personne de ce nom n’est connu"),
        ({"person": "Sans Mandat"}, "aucun mandat"),
        ({"person": "Deux Fois"}, "Plusieurs personnes"),
        ({"person": ""}, "obligatoire"),
    ],
)
def test_who_cannot_preside_and_why(given: dict[str, str], says: str, group: Group, organiser_client: Client) -> None:
    a_person("Sans", "Mandat")
    for _ in range(2):
        a_mandate(a_person("Deux", "Fois"), an_organisation(f"Ville {a_person('X', 'Y').pk}"))
    answer = organiser_client.post(f"{BASE}{group.pk}/presidencies/new/", given)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not GroupPresidency.objects.exists()


def test_the_one_who_was_chosen_in_the_list_is_meant_and_their_only_mandate(
    group: Group, organiser_client: Client
) -> None:
    first, second = a_person("Deux", "Fois"), a_person("Deux", "Fois")
    a_mandate(first, an_organisation("Lyon"))
    mandate = a_mandate(second, an_organisation("Brest"))
    given = {"person": "Deux Fois", "person_key": f"person:{second.pk}", "person_for": "Deux Fois"}
    assert organiser_client.post(f"{BASE}{group.pk}/presidencies/new/", given).status_code == 302
    assert GroupPresidency.objects.get().mandate == mandate


def test_a_presidency_is_dated_and_taken_away_unless_it_was_honoured(
    edition: Edition, group: Group, organiser_client: Client
) -> None:
    row = a_presidency(group, a_mandate(a_person("Zoé", "Roy"), an_organisation("Lyon")))
    address = f"{BASE}{group.pk}/presidencies/{row.pk}/"
    page(organiser_client, address)
    given = {"starts_on": "2021-01-01", "ends_on": "2023-01-01", "version": version_of(row)}
    assert organiser_client.post(address, given).status_code == 302
    row.refresh_from_db()
    assert row.ends_on == date(2023, 1, 1)
    assert organiser_client.post(address, {**given, "ends_on": ""}).status_code == 422  # an old page
    honour = Honour.objects.create(session=a_session(edition, group), presidency=row)
    assert "Hommage" in page(organiser_client, f"{address}remove/")
    assert organiser_client.post(f"{address}remove/").status_code == 422
    honour.delete()
    assert organiser_client.post(f"{address}remove/").status_code == 302
    assert not GroupPresidency.objects.exists()
    assert organiser_client.get(address).status_code == 404


def test_a_group_is_deleted_once_nothing_rests_on_it(edition: Edition, group: Group, organiser_client: Client) -> None:
    session = a_session(edition, group)
    row = a_presidency(group, a_mandate(a_person("Zoé", "Roy"), an_organisation("Lyon")))
    address = f"{BASE}{group.pk}/delete/"
    asked = page(organiser_client, address)
    assert "Séance" in asked and "Présidence" in asked
    assert organiser_client.post(address).status_code == 422
    session.delete()
    row.delete()
    assert "C’est sans retour" in page(organiser_client, address)
    assert organiser_client.post(address)["Location"] == BASE
    assert not Group.objects.exists()
