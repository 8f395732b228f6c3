"""A CoSPLib schedule as its workbook: names to the letter, so that the referee finds them again."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import xlsxwriter

from parvis.domain.timetable.cosplib.schedules import Schedule
from parvis.exports.spreadsheets import is_dangerous

SHEET = "Schedule"


def write_schedule(schedule: Schedule, *, created: datetime | None = None) -> bytes:
    """Return an XLSX workbook of one sheet: row 1 the rooms; a row of labels per session; a blank row; a row per slot.

    With `created` the same schedule gives the same bytes. A text that a spreadsheet could take for a formula stays as
    it is, and is marked as text.
    """
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer)
    if created is not None:
        workbook.set_properties({"created": created.astimezone(UTC).replace(tzinfo=None)})
    sheet = workbook.add_worksheet(SHEET)
    quoted = workbook.add_format({"quote_prefix": True, "num_format": "@"})

    def write(row: int, column: int, name: str | None) -> None:
        if name is None:
            return
        if name in schedule.numbers:
            sheet.write_number(row, column, float(name))
        elif is_dangerous(name):
            sheet.write_string(row, column, name, quoted)
        else:
            sheet.write_string(row, column, name)

    for column, room in enumerate(schedule.rooms, start=1):
        write(0, column, room)
    for row, (session, labels) in enumerate(zip(schedule.sessions, schedule.labels, strict=True), start=1):
        write(row, 0, session)
        for column, label in enumerate(labels, start=1):
            write(row, column, label)
    row = len(schedule.sessions) + 2
    for session, cells in zip(schedule.sessions, schedule.cells, strict=True):
        for slot in range(max((len(cell) for cell in cells), default=0)):
            write(row, 0, session)
            for column, cell in enumerate(cells, start=1):
                write(row, column, cell[slot])
            row += 1
    workbook.close()
    return buffer.getvalue()
