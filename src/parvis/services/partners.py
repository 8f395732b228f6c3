"""Changes who supports an edition, and the mention that each requires."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.changes import AlreadyThere
from parvis.domain.refusals import NotFound
from parvis.models import Edition, Organisation, Partner
from parvis.services.changes import check_known, delete_row, locked, save_changes

PARTNER_FIELDS = frozenset({"kind", "mention_fr", "mention_en", "position", "url", "co_funder_id"})


def save_partner(
    *,
    actor: Actor,
    edition_id: int,
    partner_id: int | None,
    organisation_id: int,
    values: Mapping[str, Any],
    seen: str = "",
    now: datetime | None = None,
) -> Partner:
    """Create or change a partner of an edition; `values` holds some of `PARTNER_FIELDS`. Locks the edition's row.

    Raises `NotAllowed`, `NotFound`, `ChangedMeanwhile`, `AlreadyThere`.
    """
    actor.require(Permission.EDIT_NETWORK)
    check_known(values, PARTNER_FIELDS)
    with transaction.atomic():
        edition = locked(Edition, edition_id)
        organisation = Organisation.objects.filter(pk=organisation_id).first()
        if organisation is None:
            raise NotFound(field="organisation")
        others = Partner.objects.filter(edition=edition)
        if others.filter(organisation=organisation).exclude(pk=partner_id or 0).exists():
            raise AlreadyThere(what=str(organisation), field="organisation")
        given = dict(values)
        if "co_funder_id" in given:
            co_funder_id = given.pop("co_funder_id")
            given["co_funder"] = None if co_funder_id is None else Organisation.objects.filter(pk=co_funder_id).first()
        if given.get("position", 0) is None:
            del given["position"]
        row = (
            Partner(edition=edition, position=others.count())
            if partner_id is None
            else locked(Partner, partner_id, edition=edition)
        )
        row_values = {**given, "organisation": organisation}
        if partner_id is None:
            row.organisation = organisation
        return save_changes(actor=actor, row=row, values=row_values, seen=seen, now=now or timezone.now())


def remove_partner(*, actor: Actor, partner_id: int, now: datetime | None = None) -> None:
    """Take a partner away from an edition; the organisation stays. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.EDIT_NETWORK)
    with transaction.atomic():
        delete_row(actor=actor, row=locked(Partner, partner_id), now=now or timezone.now(), verb="removed")
