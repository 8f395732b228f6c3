"""CoSPLib workbooks: what is in them, by name, and every fault with its sheet, its row and its column."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from datetime import time as hour
from random import Random
from typing import Any

import pytest
import xlsxwriter

from bench.cosplib_instances import make_instance
from parvis.domain.refusals import Refusal
from parvis.domain.timetable.cosplib.instance import CosplibSession, Track, Zones
from parvis.domain.timetable.cosplib.timetables import timetable_of
from parvis.domain.timetable.violations import violations
from parvis.ingest import cosplib_refusals as no
from parvis.ingest import refusals
from parvis.ingest.cosplib import read_cosplib
from tests.factories.cosplib import Sheets, parameters, small_sheets, workbook_of

Change = Callable[[Sheets], None]


def read(change: Change | None = None) -> Any:
    sheets = small_sheets()
    if change is not None:
        change(sheets)
    return read_cosplib(workbook_of(sheets))


def put(sheet: str, row: int, column: int, value: Any) -> Change:
    """Return the change of one cell, as the spreadsheet counts: row 1, column 1."""

    def change(sheets: Sheets) -> None:
        sheets[sheet][row - 1][column - 1] = value

    return change


def test_an_instance_is_read_by_its_names() -> None:
    instance = read()
    assert instance.sessions == (
        CosplibSession("Mon am", 3, 540, 630),
        CosplibSession("Mon pm ", 4, 840, 960),
        CosplibSession("Tue", 3, 1200, 1305),
    )
    assert instance.rooms == ("Hall", "Loft", "7")
    assert instance.tracks == (Track("Water", ("Eve", "Flo")), Track(" Soil", ("Flo",)), Track("Air", ()))
    assert instance.numbers == {"7", "8"}
    assert instance.zones == Zones(1, 570, 1290, 420, 1380, 1, 10)
    assert instance.weights[:3] == (100, 7, 3)
    assert instance.weight("order") == 1_000_000
    assert instance.weight("attendees_slot") == 43
    first, last = instance.submissions[0], instance.submissions[-1]
    assert (first.reference, first.track, first.slots, first.order, first.zone) == ("w1", "Water", 1, 1, 1)
    assert (first.presenters, first.attendees) == (("Ada", "Bo"), ("Cy",))
    assert (first.in_session, first.in_room) == ((1, 0, 2), (0, 3, 0))
    assert last.reference == "8"
    # Matrices stand in other orders than the lists, and have empty cells.
    assert instance.track_session == ((10, 1, 0), (0, 0, 3), (2, 0, 1))
    assert instance.track_room == ((1, 0, 2), (0, 4, 0), (0, 0, 1))
    assert instance.session_room == ((0, 0, 4), (3, 2, 1), (0, 6, 0))
    # The upper triangle alone, in that sheet's own order.
    assert instance.similar == (("Air", "Water", 2), ("Air", " Soil", 5), ("Water", " Soil", 3))


def test_rows_without_a_name_and_columns_without_a_title_are_passed_over() -> None:
    def change(sheets: Sheets) -> None:
        sheets["submissions"].insert(3, [None] * 14)
        sheets["tracks"] += [[None, None], [None, "Ada"]]
        sheets["submissions"][1] += [None, 99]  # under no title
        sheets["tracks_rooms|penalty"].insert(1, [None, 5, 5, 5])

    assert read(change) == read()


def test_hours_and_numbers_may_be_texts() -> None:
    def change(sheets: Sheets) -> None:
        sheets["sessions"][1][3:] = ["9:00", "10:30:00"]
        sheets["sessions"][2][1] = "4"
        sheets["parameters"][1][1] = "GMT +1"
        sheets["submissions"][1][2] = " 1 "

    assert read(change) == read()


def test_a_submission_without_a_zone_is_where_the_conference_is() -> None:
    assert read(put("submissions", 3, 5, None)).submissions[1].zone == 1


def test_titles_may_be_written_with_other_capitals_and_blanks() -> None:
    def change(sheets: Sheets) -> None:
        sheets["submissions"][0][2] = "required  timeslots"
        sheets["sessions"][0][3:] = ["Start", "End"]

    assert read(change) == read()


def test_the_first_column_of_a_list_may_have_any_title() -> None:
    def change(sheets: Sheets) -> None:
        sheets["sessions"][0][0] = "Name"
        sheets["rooms"][0][0] = None
        sheets["tracks"][0][0] = "Topic"

    assert read(change) == read()


def test_a_large_instance_is_read_in_seconds() -> None:
    content = make_instance(3_000, 72, 32, 23, 1)
    begins = time.process_time()
    assert len(read_cosplib(content).submissions) == 3_000
    assert time.process_time() - begins < 10


def drop(sheet: str) -> Change:
    return lambda sheets: sheets.pop(sheet) and None


def rename(old: str, new: str) -> Change:
    def change(sheets: Sheets) -> None:
        sheets[new] = sheets.pop(old)

    return change


def without_column(sheet: str, column: int) -> Change:
    def change(sheets: Sheets) -> None:
        sheets[sheet] = [[*row[: column - 1], *row[column:]] for row in sheets[sheet]]

    return change


def without_row(sheet: str, row: int) -> Change:
    return lambda sheets: sheets[sheet].pop(row - 1) and None


def only_header(sheet: str) -> Change:
    def change(sheets: Sheets) -> None:
        del sheets[sheet][1:]

    return change


def more_rows(sheets: Sheets) -> None:
    sheets["submissions"] += [[f"x{n}", "Air", 3, 0, None, None, None] for n in range(8)]


@pytest.mark.parametrize(
    ("change", "refusal", "params"),
    [
        # sheets
        (drop("rooms"), no.SheetMissing, {"sheet": "rooms"}),
        (drop("parameters"), no.SheetMissing, {"sheet": "parameters"}),
        (rename("similar tracks", "Similar tracks"), no.SheetMissingNearby, {"near": "Similar tracks"}),
        (rename("rooms", "rooms "), no.SheetMissingNearby, {"sheet": "rooms", "near": "rooms "}),
        # columns
        (without_column("submissions", 2), refusals.ColumnMissing, {"where": "“submissions”", "column": "Track"}),
        (without_column("submissions", 5), refusals.ColumnMissing, {"column": "Time Zone"}),
        (put("submissions", 1, 3, "Timeslots required"), refusals.ColumnMissing, {"column": "Required Timeslots"}),
        (put("submissions", 1, 1, "Reference no"), refusals.ColumnMissingNearby, {"near": "Reference no"}),
        (without_column("submissions", 8), no.MatrixColumnMissing, {"name": "Mon am", "base": "sessions"}),
        (put("submissions", 1, 9, "Mon pm"), no.MatrixColumnMissingNearby, {"near": "Mon pm", "column": "I"}),
        (without_column("sessions", 2), refusals.ColumnMissing, {"column": "Max Number of Timeslots"}),
        (without_column("tracks", 2), refusals.ColumnMissing, {"column": "Chairs"}),
        (without_column("tracks", 1), refusals.ColumnMissing, {"where": "“tracks”", "column": "Tracks"}),
        (without_column("sessions", 1), refusals.ColumnMissing, {"column": "Sessions"}),
        (without_column("rooms", 1), no.NothingListed, {"sheet": "rooms"}),
        # nothing, or the same twice
        (only_header("rooms"), no.NothingListed, {"sheet": "rooms", "column": "Rooms"}),
        (only_header("submissions"), no.NothingListed, {"sheet": "submissions"}),
        (only_header("sessions"), no.NothingListed, {"sheet": "sessions"}),
        (only_header("tracks"), no.NothingListed, {"sheet": "tracks"}),
        (put("submissions", 5, 1, "w1"), no.NameTwice, {"sheet": "submissions", "row": 5, "name": "w1", "first": 2}),
        (put("rooms", 3, 1, "Hall"), no.NameTwice, {"sheet": "rooms", "row": 3, "first": 2}),
        (put("submissions", 1, 14, "Hall"), no.HeaderTwice, {"first": "K", "second": "N", "name": "Hall"}),
        # names that differ
        (put("submissions", 2, 2, "water"), no.NameUnknownNearby, {"row": 2, "near": "Water"}),
        (put("submissions", 5, 2, "Soil"), no.NameUnknownNearby, {"column": "B (“Track”)", "near": " Soil"}),
        (put("submissions", 5, 2, "Fire"), no.NameUnknown, {"row": 5, "name": "Fire", "base": "tracks"}),
        (put("submissions", 5, 2, None), no.NameUnknown, {"row": 5, "name": ""}),
        (
            put("tracks_sessions|penalty", 4, 1, "Soil"),
            no.MatrixRowMissingNearby,
            {"sheet": "tracks_sessions|penalty", "name": " Soil", "near": "Soil", "row": 4, "base": "tracks"},
        ),
        (
            put("tracks_sessions|penalty", 1, 4, "Mon pm"),
            no.MatrixColumnMissingNearby,
            {"sheet": "tracks_sessions|penalty", "name": "Mon pm ", "near": "Mon pm", "column": "D"},
        ),
        (put("sessions_rooms|penalty", 1, 3, "Attic"), no.MatrixColumnMissing, {"name": "Loft", "base": "rooms"}),
        (without_row("tracks_rooms|penalty", 2), no.MatrixRowMissing, {"name": "Water", "base": "tracks"}),
        (put("similar tracks", 3, 1, "Watre"), no.NameUnknownNearby, {"sheet": "similar tracks", "row": 3}),
        (without_row("similar tracks", 2), no.MatrixMisaligned, {"column": "B", "found": "Air", "expected": "Water"}),
        # numbers
        (put("submissions", 3, 3, "two"), no.NumberExpected, {"row": 3, "column": "C (“Required Timeslots”)"}),
        (put("submissions", 3, 3, 1.5), no.NumberExpected, {"found": "1.5"}),
        (put("submissions", 3, 3, 0), no.NumberBeyond, {"least": 1, "found": "0"}),
        (put("submissions", 3, 3, None), no.NumberBeyond, {"least": 1}),
        (put("submissions", 3, 4, -1), no.NumberBeyond, {"column": "D (“Order”)", "found": "-1"}),
        (put("submissions", 4, 10, "x"), no.NumberExpected, {"row": 4, "column": "J (“Tue”)"}),
        (put("submissions", 4, 10, -3), no.NumberBeyond, {"row": 4, "column": "J (“Tue”)"}),
        (put("tracks_rooms|penalty", 2, 2, "many"), no.NumberExpected, {"row": 2, "column": "B (“Hall”)"}),
        (put("similar tracks", 2, 3, "yes"), no.NumberExpected, {"row": 2, "column": "C (“Water”)"}),
        (put("tracks_rooms|penalty", 2, 2, 10_000_001), no.NumberBeyond, {"most": 10_000_000}),
        (put("parameters", 2, 5, -1), no.NumberBeyond, {"sheet": "parameters", "row": 2, "least": 0}),
        (put("parameters", 17, 5, "heavy"), no.NumberExpected, {"row": 17, "found": "heavy"}),
        (put("parameters", 3, 5, 1e12), no.NumberBeyond, {"row": 3, "most": 1_000_000_000}),
        (put("sessions", 2, 2, 0), no.NumberBeyond, {"sheet": "sessions", "row": 2, "least": 1}),
        # hours and zones
        (put("sessions", 2, 4, "morning"), no.HourExpected, {"row": 2, "column": "D (“Start Time”)"}),
        (put("sessions", 2, 4, "25:00"), no.HourExpected, {"found": "25:00"}),
        (put("parameters", 4, 2, None), no.HourExpected, {"sheet": "parameters", "row": 4}),
        (put("submissions", 6, 5, "Paris"), no.ZoneExpected, {"row": 6, "column": "E (“Time Zone”)"}),
        (put("submissions", 6, 5, "GMT+5:30"), no.ZoneExpected, {"found": "GMT+5:30"}),
        (put("parameters", 2, 2, None), no.ZoneExpected, {"sheet": "parameters", "row": 2}),
        # what cannot be
        (more_rows, no.TooFewSlots, {"needed": 35, "there": 30, "rooms": 3, "slots": 10}),
        (put("submissions", 7, 3, 5), no.ItemTooLong, {"row": 7, "name": "a1", "found": 5, "most": 4}),
    ],
)
def test_every_fault_is_told_with_its_place(change: Change, refusal: type[Refusal], params: dict[str, Any]) -> None:
    with pytest.raises(refusal) as told:
        read(change)
    assert told.value.params.items() >= params.items()
    assert str(told.value), "its sentence has all its places filled"


def test_two_columns_of_one_name_that_agree_are_one() -> None:
    def change(sheets: Sheets) -> None:
        for row in sheets["submissions"]:
            row[13:] = [row[10]]

    assert read(change) == read()


@pytest.mark.parametrize(
    ("content", "filename", "refusal"),
    [
        (b"", "a.xlsx", refusals.EmptyFile),
        (b"   ", "a.xlsx", refusals.EmptyFile),
        (b"Reference;Track\nw1;Water\n", "a.csv", refusals.UnknownFormat),
        (b"%PDF-1.7", "a.xlsx", refusals.UnknownFormat),
        (b"PK\x03\x04 and nothing more", "a.xlsx", refusals.BrokenFile),
        (b"\x00\x01\x02", "a.xlsx", refusals.UnknownFormat),
    ],
)
def test_what_is_no_workbook_is_refused(content: bytes, filename: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        read_cosplib(content, filename)


def test_half_a_workbook_is_refused() -> None:
    content = workbook_of(small_sheets())
    with pytest.raises(refusals.BrokenFile):
        read_cosplib(content[: len(content) // 2])


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("readme.txt", "no sheets here")
    with pytest.raises(refusals.UnknownFormat):
        read_cosplib(buffer.getvalue())


def test_a_formula_that_was_never_calculated_is_told() -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    for name, rows in small_sheets().items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str | int):
                    sheet.write(at, column, value)
    book.get_worksheet_by_name("submissions").write_formula(1, 2, "=1/0", None, "#DIV/0!")
    for row, moment in ((3, 9), (4, 21), (6, 7), (7, 23)):
        book.get_worksheet_by_name("parameters").write_string(row, 1, f"{moment}:00")
    for row in (1, 2, 3):
        for column in (3, 4):
            book.get_worksheet_by_name("sessions").write_string(row, column, "10:00")
    book.close()
    with pytest.raises(no.FormulaWithoutValue) as told:
        read_cosplib(buffer.getvalue())
    assert told.value.params == {"sheet": "submissions", "row": 2, "column": "C (“Required Timeslots”)"}


def test_a_sheet_may_begin_further_right() -> None:
    """Cells are counted from column A, whatever column is the first to hold something."""

    def change(sheets: Sheets) -> None:
        sheets["parameters"] = [[None, *row[1:]] for row in parameters([0] * 16)]
        sheets["parameters"][3][1] = hour(9, 30)

    assert read(change).zones == Zones(1, 570, 1290, 420, 1380, 1, 10)


JUNK: list[Any] = [
    None,
    "",
    " ",
    "x",
    "Hall",
    "Water ",
    "GMT+99",
    "10:00",
    -1,
    0,
    3,
    70,
    1.5,
    1e15,
    hour(9, 30),
    "é" * 40,
]


@pytest.mark.parametrize("seed", range(150))
def test_a_workbook_is_refused_or_makes_a_timetable(seed: int) -> None:
    """Whatever stands in a few of its cells: never anything but a refusal, never a timetable that is none."""
    draw = Random(seed)  # noqa: S311 - reproducible on purpose
    sheets = small_sheets()
    for _change in range(draw.randint(1, 3)):
        rows = sheets[draw.choice(list(sheets))]
        row = draw.choice(rows)
        row[draw.randrange(len(row))] = draw.choice(JUNK)
    try:
        instance = read_cosplib(workbook_of(sheets))
    except refusals.FileRefused as refusal:
        assert refusal.params
    else:
        timetable = timetable_of(instance)
        assert len(timetable.problem.sessions) == len(instance.submissions)
        assert violations(timetable.problem, timetable.rules, timetable.placements)
