"""Moves of whole cells (a room on a day) and of whole tracks, where each room keeps to one track a day."""

from __future__ import annotations

from parvis.solver.compiled import compiled
from parvis.solver.kernel import arrays as A  # noqa: N812 - the names of tables stand in every line
from parvis.solver.kernel.arrays import Ints
from parvis.solver.kernel.board import begin, draw, put, settle, take
from parvis.solver.kernel.cells import first_fit, put_row, take_cell
from parvis.solver.kernel.counted import in_sequence


@compiled
def _swap_cells(f: Ints, b: Ints, room: int, day: int, other_room: int, other_day: int) -> bool:
    count = take_cell(f, b, room, day, 4, 0)
    if count < 0:
        return False
    both = take_cell(f, b, other_room, other_day, 4, count)
    if both < 0:
        return False
    return put_row(f, b, other_room, other_day, 4, 0, count) and put_row(f, b, room, day, 4, count, both)


@compiled
def swap_cells(f: Ints, b: Ints) -> bool:
    """Two cells change contents; one of them may be empty."""
    begin(b)
    session = draw(b, f[A.SESSIONS])
    if b[b[A.ROOM] + session] < 0:
        return False
    room, day = b[b[A.ROOM] + session], f[f[A.SLOT_DAY] + b[b[A.START] + session]]
    other_room, other_day = room, day
    chance = draw(b, 4)
    if chance != 0:
        other_room = draw(b, f[A.ROOMS])
    if chance != 1:
        other_day = draw(b, f[A.DAYS])
    if room == other_room and day == other_day:
        return False
    if not _swap_cells(f, b, room, day, other_room, other_day):
        return False
    settle(f, b)
    return True


@compiled
def move_track_room(f: Ints, b: Ints) -> bool:
    """All that a track has in one room goes to another, on each day, and what was there comes back."""
    begin(b)
    session = draw(b, f[A.SESSIONS])
    track = f[f[A.TRACK] + session]
    if track < 0 or b[b[A.ROOM] + session] < 0:
        return False
    room = b[b[A.ROOM] + session]
    other_room = draw(b, f[A.ROOMS])
    if room == other_room:
        return False
    for day in range(f[A.DAYS]):
        if b[b[A.IN_CELL] + day * f[A.ROOMS] * f[A.TRACKS] + room * f[A.TRACKS] + track] > 0 and not _swap_cells(
            f, b, room, day, other_room, day
        ):
            return False
    settle(f, b)
    return True


@compiled
def swap_days(f: Ints, b: Ints) -> bool:
    """All rooms of two days change contents."""
    begin(b)
    day, other_day = draw(b, f[A.DAYS]), draw(b, f[A.DAYS])
    if day == other_day:
        return False
    for room in range(f[A.ROOMS]):
        if not _swap_cells(f, b, room, day, room, other_day):
            return False
    settle(f, b)
    return True


@compiled
def wanted_sequence(f: Ints, b: Ints, track: int, shuffle: bool) -> int:
    """Lay a track's sessions into row 4 as its order wants them, the others between them as they stand or shuffled."""
    placed = in_sequence(f, b, track)
    sequence, row = b[A.SCRATCH], b[A.SCRATCH] + 4 * b[A.WIDE]
    count = f[f[A.TRACK_PTR] + track + 1] - f[f[A.TRACK_PTR] + track]
    for at in range(count):
        b[row + at] = -1
    for at in range(f[f[A.TRACK_PTR] + track], f[f[A.TRACK_PTR] + track + 1]):
        session = f[f[A.TRACK_VAL] + at]
        position = f[f[A.POSITION] + session]
        if position > 0:
            place = min(position, count) - 1
            while b[row + place] >= 0:
                place = (place + 1) % count
            b[row + place] = session
        elif b[b[A.ROOM] + session] < 0:
            b[sequence + placed] = session
            placed += 1
    place = 0
    for at in range(placed):
        session = b[sequence + at]
        if f[f[A.POSITION] + session] == 0:
            while b[row + place] >= 0:
                place += 1
            b[row + place] = session
    if shuffle and not f[f[A.ORDERED] + track]:
        for at in range(count - 1, 0, -1):
            other = draw(b, at + 1)
            b[row + at], b[row + other] = b[row + other], b[row + at]
    return count


