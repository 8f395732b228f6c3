"""How the log reads on a page: who did what, with what it was before and after."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from parvis.domain.imports import OUTCOME_NAMES, Outcome
from parvis.domain.languages import language_name
from parvis.domain.log_actions import SUBJECT_NAMES, verb_of
from parvis.domain.refusals import N_
from parvis.domain.timetable.families import OFFERED
from parvis.ingest.kinds import KINDS
from parvis.queries.log import column_words
from parvis.web.desk.forms_imports import kind_name

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAY_FIRST = re.compile(r"(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}.*)")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(?:[+-]\d{2}:\d{2}|Z)")
# What the log tells of besides the columns of tables.
_FACTS = {
    "speakers": N_("Speakers"),
    "speaker": N_("Speaker"),
    "placement": N_("Placement"),
    "themes": N_("Themes"),
    "file": N_("File"),
    "rows": N_("Rows"),
    "written": N_("Saved"),
    "role": N_("Role"),
    "number": N_("Number"),
    "changes": N_("Changes"),
    "sessions": N_("Sessions"),
    "teams": N_("Interpreters"),
    "judged": N_("Judged"),
    "must_hold": N_("Must hold"),
    "wish_weight": N_("Weight of the wish"),
    "opens": N_("Opening"),
    "closes": N_("Closing"),
    "step_min": N_("Step of the grid, in minutes"),
    "merged_into": N_("Merged into"),
    "took_in": N_("Took in"),
    "rules_broken": N_("Rules broken"),
    "language": N_("Language"),
    "texts_missing": N_("Texts missing"),
    "texts_unchecked": N_("Texts not checked"),
    **{number.name: number.label for rule in OFFERED.values() for number in rule.numbers},
    "reason": N_("Reason"),
}


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


def _said(value: Any, zone: ZoneInfo, choices: Mapping[str, str]) -> str:
    """Return a logged value in words: choices by their names, days and moments as the reader writes them."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(_said(item, zone, choices) for item in value) or "—"
    if isinstance(value, dict):
        return ", ".join(_counted(str(key), item) for key, item in value.items() if item)
    text = str(value)
    if text in choices:
        return choices[text]
    if found := _DAY_FIRST.fullmatch(text):  # a placement: already the venue's hours
        return f"{date_format(date.fromisoformat(found[1]), 'SHORT_DATE_FORMAT')}, {found[2]}"
    if _DAY.fullmatch(text):
        return date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT")
    if _MOMENT.fullmatch(text):
        return date_format(datetime.fromisoformat(text).astimezone(zone), "SHORT_DATETIME_FORMAT")
    return text


def _counted(key: str, value: Any) -> str:
    """Return how many of what an import wrote: « Participants (nouvelles 611) », « Salle 11 »."""
    if isinstance(value, dict):
        name = kind_name(key) if key in KINDS else key
        return f"{name} ({', '.join(_counted(str(k), item) for k, item in value.items() if item)})"
    if key in set(Outcome):
        return f"{gettext(OUTCOME_NAMES[Outcome(key)]).lower()} {value}"
    return f"{_name('', key)[0]} {value}"


def _name(kind: str, field: str) -> tuple[str, dict[str, str]]:
    """Return the words of what changed, and of its choices."""
    name, choices = column_words(kind, field) if kind else ("", {})
    if not name:
        known = _FACTS.get(field) or SUBJECT_NAMES.get(field.lower()) or ""
        name = gettext(known) if known else gettext(verb_of(field))
    return name[:1].upper() + name[1:], choices


def lines_of(entries: Iterable[Any], zone: ZoneInfo) -> list[Line]:
    """Return entries as lines; a detail `{"changes": {name: [before, after]}}` becomes a change of that field."""
    lines = []
    for entry in entries:
        details = entry.details if isinstance(entry.details, dict) else {}
        fields = details.get("changes", {})
        changes = []
        for field, pair in fields.items() if isinstance(fields, dict) else []:
            if isinstance(pair, list) and len(pair) == 2:
                name, choices = _name(entry.subject_kind, field)
                changes.append((name, _said(pair[0], zone, choices), _said(pair[1], zone, choices)))
        facts = []
        for field, value in details.items():
            if field != "changes" or not isinstance(value, dict):
                name, choices = _name("", field)
                if field == "language":
                    value = language_name(str(value), (get_language() or "fr").split("-")[0])
                facts.append((name, _said(value, zone, choices)))
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
