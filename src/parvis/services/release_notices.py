"""Tells the people concerned by a release: asked for once, written in batches, each mail once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.programme.notices import NothingToTell, NoticesSentAlready, OvertakenRelease
from parvis.domain.refusals import NotFound
from parvis.gateways.jobs import enqueue_on_commit
from parvis.models import Release
from parvis.queries.release_notices import baseline_of, get_release_to_tell
from parvis.services import log
from parvis.services.changes import locked
from parvis.services.mails import MailDraft, queue_mails

TASK = "parvis.tasks.release_notices.tell_of_release"


def tell_of_release(*, actor: Actor, edition_id: int, number: int, now: datetime | None = None) -> Release:
    """Ask that everybody concerned by a release gets their mail: what changed for them since the last one told.

    Locks the release; the mails are written in the background. Raises `NotAllowed`, `NotFound`, `NoticesSentAlready`,
    `OvertakenRelease` for another than the newest, `NothingToTell`.
    """
    actor.require(Permission.PUBLISH)
    moment = now or timezone.now()
    with transaction.atomic():
        pk = Release.objects.filter(edition_id=edition_id, number=number).values_list("pk", flat=True).first()
        if pk is None:
            raise NotFound
        release = locked(Release, pk)
        if release.telling_at is not None:
            raise NoticesSentAlready(number=number)
        if Release.objects.filter(edition_id=edition_id, number__gt=number).exists():
            raise OvertakenRelease(number=number)
        known = baseline_of(edition_id, below=number)
        if known is None:
            raise NothingToTell
        release.told_since = known
        release.telling_at = moment
        release.save(update_fields=["told_since", "telling_at"])
        owed = get_release_to_tell(release.pk)
        if owed is None or not owed.notices:
            raise NothingToTell  # rolls back what was just set
        log.record(
            actor=actor,
            action="release.told",
            subject=release,
            now=moment,
            details={"number": number, "since": known.number, "people": len(owed.notices)},
        )
        enqueue_on_commit(TASK, release.pk)
    return release


def write_notices(*, release_id: int, drafts: Sequence[MailDraft], now: datetime | None = None) -> int:
    """Write one batch of mails into the outbox; return how many were new. Locks the release, so that two workers
    that tell of it at once write each mail once.
    """
    with transaction.atomic():
        locked(Release, release_id)
        return queue_mails(drafts, now=now)


def finish_notices(*, release_id: int, now: datetime | None = None) -> None:
    """Note that every mail about a release is written. Twice changes nothing."""
    Release.objects.filter(pk=release_id, told_at__isnull=True).update(told_at=now or timezone.now())
