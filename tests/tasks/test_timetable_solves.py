"""A solve from the desk's question to the draft, with the solver's real process; and all that may go wrong with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from parvis.domain.access import Actor
from parvis.domain.timetable.solves import Scope, SolveState, SolveTask
from parvis.domain.timetable.what_happened import Happening, WhatHappened
from parvis.gateways import solver_process
from parvis.models import Edition, Placement, Session, TimetableMove, TimetableSolve
from parvis.queries.timetable import build_timetable
from parvis.services.timetable_solves import forget_solves, start_solve, stop_solve
from parvis.tasks import timetable_solves as tasks
from tests.factories import solving
from tests.factories.editions import an_edition, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    made = an_edition()
    fill(made, sessions=6, speakers=6)
    Session.objects.filter(code="S000").update(format="side_event")  # a plenary would want to be alone
    return made


def asked(actor: Actor, edition: Edition, **more: Any) -> TimetableSolve:
    given = {"task": SolveTask.SOLVE, "scope": Scope.ALL, "seconds": 1, **more}
    return start_solve(actor=actor, edition_id=edition.pk, **given)


def stands() -> list[tuple[object, ...]]:
    return list(Placement.objects.order_by("pk").values_list("session", "room", "starts_at", "ends_at", "pinned"))


def drafted(solve: TimetableSolve) -> dict[str, Any]:
    solve.refresh_from_db()
    assert solve.state == SolveState.DONE, solve.result
    draft: dict[str, Any] = solve.result["drafts"][0]
    return draft


def test_what_is_not_placed_finds_a_place_and_nothing_else_moves(organiser: Actor, edition: Edition) -> None:
    out = Session.objects.get(code="S002")
    Placement.objects.filter(session=out).delete()
    before = stands()
    solve = asked(organiser, edition, scope=Scope.UNPLACED)
    tasks.run_solve(solve.pk)
    draft = drafted(solve)
    assert [move["session"] for move in draft["moves"]] == [out.pk]
    assert draft["moves"][0]["base"]["room"] is None
    assert draft["moves"][0]["to"]["room"] is not None
    assert draft["unplaced"] == draft["hard"] == 0
    assert stands() == before, "a draft moves nothing"
    assert not TimetableMove.objects.exists()
    assert solve.ended_at is not None
    assert solve.curve


def test_pinned_cards_stay_whatever_the_edition_makes_of_them(organiser: Actor, edition: Edition) -> None:
    Placement.objects.update(pinned=True)
    Placement.objects.filter(session__code="S003").delete()
    edition.rule_settings.create(kind="fixed_place", active=False)
    solve = asked(organiser, edition)
    tasks.run_solve(solve.pk)
    assert [move["title"] for move in drafted(solve)["moves"]] == [str(Session.objects.get(code="S003").title)]


def test_a_speaker_who_is_away_is_waited_for_with_the_fewest_moves(organiser: Actor, edition: Edition) -> None:
    timetable = build_timetable(edition.pk)
    part = timetable.problem.interventions[1]
    at = timetable.placements[part.session]
    late = WhatHappened(Happening.PERSON_AWAY, part.person, 0, at.start + 60)
    solve = asked(organiser, edition, task=SolveTask.MEND, happened=late)
    tasks.run_solve(solve.pk)
    draft = drafted(solve)
    assert draft["hard_before"] == 1
    assert draft["hard"] == 0
    (move,) = draft["moves"]
    assert move["session"] == timetable.session_ids[part.session]
    assert draft["minimal"]
    assert len(solve.result["drafts"]) <= 3
    assert not edition.availabilities.exists(), "what happened is told to the solver only"


def test_a_longer_session_comes_back_longer(organiser: Actor, edition: Edition) -> None:
    longer = WhatHappened(Happening.SESSION_LONGER, "S001", minutes=150)
    solve = asked(organiser, edition, task=SolveTask.MEND, happened=longer)
    tasks.run_solve(solve.pk)
    moves = {move["session"]: move for move in drafted(solve)["moves"]}
    assert moves[Session.objects.get(code="S001").pk]["to"]["duration_min"] == 150


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (solving.GARBAGE, "The solver broke off"),
        (solving.BROKEN, "The solver broke off"),
        (solving.KILLED, "no memory left"),
        ("pass\n", "The solver broke off"),
        ("print(json.dumps({'done': {'placements': {'XX': {'room': 'a', 'starts': 1}}}}), flush=True)\n", "%(path)s"),
        ("print(json.dumps({'done': 1}), flush=True)\n", "The solver broke off"),
    ],
)
def test_a_solver_that_fails_leaves_the_timetable_as_it_was(
    organiser: Actor, edition: Edition, body: str, sentence: str
) -> None:
    before = stands()
    solve = asked(organiser, edition)
    tasks.run_solve(solve.pk, solving.stand_in(body))
    solve.refresh_from_db()
    assert solve.state == SolveState.FAILED
    assert sentence in solve.result["refused"]["sentence"]
    assert stands() == before
    asked(organiser, edition)  # may be started anew


def test_what_the_solver_refuses_is_said_in_its_words(organiser: Actor, edition: Edition) -> None:
    solve = asked(organiser, edition)
    tasks.run_solve(solve.pk, solving.stand_in(solving.REFUSING))
    solve.refresh_from_db()
    assert solve.result["refused"] == {"sentence": "%(path)s is missing.", "params": {"path": "days"}}


def test_a_deaf_solver_is_killed_in_the_end(
    organiser: Actor, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "START_S", 0)
    monkeypatch.setattr(solver_process, "GRACE_S", 0.5)
    solve = asked(organiser, edition)
    tasks.run_solve(solve.pk, solving.stand_in(solving.DEAF))
    solve.refresh_from_db()
    assert solve.state == SolveState.FAILED
    assert "did not answer in time" in solve.result["refused"]["sentence"]


def test_one_that_is_stopped_keeps_the_best_so_far(
    organiser: Actor, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    solve = asked(organiser, edition, seconds=60)
    noted: list[int] = []
    monkeypatch.setattr(tasks, "NOTED_EVERY_S", 0.0)
    note = tasks.runs.note_progress

    def note_and_stop(**given: Any) -> None:
        note(**given)
        noted.append(1)
        if len(noted) == 1:
            stop_solve(actor=organiser, solve_id=solve.pk)

    monkeypatch.setattr(tasks.runs, "note_progress", note_and_stop)
    tasks.run_solve(solve.pk)
    solve.refresh_from_db()
    assert solve.state == SolveState.STOPPED


def test_a_task_that_comes_twice_does_nothing(organiser: Actor, edition: Edition) -> None:
    solve = asked(organiser, edition)
    tasks.run_solve(solve.pk, solving.stand_in(solving.REFUSING))
    solve.refresh_from_db()
    ended = solve.ended_at
    tasks.run_solve(solve.pk, solving.stand_in(solving.BROKEN))
    solve.refresh_from_db()
    assert solve.ended_at == ended
    tasks.run_solve(0)
    stopped = asked(organiser, edition)
    stop_solve(actor=organiser, solve_id=stopped.pk)
    tasks.run_solve(stopped.pk, solving.stand_in(solving.BROKEN))
    stopped.refresh_from_db()
    assert stopped.state == SolveState.STOPPED


def test_what_the_worker_left_is_failed_when_the_queue_brings_it_again(organiser: Actor, edition: Edition) -> None:
    solve = asked(organiser, edition)
    long_ago = timezone.now() - timedelta(minutes=2)
    TimetableSolve.objects.filter(pk=solve.pk).update(state=SolveState.RUNNING, heard_at=long_ago)
    tasks.run_solve(solve.pk)
    solve.refresh_from_db()
    assert solve.state == SolveState.FAILED
    assert "worker" in solve.result["refused"]["sentence"]


def test_what_cannot_be_kept_is_explained_by_the_rules_that_contradict_each_other(
    organiser: Actor, edition: Edition
) -> None:
    """Two sessions of the same hour are pinned into one room: no timetable mends that."""
    first, second = Placement.objects.filter(session__code__in=["S001", "S002"]).order_by("pk")
    Placement.objects.filter(pk=second.pk).update(room=first.room, starts_at=first.starts_at, ends_at=first.ends_at)
    Placement.objects.filter(pk__in=[first.pk, second.pk]).update(pinned=True)
    Placement.objects.filter(session__code="S003").delete()
    solve = asked(organiser, edition)
    tasks.run_solve(solve.pk)
    solve.refresh_from_db()
    assert solve.state == SolveState.DONE, solve.result
    assert solve.result["drafts"][0]["hard"] == 1
    assert len(solve.result["conflicts"]) >= 2, solve.result["conflicts"]


def test_solves_are_forgotten_by_the_clock(organiser: Actor, edition: Edition) -> None:
    old, new = asked(organiser, edition), None
    TimetableSolve.objects.filter(pk=old.pk).update(
        asked_at=timezone.now() - timedelta(days=31), state=SolveState.DROPPED
    )
    new = asked(organiser, edition)
    assert forget_solves(actor=organiser) == tasks.forget_solves() + 1 == 1
    assert list(TimetableSolve.objects.all()) == [new]
