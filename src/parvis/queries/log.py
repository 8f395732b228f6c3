"""Reads of the log: who did what to what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet

from parvis.domain.access import Actor, Permission
from parvis.models import LogEntry
from parvis.queries.paging import RowsPage, page_of


@dataclass(frozen=True, slots=True)
class LogFilters:
    """What narrows the log. `q` finds in what it was done to, `who` in who did it."""

    q: str = ""
    who: str = ""
    subject: str = ""
    action: str = ""


def list_log(actor: Actor, *, filters: LogFilters, page: int = 1) -> RowsPage[LogEntry]:
    """Return one page of the log, the latest first. Three queries. Raises `NotAllowed`."""
    actor.require(Permission.READ_LOG)
    rows: QuerySet[LogEntry] = LogEntry.objects.all()
    if filters.subject:
        rows = rows.filter(subject_kind=filters.subject)
    if filters.action:
        rows = rows.filter(action__endswith=f".{filters.action}")
    if filters.q:
        rows = rows.filter(subject_label__icontains=filters.q)
    if filters.who:
        rows = rows.filter(actor_label__icontains=filters.who)
    return page_of(rows.order_by("-at", "-id"), number=page)


def list_history(actor: Actor, *, subjects: dict[str, list[int]], most: int = 40) -> list[LogEntry]:
    """Return the latest entries about some things (kind → keys), for those who read the desk. A query for each kind."""
    actor.require(Permission.READ_DESK)
    found: list[LogEntry] = []
    for kind, keys in subjects.items():
        rows: QuerySet[Any] = LogEntry.objects.filter(subject_kind=kind, subject_id__in=keys)
        found += rows.order_by("-at", "-id")[:most]
    return sorted(found, key=lambda entry: (entry.at, entry.pk), reverse=True)[:most]


def column_words(kind: str, column: str) -> tuple[str, dict[str, str]]:
    """Return a column of a kind of thing in the active language: its name (empty for what is none), and its choices."""
    try:
        field = apps.get_model("parvis", kind)._meta.get_field(column)
    except (LookupError, FieldDoesNotExist):
        return "", {}
    choices = {str(value): str(name) for value, name in getattr(field, "flatchoices", ())}
    return str(getattr(field, "verbose_name", "")), choices
