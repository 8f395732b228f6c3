"""Proposing: a draft kept, submitted, changed by several people, withdrawn, taken up again. Each is logged."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.calls import windows
from parvis.domain.calls.proposals import (
    ContactInput,
    ProposalInput,
    check_changeable,
    check_submittable,
    contact_faults,
    draft_faults,
    faults_of,
    tidied,
    tidied_contact,
)
from parvis.domain.calls.questions import read_questions
from parvis.domain.calls.states import Decision, ProposalStatus
from parvis.domain.editions import EditionStatus
from parvis.domain.references import TOKEN_BYTES, make_manage_token
from parvis.domain.refusals import ChangedMeanwhile, NotFound, Refusal
from parvis.domain.registrations import CategoryKind
from parvis.models import Call, Organisation, Proposal, ProposalEditor
from parvis.queries.desk_editions import zone_of
from parvis.queries.proposals import dressed, form_of, last_change_by
from parvis.services import log, proposal_mails
from parvis.services.calls import locked_call
from parvis.services.organisations import find_or_propose_organisation

_LOGGED = 160  # characters of a text


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of a form. `created` is False when the same form had been sent before; `too_late` says that the call
    closed while it was being written: it is kept as a draft."""

    proposal: Proposal
    editor: ProposalEditor | None = None
    created: bool = False
    submitted: bool = False
    too_late: Refusal | None = None


def propose(
    *,
    actor: Actor,
    call_id: int,
    form: ProposalInput,
    contact: ContactInput,
    form_key: UUID,
    submit: bool,
    shown_at: datetime | None = None,
    now: datetime | None = None,
) -> Saved:
    """Keep a new proposal as a draft, or submit it; its author gets a link of their own by mail.

    One transaction, serialised by a lock on the call's row. The same `form_key` again returns the same proposal,
    changes nothing and sends nothing. A form that was shown (`shown_at`) before the call closed is kept as a draft
    when it arrives later. Raises the refusals of the window, the contact's and the form's faults, and where it is
    submitted `OrganisationAmbiguous`, `OrganisationUnknown`, `NotFound`.
    """
    moment = now or timezone.now()
    form, contact = tidied(form), tidied_contact(contact)
    with transaction.atomic():
        call = locked_call(call_id)
        before = dressed(Proposal.objects.filter(guid=form_key, call=call)).first()
        if before is not None:
            return Saved(before, before.editors.order_by("added_at", "pk").first())
        too_late = _check_window(call, shown_at=shown_at, now=moment)
        whole = submit and too_late is None
        faults = faults_of(form, read_questions(call.questions)) if whole else draft_faults(form)
        for fault in (*contact_faults(contact), *faults):
            raise fault
        proposal = Proposal(
            guid=form_key, call=call, reference=_free_reference(call), created_at=moment, updated_at=moment
        )
        _write(actor, proposal, form, full=whole, now=moment)
        proposal.save()
        editor = add_editor(proposal, contact, now=moment)
        if actor.account_id is None:  # the log names the author, as it will when they come by their link
            actor = replace(actor, label=f"{contact.name} ({proposal.reference})"[:200])
        log.record(actor=actor, action="proposal.created", subject=proposal, now=moment)
        proposal = _fresh(proposal.pk)
        if whole:
            _submit(actor, proposal, moment)
        else:
            proposal_mails.queue(proposal, "proposal_draft", occasion="created", now=moment, too_late=bool(too_late))
    return Saved(proposal, editor, created=True, submitted=whole, too_late=too_late)


