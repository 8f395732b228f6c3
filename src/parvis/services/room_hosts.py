"""Changes who receives people in the rooms of an edition, and hears of what changes there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.changes import AlreadyThere, TextMissing
from parvis.domain.refusals import NotFound
from parvis.domain.registration_forms import AddressUnreadable, is_address
from parvis.models import Room, RoomHost
from parvis.services.changes import check_known, delete_row, locked, save_changes
from parvis.services.programme import open_edition

HOST_FIELDS = frozenset({"room_id", "name", "email", "language"})


def save_room_host(
    *,
    actor: Actor,
    edition_id: int,
    host_id: int | None,
    values: Mapping[str, Any],
    seen: str = "",
    now: datetime | None = None,
) -> RoomHost:
    """Name or change who receives people in a room; `values` holds some of `HOST_FIELDS`. Locks the edition's row.

    Raises `NotAllowed`, `NotFound` for a room of another venue, `EditionIsClosed`, `ChangedMeanwhile`, `TextMissing`,
    `AddressUnreadable`, `AlreadyThere` for an address that the room has already.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    check_known(values, HOST_FIELDS)
    with transaction.atomic():
        edition = open_edition(edition_id)
        row = RoomHost(edition=edition) if host_id is None else locked(RoomHost, host_id, edition=edition)
        given = dict(values)
        room_id = given.pop("room_id", row.room_id) or 0
        room = Room.objects.filter(pk=room_id, venue_id=edition.venue_id or 0).first()
        if room is None:
            raise NotFound(field="room")
        if host_id is None:
            row.room = room
        name = str(given.get("name", row.name)).strip()
        address = str(given.get("email", row.email)).strip().lower()
        if not name:
            raise TextMissing(field="name")
        if not is_address(address):
            raise AddressUnreadable(field="email")
        if RoomHost.objects.filter(edition=edition, room=room, email=address).exclude(pk=host_id or 0).exists():
            raise AlreadyThere(what=f"{address}, {room.name}", field="email")
        given |= {"room": room, "name": name, "email": address}
        return save_changes(actor=actor, row=row, values=given, seen=seen, now=now or timezone.now())


def remove_room_host(*, actor: Actor, edition_id: int, host_id: int, now: datetime | None = None) -> None:
    """Take a host away. Raises `NotAllowed`, `NotFound`, `EditionIsClosed`."""
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        row = locked(RoomHost, host_id, edition=open_edition(edition_id))
        delete_row(actor=actor, row=row, now=now or timezone.now(), verb="removed")
