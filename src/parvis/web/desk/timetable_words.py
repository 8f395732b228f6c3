"""What stands against a timetable, in the reader's words and with the way to the sessions; beside the editor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext

from parvis.domain import typography
from parvis.domain.languages import language_name
from parvis.domain.timetable.in_words import in_words
from parvis.domain.timetable.verdicts import LanguagePair, Violation
from parvis.queries.timetable import Timetable
from parvis.web.desk.timetable_json import spoken


@dataclass(frozen=True, slots=True)
class Fault:
    """One rule that is broken, in words; `sessions` are titles with the addresses of their pages."""

    sentence: str
    hard: bool
    cost: int
    sessions: list[tuple[str, str]]


def faults_of(timetable: Timetable, found: Iterable[Violation], *, edition: str) -> list[Fault]:
    """Return what was found, in words, in its order. `edition` is the slug of the desk's edition."""
    titles = timetable.problem.session_of
    return [
        Fault(
            sentence=in_words(violation.words, spoken(), gettext),
            hard=violation.hard,
            cost=violation.cost,
            sessions=[
                (titles[code].title, reverse("desk:session", args=[edition, timetable.session_ids[code]]))
                for code in violation.sessions
            ],
        )
        for violation in found
    ]


def day_and_hours(starts: datetime, ends: datetime, zone: ZoneInfo) -> str:
    """Return from when to when, with the day: lundi 18 septembre, 14 h 30 – 16 h."""
    language = spoken()
    here, there = starts.astimezone(zone), ends.astimezone(zone)
    day = typography.day_long(here.date(), language, year=False)
    hours = f"{typography.clock(here, language)}\u00a0–\u00a0{typography.clock(there, language)}"
    if here.date() == there.date():
        return f"{day}, {hours}"
    last = typography.day_long(there.date(), language, year=False)
    return f"{day}, {typography.clock(here, language)}\u00a0–\u00a0{last}, {typography.clock(there, language)}"


def placed_words(session: Any, zone: ZoneInfo) -> str:
    """Return where and when a session, fetched with its placement, takes place; empty where it is not placed."""
    placement = getattr(session, "placement", None)
    if placement is None:
        return ""
    return f"{day_and_hours(placement.starts_at, placement.ends_at, zone)}, {placement.room.name}"


def booth_words(booths: Sequence[LanguagePair]) -> list[str]:
    """Return booths by their languages: français – anglais."""
    language = spoken()
    return [
        "\u00a0– ".join(language_name(code, language) for code in (*booth.sources, booth.target)) for booth in booths
    ]
