"""The refused rows of an import as a workbook: what was in them, and a column that says why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from parvis.exports.spreadsheets import write_workbook
from parvis.ingest.kinds import KINDS, Column, ColumnType
from parvis.ingest.sheets import open_file

WHY = Column("why_refused", "Motif du refus", "Why refused", ColumnType.LONG_TEXT)
ROW = Column("row_refused", "Ligne du fichier", "Row of the file", ColumnType.INTEGER)


def refused_rows_workbook(
    content: bytes,
    filename: str,
    *,
    kind: str,
    reasons: Mapping[tuple[str, int], str],
    language: str,
) -> bytes:
    """Return an XLSX with the refused rows of a file, one sheet per kind, in the columns that the import accepts.

    `reasons` are sentences by (kind, row number). A cell that could not be read is written as it stood.
    Raises a `FileRefused` as `open_file`.
    """
    opened = open_file(content, filename, kind=kind or None, language=language)
    sheets: list[tuple[Sequence[Column], list[dict[str, Any]]]] = []
    names: list[str] = []
    for sheet in opened.sheets:
        key = sheet.kind.key
        if not any(of == key for of, _number in reasons):
            continue
        columns = [column for column in KINDS[key] if column.key in sheet.titles]
        rows: list[dict[str, Any]] = []
        for row in sheet.rows():
            why = reasons.get((key, row.number))
            if why is None:
                continue
            as_it_stood = {error.key: error.value for error in row.errors}
            rows.append({**row.values, **as_it_stood, WHY.key: why, ROW.key: row.number})
        sheets.append(([*columns, WHY, ROW], rows))
        names.append(sheet.kind.name(language))
    return write_workbook(sheets, language, sheet_names=names)
