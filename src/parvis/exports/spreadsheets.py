"""XLSX that the import accepts again, and empty templates of what it accepts."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

from parvis.domain.network.countries import country_name
from parvis.ingest.kinds import KINDS, Column, ColumnType, SheetKind

Row = Mapping[str, Any]
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_LARGEST_CELL = 32_767  # characters, Excel's own limit
_WIDTHS = {
    ColumnType.LONG_TEXT: 60,
    ColumnType.EMAIL: 32,
    ColumnType.URL: 36,
    ColumnType.DATE: 12,
    ColumnType.DATETIME: 18,
    ColumnType.TIME: 9,
    ColumnType.INTEGER: 10,
    ColumnType.MINUTES: 10,
    ColumnType.BOOLEAN: 10,
}


def is_dangerous(text: str) -> bool:
    """Tell whether a spreadsheet could take a text for a formula."""
    return text.startswith(_DANGEROUS)


def write_sheet(
    kind: SheetKind | str | Sequence[Column],
    rows: Iterable[Row],
    language: str = "fr",
    *,
    zone: ZoneInfo | None = None,
    sheet_name: str | None = None,
) -> bytes:
    """Return an XLSX workbook of one sheet that the import accepts.

    Rows are by column key; columns that no row gives stay empty. `language` ("fr", "en") is that of titles and
    words. Aware times are written as those of `zone` (Paris by default). Rows are written one at a time.
    """
    return write_workbook([(kind, rows)], language, zone=zone, sheet_names=[sheet_name] if sheet_name else None)


def write_workbook(
    sheets: Sequence[tuple[SheetKind | str | Sequence[Column], Iterable[Row]]],
    language: str = "fr",
    *,
    zone: ZoneInfo | None = None,
    sheet_names: Sequence[str] | None = None,
    created: datetime | None = None,
) -> bytes:
    """Return an XLSX workbook of several sheets, as `write_sheet` writes one.

    With `created` the same rows give the same bytes; without it the file says that it was made now.
    """
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        buffer,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    if created is not None:
        workbook.set_properties({"created": created.astimezone(UTC).replace(tzinfo=None)})
    formats = _Formats(workbook)
    for index, (given, rows) in enumerate(sheets):
        kind = KINDS[given] if isinstance(given, str) else given
        columns = kind.columns if isinstance(kind, SheetKind) else tuple(kind)
        default = kind.name(language) if isinstance(kind, SheetKind) else f"Feuille {index + 1}"
        worksheet = workbook.add_worksheet((sheet_names[index] if sheet_names else default)[:31])
        _write_header(worksheet, columns, language, formats)
        last = 0
        writers = [_writer(column, language, zone or ZoneInfo("Europe/Paris"), formats) for column in columns]
        for last, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                value = row.get(column.key)
                if value not in (None, "", [], ()):
                    writers[place](worksheet, last, place, value)
        worksheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
    workbook.close()
    return buffer.getvalue()


def empty_template(kind: SheetKind | str, language: str = "fr", translate: Callable[[str], str] = str) -> bytes:
    """Return an empty XLSX of this kind to fill in: titles with what goes below each, and lists to choose from.

    `translate` turns the English sentences of help into the reader's language (gettext, for instance).
    """
    kind = KINDS[kind] if isinstance(kind, str) else kind
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer)
    formats = _Formats(workbook)
    worksheet = workbook.add_worksheet(kind.name(language)[:31])
    _write_header(worksheet, kind.columns, language, formats)
    for index, column in enumerate(kind.columns):
        help_text = translate(column.help)
        worksheet.write_comment(0, index, help_text, {"x_scale": 2})
        words = [choice.word(language) for choice in column.choices]
        if column.type is ColumnType.BOOLEAN:
            words = ["oui", "non"] if language == "fr" else ["yes", "no"]
        if words and len(",".join(words)) <= 255:  # the longest list that Excel takes in a cell's rule
            worksheet.data_validation(1, index, 5000, index, {"validate": "list", "source": words})
        if column.type in formats.of_type:
            worksheet.set_column(index, index, _width(column, language), formats.of_type[column.type])
        if column.type in (ColumnType.INSEE, ColumnType.SIREN, ColumnType.CODE):
            worksheet.set_column(index, index, _width(column, language), formats.as_text)
    worksheet.autofilter(0, 0, 1, len(kind.columns) - 1)
    workbook.close()
    return buffer.getvalue()


class _Formats:
    """The cell formats of one workbook."""

    def __init__(self, workbook: Any) -> None:
        ink, paving = "#1F2A33", "#E8E2D6"
        title = {"bold": True, "font_color": ink, "bg_color": paving, "bottom": 1, "text_wrap": True, "valign": "top"}
        self.header = workbook.add_format(title)
        self.required = workbook.add_format({**title, "bottom": 5})
        # « quote prefix » keeps a text that begins with = + - @ a text even when somebody edits the cell.
        self.quoted = workbook.add_format({"quote_prefix": True, "num_format": "@"})
        self.as_text = workbook.add_format({"num_format": "@"})
        self.wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        self.of_type = {
            ColumnType.DATE: workbook.add_format({"num_format": "dd/mm/yyyy"}),
            ColumnType.MONTH: workbook.add_format({"num_format": "mm/yyyy"}),
            ColumnType.TIME: workbook.add_format({"num_format": "hh:mm"}),
            ColumnType.DATETIME: workbook.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"}),
        }


def _width(column: Column, language: str) -> int:
    usual = _WIDTHS.get(column.type, min(30, max(12, (column.max_length or 20) // 5)))
    return max(usual, min(len(column.header(language)) + 4, 30))


def _write_header(worksheet: Any, columns: Sequence[Column], language: str, formats: _Formats) -> None:
    for index, column in enumerate(columns):
        worksheet.set_column(index, index, _width(column, language))
        worksheet.write_string(
            0, index, column.header(language), formats.required if column.required else formats.header
        )
    worksheet.freeze_panes(1, 0)


def _writer(column: Column, language: str, zone: ZoneInfo, formats: _Formats) -> Callable[[Any, int, int, Any], None]:
    words = {choice.key: choice.word(language) for choice in column.choices}
    yes, no = ("oui", "non") if language == "fr" else ("yes", "no")

    def write(worksheet: Any, row: int, place: int, value: Any) -> None:
        match value:
            case bool():
                text = yes if value else no
            case int() | float():
                if column.type in (ColumnType.INTEGER, ColumnType.MINUTES):
                    worksheet.write_number(row, place, value)
                    return
                text = str(value)
            case datetime():
                local = value.astimezone(zone).replace(tzinfo=None) if value.tzinfo else value
                worksheet.write_datetime(row, place, local, formats.of_type[ColumnType.DATETIME])
                return
            case date():
                shown = ColumnType.MONTH if column.type is ColumnType.MONTH else ColumnType.DATE
                worksheet.write_datetime(row, place, value, formats.of_type[shown])
                return
            case time():
                worksheet.write_datetime(row, place, value, formats.of_type[ColumnType.TIME])
                return
            case list() | tuple() | set() | frozenset():
                items = sorted(value) if isinstance(value, set | frozenset) else value
                text = "; ".join(_word(column, str(item), words, language) for item in items)
            case _:
                text = _word(column, str(value), words, language)
        text = text[:_LARGEST_CELL]
        if is_dangerous(text):
            worksheet.write_string(row, place, text, formats.quoted)
        elif "\n" in text:
            worksheet.write_string(row, place, text, formats.wrapped)
        else:
            worksheet.write_string(row, place, text)

    return write


def _word(column: Column, text: str, words: Mapping[str, str], language: str) -> str:
    if column.type in (ColumnType.COUNTRY, ColumnType.COUNTRY_LIST):
        return country_name(text, language)
    return words.get(text, text)
