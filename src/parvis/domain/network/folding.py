"""Names of organisations, folded in one way wherever they are written, searched or compared."""

from __future__ import annotations

from parvis.domain.text import fold

LONGEST_FOLDED = 1000


def organisation_folded(*names: str | None) -> str:
    """Return what `Organisation.folded` holds: its names in every language and its short name, each once."""
    folded = dict.fromkeys(fold(name) for name in names if name)
    return " | ".join(name for name in folded if name)[:LONGEST_FOLDED]
