"""Sends one mail through the configured server."""

from __future__ import annotations

from collections.abc import Sequence
from email.mime.image import MIMEImage
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives


class MailNotAccepted(Exception):
    """The mail server did not take the mail; the message carries its words."""


def _picture(name: str, content: bytes, content_type: str) -> MIMEImage:
    """Return a picture that the HTML part can show as `cid:<name>`, and that can be saved as a file."""
    picture = MIMEImage(content, content_type.partition("/")[2])
    picture.add_header("Content-ID", f"<{name}>")
    picture.add_header("Content-Disposition", "inline", filename=name)
    return picture


def send(
    *,
    recipient: str,
    subject: str,
    body_text: str,
    body_html: str,
    attachments: Sequence[tuple[str, bytes, str]],
    message_id: str,
) -> None:
    """Send one mail. Raises `MailNotAccepted` when it cannot be written, or the server refuses or is not reached."""
    domain = settings.PARVIS_MAIL_FROM.rpartition("@")[2].rstrip(">") or "localhost"
    message = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=body_text,
        from_email=settings.PARVIS_MAIL_FROM,
        to=[recipient],
        headers={"Message-ID": f"<{message_id}@{domain}>", "Auto-Submitted": "auto-generated"},
    )
    if body_html:
        message.attach_alternative(body_html, "text/html")
    for name, content, content_type in attachments:
        if content_type.startswith("image/"):
            message.attach(_picture(name, content, content_type))
        else:
            message.attach(name, content, content_type)
    try:
        message.send()
    except (SMTPException, OSError, ValueError) as error:  # ValueError: an address or a header that cannot be written
        raise MailNotAccepted(str(error)) from error
