"""References catch slips of the tongue; tokens have one shape."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.references import (
    ALPHABET,
    RANDOM_BYTES,
    TOKEN_BYTES,
    is_manage_token,
    make_manage_token,
    make_reference,
    normalise_reference,
)

randomness = st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES)
numbers = st.integers(1, 9999)


@given(numbers, randomness)
def test_a_reference_reads_back_as_itself(number: int, random_bytes: bytes) -> None:
    reference = make_reference(number, random_bytes)
    assert re.fullmatch(rf"R{number}-[{ALPHABET}]{{6}}", reference)
    assert normalise_reference(reference) == reference
    assert normalise_reference(f" {reference.lower().replace('-', ' – ')} ") == reference


@given(numbers, randomness, st.integers(0, 5), st.sampled_from(ALPHABET))
def test_one_wrong_character_shows(number: int, random_bytes: bytes, place: int, character: str) -> None:
    reference = make_reference(number, random_bytes)
    head, code = reference.split("-")
    changed = f"{head}-{code[:place]}{character}{code[place + 1 :]}"
    assert (normalise_reference(changed) is None) is (changed != reference)


@given(numbers, randomness, st.integers(0, 5), st.integers(0, 5))
def test_two_characters_swapped_show(number: int, random_bytes: bytes, one: int, other: int) -> None:
    reference = make_reference(number, random_bytes)
    head, code = reference.split("-")
    letters = list(code)
    letters[one], letters[other] = letters[other], letters[one]
    changed = f"{head}-{''.join(letters)}"
    assert (normalise_reference(changed) is None) is (changed != reference)


@given(st.text(max_size=30))
def test_any_text_can_be_asked(text: str) -> None:
    found = normalise_reference(text)
    assert found is None or normalise_reference(found) == found


@given(st.binary(min_size=TOKEN_BYTES, max_size=TOKEN_BYTES))
def test_a_token_has_its_shape(random_bytes: bytes) -> None:
    assert is_manage_token(make_manage_token(random_bytes))


@given(st.text(max_size=60))
def test_other_text_is_no_token(text: str) -> None:
    assert is_manage_token(text) is (re.fullmatch(r"[A-Za-z0-9_-]{43}", text, re.ASCII) is not None)
