"""The sheets of a CoSPLib workbook as grids of cells, read by name and number; whatever is wrong names its place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from parvis.ingest import cosplib_refusals as no
from parvis.ingest.cells import text_of
from parvis.ingest.raw import Cell, Limits, Unusable
from parvis.ingest.refusals import ColumnMissing, ColumnMissingNearby, UnknownFormat
from parvis.ingest.sheets import column_letters
from parvis.ingest.tables import read_tables

LIMITS = Limits(columns=5_000)
EMPTY = ""
SHOWN = 12  # names that a refusal lists
_WHOLE = re.compile(r"[+-]?\d{1,12}")
_ZONE = re.compile(r"[A-Za-z]{3} ?([+-]?\d{1,2})")
_HOUR = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?")


class Grid:
    """A sheet, cell by cell. Rows and columns are counted from 0 here, as a spreadsheet does in refusals."""

    def __init__(self, name: str, rows: Sequence[Sequence[Cell]]) -> None:
        self.name = name
        self.rows = rows
        self.titles = [text_of(cell) for cell in rows[0]] if rows else []

    def at(self, row: int, column: int) -> Cell:
        """Return a cell; what lies beyond the sheet is empty. Raises `FormulaWithoutValue`."""
        cells = self.rows[row] if row < len(self.rows) else ()
        cell = cells[column] if column < len(cells) else EMPTY
        if isinstance(cell, Unusable):
            raise no.FormulaWithoutValue(**self.place(row, column))
        return cell

    def text(self, row: int, column: int) -> str:
        """Return a cell's text, its blanks included."""
        return text_of(self.at(row, column))

    def place(self, row: int, column: int) -> dict[str, Any]:
        """Return where a cell is, as a refusal says it."""
        title = self.titles[column] if column < len(self.titles) and row else ""
        letters = column_letters(column)
        return {"sheet": self.name, "row": row + 1, "column": f"{letters} (“{title}”)" if title.strip() else letters}

    def number(self, row: int, column: int, least: int, most: int) -> int:
        """Return the whole number in a cell, 0 where it is empty. Raises `NumberExpected`, `NumberBeyond`."""
        cell = self.at(row, column)
        if isinstance(cell, int | float) and not isinstance(cell, bool) and cell == cell // 1:
            found = int(cell)
        elif isinstance(cell, str) and not cell.strip():
            found = 0
        elif isinstance(cell, str) and _WHOLE.fullmatch(cell.strip()):
            found = int(cell)
        else:
            raise no.NumberExpected(**self.place(row, column), found=text_of(cell))
        if not least <= found <= most:
            raise no.NumberBeyond(**self.place(row, column), least=least, most=most, found=text_of(cell))
        return found

    def zone(self, row: int, column: int, otherwise: int | None = None) -> int:
        """Return the hours from GMT in a cell, `otherwise` where it is empty. Raises `ZoneExpected`."""
        text = self.text(row, column).strip()
        found = _ZONE.fullmatch(text)
        if found is None:
            if not text and otherwise is not None:
                return otherwise
            raise no.ZoneExpected(**self.place(row, column), found=text)
        return int(found[1])

    def hour(self, row: int, column: int) -> int:
        """Return the minutes from midnight in a cell. Raises `HourExpected`."""
        cell = self.at(row, column)
        if isinstance(cell, datetime | time):
            seconds = cell.hour * 3600 + cell.minute * 60 + cell.second + round(cell.microsecond / 1e6)
            return seconds // 60
        if isinstance(cell, timedelta) and timedelta() <= cell <= timedelta(days=1):
            return round(cell.total_seconds()) // 60
        if isinstance(cell, float | int) and not isinstance(cell, bool) and 0 <= cell < 1:
            return round(cell * 86_400) // 60
        found = _HOUR.fullmatch(cell.strip()) if isinstance(cell, str) else None
        if found is not None and int(found[1]) <= 24 and int(found[2]) < 60:
            return int(found[1]) * 60 + int(found[2])
        raise no.HourExpected(**self.place(row, column), found=text_of(cell))

    def column(self, *names: str) -> int:
        """Return the column with one of these titles, whatever their capitals. Raises `ColumnMissing`, or `…Nearby`."""
        folded = [" ".join(title.split()).casefold() for title in self.titles]
        for name in names:
            if name.casefold() in folded:
                return folded.index(name.casefold())
        where, titles = f"“{self.name}”", [title for title in self.titles if title.strip()]
        found = ", ".join(titles[:SHOWN]) or "–"
        near = near_name(names[0], titles)
        if near is not None:
            raise ColumnMissingNearby(where=where, column=names[0], near=near, found=found)
        raise ColumnMissing(where=where, column=names[0], found=found)

    def first_column(self, *names: str, others: Iterable[str] = ()) -> int:
        """Return the column with one of these titles, else the first, unless that bears one of the `others`.

        Raises `ColumnMissing`, or `…Nearby`.
        """
        try:
            return self.column(*names)
        except (ColumnMissing, ColumnMissingNearby):
            title = " ".join(self.titles[0].split()).casefold() if self.titles else ""
            if title in {other.casefold() for other in others}:
                raise
            return 0

    def names(self, column: int) -> dict[str, int]:
        """Return the names in a column below the first row, each with its row. Raises `NothingListed`, `NameTwice`."""
        found: dict[str, int] = {}
        title = self.titles[column] if self.titles else column_letters(column)
        for row in range(1, len(self.rows)):
            name = self.text(row, column)
            if not name.strip():
                continue
            if name in found:
                raise no.NameTwice(sheet=self.name, row=row + 1, column=title, name=name, first=found[name] + 1)
            found[name] = row
        if not found:
            raise no.NothingListed(sheet=self.name, column=title)
        return found

    def numbers(self, column: int) -> set[str]:
        """Return the names in a column that stand there as numbers."""
        return {
            self.text(row, column)
            for row in range(1, len(self.rows))
            if isinstance(self.at(row, column), int | float) and not isinstance(self.at(row, column), bool)
        }

    def columns_named(
        self, names: Sequence[str], base: str, *, after: int = 1, beside: Sequence[str] = ()
    ) -> dict[str, int]:
        """Return the columns from `after` on that bear these names, to the blank; `beside` them stand these others.

        Raises `MatrixColumnMissing`, or `…Nearby`, and `HeaderTwice` where two columns of one name differ.
        """
        at: dict[str, int] = {}
        for column, title in enumerate(self.titles):
            if column >= after and title.strip():
                if title in at and self._differ(at[title], column):
                    first, second = column_letters(at[title]), column_letters(column)
                    raise no.HeaderTwice(sheet=self.name, first=first, second=second, name=title)
                at[title] = column
        found = {}
        for name in names:
            if name not in at:
                near = near_name(name, at.keys() - {*names, *beside})
                if near is None:
                    raise no.MatrixColumnMissing(sheet=self.name, name=name, base=base)
                letters = column_letters(at[near])
                raise no.MatrixColumnMissingNearby(sheet=self.name, name=name, base=base, near=near, column=letters)
            found[name] = at[name]
        return found

    def rows_named(self, names: Sequence[str], base: str) -> dict[str, int]:
        """Return the rows that bear these names in the first column. Raises `MatrixRowMissing`, or `…Nearby`."""
        at = {self.text(row, 0): row for row in range(1, len(self.rows)) if self.text(row, 0).strip()}
        found = {}
        for name in names:
            if name not in at:
                near = near_name(name, at.keys() - {*names})
                if near is None:
                    raise no.MatrixRowMissing(sheet=self.name, name=name, base=base)
                raise no.MatrixRowMissingNearby(sheet=self.name, name=name, base=base, near=near, row=at[near] + 1)
            found[name] = at[name]
        return found

    def _differ(self, one: int, other: int) -> bool:
        return any(self.text(row, one) != self.text(row, other) for row in range(1, len(self.rows)))


