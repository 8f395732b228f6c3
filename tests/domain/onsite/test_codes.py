"""What is typed or scanned at the door, and as what it may be looked up."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from parvis.domain.badges import RANDOM_BYTES, make_badge_code, spaced_badge_code
from parvis.domain.onsite.codes import read_typed, search_words
from parvis.domain.references import make_reference

KEY = b"k" * 32
TOKENS = st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES)


@given(TOKENS)
def test_a_badge_is_read_however_it_is_typed(token: bytes) -> None:
    code = make_badge_code(token, KEY)
    assume(any(character.isdigit() for character in code))
    for typed in (code, code.lower(), spaced_badge_code(code), f"  {spaced_badge_code(code).lower()} "):
        assert read_typed(typed, edition_number=14).badge == code


@given(TOKENS)
def test_a_scanner_set_to_another_keyboard_is_understood(token: bytes) -> None:
    code = make_badge_code(token, KEY)
    assume(any(character.isdigit() for character in code))
    french = code.translate(str.maketrans("1234567890AQWZM", "&é\"'(-è_çàQAZW?"))
    assert read_typed(french, edition_number=14).badge == code


@given(st.binary(min_size=8, max_size=8), st.integers(1, 40))
def test_a_reference_is_read_with_and_without_its_beginning(randomness: bytes, number: int) -> None:
    reference = make_reference(number, randomness)
    for typed in (reference, reference.lower(), reference.replace("-", ""), reference.split("-")[1]):
        assert read_typed(typed, edition_number=number).reference == reference
    assert read_typed(reference, edition_number=number + 1).reference == reference


@pytest.mark.parametrize(
    "name",
    ["dup", "Dupré", "d’Ornano", "Jean-Philippe Dubois-Garnier", "ville de Dijon", "Communauté de communes", "N’Diaye"],
)
def test_a_name_is_a_name(name: str) -> None:
    typed = read_typed(name, edition_number=14)
    assert (typed.badge, typed.reference, typed.is_name) == ("", "", True)


@pytest.mark.parametrize("code", ["INS-0196", "https://example.org/42", "12345", "R14-XXXXXX2"])
def test_what_holds_a_digit_is_no_name(code: str) -> None:
    assert not read_typed(code, edition_number=14).is_name


@given(st.text(max_size=300))
def test_anything_can_be_typed(text: str) -> None:
    typed = read_typed(text, edition_number=14)
    assert len(typed.text) <= 120
    assert typed.badge == "" or len(typed.badge) == 26
    search_words(text)


def test_too_little_means_nobody() -> None:
    assert search_words("d") == search_words(" - ") == []
    assert search_words("Été d’Or") == ["ete", "d", "or"]
