"""The desk's page of one organisation: read, changed, added from the shipped table, deleted, member year by year."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.models import Delegation, Edition, LogEntry, Membership, Organisation, Registration
from parvis.queries.versions import version_of
from tests.factories.editions import an_edition, an_organisation, fill
from tests.factories.network import a_mandate, a_partner, a_person
from tests.factories.registrations import a_registration, an_open_edition

pytestmark = pytest.mark.django_db
BASE = "/desk/2023/organisations/"
NEW = {"name_fr": "Ville de Thiès", "kind": "foreign_authority", "country": "SN"}


@pytest.fixture
def edition() -> Edition:
    return an_open_edition()


@pytest.fixture
def dijon(edition: Edition) -> Organisation:
    return Organisation.objects.get(pk=a_registration(edition).organisation_id)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[:400]
    return answer.content.decode()


def form_of(organisation: Organisation, **changes: str) -> dict[str, str]:
    columns = ("name_fr", "name_en", "short_name", "kind", "country", "insee_code", "siren", "departement", "website")
    values = {name: getattr(organisation, name) or "" for name in columns}
    return {**values, "version": version_of(organisation), **changes}


def test_the_page_tells_what_it_is_whom_it_sends_and_what_was_done(
    edition: Edition, dijon: Organisation, organiser_client: Client
) -> None:
    a_mandate(a_person("Noël", "Roy"), dijon, "Conseiller", starts_on=date(2020, 7, 1))
    partner = a_partner(edition, dijon, kind="supporter")
    shown = page(organiser_client, f"{BASE}{dijon.pk}/")
    for words in ("Dijon", "21231", "Benali-L’Hôte", "Adjointe au maire", "Noël Roy", "depuis le 1", "Soutien"):
        assert words in shown
    assert f"/desk/2023/registrations/{Registration.objects.get().pk}/" in shown
    assert f"/desk/2023/partners/{partner.pk}/" in shown
    assert "Historique" in shown and "création" in shown


def test_who_only_reads_sees_no_button_and_the_others_nothing(
    dijon: Organisation, read_only_client: Client, door_client: Client, press_client: Client, client: Client
) -> None:
    shown = page(read_only_client, f"{BASE}{dijon.pk}/")
    assert "Lecture seule" in shown
    main = shown.partition('<main id="main"')[2].partition("</main>")[0]
    assert "<form" not in main and "/change/" not in main and "/delete/" not in main and "/new/" not in main
    for address in ("change/", "delete/", "contact/", "memberships/"):
        assert read_only_client.post(f"{BASE}{dijon.pk}/{address}").status_code == 403
    assert read_only_client.get(f"{BASE}new/").status_code == 403
    for refused in (door_client, press_client):
        assert refused.get(f"{BASE}{dijon.pk}/").status_code == 403
    assert client.get(f"{BASE}{dijon.pk}/").status_code == 302
    assert read_only_client.get(f"{BASE}999999/").status_code == 404


def test_one_and_many_ask_as_much(
    edition: Edition,
    dijon: Organisation,
    organiser_client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    a_partner(edition, dijon)
    a_mandate(a_person("Noël", "Roy"), dijon)
    Membership.objects.create(organisation=dijon, year=2023)
    with django_assert_max_num_queries(22) as one:
        page(organiser_client, f"{BASE}{dijon.pk}/")
    asked = len(one)
    for n in range(12):
        a_registration(edition, email=f"p{n}@example.org", last_name=f"Nom{n}")
        a_mandate(a_person("Zoé", f"Roy{n}"), dijon)
        Membership.objects.create(organisation=dijon, year=2000 + n)
    with django_assert_max_num_queries(asked):
        page(organiser_client, f"{BASE}{dijon.pk}/")


def test_a_guest_is_added_with_what_is_typed(edition: Edition, organiser_client: Client) -> None:
    an_organisation("Association des maires", kind="federation", country="SN")
    page(organiser_client, f"{BASE}new/")
    answer = organiser_client.post(f"{BASE}new/", {**NEW, "parent": "association des maires", "website": "thies.sn"})
    made = Organisation.objects.get(name_fr="Ville de Thiès")
    assert answer["Location"] == f"{BASE}{made.pk}/"
    assert (made.country, made.website, str(made.parent)) == ("SN", "https://thies.sn", "Association des maires")
    assert "L’organisation est dans la liste." in page(organiser_client, answer["Location"])


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"name_fr": ""}, "Ce champ est obligatoire."),
        ({"siren": "12"}, "n’est pas un SIREN"),
        ({"insee_code": "Dijon"}, "n’est pas un code INSEE"),
        ({"parent": "Personne"}, "Aucune organisation de ce nom"),
        ({"kind": "foreign_authority", "insee_code": "99999"}, "existe déjà"),
        ({"website": "pas une adresse"}, "URL valide"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    given: dict[str, str], says: str, edition: Edition, organiser_client: Client
) -> None:
    taken = an_organisation("Autre", kind="foreign_authority", country="SN")
    Organisation.objects.filter(pk=taken.pk).update(insee_code="99999")
    answer = organiser_client.post(f"{BASE}new/", {**NEW, "short_name": "Thiès & Cie", **given})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert says in shown
    assert 'value="Thiès &amp; Cie"' in shown
    assert not Organisation.objects.filter(short_name="Thiès & Cie").exists()


@pytest.mark.parametrize(
    ("text", "key", "name"),
    [
        ("21231", "", "Dijon"),
        ("242 100 410", "", "Dijon Métropole"),
        ("Ville de Dijon", "", "Dijon"),
        ("Île-de-France", "region:11", "Île-de-France"),  # the code of the Aude too
        ("Aude", "departement:11", "Aude"),
    ],
)
def test_a_french_authority_comes_with_its_codes(
    text: str, key: str, name: str, edition: Edition, organiser_client: Client
) -> None:
    typed = {"organisation": text, "organisation_key": key, "organisation_for": text if key else ""}
    for _ in range(2):  # the second time it is known
        answer = organiser_client.post(f"{BASE}authority/", typed)
        made = Organisation.objects.get(name_fr=name)
        assert answer["Location"] == f"{BASE}{made.pk}/"
    assert made.country == "FR" and (made.insee_code or made.siren)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("99999", "Aucune collectivité française"),
        ("Trifouillis", "Aucune organisation de ce nom"),
        ("Saint-Denis", "Plusieurs organisations portent ce nom"),
    ],
)
def test_an_authority_that_is_none_or_several_is_refused(
    text: str, says: str, edition: Edition, organiser_client: Client
) -> None:
    before = Organisation.objects.count()
    answer = organiser_client.post(f"{BASE}authority/", {"organisation": text})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert f'value="{text}"' in answer.content.decode()
    assert Organisation.objects.count() == before


def test_a_change_is_saved_logged_and_shown_before_and_after(dijon: Organisation, organiser_client: Client) -> None:
    address = f"{BASE}{dijon.pk}/change/"
    assert 'value="21231"' in page(organiser_client, address)
    answer = organiser_client.post(address, form_of(dijon, name_en="City of Dijon"))
    assert answer["Location"] == f"{BASE}{dijon.pk}/"
    entry = LogEntry.objects.get(action="organisation.changed")
    assert entry.details["changes"] == {"name_en": [None, "City of Dijon"]}
    assert "City of Dijon" in page(organiser_client, f"{BASE}{dijon.pk}/")
    dijon.refresh_from_db()
    assert "city of dijon" in dijon.folded


def test_who_changed_it_meanwhile_is_named_and_saving_again_replaces(
    dijon: Organisation, organiser_client: Client
) -> None:
    address = f"{BASE}{dijon.pk}/change/"
    opened = form_of(dijon, short_name="DJ")
    Organisation.objects.filter(pk=dijon.pk).update(short_name="DIJ")
    answer = organiser_client.post(address, opened)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "a modifié" in shown and "DIJ" in shown and 'value="DJ"' in shown
    version = answer.context["form"]["version"].value()
    assert organiser_client.post(address, {**opened, "version": version}).status_code == 302
    dijon.refresh_from_db()
    assert dijon.short_name == "DJ"


def test_an_organisation_is_no_part_of_its_own_parts(edition: Edition, organiser_client: Client) -> None:
    ministry = an_organisation("Ministère", kind="ministry")
    unit = an_organisation("Délégation", kind="ministry")
    Organisation.objects.filter(pk=unit.pk).update(parent=ministry)
    for parent in ("Délégation", "Ministère"):
        answer = organiser_client.post(f"{BASE}{ministry.pk}/change/", form_of(ministry, parent=parent))
        assert answer.status_code == 422
        assert "d’elle-même" in answer.content.decode()


def test_what_others_rest_on_is_not_deleted_and_they_are_named(
    edition: Edition, dijon: Organisation, organiser_client: Client
) -> None:
    address = f"{BASE}{dijon.pk}/delete/"
    asked = page(organiser_client, address)
    assert "d’autres en dépendent" in asked and "Délégation" in asked
    answer = organiser_client.post(address)
    assert answer.status_code == 422
    assert "1 × Inscription" in answer.content.decode()
    free = an_organisation("À supprimer")
    Membership.objects.create(organisation=free, year=2023)
    assert "Adhésion" in page(organiser_client, f"{BASE}{free.pk}/delete/")
    assert organiser_client.post(f"{BASE}{free.pk}/delete/")["Location"] == BASE
    assert not Organisation.objects.filter(pk=free.pk).exists()
    assert LogEntry.objects.filter(action="organisation.deleted").exists()


def test_membership_year_by_year(dijon: Organisation, organiser_client: Client) -> None:
    address = f"{BASE}{dijon.pk}/memberships/"
    assert organiser_client.post(address, {"year": "2023", "dues_paid_on": "2023-02-01"}).status_code == 302
    assert "cotisation payée le" in page(organiser_client, f"{BASE}{dijon.pk}/")
    answer = organiser_client.post(address, {"year": "1066", "dues_paid_on": ""})
    assert answer.status_code == 422
    assert "de 1900 à" in answer.content.decode()
    assert organiser_client.post(address, {"year": "deux mille", "dues_paid_on": ""}).status_code == 422
    organiser_client.post(f"{address}2023/remove/")
    assert not Membership.objects.exists()
    assert organiser_client.post(f"{address}2023/remove/").status_code == 404


def test_whom_to_write_to_about_a_delegation(dijon: Organisation, organiser_client: Client) -> None:
    address = f"{BASE}{dijon.pk}/contact/"
    page(organiser_client, address)
    refused = organiser_client.post(address, {"name": "Anne", "email": "nulle part"})
    assert refused.status_code == 422
    assert 'value="nulle part"' in refused.content.decode()
    assert organiser_client.post(address, {"name": "Anne", "email": "anne@dijon.example"}).status_code == 302
    assert Delegation.objects.get().contact_email == "anne@dijon.example"
    assert "anne@dijon.example" in page(organiser_client, f"{BASE}{dijon.pk}/")


def test_from_another_edition_the_delegation_is_another(dijon: Organisation, organiser_client: Client) -> None:
    fill(an_edition(13, slug="2022"))
    shown = page(organiser_client, f"/desk/2022/organisations/{dijon.pk}/")
    assert "Personne n’est inscrit pour elle" in shown
