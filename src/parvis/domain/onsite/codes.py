"""What somebody types or scans at the door: a badge's code, a reference, or a name to search for."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.domain.badges import ALPHABET, CODE_LENGTH, normalise_badge_code
from parvis.domain.references import RANDOM_LENGTH, normalise_reference
from parvis.domain.text import fold, one_line

LONGEST = 120  # characters of a code that are kept
_SHORT_REFERENCE = RANDOM_LENGTH + 1
# A hand scanner set to an American keyboard, on a machine set to a French one: what arrives, and what the code says.
_AZERTY = str.maketrans("&é\"'(-è_çàaqzwAQZW?,", "1234567890qawzQAWZMm")
FEWEST_LETTERS = 2  # of a name, to search for it


@dataclass(frozen=True, slots=True)
class Typed:
    """One reading: the text as it is kept, and as what it may be looked up.

    `badge` is a code of a badge's shape, `reference` a registration's reference; each is "" when it cannot be one.
    `is_name` says that it can only be a word: no code of ours has its shape, and it holds no digit.
    """

    text: str
    badge: str
    reference: str
    is_name: bool


def _is_badge(code: str) -> bool:
    return len(code) == CODE_LENGTH and set(code) <= set(ALPHABET)


def read_typed(text: str, *, edition_number: int) -> Typed:
    """Return what a text typed or scanned at a door of the edition `edition_number` may be.

    Case, spaces and dashes do not matter. A reference may lack its `R14-`. A text of 26 letters without a digit is
    taken for a code only where it stands in one piece: « Jean-Philippe … » is a name.
    """
    text = one_line(text)[:LONGEST]
    has_digit = any(character.isdigit() for character in text)
    bare = normalise_badge_code(text)
    badge = ""
    in_one_piece = text.isascii() and text.replace("-", "").isalnum() and text.upper() == text
    if _is_badge(bare) and (has_digit or in_one_piece):
        badge = bare
    elif not has_digit and len(text) == CODE_LENGTH and _is_badge(text.translate(_AZERTY).upper()):
        badge = text.translate(_AZERTY).upper()
    reference = normalise_reference(text) or ""
    if not reference and len(text.replace(" ", "")) == _SHORT_REFERENCE:
        reference = normalise_reference(f"R{edition_number}-{text}") or ""
    return Typed(text, badge, reference, is_name=not (badge or has_digit))


def search_words(text: str) -> list[str]:
    """Return the folded words by which people are searched for; none when too little was typed to mean anybody."""
    words = fold(text).split()
    return words if sum(map(len, words)) >= FEWEST_LETTERS else []
