"""CoSPLib workbooks made for tests, and random complete schedules of an instance."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from random import Random
from typing import Any

import xlsxwriter

from parvis.domain.timetable.cosplib.instance import SLOT_MIN, CosplibInstance, Submission
from parvis.domain.timetable.cosplib.timetables import openings
from parvis.domain.timetable.placements import Place, Placements

Sheets = dict[str, list[list[Any]]]
SUBMISSIONS = ["Reference", "Track", "Required Timeslots", "Order", "Time Zone", "Presenters", "Attendees"]
LABELS = (
    "Tracks_Sessions|Penalty:",
    "Tracks_Rooms|Penalty:",
    "Sessions_Rooms|Penalty:",
    "Similar Tracks:",
    "Number of Rooms per Track:",
    "Parallel Tracks:",
    "Consecutive Tracks:",
    "Submissions_Timezones:",
    "Submissions Order:",
    "Submissions_Sessions|Penalty:",
    "Submissions_Rooms|Penalty:",
    "Presenters Conflicts:",
    "Attendees Conflicts:",
    "Chairs Conflicts:",
    "Presenters Conflicts Timeslot Level:",
    "Attendees Conflicts Timeslot Level:",
)


def workbook_of(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """Return an XLSX workbook: numbers, texts and hours as such, nothing where a cell is None."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    hour = book.add_format({"num_format": "hh:mm"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, time):
                    sheet.write_datetime(at, column, value, hour)
                elif isinstance(value, datetime):
                    sheet.write_datetime(at, column, value, day)
                elif isinstance(value, int | float):
                    sheet.write_number(at, column, value)
                elif value is not None:
                    sheet.write_string(at, column, value)
    book.close()
    return buffer.getvalue()


def parameters(weights: Sequence[int], home: str = "GMT+1", penalties: tuple[int, int] = (1, 10)) -> list[list[Any]]:
    """Return the sheet of parameters, as CoSPLib lays it out."""
    left: list[list[Any]] = [
        ["Sessions", None],
        ["Local time zone:", home],
        ["Suitable scheduling times", None],
        ["From:", time(9, 30)],
        ["To:", time(21, 30)],
        ["Less suitable scheduling times", None],
        ["From:", time(7, 0)],
        ["To:", time(23, 0)],
        ["Penalty:", penalties[0]],
        ["Unsuitable scheduling times", None],
        ["Penalty:", penalties[1]],
    ]
    left += [[None, None]] * (len(LABELS) + 1 - len(left))
    right: list[list[Any]] = [["Weights", None], *([label, w] for label, w in zip(LABELS, weights, strict=True))]
    return [[*one, None, *other] for one, other in zip(left, right, strict=True)]


