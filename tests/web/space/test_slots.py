"""Choosing a slot on one's own page: free ones by day, a taken one offers the nearest, and the session is there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from parvis.models import Call, CallSlot, Proposal, Session
from parvis.services.programme import cancel_session
from parvis.services.slots import choose_slot
from tests.factories.calls import (
    DESK,
    a_proposal,
    an_open_call,
    announced,
    author_of,
    close,
    editor_of,
    reread,
    some_slots,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    return an_open_call()


@pytest.fixture
def slots(call: Call) -> list[CallSlot]:
    return some_slots(call)


def selected(call: Call, count: int = 2) -> list[Proposal]:
    now = datetime.now(UTC)
    proposals = [a_proposal(call, number, now=now) for number in range(1, count + 1)]
    announced(close(call), *proposals, now=now)
    return proposals


def page_of(proposal: Proposal) -> str:
    return f"/proposals/{editor_of(proposal).token}/slot/"


def test_a_free_slot_is_taken(client: Client, call: Call, slots: list[CallSlot]) -> None:
    proposal, _other = selected(call)
    page = client.get(page_of(proposal)).content.decode()
    assert page.count('name="slot"') == 6
    assert "14\u00a0h\u00a020" in page
    response = client.post(page_of(proposal), {"slot": slots[0].pk})
    assert response.status_code == 302
    assert "Micro 0" in client.get(response["Location"]).content.decode()
    assert reread(proposal).slot == slots[0]


def test_a_taken_slot_offers_the_nearest_and_one_click_takes_it(
    client: Client, call: Call, slots: list[CallSlot]
) -> None:
    first, second = selected(call)
    choose_slot(actor=author_of(first), proposal_id=first.pk, slot_id=slots[2].pk)
    page = client.get(page_of(second)).content.decode()
    assert "disabled" in page
    assert "Atelier 1" not in page  # who holds it is nobody's business here
    response = client.post(page_of(second), {"slot": slots[2].pk})
    assert response.status_code == 409
    page = response.content.decode()
    offered = [slot.pk for slot in slots if f'type="submit" name="slot" value="{slot.pk}"' in page]
    assert slots[3].pk in offered
    assert slots[2].pk not in offered
    assert client.post(page_of(second), {"slot": slots[3].pk}).status_code == 302
    assert Session.objects.count() == 2


def test_a_cancelled_workshop_says_so_and_moves_no_more(client: Client, call: Call, slots: list[CallSlot]) -> None:
    proposal, _other = selected(call)
    session = choose_slot(actor=author_of(proposal), proposal_id=proposal.pk, slot_id=slots[0].pk)
    cancel_session(actor=DESK, session_id=session.pk)
    page = client.get(f"/proposals/{editor_of(proposal).token}/").content.decode()
    assert "Les organisateurs ont annulé cet atelier" in page
    assert client.post(page_of(proposal), {"slot": slots[3].pk}).status_code == 422


@pytest.mark.parametrize("slot", ["", "x", "99999999999999999999", "-1"])
def test_nonsense_is_refused_in_words(client: Client, call: Call, slots: list[CallSlot], slot: str) -> None:
    proposal, _other = selected(call)
    assert client.post(page_of(proposal), {"slot": slot}).status_code == 422
    assert client.post(page_of(proposal), {"slot": "987654"}).status_code == 409
    assert not Session.objects.exists()


def test_who_is_not_selected_is_led_back(client: Client, call: Call, slots: list[CallSlot]) -> None:
    proposal = a_proposal(call, now=datetime.now(UTC))
    for response in (client.get(page_of(proposal)), client.post(page_of(proposal), {"slot": slots[0].pk})):
        assert response.status_code == 302
    assert not Session.objects.exists()


def test_without_slots_the_page_says_so(client: Client, call: Call) -> None:
    proposal, _other = selected(call)
    page = client.get(page_of(proposal)).content.decode()
    assert "Il n’y a pas encore de créneaux" in page


def test_queries_do_not_grow_with_slots(client: Client, call: Call, django_assert_max_num_queries: Any) -> None:
    some_slots(call, rooms=1)
    proposal, _other = selected(call)
    client.get(page_of(proposal))
    with django_assert_max_num_queries(7) as captured:
        client.get(page_of(proposal))
    few = len(captured)
    some_slots(call, rooms=6)
    with django_assert_max_num_queries(few):
        client.get(page_of(proposal))
