"""Badge codes are random, signed, and forgiving to those who type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.badges import (
    ALPHABET,
    CODE_LENGTH,
    RANDOM_BYTES,
    BadgeRandomnessTooShort,
    check_badge_code,
    make_badge_code,
    normalise_badge_code,
    spaced_badge_code,
)

tokens = st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES)
keys = st.binary(min_size=16, max_size=64)


@given(tokens, keys)
def test_a_code_is_recognised_by_its_own_key(token: bytes, key: bytes) -> None:
    code = make_badge_code(token, key)
    assert len(code) == CODE_LENGTH
    assert set(code) <= set(ALPHABET)
    assert check_badge_code(code, key)


@given(tokens, keys, keys)
def test_a_code_signed_with_another_key_is_refused(token: bytes, key: bytes, other: bytes) -> None:
    if key != other:
        assert not check_badge_code(make_badge_code(token, key), other)


@given(tokens, keys, st.integers(0, CODE_LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_refused(token: bytes, key: bytes, place: int, character: str) -> None:
    code = make_badge_code(token, key)
    changed = code[:place] + character + code[place + 1 :]
    assert check_badge_code(changed, key) is (changed == code)


@given(tokens, keys)
def test_typing_it_by_hand_is_forgiven(token: bytes, key: bytes) -> None:
    code = make_badge_code(token, key)
    typed = " " + spaced_badge_code(code).lower().replace("0", "o").replace("1", "l") + "\n"
    assert normalise_badge_code(typed) == code
    assert check_badge_code(typed, key)


@given(st.text(max_size=40), keys)
def test_any_text_is_answered_with_no(text: str, key: bytes) -> None:
    assert not check_badge_code(text, key)


def test_short_randomness_is_refused() -> None:
    with pytest.raises(BadgeRandomnessTooShort):
        make_badge_code(b"short", b"k" * 32)
