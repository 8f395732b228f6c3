"""Folding and tidying text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.text import fold, fold_name, nfc, one_line, tidy


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("L’Haÿ-les-Roses", "l hay les roses"),
        ("L'Haÿ les Roses", "l hay les roses"),
        ("Œuvre d’Æthelstan", "oeuvre d aethelstan"),
        ("  CÔTE-D'OR ", "cote d or"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("e\u0301te\u0301", "ete"),
        ("soft\u00adhyphen", "softhyphen"),
        ("a\u202fb\u00a0c", "a b c"),
        ("المغرب", "المغرب"),
        ("", ""),
        ("…!", ""),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St-Denis", "Saint-Denis"),
        ("Ste Foy", "Sainte-Foy"),
        ("Pont-St-Esprit", "Pont-Saint-Esprit"),
    ],
)
def test_saints_read_alike(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


def test_a_word_that_begins_like_a_saint_is_left_alone() -> None:
    assert fold_name("Stains") == "stains"
    assert fold_name("Brest") == "brest"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folding_knows_no_case_and_no_composition(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text())
def test_fold_leaves_no_outer_or_double_space(text: str) -> None:
    assert fold(text) == " ".join(fold(text).split())


@given(st.text())
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert one_line(one_line(text)) == one_line(text)


def test_tidy_keeps_lines_and_typography() -> None:
    assert tidy(" Quel rôle\u202f?\r\n\r\nSuite  ici ") == "Quel rôle\u202f?\n\nSuite ici"


def test_nfc() -> None:
    assert nfc("e\u0301") == "é"
