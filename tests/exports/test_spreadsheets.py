"""What is exported is accepted by the import, and means the same."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.domain.network.countries import WORLD_PARTS
from parvis.domain.text import one_line, tidy
from parvis.exports.spreadsheets import empty_template, write_sheet, write_workbook
from parvis.ingest.cells import empty_value
from parvis.ingest.kinds import KINDS, Column, ColumnType, SheetKind
from parvis.ingest.refusals import NoRows
from parvis.ingest.sheets import open_file

T = ColumnType
# Any text of one line that a person can type: no control character, nothing that NFC or trimming would change.
_LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cf", "Cn", "Co", "Zl", "Zp", "Zs"), include_characters=" ")
_TEXTS = st.text(_LETTERS, max_size=40).map(one_line)
_STARTS = st.sampled_from(["=", "+", "-", "@", "=1+1", "@SUM(A1)", "'"])
_MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2099, 1, 1)).map(lambda moment: moment.replace(microsecond=0))
_YEARS = st.lists(st.integers(1950, 2100), max_size=4, unique=True)


def values_of(column: Column) -> st.SearchStrategy[Any]:
    """Return values that the column may hold."""
    length = column.max_length or 300
    texts = st.one_of(_TEXTS, st.tuples(_STARTS, _TEXTS).map(lambda pair: one_line("".join(pair))))
    strategies: dict[ColumnType, st.SearchStrategy[Any]] = {
        T.TEXT: texts.map(lambda text: text[:length].strip()),
        T.CODE: texts.map(lambda text: text[:length].strip()),
        T.LONG_TEXT: st.lists(texts, max_size=4).map(lambda lines: tidy("\n".join(lines))),
        T.INSEE: st.sampled_from(["", "01004", "2A004", "33", "217500016", "6AE"][:5]),
        T.SIREN: st.sampled_from(["", "217500016", "002100012"]),
        T.INTEGER: st.integers(0, column.maximum),
        T.MINUTES: st.integers(0, 1440),
        T.DATE: st.dates(date(1950, 1, 1), date(2099, 1, 1)),
        T.MONTH: st.dates(date(1950, 1, 1), date(2099, 1, 1)).map(lambda day: day.replace(day=1)),
        T.TIME: st.times().map(lambda moment: moment.replace(microsecond=0)),
        T.DATETIME: _MOMENTS,
        T.BOOLEAN: st.booleans(),
        T.CHOICE: st.sampled_from([choice.key for choice in column.choices] or [""]),
        T.INTEGER_LIST: _YEARS,
        T.EMAIL: st.sampled_from(["", "claire@example.org", "élu@collectivité.fr"]),
        T.URL: st.sampled_from(["", "https://raict.org/a?b=c#d", "http://www.cites-unies-france.org"]),
        T.COUNTRY: st.sampled_from(sorted(WORLD_PARTS)),
        T.COUNTRY_LIST: st.lists(st.sampled_from(sorted(WORLD_PARTS)), max_size=4, unique=True),
        T.LANGUAGE: st.sampled_from(["", "fr", "en", "es", "ar"]),
        T.LANGUAGE_LIST: st.lists(st.sampled_from(["fr", "en", "es", "ar", "pt"]), max_size=3, unique=True),
        T.LIST: st.lists(st.sampled_from(["a", "b", "c d"]), max_size=3, unique=True),
    }
    strategy = strategies[column.type]
    if column.required:
        return strategy.filter(lambda value: value not in ("", []))
    return st.one_of(st.just(empty_value(column)), strategy)


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
@pytest.mark.parametrize("language", ["fr", "en"])
@given(data=st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_what_is_written_reads_back_the_same(kind: SheetKind, language: str, data: st.DataObject) -> None:
    row = st.fixed_dictionaries({column.key: values_of(column) for column in kind})
    rows = data.draw(st.lists(row, min_size=1, max_size=3))
    opened = open_file(write_sheet(kind, rows, language), "export.xlsx")
    (sheet,) = opened.sheets
    assert sheet.kind is kind
    assert sheet.unknown == ()
    read = list(sheet.rows())
    assert [error for parsed in read for error in parsed.errors] == []
    assert [parsed.values for parsed in read] == rows


def test_dangerous_texts_are_texts_and_marked_so() -> None:
    for text in ("=1+1", "+33 1", "-1", "@SUM(A1)", "\t=1"):
        content = write_sheet("groups", [{"code": text, "kind": "country", "name_fr": text}])
        archive = zipfile.ZipFile(io.BytesIO(content))
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
        assert b'quotePrefix="1"' in archive.read("xl/styles.xml")


def test_aware_times_are_written_in_the_zone_of_the_venue() -> None:
    moment = datetime(2023, 9, 18, 7, 30, tzinfo=UTC)
    content = write_sheet("scans", [{"scanned_at": moment, "checkpoint": "entree"}])
    (row,) = open_file(content, "scans.xlsx").sheets[0].rows()
    assert row.values["scanned_at"] == datetime(2023, 9, 18, 9, 30)


def test_a_workbook_of_several_sheets_reads_back() -> None:
    content = write_workbook(
        [
            ("rooms", [{"name": "Louis Armand", "capacity": 300}]),
            ("sessions", [{"code": "A1", "format": "workshop", "title_fr": "Énergie", "starts_at": time(9, 30)}]),
        ]
    )
    opened = open_file(content, "programme.xlsx")
    assert [sheet.kind.key for sheet in opened.sheets] == ["rooms", "sessions"]


def test_chosen_columns_only() -> None:
    columns = [KINDS["people"].column(key) for key in ("last_name", "first_name")]
    content = write_sheet(
        columns, [{"last_name": "Lert", "first_name": "Dan", "email": "left out"}], sheet_name="Personnes"
    )
    (row,) = open_file(content, "x.xlsx").sheets[0].rows()
    assert row.values == {"last_name": "Lert", "first_name": "Dan"}


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_template_holds_every_column_and_asks_to_be_filled(kind: SheetKind, language: str) -> None:
    with pytest.raises(NoRows):
        open_file(empty_template(kind, language), "modele.xlsx", kind=kind)
    strings = zipfile.ZipFile(io.BytesIO(empty_template(kind, language))).read("xl/sharedStrings.xml").decode()
    for column in kind:
        assert column.header(language).replace("'", "&apos;") in strings.replace("'", "&apos;")
