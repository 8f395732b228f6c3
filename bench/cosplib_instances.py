"""Make CoSPLib instances of any size, to measure the timetable solver on and to test with.

.venv/bin/python bench/cosplib_instances.py large.xlsx
.venv/bin/python bench/cosplib_instances.py other.xlsx --submissions 400 --tracks 30 --sessions 12 --rooms 9 --seed 7 \
    --fixed-orders --time-zones --windows

Each instance is made around a complete schedule, so that there is one: tracks take room after room, session after
session. Where orders are fixed or tracks have windows, that schedule keeps to them; a track with more than fills a room
in all sessions is parallel to itself.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from parvis.domain.timetable.cosplib.instance import SLOT_MIN  # noqa: E402
from parvis.domain.timetable.cosplib.timetables import openings  # noqa: E402
from parvis.domain.timetable.placements import Place, Placements  # noqa: E402
from tests.factories.cosplib import SUBMISSIONS, parameters, workbook_of  # noqa: E402

ZONES = ("GMT-8", "GMT-5", "GMT-3", "GMT+0", "GMT+1", "GMT+2", "GMT+3", "GMT+6", "GMT+8", "GMT+10", "GMT+12")
HOME = "GMT+1"
WEIGHTS = (100, 1, 10, 1, 10, 1, 10, 0, 1, 100, 1, 100_000, 1, 10, 0, 0)
ZONE, ORDER = 7, 8  # their places among the weights
HARD_ORDER = 1_000_000
OUTSIDE = 10_000  # what a track costs outside its window
BEGINS = (time(9, 0), time(11, 0), time(14, 0), time(16, 0))
FULL = 0.85  # of all slots, about so many are needed


@dataclass(frozen=True)
class Item:
    """A submission where the schedule has it."""

    name: str
    track: int
    slots: int
    session: int
    room: int
    slot: int


def make_instance(submissions: int, tracks: int, sessions: int, rooms: int, seed: int, **variant: Any) -> bytes:
    """Return an instance as a workbook. `variant`: as for `make_planted`."""
    return make_planted(submissions, tracks, sessions, rooms, seed, **variant)[0]


def make_planted(
    submissions: int,
    tracks: int,
    sessions: int,
    rooms: int,
    seed: int,
    *,
    longest: int = 2,
    full: float = FULL,
    fixed_orders: bool = False,
    time_zones: bool = False,
    windows: bool = False,
) -> tuple[bytes, Placements]:
    """Return an instance as a workbook, and the complete schedule that it was made around.

    Submissions take up to `longest` slots, and about so much of all slots is `full`. `fixed_orders`: most tracks have
    an order, which weighs a million; `time_zones`: people are all over the world; `windows`: tracks have sessions to
    which they must keep.
    """
    draw = Random(seed)  # noqa: S311 - the same seed gives the same instance
    slots, items = _planted(draw, submissions, tracks, sessions, rooms, longest, full)
    names = [f"S{number + 1}" for number in range(sessions)]
    halls = [f"Room {number + 1}" for number in range(rooms)]
    themes = [f"Track {number + 1}" for number in range(tracks)]
    people = [f"P{number}" for number in range(max(4, submissions * 3 // 2))]
    weights = list(WEIGHTS)
    weights[ORDER] = HARD_ORDER if fixed_orders else WEIGHTS[ORDER]
    weights[ZONE] = 1 if time_zones else 0
    sheets = {
        "parameters": parameters(weights, HOME),
        "submissions": [
            [*SUBMISSIONS, *names, *halls],
            *_rows(draw, items, themes, people, fixed_orders=fixed_orders, time_zones=time_zones, days=sessions),
        ],
        "tracks": [
            ["Tracks", "Chairs"],
            *([theme, _some(draw, people[: max(2, tracks)], 2) if draw.random() < 0.5 else None] for theme in themes),
        ],
        "sessions": [
            ["Sessions", "Max Number of Timeslots", "Date", "Start Time", "End Time"],
            *(_session(name, at, slots) for at, name in enumerate(names)),
        ],
        "rooms": [["Rooms"], *([hall] for hall in halls)],
        "tracks_sessions|penalty": _track_sessions(draw, themes, names, items, windows=windows),
        "tracks_rooms|penalty": _matrix(draw, themes, halls, (10, 100, 10_000), 0.05),
        "similar tracks": _matrix(draw, themes, themes, (10, 100, 1_000), min(0.3, 1.5 / tracks)),
        "sessions_rooms|penalty": _matrix(draw, names, halls, (1, 10_000), 0.01),
    }
    opens = openings([slots] * sessions)
    places = {item.name: Place(halls[item.room], opens[item.session] + item.slot * SLOT_MIN) for item in items}
    return workbook_of(sheets), Placements(places)


def _planted(
    draw: Random, submissions: int, tracks: int, sessions: int, rooms: int, longest: int, full: float
) -> tuple[int, list[Item]]:
    """Return how many slots sessions have, and where the items stand; each cell holds one track."""
    lengths = [draw.randint(1, longest) if draw.random() < 0.2 else 1 for _item in range(submissions)]
    cuts = sorted(draw.sample(range(1, submissions), tracks - 1)) if tracks > 1 else []
    of_track = [lengths[begin:end] for begin, end in zip([0, *cuts], [*cuts, submissions], strict=True)]
    slots = max(longest, round(sum(lengths) / (sessions * rooms * full)))
    while True:
        items = _laid_out(of_track, slots, sessions, rooms)
        if items is not None:
            return slots, items
        slots += 1


def _laid_out(of_track: Sequence[Sequence[int]], slots: int, sessions: int, rooms: int) -> list[Item] | None:
    """Return the items cell after cell, or None where cells run out."""
    items: list[Item] = []
    cell = -1
    for track, lengths in enumerate(of_track):
        cell, used = cell + 1, 0
        for length in lengths:
            if used + length > slots:
                cell, used = cell + 1, 0
            room, session = divmod(cell, sessions)
            if room >= rooms:
                return None
            items.append(Item(f"paper{len(items) + 1}", track, length, session, room, used))
            used += length
    return items


def _rows(
    draw: Random,
    items: Sequence[Item],
    themes: Sequence[str],
    people: Sequence[str],
    *,
    fixed_orders: bool,
    time_zones: bool,
    days: int,
) -> list[list[Any]]:
    """Return the rows of submissions, in any order."""
    ordered = {track for track in range(len(themes)) if draw.random() < (0.7 if fixed_orders else 0.1)}
    place: dict[str, int] = {}
    counted = [0] * len(themes)
    for item in sorted(items, key=lambda one: (one.session, one.room, one.slot)):
        counted[item.track] += 1
        place[item.name] = counted[item.track]
    rows = []
    for item in draw.sample(items, len(items)):
        on: list[int | None] = [None] * days
        if draw.random() < 0.05:
            on = [draw.choice((1, 10)) if draw.random() < 0.5 else None for _day in on]
        rows.append(
            [
                item.name,
                themes[item.track],
                item.slots,
                place[item.name] if item.track in ordered else 0,
                draw.choice(ZONES) if time_zones else HOME,
                _some(draw, people, 3),
                _some(draw, people, 2) if draw.random() < 0.1 else None,
                *on,
            ]
        )
    return rows


def _track_sessions(
    draw: Random, themes: Sequence[str], names: Sequence[str], items: Sequence[Item], *, windows: bool
) -> list[list[Any]]:
    """Return what tracks cost in sessions: in windows, ten thousand wherever a track is not, and not a session away."""
    on: dict[int, set[int]] = {}
    for item in items:
        on.setdefault(item.track, set()).update((item.session - 1, item.session, item.session + 1))
    rows: list[list[Any]] = [[None, *names]]
    for track, theme in enumerate(themes):
        if windows:
            rows.append([theme, *(None if at in on[track] else OUTSIDE for at in range(len(names)))])
        else:
            rows.append([theme, *(draw.choice((1, 10)) if draw.random() < 0.05 else None for _name in names)])
    return rows


def _matrix(
    draw: Random, down: Sequence[str], across: Sequence[str], values: Sequence[int], share: float
) -> list[list[Any]]:
    return [
        [None, *across],
        *([name, *(draw.choice(values) if draw.random() < share else None for _name in across)] for name in down),
    ]


def _session(name: str, at: int, slots: int) -> list[Any]:
    begins = datetime.combine(datetime(2026, 3, 2), BEGINS[at % 4]) + timedelta(days=at // 4)  # noqa: DTZ001
    return [name, slots, datetime(2026, 3, 2), begins.time(), (begins + timedelta(minutes=100)).time()]  # noqa: DTZ001


def _some(draw: Random, people: Sequence[str], most: int) -> str:
    return ", ".join(draw.sample(people, draw.randint(1, most)))


def main() -> None:
    """Write an instance; without sizes, as large as the largest that CoSPLib has."""
    parser = argparse.ArgumentParser(description="Make a CoSPLib instance.")
    parser.add_argument("file", type=Path)
    sizes = {"submissions": 1112, "tracks": 72, "sessions": 32, "rooms": 23, "seed": 1, "longest": 2}
    for name, usual in sizes.items():
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--full", type=float, default=FULL)
    for name in ("fixed-orders", "time-zones", "windows"):
        parser.add_argument(f"--{name}", action="store_true")
    given = vars(parser.parse_args())
    file = given.pop("file")
    file.write_bytes(make_instance(**given))
    print(file)


if __name__ == "__main__":
    main()
