"""Changes the programme: sessions, where and when they take place, who takes the floor in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.changes import AlreadyThere, TextMissing
from parvis.domain.editions import EDITION_STATUS_NAMES, EditionIsClosed, EditionStatus
from parvis.domain.network.folding import LONGEST_FOLDED
from parvis.domain.programme.placement import (
    MandateOfAnother,
    SessionIsCancelled,
    SessionMustLast,
    SessionWasPublic,
    Slot,
    SpeakerTaken,
    check_placement,
)
from parvis.domain.programme.sessions import SessionStatus
from parvis.domain.refusals import NotFound
from parvis.domain.slugs import slug_of
from parvis.domain.text import fold
from parvis.models import Edition, Intervention, Mandate, Person, Placement, Release, Room, Session
from parvis.services import log
from parvis.services.changes import check_known, check_seen, delete_row, locked, save_changes

SESSION_FIELDS = frozenset(
    {"code", "format", "title_fr", "title_en", "abstract_fr", "abstract_en", "summary_fr", "summary_en"}
    | {"group", "theme", "host", "duration_min", "capacity", "members_only", "spoken", "interpreted", "status"}
)
_CLOSED = frozenset({EditionStatus.ARCHIVED, EditionStatus.CANCELLED})


def save_session(
    *,
    actor: Actor,
    edition_id: int,
    session_id: int | None,
    values: Mapping[str, Any],
    seen: str = "",
    now: datetime | None = None,
) -> Session:
    """Create (without `session_id`) or change a session; `values` holds some of `SESSION_FIELDS`.

    Locks the edition's row, then the session. A session whose length changes keeps its beginning and is checked
    again where it stands. Raises `NotAllowed`, `NotFound`, `ChangedMeanwhile`, `EditionIsClosed`, `TextMissing`,
    `AlreadyThere` for a code in use, and the refusals of `domain.programme.placement`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    check_known(values, SESSION_FIELDS)
    moment = now or timezone.now()
    with transaction.atomic():
        edition = _open_edition(edition_id)
        session = Session(edition=edition) if session_id is None else locked(Session, session_id, edition=edition)
        given = dict(values)
        title = str(given.get("title_fr", getattr(session, "title_fr", "")) or "").strip()
        if not title:
            raise TextMissing(field="title_fr")
        if int(given.get("duration_min", session.duration_min) or 0) <= 0:
            raise SessionMustLast(field="duration_min")
        code = str(given.get("code", session.code) or "").strip() or _free_code(edition)
        if Session.objects.filter(edition=edition, code=code).exclude(pk=session_id or 0).exists():
            raise AlreadyThere(what=code, field="code")
        given["code"] = code
        if session_id is None:
            taken = set(Session.objects.filter(edition=edition).values_list("slug", flat=True))
            session.slug = slug_of(title, taken, longest=110)
        english = given.get("title_en", getattr(session, "title_en", "")) or ""
        session.folded = fold(f"{title} {english}")[:LONGEST_FOLDED]
        save_changes(actor=actor, row=session, values=given, seen=seen, now=moment)
        placement = Placement.objects.filter(session=session).first()
        if placement is not None and "duration_min" in given:
            _put(edition, session, placement.room_id, placement.starts_at)
    return session


def place_session(
    *,
    actor: Actor,
    session_id: int,
    room_id: int,
    starts_at: datetime,
    seen: str = "",
    now: datetime | None = None,
) -> Placement:
    """Place a session in a room from `starts_at` (aware), for as long as it lasts; it moves if it was placed.

    Locks the edition's row, so that two placements cannot take one room. Raises `NotAllowed`, `NotFound`,
    `EditionIsClosed`, `SessionIsCancelled`, `ChangedMeanwhile`, `OutsideEdition`, `RoomTaken`, `SpeakerTaken`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    moment = now or timezone.now()
    with transaction.atomic():
        session, edition = _session_of_open_edition(session_id)
        check_seen(session, seen)
        if session.status == SessionStatus.CANCELLED:
            raise SessionIsCancelled(title=session.title)
        before = Placement.objects.filter(session=session).select_related("room").first()
        was = "" if before is None else _said(before, _zone(edition))
        placement = _put(edition, session, room_id, starts_at)
        after = _said(placement, _zone(edition))
        if was != after:
            _touch(session)
            log.record(
                actor=actor,
                action="session.placed",
                subject=session,
                now=moment,
                details={"changes": {"placement": [was, after]}},
            )
    return placement


def unplace_session(*, actor: Actor, session_id: int, now: datetime | None = None) -> None:
    """Take a session out of the timetable; it keeps everything else. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        session, edition = _session_of_open_edition(session_id)
        placement = Placement.objects.filter(session=session).select_related("room").first()
        if placement is None:
            return
        was = _said(placement, _zone(edition))
        placement.delete()
        _touch(session)
        log.record(
            actor=actor,
            action="session.unplaced",
            subject=session,
            now=now or timezone.now(),
            details={"changes": {"placement": [was, ""]}},
        )


