"""Publishes the public side of an edition: a release is frozen, numbered, and never changed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.editions import PUBLIC_STATUSES, EditionStatus
from parvis.domain.programme.differences import difference
from parvis.domain.programme.release import EditionIsDraft, NothingChanged, from_json, to_json
from parvis.gateways.publishing import announce_public_change
from parvis.models import Edition, Release
from parvis.queries.release_content import build_payload
from parvis.queries.releases import get_current_release
from parvis.services import log


def publish_release(*, actor: Actor, edition_id: int, note: str = "", now: datetime | None = None) -> Release:
    """Freeze what the public reads of an edition as its next release, with the difference to the one before.

    It may be published before there is a programme: the site then says that it is to come. Locks the edition's row,
    so that two releases cannot take one number, and reads in the same transaction. Raises `NotAllowed`,
    `EditionIsDraft`, or `NothingChanged` where the last release says the same already.
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
        changes = difference(before, content)
        release = Release.objects.create(
            edition=edition,
            number=(last.number if last else 0) + 1,
            payload=to_json(content),
            difference=[asdict(change) for change in changes],
            note=note,
            published_at=moment,
            published_by_id=actor.account_id,
            published_by_label=actor.label,
        )
        log.record(
            actor=actor,
            action="release.published",
            subject=release,
            now=moment,
            details={"number": release.number, "changes": len(changes)},
        )
        announce_public_change()
    return release
