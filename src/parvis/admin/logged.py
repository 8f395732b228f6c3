"""An admin page whose every write stands in the log, under the superuser's name."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models, transaction
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from parvis.domain.access import Actor
from parvis.domain.programme.texts import checks_left
from parvis.models import Session
from parvis.services import log


def actor_in_admin(request: HttpRequest) -> Actor:
    """Return the superuser as the actor of the log."""
    return Actor(label=str(request.user)[:200], account_id=request.user.pk, channel="admin", unlimited=True)


class LoggedAdmin(admin.ModelAdmin):
    """Writes what is created, changed and deleted into Parvis's own log, in the same transaction."""

    list_per_page = 50
    show_full_result_count = False  # one query less on large tables
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Save a row and log which fields were written. Texts of a session that changed are no longer checked."""
        with transaction.atomic():
            if isinstance(obj, Session):
                obj.checked = checks_left(obj.checked, form.changed_data)
            super().save_model(request, obj, form, change)
            self._record(request, obj, "changed" if change else "created", {"fields": list(form.changed_data)})

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Log a deletion and delete."""
        with transaction.atomic():
            self._record(request, obj, "deleted", {})
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Log each deletion of an action on many rows, and delete them."""
        with transaction.atomic():
            for row in queryset:
                self._record(request, row, "deleted", {})
            super().delete_queryset(request, queryset)

    def _record(self, request: HttpRequest, row: Model, verb: str, details: dict[str, Any]) -> None:
        log.record(
            actor=actor_in_admin(request),
            action=f"{row._meta.model_name}.{verb}",
            subject=row,
            now=timezone.now(),
            details=details,
        )


class ShownAdmin(admin.ModelAdmin):
    """Shows rows that nobody changes: what happened, happened."""

    list_per_page = 50
    show_full_result_count = False
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nothing is added by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted."""
        return False
