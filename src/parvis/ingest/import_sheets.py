"""From an opened file to the rows that the import's services take."""

from __future__ import annotations

from collections.abc import Callable

from parvis.domain.imports import ImportRow, ImportSheet
from parvis.ingest.sheets import OpenedFile

EVERY = 1000  # rows between two words of progress
SHARED = 20_000  # distinct texts that are kept once, however many cells repeat them


def import_sheets_of(opened: OpenedFile, progress: Callable[[int, int], None] | None = None) -> list[ImportSheet]:
    """Read every row of every sheet; cells that cannot be read are in `cell_errors`, and never raise.

    `progress` is told (rows read, rows that the file seems to hold), every thousand rows and at the end.
    """
    total = sum(sheet.row_count for sheet in opened.sheets)
    sheets: list[ImportSheet] = []
    done = 0
    texts: dict[str, str] = {}
    for sheet in opened.sheets:
        rows: list[ImportRow] = []
        for row in sheet.rows():
            errors = tuple((error.column, error.value, error.reason) for error in row.errors)
            for key, value in row.values.items():
                if type(value) is str:
                    row.values[key] = texts.setdefault(value, value) if len(texts) < SHARED else texts.get(value, value)
            rows.append(ImportRow(row.number, row.values, errors))
            done += 1
            if progress is not None and done % EVERY == 0:
                progress(done, total)
        sheets.append(ImportSheet(sheet.kind.key, rows))
    if progress is not None:
        progress(done, max(done, 1))
    return sheets
