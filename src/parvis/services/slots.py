"""Slots of a call: made in a row, taken away, chosen by those who were selected, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.calls.slots import (
    BINDING,
    NewSlot,
    NoSlotLeft,
    SlotIsHeld,
    SlotMovedByOrganisers,
    SlotTaken,
    check_may_hold,
    slots_in_a_row,
)
from parvis.domain.calls.states import Decision, ProposalStatus
from parvis.domain.calls.windows import check_may_choose
from parvis.domain.refusals import NotFound
from parvis.domain.timetable.moves import BreaksRules
from parvis.models import Call, CallSlot, Edition, Placement, Proposal, Room, Session
from parvis.queries.call_slots import find_free_slots, nearest_slots, occupied_rooms
from parvis.queries.desk_editions import zone_of
from parvis.services import log, proposal_mails
from parvis.services.calls import locked_call
from parvis.services.changes import locked
from parvis.services.programme import place_session, unplace_session
from parvis.services.proposal_sessions import make_session
from parvis.services.proposals import locked_proposal


@dataclass(frozen=True, slots=True)
class SlotsMade:
    """What came of making slots: how many are new, how many were there, and those that clash with the programme."""

    made: int
    there: int
    clashing: list[NewSlot]


def make_slots(
    *,
    actor: Actor,
    call_id: int,
    room_ids: Sequence[int],
    day: date,
    first: time,
    last: time,
    every_min: int,
    now: datetime | None = None,
) -> SlotsMade:
    """Make the slots of a day in rooms, from `first` to `last` (the venue's hours), one every `every_min` minutes.

    Those that something placed stands in the way of are left out and named; those that exist stay. Locks the edition's
    row, against placements meanwhile, and the call. Raises `NotAllowed`, `NotFound` for a room of another venue, and
    the refusals of `slots_in_a_row`.
    """
    actor.require(Permission.EDIT_CALLS)
    moment = now or timezone.now()
    with transaction.atomic():
        call = _call_of_locked_edition(call_id)
        edition, zone = call.edition, zone_of(call.edition)
        rooms = list(Room.objects.filter(pk__in=room_ids, venue_id=edition.venue_id or 0).order_by("position", "name"))
        if len(rooms) != len(set(room_ids)):
            raise NotFound(field="rooms")
        begins, ends = (datetime.combine(day, hour, zone) for hour in (first, max(first, last)))
        wanted = slots_in_a_row(
            room_ids=[room.pk for room in rooms],
            day=day,
            first=first,
            last=last,
            every_min=every_min,
            length_min=call.duration_min,
            days=_days(edition),
            zone=zone,
            occupied=occupied_rooms(room_ids=list(room_ids), first=begins, last=ends),
        )
        there = set(CallSlot.objects.filter(call=call).values_list("room_id", "starts_at"))
        clashing = [slot for slot in wanted if slot.clash]
        new = [slot for slot in wanted if not slot.clash and (slot.room_id, slot.starts_at) not in there]
        CallSlot.objects.bulk_create(
            CallSlot(call=call, room_id=slot.room_id, starts_at=slot.starts_at) for slot in new
        )
        if new:
            log.record(
                actor=actor,
                action="call.slots_made",
                subject=call,
                now=moment,
                details={"slots": len(new), "day": day.isoformat(), "rooms": [room.name for room in rooms]},
            )
    return SlotsMade(len(new), len(wanted) - len(new) - len(clashing), clashing)


def remove_slots(*, actor: Actor, call_id: int, slot_ids: Sequence[int], now: datetime | None = None) -> int:
    """Delete slots that nobody holds; return how many. Those that are gone already are passed over.

    Locks the edition's row and the call. Raises `NotAllowed`, `NotFound`, `SlotIsHeld`.
    """
    actor.require(Permission.EDIT_CALLS)
    with transaction.atomic():
        call = _call_of_locked_edition(call_id)
        slots = CallSlot.objects.filter(call=call, pk__in=slot_ids)
        held = Proposal.objects.filter(slot__in=slots).order_by("pk").first()
        if held is not None:
            raise SlotIsHeld(title=held.title or held.reference)
        count = slots.count()
        if count:
            slots.delete()
            log.record(
                actor=actor,
                action="call.slots_deleted",
                subject=call,
                now=now or timezone.now(),
                details={"slots": count},
            )
    return count


def choose_slot(*, actor: Actor, proposal_id: int, slot_id: int, now: datetime | None = None) -> Session:
    """Take a free slot for a selected proposal: it becomes a session of the programme, with its place and speakers.

    Choosing another slot later moves the session. Locks the edition's row, so that one slot is given once, then the
    proposal. The desk may choose for the authors, also after the last day for it. Raises `NotSelected`,
    `ChoosingIsOver`, `NotFound`, `SlotTaken` with the nearest free slots, `NoSlotLeft`, `SlotMovedByOrganisers`,
    `BreaksRules` where a speaker is expected elsewhere at that time, and the other refusals of placing.
    """
    moment = now or timezone.now()
    with transaction.atomic():
        _lock_edition_of(proposal_id)
        proposal = locked_proposal(actor, proposal_id, with_call=True)
        call = proposal.call
        by_desk = actor.may(Permission.EDIT_CALLS)
        check_may_hold(
            status=ProposalStatus(proposal.status),
            decision=Decision(proposal.decision),
            announced=call.announced_at is not None,
        )
        slot = CallSlot.objects.select_related("room").filter(pk=slot_id, call=call).first()
        if proposal.slot_id == slot_id and slot is not None and proposal.session is not None:
            return proposal.session
        if not by_desk:
            zone = zone_of(call.edition)
            check_may_choose(choose_by=call.choose_by and call.choose_by.astimezone(zone), now=moment)
            _check_not_moved(proposal)
        free = find_free_slots(call, proposal=proposal)
        if slot is None or slot.pk not in {one.pk for one in free}:
            if not free:
                raise NoSlotLeft
            raise SlotTaken(nearest=nearest_slots(call, slot_id, proposal=proposal))
        hand = replace(actor, unlimited=True)  # what follows is the rule's work, done in the author's name
        session = proposal.session or make_session(actor=hand, proposal=proposal, now=moment)
        try:
            _place(hand, session, slot, moment)
        except BreaksRules as refusal:
            if any(violation.kind == "room_once" for violation in refusal.violations):
                raise SlotTaken(nearest=nearest_slots(call, slot_id, proposal=proposal)) from refusal
            raise
        proposal.slot, proposal.session = slot, session
        proposal.updated_at = moment
        proposal.save()
        log.record(
            actor=actor,
            action="proposal.slot_chosen",
            subject=proposal,
            now=moment,
            details={"slot": f"{slot.starts_at.astimezone(zone_of(call.edition)):%Y-%m-%d %H:%M}, {slot.room}"},
        )
        proposal_mails.queue_slot(proposal, session, slot, now=moment)
    return session


def take_slot_back(*, actor: Actor, proposal_id: int, now: datetime | None = None) -> Proposal:
    """Take a proposal's slot back: its session leaves the timetable and its authors are asked to choose another.

    Locks the edition's row and the proposal; without a slot nothing changes. Raises `NotAllowed`, `NotFound`.
    """
    actor.require(Permission.EDIT_CALLS)
    moment = now or timezone.now()
    with transaction.atomic():
        _lock_edition_of(proposal_id)
        proposal = locked_proposal(actor, proposal_id, with_call=True)
        if proposal.slot is None:
            return proposal
        was = f"{proposal.slot.starts_at.astimezone(zone_of(proposal.call.edition)):%Y-%m-%d %H:%M}"
        if proposal.session_id is not None:
            hand = replace(actor, unlimited=True)
            unplace_session(actor=hand, session_id=proposal.session_id, insist=True, now=moment)
        proposal.slot = None
        proposal.updated_at = moment
        proposal.save()
        log.record(actor=actor, action="proposal.slot_taken_back", subject=proposal, now=moment, details={"slot": was})
        proposal_mails.queue(proposal, "proposal_slot_back", occasion=moment.isoformat(), now=moment)
    return proposal


def _place(actor: Actor, session: Session, slot: CallSlot, now: datetime) -> None:
    """Place a session in its slot, by the rules that bind its authors. Raises `BreaksRules` with those."""
    place = partial(
        place_session, actor=actor, session_id=session.pk, room_id=slot.room_id, starts_at=slot.starts_at, now=now
    )
    try:
        place()
    except BreaksRules as refusal:
        binding = [violation for violation in refusal.violations if violation.kind in BINDING]
        if binding:
            raise BreaksRules(binding, session=refusal.session, field=refusal.field) from refusal
        place(insist=True)


def _call_of_locked_edition(call_id: int) -> Call:
    edition_id = Call.objects.filter(pk=call_id).values_list("edition_id", flat=True).first()
    locked(Edition, edition_id or 0)
    return locked_call(call_id)


def _lock_edition_of(proposal_id: int) -> None:
    edition_id = Proposal.objects.filter(pk=proposal_id).values_list("call__edition_id", flat=True).first()
    locked(Edition, edition_id or 0)


def _days(edition: Edition) -> list[date]:
    if edition.starts_on is None or edition.ends_on is None:
        return []
    return [edition.starts_on + timedelta(days=n) for n in range((edition.ends_on - edition.starts_on).days + 1)]


def _check_not_moved(proposal: Proposal) -> None:
    """Raise `SlotMovedByOrganisers` where the session no longer stands in the slot that its authors chose."""
    if proposal.slot is None or proposal.session_id is None:
        return
    placement = Placement.objects.filter(session_id=proposal.session_id).first()
    slot = proposal.slot
    if placement is None or (placement.room_id, placement.starts_at) != (slot.room_id, slot.starts_at):
        raise SlotMovedByOrganisers
