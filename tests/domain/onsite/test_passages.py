"""Who stands inside, whatever order the scans came in; and what can be taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.onsite import Direction, Verdict
from parvis.domain.onsite.passages import (
    UNDO_DIRECTION,
    AlreadyUndone,
    NothingToUndo,
    Passage,
    ScanOfAnotherDoor,
    check_undo,
    latest_passage,
    may_be_undone,
    standing,
)

EIGHT = datetime(2023, 9, 18, 8, tzinfo=UTC)
MINUTES = st.integers(0, 5).map(lambda minutes: EIGHT + timedelta(minutes=minutes))
PASSAGES = st.builds(Passage, direction=st.sampled_from(list(Direction)), scanned_at=MINUTES, received_at=MINUTES)


@given(st.lists(PASSAGES, max_size=8), st.randoms())
def test_the_order_of_arrival_changes_nothing(passages: list[Passage], random: object) -> None:
    shuffled = list(passages)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert latest_passage(shuffled) == latest_passage(passages)
    assert standing(shuffled) is standing(passages)


@given(st.lists(PASSAGES, min_size=1, max_size=8))
def test_the_latest_reading_counts(passages: list[Passage]) -> None:
    last = latest_passage(passages)
    assert last is not None
    assert all(passage.scanned_at <= last.scanned_at for passage in passages)
    later = Passage(Direction.OUT, last.scanned_at + timedelta(seconds=1), last.received_at)
    assert standing([*passages, later]) is Direction.OUT


def test_in_the_same_instant_nobody_inside_is_lost() -> None:
    both = [Passage(direction, EIGHT, EIGHT) for direction in Direction]
    assert standing(both) is standing(both[::-1]) is Direction.IN


def test_nobody_was_ever_here() -> None:
    assert standing([]) is None


def test_an_undo_is_never_a_presence() -> None:
    assert UNDO_DIRECTION is Direction.OUT


def _check(**changes: object) -> None:
    given: dict[str, object] = {
        "verdict": Verdict.ADMITTED,
        "is_undo": False,
        "is_undone": False,
        "same_door": True,
        "door": "Entrée",
        **changes,
    }
    check_undo(**given)  # type: ignore[arg-type]


def test_an_admitted_scan_is_taken_back_once_at_its_own_door() -> None:
    _check()
    with pytest.raises(AlreadyUndone):
        _check(is_undone=True)
    with pytest.raises(NothingToUndo):
        _check(is_undo=True)
    with pytest.raises(ScanOfAnotherDoor, match="Entrée"):
        _check(same_door=False)


@given(st.sampled_from(list(Verdict)), st.booleans(), st.booleans())
def test_the_button_stands_where_the_rule_allows(verdict: Verdict, is_undo: bool, is_undone: bool) -> None:
    try:
        _check(verdict=verdict, is_undo=is_undo, is_undone=is_undone)
        allowed = True
    except (NothingToUndo, AlreadyUndone):
        allowed = False
    assert may_be_undone(verdict=verdict, is_undo=is_undo, is_undone=is_undone) is allowed
