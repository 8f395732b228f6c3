"""What was uploaded is sent without ever being a page of ours; nothing else is."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

HEX = "0123456789abcdef0123456789abcdef"


@pytest.fixture(autouse=True)
def files() -> None:
    for name, content in (
        (f"photographs/{HEX}.jpg", b"\xff\xd8\xffjpeg"),
        (f"documents/{HEX}/Compte rendu.pdf", b"%PDF-1.7"),
        (f"documents/{HEX}/notes.docx", b"PK\x03\x04"),
        (f"documents/{HEX}/page.html", b"<script>"),
        ("secrets.txt", b"no"),
    ):
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(content))


def test_a_photograph_is_shown_and_kept(client: Client) -> None:
    answer = client.get(f"/media/photographs/{HEX}.jpg")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert "immutable" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(("name", "manner"), [("Compte rendu.pdf", "inline"), ("notes.docx", "attachment")])
def test_documents_are_shown_or_offered(client: Client, name: str, manner: str) -> None:
    answer = client.get(f"/media/documents/{HEX}/{name}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith(manner)


@pytest.mark.parametrize(
    "name",
    [
        "secrets.txt",
        f"documents/{HEX}/page.html",
        f"documents/{HEX}/../../secrets.txt",
        f"documents/{HEX}/missing.pdf",
        "photographs/../secrets.txt",
        "%00.jpg",
    ],
)
def test_nothing_else_is_sent(client: Client, name: str) -> None:
    assert client.get(f"/media/{name}").status_code == 404
