"""Many choose in the same instant: each slot is given once, the others are offered the nearest. Needs PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from parvis.domain.calls.slots import SlotTaken
from parvis.domain.calls.states import Decision
from parvis.domain.refusals import Refusal
from parvis.models import Mail, Placement, Proposal, Session
from parvis.services.call_reminders import remind_choosers
from parvis.services.decisions import announce_decisions, decide
from parvis.services.slots import choose_slot
from tests.factories.calls import AFTER, DESK, a_call, a_proposal, announced, author_of, sent, some_slots

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
AT_ONCE = 6


@pytest.fixture(autouse=True)
def _needs_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("DATABASE_URL names no PostgreSQL server")


def _together(task: Callable[[int], object], count: int = AT_ONCE) -> list[object]:
    barrier = Barrier(count)

    def run(number: int) -> object:
        barrier.wait()
        try:
            return task(number)
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_one_slot_is_given_once_and_the_others_are_offered_the_nearest() -> None:
    call = a_call()
    proposals = [a_proposal(call, number) for number in range(AT_ONCE)]
    slots = some_slots(call)
    announced(call, *proposals)
    actors = [author_of(proposal) for proposal in proposals]

    def take(number: int) -> object:
        return choose_slot(actor=actors[number], proposal_id=proposals[number].pk, slot_id=slots[0].pk, now=AFTER)

    answers = _together(take)
    assert sum(isinstance(answer, Session) for answer in answers) == 1
    refused = [answer for answer in answers if isinstance(answer, SlotTaken)]
    assert len(refused) == AT_ONCE - 1
    assert all(refusal.nearest[0] == slots[1].pk and slots[0].pk not in refusal.nearest for refusal in refused)
    assert (Session.objects.count(), Placement.objects.count()) == (1, 1)
    assert Proposal.objects.filter(slot=slots[0]).count() == 1


def test_as_many_as_there_are_slots_all_get_one() -> None:
    call = a_call()
    proposals = [a_proposal(call, number) for number in range(AT_ONCE)]
    slots = some_slots(call)
    announced(call, *proposals)
    actors = [author_of(proposal) for proposal in proposals]

    def take(number: int) -> object:
        wanted = slots[0].pk
        while True:
            try:
                return choose_slot(actor=actors[number], proposal_id=proposals[number].pk, slot_id=wanted, now=AFTER)
            except SlotTaken as refusal:
                wanted = refusal.nearest[0]

    assert all(isinstance(answer, Session) for answer in _together(take))
    assert Proposal.objects.values("slot").distinct().count() == len(slots) == AT_ONCE
    assert Session.objects.values("code").distinct().count() == AT_ONCE


def test_one_proposal_chosen_many_times_is_one_session() -> None:
    call = a_call()
    proposal = a_proposal(call)
    slots = some_slots(call)
    announced(call, proposal)
    actor = author_of(proposal)
    _together(lambda number: choose_slot(actor=actor, proposal_id=proposal.pk, slot_id=slots[number].pk, now=AFTER))
    assert (Session.objects.count(), Placement.objects.count()) == (1, 1)
    placed = Placement.objects.get()
    chosen = Proposal.objects.select_related("slot").get().slot
    assert chosen is not None
    assert (placed.room_id, placed.starts_at) == (chosen.room_id, chosen.starts_at)


def test_announcing_many_times_at_once_tells_each_once() -> None:
    call = a_call()
    proposals = [a_proposal(call, number) for number in range(3)]
    for proposal in proposals:
        decide(actor=DESK, proposal_id=proposal.pk, decision=Decision.ACCEPTED, now=AFTER)
    Mail.objects.all().delete()
    answers = _together(lambda _number: announce_decisions(actor=DESK, call_id=call.pk, now=AFTER))
    assert answers.count(3) == 1
    assert Mail.objects.count() == 3
    _together(lambda _number: remind_choosers(actor=DESK, call_id=call.pk, now=AFTER))
    assert Mail.objects.count() == 6


def test_one_form_sent_many_times_at_once_is_one_proposal() -> None:
    call, key = a_call(), uuid4()
    answers = _together(lambda _number: sent(call, key=key).created)
    assert sorted(map(str, answers)) == ["False"] * (AT_ONCE - 1) + ["True"]
    assert (Proposal.objects.count(), Mail.objects.count()) == (1, 1)
