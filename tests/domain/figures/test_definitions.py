"""The registry of figures: every one defined, shares exact, prose never overstating."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.figures.definitions import DEFINITIONS, NoSuchFigure, definition_of, share
from parvis.domain.figures.prose import said, step_for


def test_every_definition_is_a_sentence_of_its_own() -> None:
    sentences = [definition.sentence for definition in DEFINITIONS.values()]
    assert len(set(sentences)) == len(sentences)
    assert all(sentence.endswith(".") for sentence in sentences)


def test_a_figure_that_is_not_registered_does_not_exist() -> None:
    with pytest.raises(NoSuchFigure, match="attendance_of_cats"):
        definition_of("attendance_of_cats")


@pytest.mark.parametrize(
    ("value", "number", "more_than"),
    [
        (0, 0, False),
        (8, 8, False),
        (20, 20, False),
        (31, 30, True),
        (130, 130, False),
        (137, 100, True),
        (500, 500, False),
        (512, 500, True),
        (1_234, 1_200, True),
        (40_512, 40_000, True),
    ],
)
def test_prose(value: int, number: int, more_than: bool) -> None:
    assert (said(value).number, said(value).more_than) == (number, more_than)


@given(st.integers(min_value=0, max_value=10**7))
def test_prose_never_says_more_than_was_counted(value: int) -> None:
    written = said(value)
    assert written.number < value if written.more_than else written.number == value
    assert value - written.number < step_for(value)


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_shares(numerator: int, rest: int) -> None:
    figure = share("women_share", numerator=numerator, denominator=numerator + rest, undeclared=3)
    assert 0 <= figure.value <= 100
    assert figure.parts == {"numerator": numerator, "denominator": numerator + rest, "undeclared": 3}
    if numerator + rest:
        assert abs(figure.value - 100 * numerator / (numerator + rest)) <= 0.5


def test_a_share_of_nobody_is_zero_of_zero() -> None:
    assert share("women_share", numerator=0, denominator=0).value == 0
