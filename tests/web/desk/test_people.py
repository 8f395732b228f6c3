"""The desk's page of one person: who it is, what they are called to and in which order, where they speak and come."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.models import Edition, Intervention, LogEntry, Mandate, Person, Session
from parvis.queries.versions import version_of
from tests.factories.editions import an_organisation
from tests.factories.network import a_group, a_mandate, a_person, a_presidency
from tests.factories.registrations import a_registration, an_open_edition

pytestmark = pytest.mark.django_db
BASE = "/desk/2023/people/"
NAMES = {"first_name": "Awa", "last_name": "N’Diaye", "gender": "F", "languages": ["fr"]}


@pytest.fixture
def edition() -> Edition:
    return an_open_edition()


@pytest.fixture
def person(edition: Edition) -> Person:
    return Person.objects.get(pk=a_registration(edition).person_id)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[:400]
    return answer.content.decode()


def a_session(edition: Edition, n: int = 0) -> Session:
    return Session.objects.create(
        edition=edition, code=f"S{n}", slug=f"s{n}", format="workshop", title_fr=f"Séance {n}", duration_min=60
    )


def test_the_page_tells_everything_that_hangs_on_a_person(
    edition: Edition, person: Person, organiser_client: Client
) -> None:
    mandate = person.mandates.get()
    a_presidency(a_group(), mandate, date(2021, 5, 1))
    Intervention.objects.create(session=a_session(edition), person=person, role="speaker")
    shown = page(organiser_client, f"{BASE}{person.pk}/")
    for words in ("Aïcha Benali-L’Hôte", "Adjointe au maire", "Groupe-pays Sénégal", "Séance 0", "mandat non précisé"):
        assert words in shown
    for words in ("Femme", "français, arabe", "R14-", "oui, depuis le 1", "Adjoint", "aicha.benali@example.org"):
        assert words in shown
    assert "/registrations/new/?person=" not in shown  # registered already


def test_who_only_reads_sees_no_button_and_the_others_nothing(
    person: Person, read_only_client: Client, door_client: Client, press_client: Client
) -> None:
    shown = page(read_only_client, f"{BASE}{person.pk}/")
    main = shown.partition('<main id="main"')[2].partition("</main>")[0]
    assert "Lecture seule" in main and "<form" not in main and "/change/" not in main and "/new/" not in main
    mandate = person.mandates.get()
    for address in (
        *("change/", "delete/", "mandates/new/", f"mandates/{mandate.pk}/"),
        *(f"mandates/{mandate.pk}/remove/", f"mandates/{mandate.pk}/move/"),
    ):
        assert read_only_client.post(f"{BASE}{person.pk}/{address}").status_code == 403
    for refused in (door_client, press_client):
        assert refused.get(f"{BASE}{person.pk}/").status_code == 403
    assert read_only_client.get(f"{BASE}999999/").status_code == 404


def test_one_and_many_ask_as_much(
    edition: Edition, person: Person, organiser_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Intervention.objects.create(
        session=a_session(edition), person=person, mandate=person.mandates.get(), role="speaker"
    )
    a_presidency(a_group(), person.mandates.get())
    with django_assert_max_num_queries(20) as one:
        page(organiser_client, f"{BASE}{person.pk}/")
    asked = len(one)
    for n in range(1, 8):
        mandate = a_mandate(person, an_organisation(f"Ville {n}"))
        a_presidency(a_group(f"Groupe {n}"), mandate)
        Intervention.objects.create(session=a_session(edition, n), person=person, mandate=mandate, role="speaker")
        a_registration(an_open_edition(14 + n, slug=str(2023 + n)))
    with django_assert_max_num_queries(asked):
        page(organiser_client, f"{BASE}{person.pk}/")


def test_somebody_is_added_and_their_mandate_is_asked_for(edition: Edition, organiser_client: Client) -> None:
    page(organiser_client, f"{BASE}new/")
    answer = organiser_client.post(f"{BASE}new/", {**NAMES, "email": "Awa@Example.org"})
    made = Person.objects.get()
    assert answer["Location"] == f"{BASE}{made.pk}/mandates/new/"
    assert (made.email, made.folded, made.languages) == ("awa@example.org", "n diaye awa", ["fr"])
    mandate = {"organisation": "21231", "function": "mayor", "title_fr": "Maire", "starts_on": "2020-07-01"}
    answer = organiser_client.post(answer["Location"], mandate)
    assert answer["Location"] == f"{BASE}{made.pk}/"
    assert str(made.mandates.get().organisation) == "Dijon"
    assert "Maire de Dijon" in page(organiser_client, f"{BASE}{made.pk}/")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"last_name": " "}, "Ce champ est obligatoire."),
        ({"email": "nulle part"}, "n’est pas une adresse électronique"),
        ({"gender": "Z"}, "choix valide"),
    ],
)
def test_what_is_wrong_with_a_person_is_said(
    given: dict[str, str], says: str, edition: Edition, organiser_client: Client
) -> None:
    answer = organiser_client.post(f"{BASE}new/", {**NAMES, "phone": "+33 & 1", **given})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert says in shown and 'value="+33 &amp; 1"' in shown
    assert not Person.objects.exists()


def test_a_change_of_name_is_found_again_and_a_crossed_one_is_told(person: Person, organiser_client: Client) -> None:
    address = f"{BASE}{person.pk}/change/"
    assert 'value="Aïcha"' in page(organiser_client, address)
    given = {**NAMES, "languages": ["ar", "fr", "de"], "version": version_of(person)}
    assert organiser_client.post(address, given)["Location"] == f"{BASE}{person.pk}/"
    person.refresh_from_db()
    assert (str(person), person.folded, person.languages) == ("Awa N’Diaye", "n diaye awa", ["fr", "ar", "de"])
    answer = organiser_client.post(address, {**given, "last_name": "Diouf"})  # from the page as it was before
    assert answer.status_code == 422
    assert "Organiser" in answer.content.decode() and "N’Diaye" in answer.content.decode()
    version = answer.context["form"]["version"].value()
    assert organiser_client.post(address, {**given, "last_name": "Diouf", "version": version}).status_code == 302


def test_mandates_change_order_are_dated_and_taken_away(person: Person, organiser_client: Client) -> None:
    first = person.mandates.get()
    second = a_mandate(person, an_organisation("Lyon"), "Présidente")
    shown = page(organiser_client, f"{BASE}{person.pk}/")
    assert shown.index("Adjointe au maire") < shown.index("Présidente de Lyon")
    organiser_client.post(f"{BASE}{person.pk}/mandates/{second.pk}/move/", {"to": "up"})
    shown = page(organiser_client, f"{BASE}{person.pk}/")
    assert shown.index("Présidente de Lyon") < shown.index("Adjointe au maire")
    address = f"{BASE}{person.pk}/mandates/{second.pk}/"
    assert 'value="Présidente"' in page(organiser_client, address)
    second.refresh_from_db()
    given = {"organisation": "Lyon", "function": "president", "title_fr": "Présidente", "version": version_of(second)}
    wrong = organiser_client.post(address, {**given, "starts_on": "2023-01-01", "ends_on": "2022-01-01"})
    assert wrong.status_code == 422 and "finit avant" in wrong.content.decode()
    assert organiser_client.post(address, {**given, "ends_on": "2022-01-01"}).status_code == 302
    assert Mandate.objects.get(pk=second.pk).ends_on == date(2022, 1, 1)
    refused = organiser_client.post(f"{BASE}{person.pk}/mandates/{first.pk}/remove/")
    assert refused.status_code == 422 and "Inscription" in refused.content.decode()
    assert "daté" in page(organiser_client, f"{address}remove/") or "date" in page(
        organiser_client, f"{address}remove/"
    )
    assert organiser_client.post(f"{address}remove/").status_code == 302
    assert not Mandate.objects.filter(pk=second.pk).exists()


def test_a_mandate_is_reached_only_through_its_person(person: Person, organiser_client: Client) -> None:
    other = a_mandate(a_person("Noël", "Roy"), an_organisation("Lyon"))
    for address in (f"mandates/{other.pk}/", f"mandates/{other.pk}/remove/"):
        assert organiser_client.get(f"{BASE}{person.pk}/{address}").status_code == 404
    assert organiser_client.post(f"{BASE}{person.pk}/mandates/{other.pk}/move/", {"to": "up"}).status_code == 404


def test_an_organisation_that_nobody_knows_is_told_beside_its_field(person: Person, organiser_client: Client) -> None:
    answer = organiser_client.post(
        f"{BASE}{person.pk}/mandates/new/", {"organisation": "Trifouillis", "function": "mayor", "title_fr": "Maire"}
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors["organisation"]
    assert 'value="Trifouillis"' in answer.content.decode()


def test_who_is_registered_is_not_deleted(person: Person, organiser_client: Client) -> None:
    address = f"{BASE}{person.pk}/delete/"
    assert "d’autres en dépendent" in page(organiser_client, address)
    assert organiser_client.post(address).status_code == 422
    free = a_person("Noël", "Roy")
    a_mandate(free, an_organisation("Lyon"))
    assert "Mandat" in page(organiser_client, f"{BASE}{free.pk}/delete/")
    assert organiser_client.post(f"{BASE}{free.pk}/delete/")["Location"] == BASE
    assert not Person.objects.filter(pk=free.pk).exists()
    assert LogEntry.objects.get(action="person.deleted").details == {"mandate": 1}
