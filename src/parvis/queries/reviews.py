"""Reads of reviews: what a reviewer has to read, what they thought, and what they may see of the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.calls.questions import Criterion, read_criteria
from parvis.domain.calls.reviews import Opinion, Tally, is_complete, may_see_scores, queue_order, tally
from parvis.domain.calls.states import ProposalStatus
from parvis.domain.refusals import NotFound
from parvis.models import Call, Proposal, Review


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One proposal in a reviewer's queue."""

    proposal: Proposal
    given: bool
    conflict: bool
    own_work: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """What a reviewer has to read for one call: those that wait, in their order, then those that are given."""

    call: Call
    lines: list[QueueLine]

    @property
    def waiting(self) -> list[QueueLine]:
        """Those that wait for this reviewer."""
        return [line for line in self.lines if not line.given and not line.own_work]

    @property
    def given(self) -> int:
        """How many this reviewer has given."""
        return sum(1 for line in self.lines if line.given)

    @property
    def total(self) -> int:
        """How many this reviewer reads in all."""
        return sum(1 for line in self.lines if not line.own_work)


def opinion_of(review: Review) -> Opinion:
    """Return a review as the rules want it."""
    return Opinion(review.reviewer_id, dict(review.scores), review.conflict)


def own_opinion(actor: Actor, reviews: Iterable[Review]) -> Opinion | None:
    """Return what the actor thinks of a proposal whose reviews are fetched, None where nothing was said."""
    return next((opinion_of(review) for review in reviews if review.reviewer_id == actor.account_id), None)


def visible_tally(actor: Actor, proposal: Proposal, criteria: list[Criterion]) -> Tally | None:
    """Return what the reviews of a proposal, prefetched, come to; None where the actor may not see it. No query."""
    reviews = list(proposal.reviews.all())
    own = own_opinion(actor, reviews)
    if not may_see_scores(own, criteria, decides=actor.may(Permission.EDIT_CALLS)):
        return None
    return tally((opinion_of(review) for review in reviews), criteria)


def visible_reviews(actor: Actor, proposal: Proposal, criteria: list[Criterion], *, decides: bool) -> list[Review]:
    """Return the reviews of a proposal, prefetched with their reviewers, that the actor may read. No query.

    `decides` is whether the actor reads as one who decides; on the page where one scores nobody does.
    """
    reviews = list(proposal.reviews.all())
    own = own_opinion(actor, reviews)
    if not may_see_scores(own, criteria, decides=decides and actor.may(Permission.EDIT_CALLS)):
        return [review for review in reviews if review.reviewer_id == actor.account_id]
    return sorted(reviews, key=lambda review: (str(review.reviewer), review.pk))


def _readable(actor: Actor) -> QuerySet[Proposal]:
    """Return what is submitted to calls that have closed and whose decisions are not announced, with its reviews."""
    actor.require(Permission.REVIEW)
    return (
        Proposal.objects.filter(
            status=ProposalStatus.SUBMITTED, call__closes_at__lte=timezone.now(), call__announced_at__isnull=True
        )
        .select_related("call__edition__venue", "organisation")
        .prefetch_related(
            Prefetch("reviews", queryset=Review.objects.select_related("reviewer").order_by("pk")), "editors"
        )
    )


def list_queues(actor: Actor, *, edition_id: int) -> list[Queue]:
    """Return what the actor has to review, call by call. Three queries. Raises `NotAllowed`."""
    by_call: dict[int, list[Proposal]] = {}
    for proposal in _readable(actor).filter(call__edition_id=edition_id).order_by("call__closes_at", "reference"):
        by_call.setdefault(proposal.call_id, []).append(proposal)
    return [_queue(actor, proposals) for proposals in by_call.values()]


def _queue(actor: Actor, proposals: list[Proposal]) -> Queue:
    criteria = read_criteria(proposals[0].call.criteria)
    by_key = {proposal.pk: proposal for proposal in proposals}
    counts = {
        proposal.pk: tally((opinion_of(review) for review in proposal.reviews.all()), criteria).reviews
        for proposal in proposals
    }
    lines = []
    for key in queue_order(actor.account_id or 0, counts):
        proposal = by_key[key]
        own = own_opinion(actor, proposal.reviews.all())
        lines.append(
            QueueLine(
                proposal=proposal,
                given=own is not None and is_complete(own, criteria),
                conflict=own is not None and own.conflict,
                own_work=is_author(actor, proposal),
            )
        )
    lines.sort(key=lambda line: (line.own_work, line.given))
    return Queue(proposals[0].call, lines)


def is_author(actor: Actor, proposal: Proposal) -> bool:
    """Tell whether the actor's address is that of somebody who writes a proposal, its editors prefetched. No query."""
    return bool(actor.email) and any(
        editor.email == actor.email and editor.removed_at is None for editor in proposal.editors.all()
    )


def access_for_review(actor: Actor, *, edition_id: int, proposal_id: int) -> Proposal:
    """Return a proposal that the actor may review now, with its reviews. Three queries.

    Raises `NotAllowed`, and `NotFound` before the call has closed and once the decisions are announced.
    """
    proposal = _readable(actor).filter(call__edition_id=edition_id, pk=proposal_id).first()
    if proposal is None:
        raise NotFound
    return proposal


def list_calls_still_open(actor: Actor, *, edition_id: int) -> list[Call]:
    """Return the calls of an edition that reviewers read once they have closed. One query. Raises `NotAllowed`."""
    actor.require(Permission.REVIEW)
    return list(
        Call.objects.filter(edition_id=edition_id, closes_at__gt=timezone.now())
        .select_related("edition__venue")
        .order_by("closes_at")
    )
