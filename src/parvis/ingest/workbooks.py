"""XLSX, XLS and ODS: what they unpack to is measured before they are opened, then calamine reads them."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

import python_calamine as calamine

from parvis.ingest.raw import MEGABYTE, Cell, Limits, RawTable, Unusable
from parvis.ingest.refusals import (
    BrokenFile,
    ContentTooLarge,
    EmptyFile,
    FormulaFailed,
    FormulaNotCalculated,
    ProtectedFile,
    TooManyColumns,
    TooManyRows,
    UnknownFormat,
)

_CHUNK = 4 * MEGABYTE
_OVERLAP = 64 * 1024
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"')
_WIDE = re.compile(rb'\br="([A-Z]{2,3})\d')
_FILLED = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]+)(\d+)"[^>]*(?<!/)>')
_ERROR = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*?\br="([A-Z]+)(\d+)"[^>]*>.{0,9000}?<(?:\w+:)?v>([^<]*)<', re.DOTALL
)
_UNCALCULATED = re.compile(
    rb'<(?:\w+:)?c\b(?![^>]*\bt="str")[^>]*?\br="([A-Z]+)(\d+)"[^>]*>'
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]{0,9000}</(?:\w+:)?f>)(?:<(?:\w+:)?v></(?:\w+:)?v>|<(?:\w+:)?v\s*/>)?</(?:\w+:)?c>"
)
_ODS_ROW = re.compile(rb"<table:table-row\b([^>]*?)(?:/>|>(.*?)</table:table-row>)", re.DOTALL)
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
_ODS_ROWS_REPEATED = re.compile(rb'number-rows-repeated="(\d+)"')
_ODS_COLUMNS_REPEATED = re.compile(rb'number-columns-repeated="(\d+)"')
_ODS_FAILED = re.compile(r"^(?:#(?:REF|N/A|NAME\?|DIV/0|VALUE|NUM|NULL)[!?]?.*|Err:\d+)$")


@dataclass(slots=True)
class _Found:
    """What a first look at a sheet's XML found: its filled extent, and cells whose formula gave nothing."""

    rows: int = 0
    columns: int = 0
    unusable: dict[tuple[int, int], Unusable] = field(default_factory=dict)


def read_workbook(content: bytes, filename: str, file_format: str, limits: Limits) -> list[RawTable]:
    """Return the visible tables of a workbook. Raises a `FileRefused` (see `read_tables`)."""
    found: dict[str, _Found] = {}
    if file_format == "xlsx":
        found = _look_into_xlsx(content, filename, limits)
    elif file_format == "ods":
        _look_into_ods(content, filename, limits)
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        metadata = workbook.sheets_metadata
        tables = [
            _table(workbook, sheet.name, found.get(sheet.name, _Found()), filename, limits)
            for sheet in metadata
            if sheet.visible == calamine.SheetVisibleEnum.Visible and sheet.typ == calamine.SheetTypeEnum.WorkSheet
        ]
    except calamine.PasswordError as error:
        raise ProtectedFile(file=filename) from error
    except calamine.CalamineError as error:
        raise BrokenFile(file=filename) from error
    if not any(table.row_count for table in tables):
        raise EmptyFile(file=filename)
    return tables


def _table(workbook: calamine.CalamineWorkbook, name: str, found: _Found, filename: str, limits: Limits) -> RawTable:
    sheet = workbook.get_sheet_by_name(name)
    start = sheet.start
    if start is None:
        return RawTable(name=name, row_count=0, rows=lambda: iter(()))
    first_column = start[1]
    count = sheet.total_height if sheet.end is None else sheet.end[0] + 1
    if count > limits.rows:
        raise TooManyRows(file=filename, sheet=name, limit=limits.rows)
    if sheet.width > limits.columns:
        raise TooManyColumns(file=filename, sheet=name, limit=limits.columns)
    unusable = found.unusable

    def rows() -> Iterator[tuple[int, list[Cell]]]:
        rows_unusable = {row for row, _ in unusable}
        for number, read in enumerate(sheet.iter_rows(), start=1):
            cells: list[Cell] = [*read]
            if number in rows_unusable:
                for (row, column), reason in unusable.items():
                    if row == number and 0 <= column - first_column < len(cells):
                        cells[column - first_column] = reason
            for index, cell in enumerate(read):
                # LibreOffice stores the error of a formula as the cell's text.
                if isinstance(cell, str) and cell[:1] in "#E" and _ODS_FAILED.match(cell):
                    cells[index] = Unusable(cell, FormulaFailed(error=cell))
            yield number, cells

    return RawTable(name=name, row_count=count, rows=rows, first_column=first_column)


def _open_zip(content: bytes, filename: str, limits: Limits) -> zipfile.ZipFile:
    """Open the archive after adding up what its directory announces. Raises `BrokenFile`, `ContentTooLarge`."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise BrokenFile(file=filename) from error
    unpacked = sum(member.file_size for member in archive.infolist())
    if unpacked > limits.unpacked_bytes:
        raise ContentTooLarge(file=filename, size=-(-unpacked // MEGABYTE), limit=limits.unpacked_bytes // MEGABYTE)
    if any(member.flag_bits & 1 for member in archive.infolist()):
        raise ProtectedFile(file=filename)
    return archive


def _chunks(archive: zipfile.ZipFile, member: str, filename: str) -> Iterator[bytes]:
    """Yield the member's bytes in overlapping chunks. Reading it to its end proves its announced size and sum."""
    try:
        with archive.open(member) as stream:
            rest = b""
            while chunk := stream.read(_CHUNK):
                chunk = rest + chunk
                yield chunk
                rest = chunk[-_OVERLAP:]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, KeyError, RuntimeError) as error:
        raise BrokenFile(file=filename) from error


