"""Cells: what people write, what is understood, what is refused and why."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from parvis.ingest import refusals as no
from parvis.ingest.cells import empty_value, reader_for
from parvis.ingest.kinds import KINDS, Choice, Column, ColumnType
from parvis.ingest.sheets import open_file
from tests.ingest.samples import with_sheet_xml, xlsx

T = ColumnType
CHOICES = (Choice("elected", "Élu", "Elected", ("élue",)), Choice("press", "Presse", "Press"))


def read(kind: ColumnType, cell: Any) -> Any:
    return reader_for(Column("x", "X", "X", kind, max_length=60, choices=CHOICES))(cell)


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (T.TEXT, "  deux\u00a0 mots\n ici ", "deux mots ici"),
        (T.TEXT, "e\u0301te\u0301", "été"),
        (T.TEXT, 12.0, "12"),
        (T.LONG_TEXT, "Quoi\u202f?\r\n\r\nÇa.", "Quoi\u202f?\n\nÇa."),
        (T.CODE, 75056.0, "75056"),
        (T.CODE, "+33 (0)1 23 45", "+33 (0)1 23 45"),
        (T.INSEE, 1004.0, "01004"),
        (T.INSEE, "1004", "01004"),
        (T.INSEE, "2a004", "2A004"),
        (T.INSEE, 1.0, "01"),
        (T.INSEE, "217 500 016", "217500016"),
        (T.INSEE, 974.0, "974"),
        (T.SIREN, 217500016.0, "217500016"),
        (T.INTEGER, "1 500", 1500),
        (T.INTEGER, "1\u202f500", 1500),
        (T.INTEGER, 12.0, 12),
        (T.MINUTES, "1h30", 90),
        (T.MINUTES, "20 min", 20),
        (T.MINUTES, 90.0, 90),
        (T.MINUTES, "2 h", 120),
        (T.MINUTES, timedelta(minutes=45), 45),
        (T.MINUTES, time(1, 30), 90),
        (T.DATE, "18/09/2023", date(2023, 9, 18)),
        (T.DATE, "2023-09-18", date(2023, 9, 18)),
        (T.DATE, "2023-09-18 00:00:00", date(2023, 9, 18)),
        (T.DATE, "18.9.2023", date(2023, 9, 18)),
        (T.DATE, "18/09/23", date(2023, 9, 18)),
        (T.DATE, "lundi 18 septembre 2023", date(2023, 9, 18)),
        (T.DATE, "1er août 2023", date(2023, 8, 1)),
        (T.DATE, "September 18, 2023", date(2023, 9, 18)),
        (T.DATE, 45187.0, date(2023, 9, 18)),
        (T.DATE, datetime(2023, 9, 18), date(2023, 9, 18)),
        (T.MONTH, "octobre 2024", date(2024, 10, 1)),
        (T.MONTH, "10/2024", date(2024, 10, 1)),
        (T.MONTH, "2024-10", date(2024, 10, 1)),
        (T.MONTH, date(2024, 10, 15), date(2024, 10, 1)),
        (T.TIME, "9h30", time(9, 30)),
        (T.TIME, "9 h 30", time(9, 30)),
        (T.TIME, "9:30", time(9, 30)),
        (T.TIME, "14h", time(14)),
        (T.TIME, "2:30 PM", time(14, 30)),
        (T.TIME, 0.3958333333333333, time(9, 30)),
        (T.DATETIME, "18/09/2023 9h30", datetime(2023, 9, 18, 9, 30)),
        (T.DATETIME, "18/09/2023 à 9:30", datetime(2023, 9, 18, 9, 30)),
        (T.DATETIME, "2023-09-18T09:30:15", datetime(2023, 9, 18, 9, 30, 15)),
        (T.DATETIME, "2023-09-18T09:30:15.250+02:00", datetime(2023, 9, 18, 7, 30, 15, 250_000, UTC)),
        (T.DATETIME, "2023-09-18T07:30Z", datetime(2023, 9, 18, 7, 30, tzinfo=UTC)),
        (T.DATETIME, "18/09/2023", datetime(2023, 9, 18)),
        (T.DATETIME, 45187.395833333336, datetime(2023, 9, 18, 9, 30)),
        (T.BOOLEAN, "Oui", True),
        (T.BOOLEAN, "non", False),
        (T.BOOLEAN, 1.0, True),
        (T.BOOLEAN, False, False),
        (T.BOOLEAN, "X", True),
        (T.CHOICE, "ÉLUE", "elected"),
        (T.CHOICE, "press", "press"),
        (T.LIST, "a; b ;a", ["a", "b"]),
        (T.INTEGER_LIST, "2021, 2022;2023".replace(";", ","), [2021, 2022, 2023]),
        (T.INTEGER_LIST, 2023.0, [2023]),
        (T.EMAIL, " Claire.VASSEUR@Example.ORG ", "claire.vasseur@example.org"),
        (T.EMAIL, "Claire Vasseur <claire@example.org>", "claire@example.org"),
        (T.EMAIL, "mailto:claire@example.org", "claire@example.org"),
        (T.EMAIL, "élu@collectivité.fr", "élu@collectivité.fr"),
        (T.URL, "www.cites-unies-france.org", "https://www.cites-unies-france.org"),
        (T.URL, "http://raict.org", "http://raict.org"),
        (T.COUNTRY, "sénégal", "SN"),
        (T.COUNTRY_LIST, "Bénin; Togo / Mali".replace(" /", ";"), ["BJ", "TG", "ML"]),
        (T.LANGUAGE, "Français", "fr"),
        (T.LANGUAGE, "en-GB", "en"),
        (T.LANGUAGE_LIST, "fr, anglais; العربية".replace(";", ","), ["fr", "en", "ar"]),
    ],
)
def test_understood(kind: ColumnType, cell: Any, value: Any) -> None:
    assert read(kind, cell) == value


@pytest.mark.parametrize(
    ("kind", "cell", "refusal"),
    [
        (T.TEXT, "a\x07b", no.ControlCharacter),
        (T.TEXT, "x" * 61, no.TextTooLong),
        (T.INSEE, "Dijon", no.InseeMalformed),
        (T.INSEE, "123456", no.InseeMalformed),
        (T.SIREN, "123", no.SirenMalformed),
        (T.INTEGER, "douze", no.NumberNotUnderstood),
        (T.INTEGER, 12.5, no.NumberNotUnderstood),
        (T.INTEGER, "-5", no.NumberOutOfRange),
        (T.INTEGER, 40_000.0, no.NumberOutOfRange),
        (T.INTEGER, True, no.NumberNotUnderstood),
        (T.MINUTES, "longtemps", no.DurationNotUnderstood),
        (T.DATE, "09/18/2023", no.DateNotUnderstood),
        (T.DATE, "31/02/2023", no.DateNotUnderstood),
        (T.DATE, "18/09/0203", no.DateNotUnderstood),
        (T.DATE, "demain", no.DateNotUnderstood),
        (T.DATE, datetime(2023, 9, 18, 9, 30), no.DateNotUnderstood),
        (T.DATE, 3.0e9, no.DateNotUnderstood),
        (T.MONTH, "13/2024", no.MonthNotUnderstood),
        (T.TIME, "25h", no.TimeNotUnderstood),
        (T.TIME, "9h75", no.TimeNotUnderstood),
        (T.DATETIME, "18/09/2023 25:00", no.DateTimeNotUnderstood),
        (T.DATETIME, "jamais", no.DateTimeNotUnderstood),
        (T.BOOLEAN, "peut-être", no.YesOrNoNotUnderstood),
        (T.CHOICE, "pressse", no.ChoiceUnknownNearby),
        (T.CHOICE, "quelconque", no.ChoiceUnknown),
        (T.EMAIL, "claire", no.EmailNotUnderstood),
        (T.EMAIL, "a@b.fr; c@d.fr", no.EmailNotUnderstood),
        (T.EMAIL, "a@b..fr", no.EmailNotUnderstood),
        (T.URL, "nulle part", no.UrlNotUnderstood),
        (T.URL, "javascript:alert(1)", no.UrlNotUnderstood),
        (T.COUNTRY, "Sénégall", no.CountryUnknownNearby),
        (T.COUNTRY, "Poudlard", no.CountryUnknown),
        (T.LANGUAGE, "klingonais", no.LanguageUnknown),
    ],
)
def test_refused(kind: ColumnType, cell: Any, refusal: type[no.CellRefused]) -> None:
    with pytest.raises(no.CellRefused) as refused:
        read(kind, cell)
    assert type(refused.value) is refusal
    assert "%(" not in str(refused.value)


def test_empty_lists_are_never_shared() -> None:
    column = Column("x", "X", "X", T.LIST)
    first = empty_value(column)
    assert first == []
    assert first is not empty_value(column)


HEAD = "Prénom;Nom;Organisation;Téléphone\n"


@pytest.mark.parametrize(
    "cell", ["=1+1", '=HYPERLINK("x")'.replace('"', ""), "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0"]
)
def test_a_formula_in_csv_is_refused_in_its_cell(cell: str) -> None:
    (row,) = open_file(f"{HEAD}A;{cell};C;1\n".encode(), "participants.csv").sheets[0].rows()
    (error,) = row.errors
    assert (error.row, error.column, error.value) == (2, "Nom", cell)
    assert type(error.reason) is no.FormulaInCell


def test_what_only_looks_like_a_formula_is_text() -> None:
    content = f'{HEAD}-;@CitesUniesFR;- tiret;+33 (0)1 23 45 67 89\nA;B;C;"=""0123"""\n'
    one, two = open_file(content.encode(), "participants.csv").sheets[0].rows()
    assert one.ok
    assert one.values["phone"] == "+33 (0)1 23 45 67 89"
    assert one.values["last_name"] == "@CitesUniesFR"
    assert two.values["phone"] == "0123"


