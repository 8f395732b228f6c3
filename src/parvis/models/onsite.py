"""Badges, checkpoints and scans. Presence is derived from scans, never stored beside them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.onsite import CHECKPOINT_KIND_NAMES, VERDICT_NAMES
from parvis.models.choices import choices_of
from parvis.models.editions import Edition
from parvis.models.programme import Session
from parvis.models.registrations import Registration


class Badge(models.Model):
    """What a person shows at the door: a random code that says nothing about its holder."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="badges")
    code = models.CharField(_("code"), max_length=40, unique=True)
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["registration"], condition=Q(revoked_at__isnull=True), name="badge_valid_once"
            )
        ]

    def __str__(self) -> str:
        return self.code


class Checkpoint(models.Model):
    """A door: the entrance on a day, or a session's room."""

    if TYPE_CHECKING:  # columns that modeltranslation adds
        name_fr: str
        name_en: str
        name_es: str
        name_ar: str

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="checkpoints")
    code = models.SlugField(max_length=60)
    kind = models.CharField(_("kind"), max_length=10, choices=choices_of(CHECKPOINT_KIND_NAMES))
    name = models.CharField(_("name"), max_length=200)  # fr, en, es, ar
    day = models.DateField(_("day"), null=True, blank=True)
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.CASCADE, related_name="checkpoints")

    class Meta:
        ordering = ["kind", "day", "code"]
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="checkpoint_code_once")]

    def __str__(self) -> str:
        return self.name


class Scan(models.Model):
    """One reading of a code at a door. Append-only; its id is made on the device, so sending it twice changes nothing.

    An undo is a scan of its own that names in `undoes` the one it takes back.
    """

    id = models.UUIDField(primary_key=True)
    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="scans")
    registration = models.ForeignKey(
        Registration, null=True, blank=True, on_delete=models.PROTECT, related_name="scans"
    )
    code = models.CharField(max_length=120, blank=True)
    verdict = models.CharField(max_length=15, choices=choices_of(VERDICT_NAMES))
    direction = models.CharField(max_length=3, default="in")
    scanned_at = models.DateTimeField()
    received_at = models.DateTimeField()
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="scans"
    )
    device = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-scanned_at"]
        indexes = [
            # Holds all that counting presence reads, so that the table itself is not touched.
            models.Index(fields=["checkpoint", "verdict", "direction", "registration", "id"], name="scan_presence"),
            models.Index(fields=["checkpoint", "-scanned_at"], name="scan_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.scanned_at:%d/%m %H:%M:%S} {self.checkpoint} {self.verdict}"
