"""Organisations, memberships, the federation itself, and groups with those who preside them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.network.kinds import GROUP_KIND_NAMES, ORGANISATION_KIND_NAMES
from parvis.models.choices import choices_of


class Organisation(models.Model):
    """An authority, embassy, ministry, partner…: whoever registers, speaks or pays, it is for one of these."""

    if TYPE_CHECKING:  # columns that modeltranslation adds
        name_fr: str
        name_en: str
        name_es: str
        name_ar: str

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=choices_of(ORGANISATION_KIND_NAMES))
    name = models.CharField(_("name"), max_length=250)  # fr, en, es, ar
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    # Country: ISO 3166-1 alpha-2; names come from CLDR.
    country = models.CharField(_("country"), max_length=2, default="FR", db_index=True)
    insee_code = models.CharField(_("INSEE code"), max_length=10, blank=True)
    siren = models.CharField(_("SIREN"), max_length=9, blank=True)
    departement = models.CharField(_("département"), max_length=3, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="units")
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="predecessors")
    website = models.URLField(_("website"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    # Names folded (no case, no accent) in every language, for search and recognition.
    folded = models.CharField(max_length=1000, blank=True, db_index=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["folded", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "insee_code"], condition=~Q(insee_code=""), name="organisation_insee_once"
            ),
            models.UniqueConstraint(fields=["kind", "siren"], condition=~Q(siren=""), name="organisation_siren_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """An organisation's membership of the federation for one year."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    year = models.PositiveSmallIntegerField(_("year"))
    dues_paid_on = models.DateField(_("dues paid on"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "year"], name="membership_year_once")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.year}"


class Federation(models.Model):
    """The federation that holds the meetings, as its own releases describe it."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="federation")
    about = models.TextField(_("about"), blank=True)  # fr, en, es, ar
    founded_year = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    website = models.URLField(_("website"), blank=True)
    meetings_website = models.URLField(_("website of the meetings"), blank=True)
    social_handle = models.CharField(_("social account"), max_length=60, blank=True)
    press_email = models.EmailField(_("press contact"), blank=True)
    city = models.CharField(_("seat"), max_length=100, default="Paris")

    def __str__(self) -> str:
        return str(self.organisation)


class Group(models.Model):
    """A country, regional or thematic group of the federation."""

    if TYPE_CHECKING:  # columns that modeltranslation adds
        name_fr: str
        name_en: str
        name_es: str
        name_ar: str

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=choices_of(GROUP_KIND_NAMES))
    name = models.CharField(_("name"), max_length=200)  # fr, en, es, ar
    countries = models.JSONField(_("countries"), default=list, blank=True)

    class Meta:
        ordering = ["kind", "code"]

    def __str__(self) -> str:
        return self.name


class GroupPresidency(models.Model):
    """Who presides a group, under which mandate, from when to when (office-holders are dated, R4)."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="presidencies")
    mandate = models.ForeignKey("parvis.Mandate", on_delete=models.PROTECT, related_name="presidencies")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["group", "starts_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["group", "mandate", "starts_on"], name="presidency_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="presidency_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.mandate}"
