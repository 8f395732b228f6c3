"""Dates, numbers and punctuation by language."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain import typography as t


@pytest.mark.parametrize(
    ("text", "typeset"),
    [
        ("Qui ? Moi !", "Qui\u202f? Moi\u202f!"),
        ("Qui? Moi!", "Qui\u202f? Moi\u202f!"),
        ("un mot : deux", "un mot\u202f: deux"),
        ("un mot: deux", "un mot\u202f: deux"),
        ("« l'État »", "«\u202fl’État\u202f»"),
        ("à 11:15 précises", "à 11:15 précises"),
        ("voir https://raict.org/?a=1;b et c@d.fr", "voir https://raict.org/?a=1;b et c@d.fr"),
    ],
)
def test_french_spacing(text: str, typeset: str) -> None:
    assert t.french(text) == typeset


@given(st.text(alphabet="ab é:;!?«»' \u202f\u00a0.h/", max_size=40))
def test_french_spacing_twice_is_once(text: str) -> None:
    once = t.french(text)
    assert t.french(once) == once


@pytest.mark.parametrize(
    ("number", "language", "written"),
    [(1, "fr", "1ʳᵉ"), (14, "fr", "14ᵉ"), (1, "en", "1st"), (2, "en", "2nd"), (13, "en", "13th"), (21, "en", "21st")],
)
def test_ordinals(number: int, language: str, written: str) -> None:
    assert t.ordinal(number, language) == written


@pytest.mark.parametrize(
    ("first", "last", "language", "written"),
    [
        (date(2023, 9, 18), date(2023, 9, 19), "fr", "18 et 19\u00a0septembre 2023"),
        (date(2023, 9, 18), date(2023, 9, 18), "fr", "18\u00a0septembre 2023"),
        (date(2023, 9, 18), date(2023, 9, 20), "fr", "du 18 au 20\u00a0septembre 2023"),
        (date(2023, 9, 30), date(2023, 10, 1), "fr", "du 30\u00a0septembre au 1ᵉʳ\u00a0octobre 2023"),
        (date(2023, 12, 31), date(2024, 1, 1), "en", "31\u00a0December 2023 to 1\u00a0January 2024"),
        (date(2023, 9, 18), date(2023, 9, 19), "en", "18 and 19\u00a0September 2023"),
    ],
)
def test_date_ranges(first: date, last: date, language: str, written: str) -> None:
    assert t.date_range(first, last, language) == written


def test_times_and_numbers() -> None:
    assert t.clock(time(9, 30), "fr") == "9\u00a0h\u00a030"
    assert t.clock(time(11, 0), "fr") == "11\u00a0h"
    assert t.clock(time(11, 5), "en") == "11.05"
    assert t.decimal(1234, "fr") == "1\u202f234"
    assert t.number_word(8, "fr") == "huit"
    assert t.number_word(130, "en") == "130"
    assert t.listed(["a", "b", "c"], "fr") == "a, b et c"
    assert t.is_right_to_left("ar")
    assert not t.is_right_to_left("fr")
