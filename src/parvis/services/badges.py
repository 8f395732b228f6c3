"""Badges: issued with a registration, replaced when lost."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from parvis.domain import badges
from parvis.domain.access import Actor, Permission
from parvis.domain.refusals import NotFound
from parvis.models import Badge, Registration
from parvis.services import log


def badge_key() -> bytes:
    """Return the key that signs badge codes, derived from the installation's secret key (32 bytes)."""
    return salted_hmac("parvis.badges", "v1", algorithm="sha256").digest()


def new_badge_code() -> str:
    """Return a fresh code, signed with the installation's key; for badges written in bulk by an import."""
    return badges.make_badge_code(secrets.token_bytes(badges.RANDOM_BYTES), badge_key())


def give_badge(registration: Registration, *, now: datetime) -> Badge:
    """Return the registration's valid badge, made if there is none. For services, inside their transaction."""
    valid = Badge.objects.filter(registration=registration, revoked_at__isnull=True).first()
    return valid or Badge.objects.create(registration=registration, code=new_badge_code(), issued_at=now)


def issue_badge(*, actor: Actor, registration_id: int, now: datetime | None = None) -> Badge:
    """Give a registration its badge; the one that it has is kept. Locks the registration.

    Raises `NotAllowed` without the right to change registrations, `NotFound` for an unknown one.
    """
    actor.require(Permission.EDIT_REGISTRATIONS)
    moment = now or timezone.now()
    with transaction.atomic():
        registration = _locked(registration_id)
        had_one = registration.badges.filter(revoked_at__isnull=True).exists()
        badge = give_badge(registration, now=moment)
        if not had_one:
            log.record(actor=actor, action="badge.issued", subject=registration, now=moment)
    return badge


def replace_badge(*, actor: Actor, registration_id: int, now: datetime | None = None) -> Badge:
    """Revoke the valid badge and issue another: the old code is refused from now on. Locks the registration.

    Raises `NotAllowed` without the right to change registrations, `NotFound` for an unknown one.
    """
    actor.require(Permission.EDIT_REGISTRATIONS)
    moment = now or timezone.now()
    with transaction.atomic():
        registration = _locked(registration_id)
        Badge.objects.filter(registration=registration, revoked_at__isnull=True).update(revoked_at=moment)
        badge = give_badge(registration, now=moment)
        log.record(actor=actor, action="badge.replaced", subject=registration, now=moment)
    return badge


def _locked(registration_id: int) -> Registration:
    registration = Registration.objects.select_for_update(of=("self",)).filter(pk=registration_id).first()
    if registration is None:
        raise NotFound
    return registration
