"""From a file to its sheets: which kind each is, where its titles stand, which column is which."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from parvis.domain.text import fold, one_line
from parvis.ingest.cells import text_of
from parvis.ingest.kinds import KINDS, Column, SheetKind, kind_called
from parvis.ingest.raw import Cell, Limits, RawTable
from parvis.ingest.refusals import (
    ColumnMissing,
    ColumnMissingNearby,
    ColumnTwice,
    NoHeaderRow,
    NoRows,
    SheetRefused,
    UnknownKind,
)
from parvis.ingest.rows import ParsedRow, is_blank, parse_rows
from parvis.ingest.tables import read_tables

HEADER_WITHIN = 10


@dataclass(frozen=True, slots=True)
class UnknownColumn:
    """A column that nothing reads. `place` is its letter; `suggestion` the title that it resembles, or ""."""

    title: str
    place: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet that can be read. `header_row` is the number of the row of titles; `row_count` bounds what follows."""

    kind: SheetKind
    name: str
    header_row: int
    row_count: int
    titles: dict[str, str]
    unknown: tuple[UnknownColumn, ...]
    _table: RawTable = field(repr=False)
    _columns: tuple[tuple[int, Column, str], ...] = field(repr=False)
    _language: str = "fr"

    def rows(self) -> Iterator[ParsedRow]:
        """Yield the rows below the titles that are not blank, in order. It can be asked again."""
        below = ((number, cells) for number, cells in self._table.rows() if number > self.header_row)
        return parse_rows(below, self._columns, self._language)


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """What a file holds: its sheets in the order in which to import them, and the names of sheets left aside."""

    filename: str
    sheets: tuple[Sheet, ...]
    left_aside: tuple[str, ...] = ()


def open_file(
    content: bytes,
    filename: str,
    *,
    kind: SheetKind | str | None = None,
    language: str = "fr",
    limits: Limits | None = None,
) -> OpenedFile:
    """Open a CSV, XLSX, XLS or ODS file and tell its sheets apart.

    `kind` is what the user says that the file lists; without it, the names of the sheets and of the file tell,
    then the titles. `language` ("fr" or "en") is that of the titles quoted in refusals. Rows are not read yet.
    Raises a `FileRefused`.
    """
    filename = Path(filename).name or "?"
    wanted = KINDS[kind] if isinstance(kind, str) else kind
    tables = [table for table in read_tables(content, filename, limits) if table.row_count]
    chosen, aside = _choose(tables, filename, wanted)
    sheets = [_sheet(table, sheet_kind, filename, language) for table, sheet_kind in chosen]
    order = list(KINDS)
    sheets.sort(key=lambda sheet: order.index(sheet.kind.key) if sheet.kind.key in KINDS else len(order))
    return OpenedFile(filename, tuple(sheets), tuple(aside))


def _choose(
    tables: Sequence[RawTable], filename: str, wanted: SheetKind | None
) -> tuple[list[tuple[RawTable, SheetKind]], list[str]]:
    """Pair each table with its kind; the names of those that have none come second. Raises `UnknownKind`."""
    if wanted and len(tables) == 1:
        return [(tables[0], wanted)], []
    if wanted:
        named = [table for table in tables if kind_called(table.name) is wanted]
        likely = named or [table for table in tables if wanted in _fitting(table)] or list(tables[:1])
        return [(likely[0], wanted)], [table.name for table in tables if table is not likely[0]]
    chosen: list[tuple[RawTable, SheetKind]] = []
    aside: list[str] = []
    for table in tables:
        kind = kind_called(table.name) if table.name else None
        if kind is None and len(tables) == 1:
            kind = kind_called(filename)
        if kind is None:
            fitting = _fitting(table)
            kind = fitting[0] if fitting else None
        if kind is None:
            aside.append(table.name)
        else:
            chosen.append((table, kind))
    if not chosen:
        first = next((cells for _, cells in _first_rows(tables[0]) if not is_blank(cells)), []) if tables else []
        raise UnknownKind(
            file=filename,
            sheets=", ".join(table.name for table in tables if table.name) or "CSV",
            headers=_listed(one_line(text_of(cell)) for cell in first),
        )
    return chosen, aside


def _first_rows(table: RawTable) -> list[tuple[int, list[Cell]]]:
    return list(islice(table.rows(), HEADER_WITHIN))


