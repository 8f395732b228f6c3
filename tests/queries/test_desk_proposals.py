"""The desk's list of proposals: as many queries for many as for few, and only what the reader may know."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.domain.calls.states import Decision
from parvis.domain.refusals import NotAllowed, NotFound
from parvis.models import Call, Proposal
from parvis.queries.desk_proposals import (
    ProposalFilters,
    access_proposal,
    list_to_announce,
    list_without_slot,
    matching_proposals,
    page_of_lines,
)
from parvis.queries.reviews import access_for_review, list_queues
from parvis.services.decisions import decide
from parvis.services.reviews import give_review
from parvis.services.slots import choose_slot
from tests.factories.calls import AFTER, DESK, a_call, a_proposal, announced, author_of, some_slots

pytestmark = pytest.mark.django_db


def score(actor: Actor, proposal: Proposal, interest: int, clarity: int) -> None:
    give_review(actor=actor, proposal_id=proposal.pk, scores={"interet": interest, "clarte": clarity}, now=AFTER)


def references(actor: Actor, call: Call, **filters: str) -> list[str]:
    return [
        line.proposal.reference for line in matching_proposals(actor, call=call, filters=ProposalFilters(**filters))
    ]


def test_sorted_and_filtered(organiser: Actor, reviewer: Actor) -> None:
    call = a_call()
    one, two, three = (a_proposal(call, number) for number in (1, 2, 3))
    a_proposal(call, 4, submit=False)
    score(organiser, one, 2, 2)
    score(organiser, two, 5, 5)
    score(reviewer, two, 1, 1)
    score(reviewer, three, 4, 4)
    assert references(organiser, call) == ["P001", "P002", "P003", "P004"]
    assert references(organiser, call, sort="score") == ["P003", "P002", "P001", "P004"]
    assert references(organiser, call, sort="spread")[0] == "P002"
    assert references(organiser, call, sort="reviews")[0] == "P004"
    assert references(organiser, call, reviewed="apart") == ["P002"]
    assert references(organiser, call, reviewed="none") == ["P004"]
    assert references(organiser, call, slot="chosen") == []
    ranks = {
        line.proposal.reference: line.rank
        for line in matching_proposals(organiser, call=call, filters=ProposalFilters())
    }
    assert ranks == {"P001": 3, "P002": 2, "P003": 1, "P004": None}


def test_a_conflict_takes_the_score_out_of_ones_own_list(organiser: Actor, reviewer: Actor) -> None:
    call = a_call()
    one, two = a_proposal(call, 1), a_proposal(call, 2)
    score(reviewer, one, 5, 5)
    score(reviewer, two, 3, 3)
    give_review(actor=organiser, proposal_id=one.pk, scores={}, conflict=True, conflict_reason="Ma commune", now=AFTER)
    lines = {
        line.proposal.reference: line for line in matching_proposals(organiser, call=call, filters=ProposalFilters())
    }
    assert (lines["P001"].tally, lines["P001"].rank) == (None, None)
    assert lines["P002"].rank == 1
    assert references(organiser, call, sort="score") == ["P002", "P001"]


def test_the_reader_learns_nothing_by_sorting_or_filtering(organiser: Actor, read_only: Actor) -> None:
    call = a_call()
    one, two = a_proposal(call, 1), a_proposal(call, 2)
    score(organiser, two, 5, 5)
    score(organiser, one, 1, 1)
    decide(actor=DESK, proposal_id=two.pk, decision=Decision.RESERVE, now=AFTER)
    assert references(read_only, call, sort="score") == ["P001", "P002"]
    assert references(read_only, call, decision="reserve") == []
    assert references(read_only, call, reviewed="some") == []
    for ask in (list_to_announce,):
        with pytest.raises(NotAllowed):
            ask(read_only, call=call)


def test_constant_queries(organiser: Actor, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    call = a_call()
    for start in (0, 10):
        for number in range(start, start + 5):
            score(organiser, a_proposal(call, number), 3, 3)
        with django_assert_num_queries(3):
            lines = matching_proposals(organiser, call=call, filters=ProposalFilters(sort="score"))
        with django_assert_num_queries(3):
            access_proposal(
                organiser, edition_id=call.edition_id, call_slug=call.slug, proposal_id=lines[0].proposal.pk
            )
        with django_assert_num_queries(2):
            list_to_announce(organiser, call=call)
        with django_assert_num_queries(3):
            list_queues(organiser, edition_id=call.edition_id)
    assert page_of_lines(lines, 99).number == 1
    with pytest.raises(NotFound):
        access_proposal(organiser, edition_id=call.edition_id, call_slug="autre", proposal_id=lines[0].proposal.pk)
    with pytest.raises(NotFound):
        access_for_review(organiser, edition_id=0, proposal_id=lines[0].proposal.pk)


def test_who_has_not_chosen(organiser: Actor) -> None:
    call = a_call()
    one, two = a_proposal(call, 1), a_proposal(call, 2)
    slots = some_slots(call)
    assert list_without_slot(organiser, call=call) == []
    announced(call, one, two)
    choose_slot(actor=author_of(one), proposal_id=one.pk, slot_id=slots[0].pk, now=AFTER)
    assert list_without_slot(organiser, call=call) == [two]
