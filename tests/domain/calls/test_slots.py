"""Slots: made in a row around what is placed, free or taken, and the nearest offered in time then room order."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.calls.slots import (
    NewSlot,
    NotSelected,
    Occupied,
    RoomMissing,
    Slot,
    SlotDayOutside,
    SlotEveryImpossible,
    SlotHoursImpossible,
    TooManySlots,
    check_may_hold,
    free_slots,
    nearest_free,
    slots_in_a_row,
)
from parvis.domain.calls.states import Decision, ProposalStatus

PARIS = ZoneInfo("Europe/Paris")
DAY = date(2023, 9, 18)
START = datetime(2023, 9, 18, 8, 0, tzinfo=UTC)
LENGTH = 20

slot_lists = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 4)), max_size=30, unique=True).map(
    lambda places: [
        Slot(pk, room, room, START + timedelta(minutes=LENGTH * step), LENGTH)
        for pk, (step, room) in enumerate(places, start=1)
    ]
)
busy_times = st.lists(
    st.builds(
        lambda room, begin, length: Occupied(
            room, START + timedelta(minutes=begin), START + timedelta(minutes=begin + length), "Séance"
        ),
        st.integers(1, 4),
        st.integers(-30, 800),
        st.integers(1, 120),
    ),
    max_size=8,
)


@given(slot_lists, st.data(), busy_times)
def test_free_is_neither_held_nor_in_the_way(slots: list[Slot], data: st.DataObject, busy: list[Occupied]) -> None:
    held = data.draw(st.sets(st.sampled_from([slot.pk for slot in slots]))) if slots else set()
    free = free_slots(slots, held=held, occupied=busy)
    assert [slot.pk for slot in free] == [
        slot.pk
        for slot in sorted(slots, key=lambda slot: (slot.starts_at, slot.room_position, slot.pk))
        if slot.pk not in held
        and not any(
            o.room_id == slot.room_id and max(o.starts_at, slot.starts_at) < min(o.ends_at, slot.ends_at) for o in busy
        )
    ]


@given(slot_lists.filter(bool), st.data(), st.integers(1, 8))
def test_the_nearest_are_free_in_time_then_room_order(slots: list[Slot], data: st.DataObject, most: int) -> None:
    wanted = data.draw(st.sampled_from(slots))
    held = data.draw(st.sets(st.sampled_from([slot.pk for slot in slots]))) | {wanted.pk}
    free = free_slots(slots, held=held, occupied=[])
    nearest = nearest_free(wanted, free, most=most)
    assert len(nearest) == min(most, len(free))
    assert not {slot.pk for slot in nearest} & held

    def rank(slot: Slot) -> tuple[timedelta, datetime, int]:
        return abs(slot.starts_at - wanted.starts_at), slot.starts_at, slot.room_position

    assert [rank(slot) for slot in nearest] == sorted(rank(slot) for slot in nearest)
    left_out = [rank(slot) for slot in free if slot not in nearest]
    assert not left_out or max(rank(slot) for slot in nearest) <= min(left_out)


def test_the_nearest_to_a_taken_slot() -> None:
    def slot(pk: int, minutes: int, room: int) -> Slot:
        return Slot(pk, room, room, START + timedelta(minutes=minutes), LENGTH)

    wanted = slot(1, 40, 2)
    others = [slot(2, 60, 1), slot(3, 20, 3), slot(4, 40, 1), slot(5, 40, 3), slot(6, 20, 1), slot(7, 100, 1)]
    assert [found.pk for found in nearest_free(wanted, [wanted, *others])] == [4, 5, 6, 3, 2]


def row(**changes: object) -> list[NewSlot]:
    given_values: dict[str, object] = {
        "room_ids": [1, 2],
        "day": DAY,
        "first": time(14, 0),
        "last": time(15, 0),
        "every_min": 20,
        "length_min": 20,
        "days": [DAY],
        "zone": PARIS,
        "occupied": [],
    }
    return slots_in_a_row(**{**given_values, **changes})  # type: ignore[arg-type]


def test_slots_in_a_row_begin_at_the_venues_hours() -> None:
    made = row()
    assert [(slot.room_id, slot.starts_at.astimezone(PARIS).time()) for slot in made] == [
        (1, time(14, 0)),
        (2, time(14, 0)),
        (1, time(14, 20)),
        (2, time(14, 20)),
        (1, time(14, 40)),
        (2, time(14, 40)),
    ]
    assert not any(slot.clash for slot in made)


def test_what_is_placed_stands_in_the_way_of_its_room_alone() -> None:
    at = datetime(2023, 9, 18, 14, 30, tzinfo=PARIS)
    made = row(occupied=[Occupied(1, at, at + timedelta(minutes=10), "Plénière")])
    assert [(slot.room_id, slot.starts_at.astimezone(PARIS).minute) for slot in made if slot.clash] == [(1, 20)]
    assert {slot.clash for slot in made} == {"", "Plénière"}
    touching = row(occupied=[Occupied(1, at - timedelta(minutes=30), at - timedelta(minutes=10), "Avant")])
    assert [slot.starts_at.astimezone(PARIS).minute for slot in touching if slot.clash] == [0]


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"room_ids": []}, RoomMissing, "rooms"),
        ({"day": date(2023, 9, 20)}, SlotDayOutside, "day"),
        ({"every_min": 15}, SlotEveryImpossible, "every_min"),
        ({"last": time(14, 19)}, SlotHoursImpossible, "last"),
        ({"last": time(9, 0)}, SlotHoursImpossible, "last"),
        ({"room_ids": list(range(200)), "last": time(18, 0)}, TooManySlots, "every_min"),
    ],
)
def test_slips_of_the_pen(changes: dict[str, object], refusal: type[Exception], field: str) -> None:
    with pytest.raises(refusal) as refused:
        row(**changes)
    assert refused.value.field == field  # type: ignore[attr-defined]


def test_when_the_clocks_change_every_slot_lasts_as_long() -> None:
    """On 29 October 2023 three o'clock came twice in Paris."""
    night = date(2023, 10, 29)
    made = row(room_ids=[1], day=night, days=[night], first=time(1, 0), last=time(4, 0), every_min=30)
    starts = [slot.starts_at for slot in made]
    assert {later - earlier for earlier, later in pairwise(starts)} == {timedelta(minutes=30)}
    assert len(made) == 8  # four hours passed between one and four


@pytest.mark.parametrize("status", list(ProposalStatus))
@pytest.mark.parametrize("decision", list(Decision))
@pytest.mark.parametrize("announced", [True, False])
def test_only_the_selected_who_were_told_choose(status: ProposalStatus, decision: Decision, announced: bool) -> None:
    if (status, decision, announced) == (ProposalStatus.SUBMITTED, Decision.ACCEPTED, True):
        check_may_hold(status=status, decision=decision, announced=announced)
        return
    with pytest.raises(NotSelected):
        check_may_hold(status=status, decision=decision, announced=announced)
