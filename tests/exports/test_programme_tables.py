"""The programme as XLSX, read back by calamine, and as CSV, read back by Python: a row each, nothing that runs."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from parvis.domain.programme.release import ReleaseContent
from parvis.exports.programme_tables import programme_workbook, sessions_csv, speakers_csv
from tests.factories.release_contents import a_guid, a_release, a_session, a_speaker

SITE = "https://example.org/2023/"
PUBLISHED = datetime(2023, 9, 1, 8, tzinfo=UTC)
DANGEROUS = ["=1+1", "+33 1", "-5", "@SUM(A1)", "\t=1", '=HYPERLINK("https://evil.example.org")']


def workbook(content: ReleaseContent | None = None, language: str = "fr") -> bytes:
    given = a_release() if content is None else content
    return programme_workbook(given, language=language, site=SITE, written_at=PUBLISHED)


def sheets(body: bytes) -> dict[str, list[dict[str, Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    read = {}
    for name in book.sheet_names:
        header, *rows = book.get_sheet_by_name(name).to_python()
        read[name] = [dict(zip(map(str, header), row, strict=True)) for row in rows]
    return read


def table(body: bytes, separator: str = ";") -> list[dict[str, str]]:
    assert body.startswith(b"\xef\xbb\xbf")  # so that Excel knows that it is UTF-8
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=separator))


def test_the_workbook_has_a_row_for_each_session_and_each_speaker() -> None:
    read = sheets(workbook())
    assert list(read) == ["Séances", "Intervenants"]
    first = read["Séances"][0]
    assert (first["Code"], first["Statut"], first["Format"]) == ("AT1", "Confirmée", "Atelier")
    assert first["Titre"] == "Énergie : agir, ensemble"
    assert (first["Date"], first["Début"], first["Fin"]) == (date(2023, 9, 18), time(11, 15), time(12, 45))
    assert first["Thèmes"] == "Climat; Jeunesse"
    assert (first["Salle"], first["Bâtiment"], first["Places"]) == ("Salle A", "Nord", 50)
    assert (first["Langues parlées"], first["Interprétation"]) == ("fr", "en; es")
    assert first["Modération"] == "Awa Sarr, maire de Kayar"
    assert first["Interventions"] == "Jo Roy (fictif)"
    assert first["GUID"] == a_guid("AT1")
    assert [row["Titre"] for row in read["Séances"]][2:] == ["Eau", "Café", "À placer"]
    assert (read["Séances"][2]["Statut"], read["Séances"][4]["Date"]) == ("Annulée", "")
    people = read["Intervenants"]
    assert [(p["Nom"], p["Prénom"], p["Mandats"], p["Séances"], p["Personne fictive"]) for p in people] == [
        ("Sarr", "Awa", "maire de Kayar", "AT1; GP1", "non"),
        ("Roy", "Jo", "agent", "AT1", "oui"),
    ]


def test_csv_says_what_the_workbook_says() -> None:
    rows = table(sessions_csv(a_release(), language="fr", site=SITE))
    read = sheets(workbook())["Séances"]
    for row, twin in zip(rows, read, strict=True):
        for name in ("Code", "Titre", "Thèmes", "Résumé", "Page", "GUID", "Statut", "Réservée aux adhérents"):
            assert row[name] == str(twin[name]), name
    assert (rows[0]["Date"], rows[0]["Début"]) == ("2023-09-18", "11:15")
    people = table(speakers_csv(a_release(), language="fr", site=SITE))
    assert [person["Nom"] for person in people] == ["Sarr", "Roy"]


def test_english_has_its_words_and_its_separator() -> None:
    rows = table(sessions_csv(a_release(), language="en", site=SITE), ",")
    assert (rows[0]["Title"], rows[0]["Moderators"]) == ("Energy; acting, together", "Awa Sarr, Mayor of Kayar")
    assert list(sheets(workbook(language="en"))) == ["Sessions", "Speakers"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_is_a_formula(text: str) -> None:
    content = a_release(
        [a_session(title={"fr": text}, abstract={"fr": text}, practical_note={"fr": text})],
        speakers=[replace(a_speaker(), last_name=text, biography={"fr": text})],
    )
    body = workbook(content)
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist() if "worksheets" in name)
    assert sheets(body)["Séances"][0]["Titre"].strip() == text.strip()
    for rows in (
        table(sessions_csv(content, language="fr", site=SITE)),
        table(speakers_csv(content, language="fr", site=SITE)),
    ):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row.values())
    assert table(sessions_csv(content, language="fr", site=SITE))[0]["Titre"] == f"'{text}"


def test_the_same_release_gives_the_same_bytes() -> None:
    assert workbook() == workbook()


def test_lines_and_separators_in_a_text_stay_in_their_cell() -> None:
    text = 'Une ligne ; une "autre",\nla suivante'
    (row,) = table(sessions_csv(a_release([a_session(abstract={"fr": text})]), language="fr", site=SITE))
    assert row["Résumé"] == text


def test_an_empty_programme_is_a_table_without_rows() -> None:
    assert table(sessions_csv(a_release([]), language="fr", site=SITE)) == []
    assert sheets(workbook(a_release([], speakers=[]))) == {"Séances": [], "Intervenants": []}
