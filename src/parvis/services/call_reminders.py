"""Reminds, once each: those whose draft would miss the closing, and those who have not chosen their slot."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.calls.states import ProposalStatus
from parvis.domain.calls.windows import REMINDED_BEFORE, check_edition, reminder_due
from parvis.domain.editions import EditionStatus
from parvis.domain.refusals import Refusal
from parvis.models import Call, Proposal
from parvis.queries.desk_proposals import waiting_for_slot
from parvis.queries.proposals import dressed, missing_of
from parvis.services import log, proposal_mails
from parvis.services.calls import locked_call


def remind_by_the_clock(*, actor: Actor, now: datetime | None = None) -> int:
    """Send the reminders that are due: three days and one day before a call closes, and before choosing ends.

    Safe to run at any time and twice: each reminder is written once. Return how many mails were written.
    Raises `NotAllowed`.
    """
    actor.require(Permission.EDIT_CALLS)
    moment = now or timezone.now()
    horizon = moment + max(REMINDED_BEFORE)
    sent = 0
    closing = Call.objects.filter(opens_at__lte=moment, closes_at__gt=moment, closes_at__lte=horizon)
    for call_id in closing.values_list("pk", flat=True):
        with transaction.atomic():
            call = locked_call(call_id)
            due = reminder_due(until=call.closes_at, now=moment)
            if due is not None and _takes_proposals(call):
                sent += _remind_drafts(actor, call, f"{due.days}:{call.closes_at.isoformat()}", moment)
    choosing = Call.objects.filter(announced_at__isnull=False, choose_by__gt=moment, choose_by__lte=horizon)
    for call_id in choosing.values_list("pk", flat=True):
        with transaction.atomic():
            call = locked_call(call_id)
            due = reminder_due(until=call.choose_by or moment, now=moment)
            if due is not None and _takes_proposals(call):
                sent += _remind_choosers(actor, call, f"{due.days}:{call.choose_by}", moment)
    return sent


def remind_drafts(*, actor: Actor, call_id: int, now: datetime | None = None) -> int:
    """Remind the authors of drafts of a call now; at most once a day. Return how many mails were written.

    Locks the call. Raises `NotAllowed`, `NotFound`.
    """
    actor.require(Permission.EDIT_CALLS)
    moment = now or timezone.now()
    with transaction.atomic():
        return _remind_drafts(actor, locked_call(call_id), f"day:{moment:%Y-%m-%d}", moment)


def remind_choosers(*, actor: Actor, call_id: int, now: datetime | None = None) -> int:
    """Remind those who were selected and have no slot yet; at most once a day. Return how many mails were written.

    Locks the call. Raises `NotAllowed`, `NotFound`.
    """
    actor.require(Permission.EDIT_CALLS)
    moment = now or timezone.now()
    with transaction.atomic():
        return _remind_choosers(actor, locked_call(call_id), f"day:{moment:%Y-%m-%d}", moment)


def _takes_proposals(call: Call) -> bool:
    try:
        check_edition(EditionStatus(call.edition.status))
    except Refusal:
        return False
    return True


def _remind_drafts(actor: Actor, call: Call, occasion: str, now: datetime) -> int:
    drafts = list(dressed(Proposal.objects.filter(call=call, status=ProposalStatus.DRAFT)).order_by("pk"))
    sent = sum(
        proposal_mails.queue(
            proposal, "proposal_closing", occasion=occasion, now=now, is_complete=not missing_of(proposal)
        )
        for proposal in drafts
    )
    _note(actor, call, "drafts", sent, now)
    return sent


def _remind_choosers(actor: Actor, call: Call, occasion: str, now: datetime) -> int:
    waiting = list(dressed(waiting_for_slot(Proposal.objects.filter(call=call))).order_by("pk"))
    sent = sum(proposal_mails.queue(proposal, "proposal_choose", occasion=occasion, now=now) for proposal in waiting)
    _note(actor, call, "without a slot", sent, now)
    return sent


def _note(actor: Actor, call: Call, whom: str, sent: int, now: datetime) -> None:
    if sent:
        log.record(actor=actor, action="call.reminded", subject=call, now=now, details={"whom": whom, "mails": sent})
