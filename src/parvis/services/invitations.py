"""Inviting to speak: asked once, sent again, reminded by hand and by the clock, taken back. Each is logged."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.changes import TextTooLong
from parvis.domain.editions import EditionStatus
from parvis.domain.pasting import clean_pasted
from parvis.domain.programme.invitations import (
    INVITES,
    LANGUAGES,
    LONGEST_MESSAGE,
    MOST_REMINDERS,
    InvitedAlready,
    answers_until,
    check_answer_by,
    check_link,
    check_may_invite,
    check_may_send_again,
    reminder_due,
)
from parvis.domain.references import TOKEN_BYTES, make_manage_token
from parvis.domain.refusals import NotFound, Refusal
from parvis.models import Edition, Intervention, Invitation, Person
from parvis.queries.desk_editions import desk_edition, zone_of
from parvis.queries.desk_invitations import Addressee, list_addressees
from parvis.queries.invitations import dressed, list_interventions, spoken_by, starts_at, takes_place, unanswered
from parvis.services import invitation_mails, log
from parvis.services.changes import locked
from parvis.services.mails import MailDraft, queue_mails

PREVIEW_TOKEN = "0" * 43  # opens nothing


@dataclass(frozen=True, slots=True)
class Written:
    """To whom an invitation or a reminder leaves, and to whom not, with the reason."""

    to: list[str] = field(default_factory=list)
    refused: list[tuple[str, Refusal]] = field(default_factory=list)


def invite_speakers(
    *,
    actor: Actor,
    edition_id: int,
    person_ids: Sequence[int],
    messages: Mapping[str, str] | None = None,
    language: str = "",
    answer_by: date | None = None,
    now: datetime | None = None,
) -> Written:
    """Invite people to speak in the sessions in which they are named: one mail each, with a link of their own.

    `messages` holds personal words by language; `language` is that of all mails, else each is written to in their own.
    Whoever cannot be invited, or was, is passed over and named in what is returned: the same form again sends nothing.
    Locks the edition's row. Raises `NotAllowed`, `NotFound`, `TextTooLong`, `AnswerByPast`, `AnswerByTooLate`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    moment = now or timezone.now()
    words = {code: _checked_message(text, f"message_{code}") for code, text in (messages or {}).items()}
    with transaction.atomic():
        edition = locked(Edition, edition_id)
        zone = zone_of(edition)
        check_answer_by(answer_by, today=moment.astimezone(zone).date(), first_day=edition.starts_on)
        written, drafts = Written(), []
        for addressee in _addressees(actor, edition, person_ids, remind=False, now=moment):
            person, before = addressee.line.person, addressee.line.invitation
            refusal = addressee.refusal
            if refusal is None and before is not None and before.sent_at is not None:
                day = before.sent_at.astimezone(zone)
                refusal = InvitedAlready(name=str(person), day=f"{day:%d/%m/%Y}")
            if refusal is not None:
                written.refused.append((str(person), refusal))
                continue
            invitation = before or Invitation(person=person, created_at=moment)
            invitation.edition = edition
            spoken = language or addressee.language
            invitation.language = spoken if spoken in LANGUAGES else LANGUAGES[0]
            invitation.message, invitation.answer_by = words.get(invitation.language, ""), answer_by
            asked = [row for row in addressee.line.interventions if takes_place(row)]
            drafts.append(_sent(actor, invitation, asked, moment))
            written.to.append(str(person))
        queue_mails(drafts, now=moment)
    return written


def send_invitation_again(
    *,
    actor: Actor,
    edition_id: int,
    person_id: int,
    message: str,
    language: str,
    answer_by: date | None,
    now: datetime | None = None,
) -> Invitation:
    """Send somebody's invitation again, with other words where they differ; where it never left, it leaves now.

    The link stays, unless the person's address has changed since: then the one that was sent opens nothing any more.
    Locks the edition's row, then the invitation. Raises `NotAllowed`, `NotFound`, `JustSent`, `TextTooLong`,
    `AnswerByPast`, `AnswerByTooLate` and the refusals of `check_may_invite`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    moment = now or timezone.now()
    message = _checked_message(message, "message")
    with transaction.atomic():
        edition = locked(Edition, edition_id)
        invitation = _invitation_of(edition, person_id)
        person = invitation.person
        asked = [row for row in list_interventions(invitation) if takes_place(row)]
        check_may_invite(
            name=str(person), email=person.email, sessions=len(asked), status=EditionStatus(edition.status)
        )
        check_may_send_again(invitation.sent_at, now=moment)
        check_answer_by(answer_by, today=moment.astimezone(zone_of(edition)).date(), first_day=edition.starts_on)
        invitation.message, invitation.answer_by = message, answer_by
        invitation.language = language if language in LANGUAGES else invitation.language
        queue_mails([_sent(actor, invitation, asked, moment)], now=moment)
    return invitation


def take_invitation_back(*, actor: Actor, edition_id: int, person_id: int, now: datetime | None = None) -> None:
    """Take an invitation back: its link opens nothing any more. What was answered stands with the sessions.

    Locks the edition's row. Raises `NotAllowed`, `NotFound`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        edition = locked(Edition, edition_id)
        invitation = _invitation_of(edition, person_id)
        log.record(actor=actor, action="invitation.taken_back", subject=invitation, now=now or timezone.now())
        invitation.delete()


