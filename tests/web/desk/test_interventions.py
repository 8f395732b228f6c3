"""Who speaks in a session, at the desk: found by name, asked as what, in an order."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from parvis.domain.access import Actor
from parvis.models import Edition, Intervention, Person, Session
from parvis.queries.versions import version_of
from parvis.services.interventions import save_intervention
from tests.factories.editions import an_edition, an_organisation
from tests.factories.network import a_mandate, a_person
from tests.factories.programme import a_room, a_session, placed, speaks
from tests.web.desk.reading import main_of, read

pytestmark = pytest.mark.django_db
BASE = "/desk/2023/sessions/"


@pytest.fixture
def edition() -> Edition:
    return an_edition(status="open")


@pytest.fixture
def session(edition: Edition) -> Session:
    return a_session(edition)


@pytest.fixture
def awa() -> Person:
    person = a_person("Awa", "N’Diaye")
    a_mandate(person, an_organisation("Saint-Louis"))
    a_mandate(person, an_organisation("Région du Nord"), "Présidente", function="president")
    return person


def chosen(person: Person, **more: object) -> dict[str, object]:
    name = str(person)
    key = f"person:{person.pk}"
    return {"person": name, "person_for": name, "person_key": key, "role": "speaker", **more}


def order(session: Session) -> list[str]:
    return [row.person.last_name for row in session.interventions.order_by("position")]


def test_a_person_is_found_by_name_then_asked_as_what(session: Session, awa: Person, organiser_client: Client) -> None:
    address = f"{BASE}{session.pk}/speakers/new/"
    assert 'data-field="person"' in read(organiser_client, address)
    answer = organiser_client.post(address, {"person": "n'diaye awa", "role": "moderator", "length_min": "10"})
    assert answer.status_code == 422
    shown = main_of(answer)
    for words in ("Maire de Saint-Louis", "Présidente", "n&#x27;diaye awa", 'id="id_mandate_error"'):
        assert words in shown
    second = awa.mandates.get(function="president")
    answer = organiser_client.post(address, chosen(awa, mandate=second.pk, role="moderator", length_min="10"))
    assert answer["Location"] == f"{BASE}{session.pk}/"
    row = Intervention.objects.get()
    assert (row.person, row.mandate, row.role, row.length_min) == (awa, second, "moderator", 10)
    shown = read(organiser_client, f"{BASE}{session.pk}/")
    for words in ("Awa N’Diaye intervient dans cette séance", "Présidente", "10 min"):
        assert words in shown


def test_the_only_mandate_is_taken_and_none_is_allowed(session: Session, organiser_client: Client) -> None:
    mayor, guest = a_person("Noël", "Un"), a_person("Zoé", "Deux")
    mandate = a_mandate(mayor, an_organisation("Dijon"))
    address = f"{BASE}{session.pk}/speakers/new/"
    answer = organiser_client.post(address, chosen(mayor, again="1"))
    assert answer["Location"] == address
    organiser_client.post(address, chosen(guest))
    assert [row.mandate for row in session.interventions.order_by("position")] == [mandate, None]
    assert "à quel titre n’est pas dit" in read(organiser_client, f"{BASE}{session.pk}/")


def test_nobody_and_namesakes_are_told_apart(session: Session, organiser_client: Client) -> None:
    for _ in range(2):
        a_person("Jean", "Martin")
    address = f"{BASE}{session.pk}/speakers/new/"
    for name in ("Inconnue Totale", "Jean Martin"):
        answer = organiser_client.post(address, {"person": name, "role": "speaker"})
        assert answer.status_code == 422
        assert 'id="id_person_error"' in main_of(answer)
        assert name in main_of(answer)
    assert not Intervention.objects.exists()


def test_a_clash_is_said_where_the_person_is_named(
    edition: Edition, session: Session, awa: Person, organiser_client: Client
) -> None:
    busy = a_session(edition, "Occupée")
    placed(busy, a_room(edition))
    placed(session, a_room(edition, "Salle Marly"))
    speaks(awa, busy)
    mandate = awa.mandates.first()
    assert mandate is not None
    answer = organiser_client.post(f"{BASE}{session.pk}/speakers/new/", chosen(awa, mandate=mandate.pk))
    assert answer.status_code == 422
    assert "prend déjà part à « Occupée »" in main_of(answer)
    assert 'id="id_person_error"' in main_of(answer)


def test_an_intervention_is_changed_and_what_was_saved_meanwhile_is_shown(
    session: Session, awa: Person, organiser: Actor, organiser_client: Client
) -> None:
    mayor, president = awa.mandates.order_by("position")
    row = speaks(awa, session, mayor)
    address = f"{BASE}speakers/{row.pk}/"
    shown = read(organiser_client, address)
    assert "Awa N’Diaye" in shown
    assert f'<option value="{mayor.pk}" selected>' in shown
    seen = version_of(row)
    save_intervention(
        actor=organiser,
        session_id=session.pk,
        intervention_id=row.pk,
        person_id=awa.pk,
        mandate_id=mayor.pk,
        role="witness",
    )
    sent = chosen(awa, mandate=president.pk, role="moderator", version=seen)
    answer = organiser_client.post(address, sent)
    assert answer.status_code == 422
    assert "a modifié ceci" in main_of(answer)
    row.refresh_from_db()
    assert organiser_client.post(address, {**sent, "version": version_of(row)}).status_code == 302
    row.refresh_from_db()
    assert (row.mandate, row.role) == (president, "moderator")


def test_speakers_are_moved_and_taken_away(session: Session, organiser_client: Client) -> None:
    rows = [speaks(a_person("Awa", name), session) for name in ("Un", "Deux", "Trois")]
    shown = read(organiser_client, f"{BASE}{session.pk}/")
    assert f'action="{BASE}speakers/{rows[0].pk}/up/"' not in shown
    assert f'action="{BASE}speakers/{rows[2].pk}/down/"' not in shown
    answer = organiser_client.post(f"{BASE}speakers/{rows[2].pk}/up/")
    assert answer["Location"] == f"{BASE}{session.pk}/#speaker-{rows[2].pk}"
    assert order(session) == ["Un", "Trois", "Deux"]
    organiser_client.post(f"{BASE}speakers/{rows[0].pk}/down/")
    assert order(session) == ["Trois", "Un", "Deux"]
    assert organiser_client.post(f"{BASE}speakers/{rows[0].pk}/sideways/").status_code == 404
    organiser_client.post(f"{BASE}speakers/{rows[0].pk}/remove/")
    assert order(session) == ["Trois", "Deux"]
    shown = read(organiser_client, f"{BASE}{session.pk}/")
    assert "Awa Un n’intervient plus" in shown
    assert "Awa Trois, Awa Un, Awa Deux" in shown.partition('id="history"')[2]


def test_only_organisers_name_speakers(
    session: Session, awa: Person, read_only_client: Client, door_client: Client, press_client: Client
) -> None:
    row = speaks(awa, session)
    for client in (read_only_client, door_client, press_client):
        for address in (f"speakers/{row.pk}/", f"{session.pk}/speakers/new/"):
            assert client.get(f"{BASE}{address}").status_code == 403
        for step in ("", "up/", "remove/"):
            assert client.post(f"{BASE}speakers/{row.pk}/{step}", chosen(awa)).status_code == 403
    assert session.interventions.count() == 1


def test_an_intervention_of_another_edition_is_not_found(organiser_client: Client, edition: Edition) -> None:
    row = speaks(a_person(), a_session(an_edition(15, slug="2024")))
    assert organiser_client.get(f"{BASE}speakers/{row.pk}/").status_code == 404
    assert organiser_client.post(f"{BASE}speakers/{row.pk}/remove/").status_code == 404
    assert Intervention.objects.count() == 1


def test_a_mandate_that_ended_is_neither_taken_by_itself_nor_accepted(
    session: Session, awa: Person, organiser_client: Client
) -> None:
    Edition.objects.update(starts_on=date(2033, 9, 19), ends_on=date(2033, 9, 20))
    awa.mandates.filter(function="president").update(ends_on=date(2030, 1, 1))
    address = f"{BASE}{session.pk}/speakers/new/"
    ended = awa.mandates.get(function="president")
    answer = organiser_client.post(address, chosen(awa, mandate=ended.pk))
    assert answer.status_code == 422
    assert "Ce mandat a pris fin le 01/01/2030" in main_of(answer)
    assert organiser_client.post(address, chosen(awa)).status_code == 302  # the only one that is held
    assert Intervention.objects.get().mandate == awa.mandates.get(function="mayor")
    awa.mandates.update(ends_on=date(2030, 1, 1))
    data = chosen(awa, role="moderator")
    assert organiser_client.post(address, data).status_code == 302  # in their own name
    assert Intervention.objects.get(role="moderator").mandate is None