def _whole(archive: zipfile.ZipFile, member: str, filename: str) -> bytes:
    try:
        return archive.read(member)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, KeyError, RuntimeError) as error:
        raise BrokenFile(file=filename) from error


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _look_into_xlsx(content: bytes, filename: str, limits: Limits) -> dict[str, _Found]:
    archive = _open_zip(content, filename, limits)
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names:
        raise UnknownFormat(file=filename)
    found: dict[str, _Found] = {}
    sheets = _sheet_members(archive, filename)
    for member in names:
        if not member.endswith((".xml", ".rels")):
            continue
        if member not in sheets:
            for _ in _chunks(archive, member, filename):
                pass
            continue
        name = sheets[member]
        look = _look_into_sheet(archive, member, filename, limits)
        if look.rows > limits.rows:
            raise TooManyRows(file=filename, sheet=name, limit=limits.rows)
        if look.columns > limits.columns:
            raise TooManyColumns(file=filename, sheet=name, limit=limits.columns)
        found[name] = look
    return found


def _sheet_members(archive: zipfile.ZipFile, filename: str) -> dict[str, str]:
    """Return the sheets' names by the archive member that holds each."""
    try:
        relations = ElementTree.fromstring(_whole(archive, "xl/_rels/workbook.xml.rels", filename))  # noqa: S314
        workbook = ElementTree.fromstring(_whole(archive, "xl/workbook.xml", filename))  # noqa: S314 - expat ≥ 2.4 bounds entities
    except ElementTree.ParseError as error:
        raise BrokenFile(file=filename) from error
    targets = {relation.get("Id", ""): relation.get("Target", "") for relation in relations}
    members: dict[str, str] = {}
    for element in workbook.iter():
        if element.tag.rsplit("}", 1)[-1] != "sheet":
            continue
        identifier = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
        target = targets.get(identifier, "")
        member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        members[member] = element.get("name", "")
    return members


def _look_into_sheet(archive: zipfile.ZipFile, member: str, filename: str, limits: Limits) -> _Found:
    """Measure what is filled: calamine lays out every cell up to the last, so one stray cell could fill the memory."""
    found = _Found()
    widest = highest = 0
    for chunk in _chunks(archive, member, filename):
        for match in _ROW.finditer(chunk):
            highest = max(highest, int(match.group(1)))
        for letters in set(_WIDE.findall(chunk)):
            widest = max(widest, _column_number(letters))
        if b't="e"' in chunk:
            for match in _ERROR.finditer(chunk):
                error = match.group(3).decode("utf-8", errors="replace")
                place = (int(match.group(2)), _column_number(match.group(1)) - 1)
                found.unusable[place] = Unusable(error, FormulaFailed(error=error))
        if b"<f" in chunk or b":f>" in chunk:
            for match in _UNCALCULATED.finditer(chunk):
                place = (int(match.group(2)), _column_number(match.group(1)) - 1)
                found.unusable[place] = Unusable("", FormulaNotCalculated())
    if highest <= limits.rows and widest <= limits.columns:
        found.rows, found.columns = highest, widest
        return found
    # Something lies far away: only formatting, or really a value? Look cell by cell.
    for chunk in _chunks(archive, member, filename):
        for match in _FILLED.finditer(chunk):
            found.rows = max(found.rows, int(match.group(2)))
            found.columns = max(found.columns, _column_number(match.group(1)))
    return found


def _look_into_ods(content: bytes, filename: str, limits: Limits) -> None:
    archive = _open_zip(content, filename, limits)
    names = set(archive.namelist())
    if "encrypted-package" in names:
        raise ProtectedFile(file=filename)
    if "META-INF/manifest.xml" in names and b"encryption-data" in _whole(archive, "META-INF/manifest.xml", filename):
        raise ProtectedFile(file=filename)
    if "content.xml" not in names:
        raise BrokenFile(file=filename)
    text = _whole(archive, "content.xml", filename)
    for sheet in text.split(b"<table:table ")[1:]:
        named = re.match(rb'[^>]*table:name="([^"]*)"', sheet)
        name = named.group(1).decode("utf-8", errors="replace") if named else filename
        rows = filled = 0
        for row in _ODS_ROW.finditer(sheet):
            repeated = _ODS_ROWS_REPEATED.search(row.group(1))
            rows += int(repeated.group(1)) if repeated else 1
            width = _ods_width(row.group(2) or b"")
            if width:
                filled = rows
            if width > limits.columns:
                raise TooManyColumns(file=filename, sheet=name, limit=limits.columns)
        if filled > limits.rows:
            raise TooManyRows(file=filename, sheet=name, limit=limits.rows)


def _ods_width(row: bytes) -> int:
    width = filled = 0
    for cell in _ODS_CELL.finditer(row):
        repeated = _ODS_COLUMNS_REPEATED.search(cell.group(1))
        width += int(repeated.group(1)) if repeated else 1
        if b"value-type" in cell.group(1):
            filled = width
    return filled
