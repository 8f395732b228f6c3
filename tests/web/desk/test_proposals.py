"""Proposals at the desk: searched, sorted by score, exported, decided quietly, announced together, given a slot."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from parvis.domain.access import Actor
from parvis.domain.calls.states import Decision
from parvis.models import Call, Mail, Proposal
from parvis.services.decisions import decide
from parvis.services.reviews import give_review
from tests.factories.calls import (
    DESK,
    a_form,
    a_proposal,
    an_open_call,
    announced,
    close,
    editor_of,
    reread,
    sent,
    some_slots,
)

pytestmark = pytest.mark.django_db
CALL = "/desk/2023/calls/micro-ateliers/"


@pytest.fixture
def call() -> Call:
    return an_open_call()


def proposals(call: Call, count: int) -> list[Proposal]:
    now = datetime.now(UTC)
    made = [a_proposal(call, number, now=now) for number in range(1, count + 1)]
    close(call)
    return made


def score(actor: Actor, proposal: Proposal, interest: int) -> None:
    give_review(actor=actor, proposal_id=proposal.pk, scores={"interet": interest, "clarte": interest})


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def at(proposal: Proposal, tail: str = "") -> str:
    return f"{CALL}{proposal.pk}/{tail}"


def titles(text: str) -> list[str]:
    return [part.split("<")[0] for part in text.split("proposals/")[1:] for part in [part.split(">", 1)[1]]]


def test_the_list_is_sorted_by_score_with_ranks(call: Call, organiser: Actor, organiser_client: Client) -> None:
    one, two, three = proposals(call, 3)
    for proposal, interest in ((one, 2), (two, 5), (three, 5)):
        score(organiser, proposal, interest)
    text = page(organiser_client, f"{CALL}?sort=score")
    assert [text.index(f"Atelier {n}") for n in (2, 3, 1)] == sorted(text.index(f"Atelier {n}") for n in (2, 3, 1))
    assert text.count('<td class="number">1</td>') >= 2  # the first rank is shared


def test_searching_and_filtering(call: Call, organiser: Actor, organiser_client: Client) -> None:
    one, two = proposals(call, 2)
    score(organiser, one, 4)
    decide(actor=DESK, proposal_id=two.pk, decision=Decision.RESERVE)
    for query, shown, hidden in (
        ("q=atelier+1", "Atelier 1", "Atelier 2"),
        ("q=BENALI2", "Atelier 2", "Atelier 1"),
        ("q=zoe1%40example", "Atelier 1", "Atelier 2"),
        ("reviewed=none", "Atelier 2", "Atelier 1"),
        ("decision=reserve", "Atelier 2", "Atelier 1"),
        ("status=draft", "Rien ne correspond", "Atelier 1"),
    ):
        text = page(organiser_client, f"{CALL}?{query}")
        assert shown in text, query
        assert hidden not in text, query


def test_the_spreadsheet_holds_everything_and_no_formula(
    call: Call, organiser: Actor, organiser_client: Client
) -> None:
    now = datetime.now(UTC)
    sent(call, a_form(title_fr="=HYPERLINK(1)"), now=now)
    one = a_proposal(call, 1, now=now)
    close(call)
    score(organiser, one, 3)
    response = organiser_client.get(f"{CALL}?export=xlsx&q=atelier")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 2
    line = dict(zip(rows[0], rows[1], strict=True))
    assert (line["Référence"], line["Moyenne"], line["Besoin"]) == ("P002", 3.0, "Un écran")
    assert "zoe1@example.org" in line["Auteurs"]
    response = organiser_client.get(f"{CALL}?export=xlsx")
    assert len(CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()) == 3


def test_deciding_quietly_then_announcing_together(call: Call, organiser_client: Client) -> None:
    one, two = proposals(call, 2)
    Mail.objects.all().delete()
    response = organiser_client.post(at(one), {"decision": "declined", "note": "", "seen": "none"})
    assert response.status_code == 422
    assert 'id="id_note_error"' in response.content.decode()
    assert organiser_client.post(at(one), {"decision": "declined", "note": "Merci", "seen": "none"}).status_code == 302
    assert not Mail.objects.exists()
    text = page(organiser_client, f"{CALL}decisions/")
    assert "announce/" not in text  # one is undecided
    organiser_client.post(at(two), {"decision": "accepted", "note": "", "seen": "none"})
    text = page(organiser_client, f"{CALL}decisions/")
    assert "zoe1@example.org" in text
    seen = text.split('name="print" value="')[1].split('"')[0]
    assert "Merci" in page(organiser_client, at(one, "mail/"))
    shown = page(organiser_client, at(two, "mail/"))
    assert editor_of(two).token not in shown
    for _ in range(2):
        organiser_client.post(f"{CALL}announce/", {"print": seen})
    assert Mail.objects.count() == 2
    text = page(organiser_client, f"{CALL}decisions/")
    assert "Atelier 2" in text
    assert "Annoncées le" in text


def test_an_old_preview_is_not_announced(call: Call, organiser_client: Client) -> None:
    (one,) = proposals(call, 1)
    decide(actor=DESK, proposal_id=one.pk, decision=Decision.ACCEPTED)
    Mail.objects.all().delete()
    organiser_client.post(f"{CALL}announce/", {"print": "other"})
    assert not Mail.objects.exists()
    assert "relisez qui reçoit quoi" in page(organiser_client, f"{CALL}decisions/")


def test_a_decision_made_meanwhile_is_shown(call: Call, organiser_client: Client) -> None:
    (one,) = proposals(call, 1)
    decide(actor=DESK, proposal_id=one.pk, decision=Decision.RESERVE)
    answer = {"decision": "accepted", "note": "", "seen": "none"}
    assert organiser_client.post(at(one), answer).status_code == 422
    assert reread(one).decision == "reserve"
    assert organiser_client.post(at(one), {**answer, "seen": "reserve"}).status_code == 302


def test_a_conflict_hides_scores_and_the_decision(call: Call, organiser: Actor, organiser_client: Client) -> None:
    (one,) = proposals(call, 1)
    give_review(actor=organiser, proposal_id=one.pk, scores={}, conflict=True, conflict_reason="Ma commune")
    text = page(organiser_client, at(one))
    assert 'name="decision"' not in text
    assert "conflit d’intérêts" in text
    response = organiser_client.post(at(one), {"decision": "accepted", "note": "", "seen": "none"})
    assert response.status_code == 422
    assert reread(one).decision == "none"


def test_the_reader_sees_neither_scores_nor_what_is_prepared(
    call: Call, organiser: Actor, read_only_client: Client
) -> None:
    (one,) = proposals(call, 1)
    score(organiser, one, 4)
    decide(actor=DESK, proposal_id=one.pk, decision=Decision.DECLINED, note="Secret encore")
    for address in (at(one), CALL, f"{CALL}decisions/", f"{CALL}?decision=declined"):
        text = page(read_only_client, address)
        assert "4,00" not in text
        assert "Secret encore" not in text
        assert ">Non retenue</span>" not in text
    assert read_only_client.post(at(one), {"decision": "accepted"}).status_code == 403
    assert read_only_client.get(at(one, "mail/")).status_code == 403
    response = read_only_client.get(f"{CALL}?export=xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    line = dict(zip(rows[0], rows[1], strict=True))
    assert (line["Décision"], line["Moyenne"], line["Mot aux auteurs"]) == ("", "", "")


def test_what_the_desk_does_for_the_authors(call: Call, organiser_client: Client) -> None:
    now = datetime.now(UTC)
    draft, selected = a_proposal(call, 1, now=now, submit=False), a_proposal(call, 2, now=now)
    slots = some_slots(call)
    announced(close(call), selected, now=now)
    organiser_client.post(at(draft, "submit/"))
    assert reread(draft).status == "submitted"
    organiser_client.post(at(selected, "slot/"), {"slot": slots[0].pk})
    assert reread(selected).slot == slots[0]
    organiser_client.post(at(selected, "slot/"), {"slot": "x"})
    organiser_client.post(at(selected, "take-slot-back/"))
    assert reread(selected).slot is None
    organiser_client.post(at(draft, "withdraw/"))
    assert reread(draft).status == "withdrawn"
    organiser_client.post(at(draft, "take-up/"))
    assert reread(draft).status == "draft"
    assert organiser_client.post(at(draft, "nonsense/")).status_code == 404
    assert organiser_client.get(f"{CALL}987654/").status_code == 404


def test_reminders_by_hand_leave_once_a_day(call: Call, organiser_client: Client) -> None:
    a_proposal(call, 1, now=datetime.now(UTC), submit=False)
    Mail.objects.all().delete()
    for _ in range(2):
        organiser_client.post(f"{CALL}remind/drafts/")
    assert Mail.objects.count() == 1
    assert organiser_client.post(f"{CALL}remind/nobody/").status_code == 404


@pytest.mark.parametrize("role", ["door", "press", "reviewer"])
def test_others_are_kept_out(
    role: str, request: pytest.FixtureRequest, call: Call, client_of: Callable[[Actor], Client]
) -> None:
    (one,) = proposals(call, 1)
    client = client_of(request.getfixturevalue(role))
    for address in (CALL, at(one), f"{CALL}decisions/", at(one, "mail/")):
        assert client.get(address).status_code == 403, address
    for address in (at(one, "withdraw/"), at(one, "slot/"), f"{CALL}announce/", f"{CALL}remind/drafts/"):
        assert client.post(address).status_code == 403, address
    assert reread(one).status == "submitted"


def test_the_number_of_queries_does_not_grow(
    call: Call, organiser: Actor, organiser_client: Client, django_assert_max_num_queries: Any
) -> None:
    made = proposals(call, 2)
    for proposal in made:
        score(organiser, proposal, 4)
    some_slots(call)
    addresses = (CALL, at(made[0]), f"{CALL}decisions/", f"{CALL}?export=xlsx")
    counts = []
    for address in addresses:
        organiser_client.get(address)
        with django_assert_max_num_queries(24) as captured:
            organiser_client.get(address)
        counts.append(len(captured))
    Call.objects.update(closes_at=datetime(2090, 1, 1, tzinfo=UTC), choose_by=None)
    for number in range(10, 20):
        a_proposal(call, number, now=datetime.now(UTC))
    close(call)
    for proposal in Proposal.objects.all():
        score(organiser, proposal, 3)
    for address, few in zip(addresses, counts, strict=True):
        with django_assert_max_num_queries(few):
            organiser_client.get(address)
