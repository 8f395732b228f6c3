"""The ticket of somebody who was registered at the door, for the screen that they photograph."""

from __future__ import annotations

from uuid import UUID

from parvis.domain.access import Actor, Permission
from parvis.domain.registrations import RegistrationSource
from parvis.models import Badge


def ticket_of_walk_in(actor: Actor, *, scan_id: UUID) -> str:
    """Return the badge code of the walk-in whom a scan admitted; "" for everybody else: their ticket is their own.

    One query. Raises `NotAllowed` without the right to scan.
    """
    actor.require(Permission.SCAN)
    code = (
        Badge.objects.filter(
            registration__scans__pk=scan_id,
            registration__source=RegistrationSource.WALK_IN,
            registration__form_key=scan_id,
            revoked_at__isnull=True,
        )
        .values_list("code", flat=True)
        .first()
    )
    return code or ""
