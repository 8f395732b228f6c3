"""Simulated annealing: moves that cost are made too, the more seldom the more they cost and the later it is.

Metropolis' rule at a temperature that falls geometrically with the moves made (Kirkpatrick, Gelatt and Vecchi, 1983).
Chances come from a table of logarithms, so that accepting is a multiplication and a comparison.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from parvis.solver.compiled import compiled
from parvis.solver.kernel import arrays as A  # noqa: N812 - the names of tables stand in every line
from parvis.solver.kernel.arrays import Ints
from parvis.solver.kernel.board import draw, undo
from parvis.solver.kernel.moves import exchange, exchange_hours, exchange_rooms, relocate
from parvis.solver.kernel.sequence_moves import shift, swap_in_track
from parvis.solver.kernel.track_moves import (
    move_track_room,
    refill,
    replace_track,
    replace_two,
    swap_cells,
    swap_days,
)

RELOCATE, EXCHANGE, HOURS, ROOM_PAIR, SHIFT, SWAP, CELLS, TRACK_ROOM, DAY_PAIR, WHOLE_TRACK, REFILL, TWO_TRACKS = range(
    12
)
KINDS = 12

LOGS = 4096


def chances() -> NDArray[np.float64]:
    """Return -log of evenly spread chances."""
    return -np.log((np.arange(LOGS) + 0.5) / LOGS)


@compiled
def make(f: Ints, b: Ints, kind: int) -> bool:
    """Make one move of a kind; tell whether it could be made."""
    if kind == RELOCATE:
        return relocate(f, b)
    if kind == EXCHANGE:
        return exchange(f, b)
    if kind == HOURS:
        return exchange_hours(f, b)
    if kind == ROOM_PAIR:
        return exchange_rooms(f, b)
    if kind == SHIFT:
        return shift(f, b)
    if kind == SWAP:
        return swap_in_track(f, b)
    if kind == CELLS:
        return swap_cells(f, b)
    if kind == TRACK_ROOM:
        return move_track_room(f, b)
    if kind == DAY_PAIR:
        return swap_days(f, b)
    if kind == WHOLE_TRACK:
        return replace_track(f, b)
    if kind == TWO_TRACKS:
        return replace_two(f, b)
    return refill(f, b)


@compiled
def energy(cost: int, hard_weight: float) -> float:
    """Return what annealing compares: wishes, and hard faults at some weight."""
    return float(cost & A.SOFT) + hard_weight * float(cost >> 44)


@compiled
def anneal(
    f: Ints,
    b: Ints,
    logs: NDArray[np.float64],
    best: Ints,
    best_cost: int,
    shares: Ints,
    heat: float,
    cooling: float,
    hard_weight: float,
    many: int,
    stats: Ints,
) -> tuple[float, int]:
    """Make `many` moves from a temperature on; return the temperature reached and the best cost seen.

    `best` [2, session] keeps the rooms and starts of the best, `shares` [kind] is how often each kind is tried, summed
    up; `cooling` is what each move leaves of the temperature. `stats` [3, kind] counts tried, accepted, better.
    """
    total = shares[KINDS - 1]
    now = energy(b[A.COST], hard_weight)
    for _move in range(many):
        chance = draw(b, total)
        kind = 0
        while shares[kind] <= chance:
            kind += 1
        stats[0, kind] += 1
        heat *= cooling
        if not make(f, b, kind):
            undo(f, b)
            continue
        after = energy(b[A.COST], hard_weight)
        if after > now and after - now >= heat * logs[draw(b, LOGS)]:
            undo(f, b)
            continue
        stats[1, kind] += 1
        if after < now:
            stats[2, kind] += 1
        now = after
        if b[A.COST] < best_cost:
            best_cost = b[A.COST]
            for session in range(f[A.SESSIONS]):
                best[0, session] = b[b[A.ROOM] + session]
                best[1, session] = b[b[A.START] + session]
    return heat, best_cost


@compiled
def rises(f: Ints, b: Ints, shares: Ints, hard_weight: float, found: NDArray[np.float64], many: int) -> int:
    """Try moves without making them; lay by how much each that costs would cost into `found`; return how many."""
    total = shares[KINDS - 1]
    now = energy(b[A.COST], hard_weight)
    count = 0
    for _move in range(many):
        chance = draw(b, total)
        kind = 0
        while shares[kind] <= chance:
            kind += 1
        if make(f, b, kind):
            rise = energy(b[A.COST], hard_weight) - now
            if rise > 0 and count < found.shape[0]:
                found[count] = rise
                count += 1
        undo(f, b)
    return count
