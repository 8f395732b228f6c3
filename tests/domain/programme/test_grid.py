"""A grid shows every session once, at its time, and its cells fit together."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given

from parvis.domain.programme.grid import Cell, Grid, grid_of
from parvis.domain.programme.release import SessionContent
from tests.domain.programme.contents import ROOMS, a_session, sessions


def _at(hour: str, offset: str = "+02:00", day: str = "2023-09-18") -> str:
    return f"{day}T{hour}{offset}"


def _laid_out(grid: Grid) -> list[list[Cell]]:
    """Return the cell that covers each place, the way a browser lays a table out; fails on an overlap or a gap."""
    width = sum(column.width for column in grid.columns)
    places: list[list[Cell | None]] = [[None] * width for _ in grid.rows]
    for row, line in enumerate(grid.rows):
        at = 0
        for cell in line.cells:
            while at < width and places[row][at] is not None:
                at += 1
            for down in range(row, row + cell.rows):
                for across in range(at, at + cell.columns):
                    assert places[down][across] is None, "two cells overlap"
                    places[down][across] = cell
    assert all(cell is not None for line in places for cell in line), "a place is not covered"
    return [[cell for cell in line if cell is not None] for line in places]


@given(sessions(one_day=True))
def test_every_session_stands_once_at_its_time(found: list[SessionContent]) -> None:
    grid = grid_of(found, ROOMS)
    placed = {session.guid: session for session in found if session.starts_at}
    cells = [(row, cell) for row in grid.rows for cell in row.cells if cell.guid]
    assert sorted(cell.guid for _row, cell in cells) == sorted(placed)
    for row, cell in cells:
        session = placed[cell.guid]
        assert row.starts == datetime.fromisoformat(session.starts_at)
        at = grid.rows.index(row)
        assert sum(r.minutes for r in grid.rows[at : at + cell.rows]) * 60 == (
            (datetime.fromisoformat(session.ends_at) - row.starts).total_seconds()
        )
        assert cell.is_wide or cell.room == session.room
        assert row.begins
    places = _laid_out(grid)
    rooms = [column.room for column in grid.columns for _ in range(column.width)]
    for line in places:
        for at, cell in enumerate(line):
            assert cell.is_wide or cell.room == rooms[at]


@given(sessions(one_day=True))
def test_it_reads_by_time_and_then_by_room(found: list[SessionContent]) -> None:
    grid = grid_of(found, ROOMS)
    starts = [row.starts for row in grid.rows]
    assert starts == sorted(starts)
    order = [*ROOMS, ""]
    for row in grid.rows:
        rooms = [order.index(cell.room) for cell in row.cells if not cell.is_wide]
        assert rooms == sorted(rooms)


def test_what_concerns_everybody_takes_the_whole_width_unless_something_runs_beside_it() -> None:
    lunch = a_session("lunch", format="break", room="salle-3", starts_at=_at("12:00"), ends_at=_at("13:00"))
    plenary = a_session("plenary", format="plenary", room="auditorium", starts_at=_at("09:00"), ends_at=_at("10:00"))
    beside = a_session("beside", room="condorcet", starts_at=_at("12:30"), ends_at=_at("14:00"))
    alone = a_session("alone", room="salle-3", starts_at=_at("15:00"), ends_at=_at("16:00"))
    grid = grid_of([lunch, plenary, beside, alone], ROOMS)
    cells = {cell.guid: cell for row in grid.rows for cell in row.cells if cell.guid}
    assert (cells["plenary"].is_wide, cells["plenary"].columns) == (True, 2)
    assert not cells["lunch"].is_wide
    assert not cells["alone"].is_wide
    assert [column.room for column in grid.columns] == ["condorcet", "salle-3"]


def test_two_in_one_room_stand_side_by_side() -> None:
    one = a_session("one", room="salle-3", starts_at=_at("09:00"), ends_at=_at("10:30"))
    two = a_session("two", room="salle-3", starts_at=_at("10:00"), ends_at=_at("11:00"))
    three = a_session("three", room="salle-3", starts_at=_at("10:30"), ends_at=_at("11:00"))
    grid = grid_of([one, two, three], ROOMS)
    assert [(column.room, column.width) for column in grid.columns] == [("salle-3", 2)]
    assert [[cell.guid for cell in line] for line in _laid_out(grid)] == [
        ["one", ""],
        ["one", "two"],
        ["three", "two"],
    ]


def test_the_night_on_which_the_clock_goes_back_keeps_its_order() -> None:
    before = a_session("before", starts_at=_at("02:30", day="2023-10-29"), ends_at=_at("02:15", "+01:00", "2023-10-29"))
    after = a_session(
        "after", starts_at=_at("02:15", "+01:00", "2023-10-29"), ends_at=_at("03:00", "+01:00", "2023-10-29")
    )
    grid = grid_of([after, before], ())
    assert [(row.minutes, row.cells[0].guid) for row in grid.rows] == [(45, "before"), (45, "after")]


def test_an_empty_day_is_an_empty_grid() -> None:
    assert grid_of([], ROOMS).rows == ()
    assert grid_of([a_session()], ROOMS).rows == ()
