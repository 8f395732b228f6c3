"""What somebody chose of a programme, without an account: a secret address, and no word about who it is."""

from __future__ import annotations

from django.db import models

from parvis.models.editions import Edition


class OwnProgramme(models.Model):
    """The sessions that one visitor starred; `token` is the address of their calendar and a secret."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="own_programmes")
    token = models.CharField(max_length=64, unique=True)
    sessions = models.JSONField(default=list)  # guids
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.edition}: {len(self.sessions)}"