def test_formulas_of_a_workbook_give_their_value_or_name_their_error() -> None:
    def touch(workbook: Any, worksheet: Any) -> None:
        worksheet.write_formula(1, 0, '=UPPER("a")', None, "A")
        worksheet.write_formula(1, 1, "=A9", None, "#REF!")
        worksheet.write_string(1, 2, "=1+1")

    content = xlsx(("Participants", [["Prénom", "Nom", "Organisation"]]), touch=touch)
    (row,) = open_file(content, "participants.xlsx").sheets[0].rows()
    assert row.values == {"first_name": "A", "organisation": "=1+1"}
    (error,) = row.errors
    assert (error.row, error.column, error.value) == (2, "Nom", "#REF!")
    assert type(error.reason) is no.FormulaFailed


def test_a_formula_that_was_never_calculated_is_named() -> None:
    titles = "".join(
        f'<c r="{"ABC"[place]}1" t="inlineStr"><is><t>{title}</t></is></c>'
        for place, title in enumerate(("Prénom", "Nom", "Organisation"))
    )
    content = with_sheet_xml(
        f'<row r="1">{titles}</row><row r="2"><c r="A2"><f>B2</f></c><c r="B2" t="inlineStr"><is><t>x</t></is></c>'
        '<c r="C2"><f>B2</f><v></v></c></row>'
    )
    (row,) = open_file(content, "participants.xlsx").sheets[0].rows()
    assert [(error.column, type(error.reason)) for error in row.errors] == [
        ("Prénom", no.FormulaNotCalculated),
        ("Organisation", no.FormulaNotCalculated),
    ]