def remind_speakers(
    *, actor: Actor, edition_id: int, person_ids: Sequence[int], now: datetime | None = None
) -> Written:
    """Remind people by hand; whoever has answered, or got a mail today, is passed over and named in what is returned.

    Locks the edition's row. Raises `NotAllowed`, `NotFound`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    moment = now or timezone.now()
    with transaction.atomic():
        edition = locked(Edition, edition_id)
        written, drafts = Written(), []
        for addressee in _addressees(actor, edition, person_ids, remind=True, now=moment):
            name, invitation = str(addressee.line.person), addressee.line.invitation
            if addressee.refusal is not None or invitation is None:
                written.refused.append((name, addressee.refusal or NotFound()))
                continue
            invitation.edition, invitation.person = edition, addressee.line.person
            drafts.append(_reminded(actor, invitation, addressee.line.waiting, moment))
            written.to.append(name)
        queue_mails(drafts, now=moment)
    return written


def remind_by_the_clock(*, actor: Actor, now: datetime | None = None) -> int:
    """Send the reminders that are due (`domain.programme.invitations.reminder_due`); return how many.

    Safe to run at any time and twice. A transaction for each edition, whose row is locked. Raises `NotAllowed`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    moment = now or timezone.now()
    sent = 0
    waiting = (
        Invitation.objects.filter(sent_at__isnull=False, reminders__lt=MOST_REMINDERS)
        .filter(edition__status__in=sorted(INVITES), person__erased_at__isnull=True)
        .exclude(person__email="")
    )
    for edition_id in sorted(set(waiting.values_list("edition_id", flat=True))):
        with transaction.atomic():
            locked(Edition, edition_id)
            invitations = list(dressed(waiting.filter(edition_id=edition_id).order_by("pk")))
            spoken: dict[int, list[Intervention]] = {}
            for row in spoken_by([invitation.person_id for invitation in invitations], edition_id):
                spoken.setdefault(row.person_id, []).append(row)
            drafts = []
            for invitation in invitations:
                asked = unanswered(spoken.get(invitation.person_id, []))
                if _is_due(invitation, asked, moment):
                    drafts.append(_reminded(actor, invitation, asked, moment))
            sent += queue_mails(drafts, now=moment)
    return sent


def _is_due(invitation: Invitation, asked: Sequence[Intervention], now: datetime) -> bool:
    edition = invitation.edition
    zone = zone_of(edition)
    return reminder_due(
        status=EditionStatus(edition.status),
        sent_at=invitation.sent_at,
        reminded_at=invitation.reminded_at,
        reminders=invitation.reminders,
        open_until=[answers_until(starts_at(row), edition.ends_on, zone) for row in asked],
        answer_by=invitation.answer_by,
        now=now,
        zone=zone,
    )


