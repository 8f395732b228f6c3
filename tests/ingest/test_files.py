"""Files as they come: every format, every encoding, and everything that is wrong with them."""

from __future__ import annotations

import io
import resource
import struct
import time
import zipfile
from pathlib import Path

import pytest

from parvis.exports.spreadsheets import write_sheet
from parvis.ingest import refusals as no
from parvis.ingest.raw import Limits
from parvis.ingest.rows import ParsedRow
from parvis.ingest.sheets import open_file
from parvis.ingest.tables import check_size, content_of
from tests.ingest.samples import ods, password_protected_xlsx, with_sheet_xml, xlsx

TITLES = ["Prénom", "Nom", "Organisation", "Courriel"]
ROW = ["Zoé", "Œuvrard", "Ville de Dijon", "zoe@example.org"]
CSV = ";".join(TITLES) + "\r\n" + ";".join(ROW) + "\r\n"


def rows_of(content: bytes, filename: str = "participants.csv", **options: object) -> list[ParsedRow]:
    opened = open_file(content, filename, **options)  # type: ignore[arg-type]
    return list(opened.sheets[0].rows())


@pytest.mark.parametrize(
    "content",
    [
        CSV.encode("utf-8"),
        CSV.encode("utf-8-sig"),
        CSV.encode("utf-16"),
        b"\xfe\xff" + CSV.encode("utf-16-be"),
        CSV.encode("utf-16-le"),
        CSV.encode("cp1252"),
        CSV.replace("Œ", "Oe").encode("latin-1"),
        CSV.replace(";", ",").encode(),
        CSV.replace(";", "\t").encode(),
        ("sep=;\r\n" + CSV).encode(),
        CSV.replace("\r\n", "\n").encode(),
        CSV.replace("\r\n", "\r").encode(),
        CSV.replace("Ville de Dijon", '"Ville de Dijon"').encode(),
    ],
    ids=[
        "utf8",
        "bom",
        "utf16",
        "utf16be",
        "utf16le-bare",
        "cp1252",
        "latin1",
        "comma",
        "tab",
        "sep",
        "lf",
        "cr",
        "quotes",
    ],
)
def test_csv_as_programs_write_it(content: bytes) -> None:
    (row,) = rows_of(content)
    assert row.ok
    assert row.values["last_name"] in ("Œuvrard", "Oeuvrard")
    assert row.values["first_name"] == "Zoé"
    assert row.values["organisation"] == "Ville de Dijon"


def test_xlsx_and_ods() -> None:
    for content, name in ((xlsx(("Feuil1", [TITLES, ROW])), "p.xlsx"), (ods([TITLES, ROW]), "p.ods")):
        (row,) = rows_of(content, name, kind="participants")
        assert row.values["email"] == "zoe@example.org"
        assert row.number == 2


def test_titles_may_stand_below_other_lines_and_in_any_order_and_language() -> None:
    content = xlsx(
        (
            "Feuil1",
            [
                ["Rencontres 2023"],
                [],
                ["", "LAST  NAME", "first-name", "e mail", "Organization"],
                ["", "B", "A", "a@b.fr", "X"],
            ],
        )
    )
    opened = open_file(content, "liste.xlsx", kind="participants")
    (row,) = opened.sheets[0].rows()
    assert opened.sheets[0].header_row == 3
    assert row.number == 4
    assert (row.values["first_name"], row.values["last_name"], row.values["email"]) == ("A", "B", "a@b.fr")


def test_one_workbook_may_hold_a_whole_programme() -> None:
    content = xlsx(
        ("Lisez-moi", [["Bonjour"]]),
        ("Interventions", [["Code de la séance", "Prénom", "Nom"], ["OUV", "Dan", "Lert"]]),
        ("Séances", [["Code", "Format", "Titre"], ["OUV", "Ouverture", "Ouverture"]]),
        ("Salles", [["Salle", "Capacité"], ["Louis Armand", 300]]),
    )
    opened = open_file(content, "programme.xlsx")
    assert [sheet.kind.key for sheet in opened.sheets] == ["rooms", "sessions", "interventions"]
    assert opened.left_aside == ("Lisez-moi",)


