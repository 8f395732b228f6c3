"""The mails about a registration, in its holder's language; written inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from parvis.domain import typography
from parvis.domain.badges import spaced_badge_code
from parvis.domain.calendars import edition_calendar
from parvis.domain.editions import CALLED_OFF, EditionStatus
from parvis.domain.tickets import qr_png
from parvis.models import Badge, Edition, Registration
from parvis.services.mails import Attachment, MailDraft, queue_mail

TICKET_FILE = "ticket.png"


def personal_link(registration: Registration) -> str:
    """Return the absolute address of the registration's own page, in its holder's language. A secret."""
    with override(registration.language):
        path = reverse("space:registration", args=[registration.manage_token])
    return settings.PARVIS_SITE_URL.rstrip("/") + path


def calendar_of(registration: Registration, *, now: datetime) -> bytes | None:
    """Return the calendar file of a registration's edition, or None while its dates are not known."""
    edition = registration.edition
    if edition.starts_on is None or edition.ends_on is None:
        return None
    cancelled = registration.status == "cancelled" or edition.status in CALLED_OFF
    with override(registration.language):
        return edition_calendar(
            guid=registration.guid,
            summary=edition.name,
            first_day=edition.starts_on,
            last_day=edition.ends_on,
            place=_place(edition),
            description=registration.reference,
            url=settings.PARVIS_SITE_URL,
            language=registration.language,
            written_at=now,
            cancelled=cancelled,
        )


def queue_confirmation(registration: Registration, *, now: datetime, occasion: str = "confirmed") -> None:
    """Write the confirmation with the ticket and the calendar file into the outbox; nothing without an address."""
    if not registration.person.email:
        return
    badge = Badge.objects.filter(registration=registration, revoked_at__isnull=True).first()
    attachments = [Attachment(TICKET_FILE, "image/png", qr_png(badge.code))] if badge is not None else []
    _queue(
        registration,
        key=f"registration.{occasion}:{registration.pk}",
        template="registration_confirmed",
        subject=gettext_subject(registration, cancelled=False),
        attachments=attachments,
        code=spaced_badge_code(badge.code) if badge is not None else "",
        now=now,
    )


def queue_cancellation(registration: Registration, *, now: datetime) -> None:
    """Write the mail that tells of a cancellation, with the file that strikes the event out of the calendar."""
    if not registration.person.email:
        return
    _queue(
        registration,
        key=f"registration.cancelled:{registration.pk}:{now.isoformat()}",
        template="registration_cancelled",
        subject=gettext_subject(registration, cancelled=True),
        attachments=[],
        code="",
        now=now,
    )


def draft_call_off(registration: Registration, *, key: str, now: datetime) -> MailDraft:
    """Return the mail that tells somebody that their edition is cancelled or postponed, and why.

    It strikes the dates out of the calendar. The registration is fetched with person, organisation and edition.
    """
    edition = registration.edition
    with override(registration.language):
        postponed = edition.status == EditionStatus.POSTPONED
        sentence = gettext("Postponed: %(edition)s") if postponed else gettext("Cancelled: %(edition)s")
        subject = typography.typeset(sentence % {"edition": edition.name}, registration.language)
        reason = edition.status_reason
    return _draft(
        registration,
        key=key,
        template="edition_called_off",
        subject=subject,
        attachments=[],
        code="",
        now=now,
        more={"postponed": postponed, "reason": reason},
    )


def gettext_subject(registration: Registration, *, cancelled: bool) -> str:
    """Return the subject in the holder's language."""
    with override(registration.language):
        sentence = (
            gettext("Registration cancelled: %(edition)s")
            if cancelled
            else gettext("Your registration is confirmed: %(edition)s")
        )
        return typography.typeset(sentence % {"edition": registration.edition.name}, registration.language)


def _queue(registration: Registration, *, now: datetime, **parts: Any) -> None:
    draft = _draft(registration, now=now, **parts)
    queue_mail(
        key=draft.key,
        recipient=draft.recipient,
        language=draft.language,
        subject=draft.subject,
        body_text=draft.body_text,
        body_html=draft.body_html,
        attachments=draft.attachments,
        edition_id=draft.edition_id,
        now=now,
    )


def _draft(
    registration: Registration,
    *,
    key: str,
    template: str,
    subject: str,
    attachments: list[Attachment],
    code: str,
    now: datetime,
    more: Mapping[str, object] | None = None,
) -> MailDraft:
    edition = registration.edition
    calendar = calendar_of(registration, now=now)
    if calendar is not None:
        attachments = [*attachments, Attachment(f"{edition.slug}.ics", "text/calendar; charset=utf-8", calendar)]
    with override(registration.language):
        context = {
            "registration": registration,
            "person": registration.person,
            "organisation": registration.organisation,
            "edition": edition,
            "when": _when(edition, registration.language),
            "place": _place(edition),
            "link": personal_link(registration),
            "code": code,
            "ticket": TICKET_FILE,
            "language": registration.language,
            "has_calendar": calendar is not None,
            "federation": _federation_name(edition),
            **(more or {}),
        }
        body_text = typography.typeset(render_to_string(f"mails/{template}.txt", context), registration.language)
        body_html = render_to_string(f"mails/{template}.html", context)
    return MailDraft(
        key=key,
        recipient=registration.person.email,
        language=registration.language,
        subject=subject,
        body_text=body_text,
        body_html=body_html,
        attachments=attachments,
        edition_id=edition.pk,
    )


def _place(edition: Edition) -> str:
    venue = edition.venue
    if venue is None:
        return ""
    parts = [venue.name, venue.address]
    if venue.city and venue.city not in venue.address:
        parts.append(venue.city)
    return ", ".join(part for part in parts if part)


def _when(edition: Edition, language: str) -> str:
    if edition.starts_on is not None:
        last: date = edition.ends_on or edition.starts_on
        return typography.date_range(edition.starts_on, last, language)
    if edition.announced_month is not None:
        return typography.month_year(edition.announced_month, language)
    return ""


def _federation_name(edition: Edition) -> str:
    return edition.series.federation.organisation.name
