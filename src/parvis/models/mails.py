"""The outbox: a mail is written with the thing it tells of, and leaves once, after the commit."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mail(models.Model):
    """One mail to one address. `key` makes asking for the same mail twice harmless."""

    class Status(models.TextChoices):
        """Where a mail stands."""

        QUEUED = "queued", _("Waiting to leave")
        SENDING = "sending", _("Leaving")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=200, unique=True)
    edition = models.ForeignKey(
        "parvis.Edition", null=True, blank=True, on_delete=models.SET_NULL, related_name="mails"
    )
    recipient = models.EmailField()
    language = models.CharField(max_length=5, default="fr")
    subject = models.CharField(max_length=300)
    body_text = models.TextField()
    body_html = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["status", "created_at"], name="mail_waiting")]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.subject}"


class MailAttachment(models.Model):
    """A file that leaves with a mail."""

    mail = models.ForeignKey(Mail, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name
