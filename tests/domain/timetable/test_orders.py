"""Orders of sessions never close a circle, and the refusal names the one that would be."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.timetable.orders import (
    GapOutOfBounds,
    OrderClosesCircle,
    OrderOfItself,
    check_gap,
    check_order,
    circle_closed_by,
)

TITLES = {"a": "Ouverture", "b": "Atelier", "c": "Clôture"}


def test_a_session_does_not_come_before_itself() -> None:
    with pytest.raises(OrderOfItself) as refused:
        check_order("a", "a", [], TITLES)
    assert refused.value.field == "after"


def test_a_circle_is_named() -> None:
    orders = [("a", "b"), ("b", "c"), ("a", "c")]
    check_order("a", "c", orders, TITLES)
    with pytest.raises(OrderClosesCircle, match="Clôture → Ouverture → Clôture"):
        check_order("c", "a", orders, TITLES)
    with pytest.raises(OrderClosesCircle, match="Clôture → Ouverture → Atelier → Clôture"):
        check_order("c", "a", orders[:2], TITLES)


@pytest.mark.parametrize("gap", [-1, 1441, 99_999])
def test_a_gap_fits_a_day(gap: int) -> None:
    check_gap(0)
    check_gap(1440)
    with pytest.raises(GapOutOfBounds):
        check_gap(gap)


pairs = st.tuples(st.integers(0, 7), st.integers(0, 7))


def sorts(orders: list[tuple[int, int]]) -> bool:
    """Tell by the standard library whether there is an order that keeps all of them."""
    sorter: TopologicalSorter[int] = TopologicalSorter()
    for before, after in orders:
        sorter.add(after, before)
    try:
        sorter.prepare()
    except CycleError:
        return False
    return True


@given(st.lists(pairs, max_size=14), pairs)
def test_an_order_is_refused_exactly_where_nothing_could_be_sorted_any_more(
    wanted: list[tuple[int, int]], last: tuple[int, int]
) -> None:
    orders: list[tuple[int, int]] = []
    for before, after in [*wanted, last]:
        circle = circle_closed_by(before, after, orders)
        assert bool(circle) is not sorts([*orders, (before, after)])
        if not circle:
            orders.append((before, after))
            continue
        steps = list(pairwise(circle))
        assert steps[0] == (before, after)
        assert circle[0] == circle[-1]
        assert set(steps[1:]) <= set(orders)
