"""Asks for solves of the timetable, stops them, and accepts or drops the drafts that they make."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.timetable.differences import acceptable
from parvis.domain.timetable.placements import Move
from parvis.domain.timetable.solves import (
    DEFAULT_SECONDS,
    KEPT_DAYS,
    MEND_SECONDS,
    TO_DECIDE,
    UNDER_WAY,
    NothingChosen,
    NothingToAccept,
    NothingToSolve,
    NothingUnderWay,
    Scope,
    SolveState,
    SolveTask,
    SolveUnderWay,
    check_seconds,
    state_at,
)
from parvis.domain.timetable.verdicts import Violation
from parvis.domain.timetable.violations import violations
from parvis.domain.timetable.what_happened import WhatHappened, check_happened
from parvis.gateways.jobs import enqueue_long_on_commit
from parvis.models import Edition, Session, TimetableMove, TimetableSolve
from parvis.queries.timetable import Timetable, build_timetable
from parvis.queries.timetable_moves import standings_of
from parvis.queries.timetable_solves import DraftMove, draft_moves, movers_of
from parvis.services import log
from parvis.services.changes import locked
from parvis.services.placements import put_all, standing_as
from parvis.services.programme import open_edition
from parvis.services.timetable_solve_runs import fail

TASK = "parvis.tasks.timetable_solves.run_solve"


@dataclass(frozen=True, slots=True)
class Accepted:
    """What came of accepting: the moves, and those that were not made, with who moved them since, or the rule."""

    moves: list[TimetableMove]
    moved_since: list[tuple[str, str]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    refused: list[tuple[str, str, Violation]] = field(default_factory=list)  # title, code, the rule


def start_solve(
    *,
    actor: Actor,
    edition_id: int,
    task: SolveTask,
    scope: Scope = Scope.UNPLACED,
    seconds: int | None = None,
    seed: int = 1,
    happened: WhatHappened | None = None,
    now: datetime | None = None,
) -> TimetableSolve:
    """Ask for a solve in the background, and return it at once. One at a time per edition.

    To mend, `happened` says what is otherwise from now on; it is told to the solver, and written nowhere else.

    Locks the edition's row. Raises `NotAllowed`, `NotFound`, `EditionIsClosed`, `EditionHasNoDays`, `SolveUnderWay`,
    `SecondsOutOfBounds`, `NothingToSolve`, and what `check_happened` raises.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    mending = task is SolveTask.MEND
    seconds = seconds if seconds is not None else MEND_SECONDS if mending else DEFAULT_SECONDS
    check_seconds(seconds)
    if mending != (happened is not None):
        raise TypeError("who mends says what happened, and nobody else does")
    moment = now or timezone.now()
    with transaction.atomic():
        edition = open_edition(edition_id)
        for other in TimetableSolve.objects.filter(edition=edition, state__in=sorted(UNDER_WAY)):
            if state_at(SolveState(other.state), other.heard_at, moment) in UNDER_WAY:
                raise SolveUnderWay
            fail(other, now=moment)
        timetable = build_timetable(edition.pk)
        waiting = any(session.key not in timetable.placements for session in timetable.problem.sessions)
        if not timetable.problem.sessions or (not mending and scope is Scope.UNPLACED and not waiting):
            raise NothingToSolve
        options: dict[str, Any] = {"seconds": seconds, "seed": seed}
        if happened is not None:
            check_happened(timetable.problem, happened)
            options["happened"] = happened.to_json()
        else:
            options["scope"] = str(scope)
        solve = TimetableSolve.objects.create(
            edition=edition,
            task=task,
            state=SolveState.WAITING,
            options=options,
            asked_by_id=actor.account_id,
            asked_by_label=actor.label[:200],
            asked_at=moment,
        )
        said = {name: value for name, value in options.items() if name != "happened"}  # hours of people end elsewhere
        log.record(actor=actor, action="timetablesolve.asked", subject=solve, now=moment, details=said)
        enqueue_long_on_commit(TASK, solve.pk)
    return solve


