"""Reads of what is public: editions that were announced, their current release, and the stamp of it all."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.calls import windows
from parvis.domain.editions import PUBLIC_STATUSES, EditionStatus
from parvis.domain.programme.differences import Change, difference
from parvis.domain.programme.public_editions import PublicEdition
from parvis.domain.programme.release import ReleaseContent, from_json
from parvis.domain.refusals import NotFound
from parvis.models import Call, Communique, Edition, LogEntry, Release
from parvis.queries.communique_facts import words
from parvis.queries.release_content import build_payload


@dataclass(frozen=True, slots=True)
class ReleasePreview:
    """What publishing now would do: the changes of sessions, whether anything at all differs, and what it would say."""

    changes: list[Change]
    first: bool
    same: bool
    sessions: int
    speakers: int
    unplaced: int
    content: ReleaseContent


def last_release_number(edition_id: int) -> int:
    """Return the number of an edition's last release; 0 before the first. One query."""
    return Release.objects.filter(edition_id=edition_id).aggregate(last=Max("number"))["last"] or 0


def _open_calls(now: datetime) -> QuerySet[Call]:
    return Call.objects.filter(edition=OuterRef("pk"), opens_at__lte=now, closes_at__gt=now)


def _public_rows() -> QuerySet[Edition, Any]:
    newest = Release.objects.filter(edition=OuterRef("pk")).order_by("-number")
    steps = LogEntry.objects.filter(
        subject_kind="edition", subject_id=OuterRef("pk"), action="edition.status_changed"
    ).order_by("-at")
    return (
        Edition.objects.filter(status__in=sorted(PUBLIC_STATUSES))
        .select_related("venue", "series__federation__organisation")
        .annotate(
            release_id=Subquery(newest.values("pk")[:1]),
            release_number=Subquery(newest.values("number")[:1]),
            released_at=Subquery(newest.values("published_at")[:1]),
            status_changed_at=Subquery(steps.values("at")[:1]),
            has_open_call=Exists(_open_calls(timezone.now())),
        )
        .order_by("-number")
    )


def _public_edition(row: Any) -> PublicEdition:
    zone = ZoneInfo(row.venue.timezone if row.venue else timezone.get_default_timezone_name())

    def local(moment: datetime | None) -> datetime | None:
        return None if moment is None else moment.astimezone(zone)

    return PublicEdition(
        id=row.pk,
        slug=row.slug,
        number=row.number,
        series_name=words(row.series, "short_name") or words(row.series, "name"),
        federation_name=words(row.series.federation.organisation, "name"),
        name=words(row, "name"),
        theme=words(row, "theme"),
        status=EditionStatus(row.status),
        status_reason=words(row, "status_reason"),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        announced_month=row.announced_month,
        cancelled_at=local(row.cancelled_at),
        registration_opens_at=local(row.registration_opens_at),
        registration_closes_at=local(row.registration_closes_at),
        venue_name=words(row.venue, "name") if row.venue else {},
        venue_city=row.venue.city if row.venue else "",
        release_id=row.release_id,
        release_number=row.release_number,
        released_at=local(row.released_at),
        takes_proposals=row.has_open_call and windows.takes_proposals(EditionStatus(row.status)),
        status_changed_at=local(row.status_changed_at),
    )


def list_public_editions() -> list[PublicEdition]:
    """Return every edition that was announced, the newest first. One query; drafts are not among them."""
    return [_public_edition(row) for row in _public_rows()]


@lru_cache(maxsize=8)
def content_of_release(release_id: int, released_at: datetime | None) -> ReleaseContent:
    """Return what a release froze; kept, since it is read often. One query at the first time."""
    # A release never changes, so that its content can be kept; the date guards against another database's number.
    return from_json(Release.objects.values_list("payload", flat=True).get(pk=release_id))


def get_release_content(edition: PublicEdition) -> ReleaseContent | None:
    """Return the content of an edition's current release, or None before the first. At most one query."""
    return None if edition.release_id is None else content_of_release(edition.release_id, edition.released_at)


def get_current_release(edition_id: int) -> Release | None:
    """Return the newest release of an edition, payload and all."""
    return Release.objects.filter(edition_id=edition_id).order_by("-number").first()


def list_releases(actor: Actor, *, edition_id: int) -> QuerySet[Release]:
    """Return an edition's releases without their payloads, the newest first."""
    actor.require(Permission.READ_DESK)
    return Release.objects.filter(edition_id=edition_id).defer("payload").order_by("-number")


def access_release(actor: Actor, *, edition_id: int, number: int) -> Release:
    """Return one release of an edition, or raise `NotFound`."""
    release = Release.objects.filter(edition_id=edition_id, number=number).first()
    if release is None or not actor.may(Permission.READ_DESK):
        raise NotFound
    return release


def is_newest(release: Release) -> bool:
    """Tell whether no release of the edition came after this one. One query."""
    return not Release.objects.filter(edition_id=release.edition_id, number__gt=release.number).exists()


def get_public_stamp(now: datetime | None = None) -> str:
    """Return a text that changes whenever anything that the public may read changes. One small query.

    It covers each edition's row and state, its newest release, its published press releases, and whether
    registration and how many calls are open at `now` (a window opens and closes by itself).
    """
    moment = now or timezone.now()
    published = Q(communiques__status=Communique.Status.PUBLISHED)
    rows = (
        Edition.objects.order_by("pk")
        .values_list("pk", "status", "updated_at", "registration_opens_at", "registration_closes_at")
        .annotate(
            release=Max("releases__pk"),
            press_releases=Count("communiques", distinct=True, filter=published),
            published=Max("communiques__published_at", filter=published),
            newest=Max("communiques__pk", filter=published),
            place=F("venue__name_fr"),
            open_calls=Subquery(
                _open_calls(moment).order_by().values("edition").annotate(n=Count("pk")).values("n")[:1]
            ),
        )
    )
    lines = []
    for pk, status, updated, opens, closes, *rest in rows:
        within = (opens is None or opens <= moment) and (closes is None or moment < closes)
        lines.append(repr((pk, status, updated, opens, closes, within, *rest)))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:24]


def preview_release(actor: Actor, *, edition_id: int) -> ReleasePreview:
    """Return what publishing now would change for the public. Raises `NotAllowed`, `Edition.DoesNotExist`."""
    actor.require(Permission.READ_DESK)
    content = build_payload(edition_id)
    last = get_current_release(edition_id)
    before = from_json(last.payload) if last else None
    return ReleasePreview(
        changes=difference(before, content),
        first=last is None,
        same=before == content,
        sessions=len(content.sessions),
        speakers=len(content.speakers),
        unplaced=sum(1 for session in content.sessions if not session.starts_at and session.status != "cancelled"),
        content=content,
    )
