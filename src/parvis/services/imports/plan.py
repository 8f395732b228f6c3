"""Runs an import: plans every row in memory, then, when asked and when nothing is refused, writes it whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation

from parvis.domain.access import Actor, Permission
from parvis.domain.imports import (
    KIND_ORDER,
    KINDS_OF_AN_EDITION,
    EditionMissing,
    ImportRow,
    ImportSheet,
    NothingRefused,
    PlanChanged,
    RowPlan,
    SheetPlan,
    fingerprint,
    refused_rows,
)
from parvis.domain.refusals import Refusal
from parvis.models import Edition
from parvis.services import log
from parvis.services.imports.editions import take_edition, take_federation, take_room
from parvis.services.imports.groups import take_group
from parvis.services.imports.organisations import take_organisation
from parvis.services.imports.participants import take_participant
from parvis.services.imports.partners import take_honour, take_partner
from parvis.services.imports.people import take_person
from parvis.services.imports.scans import take_scan
from parvis.services.imports.sessions import moves_of, take_intervention, take_session
from parvis.services.imports.workspace import Workspace
from parvis.services.placements import keep_moves

Progress = Callable[[int, int], None]
_TAKE: dict[str, Callable[[Workspace, ImportRow, RowPlan], None]] = {
    "federation": take_federation,
    "editions": take_edition,
    "rooms": take_room,
    "organisations": take_organisation,
    "people": take_person,
    "groups": take_group,
    "sessions": take_session,
    "interventions": take_intervention,
    "partners": take_partner,
    "honours": take_honour,
    "participants": take_participant,
    "scans": take_scan,
}
_EVERY = 200


def _planned(workspace: Workspace, sheets: Sequence[ImportSheet], progress: Progress | None) -> list[SheetPlan]:
    total = sum(len(sheet.rows) for sheet in sheets)
    done = 0
    plans: list[SheetPlan] = []
    for sheet in sorted(sheets, key=lambda sheet: KIND_ORDER.index(sheet.kind)):
        take = _TAKE[sheet.kind]
        plan = SheetPlan(sheet.kind)
        for row in sheet.rows:
            line = RowPlan(row.number)
            for column, value, reason in row.cell_errors:
                line.refuse(reason, column=column, value=value)
            if not row.cell_errors:
                try:
                    take(workspace, row, line)
                except Refusal as refusal:
                    field = refusal.field or ""
                    line.refuse(refusal, column=field, value=str(row.values.get(field, "")))
            plan.rows.append(line)
            done += 1
            if progress and (done % _EVERY == 0 or done == total):
                progress(done, total)
        plans.append(plan)
    return plans


def _workspace(edition_id: int | None, sheets: Sequence[ImportSheet], now: datetime) -> Workspace:
    edition = None
    if edition_id is not None:
        edition = Edition.objects.select_related("venue", "series").get(pk=edition_id)
    elif any(sheet.kind in KINDS_OF_AN_EDITION for sheet in sheets):
        raise EditionMissing
    return Workspace(edition=edition, now=now)


def plan_import(
    *,
    actor: Actor,
    sheets: Sequence[ImportSheet],
    edition_id: int | None,
    now: datetime | None = None,
    progress: Progress | None = None,
) -> list[SheetPlan]:
    """Return what an import would do, row by row, and write nothing.

    Reads what exists in a constant number of queries per kind. `progress` is called with rows done and rows in all.
    Raises `NotAllowed`, or `EditionMissing` for sheets that belong to an edition.
    """
    actor.require(Permission.IMPORT)
    with translation.override("fr"):
        return _planned(_workspace(edition_id, sheets, now or timezone.now()), sheets, progress)


def apply_import(
    *,
    actor: Actor,
    sheets: Sequence[ImportSheet],
    edition_id: int | None,
    filename: str,
    expected: str | None = None,
    now: datetime | None = None,
    progress: Progress | None = None,
) -> list[SheetPlan]:
    """Write an import whole, in one transaction, or raise and write nothing.

    `expected` is the fingerprint of the plan that was shown: `PlanChanged` when the data moved meanwhile.
    Locks the edition's row, so that two imports of one edition follow one another. Raises `NothingRefused` when
    any row is refused. One log entry tells of the whole import; no mail leaves. The timetable's rules refuse nothing of
    it: its moves are kept, and the faults show on the timetable's cards.
    """
    actor.require(Permission.IMPORT)
    moment = now or timezone.now()
    with translation.override("fr"), transaction.atomic():
        if edition_id is not None:
            Edition.objects.select_for_update(of=("self",)).get(pk=edition_id)
        workspace = _workspace(edition_id, sheets, moment)
        plans = _planned(workspace, sheets, progress)
        refused = refused_rows(plans)
        if refused:
            raise NothingRefused(number=refused)
        if expected is not None and fingerprint(plans) != expected:
            raise PlanChanged
        written = workspace.flush()
        if workspace.edition is not None:
            keep_moves(actor=actor, edition_id=workspace.edition.pk, moves=moves_of(workspace), now=moment)
        log.record(
            actor=actor,
            action="import.applied",
            subject=workspace.edition,
            now=moment,
            details={"file": filename, "written": written, "rows": {plan.kind: plan.counts() for plan in plans}},
        )
    return plans
