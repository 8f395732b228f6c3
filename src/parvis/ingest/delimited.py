"""CSV as programs really write it: any usual encoding, any usual separator."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from parvis.ingest.raw import Cell, Limits, RawTable, Unusable
from parvis.ingest.refusals import (
    BrokenFile,
    BrokenQuotes,
    EmptyFile,
    FormulaInCell,
    TooManyColumns,
    TooManyRows,
)

_SEPARATORS = (";", ",", "\t", "|")
_QUOTED_FORMULA = re.compile(r'^="([^"]*)"$')  # what some programs write so that Excel keeps the zeros
# A call, or Excel's way of starting another program; « +33 1 23… », « - » and « @account » are only text.
_FORMULA = re.compile(r"^=|^[-+@](?:[A-Za-z_.]+\(|.*\|.*!)", re.DOTALL)


def decode(content: bytes, filename: str) -> str:
    """Return the text of a CSV file: by its byte order mark, else UTF-8 where it is valid, else Windows-1252.

    Raises `BrokenFile` when it is no text at all.
    """
    if content.startswith(b"\xef\xbb\xbf"):
        text = content.decode("utf-8-sig", errors="replace")
    elif content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            text = content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise BrokenFile(file=filename) from error
    elif content[1:200:2].count(0) > len(content[1:200:2]) // 2:
        text = content.decode("utf-16-le", errors="replace")
    elif content[0:200:2].count(0) > len(content[0:200:2]) // 2:
        text = content.decode("utf-16-be", errors="replace")
    else:
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            try:
                text = content.decode("cp1252")
            except UnicodeDecodeError:
                text = content.decode("latin-1")
    if "\0" in text:
        raise BrokenFile(file=filename)
    return text


def separator_of(text: str) -> str:
    """Return the character that separates the columns: the one that gives the most rows of one same width."""
    named = re.match(r'"?sep=(.)"?\r?\n', text)
    if named:
        return named.group(1)
    beginning = text[:65536]
    best, best_score = ",", 0
    for separator in _SEPARATORS:
        widths: Counter[int] = Counter()
        try:
            for row in csv.reader(io.StringIO(beginning, newline=""), delimiter=separator):
                if len(row) > 1:
                    widths[len(row)] += 1
                if sum(widths.values()) > 30:
                    break
        except csv.Error:
            continue
        score = max((width * times for width, times in widths.items()), default=0)
        if score > best_score:
            best, best_score = separator, score
    return best


def read_delimited(content: bytes, filename: str, limits: Limits) -> RawTable:
    """Return the one table of a CSV file.

    Raises `EmptyFile`, `BrokenFile`, `BrokenQuotes`, `TooManyRows` or `TooManyColumns`.
    """
    text = decode(content, filename)
    if not text.strip():
        raise EmptyFile(file=filename)
    separator = separator_of(text)
    skip = 1 if re.match(r'"?sep=.', text) else 0

    def records() -> Iterator[list[str]]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        try:
            for number, record in enumerate(reader):
                if number >= skip:
                    yield record
        except csv.Error as error:
            raise BrokenQuotes(file=filename, line=reader.line_num) from error

    count = 0
    for record in records():
        count += 1
        if count > limits.rows:
            raise TooManyRows(file=filename, sheet=filename, limit=limits.rows)
        if len(record) > limits.columns and any(cell.strip() for cell in record[limits.columns :]):
            raise TooManyColumns(file=filename, sheet=filename, limit=limits.columns)

    def rows() -> Iterator[tuple[int, list[Cell]]]:
        for number, record in enumerate(records(), start=1 + skip):
            yield number, [_cell(cell) for cell in record]

    return RawTable(name="", row_count=count + skip, rows=rows)


def _cell(text: str) -> Cell:
    if text and text.lstrip()[:1] in {"=", "+", "-", "@"}:
        stripped = text.strip()
        quoted = _QUOTED_FORMULA.match(stripped)
        if quoted:
            return quoted.group(1)
        if _FORMULA.match(stripped):
            return Unusable(stripped, FormulaInCell())
    return text