def open_sheets(content: bytes, filename: str) -> dict[str, Grid]:
    """Return the visible sheets of a workbook by name, in order.

    Raises a `FileRefused`: empty, too large, protected, wrongly named, broken or no workbook.
    """
    if not content.startswith((b"PK", b"\xd0\xcf\x11\xe0")) and content.strip():
        raise UnknownFormat(file=filename)
    grids = {}
    for table in read_tables(content, filename, LIMITS):
        indent = [EMPTY] * table.first_column
        grids[table.name] = Grid(table.name, [[*indent, *cells] for _number, cells in table.rows()])
    return grids


def sheet_of(grids: Mapping[str, Grid], name: str) -> Grid:
    """Return a sheet. Raises `SheetMissing`, or `SheetMissingNearby`."""
    if name in grids:
        return grids[name]
    near = near_name(name, grids)
    if near is not None:
        raise no.SheetMissingNearby(sheet=name, near=near)
    raise no.SheetMissing(sheet=name, found=", ".join(list(grids)[:SHOWN]) or "–")


def near_name(name: str, among: Iterable[str]) -> str | None:
    """Return the name that is meant where one differs by blanks or capitals, or a little."""
    plain = {other: " ".join(other.split()).casefold() for other in sorted(among)}
    wanted = " ".join(name.split()).casefold()
    same = next((other for other, folded in plain.items() if folded == wanted), None)
    if same is not None:
        return same
    close = difflib.get_close_matches(wanted, plain.values(), n=1, cutoff=0.8)
    return next((other for other, folded in plain.items() if close and folded == close[0]), None)
