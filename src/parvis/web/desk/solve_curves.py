"""The curve of a solve as a line in SVG, computed on the server: the best cost found, by the seconds it took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 120


@dataclass(frozen=True, slots=True)
class Curve:
    """`points` of a polyline in the chart's own units, and what its ends mean."""

    points: str
    first: int
    last: int
    seconds: float


def curve_of(found: Sequence[Sequence[float]]) -> Curve | None:
    """Return the line of the costs that can be compared: those with as few hard rules broken as the last.

    None where there is nothing to draw: not two of them that differ.
    """
    if not found:
        return None
    fewest = min(point[1] for point in found)
    shown = [(float(seconds), int(cost)) for seconds, hard, cost in found if hard == fewest]
    if len({cost for _seconds, cost in shown}) < 2:
        return None
    began, ended = shown[0][0], shown[-1][0]
    costs = [cost for _seconds, cost in shown]
    low, high = min(costs), max(costs)
    wide, tall = (ended - began) or 1, (high - low) or 1
    steps: list[str] = []
    for n, (seconds, cost) in enumerate(shown):
        x = round(WIDTH * (seconds - began) / wide, 1)
        y = round(HEIGHT * (high - cost) / tall, 1)
        if n:
            steps.append(f"{x},{steps[-1].partition(',')[2]}")  # a better one is found at once: a stair, not a slope
        steps.append(f"{x},{y}")
    return Curve(" ".join(steps), costs[0], costs[-1], ended)
