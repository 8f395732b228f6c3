"""Writes the log of who did what; call it inside the transaction of the thing itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model

from parvis.domain.access import Actor
from parvis.models import LogEntry


def entry(
    *, actor: Actor, action: str, subject: Model | None, now: datetime, details: Mapping[str, Any] | None = None
) -> LogEntry:
    """Return an unsaved entry; `action` is a verb in the past with its subject word, like `registration.confirmed`."""
    return LogEntry(
        at=now,
        account_id=actor.account_id,
        actor_label=actor.label[:200],
        channel=actor.channel,
        action=action,
        subject_kind="" if subject is None else subject._meta.model_name or "",
        subject_id=None if subject is None else subject.pk,
        subject_label="" if subject is None else str(subject)[:300],
        details=dict(details or {}),
    )


def record(
    *, actor: Actor, action: str, subject: Model | None, now: datetime, details: Mapping[str, Any] | None = None
) -> LogEntry:
    """Write one entry. Must run inside the transaction of the change that it tells of."""
    line = entry(actor=actor, action=action, subject=subject, now=now, details=details)
    line.save(force_insert=True)
    return line


def record_many(entries: Iterable[LogEntry]) -> None:
    """Write many entries at once, for imports. Must run inside the transaction of the changes."""
    LogEntry.objects.bulk_create(entries, batch_size=500)
