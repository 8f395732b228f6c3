"""Categories, delegations, registrations and enrolments in sessions."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.registrations import (
    CATEGORY_KIND_NAMES,
    REGISTRATION_SOURCE_NAMES,
    REGISTRATION_STATUS_NAMES,
)
from parvis.models.choices import choices_of
from parvis.models.editions import Edition
from parvis.models.network import Organisation
from parvis.models.people import Mandate, Person
from parvis.models.programme import Session


class Category(models.Model):
    """What one can register as, at one edition."""

    if TYPE_CHECKING:  # columns that modeltranslation adds
        name_fr: str
        name_en: str
        name_es: str
        name_ar: str

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="categories")
    kind = models.CharField(_("kind"), max_length=20, choices=choices_of(CATEGORY_KIND_NAMES))
    name = models.CharField(_("name"), max_length=120)  # fr, en, es, ar
    public = models.BooleanField(_("offered on the public form"), default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name_plural = "categories"
        constraints = [models.UniqueConstraint(fields=["edition", "kind"], name="category_kind_once")]

    def __str__(self) -> str:
        return self.name


class Delegation(models.Model):
    """Those whom one organisation sends to one edition, and whom to write to about them."""

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="delegations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="delegations")
    contact_name = models.CharField(_("contact"), max_length=200, blank=True)
    contact_email = models.EmailField(_("contact's e-mail"), blank=True, db_index=True)
    head = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="headed_delegations"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "organisation"], name="delegation_once")]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.edition})"


class Registration(models.Model):
    """One person comes to one edition for one organisation, under one mandate.

    `reference` is short, for people to say aloud; `manage_token` opens the personal page and is a secret.
    """

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="registrations")
    reference = models.CharField(_("reference"), max_length=20)
    external_reference = models.CharField(_("reference elsewhere"), max_length=60, blank=True)
    form_key = models.UUIDField(
        null=True, blank=True, unique=True, editable=False
    )  # one form sent twice is one registration
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="registrations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="registrations")
    mandate = models.ForeignKey(Mandate, null=True, blank=True, on_delete=models.PROTECT, related_name="registrations")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="registrations")
    delegation = models.ForeignKey(
        Delegation, null=True, blank=True, on_delete=models.SET_NULL, related_name="registrations"
    )
    status = models.CharField(
        _("status"), max_length=10, choices=choices_of(REGISTRATION_STATUS_NAMES), default="pending"
    )
    source = models.CharField(_("came by"), max_length=10, choices=choices_of(REGISTRATION_SOURCE_NAMES))
    language = models.CharField(_("language"), max_length=5, default="fr")
    access_needs = models.CharField(_("access needs"), max_length=500, blank=True)
    diet = models.CharField(_("diet"), max_length=200, blank=True)
    manage_token = models.CharField(max_length=64, unique=True, editable=False)
    registered_at = models.DateTimeField(_("registered at"))
    confirmed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancellation_reason = models.CharField(max_length=300, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-registered_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "reference"], name="registration_reference_once"),
            models.UniqueConstraint(
                fields=["edition", "external_reference"],
                condition=~Q(external_reference=""),
                name="registration_external_reference_once",
            ),
            models.UniqueConstraint(
                fields=["edition", "person"], condition=~Q(status="cancelled"), name="registration_person_once"
            ),
        ]
        indexes = [
            models.Index(fields=["edition", "status", "organisation"], name="registration_counts"),
            models.Index(fields=["edition", "-registered_at"], name="registration_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.person}"


class Enrolment(models.Model):
    """A registration takes a seat in a session."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="enrolments")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="enrolments")
    enrolled_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["registration", "session"], name="enrolment_once")]

    def __str__(self) -> str:
        return f"{self.registration}: {self.session}"
