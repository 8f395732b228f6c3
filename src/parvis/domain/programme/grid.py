"""A day of the programme as a grid: time down, rooms across, each session over its time.

Rows lie between the moments at which something begins or ends. A session that concerns everybody and that nothing else
disturbs takes the whole width; two sessions that share a room and a moment stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from parvis.domain.programme.release import SessionContent
from parvis.domain.programme.sessions import SessionFormat

FOR_EVERYBODY = frozenset(
    {
        SessionFormat.OPENING,
        SessionFormat.PLENARY,
        SessionFormat.CEREMONY,
        SessionFormat.ASSEMBLY,
        SessionFormat.BREAK,
    }
)


@dataclass(frozen=True, slots=True)
class Column:
    """A room, by its slug (nothing for sessions whose room is to be announced), and how many stand side by side."""

    room: str
    width: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A session (its guid) or an empty place, over so many rows and columns.

    `room` is that of its column; a session that `is_wide` takes the whole width.
    """

    guid: str
    room: str
    rows: int = 1
    columns: int = 1
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """From one moment to the next, in the venue's time; `begins` tells whether something begins here."""

    starts: datetime
    minutes: int
    begins: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """One day."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(slots=True)
class _Block:
    guid: str
    room: str
    starts: datetime
    ends: datetime
    wide: bool = False
    lane: int = 0


@dataclass(slots=True)
class _Lanes:
    """The last end of each lane of a room."""

    ends: list[datetime] = field(default_factory=list)

    def take(self, block: _Block) -> None:
        for lane, end in enumerate(self.ends):
            if end <= block.starts:
                block.lane, self.ends[lane] = lane, block.ends
                return
        block.lane = len(self.ends)
        self.ends.append(block.ends)


def _blocks(sessions: Iterable[SessionContent]) -> list[_Block]:
    placed = [
        _Block(
            guid=session.guid,
            room=session.room,
            starts=datetime.fromisoformat(session.starts_at),
            ends=datetime.fromisoformat(session.ends_at),
            wide=session.format in FOR_EVERYBODY,
        )
        for session in sessions
        if session.starts_at and session.ends_at
    ]
    blocks = [block for block in placed if block.starts < block.ends]
    blocks.sort(key=lambda block: (block.starts, block.ends, block.guid))
    latest: _Block | None = None  # the one that ends last among those that began before
    for block in blocks:
        if latest is not None and latest.ends > block.starts:
            latest.wide = block.wide = False
        if latest is None or block.ends > latest.ends:
            latest = block
    return blocks


def grid_of(sessions: Iterable[SessionContent], rooms: Sequence[str]) -> Grid:
    """Return the placed sessions of one day as a grid; `rooms` are slugs in their order.

    Each session stands in exactly one cell, and the cells of the rows cover the grid without gap or overlap. Only
    rooms in which something takes place get a column.
    """
    blocks = _blocks(sessions)
    lanes: dict[str, _Lanes] = {}
    for block in blocks:
        if not block.wide:
            lanes.setdefault(block.room, _Lanes()).take(block)
    order = {room: place for place, room in enumerate(rooms)}
    names = sorted(lanes, key=lambda room: (order.get(room, len(order)), room))
    columns = tuple(Column(room, len(lanes[room].ends)) for room in names) or (Column("", 1),)
    first: dict[str, int] = {}
    place_of_room: list[str] = []
    for column in columns:
        first[column.room] = len(place_of_room)
        place_of_room += [column.room] * column.width
    moments = sorted({moment for block in blocks for moment in (block.starts, block.ends)})
    row_at = {moment: row for row, moment in enumerate(moments)}
    begins = {block.starts for block in blocks}
    width, height = len(place_of_room), max(0, len(moments) - 1)
    standing: list[list[_Block | None]] = [[None] * width for _ in range(height)]
    for block in blocks:
        across = range(width) if block.wide else [first[block.room] + block.lane]
        for row in range(row_at[block.starts], row_at[block.ends]):
            for column_at in across:
                standing[row][column_at] = block
    rows = []
    for row in range(height):
        cells = []
        for at in range(width):
            cell = _cell(standing, row, at, place_of_room)
            if cell is not None:
                cells.append(cell)
        minutes = int((moments[row + 1] - moments[row]).total_seconds() // 60)
        rows.append(Row(moments[row], minutes, moments[row] in begins, tuple(cells)))
    return Grid(columns, tuple(rows))


def _cell(standing: list[list[_Block | None]], row: int, at: int, rooms: Sequence[str]) -> Cell | None:
    """Return the cell whose upper corner is here, or None where one from above or from the side reaches."""
    here = standing[row][at]
    above = standing[row - 1][at] if row else False
    beside = standing[row][at - 1] if at else False
    if here is above or (here is not None and here is beside):
        return None
    down = row
    while down < len(standing) and standing[down][at] is here:
        down += 1
    if here is None:
        return Cell("", rooms[at], down - row)
    if here.wide:
        return Cell(here.guid, "", down - row, len(rooms), is_wide=True)
    return Cell(here.guid, rooms[at], down - row)
