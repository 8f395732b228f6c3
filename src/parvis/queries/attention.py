"""Counts of what needs attention at an edition; the rules stand in `domain.attention`."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from parvis.domain.access import Actor, Permission
from parvis.domain.attention import MAIL_WAITS_MIN, Attention, Concern, what_needs_attention
from parvis.domain.editions import EditionStatus
from parvis.domain.programme.release import from_json
from parvis.domain.programme.sessions import COUNTED_ON, InterventionAnswer, SessionStatus
from parvis.domain.registrations import RegistrationStatus
from parvis.models import Communique, Edition, Intervention, Invitation, Mail, Partner, Registration, Release, Session
from parvis.queries.communiques import stale_facts
from parvis.queries.desk_editions import DeskEdition
from parvis.queries.desk_programme import WITHOUT_SPEAKERS
from parvis.queries.desk_registrations import count_registered_twice
from parvis.queries.release_content import build_payload
from parvis.queries.session_texts import missing_anywhere, unchecked_anywhere, with_checks


def _sessions(edition_id: int) -> dict[Concern, int]:
    speaking = Intervention.objects.filter(session=OuterRef("pk"), answer__in=sorted(COUNTED_ON))
    counts = (
        with_checks(Session.objects.filter(edition_id=edition_id))
        .exclude(status=SessionStatus.CANCELLED)
        .annotate(
            has_speakers=Exists(speaking),
            has_doubt=Exists(speaking.filter(mandate__isnull=True)),
        )
        .aggregate(
            unplaced=Count("pk", filter=Q(placement__isnull=True)),
            speakerless=Count("pk", filter=Q(has_speakers=False) & ~Q(format__in=WITHOUT_SPEAKERS)),
            without_mandate=Count("pk", filter=Q(has_doubt=True)),
            texts_missing=Count("pk", filter=missing_anywhere()),
            texts_unchecked=Count("pk", filter=unchecked_anywhere()),
        )
    )
    return {Concern(name): number for name, number in counts.items()}


def _answers(edition_id: int, today: date) -> dict[Concern, int]:
    live = Intervention.objects.filter(session__edition_id=edition_id).exclude(session__status=SessionStatus.CANCELLED)
    waiting = live.filter(person=OuterRef("person"), answer=InterventionAnswer.NONE)
    overdue = Invitation.objects.filter(edition_id=edition_id, sent_at__isnull=False, answer_by__lt=today)
    return {
        Concern.DECLINED_SPEAKERS: live.filter(answer=InterventionAnswer.DECLINED).count(),
        Concern.ANSWERS_OVERDUE: overdue.filter(Exists(waiting)).count(),
    }


def _publishing(edition_id: int) -> dict[Concern, int]:
    seen = Session.objects.filter(edition_id=edition_id).exclude(status=SessionStatus.DRAFT)
    release = Release.objects.filter(edition_id=edition_id).order_by("-number").defer("payload").first()
    if release is None:
        return {Concern.NEVER_PUBLISHED: seen.count()}
    if not Session.objects.filter(edition_id=edition_id, updated_at__gt=release.published_at).exists():
        return {}
    # Something was saved since; whether the public would read it differently, only the contents tell.
    published = {session.guid: session for session in from_json(release.payload).sessions}
    now = {session.guid: session for session in build_payload(edition_id).sessions}
    return {Concern.UNPUBLISHED: sum(1 for guid in {*published, *now} if published.get(guid) != now.get(guid))}


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
        **_answers(edition.pk, now.astimezone(edition.zone).date()),
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
