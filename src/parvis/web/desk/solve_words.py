"""How a solve reads on its page: moves from where to where, rules before and after, and why it is impossible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext

from parvis.domain.timetable.drafts import DraftNumbers
from parvis.domain.timetable.families import OFFERED
from parvis.domain.timetable.in_words import in_words
from parvis.domain.timetable.moves import Standing
from parvis.domain.timetable.rules import KINDS
from parvis.domain.timetable.solves import SolveLost, SolveState
from parvis.domain.timetable.words_form import read_words
from parvis.queries.timetable_solves import DraftMove
from parvis.web.desk.timetable_json import spoken
from parvis.web.desk.timetable_words import day_and_hours


@dataclass(frozen=True, slots=True)
class MoveLine:
    """One move as the page shows it; `why_not` says why it cannot be made any more, empty where it can."""

    session_id: int
    title: str
    address: str
    was: str
    to: str
    made: bool
    why_not: str


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One kind of rule, before and after; `worse` and `better` colour it."""

    sentence: str
    hard: bool
    found_before: int
    found_after: int
    cost_before: int
    cost_after: int
    worse: bool
    better: bool


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """One of the rules that contradict each other, and what would have to give."""

    sentence: str
    gives: str


def standing_words(standing: Standing, rooms: Mapping[int, str], zone: ZoneInfo) -> str:
    """Return where a session stands: lundi 18 septembre, 14 h 30 – 16 h, Salle A; or that it has no place."""
    if standing.room is None or standing.starts_at is None:
        return gettext("not placed")
    ends_at = standing.starts_at + timedelta(minutes=standing.duration_min)
    return f"{day_and_hours(standing.starts_at, ends_at, zone)}, {rooms.get(standing.room, '—')}"


def move_line(
    move: DraftMove, rooms: Mapping[int, str], movers: Mapping[int, str], zone: ZoneInfo, *, edition: str
) -> MoveLine:
    """Return a move in words. `movers` says who moved each session last."""
    why_not = ""
    if move.gone:
        why_not = gettext("It was cancelled since.")
    elif move.moved_since:
        why_not = gettext("%(who)s moved it since.") % {"who": movers.get(move.session_id) or gettext("Somebody else")}
    return MoveLine(
        session_id=move.session_id,
        title=move.title,
        address=reverse("desk:session", args=[edition, move.session_id]),
        was=standing_words(move.base, rooms, zone),
        to=standing_words(move.to, rooms, zone),
        made=move.made,
        why_not=why_not,
    )


def rule_sentence(kind: str) -> str:
    """Return what a kind of rule says, in the language of the desk."""
    if kind in OFFERED:
        return gettext(OFFERED[kind].sentence)
    return gettext(KINDS[kind].sentence) if kind in KINDS else kind


def rule_lines(numbers: DraftNumbers) -> list[RuleLine]:
    """Return the rules that differ, or are broken, hard ones first."""
    lines = []
    for kind, hard, found_before, cost_before, found_after, cost_after in numbers.rules:
        before, after = (found_before, found_after) if hard else (cost_before, cost_after)
        sentence = rule_sentence(kind)
        lines.append(
            RuleLine(sentence, hard, found_before, found_after, cost_before, cost_after, after > before, after < before)
        )
    return lines


def conflicts_of(result: Mapping[str, Any]) -> list[ConflictLine]:
    """Return the rules that contradict each other in words; what cannot be read is left out."""
    found = []
    for conflict in result.get("conflicts", ()):
        try:
            words, gives = conflict["words"], conflict.get("gives")
            found.append(ConflictLine(_said(words), _said(gives) if gives else ""))
        except (KeyError, TypeError, ValueError):
            continue
    return found


def _said(words: Mapping[str, Any]) -> str:
    return in_words(read_words(words), spoken(), gettext)


def refusal_words(result: Mapping[str, Any], state: SolveState) -> str:
    """Return why nothing came of a solve, empty where something did."""
    refused = result.get("refused")
    if refused:
        return gettext(refused["sentence"]) % refused["params"] if refused["params"] else gettext(refused["sentence"])
    return gettext(SolveLost.sentence) if state is SolveState.FAILED else ""
