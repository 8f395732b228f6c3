"""Persons, the mandates they hold, and what they consented to."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.people.persons import CONSENT_PURPOSE_NAMES, GENDER_NAMES, MANDATE_FUNCTION_NAMES
from parvis.models.choices import choices_of
from parvis.models.network import Organisation


class Person(models.Model):
    """A person. `fictional` marks those whom the demo invents."""

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    first_name = models.CharField(_("first name"), max_length=120)
    last_name = models.CharField(_("last name"), max_length=120)
    gender = models.CharField(_("gender"), max_length=1, blank=True, choices=choices_of(GENDER_NAMES))
    email = models.EmailField(_("e-mail"), blank=True, db_index=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    languages = models.JSONField(_("languages spoken"), default=list, blank=True)
    biography = models.TextField(_("biography"), blank=True)  # fr, en, es, ar
    photograph = models.FileField(_("photograph"), upload_to="photographs/", max_length=200, blank=True)
    fictional = models.BooleanField(_("fictional"), default=False)
    folded = models.CharField(max_length=300, blank=True, db_index=True, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["folded", "id"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class Mandate(models.Model):
    """What a person is, at an organisation, for a time. One person is mayor here and president there.

    `title` is as the person bears it (« Présidente », « Adjoint à la Maire »), without the organisation;
    `label` overrides the whole line where the rule of `domain.people.mandates` would not write it well.
    """

    if TYPE_CHECKING:  # columns that modeltranslation adds
        title_fr: str
        title_en: str
        title_es: str
        title_ar: str
        label_fr: str
        label_en: str
        label_es: str
        label_ar: str

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mandates")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mandates")
    function = models.CharField(
        _("function"), max_length=20, choices=choices_of(MANDATE_FUNCTION_NAMES), default="other"
    )
    title = models.CharField(_("title"), max_length=300, blank=True)  # fr, en, es, ar
    label = models.CharField(_("whole line, when it must differ"), max_length=500, blank=True)  # fr, en, es, ar
    protocol_rank = models.PositiveSmallIntegerField(_("protocol rank"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("order in the list of one's mandates"), default=0)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["person", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="mandate_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.label or f"{self.title}, {self.organisation}"


class Consent(models.Model):
    """What a person agreed to, when, and until when."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=choices_of(CONSENT_PURPOSE_NAMES))
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"], condition=Q(withdrawn_at__isnull=True), name="consent_in_force_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.purpose}"
