"""Frozen figures: what was counted, when, by whom, and from which rows."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from parvis.models.editions import Edition


class Snapshot(models.Model):
    """All figures of an edition at one moment. Immutable."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="snapshots")
    number = models.PositiveIntegerField()
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="snapshots"
    )
    taken_by_label = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["edition", "-number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="snapshot_number_once")]

    def __str__(self) -> str:
        return f"{self.edition} #{self.number}"


class SnapshotFigure(models.Model):
    """One figure of a snapshot, with the ids of the rows that it counted."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="figures")
    code = models.SlugField(max_length=60)
    definition_version = models.PositiveSmallIntegerField(default=1)
    value = models.IntegerField()
    parts = models.JSONField(default=dict, blank=True)  # for shares: numerator, denominator, undeclared
    row_ids = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["snapshot", "code"], name="snapshot_figure_once")]

    def __str__(self) -> str:
        return f"{self.code} = {self.value}"
