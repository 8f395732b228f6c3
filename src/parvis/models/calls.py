"""Calls for micro-workshops: what is asked, what is proposed, how it is judged, which slots are free."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.calls.states import DECISION_NAMES, PROPOSAL_STATUS_NAMES
from parvis.domain.programme.sessions import SESSION_FORMAT_NAMES
from parvis.models.choices import choices_of
from parvis.models.editions import Edition, Room
from parvis.models.network import Organisation
from parvis.models.programme import Session


class Call(models.Model):
    """A call for proposals, open between two dates.

    `questions` are [{"key", "label_fr", "label_en", "help_fr", "help_en", "required", "longest"}];
    `criteria` are [{"key", "name_fr", "name_en", "weight"}], each scored from 0 to 5.
    """

    if TYPE_CHECKING:  # columns that modeltranslation adds
        name_fr: str
        name_en: str
        text_fr: str
        text_en: str

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="calls")
    slug = models.SlugField(max_length=60)
    name = models.CharField(_("name"), max_length=200)  # fr, en, es, ar
    text = models.TextField(_("what is asked"), blank=True)  # fr, en, es, ar
    format = models.CharField(
        _("format"), max_length=20, choices=choices_of(SESSION_FORMAT_NAMES), default="micro_workshop"
    )
    duration_min = models.PositiveSmallIntegerField(_("length in minutes"), default=20)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    questions = models.JSONField(_("questions"), default=list, blank=True)
    criteria = models.JSONField(_("criteria"), default=list, blank=True)
    announced_at = models.DateTimeField(_("decisions announced"), null=True, blank=True)
    choose_by = models.DateTimeField(_("slots are chosen until"), null=True, blank=True)

    class Meta:
        ordering = ["edition", "opens_at"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug"], name="call_slug_once"),
            models.CheckConstraint(condition=Q(closes_at__gt=models.F("opens_at")), name="call_dates_in_order"),
        ]

    def __str__(self) -> str:
        return self.name


class CallSlot(models.Model):
    """A place and time that the chosen ones of a call may take."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="slots")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="call_slots")
    starts_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "room__position", "id"]
        constraints = [models.UniqueConstraint(fields=["call", "room", "starts_at"], name="call_slot_once")]

    def __str__(self) -> str:
        return f"{self.starts_at:%d/%m %H:%M} {self.room}"


class Proposal(models.Model):
    """What an authority proposes. Several people may edit it, each by a link of their own; drafts are kept."""

    if TYPE_CHECKING:  # columns that modeltranslation adds
        title_fr: str
        title_en: str
        abstract_fr: str
        abstract_en: str

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="proposals")
    reference = models.CharField(max_length=20)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals"
    )
    # The organisation as it was typed, while a draft does not say yet which one is meant.
    organisation_typed = models.CharField(max_length=250, blank=True)
    organisation_country = models.CharField(max_length=2, default="FR")
    title = models.CharField(_("title"), max_length=300, blank=True)  # fr, en, es, ar
    abstract = models.TextField(_("abstract"), blank=True)  # fr, en, es, ar
    spoken = models.JSONField(_("languages spoken"), default=list, blank=True)
    sdgs = models.JSONField(_("sustainable development goals"), default=list, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    speakers = models.JSONField(default=list, blank=True)  # [{"first_name", "last_name", "email", "title"}]
    status = models.CharField(max_length=10, choices=choices_of(PROPOSAL_STATUS_NAMES), default="draft")
    decision = models.CharField(max_length=10, choices=choices_of(DECISION_NAMES), default="none")
    decision_note = models.TextField(_("words to the authors"), blank=True)
    slot = models.OneToOneField(CallSlot, null=True, blank=True, on_delete=models.PROTECT, related_name="proposal")
    session = models.OneToOneField(Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposal")
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["call", "reference"]
        constraints = [models.UniqueConstraint(fields=["call", "reference"], name="proposal_reference_once")]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}".strip()


class ProposalEditor(models.Model):
    """Somebody who may edit a proposal, by a link of their own. `token` is a secret."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="editors")
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=5, default="fr")
    token = models.CharField(max_length=64, unique=True, editable=False)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "email"], condition=Q(removed_at__isnull=True), name="proposal_editor_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.proposal}"


class Review(models.Model):
    """What one reviewer thinks of one proposal; a conflict of interest is declared instead of a score."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews")
    scores = models.JSONField(default=dict, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    conflict = models.BooleanField(_("conflict of interest"), default=False)
    conflict_reason = models.CharField(_("what the conflict is"), max_length=300, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "reviewer"], name="review_once")]

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.proposal}"
