"""Reads of a proposal by its authors: by their own link only, in a constant number of queries."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from parvis.domain.calls.proposals import ContactInput, ProposalIsFrozen
from parvis.domain.refusals import NotFound
from parvis.queries.call_slots import count_free_slots, list_choices, list_slots, nearest_slots
from parvis.queries.proposals import (
    access_by_link,
    actor_by_link,
    change_refusal,
    editors_of,
    form_of,
    last_change_by,
    missing_of,
)
from parvis.services.proposal_editors import invite_editor
from parvis.services.slots import choose_slot
from tests.factories.calls import (
    AFTER,
    DESK,
    DURING,
    FORM,
    a_call,
    a_form,
    a_proposal,
    announced,
    author_of,
    editor_of,
    reread,
    sent,
    some_slots,
)

pytestmark = pytest.mark.django_db


def test_a_link_opens_one_proposal_in_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    call = a_call()
    proposal = a_proposal(call)
    for number in range(5):
        contact = ContactInput(f"Nom{number}", f"n{number}@example.org")
        invite_editor(actor=author_of(proposal), proposal_id=proposal.pk, contact=contact, now=DURING)
    token = editor_of(proposal).token
    with django_assert_num_queries(2):
        found, editor = access_by_link(token)
        assert len(editors_of(found)) == 6
        assert found.call.edition.series.federation.organisation.name
    assert actor_by_link(found, editor).proposal_id == proposal.pk
    with pytest.raises(NotFound):
        access_by_link(token[:-1] + ("a" if token[-1] != "a" else "b"))


def test_what_was_sent_is_what_is_read() -> None:
    proposal = reread(sent(a_call()).proposal)
    found = form_of(proposal)
    assert (found.title_fr, found.speakers, found.sdgs) == (FORM.title_fr, FORM.speakers, FORM.sdgs)
    assert found.answers == FORM.answers
    assert missing_of(proposal) == []
    assert last_change_by(proposal).startswith("Zoé N’Diaye")
    assert change_refusal(proposal, now=DURING) is None
    assert isinstance(change_refusal(proposal, now=AFTER), ProposalIsFrozen)


def test_what_is_missing_is_named() -> None:
    proposal = reread(sent(a_call(), a_form(spoken=(), speakers=()), submit=False).proposal)
    assert [fault.field for fault in missing_of(proposal)] == ["spoken", "speaker_0_last_name"]


def test_slots_take_as_many_queries_for_many_as_for_few(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    call = a_call()
    one, two = a_proposal(call, 1), a_proposal(call, 2)
    slots = some_slots(call, rooms=1)
    announced(call, one, two)
    choose_slot(actor=author_of(one), proposal_id=one.pk, slot_id=slots[0].pk, now=AFTER)
    two = reread(two)
    for _ in range(2):
        with django_assert_num_queries(4):
            lines = list_choices(two)
        with django_assert_num_queries(3):
            listed = list_slots(DESK, call=call)
        assert sum(1 for line in lines if not line.free) == 1
        assert [line.holder for line in listed if line.holder] == [one]
        some_slots(call, rooms=5)
    assert count_free_slots(call) == len(lines) - 1
    assert nearest_slots(call, slots[0].pk, proposal=two)[0] != slots[0].pk
    assert len(nearest_slots(call, 0, proposal=two)) == 5
