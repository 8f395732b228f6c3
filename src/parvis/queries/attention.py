"""Counts of what needs attention at an edition; the rules stand in `domain.attention`."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from parvis.domain.access import Actor, Permission
from parvis.domain.attention import MAIL_WAITS_MIN, Attention, Concern, what_needs_attention
from parvis.domain.editions import EditionStatus
from parvis.domain.programme.sessions import SessionStatus
from parvis.domain.registrations import RegistrationStatus
from parvis.models import Communique, Edition, Intervention, Mail, Partner, Registration, Release, Session
from parvis.queries.communiques import stale_facts
from parvis.queries.desk_editions import DeskEdition
from parvis.queries.desk_programme import WITHOUT_SPEAKERS
from parvis.queries.desk_registrations import count_registered_twice


def _sessions(edition_id: int) -> dict[Concern, int]:
    speaking = Intervention.objects.filter(session=OuterRef("pk"))
    counts = (
        Session.objects.filter(edition_id=edition_id)
        .exclude(status=SessionStatus.CANCELLED)
        .annotate(
            has_speakers=Exists(speaking),
            has_doubt=Exists(speaking.filter(mandate__isnull=True)),
        )
        .aggregate(
            unplaced=Count("pk", filter=Q(placement__isnull=True)),
            speakerless=Count("pk", filter=Q(has_speakers=False) & ~Q(format__in=WITHOUT_SPEAKERS)),
            without_mandate=Count("pk", filter=Q(has_doubt=True)),
            without_english=Count("pk", filter=Q(title_en="") | Q(title_en__isnull=True)),
        )
    )
    return {Concern(name): number for name, number in counts.items()}


def _publishing(edition_id: int) -> dict[Concern, int]:
    released_at = (
        Release.objects.filter(edition_id=edition_id).order_by("-number").values_list("published_at", flat=True).first()
    )
    seen = Session.objects.filter(edition_id=edition_id).exclude(status=SessionStatus.DRAFT)
    if released_at is None:
        return {Concern.NEVER_PUBLISHED: seen.count()}
    return {Concern.UNPUBLISHED: Session.objects.filter(edition_id=edition_id, updated_at__gt=released_at).count()}


def _mails(edition_id: int, now: datetime) -> dict[Concern, int]:
    late = now - timedelta(minutes=MAIL_WAITS_MIN)
    counts = Mail.objects.filter(Q(edition_id=edition_id) | Q(edition__isnull=True)).aggregate(
        failed=Count("pk", filter=Q(status=Mail.Status.FAILED)),
        waiting=Count("pk", filter=Q(status=Mail.Status.QUEUED, created_at__lt=late)),
    )
    return {Concern.MAILS_FAILED: counts["failed"], Concern.MAILS_WAITING: counts["waiting"]}


def _stale(edition_id: int) -> int:
    published = (
        Communique.objects.filter(edition_id=edition_id, status=Communique.Status.PUBLISHED).order_by("-number").first()
    )
    return 0 if published is None else len(stale_facts(published))


def list_attention(actor: Actor, *, edition: DeskEdition, now: datetime) -> list[Attention]:
    """Return what needs attention, the most urgent first. A constant number of queries. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    later = Edition.objects.filter(number__gt=edition.number, starts_on__isnull=True, announced_month__isnull=True)
    counts: dict[Concern, int] = {
        **_sessions(edition.pk),
        **_publishing(edition.pk),
        **_mails(edition.pk, now),
        Concern.PENDING: Registration.objects.filter(edition_id=edition.pk, status=RegistrationStatus.PENDING).count(),
        Concern.DUPLICATES: count_registered_twice(edition.pk),
        Concern.PARTNERS_SILENT: Partner.objects.filter(edition_id=edition.pk)
        .filter(Q(mention_fr="") | Q(mention_fr__isnull=True))
        .count(),
        Concern.NEXT_UNDATED: later.exclude(status__in=[EditionStatus.CANCELLED, EditionStatus.ARCHIVED]).count(),
        Concern.STALE_COMMUNIQUE: _stale(edition.pk),
    }
    return what_needs_attention(counts, status=edition.status)
