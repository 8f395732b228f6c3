"""What the hard rules leave, read from the inner loop's arrays: allowed places, and pairs that must keep apart.

One source with the annealer. What is taken up here is exact, save that beyond `model_crowds.ALL_SETS` booths not all
sets of them are looked at; `beyond` names the hard rules that are left out. So “nothing fits” is always true, and what
fits is judged once more afterwards.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from parvis.solver.kernel.arrays import APART, BEFORE, CLASH, COMPACT, HARD, OVERLAP, WALK, Facts, Ints
from parvis.solver.model import Model

Pair = tuple[int, int]
LEFT_OUT = frozenset(
    {"theme_preferences", "themes_parallel", "theme_rooms", "theme_parallel_rooms", "theme_in_one_go", "theme_order"}
    | {"parallel_balance", "compact_days"}
)


@dataclass(frozen=True, slots=True)
class Order:
    """`before` ends from `least` to `most` minutes before `after` begins."""

    before: int
    after: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class HardFacts:
    """Sessions, rooms, days are positions as in the facts; `places` gives each session's rooms with starts in minutes.

    `clashes` are pairs by the minutes that must be between them; `walks` pairs with time to walk where they do not
    overlap; `apart` pairs that share a room on a day that they share.
    """

    minutes: tuple[int, ...]
    places: Mapping[int, Mapping[int, tuple[int, ...]]]
    clashes: Mapping[int, tuple[Pair, ...]]
    orders: tuple[Order, ...]
    walks: tuple[Pair, ...]
    apart: tuple[Pair, ...]
    room_pad: int  # minutes that a room stays empty between two
    shared_rooms: tuple[Pair, ...] = ()  # pairs that may be in one room at one time all the same
    interpreters: bool = True  # whether there must be teams enough


def hard_facts(model: Model, *, aside: bool = False, left: Collection[Pair] = ()) -> HardFacts:
    """Return what hard rules leave. `aside`: what is wrong with a session in its best places forbids them not.

    Pairs in `left` (the lower position first) may stay as they are.
    """
    facts = model.facts
    left = frozenset(left)
    clashes: dict[int, set[Pair]] = {}
    orders: list[Order] = []
    walks: list[Pair] = []
    apart: list[Pair] = []
    for one, other, kind, p, q in _pairs(facts):
        pair = (min(one, other), max(one, other))
        if pair in left:
            continue
        if kind == BEFORE:
            orders.append(Order(one, other, p, q))
        elif one > other:
            continue
        elif kind in (CLASH, OVERLAP):
            clashes.setdefault(p if kind == CLASH else 0, set()).add(pair)
        elif kind == WALK:
            walks.append(pair)
        elif kind == APART:
            apart.append(pair)
    return HardFacts(
        minutes=tuple(facts.minutes.tolist()),
        places={at: allowed_places(model, at, aside=aside) for at in range(facts.sessions)},
        clashes={reach: tuple(sorted(pairs)) for reach, pairs in sorted(clashes.items())},
        orders=tuple(orders),
        walks=tuple(walks),
        apart=tuple(apart),
        room_pad=facts.pad_min,
        shared_rooms=tuple(sorted(left)),
    )


def beyond(model: Model) -> tuple[str, ...]:
    """Return the keys of hard rules that `hard_facts` says nothing of."""
    return tuple(rule.key for rule in model.jury.rules if rule.hard and rule.kind in LEFT_OUT)


def _pairs(facts: Facts) -> Iterable[tuple[int, int, int, int, int]]:
    owner = np.repeat(np.arange(facts.sessions), np.diff(facts.pair_ptr))
    hard = np.flatnonzero((facts.pair_cost >= HARD) & (facts.pair_kind != COMPACT))
    columns = (owner, facts.pair_other, facts.pair_kind, facts.pair_p, facts.pair_q)
    return zip(*(column[hard].tolist() for column in columns), strict=True)


def allowed_places(model: Model, session: int, *, aside: bool) -> dict[int, tuple[int, ...]]:
    """Return a session's rooms with the starts, in minutes, that break no hard rule by themselves.

    A session that may not move has its place alone.
    """
    facts = model.facts
    if not facts.rooms or not facts.slots:
        return {}
    rooms, slots = _candidates(model, session)
    faults = faults_at(facts, session, rooms, slots)
    if not faults.size:
        return {}
    least = int(faults.min())
    if least and facts.movable[session]:
        every = np.arange(facts.slots, dtype=np.int64)
        fitting = every[every + facts.length[session] <= facts.day_end[facts.slot_day]]
        anywhere = faults_at(facts, session, np.arange(facts.rooms), fitting)
        if anywhere.size and int(anywhere.min()) < least:  # fixed off the grid
            rooms, slots, faults = np.arange(facts.rooms), fitting, anywhere
            least = int(faults.min())
    if least and not aside:
        return {}
    good = faults == least
    minutes = facts.slot_minute[slots]
    first = good[int(good.any(axis=1).argmax())]
    same = tuple(minutes[first].tolist())
    return {
        int(room): same if np.array_equal(row, first) else tuple(minutes[row].tolist())
        for room, row in zip(rooms.tolist(), good, strict=True)
        if row.any()
    }


def _candidates(model: Model, session: int) -> tuple[Ints, Ints]:
    facts = model.facts
    if not facts.movable[session]:
        return model.start_room[session : session + 1], model.start_slot[session : session + 1]
    rooms = facts.room_val[facts.room_ptr[session] : facts.room_ptr[session + 1]]
    slots = facts.start_val[facts.start_ptr[session] : facts.start_ptr[session + 1]]
    return rooms, slots


def faults_at(facts: Facts, session: int, rooms: Ints, slots: Ints) -> Ints:
    """Return how many hard rules a session breaks by itself: [room, slot]."""
    faults = (facts.room_cost[session, rooms] // HARD)[:, None] + (facts.start_cost[session, slots] // HARD)[None, :]
    table = int(facts.joint_of[session])
    if table >= 0:
        faults = faults + facts.joint[table][np.ix_(rooms, slots)] // HARD
    found: Ints = faults.astype(np.int64)
    return found


def cliques_of(pairs: Iterable[Pair]) -> list[tuple[int, ...]]:
    """Return sets of sessions that cover these pairs, and hold no others: greedily, in a fixed order."""
    near: dict[int, set[int]] = {}
    for one, other in pairs:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    open_at = {session: set(others) for session, others in near.items()}
    found: list[tuple[int, ...]] = []
    for session in sorted(near, key=lambda at: (-len(near[at]), at)):
        while open_at[session]:
            clique = [session]
            among = set(near[session])
            while among:
                fresh = among & open_at[session]
                best = min(fresh or among, key=lambda at: (-len(near[at] & among), at))
                clique.append(best)
                among &= near[best]
            for one in clique:
                open_at[one].difference_update(clique)
            found.append(tuple(sorted(clique)))
    return found
