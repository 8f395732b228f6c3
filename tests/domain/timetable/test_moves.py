"""Where a session stands, as it is kept; and which rules a move breaks anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.timetable.moves import PlacementIncomplete, Standing, newly_broken
from parvis.domain.timetable.verdicts import Violation, Words

moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
placed = st.builds(Standing, st.integers(1, 10**9), moments, st.integers(1, 840), st.booleans())
trayed = st.builds(Standing, st.none(), st.none(), st.integers(1, 840))


@given(placed | trayed)
def test_a_standing_survives_its_json(standing: Standing) -> None:
    assert Standing.from_json(standing.to_json()) == standing


def test_a_room_without_a_time_is_no_place() -> None:
    with pytest.raises(PlacementIncomplete):
        Standing(3, None, 90)
    with pytest.raises(PlacementIncomplete):
        Standing(None, datetime(2023, 9, 18, tzinfo=UTC), 90)


@given(placed)
def test_a_pin_does_not_move_a_session(standing: Standing) -> None:
    assert standing.is_where(replace(standing, pinned=not standing.pinned))
    assert not standing.is_where(replace(standing, duration_min=standing.duration_min + 5))
    assert not standing.is_where(Standing(None, None, standing.duration_min))


def a_violation(key: str, *, hard: bool = True, amount: int = 1) -> Violation:
    return Violation(key, "r", "k", hard, amount, 0 if hard else amount, Words("…"), ("S1",))


def test_only_hard_rules_that_held_or_held_better_are_newly_broken() -> None:
    before = [a_violation("old"), a_violation("worse", amount=2), a_violation("wish", hard=False)]
    after = [
        a_violation("old"),
        a_violation("worse", amount=3),
        a_violation("new"),
        a_violation("new wish", hard=False),
    ]
    assert [found.key for found in newly_broken(before, after)] == ["worse", "new"]
    assert newly_broken(after, before) == []
