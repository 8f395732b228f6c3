"""Schedules are placements, slot by slot, and back."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from parvis.domain.timetable.cosplib.instance import CosplibInstance
from parvis.domain.timetable.cosplib.schedules import (
    CellOfSeveralTracks,
    CellTaken,
    OffTheSlots,
    PlacedTwice,
    placements_of,
    schedule_of,
)
from parvis.domain.timetable.placements import Place, Placements
from parvis.ingest.cosplib import read_cosplib
from tests.factories.cosplib import random_placements, small_sheets, workbook_of


def small() -> CosplibInstance:
    return read_cosplib(workbook_of(small_sheets()))


@pytest.mark.parametrize("seed", range(20))
def test_there_and_back(seed: int) -> None:
    instance = small()
    placements = random_placements(instance, Random(seed))  # noqa: S311 - reproducible on purpose
    schedule = schedule_of(instance, placements)
    assert placements_of(schedule) == placements
    filled = [reference for row in schedule.cells for cell in row for reference in cell if reference is not None]
    assert {name: filled.count(name) for name in filled} == {one.reference: one.slots for one in instance.submissions}


def test_a_schedule_says_what_stands_in_each_slot() -> None:
    places = {"w2": Place("Loft", 10), "a1": Place("7", 1440), "8": Place("7", 1470), "s2 ": Place("Hall", 2900)}
    schedule = schedule_of(small(), Placements(places))
    assert schedule.labels == ((None, "Water", None), (None, None, "Air"), (" Soil", None, None))
    assert schedule.cells[0] == ((None,) * 3, (None, "w2", "w2"), (None,) * 3)
    assert schedule.cells[1][2] == ("a1", "a1", "a1", "8")
    assert schedule.cells[2][0] == (None, None, "s2 ")
    assert placements_of(schedule) == Placements(places)


@pytest.mark.parametrize("start", [5, -10, 30, 700, 2 * 1440 + 30])
def test_what_is_off_the_slots_has_no_place_in_a_schedule(start: int) -> None:
    with pytest.raises(OffTheSlots):
        schedule_of(small(), {"w2": Place("Hall", start)})
    with pytest.raises(OffTheSlots):
        schedule_of(small(), {"w2": Place("Hall", 20)})  # two slots, of which one is left


def test_a_cell_holds_one_track_and_a_slot_one_submission() -> None:
    with pytest.raises(CellOfSeveralTracks) as told:
        schedule_of(small(), {"w1": Place("Hall", 0), "s1": Place("Hall", 10)})
    assert told.value.params == {"room": "Hall", "session": "Mon am", "one": "s1", "other": "w1"}
    with pytest.raises(CellTaken):
        schedule_of(small(), {"w1": Place("Hall", 10), "w2": Place("Hall", 0)})


def test_a_submission_stands_once() -> None:
    schedule = schedule_of(small(), {"w1": Place("Hall", 0), "w3": Place("Hall", 10)})
    first = list(schedule.cells)
    first[0] = (("w1", "w3", "w1"), *first[0][1:])
    with pytest.raises(PlacedTwice):
        placements_of(replace(schedule, cells=tuple(first)))
