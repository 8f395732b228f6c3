"""Labels and prizes, who received them at which ceremony, and who was honoured there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.domain.awards import AWARD_KIND_NAMES
from parvis.models.choices import choices_of
from parvis.models.editions import Edition
from parvis.models.network import GroupPresidency, Organisation
from parvis.models.programme import Session


class Award(models.Model):
    """A label or a prize that the federation gives."""

    if TYPE_CHECKING:  # columns that modeltranslation adds
        name_fr: str
        name_en: str
        name_es: str
        name_ar: str

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=choices_of(AWARD_KIND_NAMES))
    name = models.CharField(_("name"), max_length=250)  # fr, en, es, ar

    def __str__(self) -> str:
        return self.name


class AwardRound(models.Model):
    """One giving of an award, at an edition, in a ceremony. It may have no laureate recorded yet."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="rounds")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="award_rounds")
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="award_rounds")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["award", "edition"], name="award_round_once")]

    def __str__(self) -> str:
        return f"{self.award} ({self.edition})"


class Laureate(models.Model):
    """An organisation that received the award."""

    round = models.ForeignKey(AwardRound, on_delete=models.CASCADE, related_name="laureates")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="laurels")
    citation = models.TextField(_("citation"), blank=True)  # fr, en, es, ar
    fictional = models.BooleanField(_("fictional"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["round", "organisation"], name="laureate_once")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.round}"


class Honour(models.Model):
    """A group's president honoured at a ceremony."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="honours")
    presidency = models.ForeignKey(GroupPresidency, on_delete=models.PROTECT, related_name="honours")
    citation = models.TextField(_("citation"), blank=True)  # fr, en, es, ar
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["session", "presidency"], name="honour_once")]

    def __str__(self) -> str:
        return f"{self.presidency}"
