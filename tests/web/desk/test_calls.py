"""Calls at the desk: opened with questions and criteria as rows, changed by one at a time, slots made in a row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from parvis.domain.access import Actor
from parvis.models import Call, CallSlot, Edition, Placement, Room
from parvis.queries.versions import version_of
from parvis.services.calls import save_call
from tests.factories.calls import DESK, a_call, a_proposal, an_open_call, some_slots
from tests.factories.editions import an_edition, fill

pytestmark = pytest.mark.django_db
BASE = "/desk/2023/calls/"


@pytest.fixture
def edition() -> Edition:
    return an_edition(status="open")


def answers(**changes: Any) -> dict[str, Any]:
    return {
        "version": "",
        "name_fr": "Micro-ateliers",
        "name_en": "Micro-workshops",
        "text_fr": "Vingt minutes.",
        "text_en": "",
        "format": "micro_workshop",
        "duration_min": "20",
        "opens_at": "2023-05-02T09:00",
        "closes_at": "2023-06-09T18:00",
        "choose_by": "",
        "question_count": "1",
        "question_0_key": "",
        "question_0_label_fr": "Besoin",
        "question_0_label_en": "Need",
        "question_0_help_fr": "",
        "question_0_help_en": "",
        "question_0_longest": "300",
        "question_0_required": "on",
        "criterion_count": "2",
        "criterion_0_key": "",
        "criterion_0_name_fr": "Intérêt",
        "criterion_0_name_en": "",
        "criterion_0_weight": "2",
        "criterion_1_key": "",
        "criterion_1_name_fr": "Clarté",
        "criterion_1_name_en": "",
        "criterion_1_weight": "1",
        **changes,
    }


def page(client: Client, address: str = BASE) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def test_an_empty_list_says_what_a_call_is(edition: Edition, organiser_client: Client) -> None:
    assert f"{BASE}new/" in page(organiser_client)
    assert "pas encore d’appel" in page(organiser_client).lower()


def test_a_call_is_opened_in_the_venues_hours(edition: Edition, organiser_client: Client) -> None:
    assert 'value="Intérêt pour les autres collectivités"' in page(organiser_client, f"{BASE}new/")
    response = organiser_client.post(f"{BASE}new/", answers())
    assert response["Location"] == f"{BASE}micro-ateliers/slots/"
    call = Call.objects.get()
    assert call.opens_at == datetime(2023, 5, 2, 7, tzinfo=UTC)
    assert call.questions[0]["required"] is True
    assert [row["weight"] for row in call.criteria] == [2, 1]
    assert "Micro-ateliers" in page(organiser_client)


def test_faults_stand_beside_their_fields_and_nothing_is_lost(edition: Edition, organiser_client: Client) -> None:
    for changes, field in (
        ({"closes_at": "2023-05-01T09:00"}, "closes_at"),
        ({"name_fr": ""}, "name_fr"),
        ({"opens_at": "jamais"}, "opens_at"),
        ({"question_0_label_fr": ""}, "question_0_label_fr"),
        ({"criterion_0_weight": "99"}, "criterion_0_weight"),
        ({"name_fr": "N" * 201}, "name_fr"),
    ):
        response = organiser_client.post(f"{BASE}new/", answers(**changes))
        assert response.status_code == 422, changes
        text = response.content.decode()
        assert f'id="id_{field}_error"' in text, changes
        assert "Vingt minutes." in text
    assert not Call.objects.exists()


def test_rows_come_and_go_by_buttons_that_post(edition: Edition, organiser_client: Client) -> None:
    text = organiser_client.post(f"{BASE}new/", answers(add_question="1")).content.decode()
    assert 'name="question_1_label_fr"' in text
    assert 'value="Besoin"' in text
    text = organiser_client.post(f"{BASE}new/", answers(remove_criterion="0")).content.decode()
    assert 'value="Clarté"' in text
    assert 'value="Intérêt"' not in text
    assert 'name="criterion_1_name_fr"' not in text
    text = organiser_client.post(f"{BASE}new/", answers(remove_question="7", question_count="x")).content.decode()
    assert 'class="error"' not in text
    assert not Call.objects.exists()


def test_two_who_change_it_at_once_see_each_other(edition: Edition, organiser_client: Client) -> None:
    call = a_call(edition)
    seen = version_of(Call.objects.get(pk=call.pk))
    save_call(actor=DESK, edition_id=edition.pk, call_id=call.pk, values={"name_fr": "Nom de l’autre"})
    address = f"{BASE}micro-ateliers/edit/"
    response = organiser_client.post(address, answers(version=seen, name_fr="Mon nom"))
    assert response.status_code == 422
    assert "Nom de l’autre" in response.content.decode()
    assert 'value="Mon nom"' in response.content.decode()
    now = version_of(Call.objects.get(pk=call.pk))
    sent = answers(version=now, name_fr="Mon nom", criterion_0_key="interet", criterion_1_key="clarte")
    assert organiser_client.post(address, sent).status_code == 302
    assert Call.objects.get().name_fr == "Mon nom"


def test_deleting_asks_and_tells_what_forbids_it(edition: Edition, organiser_client: Client) -> None:
    call = a_call(edition)
    proposal = a_proposal(call, submit=False)
    address = f"{BASE}micro-ateliers/delete/"
    assert "Proposition" in page(organiser_client, address)
    assert organiser_client.post(address).status_code == 422
    proposal.delete()
    assert organiser_client.post(address)["Location"] == BASE
    assert not Call.objects.exists()


@pytest.mark.parametrize("role", ["door", "press", "reviewer"])
def test_others_are_kept_out(
    role: str, request: pytest.FixtureRequest, edition: Edition, client_of: Callable[[Actor], Client]
) -> None:
    a_call(edition)
    client = client_of(request.getfixturevalue(role))
    for address in (BASE, f"{BASE}new/", f"{BASE}micro-ateliers/", f"{BASE}micro-ateliers/slots/"):
        assert client.get(address).status_code == 403, address


def test_the_reader_reads_and_changes_nothing(edition: Edition, read_only_client: Client) -> None:
    a_call(edition)
    for tail in ("", "edit/", "slots/", "decisions/"):
        text = page(read_only_client, f"{BASE}micro-ateliers/{tail}")
        for button in ("Enregistrer", "Créer les créneaux", "Annoncer maintenant", "Ajouter une question"):
            assert f">{button}</button>" not in text, (tail, button)
    assert read_only_client.get(f"{BASE}new/").status_code == 403
    assert read_only_client.post(f"{BASE}micro-ateliers/edit/", answers()).status_code == 403
    assert read_only_client.post(f"{BASE}micro-ateliers/slots/", {}).status_code == 403
    assert read_only_client.post(f"{BASE}micro-ateliers/announce/").status_code == 403


def test_slots_are_made_in_a_row_and_clashes_are_named(edition: Edition, organiser_client: Client) -> None:
    fill(edition, sessions=1)
    placed = Placement.objects.get()
    call = a_call(edition)
    address = f"{BASE}micro-ateliers/slots/"
    free = Room.objects.create(venue=placed.room.venue, slug="libre", name="Salle libre")
    sent = {
        "rooms": [placed.room_id, free.pk],
        "day": "2023-09-18",
        "first": "07:00",
        "last": "09:00",
        "every_min": "20",
    }
    response = organiser_client.post(address, sent)
    assert response.status_code == 200
    assert "Séance 0" in response.content.decode()
    assert CallSlot.objects.filter(call=call, room=free).count() == 6
    assert CallSlot.objects.filter(call=call, room=placed.room).count() < 6
    for changes, field in (({"rooms": []}, "rooms"), ({"last": "07:10"}, "last"), ({"day": "2023-10-01"}, "day")):
        response = organiser_client.post(address, {**sent, **changes})
        assert response.status_code == 422
        assert f'id="id_{field}_error"' in response.content.decode()


def test_ticked_slots_are_deleted_and_held_ones_are_not(edition: Edition, organiser_client: Client) -> None:
    call = a_call(edition)
    slots = some_slots(call)
    address = f"{BASE}micro-ateliers/slots/remove/"
    organiser_client.post(address, {"slot": [slots[0].pk, "x", "99999999999999999999"]})
    assert CallSlot.objects.count() == 5
    proposal = a_proposal(call)
    proposal.slot = slots[1]
    proposal.save()
    organiser_client.post(address, {"slot": [slots[1].pk]})
    assert CallSlot.objects.count() == 5
    assert "Atelier 1" in page(organiser_client, f"{BASE}micro-ateliers/slots/")


def test_the_number_of_queries_does_not_grow(
    edition: Edition, organiser_client: Client, django_assert_max_num_queries: Any
) -> None:
    an_open_call(edition)
    call = Call.objects.get()
    some_slots(call, rooms=1)
    addresses = (BASE, f"{BASE}micro-ateliers/slots/", f"{BASE}micro-ateliers/edit/")
    counts = []
    for address in addresses:
        organiser_client.get(address)
        with django_assert_max_num_queries(16) as captured:
            organiser_client.get(address)
        counts.append(len(captured))
    some_slots(call, rooms=5)
    for number in range(5):
        an_open_call(edition, name_fr=f"Appel {number}")
    for address, few in zip(addresses, counts, strict=True):
        with django_assert_max_num_queries(few):
            organiser_client.get(address)