def preview_invitation(
    *,
    actor: Actor,
    edition_id: int,
    person_id: int,
    message: str = "",
    language: str = "",
    answer_by: date | None = None,
    remind: bool = False,
    now: datetime | None = None,
) -> invitation_mails.MailText:
    """Return the mail that would leave to somebody, and write nothing; its link opens nothing. Four queries.

    Raises `NotAllowed`, `NotFound`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    moment = now or timezone.now()
    rows = Edition.objects.select_related("venue", "series__federation__organisation").filter(pk=edition_id)
    edition, person = rows.first(), Person.objects.filter(pk=person_id, erased_at__isnull=True).first()
    if edition is None or person is None:
        raise NotFound
    known = Invitation.objects.filter(edition=edition, person=person).first()
    invitation = Invitation(edition=edition, person=person, token=PREVIEW_TOKEN, email=person.email)
    invitation.language = language if language in LANGUAGES else (known.language if known is not None else LANGUAGES[0])
    invitation.message, invitation.answer_by = clean_pasted(message), answer_by
    if remind and known is not None:
        invitation.language, invitation.answer_by = known.language, known.answer_by
    live = [row for row in spoken_by([person.pk], edition.pk) if takes_place(row)]
    return invitation_mails.compose(
        invitation,
        unanswered(live) if remind else live,
        "invitation_reminder" if remind else "invitation_sent",
        today=moment.astimezone(zone_of(edition)).date(),
    )


def open_invitation(*, actor: Actor, invitation_id: int, now: datetime | None = None) -> None:
    """Note that somebody opened their link, the first time. Raises `NotFound` for the link of another."""
    if actor.invitation_id != invitation_id:
        raise NotFound
    moment = now or timezone.now()
    with transaction.atomic():
        if Invitation.objects.filter(pk=invitation_id, opened_at__isnull=True).update(opened_at=moment):
            invitation = Invitation.objects.select_related("person", "edition").get(pk=invitation_id)
            log.record(actor=actor, action="invitation.seen", subject=invitation, now=moment)


def require_speaker(
    actor: Actor, permission: Permission, *, person_id: int, edition_id: int | None = None, now: datetime
) -> None:
    """Raise `NotAllowed` unless the actor may do it at the desk, or holds that person's link while it opens.

    Raises `LinkExpired` where it has served, `NotFound` where it was taken back.
    """
    if actor.may(permission) or actor.invitation_id is None:
        actor.require(permission)
        return
    mine = Invitation.objects.select_related("edition__venue").filter(pk=actor.invitation_id, person_id=person_id)
    invitation = mine.filter(person__erased_at__isnull=True).first()
    if invitation is None or (edition_id is not None and invitation.edition_id != edition_id):
        raise NotFound
    check_link(invitation.edition.ends_on, today=now.astimezone(zone_of(invitation.edition)).date())


def _addressees(
    actor: Actor, edition: Edition, person_ids: Sequence[int], *, remind: bool, now: datetime
) -> list[Addressee]:
    return list_addressees(
        actor,
        edition=desk_edition(actor, slug=edition.slug),
        person_ids=list(person_ids),
        remind=remind,
        now=now,
    )


def _invitation_of(edition: Edition, person_id: int) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",)).filter(edition=edition, person_id=person_id)
    invitation = dressed(rows.filter(person__erased_at__isnull=True)).first()
    if invitation is None:
        raise NotFound
    return invitation


def _address(invitation: Invitation) -> None:
    """Write to where the person is reached now; where that is elsewhere than before, the old link opens nothing."""
    if not invitation.token or invitation.email != invitation.person.email:
        invitation.token = make_manage_token(secrets.token_bytes(TOKEN_BYTES))
        invitation.email = invitation.person.email


def _sent(actor: Actor, invitation: Invitation, asked: Sequence[Intervention], now: datetime) -> MailDraft:
    """Save an invitation as sent now, log it, and return its mail about what is asked."""
    again = invitation.sent_at is not None
    _address(invitation)
    invitation.sent_at = now
    invitation.save()
    verb = "sent_again" if again else "sent"
    log.record(actor=actor, action=f"invitation.{verb}", subject=invitation, now=now)
    today = now.astimezone(zone_of(invitation.edition)).date()
    return invitation_mails.draft(invitation, asked, "invitation_sent", occasion=f"sent:{now.isoformat()}", today=today)


def _reminded(actor: Actor, invitation: Invitation, asked: Sequence[Intervention], now: datetime) -> MailDraft:
    """Save an invitation as reminded now, log it, and return the mail about what is not answered."""
    _address(invitation)
    invitation.reminders += 1
    invitation.reminded_at = now
    invitation.save()
    told = {"number": invitation.reminders}
    log.record(actor=actor, action="invitation.reminded", subject=invitation, now=now, details=told)
    today = now.astimezone(zone_of(invitation.edition)).date()
    occasion = f"reminder:{now.isoformat()}"
    return invitation_mails.draft(invitation, asked, "invitation_reminder", occasion=occasion, today=today)


def _checked_message(text: str, name: str) -> str:
    text = clean_pasted(text)
    if len(text) > LONGEST_MESSAGE:
        raise TextTooLong(most=LONGEST_MESSAGE, given=len(text), field=name)
    return text