def stop_solve(*, actor: Actor, solve_id: int, now: datetime | None = None) -> TimetableSolve:
    """Stop a solve: one that waits at once; one that runs ends with the best so far, within seconds.

    Locks the solve. Raises `NotAllowed`, `NotFound`, `NothingUnderWay`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    moment = now or timezone.now()
    with transaction.atomic():
        solve = locked(TimetableSolve, solve_id)
        state = state_at(SolveState(solve.state), solve.heard_at, moment)
        if state not in UNDER_WAY:
            raise NothingUnderWay
        solve.stop_asked = True
        if state is SolveState.WAITING:
            solve.state, solve.ended_at = SolveState.STOPPED, moment
        solve.save(update_fields=["stop_asked", "state", "ended_at"])
        log.record(actor=actor, action="timetablesolve.stopped", subject=solve, now=moment)
    return solve


def accept_solve(
    *,
    actor: Actor,
    solve_id: int,
    sessions: Collection[int] | None = None,
    alternative: int = 0,
    insist: bool = False,
    screen: str = "",
    now: datetime | None = None,
) -> Accepted:
    """Make the moves of a draft: all of them (`sessions` None), or those of the sessions named.

    What was moved since, or cancelled, stays, as does what would break a hard rule anew as the timetable is now, unless
    one insists; the rest is made in one step, kept as moves, and can be taken back. While moves of it are left, the
    draft waits on.

    Locks the edition's row, the solve, then the sessions. Raises `NotAllowed`, `NotFound`, `EditionIsClosed`,
    `EditionHasNoDays`, `NothingToAccept`, `NothingChosen`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    if sessions is not None and not sessions:
        raise NothingChosen
    moment = now or timezone.now()
    with transaction.atomic():
        edition = open_edition(locked(TimetableSolve, solve_id).edition_id)
        solve = locked(TimetableSolve, solve_id)
        drafted = draft_moves(solve, alternative)
        if SolveState(solve.state) not in TO_DECIDE or not drafted:
            raise NothingToAccept
        rows = _rows(edition, drafted)
        standings = standings_of(rows.values())
        wanted = [move for move in drafted if sessions is None or move.session_id in sessions]
        movable = [move for move in wanted if move.open and move.session_id in rows]
        made, refused = _judged(edition, movable, insist=insist)
        moves = put_all(
            actor=actor,
            edition=edition,
            moves=[(rows[move.session_id], standings[move.session_id], move.to) for move in made],
            screen=screen,
            now=moment,
        )
        since = [move for move in wanted if move.moved_since and not move.gone]
        movers = movers_of(move.session_id for move in since)
        result = Accepted(
            moves,
            [(move.title, movers.get(move.session_id, "")) for move in since],
            [move.title for move in wanted if move.gone],
            refused,
        )
        if moves:
            _note(
                actor,
                solve,
                alternative,
                moves,
                left=any(move.open for move in draft_moves(solve, alternative)),
                now=moment,
            )
    return result


def drop_solve(*, actor: Actor, solve_id: int, now: datetime | None = None) -> TimetableSolve:
    """Drop a draft: what was accepted of it stays.

    Locks the solve. Raises `NotAllowed`, `NotFound`, `NothingToAccept`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    moment = now or timezone.now()
    with transaction.atomic():
        solve = locked(TimetableSolve, solve_id)
        if SolveState(solve.state) not in TO_DECIDE:
            raise NothingToAccept
        solve.state = SolveState.DROPPED
        solve.save(update_fields=["state"])
        log.record(actor=actor, action="timetablesolve.dropped", subject=solve, now=moment)
    return solve


def forget_solves(*, actor: Actor, now: datetime | None = None) -> int:
    """Delete the solves that were asked for more than `KEPT_DAYS` days ago; return how many. The moves stay.

    One transaction. Raises `NotAllowed`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    moment = now or timezone.now()
    with transaction.atomic():
        old = TimetableSolve.objects.filter(asked_at__lt=moment - timedelta(days=KEPT_DAYS))
        count = old.count()
        if count:
            old.delete()
            details = {"count": count}
            log.record(actor=actor, action="timetable.solves_forgotten", subject=None, now=moment, details=details)
    return count


def _rows(edition: Edition, moves: Collection[DraftMove]) -> dict[int, Session]:
    rows = Session.objects.select_for_update(of=("self",)).filter(
        edition=edition, pk__in=[move.session_id for move in moves]
    )
    return {row.pk: row for row in rows.order_by("pk")}


def _judged(
    edition: Edition, moves: Collection[DraftMove], *, insist: bool
) -> tuple[list[DraftMove], list[tuple[str, str, Violation]]]:
    """Return the moves that can be made together as the timetable is now, and those that cannot, with the rule."""
    timetable = build_timetable(edition.pk)
    codes = {pk: code for code, pk in timetable.session_ids.items()}
    known_rooms = set(timetable.room_ids.values())
    able = {codes[m.session_id]: m for m in moves if m.session_id in codes and m.to.room in known_rooms | {None}}
    if insist or not able:
        return list(able.values()), []
    stood = violations(timetable.problem, timetable.rules, timetable.placements)
    stands, wanted = _as_wanted(timetable, able)
    kept, refused = acceptable(stands.problem, stands.rules, stands.placements, wanted, stood=stood)
    made = [able[move.session] for move in kept]
    return made, [(able[item.move.session].title, item.move.session, item.why) for item in refused]


def _as_wanted(timetable: Timetable, able: Mapping[str, DraftMove]) -> tuple[Timetable, list[Move]]:
    """Return the timetable with the lengths and pins that are wanted, each session where it stands, and the moves."""
    stands, moves = timetable, []
    for code, move in able.items():
        after = standing_as(stands, code, move.to)
        moves.append(Move(code, stands.placements.get(code), after.placements.get(code)))
        stands = replace(after, placements=stands.placements)
    return stands, moves


def _note(
    actor: Actor, solve: TimetableSolve, alternative: int, moves: list[TimetableMove], *, left: bool, now: datetime
) -> None:
    """Keep which moves were made of a draft, and say whether it is accepted whole."""
    steps = [*solve.result.get("steps", []), [move.number for move in moves]]
    solve.result = {**solve.result, "steps": steps, "taken": alternative}
    if not left:
        solve.state = SolveState.ACCEPTED
    solve.save(update_fields=["result", "state"])
    details = {"moves": len(moves)}
    log.record(actor=actor, action="timetablesolve.accepted", subject=solve, now=now, details=details)
