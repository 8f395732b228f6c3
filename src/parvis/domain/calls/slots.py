"""Slots: made in a row, free or taken, and which free ones are nearest to one that is taken. Times are aware."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from parvis.domain.calls.states import Decision, ProposalStatus
from parvis.domain.refusals import N_, Refusal

MOST_SLOTS = 500
OFFERED = 5
# Which of the timetable's rules an author's choice obeys: nobody is in two places, nor there when they are away. The
# others are the organisers' own business: they made the slot where it is.
BINDING = frozenset({"room_once", "person_once", "person_available", "organisation_once", "organisation_available"})


class SlotTaken(Refusal):
    """A slot is given once: who asks first has it. `nearest` are the keys of the nearest free ones."""

    sentence = N_("This slot was taken a moment ago. The nearest free ones are offered below.")

    def __init__(self, *, nearest: Sequence[int] = (), field: str | None = None) -> None:
        super().__init__(field=field)
        self.nearest = tuple(nearest)


class NoSlotLeft(Refusal):
    """More was selected than there are slots."""

    sentence = N_("No slot is free any more. The organisers will add some: write to them.")


class NotSelected(Refusal):
    """Only those whose proposal was selected choose a slot, once they were told."""

    sentence = N_("Only a selected proposal has a slot, once the decisions are announced.")


class SlotMovedByOrganisers(Refusal):
    """What the organisers have placed elsewhere stays there."""

    sentence = N_("The organisers have moved this workshop in the programme: write to them to move it again.")


class SlotIsHeld(Refusal):
    """A slot that somebody holds is not taken away with a list of slots."""

    sentence = N_("This slot is held by “%(title)s”: take it back on the page of that proposal first.")


class LengthIsSet(Refusal):
    """Slots that exist keep their length: people have read when theirs ends."""

    sentence = N_("Slots of %(length)s minutes exist: delete them before you change the length.")


class SlotHoursImpossible(Refusal):
    """The last slot ends by the hour that was given."""

    sentence = N_("No slot of %(length)s minutes fits between these two hours.")


class SlotEveryImpossible(Refusal):
    """Slots of one room do not overlap."""

    sentence = N_("Slots last %(length)s minutes: leave at least as long between two beginnings.")


class SlotDayOutside(Refusal):
    """Slots are on days of the edition."""

    sentence = N_("This is not a day of the edition.")


class RoomMissing(Refusal):
    """Slots are in rooms."""

    sentence = N_("Choose at least one room.")


class TooManySlots(Refusal):
    """A slip of the pen makes thousands."""

    sentence = N_("That would be %(count)s slots: at most %(most)s are made at once. Check the hours.")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place and time of a call, `length_min` long; `room_position` is the room's order."""

    pk: int
    room_id: int
    room_position: int
    starts_at: datetime
    length_min: int

    @property
    def ends_at(self) -> datetime:
        """When it ends."""
        return self.starts_at + timedelta(minutes=self.length_min)


@dataclass(frozen=True, slots=True)
class Occupied:
    """A room that is taken for a time, by a session of the programme."""

    room_id: int
    starts_at: datetime
    ends_at: datetime
    title: str = ""

    def meets(self, room_id: int, starts_at: datetime, ends_at: datetime) -> bool:
        """Tell whether it is in that room at some moment of that time; one may begin when the other ends."""
        return self.room_id == room_id and self.starts_at < ends_at and starts_at < self.ends_at


@dataclass(frozen=True, slots=True)
class NewSlot:
    """A slot about to be made; `clash` is the title of what stands in its way, empty where nothing does."""

    room_id: int
    starts_at: datetime
    clash: str = ""


def free_slots(slots: Iterable[Slot], *, held: Iterable[int], occupied: Iterable[Occupied]) -> list[Slot]:
    """Return the slots that nobody holds and whose room is free meanwhile, in time then room order.

    `held` are keys of slots; `occupied` what the programme has placed, without cancelled sessions.
    """
    taken, busy = set(held), list(occupied)
    return sorted(
        (
            slot
            for slot in slots
            if slot.pk not in taken and not any(o.meets(slot.room_id, slot.starts_at, slot.ends_at) for o in busy)
        ),
        key=_in_order,
    )


def nearest_free(wanted: Slot, free: Iterable[Slot], *, most: int = OFFERED) -> list[Slot]:
    """Return the free slots nearest to a taken one: by distance in time (the earlier first), then by room order."""

    def distance(slot: Slot) -> tuple[timedelta, datetime, int, int]:
        return abs(slot.starts_at - wanted.starts_at), *_in_order(slot)

    return sorted((slot for slot in free if slot.pk != wanted.pk), key=distance)[:most]


def _in_order(slot: Slot) -> tuple[datetime, int, int]:
    return slot.starts_at, slot.room_position, slot.pk


def slots_in_a_row(
    *,
    room_ids: Sequence[int],
    day: date,
    first: time,
    last: time,
    every_min: int,
    length_min: int,
    days: Sequence[date],
    zone: ZoneInfo,
    occupied: Iterable[Occupied],
) -> list[NewSlot]:
    """Return the slots of a day from `first` to `last` (the venue's hours), one beginning every `every_min` minutes.

    Those that meet something placed name it in `clash`. Minutes are counted as they pass, so that a day on which the
    clocks change keeps every slot as long as the others. Raises `RoomMissing`, `SlotDayOutside`, `SlotEveryImpossible`,
    `SlotHoursImpossible`, `TooManySlots`.
    """
    if not room_ids:
        raise RoomMissing(field="rooms")
    if day not in days:
        raise SlotDayOutside(field="day")
    if every_min < length_min:
        raise SlotEveryImpossible(length=length_min, field="every_min")
    # In UTC, because arithmetic inside a zone that changes its clocks would skip or double an hour.
    begins, ends = (datetime.combine(day, hour, zone).astimezone(ZoneInfo("UTC")) for hour in (first, last))
    length, step = timedelta(minutes=length_min), timedelta(minutes=every_min)
    if begins + length > ends:
        raise SlotHoursImpossible(length=length_min, field="last")
    count = (ends - begins - length) // step + 1
    if count * len(room_ids) > MOST_SLOTS:
        raise TooManySlots(count=count * len(room_ids), most=MOST_SLOTS, field="every_min")
    busy = list(occupied)
    made = []
    for number in range(count):
        starts_at = begins + number * step
        for room_id in room_ids:
            clash = next((o.title for o in busy if o.meets(room_id, starts_at, starts_at + length)), "")
            made.append(NewSlot(room_id, starts_at, clash))
    return made


def check_may_hold(*, status: ProposalStatus, decision: Decision, announced: bool) -> None:
    """Raise `NotSelected` unless the authors of a proposal were told that it is selected."""
    if status is not ProposalStatus.SUBMITTED or decision is not Decision.ACCEPTED or not announced:
        raise NotSelected
