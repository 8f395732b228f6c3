"""Schedules as workbooks: to the letter, and read back as they were."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
import python_calamine as calamine

from parvis.domain.timetable.cosplib.instance import CosplibInstance
from parvis.domain.timetable.cosplib.schedules import Schedule, placements_of, schedule_of
from parvis.domain.timetable.placements import Place
from parvis.exports.cosplib import write_schedule
from parvis.ingest import cosplib_refusals as no
from parvis.ingest.cosplib import read_cosplib
from parvis.ingest.cosplib_schedules import read_schedule
from tests.factories.cosplib import random_placements, small_sheets, workbook_of

PLACES = {"w2": Place("Loft", 10), "a1": Place("7", 1440), "8": Place("7", 1470), "s2 ": Place("Hall", 2900)}


def small() -> CosplibInstance:
    return read_cosplib(workbook_of(small_sheets()))


def cells_of(content: bytes) -> list[list[Any]]:
    sheet = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return sheet.to_python(skip_empty_area=False)


def test_a_schedule_is_laid_out_as_the_format_asks() -> None:
    rows = cells_of(write_schedule(schedule_of(small(), PLACES)))
    assert rows[0] == ["", "Hall", "Loft", 7]
    assert rows[1:4] == [
        ["Mon am", "", "Water", ""],
        ["Mon pm ", "", "", "Air"],
        ["Tue", " Soil", "", ""],
    ]
    assert rows[4] == ["", "", "", ""]
    assert [row[0] for row in rows[5:]] == ["Mon am"] * 3 + ["Mon pm "] * 4 + ["Tue"] * 3
    assert [row[2] for row in rows[5:8]] == ["", "w2", "w2"]
    assert [row[3] for row in rows[8:12]] == ["a1", "a1", "a1", 8], "a name that is a number stays one"
    assert [row[1] for row in rows[12:]] == ["", "", "s2 "]
    assert len(rows) == 15


@pytest.mark.parametrize("seed", range(5))
def test_a_schedule_is_read_back_as_it_was(seed: int) -> None:
    instance = small()
    placements = random_placements(instance, Random(seed))  # noqa: S311 - reproducible on purpose
    schedule = schedule_of(instance, placements)
    again = read_schedule(write_schedule(schedule), instance)
    assert again == schedule
    assert placements_of(again) == placements


def test_what_looks_like_a_formula_stays_a_text() -> None:
    schedule = Schedule(("=A1",), ("+1",), (("-track",),), ((("@x", None),),))
    content = write_schedule(schedule)
    assert cells_of(content) == [["", "+1"], ["=A1", "-track"], ["", ""], ["=A1", "@x"], ["=A1", ""]]


def test_the_same_schedule_gives_the_same_bytes() -> None:
    schedule, noon = schedule_of(small(), PLACES), datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert write_schedule(schedule, created=noon) == write_schedule(schedule, created=noon)


@pytest.mark.parametrize(
    ("row", "column", "text", "refusal", "params"),
    [
        (0, 2, "loft", no.ScheduleNamesDiffer, {"row": 1, "column": "C", "found": "loft", "expected": "Loft"}),
        (2, 0, "Mon pm", no.ScheduleNamesDiffer, {"row": 3, "column": "A", "expected": "Mon pm "}),
        (1, 1, "Soil", no.NameUnknownNearby, {"row": 2, "column": "B (“Hall”)", "near": " Soil"}),
        (6, 2, "s2", no.NameUnknownNearby, {"row": 7, "column": "C (“Loft”)", "near": "s2 ", "base": "submissions"}),
        (6, 2, "nobody", no.NameUnknown, {"row": 7, "column": "C (“Loft”)", "name": "nobody"}),
        (6, 2, None, no.SubmissionBroken, {"row": 8, "name": "w2", "needed": 2}),
        (5, 2, "w2", no.SubmissionBroken, {"row": 6, "name": "w2", "needed": 2}),
        (5, 1, "s2 ", no.SubmissionBroken, {"row": 15, "name": "s2 ", "needed": 1}),
    ],
)
def test_what_is_wrong_with_a_schedule_is_told(
    row: int, column: int, text: str | None, refusal: type[no.SheetRefused], params: dict[str, Any]
) -> None:
    instance = small()
    rows = [
        [cell if cell != "" else None for cell in line]
        for line in cells_of(write_schedule(schedule_of(instance, PLACES)))
    ]
    rows[row][column] = text
    with pytest.raises(refusal) as told:
        read_schedule(workbook_of({"Schedule": rows}), instance)
    assert told.value.params.items() >= params.items()