def small_sheets() -> Sheets:
    """Return the sheets of a small instance in which every term can cost something. Names have blanks on purpose."""
    sessions = ["Mon am", "Mon pm ", "Tue"]
    rooms = ["Hall", "Loft", "7"]
    zones = ["GMT+1", "GMT+9", "GMT-5"]
    people = [
        ("w1", "Water", 1, 1, "Ada, Bo", "Cy", (1, 0, 2), (0, 3, 0)),
        ("w2", "Water", 2, 2, "Bo", "Dee, Flo", (0, 5, 0), (1, 0, 0)),
        ("w3", "Water", 1, 0, "Ada", None, (0, 0, 0), (0, 0, 0)),
        ("s1", " Soil", 1, 2, "Cy", "Bo", (4, 0, 0), (0, 0, 0)),
        ("s2 ", " Soil", 1, 1, "Dee", "Cy, Ada", (0, 0, 1), (0, 2, 2)),
        ("a1", "Air", 3, 0, "Eve", "Eve", (0, 0, 0), (0, 0, 7)),
        ("a2", "Air", 1, 3, "Ada", "Gil", (0, 1, 0), (0, 0, 0)),
        (8, "Air", 1, 1, "Gil", "Bo", (0, 0, 0), (0, 0, 0)),
    ]
    return {
        "parameters": parameters([100, 7, 3, 11, 13, 17, 19, 5, 1_000_000, 23, 29, 100_000, 31, 37, 41, 43]),
        "submissions": [
            [*SUBMISSIONS, *sessions, *rooms[:2], 7, None],
            *(
                [name, track, slots, order, zones[at % 3], presenters, attendees, *on, *inside]
                for at, (name, track, slots, order, presenters, attendees, on, inside) in enumerate(people)
            ),
        ],
        "tracks": [["Tracks", "Chairs"], ["Water", "Eve, Flo"], [" Soil", "Flo"], ["Air", None]],
        "sessions": [
            ["Sessions", "Max Number of Timeslots", "Date", "Start Time", "End Time"],
            ["Mon am", 3, datetime(2026, 3, 2), time(9, 0), time(10, 30)],
            ["Mon pm ", 4, datetime(2026, 3, 2), time(14, 0), time(16, 0)],
            ["Tue", 3, datetime(2026, 3, 3), time(20, 0), time(21, 45)],
        ],
        "rooms": [["Rooms"], ["Hall"], ["Loft"], [7]],
        "tracks_sessions|penalty": [
            [None, "Tue", "Mon am", "Mon pm "],
            ["Air", 1, 2, None],
            ["Water", None, 10, 1],
            [" Soil", 3, None, None],
        ],
        "tracks_rooms|penalty": [[None, *rooms[:2], 7], ["Water", 1, 0, 2], [" Soil", None, 4, 0], ["Air", 0, 0, 1]],
        "similar tracks": [[None, "Air", "Water", " Soil"], ["Air", 9, 2, 5], ["Water", 9, 9, 3], [" Soil", 9, 9, 9]],
        "sessions_rooms|penalty": [
            [None, 7, "Loft", "Hall"],
            ["Mon pm ", 1, 2, 3],
            ["Mon am", 4, 0, 0],
            ["Tue", 0, 6, 0],
        ],
    }


def random_placements(instance: CosplibInstance, draw: Random, tries: int = 20_000) -> Placements:
    """Return a random complete schedule: every submission placed, each room with one track a session, gaps anywhere."""
    for _attempt in range(tries):
        cells = _packed(instance, draw)
        if cells is not None:
            return _spread(instance, cells, draw)
    raise AssertionError("no complete schedule was found by chance")


def _packed(instance: CosplibInstance, draw: Random) -> dict[tuple[int, int], list[Submission]] | None:
    """Return which submissions share a cell, or None where chance left one over."""
    free = [(session, room) for session in range(len(instance.sessions)) for room in range(len(instance.rooms))]
    draw.shuffle(free)
    by_track: dict[str, list[Submission]] = {}
    for one in instance.submissions:
        by_track.setdefault(one.track, []).append(one)
    tracks = list(by_track.values())
    draw.shuffle(tracks)
    found: dict[tuple[int, int], list[Submission]] = {}
    for items in tracks:
        draw.shuffle(items)
        left: dict[tuple[int, int], int] = {}
        waiting = sum(one.slots for one in items)
        for one in sorted(items, key=lambda item: -item.slots):
            opened = [cell for cell in left if left[cell] >= one.slots]
            if not opened:
                fitting = [cell for cell in free if instance.sessions[cell[0]].slots >= one.slots]
                exact = [cell for cell in fitting if instance.sessions[cell[0]].slots <= waiting]
                if not fitting:
                    return None
                opened = [draw.choice(exact or fitting)]
                free.remove(opened[0])
                left[opened[0]] = instance.sessions[opened[0][0]].slots
            cell = draw.choice(opened)
            left[cell] -= one.slots
            waiting -= one.slots
            found.setdefault(cell, []).append(one)
    return found


def _spread(
    instance: CosplibInstance, cells: Mapping[tuple[int, int], Sequence[Submission]], draw: Random
) -> Placements:
    """Lay out each cell in any order, with the slots that are left over anywhere between."""
    opens = openings([session.slots for session in instance.sessions])
    places: dict[str, Place] = {}
    for (session, room), items in cells.items():
        order = draw.sample(items, len(items))
        gaps = instance.sessions[session].slots - sum(one.slots for one in order)
        before = sorted(draw.choices(range(len(order) + 1), k=gaps))
        slot = 0
        for at, one in enumerate(order):
            slot += before.count(at)
            places[one.reference] = Place(instance.rooms[room], opens[session] + slot * SLOT_MIN)
            slot += one.slots
    return Placements(places)
