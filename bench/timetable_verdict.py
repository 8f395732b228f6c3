"""Times the timetable's judge after one move: in the editor's hands, and in a solver's inner loop.

    .venv/bin/python bench/timetable_verdict.py

Two congresses (60 sessions, 10 rooms, 2 days, 150 persons, 600 participants; 600 sessions, 40 rooms, 4 days, 1,000
persons, 10,000 participants with 12 choices each, in delegations of four), a timetable that stands: once as the editor
judges it (the rules that cards tell of, no participants), once with every default rule, participants' choices included.
Moves are random: a session to any room, at any five minutes of any day. Prints median and 99th percentile in
milliseconds, by the clock and by the processor's own time (which a busy machine does not lengthen), of

    full        `violations()`, all anew: what a web process does that keeps nothing between two requests
    state       `State()`, made from problem, rules and placements
    move        `State.move`: the verdict with its changed violations in words
    list        `State.violations()`, the whole list in its order
    delta       `State.delta`: what a move would change, nothing moved
    free 20     the twenty nearest free places of a session, with a state at hand
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from parvis.domain.timetable.defaults import default_rules  # noqa: E402
from parvis.domain.timetable.families import told_on_cards  # noqa: E402
from parvis.domain.timetable.free_places import free_slots  # noqa: E402
from parvis.domain.timetable.placements import Place  # noqa: E402
from parvis.domain.timetable.state import State  # noqa: E402
from parvis.domain.timetable.violations import violations  # noqa: E402
from tests.domain.timetable.congress import congress  # noqa: E402

SIZES = {
    "60": {"sessions": 60, "rooms": 10, "days": 2, "persons": 150, "participants": 600},
    "600": {"sessions": 600, "rooms": 40, "days": 4, "persons": 1_000, "participants": 10_000},
}
SEED = 1


def timed(what: Callable[[], object], runs: int) -> list[tuple[float, float]]:
    """Return the milliseconds of each run, by the clock and of the processor."""
    found = []
    for _run in range(runs):
        clock, processor = time.perf_counter(), time.thread_time()
        what()
        found.append(((time.perf_counter() - clock) * 1000, (time.thread_time() - processor) * 1000))
    return found


def percentiles(values: Iterable[float]) -> str:
    """Return the median and the 99th percentile, for a table."""
    ordered = sorted(values)
    return f"{statistics.median(ordered):.3f} | {ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]:.3f}"


def measure(size: str, *, whole: bool) -> None:
    """Print one table."""
    problem, placements = congress(**SIZES[size], seed=SEED)
    if not whole:
        problem = replace(problem, registrations=(), organisations=())
    rules = [rule for rule in default_rules(problem) if whole or told_on_cards(rule)]
    state = State(problem, rules, placements)
    source = random.Random(SEED)  # noqa: S311 - reproducible on purpose
    sessions, rooms = sorted(problem.session_of), sorted(problem.room_of)
    starts = [start for day in problem.days for start in range(day.opens, day.closes - 90, 5)]

    def wanted() -> tuple[str, Place]:
        return source.choice(sessions), Place(source.choice(rooms), source.choice(starts))

    def near() -> object:
        session, place = wanted()
        return free_slots(problem, rules, placements, session, near=place, limit=20, state=state)

    rows = {
        "full": timed(lambda: violations(problem, rules, placements), 15),
        "state": timed(lambda: State(problem, rules, placements), 15),
        "delta": timed(lambda: state.delta(*wanted()), 1_000),
        "free 20": timed(near, 200),
        "list": timed(state.violations, 500),
    }
    begins = state.score
    moves: list[tuple[float, float]] = []
    for _move in range(500):
        session, place = wanted()
        was = state.place_of(session)
        moves += timed(lambda session=session, place=place: state.move(session, place), 1)
        state.apply(session, was)
    rows["move"] = moves
    assert state.score == begins
    which = "weighed as a whole" if whole else "as the editor judges"
    found = f"{len(rules)} rules, {len(placements)} placed, {len(state.violations())} violations"
    print(f"\n{size} sessions, {which}: {found}\n")
    print("| | median ms | p99 ms | median CPU ms | p99 CPU ms |\n|---|---|---|---|---|")
    for name in ("full", "state", "move", "list", "delta", "free 20"):
        clock, processor = zip(*rows[name], strict=True)
        print(f"| {name} | {percentiles(clock)} | {percentiles(processor)} |")


if __name__ == "__main__":
    for name in SIZES:
        for whole in (False, True):
            measure(name, whole=whole)
