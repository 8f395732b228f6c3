"""Pages that ask for a solve, follow it, show its drafts and accept them; and those that explain."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from parvis.domain.access import Actor
from parvis.domain.timetable.solves import Scope, SolveState, SolveTask
from parvis.models import Edition, Placement, Session, TimetableSolve
from parvis.services import timetable_solve_runs as runs
from parvis.services.programme import place_session
from parvis.services.timetable_solves import start_solve
from tests.factories.editions import an_edition, fill
from tests.services.test_timetable_solves import a_draft, later, stand

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    made = an_edition()
    fill(made, sessions=6, speakers=6)
    Session.objects.filter(code="S000").update(format="side_event")  # a plenary would want to be alone
    return made


def address(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=["2023", *args])


def told(page: Any) -> str:
    return str(page.content.decode())


def a_solve(actor: Actor, edition: Edition) -> TimetableSolve:
    return start_solve(actor=actor, edition_id=edition.pk, task=SolveTask.SOLVE, scope=Scope.ALL)


def test_asking_for_a_solve_answers_at_once_with_its_page(organiser_client: Client, edition: Edition) -> None:
    asked = organiser_client.post(address("timetable_solve_new"), {"scope": "all", "seconds": 5})
    solve = TimetableSolve.objects.get()
    assert asked.headers["Location"] == address("timetable_solve", solve.pk)
    assert solve.options == {"seconds": 5, "seed": 1, "scope": "all"}
    page = organiser_client.get(asked.headers["Location"])
    assert "attend son tour" in told(page)
    assert 'http-equiv="refresh"' in told(page), "without JavaScript the browser asks again"
    again = organiser_client.post(address("timetable_solve_new"), {"scope": "all", "seconds": 5})
    assert again.status_code == 422
    assert "déjà en cours" in told(again)
    assert organiser_client.get(address("timetable_solves")).status_code == 200


def test_the_form_says_what_there_is_to_place(organiser_client: Client, edition: Edition) -> None:
    Placement.objects.filter(session__code="S001").update(pinned=True)
    Placement.objects.filter(session__code="S002").delete()
    page = organiser_client.get(address("timetable_solve_new"))
    assert (page.context["all"], page.context["unplaced"], page.context["pinned"]) == (6, 1, 1)
    refused = organiser_client.post(address("timetable_solve_new"), {"scope": "all", "seconds": 999})
    assert refused.status_code == 422


@pytest.mark.parametrize(
    ("given", "options"),
    [
        ({"what": "person_away", "person": "personne-1", "ends_at": "2023-09-18T10:30"}, (450, 630)),
        ({"what": "person_away", "person": "personne-1", "starts_at": "2023-09-18T10:30"}, (630, 1200)),
        (
            {"what": "room_lost", "room": "salle-1", "starts_at": "2023-09-18T09:00", "ends_at": "2023-09-19T09:00"},
            (540, 1980),
        ),
    ],
)
def test_what_happened_is_told_to_the_solver(
    organiser_client: Client, edition: Edition, given: dict[str, str], options: tuple[int, int]
) -> None:
    asked = organiser_client.post(address("timetable_mend_new"), given)
    assert asked.status_code == 302, told(asked)
    happened = TimetableSolve.objects.get().options["happened"]
    assert (happened["starts"], happened["ends"]) == options


def test_what_happened_is_refused_beside_its_field(organiser_client: Client, edition: Edition) -> None:
    at = address("timetable_mend_new")
    nothing = organiser_client.post(at, {"what": "person_away", "person": "personne-1"})
    assert nothing.context["form"].errors.keys() == {"starts_at"}
    same = organiser_client.post(at, {"what": "session_longer", "session": "S001", "minutes": "90"})
    assert same.context["form"].errors.keys() == {"minutes"}
    backwards = {"starts_at": "2023-09-18T10:00", "ends_at": "2023-09-18T09:00"}
    wrong = organiser_client.post(at, {"what": "room_lost", "room": "salle-1", **backwards})
    assert wrong.context["form"].errors.keys() == {"ends_at"}
    assert organiser_client.get(at, {"what": "nothing known"}).status_code == 200
    assert not TimetableSolve.objects.exists()


def test_progress_is_a_part_of_the_page_until_there_is_more_to_see(
    organiser_client: Client, organiser: Actor, edition: Edition
) -> None:
    solve = a_solve(organiser, edition)
    assert runs.begin_solve(solve_id=solve.pk) is not None
    for seconds, cost in ((1.0, 900), (2.5, 640), (4.0, 612)):
        runs.note_progress(solve_id=solve.pk, share=seconds / 20, point=(seconds, 0, cost))
    part = told(organiser_client.get(address("timetable_solve_progress", solve.pk)))
    assert "<html" not in part
    assert "612" in part
    assert "<polyline" in part
    stopped = organiser_client.post(address("timetable_solve_stop", solve.pk), follow=True)
    assert stopped.context["stopping"]
    TimetableSolve.objects.update(heard_at=timezone.now() - timedelta(minutes=2))
    assert organiser_client.get(address("timetable_solve_progress", solve.pk)).status_code == 204
    lost = organiser_client.get(address("timetable_solve", solve.pk))
    assert lost.context["state"] == SolveState.FAILED
    assert address("timetable_solve_new") in told(lost)


def test_a_draft_shows_its_difference_and_is_accepted_card_by_card_then_whole(
    organiser_client: Client, organiser: Actor, edition: Edition
) -> None:
    before = stand(edition)
    codes = ("S001", "S002", "S003")
    solve = a_draft(organiser, edition, {code: later(before[code]) for code in codes})
    page = organiser_client.get(address("timetable_solve", solve.pk))
    assert [line.title for line in page.context["lines"]] == [f"Séance {n} : agir ensemble" for n in (1, 2, 3)]
    assert page.context["numbers"].persons == 3
    assert "Salle 1" in page.context["lines"][0].was
    first = Session.objects.get(code="S001").pk
    at = address("timetable_solve_accept", solve.pk)
    none = organiser_client.post(at, {"draft": "0"}, follow=True)
    assert "au moins un" in told(none)
    one = organiser_client.post(at, {"draft": "0", "session": [first]}, follow=True)
    assert [line.made for line in one.context["lines"]] == [True, False, False]
    place_session(
        actor=organiser,
        session_id=Session.objects.get(code="S002").pk,
        room_id=before["S002"].room,
        starts_at=later(before["S002"], 6).starts_at,
    )
    refused = organiser_client.get(address("timetable_solve", solve.pk))
    assert [bool(line.why_not) for line in refused.context["lines"]] == [False, True, False]
    whole = organiser_client.post(at, {"draft": "0", "all": "1"}, follow=True)
    assert whole.context["state"] == SolveState.ACCEPTED
    assert "Séance 2" in [str(message) for message in whole.context["messages"]][1]
    assert stand(edition)["S003"] == later(before["S003"])
    back = organiser_client.post(address("timetable_solve_undo", solve.pk), follow=True)
    assert stand(edition)["S003"] == before["S003"]
    assert back.status_code == 200


def test_dropping_and_reading(
    organiser_client: Client, read_only_client: Client, organiser: Actor, edition: Edition
) -> None:
    solve = a_draft(organiser, edition, {"S001": later(stand(edition)["S001"])})
    page = read_only_client.get(address("timetable_solve", solve.pk))
    assert "checkbox" not in told(page)
    for name in ("stop", "accept", "drop", "undo"):
        assert read_only_client.post(address(f"timetable_solve_{name}", solve.pk)).status_code == 403
        assert organiser_client.post(address(f"timetable_solve_{name}", 0)).status_code == 404
    assert read_only_client.get(address("timetable_solve_new")).status_code == 403
    organiser_client.post(address("timetable_solve_drop", solve.pk))
    solve.refresh_from_db()
    assert solve.state == SolveState.DROPPED
    assert organiser_client.post(address("timetable_solve_drop", solve.pk), follow=True).status_code == 200


def test_pages_take_as_many_queries_for_many_moves(
    organiser_client: Client, organiser: Actor, edition: Edition
) -> None:
    counts = []
    for codes in (("S001",), ("S001", "S002", "S003", "S004", "S005")):
        before = stand(edition)
        TimetableSolve.objects.all().delete()
        solve = a_draft(organiser, edition, {code: later(before[code], 2) for code in codes})
        Placement.objects.filter(session__code="S001").update(pinned=True)  # one that stays, in both
        taken = []
        for name, args in (
            ("timetable_solve", [solve.pk]),
            ("timetable_solves", []),
            ("timetable_explained", []),
            ("timetable_explained_card", [Session.objects.get(code="S002").pk]),
        ):
            with CaptureQueriesContext(connection) as queries:
                assert organiser_client.get(address(name, *args)).status_code == 200
            taken.append(len(queries))
        counts.append(taken)
        Placement.objects.update(pinned=False)
    assert counts[0] == counts[1]


def test_the_explanation_says_who_pays_and_what_other_places_would_cost(
    organiser_client: Client, edition: Edition
) -> None:
    one, other = (Placement.objects.get(session__code=code) for code in ("S001", "S002"))
    Placement.objects.filter(pk=one.pk).update(room=other.room)
    page = organiser_client.get(address("timetable_explained"))
    assert page.context["hard"] == 1
    line = page.context["lines"][0]
    assert line.kind == "room_once"
    assert ("Séance 1 : agir ensemble", 1) in dict(line.payers)["Séances"] or line.payers
    card = organiser_client.get(address("timetable_explained_card", one.session_id))
    assert card.context["wrong"][0]["hard"]
    assert card.context["next_best"]
    assert "Salle" in told(card)
    assert organiser_client.get(address("timetable_explained_card", 0)).status_code == 404


def test_without_days_there_is_nothing_to_solve(organiser_client: Client, edition: Edition) -> None:
    Placement.objects.all().delete()
    Edition.objects.update(starts_on=None, ends_on=None)
    for name in ("timetable_solve_new", "timetable_mend_new", "timetable_explained"):
        assert organiser_client.get(address(name)).status_code == 200
