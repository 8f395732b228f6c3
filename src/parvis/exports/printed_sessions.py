"""A session as printed documents take it: texts with their language, spaced by its rules, never as markup."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from parvis.domain.programme.release import ReleaseContent, SessionContent, Words, in_language, language_of
from parvis.domain.programme.sessions import INTERVENTION_ROLE_NAMES, InterventionRole, SessionFormat
from parvis.domain.typography import NBSP, clock, is_right_to_left, typeset
from parvis.exports.session_words import kind_said, languages_said, mode_said

REGIONS = {"fr": "FR", "en": "GB", "es": "ES", "ar": "SA"}
TINTS: dict[SessionFormat, str] = {
    SessionFormat.OPENING: "brick",
    SessionFormat.PLENARY: "brick",
    SessionFormat.CEREMONY: "brick",
    SessionFormat.WORKSHOP: "sea",
    SessionFormat.MICRO_WORKSHOP: "gold",
    SessionFormat.COUNTRY_GROUP: "olive",
    SessionFormat.THEMATIC_GROUP: "olive",
    SessionFormat.REGIONAL_MEETING: "plum",
}
_ENDLESS = re.compile(r"[^\s\u200b]{32}(?=[^\s\u200b])")  # a word that no line holds


def broken(text: str) -> str:
    """Return a text whose endless words may be broken across lines."""
    return _ENDLESS.sub("\\g<0>\u200b", text)


def said_in(text: str, language: str) -> dict[str, Any]:
    """Return a text of a known language for a template: what it says, and which way it runs."""
    return {"text": broken(typeset(text, language)), "language": language, "rtl": is_right_to_left(language)}


def printed_text(words: Words, language: str) -> dict[str, Any]:
    """Return a text in `language`, else in a language that it has, for a template."""
    return said_in(in_language(words, language), language_of(words, language))


def paragraphs(words: Words, language: str) -> list[dict[str, Any]]:
    """Return a longer text, paragraph by paragraph."""
    own = language_of(words, language)
    return [
        said_in(" ".join(piece.split()), own) for piece in in_language(words, language).split("\n") if piece.strip()
    ]


def hours(session: SessionContent, language: str) -> str:
    """Return when a session begins and ends: 9 h 30 – 11 h; empty while that is to be announced."""
    if not session.starts_at:
        return ""
    starts, ends = datetime.fromisoformat(session.starts_at), datetime.fromisoformat(session.ends_at)
    return f"{clock(starts, language)}{NBSP}–{NBSP}{clock(ends, language)}"


class SessionPrinter:
    """Turns the sessions of a release into what templates take. The active language must be `language`."""

    def __init__(self, content: ReleaseContent, language: str) -> None:
        self.language = language
        self._rooms = {room.slug: room for room in content.rooms}
        self._people = {person.slug: person for person in content.speakers}

    def room(self, session: SessionContent) -> str:
        """Return the room's name, with its building where it has one."""
        room = self._rooms.get(session.room)
        return ", ".join(part for part in (room.name, room.building) if part) if room else ""

    def host(self, session: SessionContent) -> str:
        """Return who holds the session, in words."""
        name = in_language(session.host, self.language)
        return typeset(gettext("Held by: %(name)s") % {"name": name}, self.language) if name else ""

    def people(self, session: SessionContent) -> list[dict[str, Any]]:
        """Return who takes the floor, in speaking order."""
        lines = []
        for item in session.interventions:
            person = self._people[item.person]
            role = InterventionRole(item.role)
            lines.append(
                {
                    "name": broken(person.name),
                    "role": "" if role is InterventionRole.SPEAKER else gettext(INTERVENTION_ROLE_NAMES[role]),
                    "mandate": printed_text(item.mandate, self.language),
                    "minutes": item.length_min,
                    "fictional": person.fictional,
                }
            )
        return lines

    def session(self, session: SessionContent) -> dict[str, Any]:
        """Return one session."""
        format_ = SessionFormat(session.format)
        return {
            "id": session.slug,
            "kind": typeset(kind_said(session, self.language), self.language),
            "tint": TINTS.get(format_, "soft"),
            "pause": format_ is SessionFormat.BREAK,
            "cancelled": session.status == "cancelled",
            "members": session.members_only,
            "title": printed_text(session.title, self.language),
            "abstract": paragraphs(session.abstract, self.language),
            "note": paragraphs(session.practical_note, self.language),
            "group": typeset(in_language(session.group, self.language), self.language),
            "host": self.host(session),
            "room": typeset(self.room(session), self.language),
            "languages": languages_said(session, self.language),
            "mode": mode_said(session),
            "hours": hours(session, self.language),
            "people": self.people(session),
        }
