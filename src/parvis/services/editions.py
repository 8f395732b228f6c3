"""Changes editions, their state, their venue and its rooms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.changes import AlreadyThere, TextMissing
from parvis.domain.editions import (
    EDITION_STATUS_NAMES,
    DatesOutOfOrder,
    EditionIsClosed,
    EditionStatus,
    ReasonMissing,
    SessionsOutsideDates,
    check_transition,
)
from parvis.domain.refusals import NotFound
from parvis.domain.slugs import slug_of
from parvis.gateways.publishing import announce_public_change
from parvis.models import Edition, Placement, Room, Venue
from parvis.services import log
from parvis.services.changes import check_known, check_seen, delete_row, locked, save_changes, set_values

_SPOKEN = ("name", "theme", "context", "practical_info", "thanks")
EDITION_FIELDS = frozenset(
    {f"{name}_{language}" for name in _SPOKEN for language in ("fr", "en")}
    | {"starts_on", "ends_on", "announced_month", "hashtag", "registration_opens_at", "registration_closes_at"}
    | {"venue_id"}
)


def change_edition(
    *, actor: Actor, edition_id: int, values: Mapping[str, Any], seen: str = "", now: datetime | None = None
) -> Edition:
    """Change what an edition is called, when and where it is held; `values` holds some of `EDITION_FIELDS`.

    Locks it. Its state changes by `change_edition_status`. Raises `NotAllowed`, `NotFound`, `ChangedMeanwhile`,
    `EditionIsClosed` for an archived one, `DatesOutOfOrder`, `SessionsOutsideDates`, `TextMissing`.
    """
    actor.require(Permission.EDIT_EDITIONS)
    check_known(values, EDITION_FIELDS)
    with transaction.atomic():
        edition = locked(Edition, edition_id)
        if edition.status == EditionStatus.ARCHIVED:
            raise EditionIsClosed(current=EDITION_STATUS_NAMES[EditionStatus.ARCHIVED])
        given = dict(values)
        if "name_fr" in given and not str(given["name_fr"]).strip():
            raise TextMissing(field="name_fr")
        if "venue_id" in given:
            venue_id = given.pop("venue_id")
            given["venue"] = None if venue_id is None else locked(Venue, venue_id)
        first, last = given.get("starts_on", edition.starts_on), given.get("ends_on", edition.ends_on)
        if (first is None) != (last is None) or (first is not None and last is not None and last < first):
            raise DatesOutOfOrder(field="ends_on")
        _check_sessions_inside(edition, first, last)
        save_changes(actor=actor, row=edition, values=given, seen=seen, now=now or timezone.now())
        announce_public_change()
    return edition


def change_edition_status(
    *,
    actor: Actor,
    edition_id: int,
    status: EditionStatus,
    reason: Mapping[str, str] | None = None,
    seen: str = "",
    now: datetime | None = None,
) -> Edition:
    """Lead an edition to another state; cancelling and postponing need a `reason` in public words (at least "fr").

    A cancelled edition keeps its number and its registrations. Locks it; the public reads it at once. Raises
    `NotAllowed`, `NotFound`, `ChangedMeanwhile`, `EditionCannotBecome`, `ReasonMissing`.
    """
    actor.require(Permission.EDIT_EDITIONS)
    moment = now or timezone.now()
    with transaction.atomic():
        edition = locked(Edition, edition_id)
        check_seen(edition, seen)
        before = EditionStatus(edition.status)
        check_transition(before, status)
        if before is status:
            return edition
        said = dict(reason or {})
        if status in {EditionStatus.CANCELLED, EditionStatus.POSTPONED} and not said.get("fr", "").strip():
            raise ReasonMissing(field="reason_fr")
        values: dict[str, Any] = {"status": str(status)}
        if status in {EditionStatus.CANCELLED, EditionStatus.POSTPONED}:
            values |= {"status_reason_fr": said["fr"], "status_reason_en": said.get("en", "")}
        if status is EditionStatus.CANCELLED:
            values["cancelled_at"] = moment
        changes = set_values(edition, values)
        edition.save()
        log.record(
            actor=actor, action="edition.status_changed", subject=edition, now=moment, details={"changes": changes}
        )
        announce_public_change()
    return edition


def save_venue(
    *, actor: Actor, venue_id: int | None, values: Mapping[str, Any], seen: str = "", now: datetime | None = None
) -> Venue:
    """Create or change a venue: name_fr, name_en, address, city, access_fr, access_en. Locks it.

    Raises `NotAllowed`, `NotFound`, `ChangedMeanwhile`, `TextMissing`, `AlreadyThere`.
    """
    actor.require(Permission.EDIT_EDITIONS)
    check_known(values, {"name_fr", "name_en", "address", "city", "access_fr", "access_en"})
    with transaction.atomic():
        venue = Venue() if venue_id is None else locked(Venue, venue_id)
        name = str(values.get("name_fr", getattr(venue, "name_fr", "")) or "").strip()
        city = str(values.get("city", venue.city)).strip()
        for field, text in (("name_fr", name), ("city", city)):
            if not text:
                raise TextMissing(field=field)
        if Venue.objects.filter(name_fr=name, city=city).exclude(pk=venue_id or 0).exists():
            raise AlreadyThere(what=name, field="name_fr")
        saved = save_changes(actor=actor, row=venue, values=values, seen=seen, now=now or timezone.now())
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
    """Create or change a room of a venue: name, capacity, equipment, position. Locks the venue.

    Raises `NotAllowed`, `NotFound`, `ChangedMeanwhile`, `TextMissing`, `AlreadyThere`.
    """
    actor.require(Permission.EDIT_EDITIONS)
    check_known(values, {"name", "capacity", "equipment", "position"})
    with transaction.atomic():
        if venue_id is None:
            raise NotFound(field="venue")
        venue = locked(Venue, venue_id)
        name = str(values.get("name", "")).strip()
        if not name:
            raise TextMissing(field="name")
        if venue.rooms.filter(name=name).exclude(pk=room_id or 0).exists():
            raise AlreadyThere(what=name, field="name")
        if room_id is None:
            taken = set(venue.rooms.values_list("slug", flat=True))
            room = Room(venue=venue, slug=slug_of(name, taken, longest=80), position=len(taken))
        else:
            room = locked(Room, room_id, venue=venue)
        given = {key: value for key, value in values.items() if not (key == "position" and value is None)}
        return save_changes(actor=actor, row=room, values=given, seen=seen, now=now or timezone.now())


def delete_room(*, actor: Actor, room_id: int, now: datetime | None = None) -> None:
    """Delete a room in which nothing is placed. Raises `NotAllowed`, `NotFound`, `StillReferredTo`."""
    actor.require(Permission.EDIT_EDITIONS)
    with transaction.atomic():
        delete_row(actor=actor, row=locked(Room, room_id), now=now or timezone.now())


def _check_sessions_inside(edition: Edition, first: date | None, last: date | None) -> None:
    if (first, last) == (edition.starts_on, edition.ends_on):
        return
    zone = ZoneInfo(edition.venue.timezone if edition.venue is not None else "Europe/Paris")
    moments = Placement.objects.filter(session__edition=edition).values_list("starts_at", flat=True)
    outside = sum(
        1 for moment in moments if first is None or last is None or not first <= moment.astimezone(zone).date() <= last
    )
    if outside:
        raise SessionsOutsideDates(count=outside, field="starts_on")
