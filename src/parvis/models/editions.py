"""Series, editions, venues and rooms."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.domain.editions import EDITION_STATUS_NAMES
from parvis.models.choices import choices_of
from parvis.models.network import Federation


class Series(models.Model):
    """A meeting that comes back: its editions are numbered."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)  # fr, en, es, ar
    short_name = models.CharField(_("short name"), max_length=80, blank=True)  # fr, en, es, ar
    federation = models.ForeignKey(Federation, on_delete=models.PROTECT, related_name="series")

    class Meta:
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.name


class Venue(models.Model):
    """A place with rooms."""

    if TYPE_CHECKING:  # columns that modeltranslation adds
        name_fr: str
        name_en: str
        name_es: str
        name_ar: str

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200)  # fr, en, es, ar
    address = models.CharField(_("address"), max_length=300, blank=True)
    city = models.CharField(_("city"), max_length=100)
    country = models.CharField(_("country"), max_length=2, default="FR")
    timezone = models.CharField(_("time zone"), max_length=40, default="Europe/Paris")
    access = models.TextField(_("how to get there"), blank=True)  # fr, en, es, ar
    walking_min = models.PositiveSmallIntegerField(_("minutes on foot between its buildings"), default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "city"], name="venue_once")]

    def __str__(self) -> str:
        return f"{self.name}, {self.city}"


class Room(models.Model):
    """A room of a venue."""

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="rooms")
    slug = models.SlugField(max_length=80)
    name = models.CharField(_("name"), max_length=120)
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    equipment = models.CharField(_("equipment"), max_length=300, blank=True)
    building = models.CharField(_("building or floor"), max_length=80, blank=True)
    booths = models.PositiveSmallIntegerField(_("interpreters’ booths"), default=0)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["venue", "name"], name="room_name_once"),
            models.UniqueConstraint(fields=["venue", "slug"], name="room_slug_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """One edition. Its number is an ordinal in its series; a cancelled edition keeps it.

    Dates may be unknown yet: then `announced_month` (its first day) says for when it is announced.
    """

    if TYPE_CHECKING:  # columns that modeltranslation adds
        name_fr: str
        name_en: str
        name_es: str
        name_ar: str
        theme_fr: str
        theme_en: str
        theme_es: str
        theme_ar: str

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField(_("number"))
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=250)  # fr, en, es, ar; may change every year
    theme = models.CharField(_("theme"), max_length=300, blank=True)  # fr, en, es, ar: the fil rouge
    context = models.TextField(_("what the plenary echoes"), blank=True)  # fr, en, es, ar: e.g. the UN General Assembly
    status = models.CharField(_("status"), max_length=12, choices=choices_of(EDITION_STATUS_NAMES), default="draft")
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    announced_month = models.DateField(_("month announced"), null=True, blank=True)
    venue = models.ForeignKey(Venue, null=True, blank=True, on_delete=models.PROTECT, related_name="editions")
    registration_opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    status_reason = models.CharField(_("reason, in public words"), max_length=500, blank=True)  # fr, en, es, ar
    hashtag = models.CharField(_("hashtag"), max_length=60, blank=True)
    practical_info = models.TextField(_("practical information"), blank=True)  # fr, en, es, ar
    thanks = models.TextField(_("thanks"), blank=True)  # fr, en, es, ar
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="edition_number_once"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="edition_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"
