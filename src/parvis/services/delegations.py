"""Delegations: whom to write to about them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.refusals import NotFound
from parvis.domain.registration_forms import AddressUnreadable, is_address
from parvis.domain.text import one_line
from parvis.models import Delegation, Edition, Organisation
from parvis.services import log


def name_contact(
    *, actor: Actor, edition_id: int, organisation_id: int, name: str, email: str, now: datetime | None = None
) -> Delegation:
    """Name who answers for an organisation's delegation; an account of that address then sees it in its space.

    Makes the delegation if nobody has registered yet; an empty address takes the contact back. Locks the delegation.
    Raises `NotAllowed`, `AddressUnreadable`, `NotFound`.
    """
    actor.require(Permission.EDIT_REGISTRATIONS)
    address = one_line(email).lower()
    if address and not is_address(address):
        raise AddressUnreadable(field="email")
    with transaction.atomic():
        if not (
            Edition.objects.filter(pk=edition_id).exists() and Organisation.objects.filter(pk=organisation_id).exists()
        ):
            raise NotFound
        delegation, _created = Delegation.objects.select_for_update(of=("self",)).get_or_create(
            edition_id=edition_id, organisation_id=organisation_id
        )
        delegation.contact_name = one_line(name)[:200]
        delegation.contact_email = address
        delegation.save(update_fields=["contact_name", "contact_email"])
        log.record(actor=actor, action="delegation.contact_named", subject=delegation, now=now or timezone.now())
    return delegation
