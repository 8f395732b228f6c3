"""Background work on the outbox; both can run twice."""

from __future__ import annotations

from parvis.services import mails


def deliver_mail(mail_id: int) -> bool:
    """Send one mail that a service left."""
    return mails.deliver(mail_id=mail_id)


def deliver_waiting_mails() -> int:
    """Send what still waits."""
    return mails.deliver_waiting()
