"""Moves of sessions: one goes elsewhere and what stood there makes room, two change places, two rooms, two hours.

Each move begins, takes, puts and settles, and tells whether it could be made; one that could not is to be undone.
"""

from __future__ import annotations

from parvis.solver.compiled import compiled
from parvis.solver.kernel import arrays as A  # noqa: N812 - the names of tables stand in every line
from parvis.solver.kernel.arrays import Ints
from parvis.solver.kernel.board import alone, begin, draw, end_of_use, fits, put, settle, take, with_others

TRIES = 6


@compiled
def any_mover(f: Ints, b: Ints) -> int:
    """Return one of the sessions that may move; there is at least one."""
    return f[f[A.MOVER] + draw(b, f[A.MOVERS])]


@compiled
def any_room(f: Ints, b: Ints, session: int) -> int:
    """Return one of the rooms worth trying."""
    first = f[f[A.ROOM_PTR] + session]
    return f[f[A.ROOM_VAL] + first + draw(b, f[f[A.ROOM_PTR] + session + 1] - first)]


@compiled
def any_start(f: Ints, b: Ints, session: int, room: int) -> int:
    """Return a start worth trying: with another session, right after one in the room, or any.

    Sessions that begin together leave no splinters of time, and nobody misses half of two.
    """
    first = f[f[A.START_PTR] + session]
    chance = draw(b, 8)
    if chance < 7:
        other = draw(b, f[A.SESSIONS])
        if b[b[A.ROOM] + other] >= 0:
            start = b[b[A.START] + other]
            if chance >= 5:
                start += f[f[A.LENGTH] + other] + f[A.PAD]
            if start < f[A.SLOTS] and f[f[A.START_COST] + session * f[A.SLOTS] + start] < f[f[A.UNPLACED] + session]:
                return start
    return f[f[A.START_VAL] + first + draw(b, f[f[A.START_PTR] + session + 1] - first)]


@compiled
def settle_somewhere(f: Ints, b: Ints, session: int, tries: int) -> bool:
    """Put a session that is off the board at the cheapest of some free places that are drawn."""
    best_room, best_start, best = -1, -1, f[f[A.UNPLACED] + session]
    for _try in range(tries):
        room = any_room(f, b, session)
        start = any_start(f, b, session, room)
        if fits(f, b, session, room, start):
            cost = alone(f, session, room, start) + with_others(f, b, session, room, start)
            if best_room < 0 or cost < best:
                best_room, best_start, best = room, start, cost
    if best_room < 0:
        return False
    put(f, b, session, best_room, best_start)
    return True


@compiled
def clear(f: Ints, b: Ints, session: int, room: int, start: int) -> int:
    """Take off what stands where a session wants to go; return how many those were, in the scratch, or -1."""
    moved = b[A.SCRATCH] + 4 * b[A.WIDE]
    count = 0
    day = f[f[A.SLOT_DAY] + start]
    last = start + f[f[A.LENGTH] + session]
    if last > f[f[A.DAY_END] + day]:
        return -1
    for slot in range(start, end_of_use(f, session, start)):
        there = b[b[A.OCCUPIED] + room * f[A.SLOTS] + slot]
        if there >= 0:
            if not f[f[A.MOVABLE] + there] or count >= 6:
                return -1
            take(f, b, there)
            b[moved + count] = there
            count += 1
    return count


@compiled
def relocate(f: Ints, b: Ints) -> bool:
    """One session goes elsewhere; what stood there goes where it was, or to some other place."""
    begin(b)
    session = any_mover(f, b)
    was_room, was_start = b[b[A.ROOM] + session], b[b[A.START] + session]
    room = was_room if was_room >= 0 and draw(b, 4) == 0 else any_room(f, b, session)
    start = was_start if was_room >= 0 and draw(b, 4) == 0 else any_start(f, b, session, room)
    if room == was_room and start == was_start:
        return False
    if was_room >= 0:
        take(f, b, session)
    count = clear(f, b, session, room, start)
    if count < 0 or not fits(f, b, session, room, start):
        return False
    put(f, b, session, room, start)
    for at in range(count):
        other = b[b[A.SCRATCH] + 4 * b[A.WIDE] + at]
        if was_room >= 0 and fits(f, b, other, was_room, was_start):
            put(f, b, other, was_room, was_start)
        else:
            settle_somewhere(f, b, other, TRIES)
    settle(f, b)
    return True


