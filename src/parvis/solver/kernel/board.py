"""The board's two changes, `take` a session off and `put` it somewhere, its cost kept up to date; and undoing them.

A move is: `begin`, any takes and puts, `settle`; then either nothing (it stands) or `undo`. What depends on many
sessions at once (a track, the interpreters of a day, a participant) is marked when it is touched and counted anew by
`settle`, once, however many sessions moved.
"""

from __future__ import annotations

from parvis.solver.compiled import compiled
from parvis.solver.kernel import arrays as A  # noqa: N812 - the names of tables stand in every line
from parvis.solver.kernel.arrays import Ints
from parvis.solver.kernel.counted import group_cost, met_of, party_loss_of, priced, track_cost, worst_losses


@compiled
def draw(b: Ints, below: int) -> int:
    """Return a random number from 0 up to `below`. The same in every path and on every machine."""
    x = b[A.RANDOM]
    x ^= (x << 13) & 0xFFFFFFFF
    x ^= x >> 17
    x ^= (x << 5) & 0xFFFFFFFF
    b[A.RANDOM] = x
    return (x * below) >> 32


@compiled
def alone(f: Ints, session: int, room: int, start: int) -> int:
    """Return what a session costs at a place by itself."""
    cost = f[f[A.ROOM_COST] + session * f[A.ROOMS] + room] + f[f[A.START_COST] + session * f[A.SLOTS] + start]
    table = f[f[A.JOINT_OF] + session]
    if table >= 0:
        cost += f[f[A.JOINT] + table * f[A.ROOMS] * f[A.SLOTS] + room * f[A.SLOTS] + start]
    return cost