def test_dates_and_numbers_of_a_workbook() -> None:
    def touch(workbook: Any, worksheet: Any) -> None:
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        clock = workbook.add_format({"num_format": "hh:mm"})
        worksheet.write_datetime(1, 3, date(2023, 9, 18), day)
        worksheet.write_datetime(1, 4, time(9, 30), clock)
        worksheet.write_number(1, 5, 90)

    titles = ["Code", "Format", "Titre", "Date", "Début", "Durée"]
    content = xlsx(("Séances", [titles, ["A1", "Atelier", "T"]]), touch=touch)
    (row,) = open_file(content, "x.xlsx").sheets[0].rows()
    assert row.values == {
        "code": "A1",
        "format": "workshop",
        "title_fr": "T",
        "date": date(2023, 9, 18),
        "starts_at": time(9, 30),
        "duration": 90,
    }


def test_a_row_names_every_bad_cell_and_blank_rows_are_passed() -> None:
    content = "Prénom;Nom;Organisation;Courriel;Pays\n;;;;\n;Vasseur;Orléans;claire;Poudlard\n"
    (row,) = open_file(content.encode(), "participants.csv").sheets[0].rows()
    assert row.number == 3
    assert [(error.key, type(error.reason)) for error in row.errors] == [
        ("first_name", no.CellMissing),
        ("email", no.EmailNotUnderstood),
        ("country", no.CountryUnknown),
    ]
    assert row.values == {"last_name": "Vasseur", "organisation": "Orléans"}


def test_the_words_of_every_choice_are_understood() -> None:
    for kind in KINDS.values():
        for column in kind:
            if column.type is T.CHOICE:
                reader = reader_for(column)
                for choice in column.choices:
                    for word in (choice.key, choice.fr, choice.en, *choice.aliases):
                        assert reader(word) == choice.key, (kind.key, column.key, word)
