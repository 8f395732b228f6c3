"""Publishes the public side of an edition: a release is frozen, numbered, and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.editions import PUBLIC_STATUSES, EditionStatus
from parvis.domain.programme.differences import difference
from parvis.domain.programme.release import EditionIsDraft, NothingChanged, ReleaseContent, from_json, to_json
from parvis.domain.refusals import NotFound
from parvis.domain.timetable.moves import Standing
from parvis.domain.timetable.publishing import check_remaining
from parvis.gateways.jobs import enqueue_for_worker_on_commit
from parvis.gateways.publishing import announce_public_change
from parvis.models import Edition, Release, Room, Session
from parvis.queries.release_check import check_release
from parvis.queries.release_content import build_payload
from parvis.queries.releases import get_current_release
from parvis.queries.session_texts import count_texts_left
from parvis.services import log
from parvis.services.placements import keep_all

PRINT_TASK = "parvis.tasks.printed.print_release"


def publish_release(
    *,
    actor: Actor,
    edition_id: int,
    note: str = "",
    accept_violations: bool = False,
    now: datetime | None = None,
) -> Release:
    """Freeze what the public reads of an edition as its next release, with the difference to the one before.

    It may be published before there is a programme: the site then says that it is to come. Where its timetable breaks
    hard rules, it is published by who says that these may stand (`accept_violations`); the log keeps how many did, and
    how many texts of sessions are missing or unchecked: these refuse nothing.
    Locks the edition's row, so that two releases cannot take one number, and reads in the same transaction. Raises
    `NotAllowed`, `EditionIsDraft`, `NothingChanged` where the last release says the same already, `ViolationsRemain`.
    """
    actor.require(Permission.PUBLISH)
    moment = now or timezone.now()
    with transaction.atomic():
        edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition_id)
        if EditionStatus(edition.status) not in PUBLIC_STATUSES:
            raise EditionIsDraft
        content = build_payload(edition_id)
        last = get_current_release(edition_id)
        before = from_json(last.payload) if last else None
        if last is not None and before == content:
            raise NothingChanged(number=last.number)
        broken = check_release(edition_id).hard
        check_remaining(broken, accepted=accept_violations)
        counts = {"rules_broken": len(broken), **_texts_left(edition_id)}
        return _freeze(actor, edition, last, content, note=note, now=moment, counts=counts)


def take_up_release(
    *, actor: Actor, edition_id: int, number: int, note: str = "", now: datetime | None = None
) -> Release:
    """Publish again, as a new release, what an earlier one said; going back never rewrites what was published.

    On the desk, the sessions of that release get the times, rooms and cancellations that they had in it, so that the
    next release does not bring back what was just undone; texts, and sessions that came later, stay as they are.
    The rules of the timetable are not asked again: what it says was published once.
    Locks the edition's row. Raises `NotAllowed`, `NotFound`, `NothingChanged` for the release that stands.
    """
    actor.require(Permission.PUBLISH)
    moment = now or timezone.now()
    with transaction.atomic():
        edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition_id)
        earlier = Release.objects.filter(edition=edition, number=number).first()
        last = get_current_release(edition_id)
        if earlier is None or last is None:
            raise NotFound
        content = from_json(earlier.payload)
        if content == from_json(last.payload):
            raise NothingChanged(number=last.number)
        _set_back(actor, edition, content, moment)
        release = _freeze(actor, edition, last, content, note=note, now=moment)
        release.returns_to = earlier
        release.save(update_fields=["returns_to"])
        log.record(
            actor=actor, action="release.taken_up", subject=earlier, now=moment, details={"number": release.number}
        )
    return release


def _freeze(
    actor: Actor,
    edition: Edition,
    last: Release | None,
    content: ReleaseContent,
    *,
    note: str,
    now: datetime,
    counts: Mapping[str, int] | None = None,
) -> Release:
    changes = difference(from_json(last.payload) if last else None, content)
    release = Release.objects.create(
        edition=edition,
        number=(last.number if last else 0) + 1,
        payload=to_json(content),
        difference=[asdict(change) for change in changes],
        note=note,
        published_at=now,
        published_by_id=actor.account_id,
        published_by_label=actor.label,
    )
    log.record(
        actor=actor,
        action="release.published",
        subject=release,
        now=now,
        details={
            "number": release.number,
            "changes": len(changes),
            **{name: count for name, count in (counts or {}).items() if count},
        },
    )
    announce_public_change()
    enqueue_for_worker_on_commit(PRINT_TASK, release.pk)
    return release


def _texts_left(edition_id: int) -> dict[str, int]:
    left = count_texts_left(edition_id)
    return {
        "texts_missing": sum(item.missing for item in left),
        "texts_unchecked": sum(item.unchecked for item in left),
    }


def _set_back(actor: Actor, edition: Edition, content: ReleaseContent, now: datetime) -> None:
    """Give the draft's sessions the times, rooms and states of a release. Rooms that are gone leave them unplaced."""
    rooms = {room.slug: room for room in Room.objects.filter(venue_id=edition.venue_id or 0)}
    wanted = {session.guid: session for session in content.sessions}
    moves = []
    for session in Session.objects.filter(edition=edition, guid__in=wanted).select_related("placement"):
        then = wanted[str(session.guid)]
        placement = getattr(session, "placement", None)
        before = Standing(None, None, session.duration_min)
        if placement is not None:
            stood = (placement.room_id, placement.starts_at, placement.ends_at)
            before = Standing.between(*stood, pinned=placement.pinned)
        length = then.duration_min or session.duration_min
        to = Standing(None, None, length)
        if then.starts_at and then.room in rooms:
            stands = (datetime.fromisoformat(then.starts_at), datetime.fromisoformat(then.ends_at))
            to = Standing.between(rooms[then.room].pk, *stands, pinned=before.pinned)
        session.status, session.duration_min = then.status, length
        session.save(update_fields=["status", "duration_min", "updated_at"])
        moves.append((session, before, to))
    keep_all(actor=actor, edition_id=edition.pk, moves=moves, now=now)
