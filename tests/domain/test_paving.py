"""Stones neither overlap nor leave the square; the same stones give the same drawing; one more moves few."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.paving import Family, Laid, Stone, family_of, lay, natural_width

sizes = st.integers(min_value=1, max_value=60)
squares = st.lists(sizes, max_size=120).map(
    lambda found: [Stone(f"organisation-{n}", f"Organisation {n}", Family.HOME, size) for n, size in enumerate(found)]
)


def rows_of(laid: list[Laid]) -> dict[float, list[Laid]]:
    rows: dict[float, list[Laid]] = defaultdict(list)
    for piece in laid:
        rows[piece.y].append(piece)
    return rows


@given(squares, st.integers(200, 1600), st.integers(40, 500))
def test_rows_are_filled_from_edge_to_edge_without_overlap(stones: list[Stone], width: int, height: int) -> None:
    laid = lay(stones, width=width, height=height)
    rows = rows_of(laid)
    assert sum(row[0].height for row in rows.values()) == pytest.approx(height)
    for row in rows.values():
        assert row[0].x == 0
        assert sum(piece.width for piece in row) == pytest.approx(width)
        for left, right in pairwise(row):
            assert left.x + left.width == pytest.approx(right.x)
            assert max(x for x, _y in left.corners) <= min(x for x, _y in right.corners) + 0.11


@given(squares, st.integers(200, 1600))
def test_every_stone_is_laid_once_within_its_cell(stones: list[Stone], width: int) -> None:
    laid = lay(stones, width=width, height=300)
    assert sorted(p.stone.key for p in laid if p.stone) == sorted(s.key for s in stones)
    for piece in laid:
        for x, y in piece.corners:
            assert piece.x - 0.06 <= x <= piece.x + piece.width + 0.06
            assert piece.y - 0.06 <= y <= piece.y + piece.height + 0.06


@given(squares)
def test_the_order_of_the_list_changes_nothing(stones: list[Stone]) -> None:
    assert lay(stones, width=900, height=300) == lay(list(reversed(stones)), width=900, height=300)


@pytest.mark.parametrize("count", [40, 120, 190])
def test_one_stone_more_leaves_most_where_they_lie(count: int) -> None:
    stones = [Stone(f"stone-{n}", str(n), Family.HOME, 1 + n % 5) for n in range(count)]
    unmoved = []
    for extra in range(12):
        before = {p.stone.key: (p.x, p.y) for p in lay(stones, width=1440, height=414) if p.stone}
        more = [*stones, Stone(f"newcomer-{extra}", "new", Family.AFRICA, 2)]
        after = {p.stone.key: (p.x, p.y) for p in lay(more, width=1440, height=414) if p.stone}
        unmoved.append(sum(before[key] == after[key] for key in before) / count)
    assert sorted(unmoved)[len(unmoved) // 2] > 0.8


def test_a_larger_delegation_is_wider() -> None:
    widths = [natural_width(size) for size in (1, 2, 5, 12, 40)]
    assert widths == sorted(set(widths))


def test_families() -> None:
    assert family_of("commune", "FR") is Family.HOME
    assert family_of("overseas", "FR") is Family.HOME
    assert family_of("ministry", "FR") is Family.HOUSE
    assert family_of("embassy", "SN") is Family.AFRICA
    assert family_of("foreign_authority", "ca") is Family.AMERICAS
    assert family_of("other", "??") is Family.HOUSE
