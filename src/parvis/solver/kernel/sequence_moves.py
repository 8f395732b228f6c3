"""Moves of one or two sessions within their track, where each room keeps to one track a day."""

from __future__ import annotations

from parvis.solver.compiled import compiled
from parvis.solver.kernel import arrays as A  # noqa: N812 - the names of tables stand in every line
from parvis.solver.kernel.arrays import Ints
from parvis.solver.kernel.board import begin, draw, fits, put, settle, take
from parvis.solver.kernel.cells import first_fit, first_fit_behind, put_row


@compiled
def _place_in_sequence(f: Ints, b: Ints, session: int, room: int, day: int) -> int:
    """Return behind how many of a cell's sessions this goes: where its order says, else anywhere; -1 if too full."""
    free, count, before, last = 0, 0, 0, -1
    wanted = f[f[A.POSITION] + session]
    for slot in range(f[f[A.DAY_BEGIN] + day], f[f[A.DAY_END] + day]):
        there = b[b[A.OCCUPIED] + room * f[A.SLOTS] + slot]
        if there < 0 or there == session:
            free += 1
        elif there != last:
            count += 1
            if f[f[A.POSITION] + there] <= wanted:
                before = count
        last = there
    if free < f[f[A.LENGTH] + session]:
        return -1
    if wanted > 0 and draw(b, 8) > 0:
        return before
    return draw(b, count + 1)


@compiled
def _take_behind(f: Ints, b: Ints, room: int, day: int, stay: int) -> int:
    """Take off a cell's sessions behind the first `stay`, into row 4 of the scratch; return how many, or -1."""
    count, seen, last = 0, 0, -1
    for slot in range(f[f[A.DAY_BEGIN] + day], f[f[A.DAY_END] + day]):
        session = b[b[A.OCCUPIED] + room * f[A.SLOTS] + slot]
        if session >= 0 and session != last:
            seen += 1
            if seen > stay:
                if not f[f[A.MOVABLE] + session]:
                    return -1
                b[b[A.SCRATCH] + 4 * b[A.WIDE] + count] = session
                count += 1
                take(f, b, session)
        last = session
    return count


@compiled
def shift(f: Ints, b: Ints) -> bool:
    """One session goes to another cell of its track, or to an empty one, at any place in its sequence."""
    begin(b)
    session = draw(b, f[A.SESSIONS])
    if not f[f[A.MOVABLE] + session]:
        return False
    track = f[f[A.TRACK] + session]
    if draw(b, 10) < 7 and track >= 0:
        first = f[f[A.TRACK_PTR] + track]
        other = f[f[A.TRACK_VAL] + first + draw(b, f[f[A.TRACK_PTR] + track + 1] - first)]
        if b[b[A.ROOM] + other] < 0 or other == session:
            return False
        room, day = b[b[A.ROOM] + other], f[f[A.SLOT_DAY] + b[b[A.START] + other]]
    else:
        room, day = draw(b, f[A.ROOMS]), draw(b, f[A.DAYS])
        if b[b[A.CELL_TRACKS] + day * f[A.ROOMS] + room] > 0:
            return False
    stay = _place_in_sequence(f, b, session, room, day)
    if stay < 0:
        return False
    if b[b[A.ROOM] + session] >= 0:
        take(f, b, session)
    count = _take_behind(f, b, room, day, stay)
    if count < 0:
        return False
    start = first_fit_behind(f, b, session, room, day)
    if start < 0:
        return False
    put(f, b, session, room, start)
    if not put_row(f, b, room, day, 4, 0, count):
        return False
    settle(f, b)
    return True


@compiled
def swap_in_track(f: Ints, b: Ints) -> bool:
    """Two sessions of a track change places; their cells close up."""
    begin(b)
    one = draw(b, f[A.SESSIONS])
    track = f[f[A.TRACK] + one]
    if track < 0:
        return False
    first = f[f[A.TRACK_PTR] + track]
    other = f[f[A.TRACK_VAL] + first + draw(b, f[f[A.TRACK_PTR] + track + 1] - first)]
    if one == other or not f[f[A.MOVABLE] + one] or not f[f[A.MOVABLE] + other]:
        return False
    room, start = b[b[A.ROOM] + one], b[b[A.START] + one]
    other_room, other_start = b[b[A.ROOM] + other], b[b[A.START] + other]
    if room < 0 or other_room < 0:
        return False
    take(f, b, one)
    take(f, b, other)
    if f[f[A.LENGTH] + one] == f[f[A.LENGTH] + other]:
        put(f, b, one, other_room, other_start)
        put(f, b, other, room, start)
    else:
        if not fits(f, b, one, other_room, other_start):
            other_start = first_fit(f, b, one, other_room, f[f[A.SLOT_DAY] + other_start])
            if other_start < 0:
                return False
        put(f, b, one, other_room, other_start)
        if not fits(f, b, other, room, start):
            start = first_fit(f, b, other, room, f[f[A.SLOT_DAY] + start])
            if start < 0:
                return False
        put(f, b, other, room, start)
    settle(f, b)
    return True
