"""Press releases: drafted from a snapshot, approved by a person, published with their date."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.models.editions import Edition
from parvis.models.figures import Snapshot


class Communique(models.Model):
    """One press release of an edition, in several languages."""

    class Status(models.TextChoices):
        """Where a release stands."""

        DRAFT = "draft", _("Draft")
        APPROVED = "approved", _("Approved")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="communiques")
    number = models.PositiveIntegerField()
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="communiques")
    dated_on = models.DateField(_("dated"))
    facts = models.JSONField()  # everything that the texts state, as it was when drafted
    drafted_at = models.DateTimeField()
    drafted_by_label = models.CharField(max_length=200)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="approved_communiques"
    )
    approved_by_label = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["edition", "-number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="communique_number_once")]

    def __str__(self) -> str:
        return f"{self.edition}: {self.number}"


class CommuniqueText(models.Model):
    """The text in one language, as a document of headings, paragraphs, lists and figures that link to definitions."""

    communique = models.ForeignKey(Communique, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=5)
    document = models.JSONField()
    edited_at = models.DateTimeField(null=True, blank=True)
    edited_by_label = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["communique", "language"], name="communique_language_once")]

    def __str__(self) -> str:
        return f"{self.communique} ({self.language})"
