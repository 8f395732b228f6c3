"""The mails about an invitation to speak, in the speaker's language; written inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from parvis.domain import typography
from parvis.domain.access import Actor
from parvis.domain.calendars import session_calendar
from parvis.domain.programme.sessions import (
    INTERVENTION_ROLE_NAMES,
    SESSION_FORMAT_NAMES,
    InterventionAnswer,
    InterventionRole,
    SessionFormat,
)
from parvis.domain.refusals import N_, NotFound
from parvis.models import Edition, Intervention, Invitation
from parvis.queries.desk_editions import zone_of
from parvis.queries.desk_people import mandate_name
from parvis.queries.invitations import starts_at
from parvis.queries.releases import last_release_number
from parvis.services.mails import Attachment, MailDraft

SUBJECTS: dict[str, str] = {
    "invitation_sent": N_("Invitation to speak: %(edition)s"),
    "invitation_reminder": N_("Your answer is awaited: %(edition)s"),
    "invitation_answered": N_("Thank you for your answer: %(edition)s"),
}


@dataclass(frozen=True, slots=True)
class MailText:
    """A mail as it would leave."""

    subject: str
    body_text: str
    body_html: str


@dataclass(frozen=True, slots=True)
class SessionWords:
    """What a mail says of one session: in its language, `when` and `room` empty while they are not known."""

    title: str
    kind: str
    role: str
    mandate: str
    when: str
    room: str


def personal_link(invitation: Invitation) -> str:
    """Return the absolute address of the speaker's own page, in their language. A secret."""
    with override(invitation.language):
        path = reverse("space:invitation", args=[invitation.token])
    return settings.PARVIS_SITE_URL.rstrip("/") + path


def words_of(intervention: Intervention, edition: Edition, language: str) -> SessionWords:
    """Return what a mail in a language says of an intervention, fetched by `queries.invitations.spoken_by`."""
    session = intervention.session
    with override(language):
        placement = getattr(session, "placement", None)
        when = ""
        if placement is not None:
            zone = zone_of(edition)
            starts, ends = placement.starts_at.astimezone(zone), placement.ends_at.astimezone(zone)
            day = typography.day_long(starts.date(), language)
            hours = f"{typography.clock(starts, language)}–{typography.clock(ends, language)}"
            when = f"{day}, {hours}"
        return SessionWords(
            title=session.title,
            kind=gettext(SESSION_FORMAT_NAMES[SessionFormat(session.format)]),
            role=gettext(INTERVENTION_ROLE_NAMES[InterventionRole(intervention.role)]),
            mandate=mandate_name(intervention.mandate) if intervention.mandate is not None else "",
            when=when,
            room=placement.room.name if placement is not None else "",
        )


def compose(
    invitation: Invitation, interventions: Iterable[Intervention], template: str, *, today: date, **more: Any
) -> MailText:
    """Return one mail about an invitation that `queries.invitations.dressed` fetched (or that is not saved yet).

    No query.
    """
    edition, language = invitation.edition, invitation.language
    with override(language):
        sessions = [words_of(row, edition, language) for row in interventions]
        context = {
            "invitation": invitation,
            "name": invitation.person,
            "edition": edition,
            "when": _when(edition, language),
            "place": f"{edition.venue.name}, {edition.venue.city}" if edition.venue is not None else "",
            "sessions": sessions,
            "message": invitation.message,
            "answer_by": invitation.answer_by,
            "late": invitation.answer_by is not None and invitation.answer_by < today,
            "link": personal_link(invitation),
            "language": language,
            "federation": edition.series.federation.organisation.name,
            **more,
        }
        subject = typography.typeset(gettext(SUBJECTS[template]) % {"edition": edition.name}, language)
        body_text = typography.typeset(render_to_string(f"mails/{template}.txt", context), language)
        body_html = render_to_string(f"mails/{template}.html", context)
    return MailText(subject, body_text, body_html)


def draft(
    invitation: Invitation,
    interventions: Iterable[Intervention],
    template: str,
    *,
    occasion: str,
    today: date,
    attachments: Sequence[Attachment] = (),
    **more: Any,
) -> MailDraft:
    """Return that mail for the outbox; one `occasion`, one mail."""
    text = compose(invitation, interventions, template, today=today, **more)
    return MailDraft(
        key=f"invitation:{invitation.pk}:{occasion}"[:200],
        recipient=invitation.email,
        language=invitation.language,
        subject=text.subject,
        body_text=text.body_text,
        body_html=text.body_html,
        attachments=attachments,
        edition_id=invitation.edition_id,
    )


def answered_draft(
    invitation: Invitation,
    interventions: Sequence[Intervention],
    *,
    withdrawn: Sequence[Intervention],
    now: datetime,
) -> MailDraft:
    """Return the mail that thanks somebody for their answers about `interventions`, the calendar files with it.

    What was accepted and has its place comes into the calendar; what was accepted before and is `withdrawn` leaves it.
    One query.
    """
    edition, language = invitation.edition, invitation.language
    accepted = [row for row in interventions if row.answer == InterventionAnswer.ACCEPTED]
    declined = [row for row in interventions if row.answer == InterventionAnswer.DECLINED]
    release = last_release_number(edition.pk)
    struck = {row.pk for row in withdrawn}
    attachments = [
        _calendar(invitation, row, cancelled=row.pk in struck, release=release, now=now)
        for row in (*accepted, *withdrawn)
        if starts_at(row) is not None
    ]
    return draft(
        invitation,
        accepted,
        "invitation_answered",
        occasion=f"answered:{now.isoformat()}",
        today=now.astimezone(zone_of(edition)).date(),
        attachments=attachments,
        declined=[words_of(row, edition, language) for row in declined],
        has_calendar=any(starts_at(row) is not None for row in accepted),
    )


def calendar_of(*, actor: Actor, invitation: Invitation, intervention: Intervention, now: datetime) -> bytes:
    """Return the calendar file of one session that has its place, for the holder of the link. One query.

    Raises `NotFound` for another's.
    """
    if actor.invitation_id != invitation.pk or intervention.person_id != invitation.person_id:
        raise NotFound
    release = last_release_number(invitation.edition_id)
    return _calendar(invitation, intervention, cancelled=False, release=release, now=now).content


def _calendar(
    invitation: Invitation, intervention: Intervention, *, cancelled: bool, release: int, now: datetime
) -> Attachment:
    """Return a session as a calendar file. Its identity is that of the feeds and the notices of releases, so that a
    room change published later replaces it."""
    edition, language, session = invitation.edition, invitation.language, intervention.session
    placement = session.placement
    words = words_of(intervention, edition, language)
    venue = edition.venue
    with override(language):
        place = ", ".join(part for part in (words.room, str(venue.name) if venue else "") if part)
        content = session_calendar(
            guid=session.guid,
            summary=words.title,
            starts_at=placement.starts_at,
            ends_at=placement.ends_at,
            place=place,
            description="\n".join(part for part in (words.role, words.mandate) if part),
            url=settings.PARVIS_SITE_URL,
            language=language,
            written_at=now,
            cancelled=cancelled,
            release=release,
        )
    return Attachment(f"{session.slug}.ics"[:120], "text/calendar; charset=utf-8", content)


def _when(edition: Edition, language: str) -> str:
    if edition.starts_on is not None:
        return typography.date_range(edition.starts_on, edition.ends_on or edition.starts_on, language)
    return typography.month_year(edition.announced_month, language) if edition.announced_month is not None else ""
