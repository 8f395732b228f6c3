"""Badge codes: random, signed, and silent about their holder; made to be printed, scanned and typed."""

from __future__ import annotations

import hashlib
import hmac

from parvis.domain.refusals import N_, Refusal

# Crockford's base 32: no I, L, O or U, so that no two characters look alike in print.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_LOOKS_LIKE = str.maketrans("OIL", "011")

RANDOM_BYTES = 10  # 80 bits: nobody meets another's code by chance
SIGNATURE_BYTES = 6  # 48 bits: a forger gets one in 2.8e14 guesses past a reader without network
CODE_LENGTH = 26
_PADDING_BITS = CODE_LENGTH * 5 - (RANDOM_BYTES + SIGNATURE_BYTES) * 8


class BadgeRandomnessTooShort(Refusal):
    """A code needs exactly `RANDOM_BYTES` of randomness."""

    sentence = N_("A badge code needs %(wanted)s random bytes, not %(given)s.")


def _signature(token: bytes, key: bytes) -> bytes:
    return hmac.new(key, b"parvis.badge:" + token, hashlib.sha256).digest()[:SIGNATURE_BYTES]


def make_badge_code(token: bytes, key: bytes) -> str:
    """Return the code for `RANDOM_BYTES` random bytes, signed with `key`: 26 characters without lookalikes.

    Raises `BadgeRandomnessTooShort` when `token` has another length.
    """
    if len(token) != RANDOM_BYTES:
        raise BadgeRandomnessTooShort(wanted=RANDOM_BYTES, given=len(token))
    number = int.from_bytes(token + _signature(token, key)) << _PADDING_BITS
    return "".join(ALPHABET[number >> shift & 31] for shift in range((CODE_LENGTH - 1) * 5, -1, -5))


def normalise_badge_code(typed: str) -> str:
    """Return a code as it is stored, from what was scanned or typed: case, spaces, dashes, O for 0, I or L for 1."""
    return "".join(character for character in typed.upper() if character.isalnum()).translate(_LOOKS_LIKE)


def check_badge_code(code: str, key: bytes) -> bool:
    """Tell whether `code`, as typed, was signed with `key`; takes the same time for any wrong signature."""
    bare = normalise_badge_code(code)
    if len(bare) != CODE_LENGTH or any(character not in _VALUE for character in bare):
        return False
    number = 0
    for character in bare:
        number = number << 5 | _VALUE[character]
    if number & ((1 << _PADDING_BITS) - 1):
        return False
    plain = (number >> _PADDING_BITS).to_bytes(RANDOM_BYTES + SIGNATURE_BYTES)
    return hmac.compare_digest(plain[RANDOM_BYTES:], _signature(plain[:RANDOM_BYTES], key))


def spaced_badge_code(code: str) -> str:
    """Return a code in groups that can be read aloud: 4-4-4-4-4-6."""
    return "-".join([*(code[at : at + 4] for at in range(0, 20, 4)), code[20:]])