def test_the_titles_tell_the_kind_when_no_name_does() -> None:
    content = ";".join(["Prénom", "Nom", "Organisation", "Catégorie", "Courriel"]) + "\nA;B;C;Élu;a@b.fr\n"
    assert open_file(content.encode(), "export.csv").sheets[0].kind.key == "participants"
    with pytest.raises(no.UnknownKind):
        open_file(b"a;b\n1;2\n", "export.csv")


# --- what is wrong with files --------------------------------------------------------------------------------------

GOOD_XLSX = xlsx(("Participants", [TITLES, ROW]))


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (b"", "participants.csv", no.EmptyFile),
        (b" \r\n\r\n", "participants.csv", no.EmptyFile),
        (b"\xef\xbb\xbf", "participants.csv", no.EmptyFile),
        (xlsx(("Participants", [])), "participants.xlsx", no.EmptyFile),
        (GOOD_XLSX[: len(GOOD_XLSX) // 2], "participants.xlsx", no.BrokenFile),
        (b"PK\x03\x04 nothing of the kind", "participants.xlsx", no.BrokenFile),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "participants.xls", no.BrokenFile),
        (b"Nom;Pr\x00nom\x00\x01\x02", "participants.csv", no.BrokenFile),
        (password_protected_xlsx(), "participants.xlsx", no.ProtectedFile),
        (password_protected_xlsx(), "participants.xls", no.ProtectedFile),
        (ods([], encrypted=True), "participants.ods", no.ProtectedFile),
        (CSV.encode(), "participants.xlsx", no.WrongExtension),
        (GOOD_XLSX, "participants.csv", no.WrongExtension),
        (GOOD_XLSX, "participants.ods", no.WrongExtension),
        (ods([TITLES, ROW]), "participants.xlsx", no.WrongExtension),
        (b"<html><table><tr><td>Nom</td></tr></table></html>", "participants.xls", no.WebPageInstead),
        (b"%PDF-1.7 ...", "participants.pdf", no.UnknownFormat),
        (b"%PDF-1.7 ...", "participants.csv", no.UnknownFormat),
        (CSV.encode(), "participants.docx", no.UnknownFormat),
        (b'Nom;Pr\xc3\xa9nom;Organisation\r\n"A;B;C\r\nD;E;F\r\n', "participants.csv", no.BrokenQuotes),
        (b"1;2;3\n4;5;6\n", "participants.csv", no.NoHeaderRow),
        (CSV.split("\r\n")[0].encode(), "participants.csv", no.NoRows),
        (b"Pr\xc3\xa9nom;Organisation\nA;B\n", "participants.csv", no.ColumnMissing),
        (b"Pr\xc3\xa9nom;Organisaton;Nom\nA;B;C\n", "participants.csv", no.ColumnMissingNearby),
        (b"Pr\xc3\xa9nom;Nom;Organisation;Nom de famille\nA;B;C;D\n", "participants.csv", no.ColumnTwice),
        (b"Pr\xc3\xa9nom;Nom;Organisation;NOM\nA;B;C;D\n", "participants.csv", no.ColumnTwice),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence(content: bytes, name: str, refusal: type[no.FileRefused]) -> None:
    with pytest.raises(no.FileRefused) as refused:
        rows_of(content, name)
    assert type(refused.value) is refusal
    assert "%(" not in str(refused.value)
    assert name in str(refused.value)


def test_a_missing_column_is_named_with_what_was_found() -> None:
    with pytest.raises(no.ColumnMissingNearby) as refused:
        rows_of("Prénom;Organisaton;Nom\nA;B;C\n".encode())
    said = str(refused.value)
    assert "“Organisation”" in said
    assert "“Organisaton”" in said
    assert "Prénom, Organisaton, Nom" in said


def test_two_columns_of_one_meaning_are_named_with_their_letters() -> None:
    with pytest.raises(no.ColumnTwice) as refused:
        rows_of("Prénom;Nom;Organisation;Nom de famille\nA;B;C;D\n".encode())
    assert "“Nom” (B), “Nom de famille” (D)" in str(refused.value)


def test_unknown_columns_are_kept_as_a_warning_with_a_suggestion() -> None:
    content = "Prénom;Nom;Organisation;Téléfone;Pointure;\nA;B;C;01;42;perdu\n"
    unknown = open_file(content.encode(), "participants.csv").sheets[0].unknown
    assert [(column.title, column.place, column.suggestion) for column in unknown] == [
        ("Téléfone", "D", "Téléphone"),
        ("Pointure", "E", ""),
        ("", "F", ""),
    ]


def test_two_hundred_megabytes_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "participants.csv"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)  # a sparse file: it takes no room
    with pytest.raises(no.FileTooLarge) as refused:
        content_of(path)
    assert "200 MB" in str(refused.value)
    assert "50 MB" in str(refused.value)
    with pytest.raises(no.FileTooLarge):
        check_size(200 * 1024 * 1024, "participants.csv")


