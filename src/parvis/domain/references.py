"""References that people say aloud, and the secrets that open personal pages."""

from __future__ import annotations

import base64
import re

# 31 characters, a prime: with weights that differ, every single wrong character and every swap of two shows.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
RANDOM_LENGTH = 5
RANDOM_BYTES = 8
TOKEN_BYTES = 32
_REFERENCE = re.compile(rf"R?(\d{{1,4}})-?([{ALPHABET}]{{{RANDOM_LENGTH}}})([{ALPHABET}])")


def _check_character(edition_number: int, characters: str) -> str:
    total = edition_number * (len(characters) + 2)
    total += sum((place + 1) * _VALUE[character] for place, character in enumerate(characters))
    return ALPHABET[total % len(ALPHABET)]


def make_reference(edition_number: int, randomness: bytes) -> str:
    """Return a registration's reference such as `R14-7KQ2MX`: 28 million per edition, the last character checks.

    Two may fall on the same reference: the writer asks again when the database already holds it.
    """
    number = int.from_bytes(randomness)
    characters = ""
    for _ in range(RANDOM_LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        characters += ALPHABET[rest]
    return f"R{edition_number}-{characters}{_check_character(edition_number, characters)}"


def normalise_reference(typed: str) -> str | None:
    """Return a reference as it is stored, from what was typed or heard; None when it cannot be one of ours."""
    bare = "".join(typed.upper().split()).replace("–", "-").replace("—", "-")
    found = _REFERENCE.fullmatch(bare)
    if found is None or _check_character(int(found[1]), found[2]) != found[3]:
        return None
    return f"R{int(found[1])}-{found[2]}{found[3]}"


def make_manage_token(randomness: bytes) -> str:
    """Return the secret of a personal link from `TOKEN_BYTES` random bytes: 43 characters, safe in a URL."""
    return base64.urlsafe_b64encode(randomness).rstrip(b"=").decode("ascii")


def is_manage_token(text: str) -> bool:
    """Tell whether `text` has the shape of such a secret, before the database is asked."""
    return re.fullmatch(r"[A-Za-z0-9_-]{43}", text) is not None