@compiled
def _take_track(f: Ints, b: Ints, track: int) -> bool:
    for at in range(f[f[A.TRACK_PTR] + track], f[f[A.TRACK_PTR] + track + 1]):
        session = f[f[A.TRACK_VAL] + at]
        if not f[f[A.MOVABLE] + session]:
            return False
        if b[b[A.ROOM] + session] >= 0:
            take(f, b, session)
    return True


@compiled
def _free_room(f: Ints, b: Ints, track: int, day: int, wanted: int) -> int:
    """Return the wanted room if it is empty on a day, else the cheapest of some empty ones; -1 if none is seen."""
    if wanted >= 0 and b[b[A.CELL_TRACKS] + day * f[A.ROOMS] + wanted] == 0 and draw(b, 8) > 0:
        return wanted
    best, cheapest = -1, A.SOFT
    for _try in range(4):
        room = draw(b, f[A.ROOMS])
        if (
            b[b[A.CELL_TRACKS] + day * f[A.ROOMS] + room] == 0
            and f[f[A.CELL_COST] + track * f[A.DAYS] * f[A.ROOMS] + day * f[A.ROOMS] + room] < cheapest
        ):
            best, cheapest = room, f[f[A.CELL_COST] + track * f[A.DAYS] * f[A.ROOMS] + day * f[A.ROOMS] + room]
    if best < 0:
        for room in range(f[A.ROOMS]):
            if (
                b[b[A.CELL_TRACKS] + day * f[A.ROOMS] + room] == 0
                and f[f[A.CELL_COST] + track * f[A.DAYS] * f[A.ROOMS] + day * f[A.ROOMS] + room] < cheapest
            ):
                best, cheapest = room, f[f[A.CELL_COST] + track * f[A.DAYS] * f[A.ROOMS] + day * f[A.ROOMS] + room]
    return best


@compiled
def replace_track(f: Ints, b: Ints) -> bool:
    """A whole track is placed afresh: in sequence, from some day on, in one room where it can."""
    begin(b)
    track = f[f[A.TRACK] + draw(b, f[A.SESSIONS])]
    if track < 0:
        return False
    count = wanted_sequence(f, b, track, draw(b, 3) == 0)
    if not _take_track(f, b, track):
        return False
    if not pour_afresh(f, b, track, count):
        return False
    settle(f, b)
    return True


@compiled
def replace_two(f: Ints, b: Ints) -> bool:
    """Two tracks are placed afresh, each where the other was if need be: on full days, one alone cannot move."""
    begin(b)
    track = f[f[A.TRACK] + draw(b, f[A.SESSIONS])]
    other = f[f[A.TRACK] + draw(b, f[A.SESSIONS])]
    if track < 0 or other < 0 or track == other:
        return False
    count = wanted_sequence(f, b, track, draw(b, 3) == 0)
    if not _take_track(f, b, track) or not _take_track(f, b, other):
        return False
    if not pour_afresh(f, b, track, count):
        return False
    count = wanted_sequence(f, b, other, draw(b, 3) == 0)
    if not pour_afresh(f, b, other, count):
        return False
    settle(f, b)
    return True


@compiled
def pour_afresh(f: Ints, b: Ints, track: int, count: int) -> bool:
    """Put row 4 of the scratch into empty cells, day after day; a second room of a day only when days run out.

    One session may be left in the tray, for another move to place: full days are not left otherwise.
    """
    day = draw(b, f[A.DAYS])
    room, at = -1, 0
    tight = draw(b, 4) > 0  # fill each cell before the next is opened
    for _cell in range(2 * f[A.DAYS]):
        room = _free_room(f, b, track, day, room)
        if room >= 0:
            most = count - at
            if not tight:
                most = 1 + draw(b, most)
            while at < count and most > 0:
                session = b[b[A.SCRATCH] + 4 * b[A.WIDE] + at]
                start = first_fit(f, b, session, room, day)
                if start < 0:
                    break
                put(f, b, session, room, start)
                at += 1
                most -= 1
            if at == count:
                return True
        day += 1
        if day == f[A.DAYS]:
            if f[f[A.ORDERED] + track] and draw(b, 4) > 0:
                return False
            day = draw(b, f[A.DAYS])
    return at >= count - 1


