"""Reads of solves: what is under way, what a draft would move now, and what the solver is sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from parvis.domain.access import Actor, Permission
from parvis.domain.programme.sessions import SessionStatus
from parvis.domain.refusals import NotFound
from parvis.domain.timetable.moves import Standing
from parvis.domain.timetable.solves import TO_DECIDE, UNDER_WAY, Scope, SolveState, SolveTask, state_at
from parvis.domain.timetable.violations import violations
from parvis.domain.timetable.what_happened import WhatHappened, changed_by, pinned
from parvis.models import Room, Session, TimetableMove, TimetableSolve
from parvis.queries.timetable import Timetable, build_timetable
from parvis.queries.timetable_moves import standings_of

MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class DraftMove:
    """One move of a draft, from where the solver found a session to where it would put it.

    `now` is where it stands at present; `gone` says that it was cancelled or deleted since.
    """

    session_id: int
    title: str
    base: Standing
    to: Standing
    now: Standing
    gone: bool

    @property
    def made(self) -> bool:
        """Whether the session stands where the draft wants it."""
        return not self.gone and self.now.is_where(self.to)

    @property
    def moved_since(self) -> bool:
        """Whether somebody moved it since, elsewhere than the draft would, or pinned it where it stands."""
        pinned = self.now.pinned and not self.base.pinned
        return not self.made and (pinned or not self.now.is_where(self.base))

    @property
    def open(self) -> bool:
        """Whether it can still be accepted, as far as the session itself goes."""
        return not self.gone and not self.made and not self.moved_since


def access_solve(actor: Actor, *, edition_id: int, solve_id: int) -> TimetableSolve:
    """Return one solve. One query. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.READ_DESK)
    found = TimetableSolve.objects.select_related("edition").filter(edition_id=edition_id, pk=solve_id).first()
    if found is None:
        raise NotFound
    return found


def list_solves(actor: Actor, *, edition_id: int) -> list[TimetableSolve]:
    """Return the latest solves, the last one first, without what is long in them. One query. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    solves = TimetableSolve.objects.filter(edition_id=edition_id).defer("base", "curve", "result")
    return list(solves.order_by("-id")[:MOST_LISTED])


def state_of(solve: TimetableSolve, now: datetime) -> SolveState:
    """Return where a solve stands, one whose worker is gone as failed. No query."""
    return state_at(SolveState(solve.state), solve.heard_at, now)


def under_way(edition_id: int) -> TimetableSolve | None:
    """Return the solve that waits or runs by its row, gone workers included. One query."""
    waiting = TimetableSolve.objects.filter(edition_id=edition_id, state__in=sorted(UNDER_WAY))
    return waiting.defer("base", "curve", "result").order_by("-id").first()


def is_stop_asked(solve_id: int) -> bool:
    """Tell whether somebody wants a solve to stop, or it has ended otherwise. One query."""
    wanted = TimetableSolve.objects.filter(pk=solve_id, state=SolveState.RUNNING, stop_asked=False)
    return not wanted.exists()


def draft_moves(solve: TimetableSolve, alternative: int = 0) -> list[DraftMove]:
    """Return the moves of one of a solve's drafts, with where each session stands now. Two queries."""
    drafts = solve.result.get("drafts", [])
    if not 0 <= alternative < len(drafts) or SolveState(solve.state) not in TO_DECIDE | {SolveState.ACCEPTED}:
        return []
    moves = drafts[alternative]["moves"]
    rows = Session.objects.in_bulk([move["session"] for move in moves])
    return _moves(moves, rows, standings_of(rows.values()))


def _moves(moves: Iterable[dict[str, Any]], rows: dict[int, Session], stand: dict[int, Standing]) -> list[DraftMove]:
    found = []
    for move in moves:
        row = rows.get(move["session"])
        base, to = Standing.from_json(move["base"]), Standing.from_json(move["to"])
        gone = row is None or row.status == SessionStatus.CANCELLED
        title = str(move["title"]) if row is None else row.title
        found.append(DraftMove(move["session"], title, base, to, stand.get(move["session"], base), gone))
    return found


def movers_of(session_ids: Iterable[int]) -> dict[int, str]:
    """Return who moved each session last. One query."""
    moves = TimetableMove.objects.filter(session__in=list(session_ids)).order_by("number")
    return dict(moves.values_list("session_id", "actor_label"))


def room_names(edition_id: int) -> dict[int, str]:
    """Return the rooms' names by their keys: those of the venue, and any in which a session stands. One query."""
    rooms = Room.objects.filter(venue__editions=edition_id) | Room.objects.filter(
        placements__session__edition=edition_id
    )
    return dict(rooms.distinct().values_list("pk", "name"))


@dataclass(frozen=True, slots=True)
class SolverInput:
    """What the solver is sent: the changed timetable, and who stays; `found_as` is the timetable as it stands.

    `accepted` are hard faults that stood before what happened: a mender need not mend them.
    """

    found_as: Timetable
    changed: Timetable
    task: SolveTask
    options: dict[str, Any]
    stay: tuple[str, ...]
    only: tuple[str, ...] | None
    accepted: tuple[str, ...]


def build_solver_input(solve: TimetableSolve) -> SolverInput:
    """Return what a solve asks of the solver, from the timetable as it stands now. One `build_timetable`.

    Raises `EditionHasNoDays`, and what `changed_by` raises.
    """
    timetable = build_timetable(solve.edition_id, with_choices=True)
    problem, rules = timetable.problem, pinned(timetable.problem, timetable.rules)
    happened = solve.options.get("happened")
    if happened:
        problem, rules = changed_by(problem, rules, WhatHappened.from_json(happened))
    fixed = tuple(session.key for session in problem.sessions if session.fixed_start is not None)
    unplaced = tuple(session.key for session in problem.sessions if session.key not in timetable.placements)
    task = SolveTask(solve.task)
    only = unplaced if task is SolveTask.SOLVE and solve.options.get("scope") == Scope.UNPLACED else None
    accepted: tuple[str, ...] = ()
    if task is SolveTask.MEND:
        stood = violations(timetable.problem, timetable.rules, timetable.placements)
        accepted = tuple(violation.key for violation in stood if violation.hard)
    changed = replace(timetable, problem=problem, rules=rules)
    return SolverInput(timetable, changed, task, dict(solve.options), fixed, only, accepted)
