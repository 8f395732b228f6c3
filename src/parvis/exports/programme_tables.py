"""The public programme as tables: sessions and speakers, a row each, as XLSX and as CSV.

What people typed stays text: a cell that begins as a formula would is marked so that no spreadsheet runs it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext, override

from parvis.domain.programme.release import ReleaseContent, SessionContent, SpeakerContent, in_language
from parvis.domain.programme.sessions import SESSION_STATUS_NAMES, InterventionRole, SessionStatus
from parvis.exports.programme_words import ProgrammeWords
from parvis.exports.spreadsheets import is_dangerous, write_workbook
from parvis.ingest.kinds.columns import Column, ColumnType

SESSIONS: tuple[Column, ...] = (
    Column("code", "Code", "Code"),
    Column("status", "Statut", "Status"),
    Column("format", "Format", "Format"),
    Column("title", "Titre", "Title", max_length=300),
    Column("themes", "Thèmes", "Themes", ColumnType.LIST),
    Column("group", "Groupe", "Group"),
    Column("host", "Organisée par", "Held by"),
    Column("date", "Date", "Date", ColumnType.DATE),
    Column("starts_at", "Début", "Start", ColumnType.TIME),
    Column("ends_at", "Fin", "End", ColumnType.TIME),
    Column("duration", "Durée (min)", "Length (min)", ColumnType.INTEGER),
    Column("room", "Salle", "Room"),
    Column("building", "Bâtiment", "Building"),
    Column("capacity", "Places", "Seats", ColumnType.INTEGER),
    Column("mode", "Mode", "Mode"),
    Column("online_url", "Adresse en ligne", "Address online", ColumnType.URL),
    Column("members_only", "Réservée aux adhérents", "Members only", ColumnType.BOOLEAN),
    Column("spoken", "Langues parlées", "Languages spoken", ColumnType.LANGUAGE_LIST),
    Column("interpreted", "Interprétation", "Interpreted into", ColumnType.LANGUAGE_LIST),
    Column("moderators", "Modération", "Moderators", ColumnType.LIST, max_length=300),
    Column("speakers", "Interventions", "Speakers", ColumnType.LIST, max_length=300),
    Column("sdgs", "ODD", "SDGs", ColumnType.INTEGER_LIST),
    Column("abstract", "Résumé", "Abstract", ColumnType.LONG_TEXT),
    Column("practical_note", "À savoir", "Practical note", ColumnType.LONG_TEXT),
    Column("url", "Page", "Page", ColumnType.URL),
    Column("guid", "GUID", "GUID", max_length=180),
)
SPEAKERS: tuple[Column, ...] = (
    Column("last_name", "Nom", "Last name"),
    Column("first_name", "Prénom", "First name"),
    Column("mandates", "Mandats", "Mandates", ColumnType.LIST, max_length=300),
    Column("sessions", "Séances", "Sessions", ColumnType.LIST, max_length=300),
    Column("biography", "Biographie", "Biography", ColumnType.LONG_TEXT),
    Column("fictional", "Personne fictive", "Fictional person", ColumnType.BOOLEAN),
    Column("url", "Page", "Page", ColumnType.URL),
    Column("guid", "GUID", "GUID", max_length=180),
)

Row = Mapping[str, Any]


def session_rows(content: ReleaseContent, *, language: str, site: str) -> Iterator[Row]:
    """Yield every session of a release, cancelled and unplaced ones too: their status and empty times say so."""
    words = ProgrammeWords(content, language=language, site=site)
    for session in content.sessions:
        starts = datetime.fromisoformat(session.starts_at) if session.starts_at else None
        ends = datetime.fromisoformat(session.ends_at) if session.ends_at else None
        yield {
            "code": session.code,
            "status": gettext(SESSION_STATUS_NAMES[SessionStatus(session.status)]),
            "format": words.format_name(session),
            "title": words.title(session),
            "themes": words.theme_names(session),
            "group": words.group(session),
            "host": in_language(session.host, language),
            "date": starts.date() if starts else None,
            "starts_at": starts.time() if starts else None,
            "ends_at": ends.time() if ends else None,
            "duration": session.duration_min or None,
            "room": words.room(session),
            "building": words.buildings.get(session.room, ""),
            "capacity": session.capacity,
            "mode": words.mode_name(session),
            "online_url": session.online_url,
            "members_only": session.members_only,
            "spoken": session.spoken,
            "interpreted": session.interpreted,
            "moderators": _people(words, session, moderating=True),
            "speakers": _people(words, session, moderating=False),
            "sdgs": session.sdgs,
            "abstract": words.abstract(session),
            "practical_note": in_language(session.practical_note, language),
            "url": words.address(session),
            "guid": session.guid,
        }


def _people(words: ProgrammeWords, session: SessionContent, *, moderating: bool) -> list[str]:
    return [
        ", ".join(part for part in (words.speaker_name(speaker), words.mandate(item)) if part)
        for item, speaker in words.cast(session)
        if (item.role == InterventionRole.MODERATOR) is moderating
    ]


def speaker_rows(content: ReleaseContent, *, language: str, site: str) -> Iterator[Row]:
    """Yield everybody who takes the floor, in the order of their names, with the codes of their sessions."""
    words = ProgrammeWords(content, language=language, site=site)
    codes: dict[str, dict[str, None]] = {}
    for session in content.sessions:
        for item in session.interventions:
            codes.setdefault(item.person, {})[session.code] = None
    for speaker in content.speakers:
        yield _speaker(words, speaker, list(codes.get(speaker.slug, {})))


def _speaker(words: ProgrammeWords, speaker: SpeakerContent, codes: list[str]) -> Row:
    return {
        "last_name": speaker.last_name,
        "first_name": speaker.first_name,
        "mandates": [name for mandate in speaker.mandates if (name := in_language(mandate, words.language))],
        "sessions": codes,
        "biography": in_language(speaker.biography, words.language),
        "fictional": speaker.fictional,
        "url": words.speaker_address(speaker),
        "guid": speaker.guid,
    }


def programme_workbook(content: ReleaseContent, *, language: str, site: str, written_at: datetime) -> bytes:
    """Return one XLSX with a sheet of sessions and one of speakers; the same release gives the same bytes."""
    with override(language):
        sheets = (
            (SESSIONS, session_rows(content, language=language, site=site)),
            (SPEAKERS, speaker_rows(content, language=language, site=site)),
        )
        names = ("Séances", "Intervenants") if language == "fr" else ("Sessions", "Speakers")
        return write_workbook(sheets, language, sheet_names=names, created=written_at)


def sessions_csv(content: ReleaseContent, *, language: str, site: str) -> bytes:
    """Return the sessions as CSV."""
    with override(language):
        return _csv(SESSIONS, session_rows(content, language=language, site=site), language)


def speakers_csv(content: ReleaseContent, *, language: str, site: str) -> bytes:
    """Return the speakers as CSV."""
    with override(language):
        return _csv(SPEAKERS, speaker_rows(content, language=language, site=site), language)


def _csv(columns: Sequence[Column], rows: Iterable[Row], language: str) -> bytes:
    """Return a CSV in UTF-8 that a spreadsheet of the language opens by itself: its separator, and a mark in front."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";" if language == "fr" else ",")
    writer.writerow([column.header(language) for column in columns])
    yes, no = ("oui", "non") if language == "fr" else ("yes", "no")
    for row in rows:
        writer.writerow([_cell(row.get(column.key), yes, no) for column in columns])
    return buffer.getvalue().encode("utf-8-sig")


def _cell(value: Any, yes: str, no: str) -> str:
    match value:
        case None:
            return ""
        case bool():
            return yes if value else no
        case time():
            return value.strftime("%H:%M")
        case date():
            return value.isoformat()
        case list():
            text = "; ".join(str(item) for item in value)
        case _:
            text = str(value)
    return f"'{text}" if is_dangerous(text) else text