@compiled
def exchange(f: Ints, b: Ints) -> bool:
    """Two sessions change places."""
    begin(b)
    one = any_mover(f, b)
    other = any_mover(f, b)
    if one == other:
        return False
    room, start = b[b[A.ROOM] + one], b[b[A.START] + one]
    other_room, other_start = b[b[A.ROOM] + other], b[b[A.START] + other]
    if room < 0 or other_room < 0:
        return False
    take(f, b, one)
    take(f, b, other)
    if not fits(f, b, one, other_room, other_start):
        return False
    put(f, b, one, other_room, other_start)
    if not fits(f, b, other, room, start):
        return False
    put(f, b, other, room, start)
    settle(f, b)
    return True


@compiled
def exchange_hours(f: Ints, b: Ints) -> bool:
    """All that begins at one hour changes hours with all that begins at another, each in its room."""
    begin(b)
    one = draw(b, f[A.SESSIONS])
    other = draw(b, f[A.SESSIONS])
    if b[b[A.ROOM] + one] < 0 or b[b[A.ROOM] + other] < 0:
        return False
    early, late = b[b[A.START] + one], b[b[A.START] + other]
    if early == late:
        return False
    moved = b[A.SCRATCH] + 4 * b[A.WIDE]
    count = 0
    for session in range(f[A.SESSIONS]):
        if b[b[A.ROOM] + session] >= 0 and (b[b[A.START] + session] == early or b[b[A.START] + session] == late):
            if not f[f[A.MOVABLE] + session]:
                return False
            b[moved + count] = session
            count += 1
    for at in range(count):
        take(f, b, b[moved + at])
    for at in range(count):
        session = b[moved + at]
        start = late if b[b[A.START] + session] == early else early
        if not fits(f, b, session, b[b[A.OLD_ROOM] + session], start):
            return False
        put(f, b, session, b[b[A.OLD_ROOM] + session], start)
    settle(f, b)
    return True


@compiled
def exchange_rooms(f: Ints, b: Ints) -> bool:
    """What two rooms hold over a while changes rooms, at the same hours."""
    begin(b)
    one = any_mover(f, b)
    if b[b[A.ROOM] + one] < 0:
        return False
    room = b[b[A.ROOM] + one]
    other_room = any_room(f, b, one)
    if room == other_room:
        return False
    day = f[f[A.SLOT_DAY] + b[b[A.START] + one]]
    first, last = b[b[A.START] + one], b[b[A.START] + one] + f[f[A.LENGTH] + one] + f[A.PAD]
    if draw(b, 4) == 0:
        first, last = f[f[A.DAY_BEGIN] + day], f[f[A.DAY_END] + day]
    last = min(last, f[f[A.DAY_END] + day])
    moved = b[A.SCRATCH] + 4 * b[A.WIDE]
    count = 0
    for slot in range(first, last):
        for which in range(2):
            session = b[b[A.OCCUPIED] + (room if which == 0 else other_room) * f[A.SLOTS] + slot]
            if session >= 0:
                if not f[f[A.MOVABLE] + session]:
                    return False
                take(f, b, session)
                b[moved + count] = session
                count += 1
    for at in range(count):
        session = b[moved + at]
        to = other_room if b[b[A.OLD_ROOM] + session] == room else room
        if not fits(f, b, session, to, b[b[A.START] + session]):
            return False
        put(f, b, session, to, b[b[A.START] + session])
    settle(f, b)
    return True


@compiled
def fill(f: Ints, b: Ints, tries: int) -> None:
    """Put all that is in the tray somewhere, the longest first, at the cheapest of many places drawn."""
    order = b[A.SCRATCH] + 4 * b[A.WIDE]
    count = 0
    for session in range(f[A.SESSIONS]):
        if b[b[A.ROOM] + session] < 0 and f[f[A.MOVABLE] + session]:
            place = count
            while place > 0 and f[f[A.LENGTH] + b[order + place - 1]] < f[f[A.LENGTH] + session]:
                b[order + place] = b[order + place - 1]
                place -= 1
            b[order + place] = session
            count += 1
    for at in range(count):
        begin(b)
        if settle_somewhere(f, b, b[order + at], tries):
            settle(f, b)
