"""Everybody registered hears that an edition is called off: once, in their language, and only while it is."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.domain.editions import EditionStatus
from parvis.domain.refusals import NotAllowed
from parvis.models import Edition, LogEntry, Mail, MailAttachment, Person
from parvis.services import edition_mails
from parvis.services.edition_mails import tell_called_off
from parvis.services.editions import change_edition_status
from parvis.services.registrations import cancel_registration
from tests.factories.registrations import a_registration, an_open_edition

pytestmark = pytest.mark.django_db
REASON = {"fr": "Incident technique : le lieu ferme.", "en": "Technical incident: the venue closes."}


@pytest.fixture
def edition() -> Edition:
    return an_open_edition()


@pytest.fixture
def called_off(organiser: Actor, django_capture_on_commit_callbacks: Any) -> Any:
    """Return a function that calls an edition off, and runs what waits for the commit."""

    def call_off(edition: Edition, status: EditionStatus = EditionStatus.CANCELLED, *, tell: bool = True) -> LogEntry:
        with django_capture_on_commit_callbacks(execute=True):
            change_edition_status(actor=organiser, edition_id=edition.pk, status=status, reason=REASON, tell=tell)
        return LogEntry.objects.filter(action="edition.status_changed").latest("id")

    return call_off


def told() -> list[str]:
    return list(
        Mail.objects.filter(key__startswith="edition.called_off").order_by("id").values_list("recipient", flat=True)
    )


def test_everybody_registered_hears_it_in_their_language(edition: Edition, called_off: Any) -> None:
    first = a_registration(edition)
    a_registration(edition, last_name="Smith", email="smith@example.org", language="en")
    a_registration(edition, last_name="Sans adresse", email="later@example.org")
    Person.objects.filter(email="later@example.org").update(email="")
    called_off(edition)
    french, english = Mail.objects.filter(key__startswith="edition.called_off").order_by("id")
    assert (french.recipient, english.recipient) == ("aicha.benali@example.org", "smith@example.org")
    assert french.subject.startswith("Annulation\u202f:")
    assert english.subject.startswith("Cancelled: Meetings")
    for body in (french.body_text, french.body_html):
        assert "Incident technique\u202f: le lieu ferme" in body
        assert first.reference in body
        assert first.manage_token in body
    assert "Technical incident" in english.body_text
    calendar = bytes(MailAttachment.objects.get(mail=french).content).decode()
    assert "METHOD:CANCEL" in calendar
    assert "STATUS:CANCELLED" in calendar


def test_who_cancelled_before_is_left_in_peace(edition: Edition, organiser: Actor, called_off: Any) -> None:
    row = a_registration(edition)
    cancel_registration(actor=organiser, registration_id=row.pk)
    called_off(edition)
    assert told() == []


def test_nobody_is_written_to_unless_it_is_asked(edition: Edition, called_off: Any) -> None:
    a_registration(edition)
    called_off(edition, tell=False)
    assert told() == []


def test_twice_is_as_once_and_each_batch_goes_on_after_the_last(
    edition: Edition, organiser: Actor, called_off: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edition_mails, "BATCH", 2)
    for n in range(5):
        a_registration(edition, last_name=f"Nom{n}", email=f"p{n}@example.org")
    entry = called_off(edition)
    assert told() == [f"p{n}@example.org" for n in range(5)]
    Mail.objects.filter(recipient__in=["p3@example.org", "p4@example.org"]).delete()  # as if a worker had died
    assert tell_called_off(actor=Actor(label="mails", unlimited=True), entry_id=entry.pk) == 2
    assert tell_called_off(actor=Actor(label="mails", unlimited=True), entry_id=entry.pk) == 0
    assert len(told()) == 5


def test_an_edition_that_takes_place_after_all_writes_to_nobody(
    edition: Edition, organiser: Actor, called_off: Any
) -> None:
    a_registration(edition)
    entry = called_off(edition, EditionStatus.POSTPONED, tell=False)
    change_edition_status(actor=organiser, edition_id=edition.pk, status=EditionStatus.OPEN)
    assert tell_called_off(actor=organiser, entry_id=entry.pk) == 0
    assert tell_called_off(actor=organiser, entry_id=0) == 0
    again = called_off(edition, EditionStatus.POSTPONED)
    assert again.pk != entry.pk
    assert told() == ["aicha.benali@example.org"]
    assert Mail.objects.latest("id").subject.startswith("Report\u202f:")


def test_only_organisers_write_to_everybody(edition: Edition, door: Actor, read_only: Actor, press: Actor) -> None:
    for actor in (door, read_only, press):
        with pytest.raises(NotAllowed):
            tell_called_off(actor=actor, entry_id=1)


def test_the_number_of_queries_does_not_grow_with_the_people(
    edition: Edition, organiser: Actor, called_off: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    a_registration(edition)
    entry = called_off(edition, tell=False)
    with django_assert_max_num_queries(24) as one:
        tell_called_off(actor=organiser, entry_id=entry.pk)
    Mail.objects.all().delete()
    Edition.objects.update(status="open")
    for n in range(12):
        a_registration(edition, last_name=f"Nom{n}", email=f"p{n}@example.org")
    Edition.objects.update(status="cancelled")
    Mail.objects.all().delete()
    with django_assert_max_num_queries(len(one)):
        assert tell_called_off(actor=organiser, entry_id=entry.pk) == 13
