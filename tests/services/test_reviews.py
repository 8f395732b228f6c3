"""Reviews: one for each reviewer and proposal, after the closing and before the announcement; conflicts declared."""

from __future__ import annotations

import pytest

from parvis.domain.access import PUBLIC, Actor
from parvis.domain.calls.questions import read_criteria
from parvis.domain.calls.reviews import (
    ConflictUnexplained,
    NotToBeReviewed,
    OwnProposal,
    ReviewingIsOver,
    ScoreImpossible,
    ScoresMissing,
)
from parvis.domain.calls.windows import CallStillOpen
from parvis.domain.changes import TextTooLong
from parvis.domain.refusals import NotAllowed, NotFound
from parvis.models import Call, LogEntry, Proposal, ProposalEditor, Review
from parvis.queries.desk_proposals import access_proposal
from parvis.queries.reviews import list_queues, visible_reviews, visible_tally
from parvis.services.reviews import give_review
from tests.factories.calls import AFTER, CLOSES, a_call, a_proposal, announced

pytestmark = pytest.mark.django_db
GOOD = {"interet": 4, "clarte": 1}


@pytest.fixture
def call() -> Call:
    return a_call()


@pytest.fixture
def proposal(call: Call) -> Proposal:
    return a_proposal(call)


def give(actor: Actor, proposal: Proposal, **more: object) -> Review:
    given: dict[str, object] = {"scores": GOOD, "now": AFTER, **more}
    return give_review(actor=actor, proposal_id=proposal.pk, **given)  # type: ignore[arg-type]


def test_a_review_is_given_changed_and_logged_once(reviewer: Actor, proposal: Proposal) -> None:
    give(reviewer, proposal, comment="Très\x0bconcret")
    give(reviewer, proposal, comment="Très\nconcret")
    review = give(reviewer, proposal, scores={"interet": "5", "clarte": "0"})
    assert Review.objects.count() == 1
    assert (review.scores, review.comment) == ({"interet": 5, "clarte": 0}, "")
    assert LogEntry.objects.filter(action="review.given").count() == 2


@pytest.mark.parametrize("role", ["read_only", "door", "press"])
def test_only_reviewers_and_organisers_review(role: str, request: pytest.FixtureRequest, proposal: Proposal) -> None:
    with pytest.raises(NotAllowed):
        give(request.getfixturevalue(role), proposal)
    with pytest.raises(NotAllowed):
        give(PUBLIC, proposal)


def test_what_cannot_be_given(reviewer: Actor, proposal: Proposal) -> None:
    for more, refusal in (
        ({"scores": {"interet": 4}}, ScoresMissing),
        ({"scores": {"interet": 9, "clarte": 1}}, ScoreImpossible),
        ({"conflict": True}, ConflictUnexplained),
        ({"comment": "x" * 3001}, TextTooLong),
        ({"conflict": True, "conflict_reason": "x" * 301}, TextTooLong),
        ({"now": CLOSES.replace(hour=1)}, CallStillOpen),
    ):
        with pytest.raises(refusal):
            give(reviewer, proposal, **more)
    assert not Review.objects.exists()
    with pytest.raises(NotFound):
        give_review(actor=reviewer, proposal_id=0, scores=GOOD, now=AFTER)


def test_drafts_and_what_is_announced_are_not_reviewed(reviewer: Actor, call: Call, proposal: Proposal) -> None:
    draft = a_proposal(call, 2, submit=False)
    with pytest.raises(NotToBeReviewed):
        give(reviewer, draft)
    announced(call, proposal)
    with pytest.raises(ReviewingIsOver):
        give(reviewer, proposal)


def test_nobody_judges_their_own_proposal(reviewer: Actor, proposal: Proposal) -> None:
    ProposalEditor.objects.filter(proposal=proposal).update(email=reviewer.email)
    with pytest.raises(OwnProposal):
        give(reviewer, proposal)
    assert [line.own_work for line in list_queues(reviewer, edition_id=proposal.call.edition_id)[0].lines] == [True]


def test_a_conflict_forgets_the_scores_and_hides_those_of_the_others(
    reviewer: Actor, organiser: Actor, proposal: Proposal
) -> None:
    give(organiser, proposal)
    give(reviewer, proposal)
    review = give(reviewer, proposal, conflict=True, conflict_reason=" Ma commune ", scores=GOOD)
    assert (review.scores, review.conflict_reason) == ({}, "Ma commune")
    found = access_proposal(
        organiser, edition_id=proposal.call.edition_id, call_slug=proposal.call.slug, proposal_id=proposal.pk
    )
    criteria = read_criteria(proposal.call.criteria)
    tally = visible_tally(organiser, found, criteria)
    assert tally is not None
    assert (tally.mean, tally.reviews, tally.conflicts) == (3.0, 1, 1)
    assert visible_tally(reviewer, found, criteria) is None
    assert [row.reviewer_id for row in visible_reviews(reviewer, found, criteria, decides=True)] == [
        reviewer.account_id
    ]


def test_others_scores_are_seen_after_ones_own(reviewer: Actor, organiser: Actor, proposal: Proposal) -> None:
    give(organiser, proposal)
    criteria = read_criteria(proposal.call.criteria)

    def seen() -> int:
        found = access_proposal(
            organiser, edition_id=proposal.call.edition_id, call_slug=proposal.call.slug, proposal_id=proposal.pk
        )
        return len(visible_reviews(reviewer, found, criteria, decides=False))

    assert seen() == 0
    give(reviewer, proposal)
    assert seen() == 2
