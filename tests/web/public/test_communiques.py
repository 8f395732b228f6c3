"""Press releases on the public site: only what is published, as page, PDF and DOCX, in every language of the site."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.models import Communique, Edition
from parvis.services.communiques import (
    approve_communique,
    draft_communique,
    publish_communique,
    withdraw_communique,
)
from parvis.services.releases import publish_release
from tests.factories.editions import an_edition, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(organiser: Actor) -> Edition:
    made = an_edition()
    fill(made)
    an_edition(15, slug="2024", status="announced", starts_on=None, ends_on=None, announced_month=date(2024, 10, 1))
    made.series.federation.city = "Paris"
    made.series.federation.save()
    made.sessions.filter(format="plenary").update(summary_fr="un plaidoyer", summary_en="the case for action")
    publish_release(actor=organiser, edition_id=made.pk)
    return made


def published(edition: Edition, actor: Actor) -> Communique:
    made = draft_communique(actor=actor, edition_id=edition.pk, dated_on=date(2023, 9, 20))
    approve_communique(actor=actor, communique_id=made.pk)
    return publish_communique(actor=actor, communique_id=made.pk)


def test_a_draft_is_never_seen(edition: Edition, press: Actor, client: Client) -> None:
    draft_communique(actor=press, edition_id=edition.pk, dated_on=date(2023, 9, 20))
    assert "14" not in client.get("/2023/communiques/").content.decode().split("<main")[1].split("</main")[0]
    for address in ("", "communique.pdf", "communique.docx"):
        assert client.get(f"/2023/communiques/1/{address}").status_code == 404


@pytest.mark.parametrize(
    ("prefix", "words"),
    [("", "Communiqué de presse"), ("/en", "Press release")],
)
def test_the_page_states_and_leads_to_definitions(
    edition: Edition, press: Actor, client: Client, prefix: str, words: str
) -> None:
    published(edition, press)
    listing = client.get(f"{prefix}/2023/communiques/")
    page = client.get(f"{prefix}/2023/communiques/1/")
    assert (listing.status_code, page.status_code) == (200, 200)
    text = page.content.decode()
    assert words in text
    assert f'{prefix}/2023/figures/#present"' in text
    assert "/2023/communiques/1/" in listing.content.decode()


def test_files_are_what_they_say(edition: Edition, press: Actor, client: Client) -> None:
    published(edition, press)
    pdf = client.get("/en/2023/communiques/1/communique.pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")
    assert "communique-2023-1-en.pdf" in pdf["Content-Disposition"]
    word = client.get("/2023/communiques/1/communique.docx")
    assert "14" in docx.Document(io.BytesIO(word.content)).core_properties.title


def test_a_newer_one_is_named_on_the_older(edition: Edition, press: Actor, client: Client) -> None:
    published(edition, press)
    published(edition, press)
    assert 'href="/2023/communiques/2/"' in client.get("/2023/communiques/1/").content.decode()
    assert 'href="/2023/communiques/2/"' not in client.get("/2023/communiques/2/").content.decode()


def test_a_withdrawn_one_is_gone(edition: Edition, press: Actor, client: Client) -> None:
    made = published(edition, press)
    assert client.get("/2023/communiques/1/").status_code == 200
    withdraw_communique(actor=press, communique_id=made.pk)
    assert client.get("/2023/communiques/1/").status_code == 404


def test_the_list_asks_as_much_for_many(
    edition: Edition, press: Actor, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    published(edition, press)
    client.get("/2023/")  # the release is read once
    with django_assert_max_num_queries(20) as one:
        client.get("/2023/communiques/")
    for _ in range(3):
        published(edition, press)
    with django_assert_max_num_queries(len(one)):
        client.get("/2023/communiques/")
