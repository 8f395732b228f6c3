"""What was asked of the solver, how far it is, and the draft that it made."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from parvis.models.editions import Edition


class TimetableSolve(models.Model):
    """One solve of an edition's timetable. Its draft stands beside the timetable until it is accepted or dropped.

    `task` and `state` are those of `domain.timetable.solves`. `base` is what the solver was given: the number of the
    last move, and where each session stood, by its key. `curve` is [seconds, hard rules broken, cost] as it went down;
    `result` what came of it, or why nothing did. Deleted by the clock (`KEPT_DAYS`).
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="timetable_solves")
    task = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default="waiting")
    options = models.JSONField(default=dict, blank=True)
    base = models.JSONField(default=dict, blank=True)
    progress = models.FloatField(default=0)
    curve = models.JSONField(default=list, blank=True)
    result = models.JSONField(default=dict, blank=True)
    stop_asked = models.BooleanField(default=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="timetable_solves"
    )
    asked_by_label = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["edition", "-id"]

    def __str__(self) -> str:
        return f"{self.edition} {self.pk}: {self.task}"
