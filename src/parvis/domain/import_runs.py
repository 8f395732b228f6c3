"""What a run of an import may become, and its report as plain values that any language can read later.

A report is kept as JSON: sentences stay English msgids with their parameters, and are translated when shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, Final

from parvis.domain.imports import RowPlan, SheetPlan, fingerprint
from parvis.domain.refusals import N_, Msgid, Refusal


class RunStatus(StrEnum):
    """Where an import stands."""

    RECEIVED = "received"
    CHECKING = "checking"
    CHECKED = "checked"
    APPLYING = "applying"
    APPLIED = "applied"
    REFUSED = "refused"
    DISCARDED = "discarded"


RUN_STATUS_NAMES: Final[dict[RunStatus, str]] = {
    RunStatus.RECEIVED: N_("Received"),
    RunStatus.CHECKING: N_("Being checked"),
    RunStatus.CHECKED: N_("Checked"),
    RunStatus.APPLYING: N_("Being applied"),
    RunStatus.APPLIED: N_("Applied"),
    RunStatus.REFUSED: N_("Refused"),
    RunStatus.DISCARDED: N_("Discarded"),
}
RUNNING: Final = frozenset({RunStatus.RECEIVED, RunStatus.CHECKING, RunStatus.APPLYING})
OVER: Final = frozenset({RunStatus.APPLIED, RunStatus.DISCARDED})


class ImportAlreadyApplied(Refusal):
    sentence = N_("This import was already applied; it is not applied twice. Send the file again if it has changed.")


class ImportDiscarded(Refusal):
    sentence = N_("This import was discarded and its file deleted. Send the file again.")


class ImportStillRunning(Refusal):
    sentence = N_("This import is still being worked on. Wait until its bar is full.")


class ImportFileRefused(Refusal):
    sentence = N_("Nothing can be applied: the file itself was refused. Correct it and send it again.")


class ImportHasRefusedRows(Refusal):
    sentence = N_(
        "%(count)s rows are refused, and a file is applied whole or not at all. Correct them and send the file again."
    )


class ImportInterrupted(Refusal):
    sentence = N_("The work on this file broke off by our fault; nothing was saved. Send the file again.")


def check_may_apply(status: RunStatus, *, refused: int) -> None:
    """Raise the reason why a run in `status` with `refused` refused rows cannot be applied now."""
    if status is RunStatus.APPLIED:
        raise ImportAlreadyApplied
    if status is RunStatus.DISCARDED:
        raise ImportDiscarded
    if status is RunStatus.REFUSED:
        raise ImportFileRefused
    if status in RUNNING:
        raise ImportStillRunning
    if refused:
        raise ImportHasRefusedRows(count=refused)


def check_may_discard(status: RunStatus) -> None:
    """Raise the reason why a run in `status` cannot be discarded."""
    if status is RunStatus.APPLIED:
        raise ImportAlreadyApplied
    if status is RunStatus.APPLYING:
        raise ImportStillRunning


def plain(value: object) -> Any:
    """Return `value` as JSON can hold it: dates by their ISO form, the rest of what JSON lacks as text."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Iterable):
        return [plain(item) for item in value]
    return str(value)


def reason_record(refusal: Refusal, *, column: str = "", value: str = "") -> dict[str, Any]:
    """Return a refusal as JSON: its msgid, its parameters, and the cell at fault where there is one.

    `msgids` names the parameters that are to be translated, since JSON holds them like any other text.
    """
    record: dict[str, Any] = {"sentence": refusal.sentence, "params": plain(refusal.params)}
    msgids = [name for name, value in refusal.params.items() if isinstance(value, Msgid)]
    if msgids:
        record["msgids"] = msgids
    if column:
        record["column"] = column
    if value:
        record["value"] = value
    if refusal.field and "column" not in record:
        record["field"] = refusal.field
    return record


@dataclass(frozen=True, slots=True)
class ReportedRow:
    """One row of a report that was kept."""

    kind: str
    number: int
    outcome: str
    label: str
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    reasons: list[dict[str, Any]] = field(default_factory=list)


def row_record(kind: str, row: RowPlan) -> list[Any]:
    """Return a row as a short JSON list, since a report may hold tens of thousands of them."""
    record: list[Any] = [kind, row.number, str(row.outcome), row.label]
    if row.changes or row.reasons:
        record.append({key: list(pair) for key, pair in row.changes.items()})
    if row.reasons:
        record.append([reason_record(refusal, column=column, value=value) for column, value, refusal in row.reasons])
    return record


def read_row(record: Sequence[Any]) -> ReportedRow:
    """Return the row that `row_record` made."""
    kind, number, outcome, label, *rest = record
    changes = {key: (before, after) for key, (before, after) in (rest[0] if rest else {}).items()}
    return ReportedRow(kind, number, outcome, label, changes, list(rest[1]) if len(rest) > 1 else [])


def report_of(plans: Sequence[SheetPlan]) -> dict[str, Any]:
    """Return what a plan says, as JSON: `totals` and `kinds` by outcome, `rows`, and its `fingerprint`."""
    totals: Counter[str] = Counter()
    for plan in plans:
        totals.update(plan.counts())
    return {
        "totals": dict(totals),
        "kinds": {plan.kind: plan.counts() for plan in plans},
        "rows": [row_record(plan.kind, row) for plan in plans for row in plan.rows],
        "fingerprint": fingerprint(list(plans)),
    }


def report_of_refusal(refusal: Refusal) -> dict[str, Any]:
    """Return the report of a file that could not be read at all."""
    return {"refusal": reason_record(refusal), "totals": {}, "kinds": {}, "rows": [], "fingerprint": ""}
