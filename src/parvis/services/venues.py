"""Changes venues and their rooms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.changes import AlreadyThere, TextMissing
from parvis.domain.editions import HoursWouldShift
from parvis.domain.refusals import NotFound
from parvis.domain.slugs import slug_of
from parvis.gateways.publishing import announce_public_change
from parvis.models import Placement, Room, Venue
from parvis.services.changes import check_known, delete_row, locked, save_changes
from parvis.services.editions import change_edition

VENUE_FIELDS = frozenset(
    {"name_fr", "name_en", "address", "city", "country", "timezone", "access_fr", "access_en", "walking_min"}
)
ROOM_FIELDS = frozenset({"name", "capacity", "equipment", "building", "booths", "position"})


def save_venue(
    *,
    actor: Actor,
    venue_id: int | None,
    values: Mapping[str, Any],
    edition_id: int | None = None,
    seen: str = "",
    now: datetime | None = None,
) -> Venue:
    """Create or change a venue, and hold an edition there where `edition_id` names one; some of `VENUE_FIELDS`.

    Locks it. Raises `NotAllowed`, `NotFound`, `ChangedMeanwhile`, `TextMissing`, `AlreadyThere`, `HoursWouldShift`
    for another time zone once something is placed, and what `change_edition` raises.
    """
    actor.require(Permission.EDIT_EDITIONS)
    check_known(values, VENUE_FIELDS)
    moment = now or timezone.now()
    with transaction.atomic():
        venue = Venue() if venue_id is None else locked(Venue, venue_id)
        name = str(values.get("name_fr", getattr(venue, "name_fr", "")) or "").strip()
        city = str(values.get("city", venue.city)).strip()
        for field, text in (("name_fr", name), ("city", city)):
            if not text:
                raise TextMissing(field=field)
        if Venue.objects.filter(name_fr=name, city=city).exclude(pk=venue_id or 0).exists():
            raise AlreadyThere(what=name, field="name_fr")
        zone = values.get("timezone", venue.timezone)
        if venue_id is not None and zone != venue.timezone:
            placed = Placement.objects.filter(room__venue=venue).count()
            if placed:
                raise HoursWouldShift(count=placed, field="timezone")
        saved = save_changes(actor=actor, row=venue, values=values, seen=seen, now=moment)
        if edition_id is not None:
            change_edition(actor=actor, edition_id=edition_id, values={"venue_id": saved.pk}, now=moment)
        announce_public_change()
    return saved


def save_room(
    *,
    actor: Actor,
    venue_id: int | None,
    room_id: int | None,
    values: Mapping[str, Any],
    seen: str = "",
    now: datetime | None = None,
) -> Room:
    """Create or change a room of a venue; `values` holds some of `ROOM_FIELDS`. Locks the venue.

    Raises `NotAllowed`, `NotFound`, `ChangedMeanwhile`, `TextMissing`, `AlreadyThere`.
    """
    actor.require(Permission.EDIT_EDITIONS)
    check_known(values, ROOM_FIELDS)
    with transaction.atomic():
        if venue_id is None:
            raise NotFound(field="venue")
        venue = locked(Venue, venue_id)
        room = Room(venue=venue) if room_id is None else locked(Room, room_id, venue=venue)
        name = str(values.get("name", room.name)).strip()
        if not name:
            raise TextMissing(field="name")
        if venue.rooms.filter(name=name).exclude(pk=room_id or 0).exists():
            raise AlreadyThere(what=name, field="name")
        if room_id is None:
            taken = set(venue.rooms.values_list("slug", flat=True))
            room.slug = slug_of(name, taken, longest=80)
            room.position = len(taken)
        given = {key: value for key, value in values.items() if not (key in {"position", "booths"} and value is None)}
        return save_changes(actor=actor, row=room, values=given, seen=seen, now=now or timezone.now())


def delete_room(*, actor: Actor, room_id: int, now: datetime | None = None) -> None:
    """Delete a room in which nothing is placed. Raises `NotAllowed`, `NotFound`, `StillReferredTo`."""
    actor.require(Permission.EDIT_EDITIONS)
    with transaction.atomic():
        delete_row(actor=actor, row=locked(Room, room_id), now=now or timezone.now())
