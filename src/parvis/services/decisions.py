"""Decides on proposals, quietly; announces all decisions of a call together, once; tells of what changes afterwards."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.calls.decisions import LONGEST_NOTE, PreviewIsOld, check_announcement, check_decision
from parvis.domain.calls.states import Decision, ProposalStatus
from parvis.domain.calls.windows import check_closed
from parvis.domain.changes import TextTooLong
from parvis.domain.pasting import clean_pasted
from parvis.domain.refusals import ChangedMeanwhile
from parvis.models import Proposal, ProposalEditor, Review
from parvis.queries.desk_editions import zone_of
from parvis.queries.desk_proposals import print_of
from parvis.queries.proposals import dressed, last_change_by
from parvis.services import log, proposal_mails
from parvis.services.calls import locked_call
from parvis.services.mails import queue_mails
from parvis.services.proposal_mails import MailText
from parvis.services.proposals import locked_proposal


def decide(
    *,
    actor: Actor,
    proposal_id: int,
    decision: Decision,
    note: str = "",
    seen: str | None = None,
    now: datetime | None = None,
) -> Proposal:
    """Decide on a proposal, with words to its authors. Before the announcement nobody is told; afterwards they are.

    `seen` is the decision that the page showed: another one made meanwhile is not overwritten silently. Locks the
    call, then the proposal. Deciding the same again changes nothing and sends nothing. Raises `NotAllowed`, `NotFound`,
    `CallStillOpen`, `ChangedMeanwhile`, `TextTooLong` and the refusals of `check_decision`.
    """
    actor.require(Permission.EDIT_CALLS)
    moment = now or timezone.now()
    words = clean_pasted(note)
    with transaction.atomic():
        proposal = locked_proposal(actor, proposal_id, with_call=True)
        call = proposal.call
        check_closed(closes_at=call.closes_at.astimezone(zone_of(call.edition)), now=moment)
        if len(words) > LONGEST_NOTE:
            raise TextTooLong(field="note", most=LONGEST_NOTE, given=len(words))
        check_decision(
            status=ProposalStatus(proposal.status),
            decision=decision,
            note=words,
            announced=call.announced_at is not None,
            placed=proposal.slot_id is not None,
            conflict=_has_conflict(actor, proposal),
        )
        before = proposal.decision
        if (before, proposal.decision_note) == (str(decision), words):
            return proposal
        if seen is not None and seen != before:
            raise ChangedMeanwhile(who=last_change_by(proposal) or "?")
        proposal.decision, proposal.decision_note = str(decision), words
        proposal.updated_at = moment
        proposal.save()
        log.record(
            actor=actor,
            action="proposal.decided",
            subject=proposal,
            now=moment,
            details={"changes": {"decision": [before, str(decision)]}},
        )
        if call.announced_at is not None:
            changed = before != Decision.NONE
            queue_mails(
                proposal_mails.decision_drafts(proposal, occasion=moment.isoformat(), changed=changed), now=moment
            )
    return proposal


def announce_decisions(*, actor: Actor, call_id: int, seen: str = "", now: datetime | None = None) -> int:
    """Tell the authors of every proposal of a call what was decided; return how many mails were written.

    Once: a second call is refused, whoever makes it. `seen` is the print that `print_of` gave of what was read
    before. Locks the call. Raises `NotAllowed`, `NotFound`, `CallStillOpen`, `PreviewIsOld`, `AnnouncedAlready`,
    `NothingToAnnounce`, `UndecidedRemain`.
    """
    actor.require(Permission.EDIT_CALLS)
    moment = now or timezone.now()
    with transaction.atomic():
        call = locked_call(call_id)
        proposals = list(
            dressed(Proposal.objects.filter(call=call, status=ProposalStatus.SUBMITTED)).order_by("reference")
        )
        check_announcement(
            (Decision(proposal.decision) for proposal in proposals), announced=call.announced_at is not None
        )
        check_closed(closes_at=call.closes_at.astimezone(zone_of(call.edition)), now=moment)
        if seen and seen != print_of(proposals):
            raise PreviewIsOld
        call.announced_at = moment
        call.save(update_fields=["announced_at"])
        drafts = [
            draft
            for proposal in proposals
            for draft in proposal_mails.decision_drafts(proposal, occasion="announced", changed=False)
        ]
        sent = queue_mails(drafts, now=moment)
        log.record(
            actor=actor,
            action="call.announced",
            subject=call,
            now=moment,
            details={"proposals": len(proposals), "mails": sent},
        )
    return sent


def preview_mail(*, actor: Actor, proposal: Proposal, editor: ProposalEditor) -> MailText:
    """Return the mail that an announcement would send to one editor. Writes nothing. Raises `NotAllowed`."""
    actor.require(Permission.EDIT_CALLS)
    template = proposal_mails.DECISION_MAILS[Decision(proposal.decision)]
    return proposal_mails.compose(proposal, editor, template, changed=False, note=proposal.decision_note)


def _has_conflict(actor: Actor, proposal: Proposal) -> bool:
    if actor.account_id is None:
        return False
    return Review.objects.filter(proposal=proposal, reviewer_id=actor.account_id, conflict=True).exists()
