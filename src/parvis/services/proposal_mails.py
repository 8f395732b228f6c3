"""The mails about a proposal, each in its reader's language; written inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from parvis.domain import typography
from parvis.domain.calendars import session_calendar
from parvis.domain.calls.states import Decision
from parvis.domain.refusals import N_
from parvis.models import CallSlot, Mail, Proposal, ProposalEditor, Session
from parvis.queries.desk_editions import zone_of
from parvis.queries.proposals import editors_of
from parvis.queries.releases import last_release_number
from parvis.services.mails import Attachment, MailDraft, queue_mails

SUBJECTS: dict[str, str] = {
    "proposal_draft": N_("Your draft is saved: %(call)s"),
    "proposal_received": N_("Your proposal has arrived: %(title)s"),
    "proposal_invited": N_("You are invited to write a proposal: %(title)s"),
    "proposal_link": N_("The link to your proposal: %(title)s"),
    "proposal_closing": N_("The call closes soon: %(call)s"),
    "proposal_withdrawn": N_("Proposal withdrawn: %(title)s"),
    "proposal_accepted": N_("Your proposal is selected: %(title)s"),
    "proposal_reserve": N_("Your proposal is on the reserve list: %(title)s"),
    "proposal_declined": N_("Your proposal was not selected: %(title)s"),
    "proposal_choose": N_("Choose your slot: %(title)s"),
    "proposal_slot": N_("Your slot is confirmed: %(title)s"),
    "proposal_slot_back": N_("Choose another slot: %(title)s"),
}
DECISION_MAILS: dict[Decision, str] = {
    Decision.ACCEPTED: "proposal_accepted",
    Decision.RESERVE: "proposal_reserve",
    Decision.DECLINED: "proposal_declined",
}


@dataclass(frozen=True, slots=True)
class MailText:
    """A mail as it would leave."""

    subject: str
    body_text: str
    body_html: str


def personal_link(editor: ProposalEditor, name: str = "proposal") -> str:
    """Return the absolute address of a page of the proposal, by the editor's own link. A secret."""
    with override(editor.language):
        path = reverse(f"space:{name}", args=[editor.token])
    return settings.PARVIS_SITE_URL.rstrip("/") + path


def title_of(proposal: Proposal, language: str) -> str:
    """Return the title in a language, in another where it has none in that one, or the reference."""
    titles = {"fr": proposal.title_fr or "", "en": proposal.title_en or ""}
    return titles.get(language) or titles["fr"] or titles["en"] or proposal.reference


def compose(proposal: Proposal, editor: ProposalEditor, template: str, **more: Any) -> MailText:
    """Return one mail to one editor. The proposal is fetched by `queries.proposals.dressed`. No query."""
    call, language = proposal.call, editor.language
    edition = call.edition
    zone = zone_of(edition)
    with override(language):
        title = title_of(proposal, language)
        context = {
            "proposal": proposal,
            "title": title,
            "call": call,
            "edition": edition,
            "name": editor.name,
            "language": language,
            "link": personal_link(editor),
            "slot_link": personal_link(editor, "proposal_slot"),
            "closes_at": call.closes_at.astimezone(zone),
            "choose_by": call.choose_by.astimezone(zone) if call.choose_by else None,
            "federation": edition.series.federation.organisation.name,
            **more,
        }
        names = {"call": call.name, "title": title}
        subject = typography.typeset(gettext(SUBJECTS[template]) % names, language)
        body_text = typography.typeset(render_to_string(f"mails/{template}.txt", context), language)
        body_html = render_to_string(f"mails/{template}.html", context)
    return MailText(subject, body_text, body_html)


def drafts(
    proposal: Proposal,
    template: str,
    *,
    occasion: str,
    to: Iterable[ProposalEditor] | None = None,
    attachments: Iterable[tuple[ProposalEditor, Attachment]] = (),
    **more: Any,
) -> list[MailDraft]:
    """Return one mail to each editor, or to those named, that was not written before: one `occasion`, one mail.

    One query.
    """
    files: dict[int, list[Attachment]] = {}
    for editor, attachment in attachments:
        files.setdefault(editor.pk, []).append(attachment)
    readers = {
        f"{template}:{proposal.pk}:{editor.pk}:{occasion}"[:200]: editor
        for editor in (editors_of(proposal) if to is None else to)
    }
    written = set(Mail.objects.filter(key__in=readers).values_list("key", flat=True))
    found = []
    for key, editor in readers.items():
        if key in written:
            continue
        text = compose(proposal, editor, template, **more)
        found.append(
            MailDraft(
                key=key,
                recipient=editor.email,
                language=editor.language,
                subject=text.subject,
                body_text=text.body_text,
                body_html=text.body_html,
                attachments=files.get(editor.pk, []),
                edition_id=proposal.call.edition_id,
            )
        )
    return found


def queue(proposal: Proposal, template: str, *, occasion: str, now: datetime, **more: Any) -> int:
    """Write what `drafts` makes into the outbox and return how many mails that is.

    Must run inside the transaction of what they tell of, under a lock on the proposal or its call.
    """
    return queue_mails(drafts(proposal, template, occasion=occasion, **more), now=now)


def decision_drafts(proposal: Proposal, *, occasion: str, changed: bool) -> list[MailDraft]:
    """Return the mails that tell its editors what was decided; `changed` says that they were told otherwise before."""
    template = DECISION_MAILS[Decision(proposal.decision)]
    return drafts(proposal, template, occasion=occasion, changed=changed, note=proposal.decision_note)


def queue_slot(proposal: Proposal, session: Session, slot: CallSlot, *, now: datetime) -> int:
    """Write the confirmation of a slot, with the file that puts it into one's calendar."""
    call = proposal.call
    zone = zone_of(call.edition)
    release = last_release_number(call.edition_id)
    starts_at = slot.starts_at.astimezone(zone)
    ends_at = (slot.starts_at + timedelta(minutes=call.duration_min)).astimezone(zone)
    files = []
    for editor in editors_of(proposal):
        with override(editor.language):
            venue = call.edition.venue
            place = ", ".join(
                part for part in (slot.room.name, venue.name if venue else "", venue.city if venue else "") if part
            )
            content = session_calendar(
                guid=session.guid,
                summary=title_of(proposal, editor.language),
                starts_at=starts_at,
                ends_at=ends_at,
                place=place,
                description=getattr(proposal, f"abstract_{editor.language}", "") or proposal.abstract_fr or "",
                url=settings.PARVIS_SITE_URL,
                language=editor.language,
                written_at=now,
                release=release,
            )
        files.append((editor, Attachment(f"{proposal.reference}.ics", "text/calendar; charset=utf-8", content)))
    return queue(
        proposal,
        "proposal_slot",
        occasion=now.isoformat(),
        now=now,
        attachments=files,
        starts_at=starts_at,
        ends_at=ends_at,
        room=slot.room.name,
    )
