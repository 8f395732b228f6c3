"""Spreadsheets as an organiser would bring them, written by the export and read by the import."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from parvis.domain.imports import ImportRow, ImportSheet
from parvis.exports.spreadsheets import write_workbook
from parvis.ingest.import_sheets import import_sheets_of
from parvis.ingest.kinds import KINDS
from parvis.ingest.sheets import open_file

Rows = list[dict[str, Any]]


def sample_rows() -> dict[str, Rows]:
    """Return rows of every kind, which name one another."""
    return {
        "federation": [
            {
                "organisation": "Cités Unies France",
                "short_name": "CUF",
                "about_fr": "La fédération des collectivités engagées.",
                "founded_year": 1975,
                "website": "https://www.example.org",
                "series": "rencontres",
                "series_name_fr": "Rencontres",
                "series_name_en": "Meetings",
            }
        ],
        "editions": [
            {
                "series": "rencontres",
                "number": 13,
                "slug": "2022",
                "name_fr": "Treizièmes rencontres",
                "name_en": "Thirteenth meetings",
                "status": "cancelled",
                "starts_on": date(2022, 6, 8),
                "ends_on": date(2022, 6, 9),
                "venue_fr": "Parc floral",
                "city": "Paris",
                "cancelled_at": datetime(2022, 6, 8, 13, 0),
            },
            {
                "series": "rencontres",
                "number": 15,
                "slug": "2024",
                "name_fr": "Quinzièmes rencontres",
                "name_en": "Fifteenth meetings",
                "status": "announced",
                "announced_month": date(2024, 10, 1),
            },
        ],
        "organisations": [
            {
                "kind": "commune",
                "name": "Dijon",
                "country": "FR",
                "insee_code": "21231",
                "website": "https://www.dijon.fr",
                "member_years": [2022, 2023],
            },
            {
                "kind": "foreign_authority",
                "name": "Ville de Saint-Louis",
                "name_en": "City of Saint-Louis",
                "country": "SN",
            },
            {"kind": "embassy", "name": "Ambassade du Bénin en France", "country": "BJ"},
        ],
        "people": [
            {
                "first_name": "Claire",
                "last_name": "Exemple",
                "gender": "F",
                "email": "claire@example.org",
                "organisation": "Dijon",
                "organisation_code": "21231",
                "title_fr": "Maire",
                "title_en": "Mayor",
                "function": "mayor",
                "position": 0,
                "fictional": True,
            },
            {
                "first_name": "Claire",
                "last_name": "Exemple",
                "email": "claire@example.org",
                "organisation": "Dijon Métropole",
                "organisation_kind": "epci",
                "title_fr": "Présidente",
                "title_en": "President",
                "position": 1,
                "fictional": True,
            },
            {
                "first_name": "Moussa",
                "last_name": "Modèle",
                "organisation": "Ville de Saint-Louis",
                "country": "SN",
                "title_fr": "Adjoint au maire",
                "fictional": True,
            },
        ],
        "groups": [
            {
                "code": "senegal",
                "kind": "country",
                "name_fr": "Groupe-pays Sénégal",
                "name_en": "Senegal country group",
                "countries": ["SN"],
                "president_first_name": "Claire",
                "president_last_name": "Exemple",
                "president_organisation": "Dijon",
                "president_title": "Maire",
                "starts_on": date(2021, 1, 1),
            },
            {"code": "climat", "kind": "thematic", "name_fr": "Climat", "name_en": "Climate"},
        ],
        "rooms": [{"name": "Amphithéâtre", "capacity": 400, "position": 1}, {"name": "Salle 2", "capacity": 60}],
        "sessions": [
            {
                "code": "P1",
                "format": "plenary",
                "title_fr": "Plénière",
                "title_en": "Plenary",
                "theme_fr": "Enjeux mondiaux",
                "theme_en": "Global challenges",
                "date": date(2023, 9, 19),
                "starts_at": time(9, 30),
                "ends_at": time(11, 0),
                "room": "Amphithéâtre",
                "spoken": ["fr"],
                "interpreted": ["en"],
                "status": "confirmed",
                "sdgs": [11, 17],
            },
            {
                "code": "G1",
                "format": "country_group",
                "title_fr": "Réunion Sénégal",
                "title_en": "Senegal meeting",
                "group": "senegal",
                "host": "Dijon",
                "date": date(2023, 9, 18),
                "starts_at": time(14, 0),
                "duration": 60,
                "room": "Salle 2",
                "members_only": True,
            },
            {"code": "W1", "format": "workshop", "title_fr": "Atelier", "title_en": "Workshop", "duration": 90},
        ],
        "interventions": [
            {
                "session_code": "P1",
                "first_name": "Claire",
                "last_name": "Exemple",
                "organisation": "Dijon Métropole",
                "title": "Présidente",
                "role": "speaker",
                "position": 1,
            },
            {"session_code": "G1", "first_name": "Moussa", "last_name": "Modèle", "role": "moderator"},
        ],
        "partners": [
            {
                "organisation": "Agence de développement",
                "organisation_kind": "agency",
                "short_name": "AD",
                "kind": "funder",
                "mention_fr": "Avec le soutien de l’Agence",
                "mention_en": "With the support of the Agency",
                "position": 1,
                "url": "https://www.example.org/ad",
            }
        ],
        "honours": [
            {
                "kind": "honour",
                "session_code": "P1",
                "first_name": "Claire",
                "last_name": "Exemple",
                "group": "senegal",
                "citation_fr": "Pour son action.",
                "citation_en": "For her action.",
            },
            {
                "kind": "label",
                "award_name_fr": "Territoires unis",
                "award_name_en": "United territories",
                "session_code": "P1",
                "organisation": "Dijon",
                "organisation_code": "21231",
            },
        ],
        "participants": [
            {
                "gender": "F",
                "first_name": "Claire",
                "last_name": "Exemple",
                "email": "claire@example.org",
                "organisation": "Dijon",
                "organisation_code": "21231",
                "title_fr": "Maire",
                "category": "elected",
                "status": "confirmed",
                "source": "form",
                "registered_at": datetime(2023, 7, 1, 10, 15),
                "language": "fr",
                "image_consent": True,
                "fictional": True,
                "external_reference": "EXT-1",
            },
            {
                "first_name": "Moussa",
                "last_name": "Modèle",
                "organisation": "Ville de Saint-Louis",
                "country": "SN",
                "category": "foreign_delegation",
                "status": "cancelled",
                "fictional": True,
                "external_reference": "EXT-2",
            },
            {
                "first_name": "Ada",
                "last_name": "Témoin",
                "email": "ada@example.org",
                "organisation": "Ambassade du Bénin en France",
                "title_en": "Counsellor",
                "language": "en",
                "listed_consent": True,
                "fictional": True,
                "external_reference": "EXT-3",
            },
        ],
        "scans": [
            {
                "scanned_at": datetime(2023, 9, 18, 9, 1),
                "external_reference": "EXT-1",
                "checkpoint": "entrance-1",
                "device": "porte-1",
            }
        ],
    }


def workbook(rows: Mapping[str, Iterable[Mapping[str, Any]]], language: str = "fr") -> bytes:
    """Return an XLSX with one sheet per kind, of the columns that any row gives."""
    sheets = []
    for kind, given in rows.items():
        lines = list(given)
        keys = {key for line in lines for key in line} | {column.key for column in KINDS[kind].required}
        sheets.append(([column for column in KINDS[kind] if column.key in keys], lines))
    return write_workbook(sheets, language, sheet_names=[KINDS[kind].name(language) for kind in rows])


def sheets_of(rows: Mapping[str, Iterable[Mapping[str, Any]]], language: str = "fr") -> list[ImportSheet]:
    """Return the rows as they come out of a file that holds them."""
    return import_sheets_of(open_file(workbook(rows, language), "file.xlsx", language=language))


def plain_sheet(kind: str, rows: Rows) -> ImportSheet:
    """Return rows as if they had been read, without a file: for tests that make many."""
    return ImportSheet(kind, [ImportRow(number, dict(row)) for number, row in enumerate(rows, start=2)])