def cancel_session(*, actor: Actor, session_id: int, now: datetime | None = None) -> Session:
    """Cancel a session: the public reads that it does not take place. Its room is free. It can be restored.

    Raises `NotAllowed`, `NotFound`, `EditionIsClosed`.
    """
    return _set_status(actor, session_id, SessionStatus.CANCELLED, "cancelled", now)


def restore_session(*, actor: Actor, session_id: int, now: datetime | None = None) -> Session:
    """Take a cancelled session up again where it was; refused where its room or its speakers are taken meanwhile.

    Raises `NotAllowed`, `NotFound`, `EditionIsClosed`, `RoomTaken`, `SpeakerTaken`.
    """
    return _set_status(actor, session_id, SessionStatus.CONFIRMED, "restored", now)


def delete_session(*, actor: Actor, session_id: int, now: datetime | None = None) -> None:
    """Delete a session that the public has never read of, with its placement and interventions.

    Raises `NotAllowed`, `NotFound`, `SessionWasPublic`, `StillReferredTo`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        session, edition = _session_of_open_edition(session_id)
        if _was_public(edition, session):
            raise SessionWasPublic(title=session.title)
        delete_row(actor=actor, row=session, now=now or timezone.now())


def save_intervention(
    *,
    actor: Actor,
    session_id: int,
    intervention_id: int | None,
    person_id: int,
    mandate_id: int | None,
    role: str,
    position: int | None = None,
    now: datetime | None = None,
) -> Intervention:
    """Let a person take the floor in a session, as one of their mandates, in a role; or change that.

    Locks the edition's row. Raises `NotAllowed`, `NotFound`, `EditionIsClosed`, `MandateOfAnother`, `AlreadyThere`,
    `SpeakerTaken` where the person speaks elsewhere at that time.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        session, edition = _session_of_open_edition(session_id)
        person = Person.objects.filter(pk=person_id, erased_at__isnull=True).first()
        if person is None:
            raise NotFound(field="person")
        mandate = None if mandate_id is None else Mandate.objects.filter(pk=mandate_id).first()
        if mandate is not None and mandate.person_id != person.pk:
            raise MandateOfAnother(field="mandate")
        same = Intervention.objects.filter(session=session, person=person, role=role).exclude(pk=intervention_id or 0)
        if same.exists():
            raise AlreadyThere(what=str(person), field="person")
        _check_speaker(edition, session, person)
        if intervention_id is None:
            row = Intervention(session=session, position=session.interventions.count())
            row.person = person
        else:
            row = locked(Intervention, intervention_id, session=session)
        values: dict[str, Any] = {"person": person, "mandate": mandate, "role": role}
        if position is not None:
            values["position"] = position
        save_changes(actor=actor, row=row, values=values, now=now or timezone.now())
        _touch(session)
    return row


def remove_intervention(*, actor: Actor, intervention_id: int, now: datetime | None = None) -> None:
    """Take somebody out of a session. Raises `NotAllowed`, `NotFound`, `EditionIsClosed`."""
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        session_id = Intervention.objects.filter(pk=intervention_id).values_list("session_id", flat=True).first()
        if session_id is None:
            raise NotFound
        session, _edition = _session_of_open_edition(session_id)
        row = locked(Intervention, intervention_id)
        delete_row(actor=actor, row=row, now=now or timezone.now(), verb="removed")
        _touch(session)


def _open_edition(edition_id: int) -> Edition:
    edition = locked(Edition, edition_id)
    status = EditionStatus(edition.status)
    if status in _CLOSED:
        raise EditionIsClosed(current=EDITION_STATUS_NAMES[status])
    return edition


