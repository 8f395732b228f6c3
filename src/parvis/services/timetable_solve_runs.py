"""What the worker writes while it solves: that it has begun, how far it is, what came of it.

Who asked for the solve is its author; each of these does nothing for a solve that has gone on meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from parvis.domain.refusals import Refusal
from parvis.domain.timetable.differences import difference
from parvis.domain.timetable.drafts import DraftNumbers, read_draft
from parvis.domain.timetable.moves import Standing
from parvis.domain.timetable.placements import Placements
from parvis.domain.timetable.solves import Point, SolveLost, SolveState, state_at, with_point
from parvis.domain.timetable.violations import violations
from parvis.models import TimetableSolve
from parvis.queries.timetable import Timetable
from parvis.queries.timetable_moves import last_number
from parvis.queries.timetable_solves import SolverInput, build_solver_input


def begin_solve(*, solve_id: int, now: datetime | None = None) -> SolverInput | None:
    """Mark a solve as running, keep where everything stood, and return what to send to the solver.

    None where it waits no more: a task that comes twice, a solve that was stopped. One that ran when its worker was
    killed has failed, and is asked for anew. Locks the solve. Raises what `build_solver_input` raises.
    """
    moment = now or timezone.now()
    with transaction.atomic():
        solve = TimetableSolve.objects.select_for_update().filter(pk=solve_id).first()
        if solve is None:
            return None
        if solve.state != SolveState.WAITING:
            if (
                solve.state == SolveState.RUNNING
                and state_at(SolveState.RUNNING, solve.heard_at, moment) is SolveState.FAILED
            ):
                fail(solve, now=moment)
            return None
        asked = build_solver_input(solve)
        stands = {
            pk: _standing(asked.found_as, code, asked.found_as.placements)
            for code, pk in asked.found_as.session_ids.items()
        }
        solve.base = {
            "number": last_number(solve.edition_id),
            "standings": {str(pk): standing.to_json() for pk, standing in stands.items()},
        }
        solve.state = SolveState.RUNNING
        solve.started_at = solve.heard_at = moment
        solve.save(update_fields=["base", "state", "started_at", "heard_at"])
    return asked


def note_progress(*, solve_id: int, share: float = 0, point: Point | None = None, now: datetime | None = None) -> None:
    """Say that a solve is alive, how much of its time is over (0 to 1), and the best so far.

    Locks the solve; two queries.
    """
    with transaction.atomic():
        running = TimetableSolve.objects.select_for_update().filter(pk=solve_id, state=SolveState.RUNNING)
        solve = running.only("progress", "curve", "heard_at").first()
        if solve is None:
            return
        solve.progress = max(solve.progress, min(1.0, share))
        solve.heard_at = now or timezone.now()
        if point is not None:
            solve.curve = [list(item) for item in with_point([_point(item) for item in solve.curve], point)]
        solve.save(update_fields=["progress", "curve", "heard_at"])


def finish_solve(
    *,
    solve_id: int,
    asked: SolverInput,
    done: Mapping[str, Any],
    conflicts: Sequence[Mapping[str, Any]] = (),
    now: datetime | None = None,
) -> None:
    """Keep the drafts of a solve, each with its difference from what the solver was given, and judged here.

    `done` is the solver's answer, `conflicts` the rules that contradict each other, in words. A draft that moves a
    pinned session is none. Locks the solve. Raises refusals where the answer is none.
    """
    moment = now or timezone.now()
    result = _result(asked, done, conflicts)
    with transaction.atomic():
        solve = TimetableSolve.objects.select_for_update().filter(pk=solve_id, state=SolveState.RUNNING).first()
        if solve is None:
            return
        solve.result = result
        solve.state = SolveState.STOPPED if solve.stop_asked else SolveState.DONE
        solve.progress, solve.ended_at = 1, moment
        if "seconds" in done and "hard" in done and "cost" in done:
            last = (float(done["seconds"]), int(done["hard"]), int(done["cost"]))
            solve.curve = [list(item) for item in with_point([_point(item) for item in solve.curve], last)]
        solve.save(update_fields=["result", "state", "progress", "ended_at", "curve"])


def fail_solve(*, solve_id: int, why: Refusal, stopped: bool = False, now: datetime | None = None) -> None:
    """Say that nothing came of a solve, and why; `stopped`: because somebody stopped it. Locks the solve."""
    moment = now or timezone.now()
    with transaction.atomic():
        solve = TimetableSolve.objects.select_for_update().filter(pk=solve_id).first()
        if solve is not None and solve.state in (SolveState.WAITING, SolveState.RUNNING):
            fail(solve, why=None if stopped else why, now=moment, stopped=stopped)


def fail(solve: TimetableSolve, *, why: Refusal | None = None, stopped: bool = False, now: datetime) -> None:
    """Write that nothing came of a locked solve; without a reason, that its worker is gone."""
    solve.state = SolveState.STOPPED if stopped else SolveState.FAILED
    if not stopped:
        reason = why if why is not None else SolveLost()
        params = {name: str(value) for name, value in reason.params.items()}
        solve.result = {"refused": {"sentence": str(reason.sentence), "params": params}}
    solve.ended_at = now
    solve.save(update_fields=["state", "result", "ended_at"])


def _result(asked: SolverInput, done: Mapping[str, Any], conflicts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    changed, before = asked.changed, asked.found_as.placements
    found_before = violations(changed.problem, changed.rules, before)
    drafts = []
    for after, minimal in _answered(asked, done):
        moves = _moves(asked, after)
        if moves:
            found = difference(changed.problem, changed.rules, before, after, found_before=found_before)
            unplaced = sum(key not in after for key in changed.session_ids)
            drafts.append({**DraftNumbers.of(found, minimal=minimal).to_json(), "moves": moves, "unplaced": unplaced})
    kept = {name: done[name] for name in ("bound", "proven", "seconds", "moves") if done.get(name) is not None}
    return {**kept, "drafts": drafts, "conflicts": [*done.get("conflicts", ()), *conflicts]}


def _answered(asked: SolverInput, done: Mapping[str, Any]) -> list[tuple[Placements, bool]]:
    """Return the placements that were answered, pinned sessions where they were, and whether each is proven minimal.

    Where nothing is at fault after what happened, all may stay: a session that is longer is so in its place.
    """
    before = asked.found_as.placements
    alternatives: list[Mapping[str, Any]] = list(done.get("alternatives", (done,)))
    if not alternatives and not done.get("conflicts"):
        return [(before, True)]
    found = []
    for alternative in alternatives:
        after = read_draft(alternative.get("placements"), asked.changed.problem)
        pinned = {key: before[key] for key in asked.stay if key in before}
        found.append((Placements({**after, **pinned}), bool(alternative.get("minimal"))))
    return found


def _moves(asked: SolverInput, after: Placements) -> list[dict[str, Any]]:
    """Return where each session goes that will stand elsewhere, or last longer."""
    found = []
    for code, pk in asked.found_as.session_ids.items():
        base = _standing(asked.found_as, code, asked.found_as.placements)
        to = _standing(asked.changed, code, after)
        if not base.is_where(to):
            title = asked.changed.problem.session_of[code].title
            found.append({"session": pk, "title": title, "base": base.to_json(), "to": to.to_json()})
    return found


def _standing(timetable: Timetable, code: str, placements: Placements) -> Standing:
    session, place = timetable.problem.session_of[code], placements.get(code)
    if place is None:
        return Standing(None, None, session.duration_min)
    starts_at = timetable.problem.moment(place.start)
    pinned = session.fixed_start is not None
    return Standing(timetable.room_ids[place.room], starts_at, session.duration_min, pinned)


def _point(item: Sequence[Any]) -> Point:
    return float(item[0]), int(item[1]), int(item[2])
