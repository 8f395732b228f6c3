"""A person's photograph at the desk: given, replaced, taken away after a question."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from parvis.models import Edition, Person
from tests.factories.editions import an_edition
from tests.factories.invitations import a_portrait, a_speaker
from tests.web.desk.reading import main_of, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return an_edition(status="open")


@pytest.fixture
def awa(edition: Edition) -> Person:
    return a_speaker()


def upload(client: Client, person: Person, content: bytes) -> Any:
    file = SimpleUploadedFile("portrait.jpg", content, "image/jpeg")
    return client.post(f"/desk/2023/people/{person.pk}/photograph/", {"photograph": file})


def test_given_and_taken_away(organiser_client: Client, awa: Person) -> None:
    page = f"/desk/2023/people/{awa.pk}/"
    assert "Ajouter une photographie…" in read(organiser_client, page)
    assert "Photographie de Awa N’Diaye" in read(organiser_client, f"{page}photograph/")
    assert upload(organiser_client, awa, a_portrait())["Location"] == page
    awa.refresh_from_db()
    shown = read(organiser_client, page)
    assert awa.photograph.url in shown
    assert "Remplacer…" in shown
    assert "Son fichier est supprimé aussitôt" in read(organiser_client, f"{page}photograph/remove/")
    assert organiser_client.post(f"{page}photograph/remove/")["Location"] == page
    awa.refresh_from_db()
    assert not awa.photograph
    assert "photographie retirée" in read(organiser_client, page)


@pytest.mark.parametrize(
    ("content", "words"), [(b"<script>", "n’est pas une image"), (a_portrait(50, 50), "50 × 50"), (b"", "vide")]
)
def test_what_is_no_photograph_is_refused(organiser_client: Client, awa: Person, content: bytes, words: str) -> None:
    answer = upload(organiser_client, awa, content)
    assert answer.status_code == 422
    assert words in main_of(answer)


def test_not_everybody_may(read_only_client: Client, door_client: Client, awa: Person) -> None:
    for client in (read_only_client, door_client):
        assert upload(client, awa, a_portrait()).status_code == 403
        assert client.post(f"/desk/2023/people/{awa.pk}/photograph/remove/").status_code == 403
    assert "Ajouter une photographie" not in read(read_only_client, f"/desk/2023/people/{awa.pk}/")


def test_nobody_has_none(organiser_client: Client, edition: Edition) -> None:
    assert organiser_client.get("/desk/2023/people/999/photograph/").status_code == 404
