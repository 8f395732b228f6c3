"""Who receives people in the rooms of an edition."""

from __future__ import annotations

from parvis.domain.access import Actor, Permission
from parvis.domain.refusals import NotFound
from parvis.models import Room, RoomHost


def list_room_hosts(actor: Actor, *, edition_id: int) -> list[RoomHost]:
    """Return the hosts of an edition, room by room. One query. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    rows = RoomHost.objects.filter(edition_id=edition_id).select_related("room")
    return list(rows.order_by("room__position", "room__name", "name", "pk"))


def rooms_without_host(actor: Actor, *, edition_id: int, venue_id: int | None) -> list[Room]:
    """Return the rooms in which something is placed at an edition and nobody receives people. One query.

    Raises `NotAllowed`.
    """
    actor.require(Permission.READ_DESK)
    rows = Room.objects.filter(venue_id=venue_id or 0, placements__session__edition_id=edition_id)
    return list(rows.exclude(hosts__edition_id=edition_id).distinct().order_by("position", "name"))


def access_room_host(actor: Actor, *, edition_id: int, host_id: int) -> RoomHost:
    """Return a host of an edition. One query. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.READ_DESK)
    row = RoomHost.objects.filter(pk=host_id, edition_id=edition_id).select_related("room").first()
    if row is None:
        raise NotFound
    return row
