"""The search: annealing in threads, each with its own board, for a number of moves or until a deadline.

A search goes in rounds. In the first, each worker cools a board of its own from hot to cold; in the others the best
board so far is warmed up, less each time, and cooled again. With a number of moves nothing but the seed decides, so
that the same seed gives the same result; with a deadline the clock sets the temperature, and whatever is best when it
ends is returned.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Thread

import numpy as np

from parvis.solver.boards import new_board
from parvis.solver.kernel.annealing import KINDS, anneal, chances, rises
from parvis.solver.kernel.arrays import SOFT, Board, Ints
from parvis.solver.kernel.first_tracks import fill_cells, fill_tracks
from parvis.solver.kernel.moves import fill
from parvis.solver.model import Model
from parvis.solver.surrogate import has_many_choices, with_pairs

CHUNK_S = 0.05  # how long a worker anneals before it looks up
FIRST_CHUNK = 500
CHUNK_MOVES = 20_000  # the same where moves are counted
SAMPLE = 500
STARTING_TRIES = 100
# Shares of moves: relocate, exchange, hours, rooms, shift, swap, cells, track's room, days, track, refill, two tracks.
FREE_SHARES = (50, 30, 1, 19, 0, 0, 0, 0, 0, 0, 0, 0)
TRACK_SHARES = (0, 0, 0, 0, 30, 30, 20, 4, 1, 5, 9, 1)
ORDERED_SHARES = (0, 0, 0, 0, 20, 4, 35, 2, 1, 10, 20, 8)
ROUNDS = ((0.5, 1.0), (0.3, 0.5), (0.2, 0.35))  # share of the budget; how far up from cold to hot, as a power
LONG_ROUNDS = ((0.35, 1.0), (0.3, 1.0), (0.2, 0.5), (0.15, 0.35))  # with time for it, begin from scratch twice
LONG_S, LONG_MOVES = 30.0, 5_000_000
LAST_ROUNDS = ((0.7, 0.4), (0.3, 0.25))  # the same where the search begins with what is good already
PROGRESS_S = 0.2
HARD_TO_HOT = 10.0  # what a hard fault weighs, in hottest temperatures
HARD_TO_TRAY = 1.5  # and in sessions left in the tray: rather that than a broken rule
LOGS = chances()


@dataclass(frozen=True, slots=True)
class Budget:
    """How much may be spent: seconds on the clock, moves by each worker, or both, whichever ends first."""

    seconds: float | None = None
    moves: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The best of a search: rooms and starts of all sessions, what they cost, and how many moves were made."""

    rooms: Ints
    starts: Ints
    cost: int
    moves: int

    @property
    def score(self) -> tuple[int, int]:
        """Return hard faults, and what the wishes cost."""
        return self.cost >> 44, self.cost & SOFT


@dataclass(frozen=True, slots=True)
class Heat:
    """Between which temperatures a search cools, and what a hard fault weighs meanwhile."""

    hot: float
    cold: float
    hard_weight: float

    def at(self, share: float, top: float) -> float:
        """Return the temperature after a share of a round that begins at a power of the way up."""
        return self.cold * float((self.hot / self.cold) ** (top * (1.0 - share)))


def is_searchable(model: Model) -> bool:
    """Tell whether there is anything that may move, and somewhere to go."""
    return bool(model.facts.movers and model.facts.rooms and model.facts.slots)


def _shares(model: Model) -> Ints:
    """Return how often each kind of move is tried: sessions with a place in their order seldom change places."""
    facts = model.facts
    if not facts.one_track:
        return np.array(FREE_SHARES, np.int64)
    ordered = int((facts.position > 0).sum()) if facts.w_track_order else 0
    return np.array(ORDERED_SHARES if 2 * ordered > facts.sessions else TRACK_SHARES, np.int64)


def _place_all(model: Model, board: Board) -> None:
    """Place what is in the tray, well enough to begin with."""
    if model.facts.one_track:
        fill_tracks(model.memory, board.memory, STARTING_TRIES)
        fill_cells(model.memory, board.memory)
    else:
        fill(model.memory, board.memory, STARTING_TRIES)


