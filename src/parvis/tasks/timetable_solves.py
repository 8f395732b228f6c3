"""Solves a timetable in a process of its own, and keeps what comes of it. It can run twice: the second time is nothing.

The solver never writes: whatever becomes of it, the timetable stays as it is until somebody accepts a draft.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

from parvis.domain.access import system_actor
from parvis.domain.refusals import Refusal
from parvis.domain.timetable.json_form import write_timetable
from parvis.domain.timetable.solves import (
    ALTERNATIVES,
    Point,
    SolverFailed,
    SolverKilled,
    SolverSilent,
    SolveTask,
)
from parvis.gateways.solver_process import NoAnswer, TooLate, solver_process
from parvis.queries.timetable_solves import SolverInput, is_stop_asked
from parvis.services import timetable_solve_runs as runs
from parvis.services import timetable_solves

logger = logging.getLogger(__name__)

START_S = 300  # what the solver may take besides its seconds: the first time on a machine, its inner loop is compiled
CONFLICT_S, CONFLICT_START_S = 10, 15
NOTED_EVERY_S = 1.0


class RefusedBySolver(Refusal):
    """The solver names what is wrong with a timetable; the sentence is its own."""

    def __init__(self, sentence: str, params: Mapping[str, Any]) -> None:
        super().__init__(**params)
        self.sentence = sentence  # type: ignore[misc]  # one class for all that the other process may say


class _Stopped(Exception):
    """Somebody stopped it before there was an answer."""


def run_solve(solve_id: int, command: tuple[str, ...] | None = None) -> None:
    """Do one solve that waits. `command` stands in for the solver's own, in tests of what it may do wrong."""
    try:
        asked = runs.begin_solve(solve_id=solve_id)
        if asked is None:
            return
        done = _answer(solve_id, asked, command)
        runs.finish_solve(
            solve_id=solve_id, asked=asked, done=done, conflicts=_conflicts(solve_id, asked, done, command)
        )
    except _Stopped:
        runs.fail_solve(solve_id=solve_id, why=SolverFailed(), stopped=True)
    except NoAnswer as error:
        logger.warning("The solve %s came to nothing: %s", solve_id, error)
        why = SolverSilent() if isinstance(error, TooLate) else SolverKilled() if error.killed else SolverFailed()
        runs.fail_solve(solve_id=solve_id, why=why)
    except Refusal as refusal:
        runs.fail_solve(solve_id=solve_id, why=refusal)
    except Exception:
        runs.fail_solve(solve_id=solve_id, why=SolverFailed())
        raise


def forget_solves() -> int:
    """Delete the solves that have served."""
    return timetable_solves.forget_solves(actor=system_actor("retention", channel="task"))


def _answer(solve_id: int, asked: SolverInput, command: tuple[str, ...] | None) -> Mapping[str, Any]:
    seconds = int(asked.options["seconds"])
    request: dict[str, Any] = {
        "task": str(asked.task),
        "timetable": _timetable(asked),
        "seconds": seconds,
        "seed": int(asked.options["seed"]),
        "stay": list(asked.stay),
    }
    if asked.only is not None:
        request["only"] = list(asked.only)
    if asked.task is SolveTask.MEND:
        request |= {"alternatives": ALTERNATIVES, "accepted": list(asked.accepted)}
    return _ask(solve_id, request, command, within=seconds + START_S)


def _conflicts(
    solve_id: int, asked: SolverInput, done: Mapping[str, Any], command: tuple[str, ...] | None
) -> list[Mapping[str, Any]]:
    """Return which rules contradict each other, where the solver could not keep them all and nobody stopped it."""
    impossible = bool(done.get("hard") or done.get("unplaced"))
    if asked.task is SolveTask.MEND or not impossible or is_stop_asked(solve_id):
        return []
    request: dict[str, Any] = {
        "task": "conflicts",
        "timetable": _timetable(asked),
        "seconds": CONFLICT_S,
        "stay": list(asked.stay),
    }
    try:
        found = _ask(solve_id, request, command, within=CONFLICT_S + CONFLICT_START_S)
    except (NoAnswer, Refusal, _Stopped) as error:  # what was found is worth more than why it is not better
        logger.warning("The solve %s has no explanation: %s", solve_id, error)
        return []
    return list(found.get("conflicts", ()))


def _timetable(asked: SolverInput) -> dict[str, Any]:
    return write_timetable(asked.changed.problem, asked.changed.rules, asked.changed.placements)


def _ask(
    solve_id: int, request: Mapping[str, Any], command: tuple[str, ...] | None, *, within: float
) -> Mapping[str, Any]:
    """Return what the solver answers, noting how far it is. Raises `NoAnswer`, `_Stopped`, and what it refuses."""
    note = _noting(solve_id)
    stopping = False
    answer: Mapping[str, Any] | None = None
    with solver_process(request, command) as solver:
        try:
            for line in solver.lines(within=within):
                if line is not None and "refused" in line:
                    refused = _object(line, "refused")
                    raise RefusedBySolver(str(refused.get("sentence")), dict(refused.get("params") or {}))
                if line is not None and "done" in line:
                    answer = _object(line, "done")
                if note(line) and not stopping and is_stop_asked(solve_id):
                    stopping = True
                    solver.stop()
        except NoAnswer:
            if stopping and answer is None:
                raise _Stopped from None
            if answer is None:
                raise
        if answer is None:
            raise _Stopped if stopping else NoAnswer(f"the solver said nothing. {solver.complaints}")
    return answer


def _object(line: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = line[name]
    if not isinstance(value, dict):
        raise NoAnswer(f"{name} is no object: {str(value)[:200]}")
    return value


def _noting(solve_id: int) -> Callable[[Mapping[str, Any] | None], bool]:
    """Return what keeps the latest line's numbers, once a second at most; it tells whether it did."""
    noted_at = float("-inf")
    latest: Mapping[str, Any] = {}

    def note(line: Mapping[str, Any] | None) -> bool:
        nonlocal noted_at, latest
        latest = line if line is not None and "progress" in line else latest
        if time.monotonic() - noted_at < NOTED_EVERY_S:
            return False
        noted_at = time.monotonic()
        point: Point | None = None
        if {"hard", "cost", "seconds"} <= set(latest):
            point = (float(latest["seconds"]), int(latest["hard"]), int(latest["cost"]))
        runs.note_progress(solve_id=solve_id, share=float(latest.get("progress") or 0), point=point)
        latest = {}
        return True

    return note
