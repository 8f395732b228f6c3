"""Cells (a room on a day) taken off the board and put back, their sessions one behind the other."""

from __future__ import annotations

from parvis.solver.compiled import compiled
from parvis.solver.kernel import arrays as A  # noqa: N812 - the names of tables stand in every line
from parvis.solver.kernel.arrays import Ints
from parvis.solver.kernel.board import fits, put, take


@compiled
def first_fit(f: Ints, b: Ints, session: int, room: int, day: int) -> int:
    """Return the first slot of a cell where a session fits, or -1."""
    for start in range(f[f[A.DAY_BEGIN] + day], f[f[A.DAY_END] + day] - f[f[A.LENGTH] + session] + 1):
        if fits(f, b, session, room, start):
            return start
    return -1


@compiled
def first_fit_behind(f: Ints, b: Ints, session: int, room: int, day: int) -> int:
    """Return the first slot behind all that a cell holds where a session fits, else the first slot anywhere, or -1."""
    start = f[f[A.DAY_END] + day] - f[f[A.LENGTH] + session]
    if start < f[f[A.DAY_BEGIN] + day] or not fits(f, b, session, room, start):
        return first_fit(f, b, session, room, day)
    while start > f[f[A.DAY_BEGIN] + day] and fits(f, b, session, room, start - 1):
        start -= 1
    return start


@compiled
def take_cell(f: Ints, b: Ints, room: int, day: int, into: int, count: int) -> int:
    """Take off a cell's sessions, in order, into a row of the scratch after `count`; return the new count, or -1."""
    slot = f[f[A.DAY_BEGIN] + day]
    while slot < f[f[A.DAY_END] + day]:
        session = b[b[A.OCCUPIED] + room * f[A.SLOTS] + slot]
        slot += 1
        if session >= 0:
            if not f[f[A.MOVABLE] + session]:
                return -1
            b[b[A.SCRATCH] + into * b[A.WIDE] + count] = session
            count += 1
            take(f, b, session)
    return count


@compiled
def put_row(f: Ints, b: Ints, room: int, day: int, row: int, first: int, last: int) -> bool:
    """Put sessions of a row of the scratch into a cell one after the other; tell whether all of them fit."""
    for at in range(first, last):
        session = b[b[A.SCRATCH] + row * b[A.WIDE] + at]
        start = first_fit(f, b, session, room, day)
        if start < 0:
            return False
        put(f, b, session, room, start)
    return True
