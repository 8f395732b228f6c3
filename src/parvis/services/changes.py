"""How every service of the desk writes a row: locked, compared with what was seen, saved, logged before and after."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext

from parvis.domain.access import Actor
from parvis.domain.changes import StillReferredTo, TextTooLong
from parvis.domain.log_actions import SUBJECT_NAMES
from parvis.domain.refusals import N_, ChangedMeanwhile, NotFound
from parvis.domain.text import tidy
from parvis.models import LogEntry
from parvis.queries.references import references_to
from parvis.queries.versions import version_of
from parvis.services import log

Row = TypeVar("Row", bound=Model)


def locked(model: type[Row], pk: int, **more: object) -> Row:
    """Return a row of `model`, locked until the transaction ends. Raises `NotFound`."""
    row = model._default_manager.select_for_update(of=("self",)).filter(pk=pk, **more).first()
    if row is None:
        raise NotFound
    return row


def check_known(values: Mapping[str, Any], known: Collection[str]) -> None:
    """Raise `TypeError` where a caller gives a field that the service does not write."""
    unknown = set(values) - set(known)
    if unknown:
        raise TypeError(f"unknown fields: {sorted(unknown)}")


def check_seen(row: Model, seen: str) -> None:
    """Raise `ChangedMeanwhile` when the row is no longer as `version_of` printed it; an empty `seen` asks nothing."""
    if seen and version_of(row) != seen:
        raise ChangedMeanwhile(who=last_hand(row))


def last_hand(row: Model) -> str:
    """Return who changed a row last, as the log knows it. One query."""
    who = (
        LogEntry.objects.filter(subject_kind=row._meta.model_name, subject_id=row.pk)
        .order_by("-at", "-id")
        .values_list("actor_label", flat=True)
        .first()
    )
    return who or N_("Somebody else")


def set_values(row: Model, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set columns of an unsaved or locked row and return what differs, field by field, as [before, after].

    Texts are stored tidied. Raises `TextTooLong` for what does not fit: SQLite would take it, PostgreSQL would not.
    """
    changes: dict[str, list[Any]] = {}
    for name, value in values.items():
        column = row._meta.get_field(name)
        if isinstance(value, str):
            value = tidy(value)
            most = getattr(column, "max_length", None)
            if most is not None and len(value) > most:
                raise TextTooLong(field=name, most=most, given=len(value))
        before = getattr(row, name)
        if (before or "") == (value or "") if isinstance(value, str) else before == value:
            continue
        setattr(row, name, value)
        changes[name] = [_plain(before), _plain(value)]
    return changes


def save_changes(
    *, actor: Actor, row: Row, values: Mapping[str, Any], seen: str = "", now: datetime, subject: str = ""
) -> Row:
    """Write `values` into a new or locked row and log it, before and after; nothing is written when nothing differs.

    Runs inside the caller's transaction. Raises `ChangedMeanwhile`, `TextTooLong`.
    """
    new = row.pk is None
    if not new:
        check_seen(row, seen)
    changes = set_values(row, values)
    if not new and not changes:
        return row
    row.save()
    subject = subject or row._meta.model_name or ""
    log.record(
        actor=actor,
        action=f"{subject}.{'created' if new else 'changed'}",
        subject=row,
        now=now,
        details={} if new else {"changes": changes},
    )
    return row


def delete_row(*, actor: Actor, row: Model, now: datetime, verb: str = "deleted") -> None:
    """Delete a locked row to which nothing refers that must stay, and log what went with it.

    Runs inside the caller's transaction. Raises `StillReferredTo`.
    """
    found = references_to(row)
    if found.blocking:
        said = ", ".join(f"{count} × {gettext(SUBJECT_NAMES.get(kind, kind))}" for kind, count in found.blocking)
        raise StillReferredTo(what=str(row), references=said)
    log.record(
        actor=actor,
        action=f"{row._meta.model_name}.{verb}",
        subject=row,
        now=now,
        details=dict(found.taken_along),
    )
    row.delete()


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return str(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value
