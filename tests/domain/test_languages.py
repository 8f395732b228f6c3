"""Languages are named in the reader's language."""

from __future__ import annotations

import pytest

from parvis.domain.languages import language_name, language_names


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("fr", "fr", "français"),
        ("fr", "en", "French"),
        ("AR", "fr", "arabe"),
        ("wo", "fr", "wolof"),
        ("zz9", "fr", "ZZ9"),
    ],
)
def test_a_language_has_a_name(code: str, language: str, name: str) -> None:
    assert language_name(code, language) == name


def test_each_is_named_once_in_the_order_given() -> None:
    assert language_names(["es", "en", "es"], "fr") == ["espagnol", "anglais"]
