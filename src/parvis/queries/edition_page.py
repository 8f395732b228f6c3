"""What the desk's pages of an edition, of its venue and of its rooms show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from parvis.domain.access import Actor, Permission
from parvis.domain.programme.sessions import SessionStatus
from parvis.domain.refusals import NotFound
from parvis.domain.registrations import COUNTED_STATUSES
from parvis.models import Edition, Intervention, Placement, Registration, Release, Room, Session, Venue


@dataclass(frozen=True, slots=True)
class Stakes:
    """Whom and what a change of an edition's state concerns."""

    registered: int
    reachable: int  # those of them who have an address
    sessions: int
    placed: int
    speakers: int


@dataclass(frozen=True, slots=True)
class LastRelease:
    """Which release the public reads, without what is in it."""

    pk: int
    number: int
    published_at: datetime


def count_stakes(actor: Actor, *, edition_id: int) -> Stakes:
    """Return whom and what an edition concerns; cancelled sessions are left out. Three queries. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    sessions = (
        Session.objects.filter(edition_id=edition_id)
        .exclude(status=SessionStatus.CANCELLED)
        .aggregate(all=Count("pk"), placed=Count("pk", filter=Q(placement__isnull=False)))
    )
    registered = Registration.objects.filter(edition_id=edition_id, status__in=sorted(COUNTED_STATUSES)).aggregate(
        all=Count("pk"), reachable=Count("pk", filter=~Q(person__email=""))
    )
    return Stakes(
        registered=registered["all"],
        reachable=registered["reachable"],
        sessions=sessions["all"],
        placed=sessions["placed"],
        speakers=Intervention.objects.filter(session__edition_id=edition_id)
        .exclude(session__status=SessionStatus.CANCELLED)
        .values("person")
        .distinct()
        .count(),
    )


def last_release(actor: Actor, *, edition_id: int) -> LastRelease | None:
    """Return the release that the public reads, None before the first. One query. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    row = (
        Release.objects.filter(edition_id=edition_id)
        .order_by("-number")
        .values_list("pk", "number", "published_at")
        .first()
    )
    return None if row is None else LastRelease(*row)


def newest_edition(actor: Actor, *, edition_id: int) -> Edition:
    """Return the edition with the highest number of the series of `edition_id`: the next one follows it. One query.

    Raises `NotAllowed`, `NotFound`.
    """
    actor.require(Permission.READ_DESK)
    found = (
        Edition.objects.filter(series__editions=edition_id)
        .select_related("series", "venue")
        .order_by("-number")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def access_venue(actor: Actor, *, venue_id: int) -> Venue:
    """Return a venue. One query. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.READ_DESK)
    venue = Venue.objects.filter(pk=venue_id).first()
    if venue is None:
        raise NotFound
    return venue


def list_editions_at(actor: Actor, *, venue_id: int) -> list[Edition]:
    """Return the editions held at a venue, the newest first. One query. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    return list(Edition.objects.filter(venue_id=venue_id).order_by("-number"))


def access_room(actor: Actor, *, room_id: int, venue_id: int | None) -> Room:
    """Return a room of a venue. One query. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.READ_DESK)
    room = Room.objects.select_related("venue").filter(pk=room_id, venue_id=venue_id or 0).first()
    if room is None:
        raise NotFound
    return room


def list_placed_in(actor: Actor, *, room_id: int) -> list[Placement]:
    """Return what is placed in a room, at any edition, the latest edition first. One query. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    return list(
        Placement.objects.filter(room_id=room_id)
        .select_related("session__edition")
        .order_by("-session__edition__number", "starts_at")
    )