@compiled
def refill(f: Ints, b: Ints) -> bool:
    """A track is poured in order into its cells anew: one cell fewer, one more, one elsewhere, or as they are."""
    begin(b)
    track = f[f[A.TRACK] + draw(b, f[A.SESSIONS])]
    if track < 0:
        return False
    days, rooms, used = b[A.SCRATCH] + 1 * b[A.WIDE], b[A.SCRATCH] + 2 * b[A.WIDE], b[A.SCRATCH] + 3 * b[A.WIDE]
    cells = 0
    for day in range(f[A.DAYS]):
        if b[b[A.DAY_ROOMS] + day * f[A.TRACKS] + track] > 0:
            for room in range(f[A.ROOMS]):
                if b[b[A.IN_CELL] + day * f[A.ROOMS] * f[A.TRACKS] + room * f[A.TRACKS] + track] > 0:
                    if cells >= f[A.SESSIONS] - 1:
                        return False
                    b[days + cells], b[rooms + cells], b[used + cells] = (
                        day,
                        room,
                        b[b[A.IN_CELL] + day * f[A.ROOMS] * f[A.TRACKS] + room * f[A.TRACKS] + track],
                    )
                    cells += 1
    if cells == 0:
        return False
    chance = draw(b, 5)
    chosen = draw(b, cells)
    if chance == 0 and cells > 1:  # one cell fewer
        for at in range(chosen, cells - 1):
            b[days + at], b[rooms + at], b[used + at] = b[days + at + 1], b[rooms + at + 1], b[used + at + 1]
        cells -= 1
    elif chance <= 2:  # one more, or one elsewhere
        day, room = draw(b, f[A.DAYS]), draw(b, f[A.ROOMS])
        if draw(b, 2) == 0:
            room = b[rooms + chosen]
        elif draw(b, 2) == 0:
            day = b[days + chosen]
        if b[b[A.CELL_TRACKS] + day * f[A.ROOMS] + room] > 0:
            return False
        many = b[used + chosen]
        if chance == 1:
            many = 1 + draw(b, many)
            b[used + chosen] -= many
        else:
            for at in range(chosen, cells - 1):
                b[days + at], b[rooms + at], b[used + at] = b[days + at + 1], b[rooms + at + 1], b[used + at + 1]
            cells -= 1
        at = cells
        while at > 0 and (b[days + at - 1] > day or (b[days + at - 1] == day and b[rooms + at - 1] > room)):
            b[days + at], b[rooms + at], b[used + at] = b[days + at - 1], b[rooms + at - 1], b[used + at - 1]
            at -= 1
        b[days + at], b[rooms + at], b[used + at] = day, room, many
        cells += 1
    elif chance == 3 and cells > 1:  # the border between two cells
        if chosen == cells - 1:
            chosen -= 1
        if draw(b, 2) == 0:
            b[used + chosen] -= 1
            b[used + chosen + 1] += 1
        else:
            b[used + chosen] += 1
            b[used + chosen + 1] -= 1
    # The sequence takes rows 0 and 1: keep the cells apart from it meanwhile, behind the day's number.
    for at in range(cells):
        b[used + at] = (b[used + at] * f[A.DAYS] + b[days + at]) * f[A.ROOMS] + b[rooms + at]
    count = wanted_sequence(f, b, track, False)
    if not _take_track(f, b, track):
        return False
    return _pour_into(f, b, cells, count)


@compiled
def _pour_into(f: Ints, b: Ints, cells: int, count: int) -> bool:
    """Put row 4 into the cells of row 3 (how many, day, room), as many as each says, the rest into the last."""
    at = 0
    for cell in range(cells):
        code = b[b[A.SCRATCH] + 3 * b[A.WIDE] + cell]
        room = code % f[A.ROOMS]
        day = (code // f[A.ROOMS]) % f[A.DAYS]
        most = code // f[A.ROOMS] // f[A.DAYS]
        if cell == cells - 1:
            most = count
        while at < count and most > 0:
            start = first_fit(f, b, b[b[A.SCRATCH] + 4 * b[A.WIDE] + at], room, day)
            if start < 0:
                break
            put(f, b, b[b[A.SCRATCH] + 4 * b[A.WIDE] + at], room, start)
            at += 1
            most -= 1
    if at < count:
        return False
    settle(f, b)
    return True