@compiled
def with_others(f: Ints, b: Ints, session: int, room: int, start: int) -> int:
    """Return what a session costs at a place with each other session where that stands."""
    cost = 0
    begins = f[f[A.SLOT_MINUTE] + start]
    ends = begins + f[f[A.MINUTES] + session]
    for at in range(f[f[A.PAIR_PTR] + session], f[f[A.PAIR_PTR] + session + 1]):
        other = f[f[A.PAIR_OTHER] + at]
        there = b[b[A.ROOM] + other]
        if there < 0:
            continue
        kind = f[f[A.PAIR_KIND] + at]
        other_start = b[b[A.START] + other]
        other_begins = f[f[A.SLOT_MINUTE] + other_start]
        other_ends = other_begins + f[f[A.MINUTES] + other]
        gap = max(begins - other_ends, other_begins - ends)
        if kind == A.CLASH:
            if gap < f[f[A.PAIR_P] + at]:
                cost += f[f[A.PAIR_COST] + at]
        elif kind == A.OVERLAP:
            if gap < 0:
                shared = min(ends, other_ends) - max(begins, other_begins)
                cost += priced(f[f[A.PAIR_COST] + at], (shared + f[f[A.PAIR_P] + at] - 1) // f[f[A.PAIR_P] + at])
        elif kind == A.APART:
            if there != room and f[f[A.SLOT_DAY] + other_start] == f[f[A.SLOT_DAY] + start]:
                cost += f[f[A.PAIR_COST] + at]
        elif kind == A.BEFORE:
            gap = other_begins - ends
            if gap < f[f[A.PAIR_P] + at] or gap > f[f[A.PAIR_Q] + at]:
                cost += f[f[A.PAIR_COST] + at]
        elif kind == A.AFTER:
            gap = begins - other_ends
            if gap < f[f[A.PAIR_P] + at] or gap > f[f[A.PAIR_Q] + at]:
                cost += f[f[A.PAIR_COST] + at]
        elif kind == A.WALK:
            if gap >= 0:
                lacking = f[f[A.WALKS] + room * f[A.ROOMS] + there] - gap
                if lacking > 0:
                    cost += priced(f[f[A.PAIR_COST] + at], lacking)
        elif kind == A.COMPACT:
            if f[f[A.SLOT_DAY] + other_start] != f[f[A.SLOT_DAY] + start]:
                cost += priced(f[f[A.PAIR_COST] + at], f[f[A.PAIR_Q] + at])
            elif gap > 0:
                cost += priced(f[f[A.PAIR_COST] + at], gap // f[f[A.PAIR_P] + at])
    return cost


@compiled
def end_of_use(f: Ints, session: int, start: int) -> int:
    """Return the slot from which on a room is free again; a night is as good as any other time."""
    slot = start + f[f[A.LENGTH] + session]
    if f[A.PAD_MIN] > 0:
        free = f[f[A.SLOT_MINUTE] + start] + f[f[A.MINUTES] + session] + f[A.PAD_MIN]
        while slot < f[A.SLOTS] and f[f[A.SLOT_MINUTE] + slot] < free:
            slot += 1
    return slot


@compiled
def fits(f: Ints, b: Ints, session: int, room: int, start: int) -> bool:
    """Tell whether a room is free for a session from a slot on, within the day, and may hold its track."""
    day = f[f[A.SLOT_DAY] + start]
    last = start + f[f[A.LENGTH] + session]
    if last > f[f[A.DAY_END] + day]:
        return False
    for slot in range(start, end_of_use(f, session, start)):
        if b[b[A.OCCUPIED] + room * f[A.SLOTS] + slot] >= 0:
            return False
    if f[A.ONE_TRACK]:
        track = f[f[A.TRACK] + session]
        if b[b[A.CELL_TRACKS] + day * f[A.ROOMS] + room] > (
            1 if track >= 0 and b[b[A.IN_CELL] + day * f[A.ROOMS] * f[A.TRACKS] + room * f[A.TRACKS] + track] > 0 else 0
        ):
            return False
    return True


@compiled
def _mark(f: Ints, b: Ints, session: int, day: int) -> None:
    """Mark what must be counted anew when a session comes to a day, or leaves it."""
    track = f[f[A.TRACK] + session]
    if track >= 0 and b[b[A.TRACK_DIRTY] + track] == 0:
        b[b[A.TRACK_DIRTY] + track] = 1
        b[b[A.TRACK_LIST] + b[A.DIRTY_TRACKS]] = track
        b[A.DIRTY_TRACKS] += 1
    if f[f[A.IN_CROWD] + session]:
        group = f[f[A.CROWD_GROUP] + day]
        if b[b[A.GROUP_DIRTY] + group] == 0:
            b[b[A.GROUP_DIRTY] + group] = 1
            b[b[A.GROUP_LIST] + b[A.DIRTY_GROUPS]] = group
            b[A.DIRTY_GROUPS] += 1
    for at in range(f[f[A.CHOOSER_PTR] + session], f[f[A.CHOOSER_PTR] + session + 1]):
        theirs = f[f[A.CHOOSER] + at] * f[A.DAYS] + day
        if b[b[A.MET_DIRTY] + theirs] == 0:
            b[b[A.MET_DIRTY] + theirs] = 1
            b[b[A.MET_LIST] + b[A.LOSERS]] = theirs
            b[A.LOSERS] += 1
    for at in range(f[f[A.OF_PARTY_PTR] + session], f[f[A.OF_PARTY_PTR] + session + 1]):
        theirs = f[f[A.OF_PARTY] + at] * f[A.DAYS] + day
        if b[b[A.PARTY_DIRTY] + theirs] == 0:
            b[b[A.PARTY_DIRTY] + theirs] = 1
            b[b[A.PARTY_LIST] + b[A.PARTIES]] = theirs
            b[A.PARTIES] += 1


@compiled
def _track_in_cell(f: Ints, b: Ints, track: int, day: int, room: int) -> int:
    """Return what it costs that a cell holds a track, beside what the other rooms hold."""
    cost = f[f[A.CELL_COST] + track * f[A.DAYS] * f[A.ROOMS] + day * f[A.ROOMS] + room]
    for at in range(f[f[A.SIMILAR_PTR] + track], f[f[A.SIMILAR_PTR] + track + 1]):
        other = f[f[A.SIMILAR_OTHER] + at]
        rooms = b[b[A.DAY_ROOMS] + day * f[A.TRACKS] + other]
        if rooms > 0:
            if b[b[A.IN_CELL] + day * f[A.ROOMS] * f[A.TRACKS] + room * f[A.TRACKS] + other] > 0:
                rooms -= 1
            cost += f[f[A.SIMILAR_COST] + at] * rooms
    return cost


@compiled
def _set_down(f: Ints, b: Ints, session: int, room: int, start: int) -> int:
    """Put a session on the board; return what its cell costs more."""
    b[b[A.ROOM] + session] = room
    b[b[A.START] + session] = start
    day = f[f[A.SLOT_DAY] + start]
    for slot in range(start, end_of_use(f, session, start)):
        b[b[A.OCCUPIED] + room * f[A.SLOTS] + slot] = session
    cost = 0
    track = f[f[A.TRACK] + session]
    if track >= 0:
        b[b[A.IN_CELL] + day * f[A.ROOMS] * f[A.TRACKS] + room * f[A.TRACKS] + track] += 1
        if b[b[A.IN_CELL] + day * f[A.ROOMS] * f[A.TRACKS] + room * f[A.TRACKS] + track] == 1:
            cost = _track_in_cell(f, b, track, day, room)
            if b[b[A.CELL_TRACKS] + day * f[A.ROOMS] + room] == 1 or (
                b[b[A.CELL_TRACKS] + day * f[A.ROOMS] + room] > 1 and f[A.W_ONE_TRACK] < A.HARD
            ):
                cost += f[A.W_ONE_TRACK]
            b[b[A.CELL_TRACKS] + day * f[A.ROOMS] + room] += 1
            b[b[A.DAY_ROOMS] + day * f[A.TRACKS] + track] += 1
            b[b[A.ROOM_DAYS] + room * f[A.TRACKS] + track] += 1
    return cost


@compiled
def _lift(f: Ints, b: Ints, session: int) -> int:
    """Take a session off the board; return what its cell costs less."""
    room = b[b[A.ROOM] + session]
    start = b[b[A.START] + session]
    day = f[f[A.SLOT_DAY] + start]
    b[b[A.ROOM] + session] = -1
    for slot in range(start, end_of_use(f, session, start)):
        if b[b[A.OCCUPIED] + room * f[A.SLOTS] + slot] == session:
            b[b[A.OCCUPIED] + room * f[A.SLOTS] + slot] = -1
    cost = 0
    track = f[f[A.TRACK] + session]
    if track >= 0:
        b[b[A.IN_CELL] + day * f[A.ROOMS] * f[A.TRACKS] + room * f[A.TRACKS] + track] -= 1
        if b[b[A.IN_CELL] + day * f[A.ROOMS] * f[A.TRACKS] + room * f[A.TRACKS] + track] == 0:
            b[b[A.CELL_TRACKS] + day * f[A.ROOMS] + room] -= 1
            b[b[A.DAY_ROOMS] + day * f[A.TRACKS] + track] -= 1
            b[b[A.ROOM_DAYS] + room * f[A.TRACKS] + track] -= 1
            cost = _track_in_cell(f, b, track, day, room)
            if b[b[A.CELL_TRACKS] + day * f[A.ROOMS] + room] == 1 or (
                b[b[A.CELL_TRACKS] + day * f[A.ROOMS] + room] > 1 and f[A.W_ONE_TRACK] < A.HARD
            ):
                cost += f[A.W_ONE_TRACK]
    return cost


@compiled
def _touch(b: Ints, session: int) -> None:
    """Remember where a session stood before this move."""
    if b[b[A.TOUCHED_AT] + session] != b[A.STAMP]:
        b[b[A.TOUCHED_AT] + session] = b[A.STAMP]
        b[b[A.TOUCHED] + b[A.TOUCHED_MANY]] = session
        b[A.TOUCHED_MANY] += 1
        b[b[A.OLD_ROOM] + session] = b[b[A.ROOM] + session]
        b[b[A.OLD_START] + session] = b[b[A.START] + session]


@compiled
def begin(b: Ints) -> None:
    """Begin a move."""
    b[A.STAMP] += 1
    b[A.TOUCHED_MANY] = 0
    b[A.SAVED_MANY] = 0
    b[A.BEFORE_MOVE] = b[A.COST]
    b[A.WAS_FAIR] = b[A.FAIR]


@compiled
def take(f: Ints, b: Ints, session: int) -> None:
    """Take a placed session off the board."""
    _touch(b, session)
    room = b[b[A.ROOM] + session]
    start = b[b[A.START] + session]
    cost = alone(f, session, room, start) + with_others(f, b, session, room, start)
    _mark(f, b, session, f[f[A.SLOT_DAY] + start])
    cost += _lift(f, b, session)
    b[A.COST] += f[f[A.UNPLACED] + session] - cost


@compiled
def put(f: Ints, b: Ints, session: int, room: int, start: int) -> None:
    """Put a session that is off the board where it `fits`."""
    _touch(b, session)
    cost = alone(f, session, room, start) + with_others(f, b, session, room, start)
    cost += _set_down(f, b, session, room, start)
    _mark(f, b, session, f[f[A.SLOT_DAY] + start])
    b[A.COST] += cost - f[f[A.UNPLACED] + session]


@compiled
def _save(b: Ints, kind: int, at: int, value: int) -> None:
    b[b[A.SAVED_KIND] + b[A.SAVED_MANY]] = kind
    b[b[A.SAVED_AT] + b[A.SAVED_MANY]] = at
    b[b[A.SAVED] + b[A.SAVED_MANY]] = value
    b[A.SAVED_MANY] += 1


@compiled
def _set_met(f: Ints, b: Ints, theirs: int, met: int) -> None:
    """Note what a participant attends on a day, and what they lose in all."""
    who = theirs // f[A.DAYS]
    loss = b[b[A.LOSS] + who]
    b[b[A.LOSSES] + loss] -= 1
    loss -= met - b[b[A.MET] + theirs]
    b[b[A.LOSSES] + loss] += 1
    b[b[A.LOSS] + who] = loss
    b[b[A.MET] + theirs] = met


@compiled
def settle(f: Ints, b: Ints) -> None:
    """Count anew what the takes and puts have marked."""
    for at in range(b[A.DIRTY_TRACKS]):
        track = b[b[A.TRACK_LIST] + at]
        b[b[A.TRACK_DIRTY] + track] = 0
        cost = track_cost(f, b, track)
        if cost != b[b[A.TRACK_COST] + track]:
            _save(b, 0, track, b[b[A.TRACK_COST] + track])
            b[A.COST] += cost - b[b[A.TRACK_COST] + track]
            b[b[A.TRACK_COST] + track] = cost
    b[A.DIRTY_TRACKS] = 0
    for at in range(b[A.DIRTY_GROUPS]):
        group = b[b[A.GROUP_LIST] + at]
        b[b[A.GROUP_DIRTY] + group] = 0
        cost = group_cost(f, b, group)
        if cost != b[b[A.GROUP_COST] + group]:
            _save(b, 1, group, b[b[A.GROUP_COST] + group])
            b[A.COST] += cost - b[b[A.GROUP_COST] + group]
            b[b[A.GROUP_COST] + group] = cost
    b[A.DIRTY_GROUPS] = 0
    changed = False
    for at in range(b[A.LOSERS]):
        theirs = b[b[A.MET_LIST] + at]
        b[b[A.MET_DIRTY] + theirs] = 0
        met = met_of(f, b, theirs // f[A.DAYS], theirs % f[A.DAYS])
        was = b[b[A.MET] + theirs]
        if met != was:
            changed = True
            _save(b, 2, theirs, was)
            _set_met(f, b, theirs, met)
            b[A.COST] -= f[A.W_MET] * (met - was)
    b[A.LOSERS] = 0
    if changed and f[A.W_FAIR] > 0:
        fair = worst_losses(f, b)
        b[A.COST] += f[A.W_FAIR] * (fair - b[A.FAIR])
        b[A.FAIR] = fair
    for at in range(b[A.PARTIES]):
        theirs = b[b[A.PARTY_LIST] + at]
        b[b[A.PARTY_DIRTY] + theirs] = 0
        loss = party_loss_of(f, b, theirs // f[A.DAYS], theirs % f[A.DAYS])
        if loss != b[b[A.PARTY_LOSS] + theirs]:
            _save(b, 3, theirs, b[b[A.PARTY_LOSS] + theirs])
            b[A.COST] += f[A.W_PARTY] * (loss - b[b[A.PARTY_LOSS] + theirs])
            b[b[A.PARTY_LOSS] + theirs] = loss
    b[A.PARTIES] = 0


@compiled
def undo(f: Ints, b: Ints) -> None:
    """Take the move back, settled or not."""
    for at in range(b[A.TOUCHED_MANY]):
        session = b[b[A.TOUCHED] + at]
        if b[b[A.ROOM] + session] >= 0:
            _lift(f, b, session)
    for at in range(b[A.TOUCHED_MANY]):
        session = b[b[A.TOUCHED] + at]
        if b[b[A.OLD_ROOM] + session] >= 0:
            _set_down(f, b, session, b[b[A.OLD_ROOM] + session], b[b[A.OLD_START] + session])
        else:
            b[b[A.START] + session] = b[b[A.OLD_START] + session]
    for back in range(b[A.SAVED_MANY]):
        at = b[A.SAVED_MANY] - 1 - back
        which = b[b[A.SAVED_AT] + at]
        kind = b[b[A.SAVED_KIND] + at]
        if kind == 0:
            b[b[A.TRACK_COST] + which] = b[b[A.SAVED] + at]
        elif kind == 1:
            b[b[A.GROUP_COST] + which] = b[b[A.SAVED] + at]
        elif kind == 2:
            _set_met(f, b, which, b[b[A.SAVED] + at])
        else:
            b[b[A.PARTY_LOSS] + which] = b[b[A.SAVED] + at]
    for at in range(b[A.DIRTY_TRACKS]):
        b[b[A.TRACK_DIRTY] + b[b[A.TRACK_LIST] + at]] = 0
    for at in range(b[A.DIRTY_GROUPS]):
        b[b[A.GROUP_DIRTY] + b[b[A.GROUP_LIST] + at]] = 0
    for at in range(b[A.LOSERS]):
        b[b[A.MET_DIRTY] + b[b[A.MET_LIST] + at]] = 0
    for at in range(b[A.PARTIES]):
        b[b[A.PARTY_DIRTY] + b[b[A.PARTY_LIST] + at]] = 0
    b[A.DIRTY_TRACKS] = 0
    b[A.DIRTY_GROUPS] = 0
    b[A.LOSERS] = 0
    b[A.PARTIES] = 0
    b[A.COST] = b[A.BEFORE_MOVE]
    b[A.FAIR] = b[A.WAS_FAIR]
    b[A.TOUCHED_MANY] = 0
    b[A.SAVED_MANY] = 0