def save_proposal(
    *,
    actor: Actor,
    proposal_id: int,
    form: ProposalInput,
    seen: int | None,
    submit: bool = False,
    shown_at: datetime | None = None,
    now: datetime | None = None,
) -> Saved:
    """Save what one of its editors (or the desk) wrote; `seen` is the revision that they had before them.

    Locks the proposal. Saving what stands there already changes nothing, so that a form sent twice is harmless.
    A draft whose page was shown before the call closed is kept when it arrives later. Raises `ChangedMeanwhile`,
    the refusals of `check_changeable`, the form's faults, and what `propose` raises of organisations.
    """
    moment = now or timezone.now()
    form = tidied(form)
    with transaction.atomic():
        proposal = locked_proposal(actor, proposal_id)
        call = proposal.call
        by_desk = actor.may(Permission.EDIT_CALLS)
        same = _is_same(proposal, form)
        if seen is not None and seen != proposal.revision and not same:
            raise ChangedMeanwhile(who=last_change_by(proposal) or "?")
        too_late = None if by_desk else _too_late(call, shown_at=shown_at, now=moment)
        check_changeable(
            status=ProposalStatus(proposal.status),
            decision=Decision(proposal.decision),
            announced=call.announced_at is not None,
            call_open=_open(call, moment),
            placed=proposal.slot_id is not None,
            by_desk=by_desk,
            opened_in_time=too_late is not None,
        )
        submit = submit and proposal.status == ProposalStatus.DRAFT
        whole = proposal.status == ProposalStatus.SUBMITTED or (submit and too_late is None)
        faults = faults_of(form, read_questions(call.questions)) if whole else draft_faults(form)
        for fault in faults:
            raise fault
        if not same or (whole and proposal.organisation_id is None):
            before = _texts(proposal)
            _write(actor, proposal, form, full=whole, now=moment)
            proposal.revision += 1
            proposal.updated_at = moment
            proposal.save()
            changes = {name: [before[name], text] for name, text in _texts(proposal).items() if before[name] != text}
            log.record(
                actor=actor, action="proposal.changed", subject=proposal, now=moment, details={"changes": changes}
            )
        if submit and too_late is None:
            _check_may_submit(call, by_desk=by_desk, now=moment)
            _submit(actor, proposal, moment)
    return Saved(proposal, submitted=submit and too_late is None, too_late=too_late)


def submit_proposal(*, actor: Actor, proposal_id: int, now: datetime | None = None) -> Proposal:
    """Submit a draft as it stands; the desk may also after the call has closed, before and after the announcement.

    Locks it. Submitting twice changes nothing. Raises the faults, the window's refusals, `ProposalIsWithdrawn`.
    """
    moment = now or timezone.now()
    with transaction.atomic():
        proposal = locked_proposal(actor, proposal_id)
        if proposal.status == ProposalStatus.SUBMITTED:
            return proposal
        check_submittable(ProposalStatus(proposal.status))
        by_desk = actor.may(Permission.EDIT_CALLS)
        _check_may_submit(proposal.call, by_desk=by_desk, now=moment)
        form = form_of(proposal)
        for fault in faults_of(form, read_questions(proposal.call.questions)):
            raise fault
        if proposal.organisation_id is None:
            _write(actor, proposal, form, full=True, now=moment)
            proposal.save()
        _submit(actor, proposal, moment)
    return proposal


def withdraw_proposal(*, actor: Actor, proposal_id: int, now: datetime | None = None) -> Proposal:
    """Withdraw a proposal that stands in no slot; its text is kept. Locks it; twice changes nothing.

    Raises `ProposalIsPlaced` where it is in the programme, `NotFound`.
    """
    moment = now or timezone.now()
    with transaction.atomic():
        proposal = locked_proposal(actor, proposal_id, with_call=True)
        if proposal.status == ProposalStatus.WITHDRAWN:
            return proposal
        check_changeable(
            status=ProposalStatus(proposal.status),
            decision=Decision(proposal.decision),
            announced=True,
            call_open=True,
            placed=proposal.slot_id is not None,
            by_desk=True,
        )
        proposal.status = str(ProposalStatus.WITHDRAWN)
        proposal.revision += 1
        proposal.updated_at = moment
        proposal.save()
        log.record(actor=actor, action="proposal.withdrawn", subject=proposal, now=moment)
        proposal_mails.queue(proposal, "proposal_withdrawn", occasion=str(proposal.revision), now=moment)
    return proposal


