"""How the log reads on a page: who did what, with what it was before and after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from parvis.domain.log_actions import SUBJECT_NAMES, verb_of


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the log in the reader's language."""

    at: datetime
    who: str
    channel: str
    subject: str
    verb: str
    label: str
    changes: list[tuple[str, str, str]]
    facts: list[tuple[str, str]]


def _said(value: Any) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, list):
        return ", ".join(str(item) for item in value) or "—"
    return str(value)


def lines_of(entries: Iterable[Any], zone: ZoneInfo) -> list[Line]:
    """Return entries as lines; a detail `{"fields": {name: [before, after]}}` becomes a change of that field."""
    lines = []
    for entry in entries:
        details = entry.details if isinstance(entry.details, dict) else {}
        fields = details.get("changes", {})
        changes = [
            (name.replace("_", " "), _said(pair[0]), _said(pair[1]))
            for name, pair in (fields.items() if isinstance(fields, dict) else [])
            if isinstance(pair, list) and len(pair) == 2
        ]
        facts = [(name.replace("_", " "), _said(value)) for name, value in details.items() if name != "changes"]
        kind = SUBJECT_NAMES.get(entry.subject_kind)
        lines.append(
            Line(
                at=entry.at.astimezone(zone),
                who=entry.actor_label,
                channel=entry.channel,
                subject=gettext(kind) if kind else entry.subject_kind,
                verb=gettext(verb_of(entry.action)),
                label=entry.subject_label,
                changes=changes,
                facts=facts,
            )
        )
    return lines
