"""What happened: shown, never changed."""

from __future__ import annotations

from django.contrib import admin

from parvis import models as m
from parvis.admin.logged import ShownAdmin


@admin.register(m.LogEntry)
class LogEntryAdmin(ShownAdmin):
    """Who did what."""

    list_display = ("at", "actor_label", "action", "subject_label", "channel")
    search_fields = ("actor_label", "action", "subject_label")
    date_hierarchy = "at"


@admin.register(m.Scan)
class ScanAdmin(ShownAdmin):
    """What was read at the doors."""

    list_display = ("scanned_at", "checkpoint", "registration", "verdict", "device")
    list_filter = ("verdict", "checkpoint__edition")
    list_select_related = ("checkpoint", "registration__person")


@admin.register(m.Release)
class ReleaseAdmin(ShownAdmin):
    """What was published."""

    list_display = ("edition", "number", "published_at", "published_by_label", "note")
    list_select_related = ("edition",)
    exclude = ("payload",)  # megabytes


@admin.register(m.Snapshot)
class SnapshotAdmin(ShownAdmin):
    """What was counted."""

    list_display = ("edition", "number", "taken_at")
    list_select_related = ("edition",)


@admin.register(m.Mail)
class MailAdmin(ShownAdmin):
    """What was sent to whom; the texts hold personal links, and are not shown."""

    list_display = ("created_at", "recipient", "subject", "status", "attempts")
    list_filter = ("status",)
    search_fields = ("recipient", "subject")
    exclude = ("body_text", "body_html")


@admin.register(m.TimetableMove)
class TimetableMoveAdmin(ShownAdmin):
    """Who moved what."""

    list_display = ("at", "edition", "number", "session", "actor_label")
    list_select_related = ("edition", "session")


@admin.register(m.TimetableSolve)
class TimetableSolveAdmin(ShownAdmin):
    """What was asked of the solver."""

    list_display = ("asked_at", "edition", "task", "state", "asked_by_label")
    list_select_related = ("edition",)
    exclude = ("options", "base", "curve", "result")
