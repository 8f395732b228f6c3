"""Which addresses and names of documents are kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.programme.documents import (
    AddressIsNoLink,
    DocumentNowhere,
    check_one_place,
    checked_address,
    file_name,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://video.example.org/a?b=1", "https://video.example.org/a?b=1"),
        (" video.example.org/a ", "https://video.example.org/a"),
        ("", ""),
    ],
)
def test_addresses(typed: str, kept: str) -> None:
    assert checked_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org/a",
        "https://",
        "https://a b.org",
        "file:///etc",
        "x",
    ],
)
def test_what_is_no_address_of_a_site_is_refused(typed: str) -> None:
    with pytest.raises(AddressIsNoLink):
        checked_address(typed)


def test_in_exactly_one_place() -> None:
    check_one_place("https://a.org", has_file=False)
    check_one_place("", has_file=True)
    for url, has_file in (("", False), ("https://a.org", True)):
        with pytest.raises(DocumentNowhere):
            check_one_place(url, has_file=has_file)


@given(st.text(max_size=300))
def test_a_name_is_a_name(name: str) -> None:
    kept = file_name(name)
    assert kept
    assert len(kept) <= 110
    assert not set(kept) & set('/\\\x00<>:"|?*\n')
    assert not kept.startswith(".")


def test_names_stay_readable() -> None:
    assert file_name("C:\\Documents\\Compte rendu (été).pdf") == "Compte rendu (été).pdf"
    assert file_name("../../etc/passwd") == "passwd"
