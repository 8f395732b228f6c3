"""Whom a release concerns: speakers, those enrolled, interpreters, hosts of rooms; and who has been told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from parvis.domain.access import Actor, Permission
from parvis.domain.programme.differences import difference
from parvis.domain.programme.notices import Capacity, Interest, Notice, Recipient, notices_of
from parvis.domain.programme.release import ReleaseContent, from_json
from parvis.domain.refusals import NotFound
from parvis.domain.registrations import COUNTED_STATUSES
from parvis.models import Enrolment, InterpretationTeam, Invitation, Mail, Person, Registration, Release, RoomHost
from parvis.queries.release_content import build_payload


@dataclass(frozen=True, slots=True)
class ReleaseNotices:
    """Who is told what of a release; `since` is the number of the release whose readers know the rest."""

    since: int | None
    notices: list[Notice]


def notice_key(release_id: int, email: str) -> str:
    """Return what makes the mail about one release to one person one mail."""
    return f"release:{release_id}:{email}"[:200]


def baseline_of(edition_id: int, *, below: int | None = None) -> Release | None:
    """Return the release that people know: the last that was told; where none was, the one before. One query.

    `below` is the number of the release that is to be told; without it, that of the next one.
    """
    earlier = Release.objects.filter(edition_id=edition_id).order_by("-number")
    if below is not None:
        earlier = earlier.filter(number__lt=below)
    return earlier.filter(telling_at__isnull=False).first() or earlier.first()


def list_interests(edition_id: int, before: ReleaseContent, after: ReleaseContent) -> list[Interest]:
    """Return everybody with an address whom a changed session concerns. Four queries, whatever the size."""
    changed = {change.session for change in difference(before, after)}
    if not changed:
        return []
    return [
        *_speakers(edition_id, changed, before, after),
        *_enrolled(edition_id, changed),
        *_interpreters(edition_id, changed),
        *_room_hosts(edition_id),
    ]


def _speakers(edition_id: int, changed: set[str], before: ReleaseContent, after: ReleaseContent) -> Iterable[Interest]:
    sessions: dict[str, set[str]] = {}
    for content in (before, after):
        for session in content.sessions:
            if session.guid in changed:
                for item in session.interventions:
                    sessions.setdefault(item.person, set()).add(session.guid)
    registered = Registration.objects.filter(
        edition_id=edition_id, person=OuterRef("pk"), status__in=sorted(COUNTED_STATUSES)
    )
    invited = Invitation.objects.filter(edition_id=edition_id, person=OuterRef("pk"))
    people = (
        Person.objects.filter(slug__in=sessions, erased_at__isnull=True)
        .exclude(email="")
        .annotate(
            registered_language=Subquery(registered.values("language")[:1]),
            invited_language=Subquery(invited.values("language")[:1]),
        )
        .order_by("pk")
    )
    for person in people:
        language = person.invited_language or person.registered_language or "fr"
        recipient = Recipient(person.email.lower(), str(person), language)
        for guid in sorted(sessions[person.slug]):
            yield Interest(recipient, Capacity.SPEAKER, session=guid, person=person.slug)


def _enrolled(edition_id: int, changed: set[str]) -> Iterable[Interest]:
    rows = (
        Enrolment.objects.filter(
            session__edition_id=edition_id,
            session__guid__in=changed,
            registration__status__in=sorted(COUNTED_STATUSES),
            registration__person__erased_at__isnull=True,
        )
        .exclude(registration__person__email="")
        .values_list(
            "registration__person__email",
            "registration__person__first_name",
            "registration__person__last_name",
            "registration__language",
            "session__guid",
        )
        .order_by("pk")
    )
    for email, first, last, language, guid in rows.iterator(chunk_size=5000):
        recipient = Recipient(email.lower(), f"{first} {last}".strip(), language)
        yield Interest(recipient, Capacity.ENROLLED, session=str(guid))


def _interpreters(edition_id: int, changed: set[str]) -> Iterable[Interest]:
    rows = (
        InterpretationTeam.objects.filter(sessions__edition_id=edition_id, sessions__guid__in=changed)
        .exclude(contact_email="")
        .values_list("contact_email", "contact_name", "name", "language", "sessions__guid")
        .order_by("pk", "sessions__code")
    )
    for email, name, team, language, guid in rows:
        yield Interest(Recipient(email.lower(), name or team, language), Capacity.INTERPRETER, session=str(guid))


def _room_hosts(edition_id: int) -> Iterable[Interest]:
    for host in RoomHost.objects.filter(edition_id=edition_id).select_related("room").order_by("pk"):
        recipient = Recipient(host.email.lower(), host.name, host.language)
        yield Interest(recipient, Capacity.ROOM_HOST, room=host.room.slug)


def _notices(edition_id: int, before: ReleaseContent | None, after: ReleaseContent) -> list[Notice]:
    return [] if before is None else notices_of(before, after, list_interests(edition_id, before, after))


def preview_notices(actor: Actor, *, edition_id: int, content: ReleaseContent | None = None) -> ReleaseNotices:
    """Return who would be told what if the draft were published now; `content` is the draft where it was built already.

    Raises `NotAllowed`, `Edition.DoesNotExist`.
    """
    actor.require(Permission.READ_DESK)
    known = baseline_of(edition_id)
    before = from_json(known.payload) if known else None
    draft = content or build_payload(edition_id)
    return ReleaseNotices(known.number if known else None, _notices(edition_id, before, draft))


def access_notices(actor: Actor, *, edition_id: int, number: int) -> ReleaseNotices:
    """Return who is, or would be, told what of a published release. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.READ_DESK)
    release = Release.objects.filter(edition_id=edition_id, number=number).select_related("told_since").first()
    if release is None:
        raise NotFound
    known = release.told_since or baseline_of(edition_id, below=number)
    before = from_json(known.payload) if known else None
    return ReleaseNotices(known.number if known else None, _notices(edition_id, before, from_json(release.payload)))


@dataclass(frozen=True, slots=True)
class ReleaseToTell:
    """A release whose notices were asked for, with both contents and the notices that it owes."""

    release: Release
    before: ReleaseContent
    after: ReleaseContent
    notices: list[Notice]


def get_release_to_tell(release_id: int) -> ReleaseToTell | None:
    """Return a release that was asked to tell the people concerned; None when it was not. For the background task."""
    release = (
        Release.objects.select_related("told_since", "edition")
        .filter(pk=release_id, telling_at__isnull=False, told_since__isnull=False)
        .first()
    )
    if release is None or release.told_since is None:
        return None
    before, after = from_json(release.told_since.payload), from_json(release.payload)
    return ReleaseToTell(release, before, after, _notices(release.edition_id, before, after))


def list_unfinished(*, limit: int = 20) -> list[int]:
    """Return the keys of releases whose telling was asked for and is not done. One query."""
    waiting = Release.objects.filter(telling_at__isnull=False, told_at__isnull=True).order_by("telling_at")
    return list(waiting.values_list("pk", flat=True)[:limit])


def list_written_keys(keys: Iterable[str]) -> set[str]:
    """Return those of `keys` under which a mail was written. One query for each 500."""
    wanted = list(keys)
    found: set[str] = set()
    for at in range(0, len(wanted), 500):
        found.update(Mail.objects.filter(key__in=wanted[at : at + 500]).values_list("key", flat=True))
    return found


def list_notice_mails(actor: Actor, *, release_id: int) -> QuerySet[Mail]:
    """Return the mails about a release without their texts, by address. One query. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    found = Mail.objects.filter(key__startswith=f"release:{release_id}:")
    return found.defer("body_text", "body_html").order_by("recipient")
