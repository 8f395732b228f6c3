"""Asking for a solve, stopping it, and accepting its draft whole or card by card while others go on working."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from parvis.domain.access import Actor
from parvis.domain.editions import EditionIsClosed
from parvis.domain.refusals import NotAllowed, NotFound
from parvis.domain.timetable.moves import Standing
from parvis.domain.timetable.solves import (
    NothingChosen,
    NothingToAccept,
    NothingToSolve,
    NothingUnderWay,
    Scope,
    SecondsOutOfBounds,
    SolveState,
    SolveTask,
    SolveUnderWay,
)
from parvis.domain.timetable.what_happened import (
    EndsBefore,
    Happening,
    LengthIsTheSame,
    NotDuringTheEdition,
    WhatHappened,
)
from parvis.gateways import jobs
from parvis.models import Edition, LogEntry, Placement, Room, Session, TimetableMove, TimetableSolve
from parvis.queries.timetable_moves import standings_of
from parvis.services import timetable_solve_runs as runs
from parvis.services.programme import cancel_session
from parvis.services.timetable import move_session, pin_session, undo_moves
from parvis.services.timetable_solves import Accepted, accept_solve, drop_solve, start_solve, stop_solve
from tests.factories.editions import an_edition, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    made = an_edition()
    fill(made, sessions=6, speakers=6)
    Session.objects.filter(code="S000").update(format="side_event")  # a plenary would want to be alone
    return made


def stand(edition: Edition) -> dict[str, Standing]:
    rows = {row.pk: row for row in Session.objects.filter(edition=edition)}
    return {rows[pk].code: standing for pk, standing in standings_of(rows.values()).items()}


def pk(code: str) -> int:
    return Session.objects.get(code=code).pk


def later(standing: Standing, hours: int = 4) -> Standing:
    assert standing.starts_at is not None
    return replace(standing, starts_at=standing.starts_at + timedelta(hours=hours))


def a_draft(actor: Actor, edition: Edition, to: dict[str, Standing]) -> TimetableSolve:
    """Return a solve whose draft moves sessions; the solver itself is for the tests of its task."""
    solve = start_solve(actor=actor, edition_id=edition.pk, task=SolveTask.SOLVE, scope=Scope.ALL)
    asked = runs.begin_solve(solve_id=solve.pk)
    assert asked is not None
    codes = {pk: slug for slug, pk in asked.changed.room_ids.items()}
    places = {
        code: {"room": codes[standing.room], "starts": standing.starts_at.isoformat()}
        for code, standing in {**stand(edition), **to}.items()
        if standing.room is not None and standing.starts_at is not None
    }
    runs.finish_solve(solve_id=solve.pk, asked=asked, done={"placements": places, "hard": 0, "cost": 1, "seconds": 1})
    solve.refresh_from_db()
    assert solve.state == SolveState.DONE
    return solve


def accept(actor: Actor, solve: TimetableSolve, **more: Any) -> Accepted:
    accepted = accept_solve(actor=actor, solve_id=solve.pk, **more)
    solve.refresh_from_db()
    return accepted


def test_one_solve_at_a_time_for_each_edition(organiser: Actor, edition: Edition) -> None:
    first = start_solve(actor=organiser, edition_id=edition.pk, task=SolveTask.SOLVE, scope=Scope.ALL)
    with pytest.raises(SolveUnderWay):
        start_solve(actor=organiser, edition_id=edition.pk, task=SolveTask.SOLVE, scope=Scope.ALL)
    stop_solve(actor=organiser, solve_id=first.pk)
    first.refresh_from_db()
    assert first.state == SolveState.STOPPED, "one that waits stops at once"
    second = start_solve(actor=organiser, edition_id=edition.pk, task=SolveTask.SOLVE, scope=Scope.ALL)
    assert second.pk != first.pk
    with pytest.raises(NothingUnderWay):
        stop_solve(actor=organiser, solve_id=first.pk)
    actions = LogEntry.objects.filter(subject_kind="timetablesolve").order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["timetablesolve.asked", "timetablesolve.stopped", "timetablesolve.asked"]


def test_one_whose_worker_is_gone_stands_in_nobodys_way(organiser: Actor, edition: Edition) -> None:
    lost = start_solve(actor=organiser, edition_id=edition.pk, task=SolveTask.SOLVE, scope=Scope.ALL)
    assert runs.begin_solve(solve_id=lost.pk) is not None
    in_two_minutes = timezone.now() + timedelta(minutes=2)
    start_solve(actor=organiser, edition_id=edition.pk, task=SolveTask.SOLVE, scope=Scope.ALL, now=in_two_minutes)
    lost.refresh_from_db()
    assert lost.state == SolveState.FAILED


def test_the_worker_is_told_once_it_stands(
    organiser: Actor, edition: Edition, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr(jobs, "_start_apart", lambda *given: asked.append(given))
    with django_capture_on_commit_callbacks(execute=True):
        solve = start_solve(actor=organiser, edition_id=edition.pk, task=SolveTask.SOLVE, scope=Scope.ALL)
        assert asked == []
    assert asked == [("parvis.tasks.timetable_solves.run_solve", solve.pk)]


def test_what_cannot_be_asked(organiser: Actor, read_only: Actor, edition: Edition) -> None:
    def ask(actor: Actor = organiser, **more: Any) -> TimetableSolve:
        return start_solve(actor=actor, edition_id=edition.pk, **{"task": SolveTask.SOLVE, **more})

    with pytest.raises(NothingToSolve):
        ask()
    for seconds in (0, 181):
        with pytest.raises(SecondsOutOfBounds):
            ask(scope=Scope.ALL, seconds=seconds)
    with pytest.raises(NotAllowed):
        ask(read_only, scope=Scope.ALL)
    for refusal, happened in (
        (NotFound, WhatHappened(Happening.PERSON_AWAY, "nobody", 0, 60)),
        (NotFound, WhatHappened(Happening.ROOM_LOST, "nowhere", 0, 60)),
        (NotFound, WhatHappened(Happening.SESSION_LONGER, "XX", minutes=60)),
        (EndsBefore, WhatHappened(Happening.ROOM_LOST, "salle-1", 600, 600)),
        (NotDuringTheEdition, WhatHappened(Happening.ROOM_LOST, "salle-1", -900, -600)),
        (LengthIsTheSame, WhatHappened(Happening.SESSION_LONGER, "S001", minutes=90)),
    ):
        with pytest.raises(refusal):
            ask(task=SolveTask.MEND, happened=happened)
    assert not TimetableSolve.objects.exists()
    Edition.objects.update(status="archived")
    with pytest.raises(EditionIsClosed):
        ask(scope=Scope.ALL)


def test_a_draft_is_accepted_whole_and_taken_back_in_one_step(organiser: Actor, edition: Edition) -> None:
    before = stand(edition)
    to = {code: later(before[code]) for code in ("S001", "S002")}
    solve = a_draft(organiser, edition, to)
    assert stand(edition) == before
    accepted = accept(organiser, solve)
    assert {code: stand(edition)[code] for code in to} == to
    assert solve.state == SolveState.ACCEPTED
    assert TimetableMove.objects.count() == len(accepted.moves) == 2
    assert LogEntry.objects.filter(action="timetablesolve.accepted").count() == 1
    undo_moves(actor=organiser, edition_id=edition.pk, numbers=solve.result["steps"][-1])
    assert stand(edition) == before
    with pytest.raises(NothingToAccept):
        accept(organiser, solve)


def test_card_by_card_the_draft_waits_until_the_last_is_decided(organiser: Actor, edition: Edition) -> None:
    before = stand(edition)
    solve = a_draft(organiser, edition, {code: later(before[code]) for code in ("S001", "S002")})
    with pytest.raises(NothingChosen):
        accept(organiser, solve, sessions=[])
    accept(organiser, solve, sessions=[pk("S002")])
    assert solve.state == SolveState.DONE
    assert stand(edition)["S001"] == before["S001"]
    assert stand(edition)["S002"] == later(before["S002"])
    drop_solve(actor=organiser, solve_id=solve.pk)
    assert stand(edition)["S002"] == later(before["S002"]), "what was accepted stays"
    with pytest.raises(NothingToAccept):
        drop_solve(actor=organiser, solve_id=solve.pk)


def test_what_was_moved_pinned_or_cancelled_since_stays_and_is_named(organiser: Actor, edition: Edition) -> None:
    before = stand(edition)
    solve = a_draft(organiser, edition, {code: later(before[code]) for code in ("S001", "S002", "S003", "S004")})
    move_session(actor=organiser, session_id=pk("S001"), to=later(before["S001"], 6))
    pin_session(actor=organiser, session_id=pk("S002"), pinned=True)
    cancel_session(actor=organiser, session_id=pk("S003"))
    accepted = accept(organiser, solve)
    assert [who for _title, who in accepted.moved_since] == [organiser.label, organiser.label]
    assert accepted.gone == [Session.objects.get(code="S003").title]
    assert [move.session_id for move in accepted.moves] == [pk("S004")]
    assert stand(edition)["S001"] == later(before["S001"], 6)
    assert stand(edition)["S002"] == replace(before["S002"], pinned=True)
    assert solve.state == SolveState.ACCEPTED, "nothing is left to decide"


def test_what_would_break_a_rule_as_the_timetable_is_now_is_refused_with_the_rule(
    organiser: Actor, edition: Edition
) -> None:
    """Two cards change places; somebody puts a third where one of them would go: that one and its partner stay."""
    before = stand(edition)
    exchange = {"S001": replace(before["S002"]), "S002": replace(before["S001"]), "S003": later(before["S003"])}
    exchange["S001"] = replace(later(before["S002"]), duration_min=before["S001"].duration_min)
    exchange["S002"] = replace(before["S002"], starts_at=before["S001"].starts_at, room=before["S001"].room)
    solve = a_draft(organiser, edition, exchange)
    somebody = replace(exchange["S001"], duration_min=before["S005"].duration_min)
    move_session(actor=organiser, session_id=pk("S005"), to=somebody, insist=True)
    accepted = accept(organiser, solve)
    refused = {code: rule.kind for _title, code, rule in accepted.refused}
    assert refused["S001"] == "room_once"
    assert stand(edition)["S001"] == before["S001"]
    assert stand(edition)["S002"] == before["S002"], "its place is not free, as the other stays in it"
    assert stand(edition)["S003"] == exchange["S003"]
    assert solve.state == SolveState.DONE
    insisted = accept(organiser, solve, insist=True)
    assert len(insisted.moves) == 2
    assert solve.state == SolveState.ACCEPTED


def test_a_room_that_is_gone_takes_nobody(organiser: Actor, edition: Edition) -> None:
    before = stand(edition)
    spare = Room.objects.create(venue=edition.venue, slug="spare", name="Spare", capacity=90, position=9)
    solve = a_draft(organiser, edition, {"S001": replace(before["S001"], room=spare.pk)})
    Room.objects.filter(pk=spare.pk).delete()
    assert accept(organiser, solve).moves == []
    assert stand(edition) == before


def test_who_may(organiser: Actor, read_only: Actor, edition: Edition) -> None:
    solve = a_draft(organiser, edition, {"S001": later(stand(edition)["S001"])})
    for act in (accept_solve, drop_solve, stop_solve):
        with pytest.raises(NotAllowed):
            act(actor=read_only, solve_id=solve.pk)
        with pytest.raises(NotFound):
            act(actor=organiser, solve_id=0)


def test_accepting_takes_as_many_queries_for_many_moves(organiser: Actor, edition: Edition) -> None:
    counts = []
    for codes in (("S001",), ("S001", "S002", "S003", "S004", "S005")):
        before = stand(edition)
        solve = a_draft(organiser, edition, {code: later(before[code], 2) for code in codes})
        with CaptureQueriesContext(connection) as queries:
            accepted = accept(organiser, solve)
        assert len(accepted.moves) == len(codes)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert Placement.objects.count() == 6
