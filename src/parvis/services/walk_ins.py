"""Somebody who comes without having registered: registered, given a badge and let in, in one step."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.registration_forms import RegistrationInput
from parvis.domain.registrations import RegistrationSource
from parvis.queries.onsite_doors import access_door
from parvis.services.registrations import register_participant
from parvis.services.scans import Recorded, record_scan


def admit_walk_in(
    *,
    actor: Actor,
    checkpoint_guid: UUID,
    form: RegistrationInput,
    form_key: UUID,
    device: str = "",
    now: datetime | None = None,
) -> Recorded:
    """Register a walk-in, with a badge, and admit them at a checkpoint. One transaction: both or neither.

    An address is not required; where there is one, the ticket leaves by mail. `form_key` is the scan's id too, so the
    same form sent twice is one registration and one passage. The verdict may still be a refusal, at a door for
    members: the registration stands.

    Raises `NotAllowed` without the right to scan, what closed doors raise, and what `register_participant` raises.
    """
    actor.require(Permission.SCAN)
    moment = now or timezone.now()
    door = access_door(actor, guid=checkpoint_guid)
    door.opening(moment)
    with transaction.atomic():
        registered = register_participant(
            actor=actor,
            edition_id=door.edition_id,
            form=form,
            form_key=form_key,
            source=RegistrationSource.WALK_IN,
            now=moment,
        )
        return record_scan(
            actor=actor,
            scan_id=form_key,
            checkpoint_guid=checkpoint_guid,
            registration_guid=registered.registration.guid,
            scanned_at=moment,
            device=device,
            now=moment,
        )
