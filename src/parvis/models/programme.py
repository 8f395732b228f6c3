"""Sessions, who speaks in them and as what, where and when they are placed, and frozen releases."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.programme.sessions import (
    DOCUMENT_KIND_NAMES,
    INTERVENTION_ANSWER_NAMES,
    INTERVENTION_ROLE_NAMES,
    SESSION_FORMAT_NAMES,
    SESSION_MODE_NAMES,
    SESSION_STATUS_NAMES,
)
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
    exclusive = models.BooleanField(_("its workshops are not held in parallel"), default=False)

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
        practical_note_fr: str
        practical_note_en: str
        practical_note_es: str
        practical_note_ar: str

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sessions")
    code = models.CharField(_("code"), max_length=40)
    slug = models.SlugField(max_length=120)
    format = models.CharField(_("format"), max_length=20, choices=choices_of(SESSION_FORMAT_NAMES))
    title = models.CharField(_("title"), max_length=300)  # fr, en, es, ar
    abstract = models.TextField(_("abstract"), blank=True)  # fr, en, es, ar
    practical_note = models.TextField(_("practical note"), blank=True)  # fr, en, es, ar
    summary = models.TextField(_("what was said, in one sentence"), blank=True)  # fr, en, es, ar
    checked = models.JSONField(_("languages whose texts were checked"), default=list, blank=True)
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions")
    themes = models.ManyToManyField(Theme, through="SessionTheme", related_name="sessions", blank=True)
    host = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="hosted_sessions"
    )
    duration_min = models.PositiveSmallIntegerField(_("length in minutes"))
    debate_min = models.PositiveSmallIntegerField(_("of which for debate, in minutes"), default=0)
    mode = models.CharField(_("mode"), max_length=8, choices=choices_of(SESSION_MODE_NAMES), default="on_site")
    online_url = models.URLField(_("address online"), max_length=500, blank=True)
    needs = models.CharField(_("equipment needed"), max_length=300, blank=True)
    capacity = models.PositiveIntegerField(_("seats, when fewer than the room's"), null=True, blank=True)
    members_only = models.BooleanField(_("for members only"), default=False)
    spoken = models.JSONField(_("languages spoken"), default=list, blank=True)
    interpreted = models.JSONField(_("interpreted into"), default=list, blank=True)
    teams = models.ManyToManyField("parvis.InterpretationTeam", related_name="sessions", blank=True)
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


class SessionTheme(models.Model):
    """A theme of a session, in the order in which they are named."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="session_themes")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="session_themes")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["session", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["session", "theme"], name="session_theme_once")]

    def __str__(self) -> str:
        return f"{self.session}: {self.theme}"


class Placement(models.Model):
    """Where and when a session takes place. Times are stored in UTC and shown in the venue's zone."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="placement")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="placements")
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    pinned = models.BooleanField(_("stays where it is"), default=False)

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
    length_min = models.PositiveSmallIntegerField(_("speaking time in minutes"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=8, choices=choices_of(INTERVENTION_ANSWER_NAMES), default="none")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        ordering = ["session", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person", "role"], name="intervention_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.session}"


class SessionDocument(models.Model):
    """What is put beside a session: a document before it, or its proceedings after it. An address or a file."""

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(_("kind"), max_length=10, choices=choices_of(DOCUMENT_KIND_NAMES))
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=5, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    file = models.FileField(_("file"), upload_to="documents/", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["session", "position", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(url="") | ~Q(file=""), name="document_is_somewhere"),
        ]

    def __str__(self) -> str:
        return self.title


class Release(models.Model):
    """The public side of an edition, frozen. Immutable: going back is a new release."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    payload = models.JSONField()
    difference = models.JSONField(default=list, blank=True)
    note = models.CharField(max_length=300, blank=True)
    returns_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="taken_up_by")
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="releases"
    )
    published_by_label = models.CharField(max_length=200, blank=True)
    # Telling the people concerned: since which release, when it was asked for, when the last mail was written.
    told_since = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="told_by")
    telling_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["edition", "-number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="release_number_once")]

    def __str__(self) -> str:
        return f"{self.edition} v{self.number}"
