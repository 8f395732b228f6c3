"""How the report of an import reads on the page: sentences in the reader's language, titles for columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from parvis.domain.import_runs import ReportedRow
from parvis.domain.imports import OUTCOME_NAMES, Outcome
from parvis.ingest.kinds import KINDS
from parvis.web.desk.forms_imports import kind_name

OUTCOME_TINTS = {
    Outcome.CREATED: "tint-olive",
    Outcome.CHANGED: "tint-gold",
    Outcome.UNCHANGED: "tint-soft",
    Outcome.REFUSED: "tint-brick",
}


def say_reason(record: Mapping[str, Any]) -> str:
    """Return the sentence of a reason that was kept, translated and filled."""
    params = dict(record.get("params", {}))
    for name in record.get("msgids", ()):
        params[name] = gettext(params[name])
    sentence = gettext(record["sentence"])
    return sentence % params if params else sentence


def reasons_of(row: ReportedRow) -> list[str]:
    """Return why a row is refused, each reason beginning with its column and what stands there."""
    told: list[str] = []
    for record in row.reasons:
        where = record.get("column", "")
        told.append(
            gettext("%(column)s: %(sentence)s") % {"column": where, "sentence": say_reason(record)}
            if where
            else say_reason(record)
        )
    return told


def column_title(kind: str, key: str, language: str) -> str:
    """Return the title of the column that fills a field, or the field's own name where none does."""
    if kind in KINDS:
        for column in KINDS[kind]:
            if key in (column.key, f"{column.key}_fr", f"{column.key}_id"):
                return column.header(language)
    return key.replace("_", " ")


def shown_rows(rows: Iterable[ReportedRow], language: str) -> list[dict[str, Any]]:
    """Return rows as the template shows them."""
    return [
        {
            "number": row.number,
            "kind": kind_name(row.kind),
            "label": row.label,
            "outcome": row.outcome,
            "outcome_name": gettext(OUTCOME_NAMES[Outcome(row.outcome)]),
            "tint": OUTCOME_TINTS[Outcome(row.outcome)],
            "reasons": [{"column": record.get("column", ""), "sentence": say_reason(record)} for record in row.reasons],
            "changes": [
                {"title": column_title(row.kind, key, language), "before": before, "after": after}
                for key, (before, after) in row.changes.items()
            ],
        }
        for row in rows
    ]


def outcome_tabs(report: Mapping[str, Any], *, kind: str, outcome: str) -> Sequence[dict[str, Any]]:
    """Return the filters by outcome with their counts, for one kind or for all."""
    counts: Mapping[str, int] = report.get("kinds", {}).get(kind, {}) if kind else report.get("totals", {})
    tabs = [{"key": "all", "name": gettext("All rows"), "count": sum(counts.values()), "current": outcome == "all"}]
    tabs += [
        {"key": str(key), "name": gettext(name), "count": counts.get(key, 0), "current": outcome == key}
        for key, name in OUTCOME_NAMES.items()
    ]
    return tabs
