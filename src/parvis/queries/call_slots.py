"""The slots of a call: which are free, who holds the others, and what of the programme stands in their way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from parvis.domain.access import Actor, Permission
from parvis.domain.calls.slots import OFFERED, Occupied, Slot, free_slots, nearest_free
from parvis.domain.programme.sessions import SessionStatus
from parvis.models import Call, CallSlot, Placement, Proposal, Room


@dataclass(frozen=True, slots=True)
class SlotLine:
    """One slot as a page shows it: where, when (UTC), who holds it, what stands in its way."""

    pk: int
    room: str
    room_id: int
    starts_at: datetime
    ends_at: datetime
    free: bool
    holder: Proposal | None = None
    clash: str = ""


def slots_of(call: Call) -> list[Slot]:
    """Return the slots of a call for the rules. One query."""
    return [
        Slot(row.pk, row.room_id, row.room.position, row.starts_at, call.duration_min)
        for row in CallSlot.objects.filter(call=call).select_related("room")
    ]


def occupied_rooms(*, room_ids: list[int], first: datetime, last: datetime, without: int = 0) -> list[Occupied]:
    """Return what the programmes have placed in rooms between two moments, besides the session `without`. One query.

    Of all editions: a venue may hold two. Cancelled sessions leave their room free.
    """
    rows = (
        Placement.objects.filter(room_id__in=room_ids, starts_at__lt=last, ends_at__gt=first)
        .exclude(session__status=SessionStatus.CANCELLED)
        .exclude(session_id=without)
        .select_related("session")
    )
    return [Occupied(row.room_id, row.starts_at, row.ends_at, row.session.title) for row in rows]


def held_slots(call_id: int, *, besides: int = 0) -> set[int]:
    """Return the keys of the slots that proposals hold, that of `besides` left out. One query."""
    rows = Proposal.objects.filter(call_id=call_id, slot__isnull=False).exclude(pk=besides)
    return {key for key in rows.values_list("slot_id", flat=True) if key is not None}


def find_free_slots(call: Call, *, proposal: Proposal | None = None) -> list[Slot]:
    """Return the free slots of a call, that which `proposal` itself holds among them. Three queries."""
    slots = slots_of(call)
    if not slots:
        return []
    length = timedelta(minutes=call.duration_min)
    busy = occupied_rooms(
        room_ids=sorted({slot.room_id for slot in slots}),
        first=min(slot.starts_at for slot in slots),
        last=max(slot.starts_at for slot in slots) + length,
        without=(proposal.session_id or 0) if proposal is not None else 0,
    )
    held = held_slots(call.pk, besides=proposal.pk if proposal is not None else 0)
    return free_slots(slots, held=held, occupied=busy)


def nearest_slots(call: Call, wanted_id: int, *, proposal: Proposal | None = None, most: int = OFFERED) -> list[int]:
    """Return the keys of the free slots nearest to one that is taken. Three queries."""
    wanted = next((slot for slot in slots_of(call) if slot.pk == wanted_id), None)
    free = find_free_slots(call, proposal=proposal)
    return [slot.pk for slot in (nearest_free(wanted, free, most=most) if wanted else free[:most])]


def list_choices(proposal: Proposal) -> list[SlotLine]:
    """Return every slot of a proposal's call in time then room order, each free or not, without saying for whom.

    Four queries. The proposal was reached by `access_by_link` or by the desk.
    """
    call = proposal.call
    free = {slot.pk for slot in find_free_slots(call, proposal=proposal)}
    length = timedelta(minutes=call.duration_min)
    return [
        SlotLine(row.pk, row.room.name, row.room_id, row.starts_at, row.starts_at + length, row.pk in free)
        for row in CallSlot.objects.filter(call=call)
        .select_related("room")
        .order_by("starts_at", "room__position", "pk")
    ]


def list_slots(actor: Actor, *, call: Call) -> list[SlotLine]:
    """Return every slot of a call with who holds it and what stands in its way. Three queries. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    rows = list(CallSlot.objects.filter(call=call).select_related("room").order_by("starts_at", "room__position", "pk"))
    if not rows:
        return []
    length = timedelta(minutes=call.duration_min)
    holders = {
        proposal.slot_id: proposal
        for proposal in Proposal.objects.filter(call=call, slot__isnull=False).select_related("organisation")
    }
    busy = occupied_rooms(
        room_ids=sorted({row.room_id for row in rows}), first=rows[0].starts_at, last=rows[-1].starts_at + length
    )
    lines = []
    for row in rows:
        holder = holders.get(row.pk)
        clashes = [o.title for o in busy if o.meets(row.room_id, row.starts_at, row.starts_at + length)]
        clash = clashes[0] if clashes and holder is None else ""
        lines.append(
            SlotLine(
                row.pk,
                row.room.name,
                row.room_id,
                row.starts_at,
                row.starts_at + length,
                holder is None and not clash,
                holder,
                clash,
            )
        )
    return lines


def count_free_slots(call: Call) -> int:
    """Return how many slots of a call are free. Three queries."""
    return len(find_free_slots(call))


def list_rooms_for_slots(actor: Actor, *, venue_id: int | None) -> list[Room]:
    """Return the rooms in which slots may be made. One query. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    return list(Room.objects.filter(venue_id=venue_id or 0).order_by("position", "name"))
