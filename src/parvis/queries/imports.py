"""Reads the runs of imports: never their bytes, unless asked."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F, QuerySet

from parvis.domain.access import Actor, Permission
from parvis.domain.refusals import NotFound
from parvis.models import Edition, ImportRun


def list_import_runs(*, actor: Actor) -> QuerySet[ImportRun]:
    """Return every run, the latest first, with `totals` by outcome but neither bytes nor rows.

    Raises `NotAllowed` without the right to import.
    """
    actor.require(Permission.IMPORT)
    return (
        ImportRun.objects.defer("content", "report")
        .select_related("edition")
        .annotate(totals=F("report__totals"))
        .order_by("-created_at", "-id")
    )


def access_import_run(*, actor: Actor, guid: UUID) -> ImportRun:
    """Return one run with its report, without its bytes. One query.

    Raises `NotAllowed` without the right to import, `NotFound` for an unknown one.
    """
    actor.require(Permission.IMPORT)
    run = ImportRun.objects.defer("content").select_related("edition").filter(guid=guid).first()
    if run is None:
        raise NotFound
    return run


def access_import_progress(*, actor: Actor, guid: UUID) -> ImportRun:
    """Return how far a run is: no report, no bytes. One query. Raises as `access_import_run`."""
    actor.require(Permission.IMPORT)
    run = ImportRun.objects.defer("content", "report").filter(guid=guid).first()
    if run is None:
        raise NotFound
    return run


def access_import_content(*, actor: Actor, guid: UUID) -> bytes:
    """Return the bytes of the file of a run. Raises `NotFound` once they are deleted, else as `access_import_run`."""
    actor.require(Permission.IMPORT)
    content = ImportRun.objects.filter(guid=guid).values_list("content", flat=True).first()
    if content is None:
        raise NotFound
    return bytes(content)


def list_editions_to_import_into() -> list[Edition]:
    """Return the editions, the latest first. One query."""
    return list(Edition.objects.order_by("-number"))
