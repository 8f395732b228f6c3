"""A CoSPLib workbook → its instance. Sheets and columns are found by their names, which count to the blank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from parvis.domain.timetable.cosplib.instance import (
    SLOT_MIN,
    TERMS,
    CosplibInstance,
    CosplibSession,
    Submission,
    Track,
    Zones,
)
from parvis.domain.timetable.fields import LONGEST_MIN, MANY
from parvis.ingest import cosplib_refusals as no
from parvis.ingest.cosplib_sheets import Grid, near_name, open_sheets, sheet_of
from parvis.ingest.refusals import SheetRefused
from parvis.ingest.sheets import column_letters

HEAVIEST = 1_000 * MANY  # of weights
DEAREST = 10 * MANY  # of penalties: times the slots of the longest submission it is still an `Amount`
MOST_SLOTS = 1_000  # of a session: a week of slots without a break
LONGEST = LONGEST_MIN // SLOT_MIN
BASE_COLUMNS = 7
PARAMETERS = "parameters"
SIMILAR = "similar tracks"
FILE = "instance.xlsx"
_WEIGHTS_FROM, _WEIGHT, _VALUE = 1, 4, 1  # E2 to E17; column B
_HOME, _SUITABLE_FROM, _SUITABLE_TO, _FAIR_FROM, _FAIR_TO, _SMALL, _BIG = 1, 3, 4, 6, 7, 8, 10  # B2, B4, …, B11


def read_cosplib(content: bytes, filename: str = FILE) -> CosplibInstance:
    """Return the instance in the bytes of a workbook; an empty cell is 0.

    Raises a `FileRefused` that names the sheet, the row and the column at fault (`cosplib_refusals`), and those of
    `open_sheets`.
    """
    grids = open_sheets(content, filename)
    rooms_sheet, tracks_sheet = sheet_of(grids, "rooms"), sheet_of(grids, "tracks")
    named = rooms_sheet.first_column("Rooms", "Room")
    rooms = tuple(rooms_sheet.names(named))
    sessions, session_numbers = _sessions(sheet_of(grids, "sessions"))
    tracks, track_numbers = _tracks(tracks_sheet)
    parameters = sheet_of(grids, PARAMETERS)
    zones = _zones(parameters)
    submissions, submission_numbers = _submissions(sheet_of(grids, "submissions"), tracks, sessions, rooms, zones.home)
    _check_slots(submissions, sessions, rooms)
    days, themes = tuple(one.name for one in sessions), tuple(one.name for one in tracks)
    return CosplibInstance(
        submissions=submissions,
        tracks=tracks,
        sessions=sessions,
        rooms=rooms,
        track_session=_matrix(sheet_of(grids, "tracks_sessions|penalty"), (themes, "tracks"), (days, "sessions")),
        track_room=_matrix(sheet_of(grids, "tracks_rooms|penalty"), (themes, "tracks"), (rooms, "rooms")),
        session_room=_matrix(sheet_of(grids, "sessions_rooms|penalty"), (days, "sessions"), (rooms, "rooms")),
        similar=_similar(sheet_of(grids, SIMILAR), themes),
        zones=zones,
        weights=tuple(parameters.number(_WEIGHTS_FROM + at, _WEIGHT, 0, HEAVIEST) for at, _term in enumerate(TERMS)),
        numbers=frozenset(rooms_sheet.numbers(named) | session_numbers | track_numbers | submission_numbers),
    )


def _sessions(sheet: Grid) -> tuple[tuple[CosplibSession, ...], set[str]]:
    slots = sheet.column("Max Number of Timeslots")
    name = sheet.first_column("Sessions", "Session", others=sheet.titles[slots : slots + 1])
    starts, ends = sheet.column("Start Time", "Start"), sheet.column("End Time", "End")
    found = tuple(
        CosplibSession(session, sheet.number(row, slots, 1, MOST_SLOTS), sheet.hour(row, starts), sheet.hour(row, ends))
        for session, row in sheet.names(name).items()
    )
    return found, sheet.numbers(name)


def _tracks(sheet: Grid) -> tuple[tuple[Track, ...], set[str]]:
    chairs = sheet.column("Chairs", "Chair")
    name = sheet.first_column("Tracks", "Track", others=sheet.titles[chairs : chairs + 1])
    found = tuple(Track(track, _people(sheet.text(row, chairs))) for track, row in sheet.names(name).items())
    return found, sheet.numbers(name)


def _submissions(
    sheet: Grid, tracks: tuple[Track, ...], sessions: tuple[CosplibSession, ...], rooms: tuple[str, ...], home: int
) -> tuple[tuple[Submission, ...], set[str]]:
    reference, track, slots = sheet.column("Reference"), sheet.column("Track"), sheet.column("Required Timeslots")
    order, zone = sheet.column("Order"), sheet.column("Time Zone")
    presenters, attendees = sheet.column("Presenters"), sheet.column("Attendees")
    days = [one.name for one in sessions]
    on = sheet.columns_named(days, "sessions", after=BASE_COLUMNS, beside=rooms).values()
    inside = sheet.columns_named(rooms, "rooms", after=BASE_COLUMNS, beside=days).values()
    known = {one.name for one in tracks}
    longest = max(one.slots for one in sessions)
    found = []
    for name, row in sheet.names(reference).items():
        of_track = sheet.text(row, track)
        if of_track not in known:
            raise _unknown(sheet, row, track, of_track, (one.name for one in tracks))
        needed = sheet.number(row, slots, 1, MOST_SLOTS)
        if needed > min(longest, LONGEST):
            raise no.ItemTooLong(
                sheet=sheet.name,
                row=row + 1,
                column=sheet.titles[slots],
                name=name,
                found=needed,
                most=min(longest, LONGEST),
            )
        found.append(
            Submission(
                reference=name,
                track=of_track,
                slots=needed,
                order=sheet.number(row, order, 0, MANY),
                zone=sheet.zone(row, zone, home),
                presenters=_people(sheet.text(row, presenters)),
                attendees=_people(sheet.text(row, attendees)),
                in_session=tuple(sheet.number(row, column, 0, DEAREST) for column in on),
                in_room=tuple(sheet.number(row, column, 0, DEAREST) for column in inside),
            )
        )
    return tuple(found), sheet.numbers(reference)


def _unknown(sheet: Grid, row: int, column: int, name: str, known: Iterable[str]) -> SheetRefused:
    """Return the refusal of a track that the sheet of tracks does not have."""
    near = near_name(name, known)
    if near is None:
        return no.NameUnknown(**sheet.place(row, column), name=name, base="tracks")
    return no.NameUnknownNearby(**sheet.place(row, column), name=name, base="tracks", near=near)


def _check_slots(
    submissions: tuple[Submission, ...], sessions: tuple[CosplibSession, ...], rooms: tuple[str, ...]
) -> None:
    """Raise `TooFewSlots` where the submissions cannot all have a place."""
    needed, slots = sum(one.slots for one in submissions), sum(one.slots for one in sessions)
    if needed > slots * len(rooms):
        raise no.TooFewSlots(
            sheet="submissions",
            column="Required Timeslots",
            needed=needed,
            there=slots * len(rooms),
            rooms=len(rooms),
            slots=slots,
        )


def _matrix(
    sheet: Grid, down: tuple[tuple[str, ...], str], across: tuple[tuple[str, ...], str]
) -> tuple[tuple[int, ...], ...]:
    """Return a matrix with its rows and columns in the order of the names given, each with the sheet that has them."""
    rows, columns = sheet.rows_named(*down), sheet.columns_named(*across)
    return tuple(tuple(sheet.number(row, column, 0, DEAREST) for column in columns.values()) for row in rows.values())


def _similar(sheet: Grid, tracks: tuple[str, ...]) -> tuple[tuple[str, str, int], ...]:
    """Return the pairs of similar tracks: the upper triangle, its columns in the order of its rows."""
    rows = {sheet.text(row, 0): row for row in range(1, len(sheet.rows)) if sheet.text(row, 0).strip()}
    known = set(tracks)
    for name, row in rows.items():
        if name not in known:
            raise _unknown(sheet, row, 0, name, tracks)
    _check_aligned(sheet, rows, known)
    names = list(rows)
    found = []
    for at, one in enumerate(names):
        for beside in range(at + 1, len(names)):
            amount = sheet.number(rows[one], beside + 1, 0, DEAREST)
            if amount:
                found.append((one, names[beside], amount))
    return tuple(found)


def _check_aligned(sheet: Grid, rows: Mapping[str, int], known: set[str]) -> None:
    """Raise `MatrixMisaligned` where a row or a column was left out, so that the others no longer face each other."""
    titles = [title for title in sheet.titles[1:] if title in known]
    if sorted(titles) == sorted(rows):
        return
    for at, name in enumerate(rows, start=1):
        title = sheet.titles[at] if at < len(sheet.titles) else ""
        if title != name and title in known:
            raise no.MatrixMisaligned(sheet=sheet.name, column=column_letters(at), found=title, expected=name)


def _zones(sheet: Grid) -> Zones:
    return Zones(
        home=sheet.zone(_HOME, _VALUE),
        suitable_from=sheet.hour(_SUITABLE_FROM, _VALUE),
        suitable_to=sheet.hour(_SUITABLE_TO, _VALUE),
        fair_from=sheet.hour(_FAIR_FROM, _VALUE),
        fair_to=sheet.hour(_FAIR_TO, _VALUE),
        small=sheet.number(_SMALL, _VALUE, 0, DEAREST),
        big=sheet.number(_BIG, _VALUE, 0, DEAREST),
    )


def _people(text: str) -> tuple[str, ...]:
    return tuple(name for name in text.split(", ") if name)