def test_an_archive_that_unpacks_to_too_much_is_not_opened() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    with pytest.raises(no.ContentTooLarge):
        open_file(buffer.getvalue(), "participants.xlsx", limits=Limits(unpacked_bytes=20_000_000))


def test_an_archive_that_lies_about_its_size_is_broken() -> None:
    packed = bytearray(with_sheet_xml("<row r='1'>" + " " * 2_000_000 + "</row>"))
    place = packed.find(b"PK\x01\x02")
    while place >= 0 and b"sheet1.xml" not in packed[place : place + 90]:
        place = packed.find(b"PK\x01\x02", place + 4)
    struct.pack_into("<I", packed, place + 24, 1000)  # the directory now announces 1000 bytes
    with pytest.raises(no.BrokenFile):
        open_file(bytes(packed), "participants.xlsx")


def test_one_stray_cell_far_away_does_not_fill_the_memory() -> None:
    first = '<row r="1"><c r="A1" t="inlineStr"><is><t>Nom</t></is></c></row>'
    with pytest.raises(no.TooManyRows):
        open_file(
            with_sheet_xml(first + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), "p.xlsx", kind="people"
        )
    with pytest.raises(no.TooManyColumns):
        open_file(with_sheet_xml(first + '<row r="2"><c r="XFD2"><v>1</v></c></row>'), "p.xlsx", kind="people")
    far = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
    cell = '<table:table-cell{} office:value-type="string"><text:p>x</text:p></table:table-cell>'
    with pytest.raises(no.TooManyRows):
        open_file(ods([], raw_rows=far.format(1_000_000, cell.format(""))), "p.ods", kind="people")
    with pytest.raises(no.TooManyColumns):
        wide = cell.format(' table:number-columns-repeated="16000"')
        open_file(ods([], raw_rows=far.format(1, wide)), "p.ods", kind="people")


def test_formatting_far_away_is_no_cell() -> None:
    titles = "".join(
        f'<c r="{"ABC"[place]}1" t="inlineStr"><is><t>{title}</t></is></c>'
        for place, title in enumerate(("Prénom", "Nom", "Organisation"))
    )
    row = "".join(f'<c r="{letter}2" t="inlineStr"><is><t>x</t></is></c>' for letter in "ABC")
    far = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    content = with_sheet_xml(f'<row r="1">{titles}</row><row r="2">{row}</row>{far}')
    (parsed,) = rows_of(content, "participants.xlsx")
    assert parsed.ok


def test_too_many_rows_or_columns_of_csv() -> None:
    with pytest.raises(no.TooManyRows):
        open_file((CSV + "A;B;C;d@e.fr\n" * 50).encode(), "participants.csv", limits=Limits(rows=20))
    with pytest.raises(no.TooManyColumns):
        open_file(("Nom;" * 300 + "Prénom\n").encode(), "participants.csv")


def test_forty_thousand_rows_with_thirty_seven_bad_ones() -> None:
    def participants() -> list[dict[str, object]]:
        rows: list[dict[str, object]] = [
            {
                "first_name": "A",
                "last_name": f"N{i}",
                "organisation": "Dijon",
                "email": f"p{i}@example.org",
                "country": "FR",
            }
            for i in range(40_000)
        ]
        for bad in range(37):
            rows[bad * 1000]["email"] = "not an address"
        return rows

    content = write_sheet("participants", participants())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    opened = open_file(content, "participants.xlsx")
    good = bad = 0
    for row in opened.sheets[0].rows():
        good += row.ok
        bad += not row.ok
    assert (good, bad) == (40_000 - 37, 37)
    assert time.process_time() - begun < 15  # measured: under 3 s on the machine of bench/
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 300
