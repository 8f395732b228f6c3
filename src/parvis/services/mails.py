"""The outbox: a mail is written in the transaction of what it tells of, and leaves once, after the commit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from parvis.gateways.jobs import enqueue_on_commit
from parvis.gateways.mail import MailNotAccepted, send
from parvis.models import Mail, MailAttachment

# A mail that was being sent when its worker died is taken up again after this long.
STUCK_AFTER = timedelta(minutes=10)
MOST_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that leaves with a mail."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class MailDraft:
    """One of many mails that are written at once; `key` makes it one mail."""

    key: str
    recipient: str
    language: str
    subject: str
    body_text: str
    body_html: str = ""
    attachments: Sequence[Attachment] = ()
    edition_id: int | None = None


def queue_mails(drafts: Sequence[MailDraft], *, now: datetime | None = None) -> int:
    """Write many mails into the outbox with few queries; return how many were new.

    Runs inside the caller's transaction, which holds a lock that keeps others from writing the same keys.
    """
    moment = now or timezone.now()
    known = set(Mail.objects.filter(key__in=[draft.key for draft in drafts]).values_list("key", flat=True))
    fresh = list({draft.key: draft for draft in drafts if draft.key not in known}.values())
    mails = Mail.objects.bulk_create(
        Mail(
            key=draft.key,
            recipient=draft.recipient,
            language=draft.language,
            subject=draft.subject[:300],
            body_text=draft.body_text,
            body_html=draft.body_html,
            edition_id=draft.edition_id,
            created_at=moment,
        )
        for draft in fresh
    )
    MailAttachment.objects.bulk_create(
        MailAttachment(mail=mail, name=a.name, content_type=a.content_type, content=a.content)
        for mail, draft in zip(mails, fresh, strict=True)
        for a in draft.attachments
    )
    if mails:
        enqueue_on_commit("parvis.tasks.mails.deliver_waiting_mails")
    return len(mails)


def queue_mail(
    *,
    key: str,
    recipient: str,
    language: str,
    subject: str,
    body_text: str,
    body_html: str = "",
    attachments: Sequence[Attachment] = (),
    edition_id: int | None = None,
    now: datetime | None = None,
) -> Mail:
    """Write a mail into the outbox; it leaves after the running transaction commits.

    `key` names the occasion (`registration.confirmed:42`): asking twice with one key writes one mail.
    Must run inside the transaction of the thing that the mail tells of.
    """
    mail, created = Mail.objects.get_or_create(
        key=key,
        defaults={
            "recipient": recipient,
            "language": language,
            "subject": subject[:300],
            "body_text": body_text,
            "body_html": body_html,
            "edition_id": edition_id,
            "created_at": now or timezone.now(),
        },
    )
    if created:
        MailAttachment.objects.bulk_create(
            MailAttachment(mail=mail, name=a.name, content_type=a.content_type, content=a.content) for a in attachments
        )
        enqueue_on_commit("parvis.tasks.mails.deliver_mail", mail.pk)
    return mail


def deliver(*, mail_id: int, now: datetime | None = None) -> bool:
    """Send one queued mail and tell whether it left now. Safe to run twice: only one caller claims it.

    The claim is a conditional update of its own transaction, so that a mail never leaves twice; a server that
    refuses puts the mail back until `MOST_ATTEMPTS`, then marks it failed with the server's words.
    """
    moment = now or timezone.now()
    claimed = Mail.objects.filter(pk=mail_id, status=Mail.Status.QUEUED).update(
        status=Mail.Status.SENDING, attempts=F("attempts") + 1, sent_at=moment
    )
    if not claimed:
        return False
    mail = Mail.objects.prefetch_related("attachments").get(pk=mail_id)
    try:
        send(
            recipient=mail.recipient,
            subject=mail.subject,
            body_text=mail.body_text,
            body_html=mail.body_html,
            attachments=[(a.name, bytes(a.content), a.content_type) for a in mail.attachments.all()],
            message_id=str(mail.guid),
        )
    except MailNotAccepted as refusal:
        status = Mail.Status.FAILED if mail.attempts >= MOST_ATTEMPTS else Mail.Status.QUEUED
        Mail.objects.filter(pk=mail_id).update(status=status, error=str(refusal)[:2000], sent_at=None)
        return False
    Mail.objects.filter(pk=mail_id).update(status=Mail.Status.SENT, error="")
    return True


def deliver_waiting(*, now: datetime | None = None, most: int = 500) -> int:
    """Send what still waits in the outbox (a worker died, a server refused); return how many left."""
    moment = now or timezone.now()
    with transaction.atomic():
        # A worker that died between claiming and sending left these; whether the server took them is unknown
        # only for the instant of the hand-over, so they are tried once more.
        Mail.objects.filter(
            Q(status=Mail.Status.SENDING, sent_at__lt=moment - STUCK_AFTER) & Q(attempts__lt=MOST_ATTEMPTS)
        ).update(status=Mail.Status.QUEUED, sent_at=None)
    waiting = list(
        Mail.objects.filter(status=Mail.Status.QUEUED).order_by("created_at", "id").values_list("pk", flat=True)[:most]
    )
    return sum(deliver(mail_id=mail_id) for mail_id in waiting)
