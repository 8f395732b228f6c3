"""A reviewer's queue: what may be read, one after the other; conflicts declared; others' scores after one's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from parvis.domain.access import Actor
from parvis.models import Call, Proposal, ProposalEditor, Review
from parvis.services.reviews import give_review
from tests.factories.calls import a_proposal, an_open_call, announced, close

pytestmark = pytest.mark.django_db
QUEUE = "/desk/2023/reviews/"


@pytest.fixture
def made() -> list[Proposal]:
    call = an_open_call()
    proposals = [a_proposal(call, number, now=datetime.now(UTC)) for number in (1, 2, 3)]
    close(call)
    return proposals


def page(client: Client, address: str = QUEUE) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def test_a_reviewer_signs_in_to_their_queue_and_sees_nothing_else(
    made: list[Proposal], reviewer_client: Client
) -> None:
    assert reviewer_client.get("/desk/reviews/")["Location"] == QUEUE
    text = page(reviewer_client)
    assert all(f"Atelier {number}" in text for number in (1, 2, 3))
    assert 'href="/desk/2023/reviews/"' in text
    for hidden in ("/desk/2023/calls/", "/desk/2023/people/", "zoe1@example.org"):
        assert hidden not in text
    assert "zoe1@example.org" not in page(reviewer_client, f"{QUEUE}{made[0].pk}/")


def test_one_after_the_other_until_all_are_read(made: list[Proposal], reviewer_client: Client) -> None:
    address = f"{QUEUE}{made[0].pk}/"
    seen = {made[0].pk}
    for _ in range(2):
        response = reviewer_client.post(address, {"score_interet": "4", "score_clarte": "3", "next": "1"})
        address = response["Location"]
        seen.add(int(address.rstrip("/").rpartition("/")[2]))
    assert seen == {proposal.pk for proposal in made}
    response = reviewer_client.post(address, {"score_interet": "4", "score_clarte": "3", "next": "1"})
    assert response["Location"] == QUEUE
    assert "Vous avez tout lu" in page(reviewer_client)
    assert Review.objects.count() == 3


def test_faults_stand_beside_their_field_and_the_comment_is_kept(made: list[Proposal], reviewer_client: Client) -> None:
    address = f"{QUEUE}{made[0].pk}/"
    response = reviewer_client.post(address, {"score_interet": "4", "comment": "À garder"})
    assert response.status_code == 422
    text = response.content.decode()
    assert 'id="id_score_clarte_error"' in text
    assert "À garder" in text
    assert "checked" in text
    assert reviewer_client.post(address, {"score_interet": "9", "score_clarte": "1"}).status_code == 422
    assert reviewer_client.post(address, {"conflict": "on"}).status_code == 422
    assert not Review.objects.exists()


def test_a_conflict_is_declared_and_hides_what_the_others_think(
    made: list[Proposal], organiser: Actor, reviewer_client: Client
) -> None:
    give_review(actor=organiser, proposal_id=made[0].pk, scores={"interet": 5, "clarte": 1}, comment="Avis de l’autre")
    address = f"{QUEUE}{made[0].pk}/"
    assert "Avis de l’autre" not in page(reviewer_client, address)
    reviewer_client.post(address, {"conflict": "on", "conflict_reason": "Ma commune"})
    assert "Avis de l’autre" not in page(reviewer_client, address)
    reviewer_client.post(address, {"score_interet": "2", "score_clarte": "2"})
    assert "Avis de l’autre" in page(reviewer_client, address)


def test_the_organiser_scores_without_seeing_the_others_first(
    made: list[Proposal], reviewer: Actor, organiser_client: Client
) -> None:
    give_review(actor=reviewer, proposal_id=made[0].pk, scores={"interet": 5, "clarte": 1}, comment="Avis de l’autre")
    assert "Avis de l’autre" not in page(organiser_client, f"{QUEUE}{made[0].pk}/")


def test_nobody_reviews_their_own(made: list[Proposal], reviewer: Actor, reviewer_client: Client) -> None:
    ProposalEditor.objects.filter(proposal=made[0]).update(email=reviewer.email)
    assert 'name="score_interet"' not in page(reviewer_client, f"{QUEUE}{made[0].pk}/")
    response = reviewer_client.post(f"{QUEUE}{made[0].pk}/", {"score_interet": "5", "score_clarte": "5"})
    assert response.status_code == 422
    assert not Review.objects.exists()


def test_nothing_is_read_before_the_closing_nor_after_the_announcement(
    made: list[Proposal], reviewer_client: Client
) -> None:
    announced(made[0].call, *made, now=datetime.now(UTC))
    assert reviewer_client.get(f"{QUEUE}{made[0].pk}/").status_code == 404
    assert "Rien à évaluer" in page(reviewer_client)
    Call.objects.update(announced_at=None, closes_at=datetime(2090, 1, 1, tzinfo=UTC), choose_by=None)
    assert reviewer_client.get(f"{QUEUE}{made[0].pk}/").status_code == 404
    assert "Micro-ateliers" in page(reviewer_client)


@pytest.mark.parametrize("role", ["read_only", "door", "press"])
def test_others_are_kept_out(
    role: str, request: pytest.FixtureRequest, made: list[Proposal], client_of: Callable[[Actor], Client]
) -> None:
    client = client_of(request.getfixturevalue(role))
    for address in ("/desk/reviews/", QUEUE, f"{QUEUE}{made[0].pk}/"):
        assert client.get(address).status_code == 403, address


def test_the_number_of_queries_does_not_grow(
    made: list[Proposal], organiser: Actor, reviewer_client: Client, django_assert_max_num_queries: Any
) -> None:
    call = made[0].call
    addresses = (QUEUE, f"{QUEUE}{made[0].pk}/")
    counts = []
    for address in addresses:
        reviewer_client.get(address)
        with django_assert_max_num_queries(16) as captured:
            reviewer_client.get(address)
        counts.append(len(captured))
    Call.objects.update(closes_at=datetime(2090, 1, 1, tzinfo=UTC), choose_by=None)
    for number in range(10, 25):
        a_proposal(call, number, now=datetime.now(UTC))
    close(call)
    for proposal in Proposal.objects.all():
        give_review(actor=organiser, proposal_id=proposal.pk, scores={"interet": 1, "clarte": 1})
    for address, few in zip(addresses, counts, strict=True):
        with django_assert_max_num_queries(few):
            reviewer_client.get(address)
