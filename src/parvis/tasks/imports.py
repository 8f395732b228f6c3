"""Checks and applies the files brought to the desk. Each task can run twice: the second time does nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Protocol
from uuid import UUID

from parvis.domain.access import Actor
from parvis.domain.import_runs import ImportInterrupted, report_of, report_of_refusal
from parvis.domain.imports import PlanChanged
from parvis.domain.refusals import Refusal
from parvis.ingest.import_sheets import import_sheets_of
from parvis.ingest.sheets import OpenedFile, open_file
from parvis.queries.accounts import actor_of
from parvis.queries.imports import access_import_content, access_import_run
from parvis.services import import_runs
from parvis.services.imports.plan import apply_import, plan_import

logger = logging.getLogger(__name__)


class KeptRun(Protocol):
    """What a run says of its file."""

    guid: UUID
    filename: str
    kind: str
    report: dict[str, Any]


def check_import(guid: str, account_id: int | None) -> None:
    """Open the file of a run and keep the report of what it would do."""
    actor = _actor(account_id)
    run = import_runs.start_check(actor=actor, guid=UUID(guid))
    if run is None:
        return
    try:
        opened = _opened(actor, run)
        plans = plan_import(
            actor=actor,
            sheets=import_sheets_of(opened, _progress(run.guid, first=0)),
            edition_id=run.edition_id,
            progress=_progress(run.guid, first=1),
        )
    except Refusal as refusal:
        import_runs.finish_check(actor=actor, guid=run.guid, report=report_of_refusal(refusal), file_refused=True)
        return
    except Exception:
        _break_off(actor, run.guid)
        raise
    report = {**report_of(plans), **_about(opened)}
    import_runs.finish_check(actor=actor, guid=run.guid, report=report)


def apply_import_run(guid: str, account_id: int | None) -> None:
    """Apply a run that was shown and approved; where the data changed since, have it checked and shown again."""
    actor = _actor(account_id)
    run = access_import_run(actor=actor, guid=UUID(guid))
    if run.status != "applying":
        return
    try:
        sheets = import_sheets_of(_opened(actor, run), _progress(run.guid, first=0))

        def write(fingerprint: str) -> None:
            apply_import(
                actor=actor, sheets=sheets, edition_id=run.edition_id, filename=run.filename, expected=fingerprint
            )

        import_runs.apply_run(actor=actor, guid=run.guid, apply=write)
    except PlanChanged:
        import_runs.check_again(actor=actor, guid=run.guid)
    except Exception:
        _break_off(actor, run.guid)
        raise


def _actor(account_id: int | None) -> Actor:
    return actor_of(account_id=account_id or 0)


def _opened(actor: Actor, run: KeptRun) -> OpenedFile:
    content = access_import_content(actor=actor, guid=run.guid)
    return open_file(content, run.filename, kind=run.kind or None, language=str(run.report.get("language", "fr")))


def _progress(guid: UUID, *, first: int) -> Callable[[int, int], None]:
    """Return what moves the bar: reading is its first half (`first` 0), ruling on the rows its second."""

    def note(done: int, total: int) -> None:
        import_runs.note_progress(guid=guid, done=first * total + done, total=2 * total)

    return note


def _about(opened: OpenedFile) -> dict[str, Any]:
    """Return what the reader of the report should know of the file besides its rows."""
    return {
        "left_aside": [name for name in opened.left_aside if name],
        "unknown_columns": [
            {"sheet": sheet.name, "title": column.title, "place": column.place, "suggestion": column.suggestion}
            for sheet in opened.sheets
            for column in sheet.unknown
        ],
    }


def _break_off(actor: Actor, guid: UUID) -> None:
    logger.exception("The import %s broke off", guid)
    import_runs.break_off(actor=actor, guid=guid, report=report_of_refusal(ImportInterrupted()))
