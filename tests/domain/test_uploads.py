"""Which documents are taken, and which square is cut out of a picture."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.uploads import (
    DOCUMENT_BYTES,
    SMALLEST_SIDE,
    Cut,
    DocumentIsNotWhatItSays,
    DocumentNotTaken,
    FileTooLarge,
    check_document,
    ending_of,
    square_of,
)


@pytest.mark.parametrize(
    ("name", "begins", "media_type"),
    [
        ("Compte rendu.PDF", b"%PDF-1.7 ...", "application/pdf"),
        ("notes.txt", "Été".encode(), "text/plain"),
        ("photo.jpeg", b"\xff\xd8\xff\xe0....", "image/jpeg"),
    ],
)
def test_documents_are_known_by_name_and_first_bytes(name: str, begins: bytes, media_type: str) -> None:
    assert check_document(name, 1000, begins).media_type == media_type


@pytest.mark.parametrize("name", ["page.html", "image.svg", "run.exe", "sans-extension", "archive.zip", ".pdf.js"])
def test_what_runs_in_a_browser_is_not_taken(name: str) -> None:
    with pytest.raises(DocumentNotTaken):
        check_document(name, 10, b"%PDF-")


@pytest.mark.parametrize(
    ("name", "begins"), [("a.pdf", b"<html>"), ("a.docx", b"%PDF-"), ("a.png", b"\xff\xd8\xff"), ("a.txt", b"a\x00b")]
)
def test_a_file_is_what_its_name_says(name: str, begins: bytes) -> None:
    with pytest.raises(DocumentIsNotWhatItSays):
        check_document(name, 10, begins)


def test_too_large_says_how_large() -> None:
    with pytest.raises(FileTooLarge, match=r"60 MB; at most 30 MB"):
        check_document("a.pdf", 2 * DOCUMENT_BYTES, b"%PDF-")


@given(st.integers(1, 20_000), st.integers(1, 20_000))
def test_the_square_lies_inside_and_is_as_large_as_can_be(width: int, height: int) -> None:
    left, upper, right, lower = square_of(width, height)
    assert 0 <= left < right <= width
    assert 0 <= upper < lower <= height
    assert right - left == lower - upper == min(width, height)
    assert upper <= height - lower


@given(st.text(max_size=30))
def test_an_ending_holds_no_dot(name: str) -> None:
    assert "." not in ending_of(name)


sides = st.integers(SMALLEST_SIDE, 9000)
parts = st.floats(-0.5, 1.5)


@given(width=sides, height=sides, cut=st.none() | st.builds(Cut, parts, parts, parts))
def test_the_square_that_was_chosen_lies_inside(width: int, height: int, cut: Cut | None) -> None:
    left, upper, right, lower = square_of(width, height, cut)
    assert right - left == lower - upper
    assert 0 <= left < right <= width
    assert 0 <= upper < lower <= height
    assert right - left >= SMALLEST_SIDE


def test_the_square_is_the_one_that_was_chosen() -> None:
    assert square_of(1000, 2000, Cut(0.25, 0.5, 0.5)) == (250, 1000, 750, 1500)
    assert square_of(1000, 2000, Cut(0.0, 0.0, 1.0)) == (0, 0, 1000, 1000)
