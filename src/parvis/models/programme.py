"""Sessions, who speaks in them and as what, where and when they are placed, and frozen releases."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.programme.sessions import INTERVENTION_ROLE_NAMES, SESSION_FORMAT_NAMES, SESSION_STATUS_NAMES
from parvis.models.choices import choices_of
from parvis.models.editions import Edition, Room
from parvis.models.network import Group, Organisation
from parvis.models.people import Mandate, Person


class Theme(models.Model):
    """A theme that sessions share."""

    if TYPE_CHECKING:  # columns that modeltranslation adds
        name_fr: str
        name_en: str
        name_es: str
        name_ar: str

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)  # fr, en, es, ar

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name


class Session(models.Model):
    """One item of the programme; it may not be placed yet."""

    if TYPE_CHECKING:  # columns that modeltranslation adds
        title_fr: str
        title_en: str
        title_es: str
        title_ar: str
        abstract_fr: str
        abstract_en: str
        abstract_es: str
        abstract_ar: str

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sessions")
    code = models.CharField(_("code"), max_length=40)
    slug = models.SlugField(max_length=120)
    format = models.CharField(_("format"), max_length=20, choices=choices_of(SESSION_FORMAT_NAMES))
    title = models.CharField(_("title"), max_length=300)  # fr, en, es, ar
    abstract = models.TextField(_("abstract"), blank=True)  # fr, en, es, ar
    summary = models.TextField(_("what was said, in one sentence"), blank=True)  # fr, en, es, ar
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions")
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions")
    host = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="hosted_sessions"
    )
    duration_min = models.PositiveSmallIntegerField(_("length in minutes"))
    capacity = models.PositiveIntegerField(_("seats, when fewer than the room's"), null=True, blank=True)
    members_only = models.BooleanField(_("for members only"), default=False)
    spoken = models.JSONField(_("languages spoken"), default=list, blank=True)
    interpreted = models.JSONField(_("interpreted into"), default=list, blank=True)
    sdgs = models.JSONField(_("sustainable development goals"), default=list, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=choices_of(SESSION_STATUS_NAMES), default="draft")
    folded = models.CharField(max_length=1000, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["edition", "code"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="session_code_once"),
            models.UniqueConstraint(fields=["edition", "slug"], name="session_slug_once"),
            models.CheckConstraint(condition=Q(duration_min__gt=0), name="session_lasts"),
        ]

    def __str__(self) -> str:
        return self.title


class Placement(models.Model):
    """Where and when a session takes place. Times are stored in UTC and shown in the venue's zone."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="placement")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="placements")
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        ordering = ["starts_at", "room__position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="placement_lasts"),
        ]

    def __str__(self) -> str:
        return f"{self.session} ({self.starts_at:%d/%m %H:%M}, {self.room})"


class Intervention(models.Model):
    """A person takes the floor in a session, as one of their mandates, in a role."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="interventions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="interventions")
    mandate = models.ForeignKey(Mandate, null=True, blank=True, on_delete=models.PROTECT, related_name="interventions")
    role = models.CharField(_("role"), max_length=12, choices=choices_of(INTERVENTION_ROLE_NAMES))
    position = models.PositiveSmallIntegerField(_("speaking order"), default=0)

    class Meta:
        ordering = ["session", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person", "role"], name="intervention_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.session}"


class Release(models.Model):
    """The public side of an edition, frozen. Immutable: going back is a new release."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    payload = models.JSONField()
    difference = models.JSONField(default=list, blank=True)
    note = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="releases"
    )
    published_by_label = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["edition", "-number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="release_number_once")]

    def __str__(self) -> str:
        return f"{self.edition} v{self.number}"
