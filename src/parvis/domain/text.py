"""Text as people type it: one form to store, one form to compare."""

from __future__ import annotations

import re
import unicodedata

# NFKD does not take these apart.
_LIGATURES = str.maketrans(
    {
        "œ": "oe",
        "Œ": "oe",
        "æ": "ae",
        "Æ": "ae",
        "ø": "o",
        "Ø": "o",
        "ł": "l",
        "Ł": "l",
        "đ": "d",
        "Đ": "d",
        "ð": "d",
        "þ": "th",
        "Þ": "th",
        "ı": "i",
    }
)
_NOT_WORD = re.compile(r"[\W_]+")
_SPACES = re.compile(r"[^\S\n]+")
_SAINT = re.compile(r"\bst(e?)\b")
# Characters that show nothing and make equal words differ: soft hyphen, zero-width space and joiners, BOM, bidi marks.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def nfc(text: str) -> str:
    """Return `text` in Unicode NFC, the only form that Parvis stores."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return `text` for comparing and searching: no accent, no case, no ligature, and
    single spaces in place of punctuation, apostrophes and hyphens.

    Folding twice changes nothing: « L’Haÿ-les-Roses » → "l hay les roses".
    """
    if text.isascii():
        return _NOT_WORD.sub(" ", text.lower()).strip()
    text = _INVISIBLE.sub("", text).translate(_LIGATURES)
    # Folding case may bring marks and ligatures to light, taking these apart may bring capitals: until it settles.
    while True:
        apart = unicodedata.normalize("NFKD", text).casefold().translate(_LIGATURES)
        bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
        if bare == text:
            break
        text = bare
    return _NOT_WORD.sub(" ", text).strip()


def fold_name(text: str) -> str:
    """Return the name of a place or institution for matching: as `fold`, and St/Saint, Ste/Sainte read alike."""
    folded = fold(text)
    return _SAINT.sub(r"saint\1", folded) if "st" in folded else folded


def one_line(text: str) -> str:
    """Return `text` NFC, trimmed, on one line, with single ordinary spaces (no-break spaces too)."""
    return " ".join(nfc(_INVISIBLE.sub("", text)).split())


def tidy(text: str) -> str:
    """Return `text` NFC and trimmed, its lines kept, without trailing blanks or runs of spaces.

    No-break spaces are typography in prose (« ; ! ? ») and are kept where they stand alone.
    """
    lines = nfc(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(_SPACES.sub(_kept_space, line).strip() for line in lines).strip()


def _kept_space(found: re.Match[str]) -> str:
    run = found.group()
    return run if run in {"\u00a0", "\u202f"} else " "
