"""Rows of a sheet, read cell by cell: typed values, and what is wrong with which cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from parvis.domain.refusals import Refusal
from parvis.ingest.cells import Value, empty_value, reader_for, text_of
from parvis.ingest.kinds.columns import Column
from parvis.ingest.raw import Cell, Unusable
from parvis.ingest.refusals import CellMissing

_SHOWN = 120


@dataclass(frozen=True, slots=True)
class CellError:
    """What is wrong with one cell. `column` is its title as the file writes it, `value` what stands in it."""

    row: int
    column: str
    key: str
    value: str
    reason: Refusal


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """One row. `number` is the one that the spreadsheet shows; `values` are by column key.

    A column that the sheet does not have is not in `values`; an empty cell is None, "" or []
    (see `ColumnType`). A row with errors has the values of its other cells.
    """

    number: int
    values: dict[str, Value]
    errors: tuple[CellError, ...] = field(default=())

    @property
    def ok(self) -> bool:
        """Whether every cell could be read."""
        return not self.errors


def is_blank(cells: Sequence[Cell]) -> bool:
    """Return whether a row shows nothing."""
    return not any(cell if not isinstance(cell, str) else cell.strip() for cell in cells) and not any(
        isinstance(cell, bool | float | int) for cell in cells
    )


def parse_rows(
    rows: Iterator[tuple[int, list[Cell]]], columns: Sequence[tuple[int, Column, str]], language: str
) -> Iterator[ParsedRow]:
    """Yield each row that is not blank. `columns` are (index in the row, column, title as written).

    Never raises for a row: what cannot be read is in its `errors`.
    """
    plan = [
        (index, column.key, title, column.required, reader_for(column, language), column)
        for index, column, title in columns
    ]
    for number, cells in rows:
        if is_blank(cells):
            continue
        values: dict[str, Value] = {}
        errors: list[CellError] = []
        width = len(cells)
        for index, key, title, required, read, column in plan:
            cell: Cell = cells[index] if index < width else ""
            value: Value
            if cell == "" or (isinstance(cell, str) and cell.isspace()):
                value = empty_value(column)
            elif isinstance(cell, Unusable):
                errors.append(CellError(number, title, key, cell.text[:_SHOWN], cell.reason))
                continue
            else:
                try:
                    value = read(cell)
                except Refusal as reason:
                    errors.append(CellError(number, title, key, text_of(cell)[:_SHOWN], reason))
                    continue
            if required and value in (None, "", []):
                errors.append(CellError(number, title, key, "", CellMissing()))
                continue
            values[key] = value
        yield ParsedRow(number, values, tuple(errors))
