"""Invitations to speak: one link per person and edition, for all that they are asked to say there."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.models.editions import Edition
from parvis.models.people import Person


class Invitation(models.Model):
    """Somebody is asked to take the floor at an edition. `token` opens the personal page and is a secret.

    What they answer stands with each intervention.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    token = models.CharField(max_length=64, unique=True, editable=False)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=5, default="fr")
    message = models.TextField(_("personal words"), blank=True)
    answer_by = models.DateField(_("answer by"), null=True, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["edition", "person"]
        constraints = [models.UniqueConstraint(fields=["edition", "person"], name="invitation_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.edition}"
