"""One's own page of a proposal: where it stands, several who write, submitting, withdrawing, the decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client

from parvis.domain.calls.states import Decision
from parvis.models import Call, Mail, Proposal, ProposalEditor
from parvis.queries.proposals import form_of
from parvis.services.decisions import decide
from parvis.services.proposals import save_proposal
from parvis.web.space.proposal_forms import initial_of
from tests.factories.calls import DESK, a_form, a_proposal, an_open_call, announced, author_of, close, editor_of, reread

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def call() -> Call:
    return an_open_call()


@pytest.fixture
def proposal(call: Call) -> Proposal:
    return a_proposal(call, now=NOW, submit=False)


def page_of(proposal: Proposal, tail: str = "") -> str:
    return f"/proposals/{editor_of(proposal).token}/{tail}"


def answers(proposal: Proposal, **changes: Any) -> dict[str, Any]:
    found = reread(proposal)
    return {**initial_of(form_of(found)), "revision": found.revision, "save": "1", **changes}


def test_a_draft_tells_what_is_missing_and_a_whole_one_can_be_submitted(client: Client, proposal: Proposal) -> None:
    page = client.get(page_of(proposal)).content.decode()
    assert "Il n’y manque rien" in page
    assert page_of(proposal, "submit/") in page
    author = author_of(proposal)
    save_proposal(actor=author, proposal_id=proposal.pk, form=a_form(abstract_fr="", title_fr=""), seen=None, now=NOW)
    page = client.get(page_of(proposal)).content.decode()
    assert "Donnez un titre, en français ou en anglais." in page
    assert page_of(proposal, "submit/") not in page
    client.post(page_of(proposal, "submit/"))
    assert reread(proposal).status == "draft"


def test_submitting_withdrawing_and_taking_up_again(client: Client, proposal: Proposal) -> None:
    for tail, status in (("submit/", "submitted"), ("withdraw/", "withdrawn"), ("take-up/", "draft")):
        assert client.post(page_of(proposal, tail))["Location"] == page_of(proposal)
        assert reread(proposal).status == status
    assert client.get(page_of(proposal, "withdraw/")).status_code == 200
    for tail in ("submit/", "take-up/", "authors/"):
        assert client.get(page_of(proposal, tail)).status_code == 405


@pytest.mark.parametrize("token", ["x", "a" * 43, "é" * 43])
@pytest.mark.parametrize("tail", ["", "edit/", "slot/", "withdraw/"])
def test_a_forged_link_says_what_to_do(client: Client, proposal: Proposal, token: str, tail: str) -> None:
    response = client.get(f"/proposals/{token}/{tail}")
    assert response.status_code == 404
    assert "Ce lien n’ouvre rien" in response.content.decode()
    assert response.headers["Cache-Control"] == "private, no-store"


def test_guessing_links_is_slowed_down(client: Client, settings: Any) -> None:
    settings.PARVIS_RATE_LIMITS = {"token": (1, 60)}
    assert client.get(f"/proposals/{'b' * 43}/").status_code == 404
    assert client.get(f"/proposals/{'c' * 43}/").status_code == 429


def test_editing_saves_and_stays_in_the_form(client: Client, proposal: Proposal) -> None:
    page = client.get(page_of(proposal, "edit/")).content.decode()
    assert 'value="Atelier 1"' in page
    assert 'name="revision" value="1"' in page
    response = client.post(page_of(proposal, "edit/"), answers(proposal, title_fr="Neuf"))
    assert response["Location"] == page_of(proposal, "edit/")
    assert "data-draft-done" in client.get(response["Location"]).content.decode()
    assert reread(proposal).title_fr == "Neuf"
    response = client.post(page_of(proposal, "edit/"), answers(proposal, submit="1"))
    assert response["Location"] == page_of(proposal)
    assert reread(proposal).status == "submitted"


def test_two_who_write_at_once_see_both_texts_and_overwrite_knowingly(client: Client, proposal: Proposal) -> None:
    before = answers(proposal, title_fr="La mienne")
    other = author_of(proposal)
    save_proposal(actor=other, proposal_id=proposal.pk, form=a_form(title_fr="Celle de l’autre"), seen=1, now=NOW)
    response = client.post(page_of(proposal, "edit/"), before)
    assert response.status_code == 422
    page = response.content.decode()
    assert "Celle de l’autre" in page
    assert 'value="La mienne"' in page
    assert 'name="revision" value="2"' in page
    assert reread(proposal).title_fr == "Celle de l’autre"
    assert client.post(page_of(proposal, "edit/"), {**before, "revision": "2"}).status_code == 302
    assert reread(proposal).title_fr == "La mienne"


def test_the_same_form_sent_twice_is_harmless(client: Client, proposal: Proposal) -> None:
    sent = answers(proposal, title_fr="Deux fois", submit="1")
    for _ in range(2):
        assert client.post(page_of(proposal, "edit/"), sent).status_code == 302
    assert (reread(proposal).revision, reread(proposal).status) == (2, "submitted")
    assert Mail.objects.filter(key__startswith="proposal_received").count() == 1


def test_faults_keep_what_was_typed(client: Client, proposal: Proposal) -> None:
    response = client.post(
        page_of(proposal, "edit/"), answers(proposal, abstract_fr="Court", title_fr="T" * 250, submit="1")
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert 'id="id_abstract_fr_error"' in page
    assert "T" * 250 in page
    assert client.post(page_of(proposal, "edit/"), answers(proposal, title_fr="T" * 250)).status_code == 302


def test_closing_while_editing(client: Client, call: Call, proposal: Proposal) -> None:
    shown = signing.dumps((datetime.now(UTC) - timedelta(hours=2)).timestamp(), salt="parvis.proposal-form")
    submitted = a_proposal(call, 2, now=NOW)
    sent = answers(proposal, title_fr="Trop tard", shown_at=shown, submit="1")
    late = answers(submitted, title_fr="Changé trop tard", shown_at=shown)
    close(call)
    response = client.post(page_of(proposal, "edit/"), sent, follow=True)
    assert "pendant que vous écriviez" in response.content.decode()
    assert (reread(proposal).status, reread(proposal).title_fr) == ("draft", "Trop tard")
    response = client.post(page_of(submitted, "edit/"), late)
    assert response.status_code == 422
    assert "Changé trop tard" in response.content.decode()
    assert reread(submitted).title_fr == "Atelier 2"
    assert client.get(page_of(submitted, "edit/"))["Location"] == page_of(submitted)


def test_inviting_and_taking_out(client: Client, proposal: Proposal) -> None:
    invited = {"contact_name": "Moussa", "contact_email": "moussa@example.org", "contact_language": "en"}
    assert client.post(page_of(proposal, "authors/"), invited).status_code == 302
    added = ProposalEditor.objects.get(email="moussa@example.org")
    assert added.token in Mail.objects.get(recipient="moussa@example.org").body_text
    assert added.token not in client.get(page_of(proposal)).content.decode()
    again = client.post(page_of(proposal, "authors/"), invited)
    assert again.status_code == 422
    assert 'id="id_contact_email_error"' in again.content.decode()
    assert client.post(page_of(proposal, "authors/"), {**invited, "contact_email": "m"}).status_code == 422
    client.post(page_of(proposal, f"authors/{added.pk}/remove/"))
    assert client.get(f"/proposals/{added.token}/").status_code == 404
    client.post(page_of(proposal, f"authors/{editor_of(proposal).pk}/remove/"))
    assert client.get(page_of(proposal)).status_code == 200


def test_invitations_are_limited(client: Client, proposal: Proposal, settings: Any) -> None:
    settings.PARVIS_RATE_LIMITS = {"invite": (0, 600)}
    invited = {"contact_name": "Moussa", "contact_email": "moussa@example.org", "contact_language": "en"}
    assert client.post(page_of(proposal, "authors/"), invited).status_code == 429
    assert ProposalEditor.objects.count() == 1


def test_nothing_of_a_decision_shows_before_it_is_announced(client: Client, call: Call) -> None:
    proposal = a_proposal(call, now=NOW)
    close(call)
    decide(actor=DESK, proposal_id=proposal.pk, decision=Decision.DECLINED, note="Trop proche")
    page = client.get(page_of(proposal)).content.decode()
    assert "Trop proche" not in page
    assert "Non retenue" not in page
    announced(call, now=datetime.now(UTC))
    page = client.get(page_of(proposal)).content.decode()
    assert "Trop proche" in page
    assert "Non retenue" in page


def test_the_pages_take_as_many_queries_with_many_authors(
    client: Client, proposal: Proposal, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(4):  # the fourth reads what the session has to say
        client.get(page_of(proposal))
    for number in range(8):
        invited = {"contact_name": f"N{number}", "contact_email": f"n{number}@example.org", "contact_language": "fr"}
        client.post(page_of(proposal, "authors/"), invited)
    client.get(page_of(proposal))
    with django_assert_max_num_queries(4):
        client.get(page_of(proposal))
