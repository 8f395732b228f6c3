"""A sheet per session for the moderator's table: who speaks when, as what, for how long, and what is left to debate."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext

from parvis.domain.paving import Stone
from parvis.domain.programme.release import ReleaseContent, SessionContent, in_language
from parvis.domain.programme.sessions import SessionFormat
from parvis.domain.typography import clock, day_long, typeset
from parvis.exports.paving import stones_of
from parvis.exports.paving_png import paving_png
from parvis.exports.printed_sessions import REGIONS, SessionPrinter, printed_text
from parvis.exports.programme_pdf import Printing, as_of
from parvis.gateways.typst_compiler import compile_apart, compile_pdf

FEW = 10  # more sheets than this are compiled in a process of their own
TEMPLATE = Path(__file__).parent / "templates" / "session_sheets.typ"


def sheet_sessions(content: ReleaseContent) -> list[SessionContent]:
    """Return the sessions that have a sheet, in the order of the day and of the rooms: all but breaks."""
    rooms = {room.slug: place for place, room in enumerate(content.rooms)}
    found = [session for session in content.sessions if session.format != SessionFormat.BREAK]
    return sorted(found, key=lambda s: (s.starts_at or "~", rooms.get(s.room, len(rooms)), s.code))


@lru_cache(maxsize=8)
def _band(stones: tuple[Stone, ...]) -> list[int]:
    """Return the paving that heads every sheet, as the template takes it; drawn once for a release's hundreds."""
    return list(paving_png(stones, width=1020, height=48, row_height=16, joint=1.4))


def _minutes(number: int) -> str:
    return ngettext("%(number)s min", "%(number)s min", number) % {"number": number}


def _length(session: SessionContent) -> int:
    """Return a session's minutes: those of its place in the day, else those that it is meant to last."""
    if not session.starts_at:
        return session.duration_min
    lasts = datetime.fromisoformat(session.ends_at) - datetime.fromisoformat(session.starts_at)
    return int(lasts / timedelta(minutes=1))


def _clocks(session: SessionContent, language: str) -> list[str]:
    """Return when each begins, where everybody's minutes are agreed and the hour is known."""
    if not session.starts_at or not all(item.length_min for item in session.interventions):
        return []
    moment, clocks = datetime.fromisoformat(session.starts_at), []
    for item in session.interventions:
        clocks.append(clock(moment, language))
        moment += timedelta(minutes=item.length_min)
    return clocks


def _debate(session: SessionContent, language: str) -> dict[str, str]:
    """Return what is left to debate, in words; and a remark where the minutes do not fit."""
    whole, spoken = _length(session), sum(item.length_min for item in session.interventions)
    agreed = bool(session.interventions) and all(item.length_min for item in session.interventions)
    left = whole - spoken
    begins = ""
    if agreed and session.starts_at and left > 0:
        begins = clock(datetime.fromisoformat(session.starts_at) + timedelta(minutes=spoken), language)
    kept = session.debate_min or (left if agreed and left > 0 else 0)
    remark = ""
    if spoken + session.debate_min > whole:
        remark = gettext(
            "Speeches and debate add up to %(sum)s min; the session lasts %(whole)s. Ask each to shorten."
        ) % {"sum": spoken + session.debate_min, "whole": whole}
    return {"minutes": _minutes(kept) if kept else "", "begins": begins, "remark": remark}


def _sheet(session: SessionContent, printer: SessionPrinter, content: ReleaseContent) -> dict[str, Any]:
    language = printer.language
    shown = printer.session(session)
    clocks = _clocks(session, language)
    for place, person in enumerate(shown["people"]):
        person["begins"] = clocks[place] if clocks else ""
        person["minutes"] = _minutes(person["minutes"]) if person["minutes"] else ""
    day = day_long(date.fromisoformat(session.day), language) if session.starts_at else ""
    seats = "" if session.capacity is None else str(session.capacity)
    facts = [
        (gettext("Day"), day[:1].upper() + day[1:]),
        (gettext("Hours"), shown["hours"] or gettext("Time to be announced")),
        (gettext("Room"), shown["room"]),
        (gettext("Length"), _minutes(_length(session))),
        (gettext("Languages"), shown["languages"]),
        (gettext("Taking part"), shown["mode"]),
        (gettext("Seats"), seats),
        (gettext("Group"), shown["group"]),
    ]
    return {
        **shown,
        "facts": [{"label": label, "value": value} for label, value in facts if value],
        "timed": bool(clocks),
        "debate": _debate(session, language),
    }


def _words() -> dict[str, str]:
    return {
        "order": gettext("Speaking order"),
        "who": gettext("Who speaks, as what"),
        "role": gettext("Role"),
        "at": pgettext("time of day", "At"),
        "minutes": gettext("Speaking time"),
        "debate": gettext("Debate"),
        "debate_open": gettext("What is left of the time"),
        "nobody": gettext("Nobody is announced yet."),
        "notes": gettext("Notes"),
        "cancelled": gettext("This session is cancelled."),
        "members": gettext("Members only"),
        "fictional": gettext("fictional"),
        "sheets": gettext("Session sheet"),
    }


def session_sheets_document(
    content: ReleaseContent, sessions: Iterable[SessionContent], language: str, printing: Printing
) -> dict[str, Any]:
    """Return everything that the template needs to print the sheets of some sessions of a release, one page each."""
    with translation.override(language):
        printer = SessionPrinter(content, language)
        chosen = list(sessions)
        name = typeset(in_language(content.edition.short_name or content.edition.name, language), language)
        heading = f"{gettext('Session sheets')} · {name} {content.edition.slug}"
        if len(chosen) == 1:
            heading = f"{gettext('Session sheet')} · {printed_text(chosen[0].title, language)['text']}"
        return {
            "language": language,
            "region": REGIONS.get(language, ""),
            "author": in_language(content.federation.name, language) or name,
            "heading": heading,
            "short_name": name,
            "called_off": printing.called_off,
            "band": _band(tuple(stones_of(content, language))),
            "words": _words(),
            "sheets": [_sheet(session, printer, content) for session in chosen],
            "colophon": as_of(printing, language),
            "address": printing.address.removeprefix("https://").removeprefix("http://"),
        }


def render_session_sheets(document: dict[str, Any], *, made_at: datetime) -> bytes:
    """Return the sheets that `session_sheets_document` described as PDF."""
    compiled = compile_pdf if len(document["sheets"]) <= FEW else compile_apart
    return compiled(TEMPLATE, document, made_at=made_at)
