"""What the timetable's editor is told: rooms, days, cards and the faults of the timetable, as plain JSON values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext

from parvis.domain import typography
from parvis.domain.programme.sessions import SESSION_FORMAT_NAMES, SessionFormat
from parvis.domain.timetable.in_words import in_words
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.verdicts import Violation
from parvis.queries.timetable import Timetable


def spoken() -> str:
    """Return the language of the desk."""
    return (get_language() or "fr").split("-")[0]


def violations_json(timetable: Timetable, found: Sequence[Violation]) -> list[dict[str, Any]]:
    """Return faults, the hard ones first, each with its sentence and the sentence for each card."""
    language = spoken()
    ids = timetable.session_ids
    return [
        {
            "key": violation.key,
            "hard": violation.hard,
            "sentence": in_words(violation.words, language, gettext),
            "sessions": {
                ids[code]: in_words(violation.seen_from(code), language, gettext) for code in violation.sessions
            },
        }
        for violation in sorted(found, key=lambda violation: (not violation.hard, -violation.cost))
    ]


def place_json(timetable: Timetable, code: str) -> dict[str, Any]:
    """Return where a card stands: its room and minute, both null in the tray, and its length."""
    place = timetable.placements.get(code)
    session = timetable.problem.session_of[code]
    return {
        "id": timetable.session_ids[code],
        "room": None if place is None else timetable.room_ids[place.room],
        "start": None if place is None else place.start,
        "length": session.duration_min,
        "pinned": session.fixed_start is not None,
    }


def timetable_json(
    timetable: Timetable, found: Sequence[Violation], *, edition: str, number: int, entry: int
) -> dict[str, Any]:
    """Return all that the editor shows, as of the last move's `number` and the last `entry` of the log.

    `facts` is a print of all but where cards stand and what is broken.
    """
    problem, language = timetable.problem, spoken()
    people: dict[str, list[str]] = {}
    for item in problem.engagements():
        people.setdefault(item.session, []).append(problem.person_of[item.person].name)
    themes = {theme.key: theme.name for theme in problem.themes}
    groups = {group.key: group.name for group in problem.groups}
    facts: dict[str, list[dict[str, Any]]] = {
        "days": [
            {
                "key": day.key,
                "name": typography.day_long(problem.moment(day.opens).date(), language, year=False),
                "opens": day.opens,
                "closes": day.closes,
                "step": day.step_min,
                "hour": problem.moment(day.opens).hour * 60 + problem.moment(day.opens).minute,
            }
            for day in problem.days
        ],
        "rooms": [
            {
                "id": timetable.room_ids[room.key],
                "name": room.name,
                "capacity": room.capacity,
                "building": room.building,
                "booths": room.booths,
            }
            for room in sorted(problem.rooms, key=lambda room: (room.position, room.name))
        ],
        "sessions": [
            {
                "id": timetable.session_ids[session.key],
                "code": session.key,
                "title": session.title,
                "format": session.format,
                "kind": gettext(SESSION_FORMAT_NAMES[SessionFormat(session.format)]),
                "themes": [themes[key] for key in session.themes],
                "group": groups.get(session.group or "", ""),
                "people": list(dict.fromkeys(people.get(session.key, ()))),
                "enrolled": session.enrolled,
                "members": session.members_only,
                "address": reverse("desk:session", args=[edition, timetable.session_ids[session.key]]),
            }
            for session in problem.sessions
        ],
    }
    print_of_facts = hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]
    cards = [{**card, **place_json(timetable, str(card["code"]))} for card in facts["sessions"]]
    return {
        "number": number,
        "entry": entry,
        "facts": print_of_facts,
        **facts,
        "sessions": cards,
        "violations": violations_json(timetable, found),
    }


def place_words(timetable: Timetable, place: Place) -> str:
    """Return a place in words: lundi 18 septembre, 14 h 30, Salle A."""
    moment = timetable.problem.moment(place.start)
    language = spoken()
    day = typography.day_long(moment.date(), language, year=False)
    return f"{day}, {typography.clock(moment, language)}, {timetable.problem.room_of[place.room].name}"
