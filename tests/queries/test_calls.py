"""Reads of calls: what the public may know of, with as many queries for many as for one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.domain.calls.windows import CallClosed, CallOpensLater
from parvis.domain.refusals import NotAllowed, NotFound
from parvis.queries.calls import (
    access_call,
    find_call,
    has_reviews,
    list_calls,
    list_open_calls,
    list_public_calls,
    window_refusal,
)
from parvis.services.reviews import give_review
from tests.factories.calls import AFTER, CLOSES, DURING, OPENS, a_call, a_proposal, announced, some_slots
from tests.factories.editions import an_edition

pytestmark = pytest.mark.django_db


def test_the_public_knows_of_a_call_from_its_opening_on() -> None:
    call = a_call()
    before = OPENS - timedelta(seconds=1)
    assert list_public_calls(call.edition_id, now=before) == []
    assert list_public_calls(call.edition_id, now=AFTER) == [call]
    assert list_open_calls(call.edition_id, now=DURING) == [call]
    assert list_open_calls(call.edition_id, now=CLOSES) == []
    assert find_call("2023", call.slug, now=AFTER) == call
    for slug, moment in ((call.slug, before), ("autre", AFTER)):
        with pytest.raises(NotFound):
            find_call("2023", slug, now=moment)


def test_the_refusal_says_the_venues_hour() -> None:
    call = a_call()
    assert window_refusal(call, now=DURING) is None
    early, late = window_refusal(call, now=OPENS - timedelta(days=1)), window_refusal(call, now=CLOSES)
    assert isinstance(early, CallOpensLater)
    assert isinstance(late, CallClosed)
    assert late.params == {"day": "09/06/2023", "time": "18:00"}


def test_the_desk_counts_in_one_query(
    organiser: Actor, door: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    call = a_call()
    a_proposal(call, 1, submit=False)
    a_proposal(call, 2)
    selected = a_proposal(call, 3)
    some_slots(call)
    give_review(actor=organiser, proposal_id=selected.pk, scores={"interet": 1, "clarte": 1}, now=AFTER)
    a_call(call.edition, name_fr="Autre appel")
    with django_assert_num_queries(1):
        found = list_calls(organiser, edition_id=call.edition_id)
    by_name = {row.slug: row for row in found}
    counted = by_name["micro-ateliers"]
    assert (counted.drafts, counted.submitted, counted.undecided, counted.slots_made) == (1, 2, 2, 6)
    assert (by_name["autre-appel"].submitted, by_name["autre-appel"].slots_made) == (0, None)
    with django_assert_num_queries(1):
        assert access_call(organiser, edition_id=call.edition_id, slug=call.slug).submitted == 2
    assert has_reviews(organiser, call_id=call.pk)
    with pytest.raises(NotAllowed):
        list_calls(door, edition_id=call.edition_id)
    with pytest.raises(NotFound):
        access_call(organiser, edition_id=an_edition(15, slug="2024").pk, slug=call.slug)


def test_announced_ones_say_how_many_are_placed(organiser: Actor) -> None:
    call = a_call()
    announced(call, a_proposal(call))
    found = access_call(organiser, edition_id=call.edition_id, slug=call.slug)
    assert (found.selected, found.placed, found.undecided) == (1, 0, 0)
