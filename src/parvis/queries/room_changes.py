"""What left a room from one release to a later one, and the rooms in which nothing is yet: each has a screen."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.domain.programme.differences import ChangeKind
from parvis.models import Edition, Release, Room


@dataclass(frozen=True, slots=True)
class RoomChange:
    """A session was in the room named `before`, in some release."""

    session: str
    before: str


def list_room_changes(edition_id: int) -> list[RoomChange]:
    """Return every change of room that a release of the edition told, the newest first. One query."""
    differences = Release.objects.filter(edition_id=edition_id).order_by("-number").values_list("difference", flat=True)
    return [
        RoomChange(session=str(change["session"]), before=str(change.get("before", "")))
        for changes in differences
        for change in changes
        if change.get("kind") == ChangeKind.ROOM
    ]


def get_former_room(edition_id: int, slug: str) -> str | None:
    """Return the name of a room that some release used, or None. One query, which reads the rooms of all releases.

    A room that lost its last session is no longer in the newest release; the screen at its door is still there.
    """
    releases = (
        Release.objects.filter(edition_id=edition_id).order_by("-number").values_list("payload__rooms", flat=True)
    )
    for rooms in releases:
        for room in rooms or []:
            if room.get("slug") == slug:
                return str(room.get("name", ""))
    return None


def get_spare_room(edition_id: int, slug: str) -> str | None:
    """Return the name of a room of the venue of an edition that has a release, or None. One query.

    A screen may be opened at the door of a room in which nothing takes place: on the day, that is where a session goes.
    """
    published = Edition.objects.filter(pk=edition_id, releases__isnull=False).values("venue")
    return Room.objects.filter(slug=slug, venue__in=published).values_list("name", flat=True).first()
