"""The one Django app: its packages are the layers."""

from __future__ import annotations

from django.apps import AppConfig


class ParvisConfig(AppConfig):
    """Registers the models; nothing else happens at start-up."""

    name = "parvis"
    verbose_name = "Parvis"
    default_auto_field = "django.db.models.BigAutoField"
