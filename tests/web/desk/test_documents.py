"""The page of a session's documents."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from parvis.models import Session, SessionDocument
from tests.factories.editions import an_edition, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(db: None) -> str:
    fill(an_edition(), sessions=2, speakers=2)
    return reverse("desk:documents", args=["2023", Session.objects.get(code="S001").pk])


def test_a_file_is_added_opened_and_taken_away(organiser_client: Client, address: str) -> None:
    file = SimpleUploadedFile("Compte rendu.pdf", b"%PDF-1.7")
    given = {"kind": "minutes", "title": "Compte rendu", "language": "fr", "file": file}
    assert organiser_client.post(address, given).status_code == 302
    row = SessionDocument.objects.get()
    page = organiser_client.get(address).content.decode()
    assert row.file.url in page
    answer = Client().get(row.file.url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    remove = reverse("desk:document_remove", args=["2023", row.session_id, row.pk])
    assert organiser_client.post(remove).status_code == 302
    assert "Aucun document" in organiser_client.get(address).content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": "Vidéo", "kind": "video"}, "l’un des deux"),
        ({"title": "Vidéo", "kind": "video", "url": "javascript:alert(1)"}, "https://"),
        ({"title": "", "kind": "video", "url": "https://a.org"}, "obligatoire"),
        ({"title": "x", "kind": "minutes", "file": SimpleUploadedFile("a.pdf", b"<html>")}, "PDF"),
        ({"title": "x", "kind": "minutes", "file": SimpleUploadedFile("a.html", b"<html>")}, "ne sont pas acceptés"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    organiser_client: Client, address: str, given: dict[str, object], said: str
) -> None:
    answer = organiser_client.post(address, given)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert str(given["title"]) in page
    assert not SessionDocument.objects.exists()


def test_roles(read_only_client: Client, door_client: Client, address: str) -> None:
    page = read_only_client.get(address)
    assert page.status_code == 200
    assert '<form class="form"' not in page.content.decode()
    given = {"kind": "video", "title": "x", "url": "https://a.org"}
    assert read_only_client.post(address, given).status_code == 403
    assert not SessionDocument.objects.exists()
    assert door_client.get(address).status_code == 403
