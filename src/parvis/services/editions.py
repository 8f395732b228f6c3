"""Announces editions and changes them: what they are called, when and where they are held, where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.changes import TextMissing
from parvis.domain.editions import (
    CALLED_OFF,
    EDITION_STATUS_NAMES,
    EditionIsClosed,
    EditionStatus,
    ReasonMissing,
    RoomsElsewhere,
    SessionsOutsideDates,
    check_days,
    check_transition,
    check_window_order,
    edition_slug,
)
from parvis.domain.refusals import NotFound
from parvis.gateways.jobs import enqueue_on_commit
from parvis.gateways.publishing import announce_public_change
from parvis.models import Category, Edition, Placement, Series, Venue
from parvis.services import log
from parvis.services.changes import check_known, check_seen, locked, save_changes, set_values
from parvis.services.edition_mails import TASK as TELL_TASK
from parvis.services.placements import clear
from parvis.services.programme import open_edition

_SPOKEN = ("name", "theme", "context", "practical_info", "thanks")
EDITION_FIELDS = frozenset(
    {f"{name}_{language}" for name in _SPOKEN for language in ("fr", "en")}
    | {"starts_on", "ends_on", "announced_month", "hashtag", "registration_opens_at", "registration_closes_at"}
    | {"venue_id"}
)


def announce_edition(
    *, actor: Actor, previous_id: int, values: Mapping[str, Any], announced: bool, now: datetime | None = None
) -> Edition:
    """Add the next edition of the series of `previous_id`, as a draft, or `announced` to the public at once.

    It takes the next number of its series, its year as its address, and the categories of registration of the edition
    before; `values` holds some of `EDITION_FIELDS`. Locks the series, so that no number is given twice. Raises
    `NotAllowed`, `NotFound`, `TextMissing`, `DateMissing`, `DayAlone`, `DatesOutOfOrder`, `EditionTooLong`,
    `WindowOutOfOrder`.
    """
    actor.require(Permission.EDIT_EDITIONS)
    check_known(values, EDITION_FIELDS)
    moment = now or timezone.now()
    with transaction.atomic():
        previous = locked(Edition, previous_id)
        series = locked(Series, previous.series_id)
        given = _with_venue(values)
        if not str(given.get("name_fr", "")).strip():
            raise TextMissing(field="name_fr")
        _check_times(given, Edition())
        numbers = series.editions.values_list("number", flat=True)
        taken = set(Edition.objects.values_list("slug", flat=True))
        edition = Edition(
            series=series,
            number=max(numbers) + 1,
            slug=edition_slug(given.get("starts_on"), given.get("announced_month"), taken),
            status=str(EditionStatus.ANNOUNCED if announced else EditionStatus.DRAFT),
        )
        save_changes(actor=actor, row=edition, values=given, now=moment)
        _copy_categories(previous, edition)
        announce_public_change()
    return edition


def change_edition(
    *,
    actor: Actor,
    edition_id: int,
    values: Mapping[str, Any],
    unplace: bool = False,
    seen: str = "",
    now: datetime | None = None,
) -> Edition:
    """Change what an edition is called, when and where it is held; `values` holds some of `EDITION_FIELDS`.

    With another venue, what is placed in the rooms of the old one must leave the timetable: `unplace` says so.
    Locks it. Its state changes by `change_edition_status`. Raises `NotAllowed`, `NotFound`, `ChangedMeanwhile`,
    `EditionIsClosed` for an archived one, `DayAlone`, `DatesOutOfOrder`, `EditionTooLong`, `WindowOutOfOrder`,
    `SessionsOutsideDates`, `RoomsElsewhere`, `TextMissing`.
    """
    actor.require(Permission.EDIT_EDITIONS)
    check_known(values, EDITION_FIELDS)
    moment = now or timezone.now()
    with transaction.atomic():
        edition = locked(Edition, edition_id)
        check_seen(edition, seen)
        if edition.status == EditionStatus.ARCHIVED:
            raise EditionIsClosed(current=EDITION_STATUS_NAMES[EditionStatus.ARCHIVED])
        given = _with_venue(values)
        if "name_fr" in given and not str(given["name_fr"]).strip():
            raise TextMissing(field="name_fr")
        _check_times(given, edition)
        if "venue" in given and given["venue"] != edition.venue:
            _leave_rooms(actor, edition, unplace=unplace, now=moment)
        _check_sessions_inside(
            edition, given.get("starts_on", edition.starts_on), given.get("ends_on", edition.ends_on)
        )
        save_changes(actor=actor, row=edition, values=given, now=moment)
        announce_public_change()
    return edition


def change_edition_status(
    *,
    actor: Actor,
    edition_id: int,
    status: EditionStatus,
    reason: Mapping[str, str] | None = None,
    tell: bool = False,
    seen: str = "",
    now: datetime | None = None,
) -> Edition:
    """Lead an edition to another state; cancelling and postponing need a `reason` in public words (at least "fr").

    A cancelled edition keeps its number and its registrations. With `tell`, everybody registered for what is called
    off gets a mail with the reason, written in the background. Locks it; the public reads it at once. Raises
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
        if status in CALLED_OFF and not said.get("fr", "").strip():
            raise ReasonMissing(field="reason_fr")
        values: dict[str, Any] = {"status": str(status)}
        if status in CALLED_OFF:
            values |= {"status_reason_fr": said["fr"], "status_reason_en": said.get("en", "")}
        if status is EditionStatus.CANCELLED:
            values["cancelled_at"] = moment
        changes = set_values(edition, values)
        edition.save()
        details = {"changes": changes}
        entry = log.record(actor=actor, action="edition.status_changed", subject=edition, now=moment, details=details)
        if tell and status in CALLED_OFF:
            enqueue_on_commit(TELL_TASK, entry.pk)
        announce_public_change()
    return edition


def _with_venue(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values with the venue itself in place of its key. Raises `NotFound`."""
    given = dict(values)
    if "venue_id" in given:
        venue_id = given.pop("venue_id")
        given["venue"] = None if venue_id is None else Venue.objects.filter(pk=venue_id).first()
        if venue_id is not None and given["venue"] is None:
            raise NotFound(field="venue")
    return given


def _check_times(given: Mapping[str, Any], edition: Edition) -> None:
    check_days(given.get("starts_on", edition.starts_on), given.get("ends_on", edition.ends_on))
    check_window_order(
        given.get("registration_opens_at", edition.registration_opens_at),
        given.get("registration_closes_at", edition.registration_closes_at),
    )


def _copy_categories(previous: Edition, edition: Edition) -> None:
    """Let people register as what they could register as before; who registered stays with the edition before."""
    copies = list(previous.categories.all())
    for category in copies:
        category.pk = None
        category._state.adding = True
        category.edition = edition
    Category.objects.bulk_create(copies)


def _leave_rooms(actor: Actor, edition: Edition, *, unplace: bool, now: datetime) -> None:
    """Take what is placed at the old venue out of the timetable. Raises `RoomsElsewhere` unless `unplace`."""
    placed = Placement.objects.filter(session__edition=edition).count()
    if not placed:
        return
    if not unplace:
        raise RoomsElsewhere(count=placed, venue=str(edition.venue), field="venue")
    clear(actor=actor, edition=open_edition(edition.pk), now=now)


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
