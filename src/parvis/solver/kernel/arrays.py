"""What the inner loop works on: the facts of a timetable, which never change, and the board, which does.

Each is one array of whole numbers: a head, which holds single numbers and says where each table begins, and the tables
one after the other. `f[f[LENGTH] + session]` is a session's length; a table of rooms and slots has its rows one after
the other. One array is one argument: numba compiles functions of two such in seconds, of a hundred tables in minutes.

Sessions, rooms, days, tracks, people are positions; time is a slot of a grid on which all days stand one after the
other. A cost is one whole number: hard faults times `HARD`, and below it what the wishes cost.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

HARD = 1 << 44
SOFT = HARD - 1

# Kinds of pairs
CLASH, OVERLAP, APART, BEFORE, AFTER, WALK, COMPACT = range(7)


class Facts(NamedTuple):
    """A problem and its rules. `x_ptr` says where the entries of each begin in `x_…`, as in sparse matrices."""

    sessions: int
    rooms: int
    slots: int
    days: int
    tracks: int
    pad: int  # slots that a room stays empty after a session
    pad_min: int  # the same in minutes
    one_track: int  # 1: a room keeps to one track a day
    w_one_track: int
    w_track_rooms: int
    w_track_parallel: int
    w_track_gap: int
    w_track_order: int
    w_crowd: int
    w_met: int
    w_fair: int
    fair_count: int
    w_party: int
    crowds: int  # sessions that need interpreters
    booths: int
    halls: int  # sets of booths
    movers: int  # sessions that may move
    length: Ints  # [session] slots
    minutes: Ints  # [session]
    movable: Ints  # [session] 1 or 0
    mover: Ints  # the sessions that may move
    slot_minute: Ints  # [slot]
    slot_day: Ints
    day_begin: Ints  # [day] first slot
    day_end: Ints  # [day] slot after the last
    unplaced: Ints  # [session] cost in the tray
    room_cost: Ints  # [session, room]
    start_cost: Ints  # [session, slot]
    joint_of: Ints  # [session] which joint table, or -1
    joint: Ints  # [table, room, slot]
    room_ptr: Ints
    room_val: Ints  # rooms worth trying
    start_ptr: Ints
    start_val: Ints  # starts worth trying
    pair_ptr: Ints
    pair_other: Ints
    pair_kind: Ints
    pair_cost: Ints
    pair_p: Ints
    pair_q: Ints
    walk: Ints  # [room, room] minutes
    track: Ints  # [session] or -1
    track_ptr: Ints
    track_val: Ints  # sessions of a track
    cell_cost: Ints  # [track, day, room]
    similar_ptr: Ints
    similar_other: Ints
    similar_cost: Ints
    position: Ints  # [session] its place in its track, 0: none
    ordered: Ints  # [track] 1 where a session has a place
    crowd: Ints  # the sessions that need interpreters
    in_crowd: Ints  # [session] 1 or 0
    demand: Ints  # [session, booth]
    rest: Ints  # [booth] minutes
    crowd_group: Ints  # [day] days that are judged together
    hall_mask: Ints  # sets of booths
    hall_supply: Ints  # teams that can serve one of the set
    choice_ptr: Ints
    choice_session: Ints
    choice_worth: Ints
    wanted: Ints  # [registration] worth of all its choices
    chooser_ptr: Ints
    chooser: Ints  # registrations that chose a session
    party_ptr: Ints
    party_session: Ints
    party_people: Ints
    of_party_ptr: Ints
    of_party: Ints  # delegations that chose a session


# The same names as positions in the head.
# fmt: off
(
    SESSIONS, ROOMS, SLOTS, DAYS, TRACKS, PAD, PAD_MIN, ONE_TRACK, W_ONE_TRACK, W_TRACK_ROOMS, W_TRACK_PARALLEL,
    W_TRACK_GAP, W_TRACK_ORDER, W_CROWD, W_MET, W_FAIR, FAIR_COUNT, W_PARTY, CROWDS, BOOTHS, HALLS, MOVERS,
    LENGTH, MINUTES, MOVABLE, MOVER, SLOT_MINUTE, SLOT_DAY, DAY_BEGIN, DAY_END, UNPLACED, ROOM_COST, START_COST,
    JOINT_OF, JOINT, ROOM_PTR, ROOM_VAL, START_PTR, START_VAL, PAIR_PTR, PAIR_OTHER, PAIR_KIND, PAIR_COST, PAIR_P,
    PAIR_Q, WALKS,
    TRACK, TRACK_PTR, TRACK_VAL, CELL_COST, SIMILAR_PTR, SIMILAR_OTHER, SIMILAR_COST, POSITION, ORDERED, CROWD,
    IN_CROWD, DEMAND, REST, CROWD_GROUP, HALL_MASK, HALL_SUPPLY, CHOICE_PTR, CHOICE_SESSION, CHOICE_WORTH, WANTED,
    CHOOSER_PTR, CHOOSER, PARTY_PTR, PARTY_SESSION, PARTY_PEOPLE, OF_PARTY_PTR, OF_PARTY,
) = range(len(Facts._fields))
# fmt: on


def packed(facts: Facts) -> Ints:
    """Return facts as one array."""
    tables = [np.ravel(np.asarray(value, np.int64)) for value in facts[LENGTH:]]
    head = np.zeros(len(facts), np.int64)
    head[:LENGTH] = facts[:LENGTH]
    head[LENGTH:] = len(head) + np.concatenate(([0], np.cumsum([len(table) for table in tables[:-1]])))
    return np.concatenate([head, *tables])


# The board's head: single numbers first, then where each table begins.
# fmt: off
(
    COST, RANDOM, TOUCHED_MANY, SAVED_MANY, DIRTY_TRACKS, DIRTY_GROUPS, LOSERS, PARTIES, STAMP, BEFORE_MOVE, FAIR,
    WAS_FAIR, LOSS_MOST, WIDE,
    ROOM, START, OCCUPIED, IN_CELL, CELL_TRACKS, DAY_ROOMS, ROOM_DAYS, TRACK_COST, TRACK_DIRTY, TRACK_LIST, GROUP_COST,
    GROUP_DIRTY, GROUP_LIST, LOSS, MET, MET_DIRTY, MET_LIST, LOSSES, PARTY_LOSS, PARTY_DIRTY, PARTY_LIST, TOUCHED,
    TOUCHED_AT, OLD_ROOM, OLD_START, SAVED_KIND, SAVED_AT, SAVED, SCRATCH, BOARD_HEAD,
) = range(44)
# fmt: on
SCRATCH_ROWS = 5


class Board:
    """A board's memory, with its tables in sight."""

    def __init__(self, facts: Facts) -> None:
        """Lay out the tables: all sessions are in the tray, nothing is counted yet."""
        people, parties = len(facts.wanted), len(facts.party_people)
        groups = int(facts.crowd_group.max()) + 1 if len(facts.crowd_group) else 0
        saved = 2 * (facts.tracks + groups + (people + parties) * facts.days + 1)
        chosen = int(np.diff(facts.choice_ptr).max()) if people else 0
        wide = max(facts.sessions, facts.booths, chosen) + 1
        most = int(facts.wanted.max()) if people else 0
        sizes = {
            ROOM: facts.sessions,
            START: facts.sessions,
            OCCUPIED: facts.rooms * facts.slots,
            IN_CELL: facts.days * facts.rooms * facts.tracks,
            CELL_TRACKS: facts.days * facts.rooms,
            DAY_ROOMS: facts.days * facts.tracks,
            ROOM_DAYS: facts.rooms * facts.tracks,
            TRACK_COST: facts.tracks,
            TRACK_DIRTY: facts.tracks,
            TRACK_LIST: facts.tracks + 1,
            GROUP_COST: groups,
            GROUP_DIRTY: groups,
            GROUP_LIST: groups + 1,
            LOSS: people,
            MET: people * facts.days,
            MET_DIRTY: people * facts.days,
            MET_LIST: people * facts.days + 1,
            LOSSES: most + 1,
            PARTY_LOSS: parties * facts.days,
            PARTY_DIRTY: parties * facts.days,
            PARTY_LIST: parties * facts.days + 1,
            TOUCHED: facts.sessions + 1,
            TOUCHED_AT: facts.sessions,
            OLD_ROOM: facts.sessions,
            OLD_START: facts.sessions,
            SAVED_KIND: saved,
            SAVED_AT: saved,
            SAVED: saved,
            SCRATCH: SCRATCH_ROWS * wide,
        }
        self.memory = np.zeros(BOARD_HEAD + sum(sizes.values()), np.int64)
        self.memory[LOSS_MOST], self.memory[WIDE] = most, wide
        self._sizes = sizes
        at = BOARD_HEAD
        for name, size in sizes.items():
            self.memory[name] = at
            at += size
        self.table(ROOM)[:] = -1
        self.table(OCCUPIED)[:] = -1
        self.table(TOUCHED_AT)[:] = -1
        self.table(LOSS)[:] = facts.wanted
        self.table(LOSSES)[:] = np.bincount(facts.wanted, minlength=most + 1)

    def table(self, name: int) -> Ints:
        """Return one of the tables; what is written to it is written to the board."""
        at = int(self.memory[name])
        return self.memory[at : at + self._sizes[name]]

    @property
    def cost(self) -> int:
        """Return what the board costs now."""
        return int(self.memory[COST])

    @property
    def rooms(self) -> Ints:
        """Return each session's room, -1 in the tray."""
        return self.table(ROOM)

    @property
    def starts(self) -> Ints:
        """Return each session's start; of those in the tray it means nothing."""
        return self.table(START)
