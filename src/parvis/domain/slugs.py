"""Slugs: the readable piece of a public address, stable once given."""

from __future__ import annotations

from collections.abc import Collection

from parvis.domain.text import fold

LONGEST = 120


def slug_of(text: str, taken: Collection[str] = (), *, longest: int = LONGEST) -> str:
    """Return a slug for `text` that is not in `taken`: ASCII words joined by dashes, numbered from 2 when it exists."""
    folded = fold(text)
    ascii_only = "".join(character if character.isascii() else " " for character in folded)
    base = "-".join(ascii_only.split())[:longest].strip("-") or "x"
    if base not in taken:
        return base
    number = 2
    while True:
        ending = f"-{number}"
        slug = base[: longest - len(ending)].rstrip("-") + ending
        if slug not in taken:
            return slug
        number += 1
