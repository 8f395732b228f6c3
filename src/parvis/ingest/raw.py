"""What a file is read into before anything is known of its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from parvis.domain.refusals import Refusal

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that a file may hold."""

    file_bytes: int = 50 * MEGABYTE
    unpacked_bytes: int = 600 * MEGABYTE
    rows: int = 200_000
    columns: int = 200


@dataclass(frozen=True, slots=True)
class Unusable:
    """A cell that cannot be read whatever its column: a formula that failed, for instance."""

    text: str
    reason: Refusal


Cell = str | float | int | bool | date | datetime | time | timedelta | Unusable


@dataclass(frozen=True, slots=True)
class RawTable:
    """One sheet as it stands. `rows()` yields the number of each row as the spreadsheet shows it, and its cells;
    `row_count` is the number of the last. The first cell of a row stands in column `first_column`, counted from 0."""

    name: str
    row_count: int
    rows: Callable[[], Iterator[tuple[int, list[Cell]]]]
    first_column: int = 0
