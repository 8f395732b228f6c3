"""Who supports an edition, and the mention that each requires."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.domain.partners import PARTNER_KIND_NAMES
from parvis.models.choices import choices_of
from parvis.models.editions import Edition
from parvis.models.network import Organisation


class Partner(models.Model):
    """An organisation that supports an edition; a project names who co-funds it."""

    if TYPE_CHECKING:  # columns that modeltranslation adds
        mention_fr: str
        mention_en: str
        mention_es: str
        mention_ar: str

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="partnerships")
    kind = models.CharField(_("kind"), max_length=10, choices=choices_of(PARTNER_KIND_NAMES))
    mention = models.CharField(_("mention that it requires"), max_length=500, blank=True)  # fr, en, es, ar
    co_funder = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="co_funded_partners"
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    url = models.URLField(_("address"), blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["edition", "organisation"], name="partner_once")]

    def __str__(self) -> str:
        return str(self.organisation)
