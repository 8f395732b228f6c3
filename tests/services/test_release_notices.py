"""Everybody concerned by a release is told once, even when the worker dies on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail as outbox
from icalendar import Calendar
from pytest_django import DjangoCaptureOnCommitCallbacks

from parvis.domain.access import Actor
from parvis.domain.calendars import sequence_of
from parvis.domain.programme.notices import NothingToTell, NoticesSentAlready, OvertakenRelease
from parvis.domain.refusals import NotAllowed, NotFound
from parvis.models import LogEntry, Mail, Placement, Release, Room
from parvis.queries.release_notices import access_notices, preview_notices
from parvis.services.release_notices import tell_of_release
from parvis.services.releases import publish_release
from parvis.tasks import release_notices as task
from tests.factories.notices import Concerned, a_concerned_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def concerned(organiser: Actor) -> Concerned:
    return a_concerned_edition(organiser)


def move_an_hour(concerned: Concerned) -> None:
    placement = Placement.objects.get(session=concerned.session)
    placement.starts_at += timedelta(hours=1)
    placement.ends_at += timedelta(hours=1)
    placement.save()


def publish(organiser: Actor, concerned: Concerned) -> Release:
    return publish_release(actor=organiser, edition_id=concerned.edition.pk)


def test_those_concerned_and_only_they_get_one_mail_each(
    organiser: Actor,
    concerned: Concerned,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    move_an_hour(concerned)
    wanted = sorted([concerned.speaker, concerned.enrolled, concerned.interpreter, concerned.host])
    preview = preview_notices(organiser, edition_id=concerned.edition.pk)
    assert [notice.recipient.email for notice in preview.notices] == wanted
    release = publish(organiser, concerned)
    with django_capture_on_commit_callbacks(execute=True):
        tell_of_release(actor=organiser, edition_id=concerned.edition.pk, number=release.number)
    assert sorted(message.to[0] for message in outbox.outbox) == wanted
    release.refresh_from_db()
    assert release.told_since == concerned.first
    assert release.told_at is not None
    assert LogEntry.objects.filter(action="release.told").get().details["people"] == 4


def test_the_mail_says_what_changed_in_the_readers_language_with_its_calendar(
    organiser: Actor, concerned: Concerned
) -> None:
    move_an_hour(concerned)
    release = publish(organiser, concerned)
    tell_of_release(actor=organiser, edition_id=concerned.edition.pk, number=release.number)
    task.tell_of_release(release.pk)
    french = Mail.objects.get(recipient=concerned.speaker)
    english = Mail.objects.get(recipient=concerned.interpreter)
    assert "passe" in french.body_text or "au lieu" in french.body_text
    assert "moves from" in english.body_text
    assert concerned.session.title_fr.split(":")[0].strip() in french.body_text
    assert "Séance 0" not in french.body_text
    (event,) = Calendar.from_ical(bytes(french.attachments.get().content)).walk("VEVENT")
    assert event["uid"].startswith(str(concerned.session.guid))
    assert event.decoded("dtstart") == Placement.objects.get(session=concerned.session).starts_at
    assert int(event["sequence"]) == sequence_of(release.published_at, release.number)


def test_a_worker_killed_half_way_goes_on_where_it_stopped(
    organiser: Actor, concerned: Concerned, monkeypatch: pytest.MonkeyPatch
) -> None:
    move_an_hour(concerned)
    release = publish(organiser, concerned)
    tell_of_release(actor=organiser, edition_id=concerned.edition.pk, number=release.number)
    monkeypatch.setattr(task, "BATCH", 2)
    write, calls = task.write_notices, []

    def killed_at_the_second_batch(**given: object) -> int:
        calls.append(given)
        if len(calls) == 2:
            raise SystemExit
        return write(**given)  # type: ignore[arg-type]

    with monkeypatch.context() as killed:
        killed.setattr(task, "write_notices", killed_at_the_second_batch)
        with pytest.raises(SystemExit):
            task.tell_of_release(release.pk)
    assert Mail.objects.count() == 2
    assert task.tell_of_unfinished() == 2
    assert Mail.objects.count() == 4
    assert task.tell_of_unfinished() == 0
    assert task.tell_of_release(release.pk) == 0


def test_what_was_not_told_before_is_told_with_the_next(organiser: Actor, concerned: Concerned) -> None:
    move_an_hour(concerned)
    second = publish(organiser, concerned)
    tell_of_release(actor=organiser, edition_id=concerned.edition.pk, number=second.number)
    room = Room.objects.get(venue=concerned.edition.venue, slug="salle-2")
    Placement.objects.filter(session=concerned.session).update(room=room)
    publish(organiser, concerned)  # told to nobody
    move_an_hour(concerned)
    fourth = publish(organiser, concerned)
    told = access_notices(organiser, edition_id=concerned.edition.pk, number=fourth.number)
    assert told.since == second.number
    (speaker,) = [notice for notice in told.notices if notice.recipient.email == concerned.speaker]
    assert [str(line.change.kind) for line in speaker.lines] == ["moved", "room"]


def test_refusals(organiser: Actor, concerned: Concerned, read_only: Actor) -> None:
    edition_id = concerned.edition.pk
    with pytest.raises(NothingToTell):
        tell_of_release(actor=organiser, edition_id=edition_id, number=1)
    move_an_hour(concerned)
    release = publish(organiser, concerned)
    with pytest.raises(NotAllowed):
        tell_of_release(actor=read_only, edition_id=edition_id, number=release.number)
    with pytest.raises(NotFound):
        tell_of_release(actor=organiser, edition_id=edition_id, number=99)
    with pytest.raises(OvertakenRelease):
        tell_of_release(actor=organiser, edition_id=edition_id, number=1)
    tell_of_release(actor=organiser, edition_id=edition_id, number=release.number)
    with pytest.raises(NoticesSentAlready):
        tell_of_release(actor=organiser, edition_id=edition_id, number=release.number)


def test_a_release_that_concerns_nobody_stays_untold(organiser: Actor, concerned: Concerned) -> None:
    concerned.edition.hashtag = "#Autre"
    concerned.edition.save()
    release = publish(organiser, concerned)
    with pytest.raises(NothingToTell):
        tell_of_release(actor=organiser, edition_id=concerned.edition.pk, number=release.number)
    release.refresh_from_db()
    assert release.telling_at is None
