"""A first timetable where each room keeps to one track a day: whole tracks, one after the other, then what is left."""

from __future__ import annotations

from parvis.solver.compiled import compiled
from parvis.solver.kernel import arrays as A  # noqa: N812 - the names of tables stand in every line
from parvis.solver.kernel.arrays import Ints
from parvis.solver.kernel.board import begin, put, settle, undo
from parvis.solver.kernel.cells import first_fit
from parvis.solver.kernel.track_moves import pour_afresh, wanted_sequence


@compiled
def fill_tracks(f: Ints, b: Ints, tries: int) -> None:
    """Place whole tracks that are all in the tray, the longest first, each at the cheapest of many ways drawn."""
    order, lengths = b[A.SCRATCH] + 2 * b[A.WIDE], b[A.SCRATCH] + 3 * b[A.WIDE]
    count = 0
    for track in range(f[A.TRACKS]):
        slots = 0
        for at in range(f[f[A.TRACK_PTR] + track], f[f[A.TRACK_PTR] + track + 1]):
            session = f[f[A.TRACK_VAL] + at]
            if b[b[A.ROOM] + session] >= 0 or not f[f[A.MOVABLE] + session]:
                slots = 0
                break
            slots += f[f[A.LENGTH] + session]
        if slots == 0 or count >= b[A.WIDE]:
            continue
        if f[f[A.ORDERED] + track]:
            slots += f[A.SLOTS] * f[A.ROOMS]  # those with an order before the others
        place = count
        while place > 0 and b[lengths + place - 1] < slots:
            b[order + place], b[lengths + place] = b[order + place - 1], b[lengths + place - 1]
            place -= 1
        b[order + place], b[lengths + place] = track, slots
        count += 1
    for at in range(count):
        track = b[order + at]
        best_draw, best = 0, 0
        for _try in range(tries):
            begin(b)
            drawn = b[A.RANDOM]
            if pour_afresh(f, b, track, wanted_sequence(f, b, track, False)):
                settle(f, b)
                if best_draw == 0 or b[A.COST] < best:
                    best_draw, best = drawn, b[A.COST]
            undo(f, b)
        if best_draw != 0:
            begin(b)
            b[A.RANDOM] = best_draw
            pour_afresh(f, b, track, wanted_sequence(f, b, track, False))
            settle(f, b)


@compiled
def fill_cells(f: Ints, b: Ints) -> None:
    """Put what is still in the tray into the cheapest cell that takes it."""
    for session in range(f[A.SESSIONS]):
        if b[b[A.ROOM] + session] >= 0 or not f[f[A.MOVABLE] + session]:
            continue
        best_room, best_start, best = -1, -1, 0
        for day in range(f[A.DAYS]):
            for room in range(f[A.ROOMS]):
                start = first_fit(f, b, session, room, day)
                if start < 0:
                    continue
                begin(b)
                put(f, b, session, room, start)
                settle(f, b)
                if best_room < 0 or b[A.COST] < best:
                    best_room, best_start, best = room, start, b[A.COST]
                undo(f, b)
        if best_room >= 0:
            begin(b)
            put(f, b, session, best_room, best_start)
            settle(f, b)
