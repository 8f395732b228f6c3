"""Freezes figures."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.models import Edition, Snapshot, SnapshotFigure
from parvis.queries.figure_rows import rows_of
from parvis.queries.figures import count_figures
from parvis.services import log


def take_snapshot(*, actor: Actor, edition_id: int, note: str = "", now: datetime | None = None) -> Snapshot:
    """Freeze every figure of an edition with its rows, numbered, dated and signed.

    Locks the edition's row, so that two snapshots cannot take one number, and counts in the same transaction.
    Raises `NotAllowed` without the right to freeze figures.
    """
    actor.require(Permission.TAKE_SNAPSHOT)
    moment = now or timezone.now()
    with transaction.atomic():
        edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition_id)
        latest = Snapshot.objects.filter(edition=edition).order_by("-number").values_list("number", flat=True).first()
        snapshot = Snapshot.objects.create(
            edition=edition,
            number=(latest or 0) + 1,
            taken_at=moment,
            taken_by_id=actor.account_id,
            taken_by_label=actor.label,
            note=note,
        )
        SnapshotFigure.objects.bulk_create(
            SnapshotFigure(
                snapshot=snapshot,
                code=code,
                value=figure.value,
                parts=figure.parts,
                row_ids=[
                    str(pk) if isinstance(pk, UUID) else pk
                    for pk in rows_of(edition_id, code).order_by().values_list("pk", flat=True)
                ],
            )
            for code, figure in count_figures(edition_id).items()
        )
        log.record(actor=actor, action="figures.frozen", subject=snapshot, now=moment)
    return snapshot
