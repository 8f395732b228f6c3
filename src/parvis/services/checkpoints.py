"""Makes the doors of an edition: its entrance on each day, and the room of each session."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.onsite import CheckpointKind
from parvis.domain.programme.sessions import SessionFormat, SessionStatus
from parvis.domain.typography import day_long
from parvis.models import Checkpoint, Edition, Session
from parvis.services import log


def missing_checkpoints(edition: Edition) -> list[Checkpoint]:
    """Return, unsaved, the doors that an edition lacks: `entrance-1` on its first day, `session-<code>`."""
    have = set(Checkpoint.objects.filter(edition=edition).values_list("code", flat=True))
    wanted: list[Checkpoint] = []
    if edition.starts_on and edition.ends_on:
        for index in range((edition.ends_on - edition.starts_on).days + 1):
            day = edition.starts_on + timedelta(days=index)
            wanted.append(
                Checkpoint(
                    edition=edition,
                    code=f"entrance-{index + 1}",
                    kind=CheckpointKind.ENTRANCE,
                    name_fr=f"Entrée, {day_long(day, 'fr', year=False)}",
                    name_en=f"Entrance, {day_long(day, 'en', year=False)}",
                    day=day,
                )
            )
    sessions = Session.objects.filter(edition=edition, status=SessionStatus.CONFIRMED)
    wanted += [
        Checkpoint(
            edition=edition,
            code=f"session-{session.code.lower()}",
            kind=CheckpointKind.SESSION,
            name_fr=session.title_fr[:200],
            name_en=(session.title_en or session.title_fr)[:200],
            session=session,
        )
        for session in sessions.exclude(format=SessionFormat.BREAK)
    ]
    return [checkpoint for checkpoint in wanted if checkpoint.code not in have]


def create_checkpoints(*, actor: Actor, edition_id: int, now: datetime | None = None) -> int:
    """Make the doors that an edition lacks; return how many were made. Doing it twice changes nothing."""
    actor.require(Permission.EDIT_PROGRAMME)
    moment = now or timezone.now()
    with transaction.atomic():
        edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition_id)
        made = Checkpoint.objects.bulk_create(missing_checkpoints(edition))
        if made:
            log.record(
                actor=actor, action="checkpoints.made", subject=edition, now=moment, details={"number": len(made)}
            )
    return len(made)