def take_up_proposal(*, actor: Actor, proposal_id: int, now: datetime | None = None) -> Proposal:
    """Take a withdrawn proposal up again as a draft, while the call is open; the desk may later. Locks it.

    Raises the window's refusals, `NotFound`.
    """
    moment = now or timezone.now()
    with transaction.atomic():
        proposal = locked_proposal(actor, proposal_id)
        if proposal.status != ProposalStatus.WITHDRAWN:
            return proposal
        _check_may_submit(proposal.call, by_desk=actor.may(Permission.EDIT_CALLS), now=moment)
        proposal.status = str(ProposalStatus.DRAFT)
        proposal.submitted_at = None
        proposal.decision, proposal.decision_note = str(Decision.NONE), ""
        proposal.revision += 1
        proposal.updated_at = moment
        proposal.save()
        log.record(actor=actor, action="proposal.restored", subject=proposal, now=moment)
    return proposal


def locked_proposal(actor: Actor, proposal_id: int, *, with_call: bool = False) -> Proposal:
    """Return a proposal, its row locked, if it is the actor's own or the desk's; `NotFound` otherwise.

    `with_call` locks its call first, so that nothing is announced meanwhile.
    """
    if with_call:
        call_id = Proposal.objects.filter(pk=proposal_id).values_list("call_id", flat=True).first()
        locked_call(call_id or 0)
    found = Proposal.objects.select_for_update(of=("self",)).filter(pk=proposal_id).first()
    if found is None:
        raise NotFound
    if actor.proposal_id != found.pk and not actor.may(Permission.EDIT_CALLS):
        if actor.may(Permission.READ_DESK):  # it may know of it: then the right that is missing can be named
            actor.require(Permission.EDIT_CALLS)
        raise NotFound
    return _fresh(found.pk)


def add_editor(proposal: Proposal, contact: ContactInput, *, now: datetime) -> ProposalEditor:
    """Give somebody a link of their own. Runs inside the caller's transaction, under the proposal's lock."""
    return ProposalEditor.objects.create(
        proposal=proposal,
        name=contact.name,
        email=contact.email,
        language=contact.language,
        token=make_manage_token(secrets.token_bytes(TOKEN_BYTES)),
        added_at=now,
    )


def _fresh(proposal_id: int) -> Proposal:
    return dressed(Proposal.objects.filter(pk=proposal_id)).get()


def _submit(actor: Actor, proposal: Proposal, now: datetime) -> None:
    proposal.status = str(ProposalStatus.SUBMITTED)
    proposal.submitted_at = now
    proposal.updated_at = now
    proposal.save()
    log.record(actor=actor, action="proposal.submitted", subject=proposal, now=now)
    proposal_mails.queue(proposal, "proposal_received", occasion=now.isoformat(), now=now)


def _open(call: Call, now: datetime) -> bool:
    return windows.is_open(
        status=EditionStatus(call.edition.status), opens_at=call.opens_at, closes_at=call.closes_at, now=now
    )


def _local(call: Call) -> dict[str, Any]:
    zone = zone_of(call.edition)
    return {
        "status": EditionStatus(call.edition.status),
        "opens_at": call.opens_at.astimezone(zone),
        "closes_at": call.closes_at.astimezone(zone),
    }


def _check_window(call: Call, *, shown_at: datetime | None, now: datetime) -> Refusal | None:
    """Raise unless a new draft may be kept; return the refusal that says that it can no longer be submitted."""
    windows.check_may_keep_draft(**_local(call), shown_at=shown_at, now=now)
    return _too_late(call, shown_at=shown_at, now=now)


