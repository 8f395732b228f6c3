"""The first sheet of a CoSPLib schedule → `Schedule`: names must be the instance's, in its order."""

from __future__ import annotations

from collections.abc import Sequence

from parvis.domain.timetable.cosplib.instance import CosplibInstance
from parvis.domain.timetable.cosplib.schedules import Cell, Schedule
from parvis.ingest import cosplib_refusals as no
from parvis.ingest.cosplib_sheets import Grid, near_name, open_sheets

FILE = "schedule.xlsx"


def read_schedule(content: bytes, instance: CosplibInstance, filename: str = FILE) -> Schedule:
    """Return the schedule of an instance in the bytes of a workbook. It may lack submissions.

    Raises a `FileRefused`: those of `open_sheets`, `ScheduleNamesDiffer`, `NameUnknown` or `…Nearby`, and
    `SubmissionBroken` where a submission does not stand once, whole and in one piece.
    """
    sheet = next(iter(open_sheets(content, filename).values()))
    names = tuple(one.name for one in instance.sessions)
    for at, room in enumerate(instance.rooms, start=1):
        _expect(sheet, 0, at, room)
    for at, session in enumerate(names, start=1):
        _expect(sheet, at, 0, session)
    tracks = {one.name for one in instance.tracks}
    labels = tuple(
        tuple(_name(sheet, row, column, tracks, "tracks") for column in range(1, len(instance.rooms) + 1))
        for row in range(1, len(names) + 1)
    )
    cells: list[tuple[Cell, ...]] = []
    row, references = len(names) + 2, {one.reference for one in instance.submissions}
    reading = _Reading(sheet, {one.reference: one.slots for one in instance.submissions})
    for one in instance.sessions:
        across = []
        for column in range(1, len(instance.rooms) + 1):
            cell = tuple(_name(sheet, at, column, references, "submissions") for at in range(row, row + one.slots))
            reading.check(cell, row, column)
            across.append(cell)
        cells.append(tuple(across))
        row += one.slots
    return Schedule(names, instance.rooms, labels, tuple(cells), instance.numbers)


class _Reading:
    """Checks, cell after cell, that each submission stands once and whole."""

    def __init__(self, sheet: Grid, needed: dict[str, int]) -> None:
        self.sheet = sheet
        self.needed = needed
        self.seen: set[str] = set()

    def check(self, cell: Cell, row: int, column: int) -> None:
        """Raise `SubmissionBroken`."""
        for reference, at in _runs(cell):
            if reference in self.seen or cell.count(reference) != self.needed[reference]:
                place = self.sheet.place(row + at, column)
                raise no.SubmissionBroken(**place, name=reference, needed=self.needed[reference])
            self.seen.add(reference)


def _runs(cell: Sequence[str | None]) -> list[tuple[str, int]]:
    """Return the references of a cell, each with the slot where a run of it begins."""
    return [
        (reference, at)
        for at, reference in enumerate(cell)
        if reference is not None and (at == 0 or cell[at - 1] != reference)
    ]


def _expect(sheet: Grid, row: int, column: int, name: str) -> None:
    found = sheet.text(row, column)
    if found != name:
        raise no.ScheduleNamesDiffer(**sheet.place(row, column), found=found, expected=name)


def _name(sheet: Grid, row: int, column: int, known: set[str], base: str) -> str | None:
    text = sheet.text(row, column)
    if not text:
        return None
    if text not in known:
        near = near_name(text, known)
        if near is None:
            raise no.NameUnknown(**sheet.place(row, column), name=text, base=base)
        raise no.NameUnknownNearby(**sheet.place(row, column), name=text, base=base, near=near)
    return text