def _fitting(table: RawTable) -> list[SheetKind]:
    """Return the kinds whose required columns are all there, the one that explains most titles first; [] if tied."""
    scored: list[tuple[int, SheetKind]] = []
    for kind in KINDS.values():
        columns = _columns_by_header(kind)
        for _, cells in _first_rows(table):
            keys = [columns[header].key for cell in cells if (header := fold(text_of(cell))) in columns]
            if all(column.key in keys for column in kind.required):
                telling = sum(key in keys for key in kind.telling)
                scored.append((len(set(keys)) * 2 + telling - sum(not is_blank([cell]) for cell in cells), kind))
    scored.sort(key=lambda score: -score[0])
    if len(scored) > 1 and scored[0][0] == scored[1][0] and scored[0][1] is not scored[1][1]:
        return []
    return [kind for _, kind in scored]


def _columns_by_header(kind: SheetKind) -> dict[str, Column]:
    columns: dict[str, Column] = {}
    for column in kind:
        for header in column.headers:
            columns.setdefault(fold(header), column)
    return columns


def _sheet(table: RawTable, kind: SheetKind, filename: str, language: str) -> Sheet:
    """Find the titles and map the columns. Raises a `SheetRefused`."""
    where = f"{filename} › {table.name}" if table.name else filename
    columns = _columns_by_header(kind)
    first_rows = _first_rows(table)
    best, header_row, headers = 0, 0, list[Cell]()
    for number, cells in first_rows:
        score = len({columns[header].key for cell in cells if (header := fold(text_of(cell))) in columns})
        if score > best:
            best, header_row, headers = score, number, cells
    if best == 0 or (best == 1 and len(kind.required) > 2):
        raise NoHeaderRow(
            where=where,
            rows=HEADER_WITHIN,
            expected=", ".join(column.header(language) for column in kind if column.required),
        )
    found: dict[str, tuple[int, Column, str]] = {}
    unknown: list[tuple[int, str]] = []
    for index, cell in enumerate(headers):
        title = one_line(text_of(cell))
        column = columns.get(fold(title))
        if column is None:
            if title or _has_something(first_rows, header_row, index):
                unknown.append((index, title))
        elif column.key in found:
            first_index, _, first_title = found[column.key]
            raise ColumnTwice(
                where=where,
                column=column.header(language),
                first=first_title,
                first_at=column_letters(first_index),
                second=title,
                second_at=column_letters(index),
            )
        else:
            found[column.key] = (index, column, title)
    titles = [one_line(text_of(cell)) for cell in headers]
    for column in kind.required:
        if column.key not in found:
            raise _missing(column, [title for _, title in unknown], titles, where, language)
    if table.row_count <= header_row:
        raise NoRows(where=where)
    free = {fold(column.header(language)): column.header(language) for column in kind if column.key not in found}
    return Sheet(
        kind=kind,
        name=table.name,
        header_row=header_row,
        row_count=table.row_count - header_row,
        titles={key: title for key, (_, _, title) in found.items()},
        unknown=tuple(
            UnknownColumn(title, column_letters(index), _nearest(fold(title), free)) for index, title in unknown
        ),
        _table=table,
        _columns=tuple(found.values()),
        _language=language,
    )


def _has_something(rows: Sequence[tuple[int, list[Cell]]], header_row: int, index: int) -> bool:
    return any(number > header_row and index < len(cells) and not is_blank([cells[index]]) for number, cells in rows)


def _missing(column: Column, unknown: Sequence[str], titles: Sequence[str], where: str, language: str) -> SheetRefused:
    candidates = {fold(title): title for title in unknown if title}
    near = ""
    for header in column.headers:
        near = near or _nearest(fold(header), candidates)
    found = _listed(titles)
    if near:
        return ColumnMissingNearby(where=where, column=column.header(language), near=near, found=found)
    return ColumnMissing(where=where, column=column.header(language), found=found)


def _nearest(folded: str, candidates: dict[str, str]) -> str:
    matches = difflib.get_close_matches(folded, candidates, n=1, cutoff=0.7) if folded else []
    return candidates[matches[0]] if matches else ""


def _listed(titles: Iterable[str]) -> str:
    shown = [title[:40] for title in titles if title]
    return ", ".join(shown[:30]) + ("…" if len(shown) > 30 else "")


def column_letters(index: int) -> str:
    """Return what a spreadsheet calls its column number `index` (from 0): A … Z, AA…"""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
