"""Answering a call on the site: kept as a draft or submitted, whole on every refusal, harmless when sent twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client

from parvis.models import Call, Mail, Organisation, Proposal
from parvis.web.space.proposal_forms import new_shown_at
from tests.factories.calls import ABSTRACT, a_call, a_proposal, an_open_call, close, editor_of

pytestmark = pytest.mark.django_db
PAGE = "/2023/calls/micro-ateliers/propose/"


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def call() -> Call:
    return an_open_call()


def answers(**changes: Any) -> dict[str, Any]:
    return {
        "form_key": str(uuid4()),
        "shown_at": new_shown_at(),
        "speaker_count": "1",
        "organisation": "Ville de Dijon",
        "country": "FR",
        "contact_name": "Zoé N’Diaye",
        "contact_email": "zoe@example.org",
        "contact_language": "fr",
        "title_fr": "L’eau en partage",
        "abstract_fr": ABSTRACT,
        "title_en": "",
        "abstract_en": "",
        "spoken": ["fr"],
        "sdgs": ["6"],
        "speaker_0_first_name": "Aïcha",
        "speaker_0_last_name": "Benali",
        "speaker_0_email": "aicha@example.org",
        "speaker_0_title": "Adjointe au maire",
        "question_besoin": "Un écran",
        "submit": "1",
        **changes,
    }


def draft(**changes: Any) -> dict[str, Any]:
    given = answers(**changes)
    del given["submit"]
    return {**given, "save": "1"}


def test_the_form_asks_everything_in_both_languages(client: Client, call: Call) -> None:
    response = client.get(PAGE)
    assert response.status_code == 200
    page = response.content.decode()
    for name in ("organisation", "contact_email", "title_fr", "abstract_en", "speaker_0_title", "question_besoin"):
        assert f'name="{name}"' in page
    assert 'data-longest="1500"' in page
    assert 'maxlength="1500"' not in page  # a text pasted too long is not cut
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Screen, sound" in client.get("/en" + PAGE).content.decode()


def test_submitting_leads_to_ones_own_page(client: Client, call: Call) -> None:
    response = client.post(PAGE, answers())
    assert response.status_code == 302, response.content.decode()
    proposal = Proposal.objects.get()
    assert proposal.status == "submitted"
    assert response["Location"] == f"/proposals/{editor_of(proposal).token}/"
    page = client.get(response["Location"]).content.decode()
    assert f'data-draft-done="call {call.pk}"' in page
    assert "P001" in page
    assert "data-draft-done" not in client.get(response["Location"]).content.decode()  # said once


def test_a_draft_needs_only_an_address_and_leads_back_into_the_form(client: Client, call: Call) -> None:
    empty = dict.fromkeys(
        ("organisation", "title_fr", "abstract_fr", "speaker_0_last_name", "speaker_0_first_name"), ""
    )
    response = client.post(PAGE, draft(**empty, spoken=[]))
    proposal = Proposal.objects.get()
    assert (response.status_code, proposal.status) == (302, "draft")
    assert response["Location"] == f"/proposals/{editor_of(proposal).token}/edit/"
    assert client.post(PAGE, draft(contact_email="")).status_code == 422


def test_the_same_form_sent_twice_is_one_proposal_and_one_mail(client: Client, call: Call) -> None:
    sent = answers()
    first, second = client.post(PAGE, sent), client.post(PAGE, sent)
    assert first["Location"] == second["Location"]
    assert (Proposal.objects.count(), Mail.objects.count()) == (1, 1)


def test_coming_back_with_the_browser_changes_the_draft_and_makes_no_second_one(client: Client, call: Call) -> None:
    sent = draft()
    client.post(PAGE, sent)
    client.post(PAGE, {**sent, "title_fr": "Mieux dit"})
    proposal = Proposal.objects.get()
    assert proposal.title_fr == "Mieux dit"
    response = client.post(PAGE, {**sent, "title_fr": "D’un autre", "contact_email": "intrus@example.org"})
    assert response.status_code == 422
    assert editor_of(proposal).token not in response.content.decode()


def test_every_fault_stands_beside_its_field_and_nothing_typed_is_lost(client: Client, call: Call) -> None:
    long = "T" * 2000
    response = client.post(
        PAGE, answers(title_fr=long, abstract_fr="Court", contact_email="zoe", speaker_0_email="aicha")
    )
    assert response.status_code == 422
    page = response.content.decode()
    for name in ("title_fr", "abstract_fr", "contact_email", "speaker_0_email"):
        assert f'id="id_{name}_error"' in page
    assert long in page
    assert 'value="Un écran"' in page or ">\nUn écran</textarea>" in page
    assert "data-fresh" in page
    assert not Proposal.objects.exists()


def test_an_empty_row_of_speakers_does_not_shift_the_fault(client: Client, call: Call) -> None:
    sent = answers(
        speaker_count="3", speaker_0_first_name="", speaker_0_last_name="", speaker_0_email="", speaker_0_title=""
    )
    sent |= {"speaker_1_first_name": "Noël", "speaker_1_last_name": "Faye"}
    sent |= {"speaker_2_first_name": "Zoé", "speaker_2_last_name": "Sy", "speaker_2_email": "zoe"}
    page = client.post(PAGE, sent).content.decode()
    assert 'id="id_speaker_2_email_error"' in page
    assert 'id="id_speaker_1_email_error"' not in page


def test_rows_of_speakers_come_and_go_without_javascript(client: Client, call: Call) -> None:
    sent = answers(title_fr="Gardé")
    del sent["submit"]
    page = client.post(PAGE, {**sent, "add_speaker": "1"})
    assert page.status_code == 200
    text = page.content.decode()
    assert 'name="speaker_1_first_name"' in text
    assert 'value="Gardé"' in text
    assert 'value="Aïcha"' in text
    assert 'class="error"' not in text
    two = {**sent, "speaker_count": "2", "speaker_1_first_name": "Noël", "speaker_1_last_name": "Faye"}
    text = client.post(PAGE, {**two, "remove_speaker": "0"}).content.decode()
    assert 'name="speaker_1_first_name"' not in text
    assert 'value="Noël"' in text
    assert 'value="Aïcha"' not in text
    full = {**sent, "speaker_count": "6", "add_speaker": "1"}
    assert 'name="speaker_6_first_name"' not in client.post(PAGE, full).content.decode()
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("count", ["", "x", "-3", "9999999", "0"])
def test_a_forged_number_of_rows_is_put_right(client: Client, call: Call, count: str) -> None:
    response = client.post(PAGE, {**draft(), "speaker_count": count, "add_speaker": "1"})
    assert response.status_code == 200
    assert client.get(f"{PAGE}?speakers={count}").status_code == 200


def test_namesakes_are_offered_and_the_choice_is_taken(client: Client, call: Call) -> None:
    sent = answers(organisation="Saint-Denis")
    response = client.post(PAGE, sent)
    assert response.status_code == 422
    assert 'value="commune:93066"' in response.content.decode()
    chosen = {"asked_organisation": "1", "organisation_for": "Saint-Denis", "organisation_key": "commune:93066"}
    assert client.post(PAGE, sent | chosen).status_code == 302
    organisation = Proposal.objects.get().organisation
    assert organisation is not None
    assert organisation.insee_code == "93066"


def test_an_organisation_from_abroad_and_one_that_nobody_knows(client: Client, call: Call) -> None:
    assert client.post(PAGE, answers(organisation="Ville de Saint-Louis", country="SN")).status_code == 302
    sent = answers(organisation="Zzyx Qwert")
    assert client.post(PAGE, sent).status_code == 422
    chosen = {
        "asked_organisation": "1",
        "organisation_for": "Zzyx Qwert",
        "organisation_key": "new",
        "organisation_kind": "association",
    }
    assert client.post(PAGE, sent | chosen).status_code == 302
    assert Organisation.objects.get(name_fr="Zzyx Qwert").kind == "association"


def test_closing_while_typing_keeps_the_draft_and_says_so(client: Client, call: Call) -> None:
    shown = signing.dumps((datetime.now(UTC) - timedelta(hours=2)).timestamp(), salt="parvis.proposal-form")
    close(call)
    response = client.post(PAGE, answers(shown_at=shown))
    assert response.status_code == 302
    proposal = Proposal.objects.get()
    assert (proposal.status, proposal.title_fr) == ("draft", "L’eau en partage")
    page = client.get(response["Location"]).content.decode()
    assert "pendant que vous écriviez" in page
    assert Mail.objects.count() == 1


@pytest.mark.parametrize("shown_at", ["", "forged", "1:abc:def"])
def test_after_the_closing_a_form_that_proves_nothing_is_refused_and_kept(
    client: Client, call: Call, shown_at: str
) -> None:
    close(call)
    response = client.post(PAGE, answers(shown_at=shown_at))
    assert response.status_code == 422
    assert "L’eau en partage" in response.content.decode()
    assert not Proposal.objects.exists()


def test_a_closed_call_says_why_and_offers_the_link_again(client: Client, call: Call) -> None:
    close(call)
    response = client.get(PAGE)
    assert response.status_code == 200
    page = response.content.decode()
    assert "<form" not in page
    assert "/2023/calls/micro-ateliers/again/" in page


def test_what_is_not_public_is_not_found(client: Client, call: Call) -> None:
    now = datetime.now(UTC)
    Call.objects.update(opens_at=now + timedelta(days=1), closes_at=now + timedelta(days=2))
    for page in (PAGE, "/2023/calls/micro-ateliers/", "/2023/calls/micro-ateliers/again/", "/2023/calls/rien/propose/"):
        assert client.get(page).status_code == 404, page
    Call.objects.update(opens_at=now - timedelta(days=1))
    for status in ("draft", "cancelled"):
        call.edition.status = status
        call.edition.save()
        assert client.get(PAGE).status_code == 404


def test_traps_limits_and_null_characters(client: Client, call: Call, settings: Any) -> None:
    assert client.post(PAGE, answers(nickname="bot")).status_code == 422
    assert client.post(PAGE, answers(title_fr="a\x00b")).status_code == 422
    assert client.post(PAGE, answers(spoken=["xx"])).status_code == 422
    assert client.post(PAGE, answers(country="XX")).status_code == 422
    assert client.post(PAGE, answers(form_key="nonsense")).status_code == 422
    settings.PARVIS_RATE_LIMITS = {"propose": (1, 600)}
    cache.clear()
    assert client.post(PAGE, answers(title_fr="")).status_code == 422
    response = client.post(PAGE, answers(title_fr="Trop vite"))
    assert response.status_code == 429
    assert "Trop vite" in response.content.decode()
    assert not Proposal.objects.exists()


def test_markup_and_arabic_are_shown_as_text(client: Client, call: Call) -> None:
    response = client.post(PAGE, answers(title_fr="<script>alert(1)</script> الماء"))
    page = client.get(response["Location"]).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; الماء" in page
    assert "<script>alert" not in page
    assert 'dir="auto"' in page


def test_the_link_goes_again_without_telling_whether_there_is_one(client: Client, call: Call) -> None:
    proposal = a_proposal(call, now=datetime.now(UTC))
    Mail.objects.all().delete()
    page = "/2023/calls/micro-ateliers/again/"
    assert client.get(page).status_code == 200
    known, unknown = client.post(page, {"email": "zoe1@example.org"}), client.post(page, {"email": "x@example.org"})
    assert known.status_code == unknown.status_code == 200
    token = re.compile(rb'csrfmiddlewaretoken" value="[^"]+"')
    assert token.sub(b"", known.content) == token.sub(b"", unknown.content)
    assert editor_of(proposal).token in Mail.objects.get().body_text
    assert client.post(page, {"email": "no"}).status_code == 422


def test_the_number_of_queries_does_not_grow(client: Client, django_assert_max_num_queries: Any) -> None:
    call = a_call(opens_at=datetime(2023, 1, 1, tzinfo=UTC), closes_at=datetime(2090, 1, 1, tzinfo=UTC), choose_by=None)
    for number in range(2):
        for one in range(number * 6, number * 6 + 6):
            a_proposal(call, one)
        with django_assert_max_num_queries(1):
            client.get(PAGE)