class Worker:
    """A board that one thread anneals. `best` [2, session] are its best rooms and starts, of cost `best_cost`."""

    def __init__(self, model: Model, *, seed: int, rooms: Ints | None = None, starts: Ints | None = None) -> None:
        """Stand sessions as given, else as the model has them, and place what is in the tray."""
        self.model = model
        self.seed = seed
        self.board = new_board(model, seed=seed, rooms=rooms, starts=starts)
        if is_searchable(model):
            _place_all(model, self.board)
        self.best = np.stack([self.board.rooms, self.board.starts])
        self.best_cost = self.board.cost
        self.shares = np.cumsum(_shares(model))
        self.stats = np.zeros((3, KINDS), np.int64)
        self.moves = 0
        self.pace = float(FIRST_CHUNK) / CHUNK_S

    def restart(self, rooms: Ints, starts: Ints, seed: int) -> None:
        """Begin anew from where sessions are given to stand."""
        self.board = new_board(self.model, seed=seed, rooms=rooms, starts=starts)

    def anneal(self, many: int, heat: float, after: float, hard_weight: float) -> None:
        """Make moves while the temperature falls from `heat` to `after`."""
        cooling = float((after / heat) ** (1.0 / many))
        self.best_cost = anneal(
            self.model.memory,
            self.board.memory,
            LOGS,
            self.best,
            self.best_cost,
            self.shares,
            heat,
            cooling,
            hard_weight,
            many,
            self.stats,
        )[1]
        self.moves += many

    def cool(self, heat: Heat, top: float, budget: Budget, stopped: Callable[[], bool]) -> None:
        """Anneal one round, by the clock or by moves."""
        began = time.monotonic()
        made = 0
        while not stopped():
            spent = time.monotonic() - began
            if budget.seconds is not None and spent >= budget.seconds:
                return
            if budget.moves is not None:
                many = min(CHUNK_MOVES, budget.moves - made)
                if many <= 0:
                    return
                share, after = made / budget.moves, (made + many) / budget.moves
            else:
                assert budget.seconds is not None  # noqa: S101 - a budget has one of the two
                many = max(50, int(self.pace * CHUNK_S))
                share, after = spent / budget.seconds, min(1.0, (spent + CHUNK_S) / budget.seconds)
            chunk_began = time.monotonic()
            self.anneal(many, heat.at(share, top), heat.at(after, top), heat.hard_weight)
            made += many
            took = max(1e-6, time.monotonic() - chunk_began)
            self.pace = 0.5 * self.pace + 0.5 * many / took


def heat_of(worker: Worker) -> Heat:
    """Return temperatures for a search: from the rises in cost that moves meet where the worker's board stands."""
    tray = int((worker.model.facts.unplaced & SOFT).max())
    hard_weight = 1e12
    found = np.zeros(SAMPLE)
    count = rises(worker.model.memory, worker.board.memory, worker.shares, hard_weight, found, 8 * SAMPLE)
    known = np.sort(found[:count])
    known = known[known < hard_weight / 2]
    if not len(known):
        return Heat(1.0, 0.1, max(HARD_TO_HOT, HARD_TO_TRAY * tray))
    hot = max(4.0, float(known[int(len(known) * 0.7)]))
    return Heat(hot, max(0.05, float(known[0]) * 0.12), max(HARD_TO_HOT * hot, HARD_TO_TRAY * tray))