def _session_of_open_edition(session_id: int) -> tuple[Session, Edition]:
    edition_id = Session.objects.filter(pk=session_id).values_list("edition_id", flat=True).first()
    if edition_id is None:
        raise NotFound
    edition = _open_edition(edition_id)
    return locked(Session, session_id), edition


def _zone(edition: Edition) -> ZoneInfo:
    return ZoneInfo(edition.venue.timezone if edition.venue is not None else "Europe/Paris")


def _said(placement: Placement, zone: ZoneInfo) -> str:
    starts, ends = placement.starts_at.astimezone(zone), placement.ends_at.astimezone(zone)
    return f"{starts:%Y-%m-%d %H:%M}–{ends:%H:%M}, {placement.room}"


def _slots(edition: Edition) -> list[Slot]:
    """Return what takes place at the edition, with who speaks where. Two queries."""
    rows = (
        Placement.objects.filter(session__edition=edition)
        .exclude(session__status=SessionStatus.CANCELLED)
        .select_related("session")
        .prefetch_related("session__interventions__person")
    )
    return [
        Slot(
            row.session_id,
            row.session.title,
            row.room_id,
            row.starts_at,
            row.ends_at,
            {item.person_id: str(item.person) for item in row.session.interventions.all()},
        )
        for row in rows
    ]


def _put(edition: Edition, session: Session, room_id: int, starts_at: datetime) -> Placement:
    room = Room.objects.filter(pk=room_id, venue_id=edition.venue_id or 0).first()
    if room is None:
        raise NotFound(field="room")
    ends_at = starts_at + timedelta(minutes=session.duration_min)
    speakers = {item.person_id: str(item.person) for item in session.interventions.select_related("person")}
    wanted = Slot(session.pk, session.title, room.pk, starts_at, ends_at, speakers)
    check_placement(wanted, _slots(edition), first_day=edition.starts_on, last_day=edition.ends_on, zone=_zone(edition))
    placement, _made = Placement.objects.update_or_create(
        session=session, defaults={"room": room, "starts_at": starts_at, "ends_at": ends_at}
    )
    return placement


def _check_speaker(edition: Edition, session: Session, person: Person) -> None:
    placement = Placement.objects.filter(session=session).first()
    if placement is None or session.status == SessionStatus.CANCELLED:
        return
    here = Slot(session.pk, session.title, placement.room_id, placement.starts_at, placement.ends_at)
    for other in _slots(edition):
        if other.session_id != session.pk and person.pk in other.speakers and here.overlaps(other):
            zone = _zone(edition)
            raise SpeakerTaken(
                person=str(person),
                title=other.title,
                starts=f"{other.starts_at.astimezone(zone):%H:%M}",
                ends=f"{other.ends_at.astimezone(zone):%H:%M}",
                field="person",
            )


def _set_status(actor: Actor, session_id: int, status: SessionStatus, verb: str, now: datetime | None) -> Session:
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        session, edition = _session_of_open_edition(session_id)
        if session.status == status:
            return session
        before = session.status
        placement = Placement.objects.filter(session=session).first()
        if status is not SessionStatus.CANCELLED and placement is not None:
            _put(edition, session, placement.room_id, placement.starts_at)
        session.status = str(status)
        session.save()
        log.record(
            actor=actor,
            action=f"session.{verb}",
            subject=session,
            now=now or timezone.now(),
            details={"changes": {"status": [before, str(status)]}},
        )
    return session


def _was_public(edition: Edition, session: Session) -> bool:
    """Tell whether a release holds the session. Reads releases one at a time: there may be many, each is large."""
    guid = str(session.guid)
    payloads = Release.objects.filter(edition=edition).order_by("-number").values_list("payload", flat=True)
    return any(
        entry.get("guid") == guid
        for payload in payloads.iterator(chunk_size=1)
        for entry in payload.get("sessions", [])
    )


def _touch(session: Session) -> None:
    """Date the session anew: what surrounds it changed, so that the site lags behind the desk."""
    session.save(update_fields=["updated_at"])


def _free_code(edition: Edition) -> str:
    taken = set(Session.objects.filter(edition=edition).values_list("code", flat=True))
    number = len(taken) + 1
    while f"S{number:03d}" in taken:
        number += 1
    return f"S{number:03d}"
