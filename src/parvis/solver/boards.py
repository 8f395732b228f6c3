"""Boards made of a model: with a seed for their chances, and with sessions where they stand."""

from __future__ import annotations

import numpy as np

from parvis.solver.kernel.arrays import COST, FAIR, LOSS, RANDOM, Board, Ints
from parvis.solver.kernel.board import begin, fits, put, settle
from parvis.solver.kernel.counted import worst_losses
from parvis.solver.model import Model


def new_board(model: Model, *, seed: int, rooms: Ints | None = None, starts: Ints | None = None) -> Board:
    """Return a board on which sessions stand as given, else as the model has them.

    What does not fit (two in one room) stays in the tray; fixed sessions are set first.
    """
    facts, f = model.facts, model.memory
    board = Board(facts)
    b = board.memory
    b[RANDOM] = (seed * 2654435761 + 88675123) & 0xFFFFFFFF or 1
    b[FAIR] = worst_losses(f, b)
    b[COST] = int(facts.unplaced.sum()) + facts.w_met * int(board.table(LOSS).sum()) + facts.w_fair * int(b[FAIR])
    rooms = model.start_room if rooms is None else rooms
    starts = model.start_slot if starts is None else starts
    begin(b)
    for one in np.lexsort((np.arange(facts.sessions), facts.movable)):
        session, room, start = int(one), int(rooms[one]), int(starts[one])
        if room >= 0 and fits(f, b, session, room, start):
            put(f, b, session, room, start)
    settle(f, b)
    return board
