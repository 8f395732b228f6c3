"""Who writes a proposal: invited by mail, each with a link of their own, taken out, sent their link again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor
from parvis.domain.calls.proposals import (
    MOST_EDITORS,
    ContactInput,
    EditorAlreadyThere,
    LastEditor,
    ProposalIsWithdrawn,
    TooManyEditors,
    contact_faults,
    tidied_contact,
)
from parvis.domain.calls.states import ProposalStatus
from parvis.domain.refusals import NotFound
from parvis.models import Proposal, ProposalEditor
from parvis.queries.proposals import dressed, editors_of
from parvis.services import log, proposal_mails
from parvis.services.proposals import add_editor, locked_proposal


def invite_editor(
    *, actor: Actor, proposal_id: int, contact: ContactInput, now: datetime | None = None
) -> ProposalEditor:
    """Give somebody a link of their own to a proposal, by mail. Locks the proposal.

    Raises the faults of the name and the address, `EditorAlreadyThere`, `TooManyEditors`, `ProposalIsWithdrawn`,
    `NotFound`.
    """
    moment = now or timezone.now()
    contact = tidied_contact(contact)
    with transaction.atomic():
        proposal = locked_proposal(actor, proposal_id)
        if proposal.status == ProposalStatus.WITHDRAWN:
            raise ProposalIsWithdrawn
        for fault in contact_faults(contact):
            raise fault
        present = editors_of(proposal)
        if any(editor.email == contact.email for editor in present):
            raise EditorAlreadyThere(email=contact.email, field="contact_email")
        if len(present) >= MOST_EDITORS:
            raise TooManyEditors(most=MOST_EDITORS, field="contact_email")
        editor = add_editor(proposal, contact, now=moment)
        log.record(
            actor=actor,
            action="proposaleditor.invited",
            subject=proposal,
            now=moment,
            details={"email": contact.email},
        )
        proposal_mails.queue(
            proposal, "proposal_invited", occasion="invited", now=moment, to=[editor], inviter=_name_of(actor, present)
        )
    return editor


def remove_editor(*, actor: Actor, proposal_id: int, editor_id: int, now: datetime | None = None) -> None:
    """Take somebody out: their link opens nothing any more. Locks the proposal; twice changes nothing.

    Raises `LastEditor`, `NotFound`.
    """
    moment = now or timezone.now()
    with transaction.atomic():
        proposal = locked_proposal(actor, proposal_id)
        present = editors_of(proposal)
        editor = next((one for one in present if one.pk == editor_id), None)
        if editor is None:
            if ProposalEditor.objects.filter(pk=editor_id, proposal=proposal).exists():
                return
            raise NotFound
        if len(present) == 1:
            raise LastEditor
        editor.removed_at = moment
        editor.save(update_fields=["removed_at"])
        log.record(
            actor=actor,
            action="proposaleditor.removed",
            subject=proposal,
            now=moment,
            details={"email": editor.email},
        )


def resend_links_to(*, actor: Actor, call_id: int, email: str, now: datetime | None = None) -> None:
    """Send an address its links to the proposals of a call, if there are any; tells nobody whether there are.

    At most once a minute for each proposal.
    """
    moment = now or timezone.now()
    with transaction.atomic():
        links = ProposalEditor.objects.filter(
            proposal__call_id=call_id, email=email.strip().lower(), removed_at__isnull=True
        ).exclude(proposal__status=ProposalStatus.WITHDRAWN)
        for editor in links.order_by("pk"):
            proposal = dressed(Proposal.objects.filter(pk=editor.proposal_id)).get()
            occasion = f"resent:{moment:%Y-%m-%dT%H:%M}"
            proposal_mails.queue(proposal, "proposal_link", occasion=occasion, now=moment, to=[editor])
            log.record(actor=actor, action="proposal.mail_resent", subject=proposal, now=moment)


def _name_of(actor: Actor, present: list[ProposalEditor]) -> str:
    """Return who invites, as the invited one knows them: without the reference that the log adds."""
    return next((editor.name for editor in present if actor.label.startswith(f"{editor.name} (")), actor.label)
