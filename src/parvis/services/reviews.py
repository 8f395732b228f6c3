"""Reviewing: scores by criteria with a comment, or a declared conflict of interest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.calls.questions import read_criteria
from parvis.domain.calls.reviews import (
    LONGEST_COMMENT,
    NotToBeReviewed,
    OwnProposal,
    ReviewingIsOver,
    check_review,
    read_scores,
)
from parvis.domain.calls.states import ProposalStatus
from parvis.domain.calls.windows import check_closed
from parvis.domain.changes import TextTooLong
from parvis.domain.pasting import clean_pasted, clean_pasted_line
from parvis.domain.refusals import NotFound
from parvis.models import Proposal, Review
from parvis.queries.desk_editions import zone_of
from parvis.services import log
from parvis.services.calls import locked_call

_LONGEST_REASON = 300


def give_review(
    *,
    actor: Actor,
    proposal_id: int,
    scores: Mapping[str, Any],
    comment: str = "",
    conflict: bool = False,
    conflict_reason: str = "",
    now: datetime | None = None,
) -> Review:
    """Give what the actor thinks of a proposal, or change it; with `conflict` the scores are forgotten.

    One review for each reviewer and proposal; giving the same again changes nothing. Locks the call, so that nothing
    is announced meanwhile. Raises `NotAllowed`, `NotFound`, `NotToBeReviewed`, `OwnProposal`, `CallStillOpen`,
    `ReviewingIsOver`, `ScoreImpossible`, `ScoresMissing`, `ConflictUnexplained`, `TextTooLong`.
    """
    actor.require(Permission.REVIEW)
    if actor.account_id is None:
        raise NotFound
    moment = now or timezone.now()
    comment, reason = clean_pasted(comment), clean_pasted_line(conflict_reason)
    with transaction.atomic():
        proposal = _reviewed(actor, proposal_id, moment)
        criteria = read_criteria(proposal.call.criteria)
        given = {} if conflict else read_scores(scores, criteria)
        check_review(given, criteria, conflict=conflict, conflict_reason=reason)
        for name, text, most in (("comment", comment, LONGEST_COMMENT), ("conflict_reason", reason, _LONGEST_REASON)):
            if len(text) > most:
                raise TextTooLong(field=name, most=most, given=len(text))
        review = Review.objects.select_for_update(of=("self",)).filter(
            proposal=proposal, reviewer_id=actor.account_id
        ).first() or Review(proposal=proposal, reviewer_id=actor.account_id)
        values = {
            "scores": given,
            "comment": comment,
            "conflict": conflict,
            "conflict_reason": reason if conflict else "",
        }
        if review.pk is not None and all(getattr(review, name) == value for name, value in values.items()):
            return review
        for name, value in values.items():
            setattr(review, name, value)
        review.updated_at = moment
        review.save()
        log.record(
            actor=actor,
            action="review.conflict_declared" if conflict else "review.given",
            subject=proposal,
            now=moment,
        )
    return review


def _reviewed(actor: Actor, proposal_id: int, now: datetime) -> Proposal:
    call_id = Proposal.objects.filter(pk=proposal_id).values_list("call_id", flat=True).first()
    call = locked_call(call_id or 0)
    proposal = Proposal.objects.select_related("call").prefetch_related("editors").get(pk=proposal_id)
    if proposal.status != ProposalStatus.SUBMITTED:
        raise NotToBeReviewed
    if call.announced_at is not None:
        raise ReviewingIsOver
    check_closed(closes_at=call.closes_at.astimezone(zone_of(call.edition)), now=now)
    if actor.email and any(editor.email == actor.email and not editor.removed_at for editor in proposal.editors.all()):
        raise OwnProposal
    return proposal