def _too_late(call: Call, *, shown_at: datetime | None, now: datetime) -> Refusal | None:
    if now < call.closes_at or shown_at is None or shown_at >= call.closes_at:
        return None
    return windows.closed_while_typing(call.closes_at.astimezone(zone_of(call.edition)))


def _check_may_submit(call: Call, *, by_desk: bool, now: datetime) -> None:
    if by_desk:
        windows.check_edition(EditionStatus(call.edition.status))
    else:
        windows.check_open(**_local(call), now=now)


def _free_reference(call: Call) -> str:
    """Return the next reference of a call: P001. Call it under the call's lock."""
    taken = set(Proposal.objects.filter(call=call).values_list("reference", flat=True))
    number = len(taken) + 1
    while f"P{number:03d}" in taken:
        number += 1
    return f"P{number:03d}"


def _organisation(actor: Actor, form: ProposalInput, *, full: bool, now: datetime) -> Organisation | None:
    """Return the organisation that is meant; a draft may leave open which one, and adds none that nobody knows."""
    wanted = form.organisation
    if not full and wanted.organisation_id is None and (wanted.add_as_new or not wanted.code):
        return None
    return find_or_propose_organisation(actor=actor, wanted=wanted, category=CategoryKind.ELECTED, now=now)


def _write(actor: Actor, proposal: Proposal, form: ProposalInput, *, full: bool, now: datetime) -> None:
    """Set the columns to what a tidied form says."""
    organisation = _organisation(actor, form, full=full, now=now)
    proposal.organisation = organisation
    proposal.organisation_typed = form.organisation.name
    proposal.organisation_country = form.organisation.country
    for name in ("title_fr", "title_en", "abstract_fr", "abstract_en"):
        setattr(proposal, name, getattr(form, name))
    proposal.spoken = list(form.spoken)
    proposal.sdgs = list(form.sdgs)
    proposal.speakers = [asdict(row) for row in form.speakers]
    proposal.answers = {key: answer for key, answer in form.answers.items() if answer}


def _is_same(proposal: Proposal, form: ProposalInput) -> bool:
    """Tell whether a proposal says already what a tidied form says."""
    before = tidied(form_of(proposal))
    answers = {key: answer for key, answer in form.answers.items() if answer}
    kept = {key: answer for key, answer in before.answers.items() if answer}
    if not _is_same_organisation(proposal, form):
        return False
    plain = replace(form, organisation=before.organisation, answers=kept)
    return answers == kept and plain == replace(before, answers=kept)


def _is_same_organisation(proposal: Proposal, form: ProposalInput) -> bool:
    """Tell whether a form means the organisation that a proposal has, or says it in the words typed before."""
    wanted, known = form.organisation, proposal.organisation
    if known is None:
        return not (wanted.organisation_id or wanted.code or wanted.add_as_new) and (
            (wanted.name, wanted.country) == (proposal.organisation_typed, proposal.organisation_country)
        )
    if wanted.organisation_id is not None:
        return wanted.organisation_id == known.pk
    if wanted.code:
        return wanted.code in {known.insee_code, known.siren}
    return wanted.name in {known.name, proposal.organisation_typed}


def _texts(proposal: Proposal) -> dict[str, str]:
    """Return what a proposal says, as the log shows it: long texts by their beginning."""
    said = {
        "organisation": str(proposal.organisation or proposal.organisation_typed),
        **{name: getattr(proposal, name) or "" for name in ("title_fr", "title_en", "abstract_fr", "abstract_en")},
        "spoken": ", ".join(proposal.spoken),
        "sdgs": ", ".join(str(number) for number in proposal.sdgs),
        "speakers": ", ".join(f"{row['first_name']} {row['last_name']} {row['title']}" for row in proposal.speakers),
        "answers": " / ".join(proposal.answers.values()),
    }
    return {name: text if len(text) <= _LOGGED else f"{text[: _LOGGED - 1]}…" for name, text in said.items()}
