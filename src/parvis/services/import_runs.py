"""The life of one file brought to the desk: received, checked, then applied whole or discarded.

The background task opens the file (this layer does not know of file formats) and calls these.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.import_runs import RunStatus, check_may_apply, check_may_discard
from parvis.domain.refusals import NotFound
from parvis.gateways.jobs import enqueue_on_commit
from parvis.models import ImportRun
from parvis.services import log

CHECK_TASK = "parvis.tasks.imports.check_import"
APPLY_TASK = "parvis.tasks.imports.apply_import_run"


def receive_file(
    *,
    actor: Actor,
    filename: str,
    content: bytes,
    kind: str = "",
    edition_id: int | None,
    language: str = "fr",
    now: datetime | None = None,
) -> ImportRun:
    """Keep a file and have it checked in the background; nothing in it is applied.

    `kind` is what the user says that it lists ("" to recognise it), `language` that of the titles quoted to them.

    Raises `NotAllowed` without the right to import.
    """
    actor.require(Permission.IMPORT)
    moment = now or timezone.now()
    with transaction.atomic():
        run = ImportRun.objects.create(
            edition_id=edition_id,
            kind=kind,
            filename=filename[-200:],
            content=content,
            status=RunStatus.RECEIVED,
            report={"language": language},
            created_at=moment,
            created_by_id=actor.account_id,
            created_by_label=actor.label[:200],
        )
        log.record(
            actor=actor,
            action="import.received",
            subject=run,
            now=moment,
            details={"bytes": len(content), "kind": kind},
        )
        enqueue_on_commit(CHECK_TASK, str(run.guid), actor.account_id)
    return run


def start_check(*, actor: Actor, guid: UUID) -> ImportRun | None:
    """Mark a run as being checked and return it; None where it is no longer to be checked (a task that came twice).

    Locks the run. Raises `NotAllowed`, `NotFound`.
    """
    actor.require(Permission.IMPORT)
    with transaction.atomic():
        run = _locked(guid)
        if run.status not in (RunStatus.RECEIVED, RunStatus.CHECKING):
            return None
        run.status = RunStatus.CHECKING
        run.done_rows = 0
        run.save(update_fields=["status", "done_rows"])
    return run


def note_progress(*, guid: UUID, done: int, total: int) -> None:
    """Say how many rows are done, for the bar. One update."""
    ImportRun.objects.filter(guid=guid).update(done_rows=min(done, total), total_rows=total)


def finish_check(*, actor: Actor, guid: UUID, report: Mapping[str, Any], file_refused: bool = False) -> None:
    """Keep the report of a check. Locks the run; does nothing for a run that went on meanwhile."""
    actor.require(Permission.IMPORT)
    with transaction.atomic():
        run = _locked(guid)
        if run.status != RunStatus.CHECKING:
            return
        run.report = {"language": run.report.get("language", "fr"), **report}
        run.status = RunStatus.REFUSED if file_refused else RunStatus.CHECKED
        rows = len(report.get("rows", ()))
        run.done_rows = run.total_rows = rows
        fields = ["report", "status", "done_rows", "total_rows"]
        if file_refused:
            run.content = None  # it could not be read: nothing to keep it for
            fields.append("content")
        run.save(update_fields=fields)


def start_apply(*, actor: Actor, guid: UUID, now: datetime | None = None) -> ImportRun:
    """Have a checked run applied in the background. Locks the run, so that two clicks start it once.

    Raises `NotAllowed`, `NotFound`, or what `check_may_apply` says.
    """
    actor.require(Permission.IMPORT)
    moment = now or timezone.now()
    with transaction.atomic():
        run = _locked(guid)
        check_may_apply(RunStatus(run.status), refused=run.report.get("totals", {}).get("refused", 0))
        run.status = RunStatus.APPLYING
        run.done_rows = 0
        run.save(update_fields=["status", "done_rows"])
        log.record(actor=actor, action="import.started", subject=run, now=moment)
        enqueue_on_commit(APPLY_TASK, str(run.guid), actor.account_id)
    return run


def apply_run(*, actor: Actor, guid: UUID, apply: Callable[[str], Any], now: datetime | None = None) -> bool:
    """Apply a run in one transaction with its own end: the file is deleted when, and only when, its rows are in.

    `apply` is given the fingerprint of the plan that was shown and writes the rows. Locks the run; returns False where
    it was applied already (a task that came twice). What `apply` raises undoes everything.
    """
    actor.require(Permission.IMPORT)
    moment = now or timezone.now()
    with transaction.atomic():
        run = _locked(guid)
        if run.status != RunStatus.APPLYING:
            return False
        apply(str(run.report.get("fingerprint", "")))
        run.status = RunStatus.APPLIED
        run.applied_at = moment
        run.content = None
        run.done_rows = run.total_rows
        run.save(update_fields=["status", "applied_at", "content", "done_rows"])
    return True


def check_again(*, actor: Actor, guid: UUID) -> None:
    """Send a run that was being applied back to be checked: what it would do is no longer what was shown."""
    actor.require(Permission.IMPORT)
    with transaction.atomic():
        run = _locked(guid)
        if run.status != RunStatus.APPLYING:
            return
        run.status = RunStatus.RECEIVED
        run.save(update_fields=["status"])
        enqueue_on_commit(CHECK_TASK, str(run.guid), actor.account_id)


def break_off(*, actor: Actor, guid: UUID, report: Mapping[str, Any]) -> None:
    """Close a run on which the work failed for a reason that is not the file's. Nothing of it was saved."""
    actor.require(Permission.IMPORT)
    with transaction.atomic():
        run = _locked(guid)
        if run.status in (RunStatus.CHECKING, RunStatus.APPLYING):
            run.status = RunStatus.REFUSED
            run.report = {**run.report, **report}
            run.content = None
            run.save(update_fields=["status", "report", "content"])


def discard_run(*, actor: Actor, guid: UUID, now: datetime | None = None) -> None:
    """Give up a run and delete its file. Locks the run; twice is as once.

    Raises `NotAllowed`, `NotFound`, or what `check_may_discard` says.
    """
    actor.require(Permission.IMPORT)
    moment = now or timezone.now()
    with transaction.atomic():
        run = _locked(guid)
        check_may_discard(RunStatus(run.status))
        if run.status == RunStatus.DISCARDED:
            return
        run.status = RunStatus.DISCARDED
        run.content = None
        run.save(update_fields=["status", "content"])
        log.record(actor=actor, action="import.discarded", subject=run, now=moment)


def _locked(guid: UUID) -> ImportRun:
    run = ImportRun.objects.select_for_update(of=("self",)).defer("content").filter(guid=guid).first()
    if run is None:
        raise NotFound
    return run
