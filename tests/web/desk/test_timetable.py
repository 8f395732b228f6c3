"""The editor's page and what it asks of the server: verdicts, refusals with free places, undo, what others moved."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parvis.domain.access import Actor
from parvis.models import Edition, Placement, Session, TimetableMove
from parvis.queries.timetable import build_timetable
from parvis.services.programme import cancel_session, place_session, save_session
from tests.factories.editions import an_edition, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    made = an_edition()
    fill(made, sessions=6, speakers=6)
    Session.objects.filter(code="S000").update(format="side_event")  # a plenary would want to be alone
    return made


def address(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=["2023", *args])


def place(edition: Edition, code: str) -> dict[str, Any]:
    timetable = build_timetable(edition.pk)
    at = timetable.placements[code]
    length = timetable.problem.session_of[code].duration_min
    return {"room": timetable.room_ids[at.room], "start": at.start, "length": length}


def ask(client: Client, name: str, *args: object, **body: object) -> Any:
    return client.post(address(name, *args), json.dumps(body), content_type="application/json")


def pk(code: str) -> int:
    return Session.objects.get(code=code).pk


def test_the_page_holds_days_rooms_cards_and_reads_as_a_list(organiser_client: Client, edition: Edition) -> None:
    page = organiser_client.get(address("timetable"))
    content = page.context["content"]
    assert [day["name"] for day in content["days"]] == ["lundi 18\u00a0septembre", "mardi 19\u00a0septembre"]
    assert len(content["rooms"]) == len(content["sessions"]) == 6
    assert content["violations"] == []
    assert content["sessions"][1]["people"]
    assert "Séance 1" in page.content.decode()


def test_a_move_comes_back_with_its_verdict(organiser_client: Client, edition: Edition) -> None:
    seen = place(edition, "S001")
    to = {**seen, "start": seen["start"] + 60}
    answer = ask(organiser_client, "timetable_move", pk("S001"), to=to, seen=seen, screen="w1").json()
    assert answer["move"] == 1
    assert {key: answer["place"][key] for key in to} == to
    assert answer["violations"] == []
    back = ask(organiser_client, "timetable_undo", 1).json()
    assert back["place"]["start"] == seen["start"]
    assert TimetableMove.objects.count() == 2


def test_a_broken_rule_is_said_from_the_cards_side_with_the_nearest_free_places(
    organiser_client: Client, edition: Edition
) -> None:
    seen, to = place(edition, "S001"), place(edition, "S002")
    refused = ask(organiser_client, "timetable_move", pk("S001"), to=to, seen=seen)
    assert refused.status_code == 409
    answer = refused.json()
    (broken,) = answer["broken"]
    assert broken["hard"]
    assert "Salle 2" in broken["sessions"][str(pk("S001"))]
    assert "Séance 2" in broken["sessions"][str(pk("S001"))]
    assert answer["alternatives"]
    first = answer["alternatives"][0]
    assert "Salle" in first["words"]
    taken = ask(organiser_client, "timetable_move", pk("S001"), to={**to, **first}, seen=seen)
    assert taken.status_code == 200


def test_insisting_puts_it_there_and_both_cards_say_so(organiser_client: Client, edition: Edition) -> None:
    seen, to = place(edition, "S001"), place(edition, "S002")
    answer = ask(organiser_client, "timetable_move", pk("S001"), to=to, seen=seen, insist=True).json()
    assert set(answer["violations"][0]["sessions"]) == {str(pk("S001")), str(pk("S002"))}


def test_what_somebody_moved_meanwhile_is_not_overwritten(organiser_client: Client, edition: Edition) -> None:
    seen = place(edition, "S001")
    ask(organiser_client, "timetable_move", pk("S001"), to={**seen, "start": seen["start"] + 60}, seen=seen)
    late = ask(organiser_client, "timetable_move", pk("S001"), to={**seen, "start": seen["start"] + 30}, seen=seen)
    assert late.status_code == 409
    assert late.json()["changed"]
    news = organiser_client.get(address("timetable_since", 0)).json()
    assert [(item["number"], item["place"]["start"]) for item in news["moves"]] == [(1, seen["start"] + 60)]
    assert organiser_client.get(address("timetable_since", 1)).json() == {"number": 1, "moves": []}


def news(client: Client, known: dict[str, Any]) -> dict[str, Any]:
    """Ask what is new for a screen that shows `known`."""
    address_since = address("timetable_since", known["number"])
    answer: dict[str, Any] = client.get(address_since, {"entry": known["entry"], "facts": known["facts"]}).json()
    return answer


def test_a_screen_hears_of_what_is_changed_elsewhere(
    organiser_client: Client, edition: Edition, organiser: Actor
) -> None:
    known = organiser_client.get(address("timetable")).context["content"]
    assert news(organiser_client, known) == {"number": 0, "moves": []}
    placement = Placement.objects.get(session__code="S001")
    new = save_session(
        actor=organiser,
        edition_id=edition.pk,
        session_id=None,
        values={"title_fr": "Arrivée entre-temps", "format": "workshop", "duration_min": 60, "status": "confirmed"},
    )
    starts_at = placement.starts_at + timedelta(days=1)
    place_session(actor=organiser, session_id=new.pk, room_id=placement.room_id, starts_at=starts_at)
    cancel_session(actor=organiser, session_id=pk("S002"))
    answer = news(organiser_client, known)
    shown = {card["title"]: card for card in answer["content"]["sessions"]}
    assert shown["Arrivée entre-temps"]["room"] == placement.room_id
    assert pk("S002") not in {card["id"] for card in shown.values()}
    assert [item["title"] for item in answer["moves"]] == ["Arrivée entre-temps"]
    assert news(organiser_client, answer["content"]) == {"number": 1, "moves": []}


def test_a_move_and_what_concerns_another_edition_leave_the_cards_as_they_are(
    organiser_client: Client, edition: Edition, organiser: Actor
) -> None:
    known = organiser_client.get(address("timetable")).context["content"]
    place_session(
        actor=organiser,
        session_id=pk("S001"),
        room_id=Placement.objects.get(session__code="S002").room_id,
        starts_at=Placement.objects.get(session__code="S002").starts_at,
        insist=True,
    )
    answer = news(organiser_client, known)
    assert len(answer["moves"]) == len(answer["violations"]) == 1
    assert "content" not in answer
    other = an_edition(15, slug="2024")
    save_session(
        actor=organiser,
        edition_id=other.pk,
        session_id=None,
        values={"title_fr": "Ailleurs", "format": "workshop", "duration_min": 60},
    )
    later = news(organiser_client, {**known, "number": 1, "entry": answer["entry"]})
    assert later["moves"] == []
    assert "content" not in later
    assert later["entry"] > answer["entry"]


def test_a_screen_that_hears_nothing_asks_little(organiser_client: Client, edition: Edition) -> None:
    known = organiser_client.get(address("timetable")).context["content"]
    news(organiser_client, known)
    with CaptureQueriesContext(connection) as captured:
        news(organiser_client, known)
    tables = [
        query["sql"] for query in captured if "parvis_timetablemove" in query["sql"] or "logentry" in query["sql"]
    ]
    assert len(tables) == 2
    assert not [query["sql"] for query in captured if 'FROM "parvis_session"' in query["sql"]]
    assert organiser_client.get(address("timetable_since", 0), {"entry": "x"}).status_code == 400


def test_a_cancelled_card_is_not_moved(organiser_client: Client, edition: Edition, organiser: Actor) -> None:
    seen = place(edition, "S001")
    cancel_session(actor=organiser, session_id=pk("S001"))
    tray = {"room": None, "start": None, "length": seen["length"]}
    answer = ask(organiser_client, "timetable_move", pk("S001"), to=tray, seen=seen)
    assert answer.status_code == 409
    assert "est annulé" in answer.json()["refusal"]


def test_a_pin_and_a_length(organiser_client: Client, edition: Edition) -> None:
    assert ask(organiser_client, "timetable_pin", pk("S001"), pinned=True).json()["place"]["pinned"]
    seen = place(edition, "S001")
    answer = ask(organiser_client, "timetable_move", pk("S001"), to={**seen, "length": 45}, seen=seen).json()
    assert answer["place"]["length"] == 45


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", "not json", '{"to": 3, "seen": 4}', '{"to": {"room": "x", "start": 0, "length": 1}}']
)
def test_nonsense_is_refused_and_changes_nothing(organiser_client: Client, edition: Edition, body: str) -> None:
    answer = organiser_client.post(address("timetable_move", pk("S001")), body, content_type="application/json")
    assert answer.status_code == 400
    assert not TimetableMove.objects.exists()


def test_a_room_without_a_time_and_a_length_of_nothing(organiser_client: Client, edition: Edition) -> None:
    seen = place(edition, "S001")
    for to in ({**seen, "start": None}, {**seen, "length": 0}):
        answer = ask(organiser_client, "timetable_move", pk("S001"), to=to, seen=seen)
        assert answer.status_code == 409
        assert answer.json()["refusal"]


def test_others_look_and_do_not_move(read_only_client: Client, door_client: Client, edition: Edition) -> None:
    seen = place(edition, "S001")
    page = read_only_client.get(address("timetable"))
    assert page.status_code == 200
    assert 'data-may-edit="no"' in page.content.decode()
    assert ask(read_only_client, "timetable_move", pk("S001"), to=seen, seen=seen).status_code == 403
    assert ask(read_only_client, "timetable_undo", 1).status_code == 403
    assert door_client.get(address("timetable")).status_code == 403


def test_an_edition_without_dates_says_what_to_do(organiser_client: Client) -> None:
    an_edition(15, slug="2024", status="draft", starts_on=None, ends_on=None)
    page = organiser_client.get(reverse("desk:timetable", args=["2024"]))
    assert page.status_code == 200
    assert reverse("desk:edition", args=["2024"]) in page.content.decode()


def test_queries_do_not_grow_with_the_sessions(organiser_client: Client, edition: Edition) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            organiser_client.get(address("timetable"))
        return len(captured)

    count()
    few = count()
    room = Placement.objects.first()
    assert room is not None
    for n in range(20):
        Session.objects.create(
            edition=edition, code=f"X{n}", slug=f"x-{n}", format="workshop", title_fr=f"X {n}", duration_min=30
        )
    assert count() == few


def cards(edition: Edition) -> list[dict[str, Any]]:
    return [{"id": pk(code), **place(edition, code)} for code in build_timetable(edition.pk).placements]


def test_what_was_shown_leaves_in_one_step_and_comes_back_in_one(organiser_client: Client, edition: Edition) -> None:
    seen = cards(edition)
    answer = ask(organiser_client, "timetable_empty", seen=seen, screen="w1").json()
    assert answer["moves"] == [1, 2, 3, 4, 5, 6]
    assert {(card["id"], card["room"], card["start"]) for card in answer["places"]} == {
        (card["id"], None, None) for card in seen
    }
    assert not Placement.objects.exists()
    back = ask(organiser_client, "timetable_undo_step", numbers=answer["moves"], screen="w1").json()
    assert [{key: card[key] for key in seen[0]} for card in back["places"]] == sorted(seen, key=lambda card: card["id"])
    assert back["left"] == []
    assert back["violations"] == []
    again = ask(organiser_client, "timetable_undo_step", numbers=answer["moves"])
    assert again.status_code == 409
    assert again.json()["refusal"]


def test_a_card_moved_meanwhile_keeps_all_where_they_are(organiser_client: Client, edition: Edition) -> None:
    seen = cards(edition)
    seen[2] = {**seen[2], "start": seen[2]["start"] + 60}
    refused = ask(organiser_client, "timetable_empty", seen=seen)
    assert refused.status_code == 409
    assert refused.json()["changed"]
    assert Placement.objects.count() == 6


@pytest.mark.parametrize("name", ["timetable_empty", "timetable_undo_step"])
@pytest.mark.parametrize("body", [{}, {"seen": 3, "numbers": 3}, {"seen": [{"id": "x"}], "numbers": ["x"]}])
def test_a_step_of_nonsense_changes_nothing(
    organiser_client: Client, edition: Edition, name: str, body: dict[str, Any]
) -> None:
    assert ask(organiser_client, name, **body).status_code == 400
    assert not TimetableMove.objects.exists()


def test_others_empty_nothing(read_only_client: Client, edition: Edition) -> None:
    assert ask(read_only_client, "timetable_empty", seen=cards(edition)).status_code == 403
    assert ask(read_only_client, "timetable_undo_step", numbers=[1]).status_code == 403
    page = read_only_client.get(address("timetable")).content.decode()
    assert 'id="tt-empty-open"' not in page
