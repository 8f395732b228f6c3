"""Names of persons, folded in one way wherever they are written, searched or compared."""

from __future__ import annotations

from parvis.domain.text import fold

LONGEST_FOLDED = 300


def person_folded(first_name: str, last_name: str) -> str:
    """Return what `Person.folded` holds: surname first, as lists are sorted; no case, no accent."""
    return fold(f"{last_name} {first_name}")[:LONGEST_FOLDED].strip()
