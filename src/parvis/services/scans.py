"""Scanning: one reading answered, written and logged in one transaction; taking one back is a scan of its own.

Scans are append-only and their ids are made on the device: what is sent twice, changes nothing and gets the first
answer again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.badges import check_badge_code
from parvis.domain.onsite import Direction, Verdict
from parvis.domain.onsite.codes import Typed, read_typed
from parvis.domain.onsite.passages import UNDO_DIRECTION, check_undo
from parvis.domain.onsite.verdicts import Holder, verdict_for
from parvis.domain.refusals import NotFound
from parvis.domain.registrations import RegistrationStatus
from parvis.models import Checkpoint, Registration, Scan
from parvis.queries.onsite_doors import DoorFacts, access_door
from parvis.queries.onsite_members import comes_as_member
from parvis.queries.onsite_scans import SHOWN, latest_passage_of, passage_before, with_holder
from parvis.queries.onsite_search import Meant, find_meant
from parvis.services import log
from parvis.services.badges import badge_key


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of a reading: `created` is False when the same id had come before.

    `before` is the passage that an "already scanned" repeats.
    """

    scan: Scan
    door: DoorFacts
    created: bool
    before: Scan | None = None


def record_scan(
    *,
    actor: Actor,
    scan_id: UUID,
    checkpoint_guid: UUID,
    scanned_at: datetime,
    code: str = "",
    registration_guid: UUID | None = None,
    device: str = "",
    direction: Direction = Direction.IN,
    now: datetime | None = None,
) -> Recorded:
    """Answer and write one reading at a checkpoint: of a code as typed or scanned, or of somebody found by name.

    The registration's row is locked until the end, so that of two devices that admit one person in the same instant
    one says that it did and the other that they are in already. The same `scan_id` again returns the first answer.
    Also what is refused is written: whoever stands at the door is told why, and the desk sees how often.

    Raises `NotAllowed` without the right to scan, `NotFound` for an unknown checkpoint or registration, `DoorsClosed`,
    `DoorsOpenLater` or `DatesUnknown` when the edition's doors are closed.
    """
    actor.require(Permission.SCAN)
    moment = now or timezone.now()
    door = access_door(actor, guid=checkpoint_guid)
    door.opening(moment)
    typed = read_typed(code, edition_number=door.number)
    meant = find_meant(door, typed) if registration_guid is None else _chosen(door, registration_guid)
    registration = _shown(meant.registration_id) if meant is not None else None
    try:
        with transaction.atomic():
            last = None
            if registration is not None:
                registration.status = _lock(registration.pk)
                passages = latest_passage_of(checkpoint_id=door.pk, registration_id=registration.pk)
                last = passages.values_list("direction", flat=True).first()
            verdict = verdict_for(
                holder=_holder(door, registration, meant),
                forged=bool(typed.badge) and not check_badge_code(typed.badge, badge_key()),
                members_only=door.members_only,
                standing=None if last is None else Direction(last),
                direction=direction,
            )
            scan = Scan(
                id=scan_id,
                checkpoint_id=door.pk,
                registration=registration,
                code=_kept(typed, registration),
                verdict=verdict,
                direction=direction,
                scanned_at=scanned_at,
                received_at=moment,
                account_id=actor.account_id,
                device=device[:60],
            )
            scan.save(force_insert=True)
            log.record(
                actor=actor,
                action="registration.scanned" if registration is not None else "checkpoint.scanned",
                subject=registration or Checkpoint.objects.get(pk=door.pk),
                now=moment,
                details={
                    "checkpoint": door.code,
                    "verdict": str(verdict),
                    "direction": str(direction),
                    "scan": str(scan_id),
                },
            )
    except IntegrityError:
        known = _known(scan_id)  # the table itself refuses an id that came before: the first answer stands
        if known is None:
            raise
        return Recorded(known, door, created=False, before=passage_before(known))
    return Recorded(scan, door, created=True, before=passage_before(scan))


def undo_scan(
    *,
    actor: Actor,
    undo_id: UUID,
    checkpoint_guid: UUID,
    scan_id: UUID,
    device: str = "",
    now: datetime | None = None,
) -> Recorded:
    """Take back a scan that let somebody through, at its own door: by a scan that names it. Locks the registration.

    The same `undo_id` again changes nothing. Raises `NotAllowed`, `NotFound`, `ScanOfAnotherDoor`, `NothingToUndo`,
    `AlreadyUndone`, and what closed doors raise.
    """
    actor.require(Permission.SCAN)
    moment = now or timezone.now()
    door = access_door(actor, guid=checkpoint_guid)
    door.opening(moment)
    scan = Scan.objects.filter(pk=scan_id).select_related("checkpoint").first()
    if scan is None:
        raise NotFound
    with transaction.atomic():
        if scan.registration_id is not None:
            _lock(scan.registration_id)
        known = _known(undo_id)
        if known is not None:
            return Recorded(known, door, created=False)
        check_undo(
            verdict=Verdict(scan.verdict),
            is_undo=scan.undoes_id is not None,
            is_undone=Scan.objects.filter(undoes=scan).exists(),
            same_door=scan.checkpoint_id == door.pk,
            door=scan.checkpoint.name,
        )
        undo = Scan.objects.create(
            id=undo_id,
            checkpoint_id=door.pk,
            registration_id=scan.registration_id,
            code=scan.code,
            verdict=Verdict.ADMITTED,
            direction=UNDO_DIRECTION,
            scanned_at=moment,
            received_at=moment,
            undoes=scan,
            account_id=actor.account_id,
            device=device[:60],
        )
        log.record(
            actor=actor,
            action="registration.scan_undone",
            subject=scan.registration,
            now=moment,
            details={"checkpoint": door.code, "scan": str(scan_id)},
        )
    return Recorded(undo, door, created=True)


def _known(scan_id: UUID) -> Scan | None:
    return with_holder(Scan.objects.filter(pk=scan_id)).first()


def _shown(registration_id: int) -> Registration:
    """Return a registration with what a verdict shows: read before the lock, which is then held the shorter."""
    return (
        Registration.objects.select_related("person", "organisation", "mandate", "category")
        .only(*SHOWN)
        .order_by()
        .get(pk=registration_id)
    )


def _lock(registration_id: int) -> str:
    """Lock a registration's row against other doors until the end; return its status as it is now."""
    locked = Registration.objects.select_for_update(no_key=True).filter(pk=registration_id).order_by()
    return locked.values_list("status", flat=True).get()


def _chosen(door: DoorFacts, guid: UUID) -> Meant:
    """Return somebody of this edition who was chosen in a list. Raises `NotFound`."""
    named = Registration.objects.filter(guid=guid, edition_id=door.edition_id)
    found = named.values_list("pk", flat=True).first()
    if found is None:
        raise NotFound
    return Meant(found)


def _holder(door: DoorFacts, registration: Registration | None, meant: Meant | None) -> Holder | None:
    if registration is None or meant is None:
        return None
    return Holder(
        of_this_edition=registration.edition_id == door.edition_id,
        cancelled=registration.status == RegistrationStatus.CANCELLED,
        badge_revoked=meant.badge_revoked,
        is_member=door.session_id is not None
        and door.members_only
        and comes_as_member(
            edition_id=door.edition_id,
            session_id=door.session_id,
            organisation_id=registration.organisation_id,
            person_id=registration.person_id,
        ),
    )


def _kept(typed: Typed, registration: Registration | None) -> str:
    """Return the code as it is kept: what was read, in one form; for somebody found by name, their reference."""
    read = typed.badge or typed.reference or typed.text
    return read or (registration.reference if registration is not None else "")
