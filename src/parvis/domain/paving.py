"""The square, paved by those who come: each organisation is a stone, laid in rows by hand.

The same stones always give the same drawing. A stone's row and its place in the row follow from its own key, so
that one organisation more moves the stones of its own row and leaves the others where they lie.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from parvis.domain.network.countries import countries
from parvis.domain.network.kinds import FRENCH_AUTHORITIES

Point = tuple[float, float]


class Family(StrEnum):
    """What tints a stone: French authorities are pale, the others of the house blue, guests by part of the world."""

    HOME = "home"
    HOUSE = "house"
    AFRICA = "africa"
    AMERICAS = "americas"
    ASIA = "asia"
    EUROPE = "europe"
    OCEANIA = "oceania"


def family_of(kind: str, country: str, *, home: str = "FR") -> Family:
    """Return the family of an organisation from its kind and its country (an embassy's is the one it represents)."""
    if kind in FRENCH_AUTHORITIES:
        return Family.HOME
    known = countries().get(country.upper())
    if country.upper() == home or known is None:
        return Family.HOUSE
    return Family(known.part.value)


@dataclass(frozen=True, slots=True)
class Stone:
    """One organisation. `size` is its delegation (1 up); `presence` its share present, None before the doors open."""

    key: str
    name: str
    family: Family
    size: int
    presence: float | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Laid:
    """A stone in its place. `x, y, width, height` is its cell, joints included; `corners` what is drawn, inside it.

    `stone` is None for the bare stones that wait for somebody. `shade` picks among a family's tints.
    """

    stone: Stone | None
    x: float
    y: float
    width: float
    height: float
    corners: tuple[Point, Point, Point, Point]
    shade: int


def _chances(*words: object) -> Iterable[float]:
    """Yield numbers in [0, 1) that follow from `words` alone."""
    digest = hashlib.blake2b("\x1f".join(map(str, words)).encode(), digest_size=32).digest()
    for at in range(0, 32, 4):
        yield int.from_bytes(digest[at : at + 4], "big") / 2**32


WIDEST = 4.0  # row heights: no delegation, however large, takes a whole row


def natural_width(size: int) -> float:
    """Return a delegation's width in units: it grows with its size, more slowly for the largest."""
    return 1.0 + 0.85 * float((min(max(size, 1), 40) - 1) ** 0.7)


def _unit(stones: list[Stone], area: float, least: float) -> float:
    """Return the pixels of one unit: in steps, so that one stone more seldom changes it."""
    total = sum(natural_width(stone.size) for stone in stones)
    if total == 0:
        return least * 2.0
    exact = area / total
    stepped = 2.0 ** (math.floor(math.log2(exact) * 3) / 3)
    return float(min(max(stepped, least), least * 2.2))


def _corners(x: float, y: float, width: float, height: float, seed: str, joint: float) -> tuple[Point, ...]:
    """Return four corners inside the cell, each a little off, as if laid by hand."""
    slack = min(joint * 1.15, width * 0.12, height * 0.12)
    half = min(joint / 2, width * 0.2, height * 0.2)
    chances = list(_chances("corner", seed))
    left, right, top, bottom = x + half, x + width - half, y + half, y + height - half
    return (
        (round(left + slack * chances[0], 1), round(top + slack * chances[1], 1)),
        (round(right - slack * chances[2], 1), round(top + slack * chances[3], 1)),
        (round(right - slack * chances[4], 1), round(bottom - slack * chances[5], 1)),
        (round(left + slack * chances[6], 1), round(bottom - slack * chances[7], 1)),
    )


def _row_edges(rows: int, height: float) -> list[float]:
    """Return the rows' edges from 0 to `height`: courses of nearly the same height."""
    weights = [1.0 + 0.09 * (next(iter(_chances("course", row))) - 0.5) for row in range(rows)]
    total, edges = sum(weights), [0.0]
    for weight in weights:
        edges.append(edges[-1] + height * weight / total)
    edges[-1] = height
    return edges


def _lay_row(
    pieces: list[tuple[float, Stone | None, str]], top: float, height: float, width: float, joint: float
) -> Iterable[Laid]:
    scale = width / sum(piece[0] for piece in pieces)
    x = 0.0
    for index, (natural, stone, seed) in enumerate(pieces):
        end = width if index == len(pieces) - 1 else x + natural * scale
        corners = _corners(x, top, end - x, height, seed, joint)
        shade = int(next(iter(_chances("shade", seed))) * 1000)
        yield Laid(stone, x, top, end - x, height, corners, shade)  # type: ignore[arg-type]  # four corners
        x = end


def lay(
    stones: Iterable[Stone], *, width: float, height: float, row_height: float = 46.0, joint: float = 2.4
) -> list[Laid]:
    """Return every stone laid in a rectangle of `width` × `height` pixels, rows about `row_height` high.

    Rows are filled from edge to edge: where stones are missing, bare ones wait; where there are many, all shrink.
    """
    given = sorted({stone.key: stone for stone in stones}.values(), key=lambda stone: stone.key)
    rows = max(1, round(height / row_height))
    least = row_height * 0.42
    unit = _unit(given, width * rows, least)
    per_row: list[list[tuple[float, Stone]]] = [[] for _ in range(rows)]
    for stone in given:
        which, where, *_rest = _chances("place", stone.key)
        per_row[int(which * rows)].append((where, stone))
    edges = _row_edges(rows, height)
    laid: list[Laid] = []
    for row in range(rows):
        placed = sorted(per_row[row], key=lambda pair: (pair[0], pair[1].key))
        pieces: list[tuple[float, float, Stone | None, str]] = []
        filled = 0.0
        for where, stone in placed:
            wobble = 0.88 + 0.24 * next(iter(_chances("width", stone.key)))
            natural = min(natural_width(stone.size) * unit, row_height * WIDEST) * wobble
            pieces.append((where, natural, stone, stone.key))
            filled += natural
        bare = 0
        while filled < width * 0.97 and bare < 400:
            spot, length, *_rest = _chances("bare", row, bare)
            natural = unit * (0.8 + 1.9 * length)
            pieces.append((spot, natural, None, f"bare {row} {bare}"))
            filled += natural
            bare += 1
        pieces.sort(key=lambda piece: (piece[0], piece[3]))
        ordered = [(natural, stone, seed) for _where, natural, stone, seed in pieces]
        laid += _lay_row(ordered, edges[row], edges[row + 1] - edges[row], width, joint)
    return laid
