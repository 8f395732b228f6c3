"""Reads of the outbox, for the mailbox of the demo. No other installation shows mails to visitors."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from parvis.domain.access import Actor, Permission
from parvis.domain.refusals import NotFound
from parvis.models import Mail, MailAttachment
from parvis.queries.paging import RowsPage, page_of


def list_demo_mails(*, recipient: str = "") -> QuerySet[Mail]:
    """Return the mails, the latest first, with the number of their attachments; to one address if it is given."""
    mails = Mail.objects.annotate(attached=Count("attachments")).order_by("-created_at", "-id")
    return mails.filter(recipient=recipient.lower()) if recipient else mails


def access_demo_mail(guid: UUID) -> Mail:
    """Return one mail with its attachments. Two queries. Raises `NotFound`."""
    mail = Mail.objects.prefetch_related("attachments").filter(guid=guid).first()
    if mail is None:
        raise NotFound
    return mail


def access_demo_attachment(guid: UUID, attachment_id: int) -> MailAttachment:
    """Return one attachment of one mail. One query. Raises `NotFound`."""
    found = MailAttachment.objects.filter(mail__guid=guid, pk=attachment_id).first()
    if found is None:
        raise NotFound
    return found


def list_mails(actor: Actor, *, edition_id: int, status: str, page: int = 1) -> RowsPage[Mail]:
    """Return one page of the edition's mails and of those of no edition, without their text, the latest first.

    Three queries. Raises `NotAllowed`.
    """
    actor.require(Permission.READ_DESK)
    rows = Mail.objects.filter(Q(edition_id=edition_id) | Q(edition__isnull=True))
    if status in Mail.Status.values:
        rows = rows.filter(status=status)
    return page_of(
        rows.order_by("-created_at", "-id"), number=page, dressed=lambda found: found.defer("body_text", "body_html")
    )
