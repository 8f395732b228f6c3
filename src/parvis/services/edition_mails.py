"""Tells everybody registered that an edition does not take place as announced: each once, in batches."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.editions import CALLED_OFF
from parvis.domain.registrations import COUNTED_STATUSES
from parvis.models import Edition, LogEntry, Mail, Registration
from parvis.services.changes import locked
from parvis.services.mails import queue_mails
from parvis.services.registration_mails import draft_call_off

TASK = "parvis.tasks.edition_mails.tell_called_off"
BATCH = 200


def tell_called_off(*, actor: Actor, entry_id: int, now: datetime | None = None) -> int:
    """Write the mails of one cancellation or postponement, which `entry_id` of the log names; return how many are new.

    It can run twice, and goes on where a killed worker stopped; nobody is written to once the edition takes place
    after all. Locks the edition for each batch. Raises `NotAllowed`.
    """
    actor.require(Permission.EDIT_EDITIONS)
    entry = LogEntry.objects.filter(pk=entry_id, action="edition.status_changed").first()
    if entry is None or entry.subject_id is None:
        return 0
    wanted = entry.details["changes"]["status"][1]
    prefix = f"edition.called_off:{entry_id}:"
    written = 0
    while True:
        with transaction.atomic():
            edition = locked(Edition, entry.subject_id)
            if edition.status != wanted or edition.status not in CALLED_OFF:
                return written
            count = _write_batch(edition.pk, prefix, now or timezone.now())
        if not count:
            return written
        written += count


def _write_batch(edition_id: int, prefix: str, now: datetime) -> int:
    rows = (
        Registration.objects.filter(edition_id=edition_id, status__in=sorted(COUNTED_STATUSES), pk__gt=_last(prefix))
        .exclude(person__email="")
        .select_related("person", "organisation", "edition__venue", "edition__series__federation__organisation")
        .order_by("pk")[:BATCH]
    )
    return queue_mails([draft_call_off(row, key=f"{prefix}{row.pk}", now=now) for row in rows], now=now)


def _last(prefix: str) -> int:
    """Return the registration that was written to last: they are taken in the order of their keys."""
    key = Mail.objects.filter(key__startswith=prefix).order_by("-pk").values_list("key", flat=True).first()
    return 0 if key is None else int(key.rpartition(":")[2])
