"""What is said of a session, in both languages."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from parvis.exports.session_words import kind_said, languages_said, mode_said
from tests.factories.release_contents import CLIMATE, a_session


@pytest.mark.parametrize(
    ("spoken", "into", "language", "said"),
    [
        (["fr"], ["en", "es"], "fr", "En français, avec interprétation en anglais et espagnol"),
        (["fr", "en"], [], "en", "In French and English"),
        (["ar"], ["fr"], "en", "In Arabic, interpreted into French"),
        ([], ["fr"], "fr", ""),
    ],
)
def test_languages(spoken: list[str], into: list[str], language: str, said: str) -> None:
    with override(language):
        assert languages_said(a_session(spoken=spoken, interpreted=into), language) == said


def test_kind_and_mode() -> None:
    with override("fr"):
        assert kind_said(a_session(themes=[CLIMATE]), "fr") == "Atelier · Climat"
        assert mode_said(a_session(mode="online")) == "En ligne"
        assert mode_said(a_session()) == ""
