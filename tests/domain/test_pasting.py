"""What a word processor leaves in a text goes; everything that somebody wrote stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.pasting import clean_pasted, clean_pasted_line

NNBSP = "\u202f"


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("Un\x0bretour de Word", "Un\nretour de Word"),
        ("\uf0b7\tPremier point\n\uf0b7\tSecond", "• Premier point\n• Second"),
        ("·       Symbole", "• Symbole"),
        ("<!--[if gte mso 9]><xml>…</xml><![endif]-->Texte<o:p></o:p>", "Texte"),
        ("co\u00adopé\u200bration\ufeff", "coopération"),
        ("fin\u202e.txt\u202c", "fin.txt"),
        (f"Quel avenir{NNBSP}?", f"Quel avenir{NNBSP}?"),
        ("« Dit-elle » l’été\u2026", "« Dit-elle » l’été\u2026"),
        ("Un\r\n\r\n\r\n\r\nDeux", "Un\n\nDeux"),
        ("e\u0301te\u0301", "été"),
        ("<b>gras</b> & <script>alert(1)</script>", "<b>gras</b> & <script>alert(1)</script>"),
        ("a < b et c > d", "a < b et c > d"),
        ("مرحبا\u200f بكم", "مرحبا\u200f بكم"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Nul\x00\x07", "Nul"),
    ],
)
def test_what_stays(pasted: str, kept: str) -> None:
    assert clean_pasted(pasted) == kept


def test_a_title_is_one_line() -> None:
    assert clean_pasted_line("Un titre\x0b sur deux\r\nlignes ") == "Un titre sur deux lignes"


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_pasted(text)
    assert clean_pasted(once) == once
    assert clean_pasted_line(clean_pasted_line(text)) == clean_pasted_line(text)


@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=80))
def test_letters_and_figures_are_never_lost(text: str) -> None:
    import unicodedata

    assert clean_pasted(text) == unicodedata.normalize("NFC", text)
