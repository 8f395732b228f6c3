"""PDFs of a release: made once, kept, with a tag; refused politely where too many are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.exports import programme_pdf, session_sheets_pdf
from parvis.exports.printed_releases import kept_files
from parvis.gateways.kept_files import TooManyDocuments
from parvis.models import Edition, Session
from parvis.services.releases import publish_release
from parvis.web.kept_pages import KeptPages
from tests.exports.tagged_pdf import assert_accessible, read, whole
from tests.factories.editions import an_edition, fill
from tests.web.test_kept_pages import ask

pytestmark = pytest.mark.django_db
DOCUMENTS = ("/2023/programme.pdf", "/2023/programme-a5.pdf", "/2023/sessions.pdf", "/2023/sessions/seance-1.pdf")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    settings.PARVIS_PRINTED = tmp_path / "printed"
    kept_files.cache_clear()
    yield tmp_path / "printed"
    kept_files.cache_clear()


@pytest.fixture
def released(organiser: Actor) -> Edition:
    edition = an_edition()
    fill(edition, attendees=8)
    publish_release(actor=organiser, edition_id=edition.pk)
    return edition


@pytest.mark.parametrize("address", DOCUMENTS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_document_answers_in_both_languages(
    released: Edition, client: Client, address: str, language: str
) -> None:
    response = client.get(address if language == "fr" else f"/en{address}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Language"] == language
    assert response.headers["Content-Disposition"].startswith("inline; filename=")
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert not response.cookies
    assert_accessible(read(response.content), language)


@pytest.mark.parametrize("address", DOCUMENTS)
def test_each_is_made_once_and_not_sent_twice(
    released: Edition, client: Client, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    first = client.get(address)
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304

    def never(*_args: Any, **_more: Any) -> bytes:
        raise AssertionError("made a second time")

    monkeypatch.setattr(programme_pdf, "render_programme", never)
    monkeypatch.setattr(session_sheets_pdf, "render_session_sheets", never)
    assert client.get(address).content == first.content


def test_a_new_release_is_printed_anew_and_the_draft_never(released: Edition, client: Client, organiser: Actor) -> None:
    Session.objects.filter(code="S001").update(title_fr="Titre tout neuf")
    for address in DOCUMENTS:
        assert "Titre tout neuf" not in whole(read(client.get(address).content))
    publish_release(actor=organiser, edition_id=released.pk)
    for address in DOCUMENTS:
        text = whole(read(client.get(address).content))
        assert "Titre tout neuf" in text
        assert "version n° 2" in text


def test_no_participant_is_named(released: Edition, client: Client) -> None:
    for address in DOCUMENTS:
        assert "Discrète" not in whole(read(client.get(address).content))


def test_what_is_not_there_is_not_found(client: Client, organiser: Actor) -> None:
    edition = an_edition(status="announced")
    an_edition(15, slug="2024", status="draft")
    for address in DOCUMENTS:
        assert client.get(address).status_code == 404, "nothing is printed before the first release"
        assert client.get(address.replace("2023", "2024")).status_code == 404
    publish_release(actor=organiser, edition_id=edition.pk)
    assert client.get("/2023/programme.pdf").status_code == 200
    assert client.get("/2023/sessions.pdf").status_code == 404
    assert client.get("/2023/sessions/rien.pdf").status_code == 404


def test_a_crowd_is_told_to_come_back(released: Edition, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_args: Any, **_more: Any) -> bytes:
        raise TooManyDocuments

    monkeypatch.setattr("parvis.gateways.kept_files.KeptFiles.get_or_make", busy)
    response = client.get("/2023/programme.pdf")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert "no-store" in response.headers["Cache-Control"]
    assert "Ce document est en cours de fabrication" in response.content.decode()


def test_the_state_of_the_edition_is_on_the_cover(released: Edition, client: Client) -> None:
    Edition.objects.filter(pk=released.pk).update(status="cancelled", status_reason_fr="Un incident technique.")
    assert "Cette édition a été annulée. Un incident technique." in whole(
        read(client.get("/2023/programme.pdf").content)
    )


@pytest.mark.django_db(transaction=True)
def test_a_warm_programme_makes_no_query(organiser: Actor, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    edition = an_edition()
    fill(edition)
    publish_release(actor=organiser, edition_id=edition.pk)
    kept = KeptPages(WSGIHandler())
    cold = ask(kept, "/2023/programme.pdf")
    with django_assert_num_queries(0):
        assert ask(kept, "/2023/programme.pdf") == cold
