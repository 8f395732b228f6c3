"""What choices are worth, and how much of it can be attended: against trying everything."""

from __future__ import annotations

from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.domain.timetable.problem import Registration
from parvis.domain.timetable.worth import attendable, coverable, worth_of_choices

Span = tuple[int, int]
SPANS = st.builds(lambda start, length: (start, start + length), st.integers(-5, 12), st.integers(1, 6))


def are_apart(spans: tuple[tuple[int, ...], ...]) -> bool:
    """Tell whether no two share a minute."""
    minutes = [set(range(span[0], span[1])) for span in spans]
    return all(one.isdisjoint(other) for one, other in combinations(minutes, 2))


@given(choices=st.lists(st.tuples(SPANS, st.integers(0, 4)), max_size=6))
@settings(max_examples=250, deadline=None)
def test_one_person_attends_the_best_that_can_be_attended(choices: list[tuple[Span, int]]) -> None:
    whole = [(start, end, worth) for (start, end), worth in choices]
    subsets = chain.from_iterable(combinations(whole, size) for size in range(len(whole) + 1))
    best = max(sum(worth for _start, _end, worth in subset) for subset in subsets if are_apart(subset))
    assert attendable(whole) == best


@given(spans=st.lists(SPANS, max_size=5), people=st.integers(0, 3))
@settings(max_examples=250, deadline=None)
def test_a_delegation_attends_as_many_as_can_be_shared_out(spans: list[Span], people: int) -> None:
    best = 0
    for who in product(range(-1, people), repeat=len(spans)):  # -1: nobody goes
        shares = [tuple(span for span, goer in zip(spans, who, strict=True) if goer == one) for one in range(people)]
        if all(map(are_apart, shares)):
            best = max(best, sum(map(len, shares)))
    assert coverable(spans, people) == best


@given(spans=st.lists(SPANS, max_size=12))
def test_one_person_is_a_delegation_of_one(spans: list[Span]) -> None:
    assert coverable(spans, 1) == attendable((start, end, 1) for start, end in spans)


def test_one_may_begin_where_another_ends() -> None:
    assert attendable([(0, 60, 1), (60, 90, 1)]) == 2
    assert attendable([(0, 61, 1), (60, 90, 1)]) == 1
    assert coverable([(0, 60), (60, 90)], 1) == 2
    assert coverable([(0, 61), (60, 90)], 1) == 1
    assert attendable([]) == coverable([], 2) == 0


@pytest.mark.parametrize(
    ("choices", "ranked", "worth"),
    [
        ((), True, ()),
        (("a",), True, (("a", 4),)),
        (("a", "b", "c", "d", "e"), True, (("a", 4), ("b", 3), ("c", 2), ("d", 1), ("e", 1))),
        (("b", "a", "b", "c"), True, (("b", 4), ("a", 3), ("c", 2))),
        (("a", "b", "a"), False, (("a", 2), ("b", 2))),
    ],
)
def test_what_choices_are_worth(choices: tuple[str, ...], ranked: bool, worth: tuple[tuple[str, int], ...]) -> None:
    assert worth_of_choices(Registration("i", choices, ranked)) == worth
