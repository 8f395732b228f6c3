"""Registering somebody at the desk, and changing a registration: nothing typed is lost, who is there is linked."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from parvis.models import Consent, Edition, LogEntry, Mail, Organisation, Person, Registration
from tests.factories.editions import an_organisation
from tests.factories.network import a_mandate, a_person
from tests.factories.registrations import a_registration, an_open_edition

pytestmark = pytest.mark.django_db
BASE = "/desk/2023/registrations/"
NEW = f"{BASE}new/"


def typed(**changes: object) -> dict[str, object]:
    given: dict[str, object] = {
        "form_key": str(uuid4()),
        "organisation": "Ville de Dijon",
        "country": "FR",
        "category": "elected",
        "first_name": "Zoé",
        "last_name": "N’Diaye",
        "gender": "F",
        "title": "Maire",
        "function": "mayor",
        "email": "zoe@example.org",
        "language": "fr",
        "languages": ["fr"],
        "access_needs": "Fauteuil & accompagnant",
        "notify": "on",
    }
    return {**given, **changes}


@pytest.fixture
def edition() -> Edition:
    return an_open_edition()


def test_the_desk_registers_when_the_window_is_closed_and_in_any_category(
    edition: Edition, organiser_client: Client
) -> None:
    Edition.objects.filter(pk=edition.pk).update(status="held")
    shown = organiser_client.get(NEW).content.decode()
    assert 'name="form_key"' in shown and "Équipe d’organisation" in shown
    answer = organiser_client.post(NEW, typed(category="team"))
    made = Registration.objects.get()
    assert answer["Location"] == f"{BASE}{made.pk}/"
    assert (made.source, made.status, made.category.kind, str(made.organisation)) == (
        "desk",
        "confirmed",
        "team",
        "Dijon",
    )
    assert Mail.objects.get().recipient == "zoe@example.org"
    assert "le billet part" in organiser_client.get(answer["Location"]).content.decode().lower()


def test_without_an_address_or_by_choice_nothing_is_sent(edition: Edition, organiser_client: Client) -> None:
    assert organiser_client.post(NEW, typed(email="")).status_code == 302
    silent = typed(email="awa@example.org", last_name="Diouf")
    del silent["notify"]
    answer = organiser_client.post(NEW, silent, follow=True)
    assert "Aucun courriel ne part" in answer.content.decode()
    assert Registration.objects.count() == 2
    assert not Mail.objects.exists()


def test_the_same_form_sent_twice_is_one_registration(edition: Edition, organiser_client: Client) -> None:
    form = typed()
    first, second = organiser_client.post(NEW, form), organiser_client.post(NEW, form)
    assert first["Location"] == second["Location"]
    assert Registration.objects.count() == 1 and Mail.objects.count() == 1


def test_who_is_registered_already_is_named_and_linked(edition: Edition, organiser_client: Client) -> None:
    there = a_registration(edition)
    same = typed(first_name="Aïcha", last_name="Benali-L’Hôte", email="")
    answer = organiser_client.post(NEW, same)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert there.reference in shown and f'href="{BASE}{there.pk}/"' in shown
    assert "Fauteuil &amp; accompagnant" in shown
    taken = organiser_client.post(NEW, typed(email=there.person.email))
    assert taken.status_code == 422 and f'href="{BASE}{there.pk}/"' in taken.content.decode()
    assert Registration.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": ""}, "title"),
        ({"email": "nulle part"}, "email"),
        ({"first_name": ""}, "first_name"),
        ({"organisation": ""}, "organisation"),
        ({"category": ""}, "category"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    given: dict[str, object], field: str, edition: Edition, organiser_client: Client
) -> None:
    answer = organiser_client.post(NEW, typed(**given))
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert "Fauteuil &amp; accompagnant" in answer.content.decode()
    assert not Registration.objects.exists()


def test_namesakes_are_offered_and_a_new_organisation_is_added_knowingly(
    edition: Edition, organiser_client: Client
) -> None:
    answer = organiser_client.post(NEW, typed(organisation="Saint-Denis"))
    assert answer.status_code == 422
    assert "commune:93066" in answer.content.decode()
    chosen = typed(organisation="Saint-Denis", organisation_key="commune:93066", organisation_for="Saint-Denis")
    assert organiser_client.post(NEW, {**chosen, "asked_organisation": "1"}).status_code == 302
    assert Registration.objects.get().organisation.insee_code == "93066"
    guest = typed(organisation="Cercle des amis", email="b@example.org", last_name="Roy", category="guest", title="")
    asked = organiser_client.post(NEW, guest)
    assert asked.status_code == 422 and 'value="new"' in asked.content.decode()
    added = {**guest, "asked_organisation": "1", "organisation_key": "new", "organisation_for": "Cercle des amis"}
    assert organiser_client.post(NEW, {**added, "organisation_kind": "association"}).status_code == 302
    assert Organisation.objects.get(name_fr="Cercle des amis").kind == "association"


def test_a_link_fills_in_the_person_or_the_organisation(edition: Edition, organiser_client: Client) -> None:
    lyon = an_organisation("Lyon")
    person = a_person("Awa", "Diouf", email="awa@example.org")
    a_mandate(person, lyon, "Présidente", function="president")
    shown = organiser_client.get(NEW, {"person": person.pk}).content.decode()
    for value in ("Awa", "Diouf", "awa@example.org", "Présidente", "Lyon", f"id:{lyon.pk}"):
        assert f'value="{value}"' in shown
    assert 'value="Lyon"' in organiser_client.get(NEW, {"organisation": lyon.pk}).content.decode()
    assert organiser_client.get(NEW, {"person": "999999"}).status_code == 404
    assert organiser_client.get(NEW, {"person": "abc"}).status_code == 200


def test_a_change_is_saved_with_who_it_is_and_for_whom(edition: Edition, organiser_client: Client) -> None:
    registration = a_registration(edition)
    address = f"{BASE}{registration.pk}/change/"
    opened = organiser_client.get(address)
    form = opened.context["form"]
    assert form["title"].value() == "Adjointe au maire" and form["consent_image"].value() is True
    version = form["version"].value()
    given = typed(version=version, email="zoe@lyon.example", organisation="Lyon", consent_newsletter="on")
    answer = organiser_client.post(address, given)
    assert answer["Location"] == f"{BASE}{registration.pk}/"
    registration.refresh_from_db()
    assert (str(registration.person), str(registration.organisation)) == ("Zoé N’Diaye", "Lyon")
    assert registration.delegation is not None and registration.delegation.organisation == registration.organisation
    in_force = Consent.objects.filter(withdrawn_at__isnull=True).values_list("purpose", flat=True)
    assert list(in_force) == ["newsletter"]
    assert LogEntry.objects.filter(action="registration.changed").count() == 1
    assert Mail.objects.filter(recipient="zoe@lyon.example").exists()


def test_who_changed_the_registration_or_the_person_meanwhile_is_told(
    edition: Edition, organiser_client: Client
) -> None:
    registration = a_registration(edition)
    address = f"{BASE}{registration.pk}/change/"
    version = organiser_client.get(address).context["form"]["version"].value()
    Person.objects.filter(pk=registration.person_id).update(phone="+33 9 99 99 99 99")
    given = typed(version=version, first_name="Aïcha", last_name="Benali-L’Hôte", diet="Sans sel")
    answer = organiser_client.post(address, given)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "+33 9 99 99 99 99" in shown and 'value="Sans sel"' in shown
    again = {**given, "version": answer.context["form"]["version"].value()}
    assert organiser_client.post(address, again).status_code == 302
    Registration.objects.get(pk=registration.pk).save()
    assert organiser_client.post(address, again).status_code == 422


def test_a_change_to_somebody_who_is_there_already_is_refused_with_the_link(
    edition: Edition, organiser_client: Client
) -> None:
    there = a_registration(edition)
    other = a_registration(edition, email="b@example.org", last_name="Autre")
    given = typed(first_name="Aïcha", last_name="Benali-L’Hôte", email="")
    answer = organiser_client.post(f"{BASE}{other.pk}/change/", given)
    assert answer.status_code == 422
    assert f'href="{BASE}{there.pk}/"' in answer.content.decode()


def test_a_cancelled_registration_says_what_to_do_first(edition: Edition, organiser_client: Client) -> None:
    registration = a_registration(edition)
    organiser_client.post(f"{BASE}{registration.pk}/cancel/")
    answer = organiser_client.post(f"{BASE}{registration.pk}/change/", typed())
    assert answer.status_code == 422
    assert "annulée" in answer.content.decode()
