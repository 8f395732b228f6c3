"""How a figure is said in a sentence: 512 → « plus de 500 ». A rounded figure never says more than was counted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """A figure for prose: `number` is what is written; `more_than` tells to say « plus de » before it."""

    number: int
    more_than: bool


def step_for(value: int) -> int:
    """Return the step that prose rounds down to: 10 up to 100, 50 up to 1,000, 100 up to 10,000, then 1,000."""
    if value < 100:
        return 10
    if value < 1_000:
        return 50
    if value < 10_000:
        return 100
    return 1_000


def said(value: int) -> Said:
    """Return how prose says `value`.

    Up to 20 every number is exact. A round number (a multiple of ten) is exact too: 130 stays 130.
    Anything else is rounded down to its step: 512 → more than 500, 31 → more than 30.
    """
    if value <= 20 or value % 10 == 0:
        return Said(value, more_than=False)
    rounded = value - value % step_for(value)
    return Said(rounded, more_than=True)