def search(
    model: Model,
    *,
    budget: Budget,
    seed: int = 1,
    workers: int = 2,
    stopped: Callable[[], bool] = lambda: False,
    progress: Callable[[float, Found], None] = lambda _share, _found: None,
    target: int = 0,
) -> Found:
    """Return the best placements found from where the model's sessions stand.

    `progress` hears what share of the budget is spent and the best so far, from the calling thread; `stopped` is asked
    often, and the best so far is returned when it says so. At a cost of `target` (a proven bound) the search ends.
    Where participants chose very much, half of the budget goes to a model that is easier to search (`surrogate`).
    """
    if not has_many_choices(model) or not is_searchable(model):
        return _Search(model, seed, workers, stopped, target).run(budget, _rounds(budget), progress)
    half = Budget(
        budget.seconds / 2 if budget.seconds is not None else None,
        budget.moves // 2 if budget.moves is not None else None,
    )
    easier = _Search(with_pairs(model), seed, workers, stopped, 0)
    first = easier.run(
        half, _rounds(half), lambda share, _found: progress(share / 2, _as_counted(model, easier.best()))
    )
    last = _Search(model, seed, workers, stopped, target, rooms=first.rooms, starts=first.starts)
    found = last.run(half, LAST_ROUNDS, lambda share, found: progress(0.5 + share / 2, found))
    return replace(found, moves=found.moves + first.moves)


def _rounds(budget: Budget) -> tuple[tuple[float, float], ...]:
    long = (budget.seconds or 0) >= LONG_S if budget.moves is None else budget.moves >= LONG_MOVES
    return LONG_ROUNDS if long else ROUNDS


def _as_counted(model: Model, found: Found) -> Found:
    """Return what was found on an easier model at what it costs on this one."""
    return replace(found, cost=new_board(model, seed=1, rooms=found.rooms, starts=found.starts).cost)


class _Search:
    """Workers on one model, round after round."""

    def __init__(
        self,
        model: Model,
        seed: int,
        workers: int,
        stopped: Callable[[], bool],
        target: int,
        *,
        rooms: Ints | None = None,
        starts: Ints | None = None,
    ) -> None:
        self.model, self.stopped, self.target = model, stopped, target
        self.crew = [Worker(model, seed=seed * 1000 + at, rooms=rooms, starts=starts) for at in range(max(1, workers))]

    def best(self) -> Found:
        """Return the best so far."""
        best = min(self.crew, key=lambda worker: worker.best_cost)
        moves = sum(worker.moves for worker in self.crew)
        return Found(best.best[0].copy(), best.best[1].copy(), best.best_cost, moves)

    def done(self) -> bool:
        return self.stopped() or min(worker.best_cost for worker in self.crew) <= self.target

    def run(
        self, budget: Budget, rounds: Sequence[tuple[float, float]], progress: Callable[[float, Found], None]
    ) -> Found:
        """Spend a budget; return the best."""
        if not is_searchable(self.model):
            return self.best()
        heat = heat_of(self.crew[0])
        for worker in self.crew:
            worker.anneal(1, heat.cold, heat.cold, heat.hard_weight)  # compiled now, if ever, and not on the clock
        began = time.monotonic()
        spent = 0.0
        for number, (share, top) in enumerate(rounds):
            if self.done():
                break
            if number:
                self._gather(number)
            part = _part(budget, share, spent, began)
            threads = [Thread(target=w.cool, args=(heat, top, part, self.done), daemon=True) for w in self.crew]
            for thread in threads:
                thread.start()
            while any(thread.is_alive() for thread in threads):
                threads[0].join(PROGRESS_S)
                if not threads[0].is_alive():
                    for thread in threads:
                        thread.join()
                progress(_share_spent(budget, self.crew, began), self.best())
            spent += share
        return self.best()

    def _gather(self, number: int) -> None:
        """Let all workers go on from the best."""
        best = self.best()
        for worker in self.crew:
            worker.restart(best.rooms, best.starts, worker.seed + 100 * number)


def _part(budget: Budget, share: float, spent: float, began: float) -> Budget:
    """Return what of the budget a round may spend: of seconds, what is really left."""
    seconds = None
    if budget.seconds is not None:
        left = budget.seconds - (time.monotonic() - began)
        seconds = max(0.0, left * share / (1.0 - spent))
    return Budget(seconds, int(budget.moves * share) if budget.moves is not None else None)


def _share_spent(budget: Budget, crew: list[Worker], began: float) -> float:
    by_clock = (time.monotonic() - began) / budget.seconds if budget.seconds else 0.0
    by_moves = min(worker.moves for worker in crew) / budget.moves if budget.moves else 0.0
    return min(1.0, max(by_clock, by_moves))
