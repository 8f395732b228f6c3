"""Bars for a chart in SVG, computed on the server: the same numbers as the table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 140
MOST_BARS = 120


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar in the chart's own units; `label` and `count` are said in its title."""

    x: float
    y: float
    width: float
    height: float
    label: str
    count: int


def bars_of(counts: Sequence[tuple[str, int]]) -> list[Bar]:
    """Return bars for the last `MOST_BARS` counts, scaled to the largest."""
    shown = list(counts)[-MOST_BARS:]
    if not shown:
        return []
    largest = max(count for _label, count in shown) or 1
    step = WIDTH / max(len(shown), 14)  # few days make slim bars, not one block
    bars = []
    for place, (label, count) in enumerate(shown):
        height = round(HEIGHT * count / largest, 1)
        bars.append(Bar(round(place * step, 1), round(HEIGHT - height, 1), round(step * 0.8, 1), height, label, count))
    return bars
