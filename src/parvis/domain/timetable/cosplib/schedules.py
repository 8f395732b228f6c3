"""A CoSPLib schedule, which says for each session what each room holds slot by slot, and a timetable's placements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from parvis.domain.refusals import N_, Refusal
from parvis.domain.timetable.cosplib.instance import SLOT_MIN, CosplibInstance
from parvis.domain.timetable.cosplib.timetables import openings
from parvis.domain.timetable.placements import Place, Placements

Cell = tuple[str | None, ...]  # slot by slot, the reference of the submission there


class OffTheSlots(Refusal):
    """Submissions take whole slots of one session."""

    sentence = N_("“%(title)s” does not begin with a slot of a session, or lasts longer than the session.")


class CellTaken(Refusal):
    """A slot of a room holds one submission."""

    sentence = N_("%(room)s holds “%(one)s” and “%(other)s” in the same slot of %(session)s.")


class CellOfSeveralTracks(Refusal):
    """A room bears the label of one track in a session."""

    sentence = N_("%(room)s holds several tracks in %(session)s: “%(one)s” is of another than “%(other)s”.")


class PlacedTwice(Refusal):
    """A submission stands once."""

    sentence = N_("“%(title)s” stands in the schedule twice, or is interrupted.")


@dataclass(frozen=True, slots=True)
class Schedule:
    """Session by session, room by room, in the instance's order: the label (a track, or None) and the slots.

    `numbers` are names that stand in the workbook as numbers.
    """

    sessions: tuple[str, ...]
    rooms: tuple[str, ...]
    labels: tuple[tuple[str | None, ...], ...]
    cells: tuple[tuple[Cell, ...], ...]
    numbers: frozenset[str] = field(default=frozenset())


def schedule_of(instance: CosplibInstance, placements: Mapping[str, Place]) -> Schedule:
    """Return the schedule of placements; a submission that they do not place is nowhere in it.

    Raises `OffTheSlots`, `CellTaken`, `CellOfSeveralTracks`: the format has no words for these.
    """
    counts = [session.slots for session in instance.sessions]
    opens = openings(counts)
    room_at = {room: at for at, room in enumerate(instance.rooms)}
    labels: list[list[str | None]] = [[None] * len(room_at) for _session in counts]
    first: dict[tuple[int, int], str] = {}
    cells: list[list[list[str | None]]] = [[[None] * count for _room in room_at] for count in counts]
    for one in instance.submissions:
        place = placements.get(one.reference)
        if place is None:
            continue
        session, slot = _slot_at(place.start, opens, counts, one.slots, one.reference)
        room = room_at[place.room]
        names = {"room": place.room, "session": instance.sessions[session].name, "one": one.reference}
        if labels[session][room] not in (None, one.track):
            raise CellOfSeveralTracks(**names, other=first[session, room])
        labels[session][room] = one.track
        first.setdefault((session, room), one.reference)
        for at in range(slot, slot + one.slots):
            taken = cells[session][room][at]
            if taken is not None:
                raise CellTaken(**names, other=taken)
            cells[session][room][at] = one.reference
    return Schedule(
        tuple(session.name for session in instance.sessions),
        instance.rooms,
        tuple(tuple(row) for row in labels),
        tuple(tuple(tuple(cell) for cell in row) for row in cells),
        instance.numbers,
    )


def placements_of(schedule: Schedule) -> Placements:
    """Return where a schedule has its submissions; labels say nothing that these do not. Raises `PlacedTwice`."""
    counts = [max((len(cell) for cell in row), default=0) for row in schedule.cells]
    places: dict[str, Place] = {}
    for opens, row in zip(openings(counts), schedule.cells, strict=True):
        for room, cell in zip(schedule.rooms, row, strict=True):
            before: str | None = None
            for slot, reference in enumerate(cell):
                if reference is not None and reference != before:
                    if reference in places:
                        raise PlacedTwice(title=reference)
                    places[reference] = Place(room, opens + slot * SLOT_MIN)
                before = reference
    return Placements(places)


def _slot_at(start: int, opens: list[int], counts: list[int], slots: int, title: str) -> tuple[int, int]:
    """Return the session and the slot at a minute. Raises `OffTheSlots`."""
    for session, (opening, count) in enumerate(zip(opens, counts, strict=True)):
        slot, rest = divmod(start - opening, SLOT_MIN)
        if slot >= 0 and not rest and slot + slots <= count:
            return session, slot
    raise OffTheSlots(title=title)
