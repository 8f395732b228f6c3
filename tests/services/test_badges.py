"""Badges: one is valid at a time, a replaced one is refused from then on, and only the desk gives them."""

from __future__ import annotations

import pytest

from parvis.domain.access import PUBLIC, Actor
from parvis.domain.badges import check_badge_code
from parvis.domain.refusals import NotAllowed, NotFound
from parvis.models import Badge, LogEntry, Registration
from parvis.services import badges
from tests.factories.registrations import NOW, a_registration, an_open_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def registration() -> Registration:
    return a_registration(an_open_edition())


def test_only_who_may_change_registrations_gives_badges(
    registration: Registration, read_only: Actor, door: Actor, press: Actor
) -> None:
    for actor in (read_only, door, press, PUBLIC):
        for act in (badges.issue_badge, badges.replace_badge):
            with pytest.raises(NotAllowed):
                act(actor=actor, registration_id=registration.pk)
    assert Badge.objects.count() == 1


def test_issuing_again_keeps_the_badge_that_there_is(registration: Registration, organiser: Actor) -> None:
    first = Badge.objects.get()
    before = LogEntry.objects.count()
    assert badges.issue_badge(actor=organiser, registration_id=registration.pk).pk == first.pk
    assert LogEntry.objects.count() == before
    first.delete()
    badges.issue_badge(actor=organiser, registration_id=registration.pk)
    assert LogEntry.objects.latest("id").action == "badge.issued"


def test_replacing_revokes_the_one_before(registration: Registration, organiser: Actor) -> None:
    first = Badge.objects.get()
    second = badges.replace_badge(actor=organiser, registration_id=registration.pk, now=NOW)
    first.refresh_from_db()
    assert (first.revoked_at, second.revoked_at) == (NOW, None)
    assert second.code != first.code and check_badge_code(second.code, badges.badge_key())
    entry = LogEntry.objects.latest("id")
    assert (entry.action, entry.subject_kind, entry.subject_id) == ("badge.replaced", "registration", registration.pk)
    third = badges.replace_badge(actor=organiser, registration_id=registration.pk)
    assert list(Badge.objects.filter(revoked_at__isnull=True)) == [third]
    assert Badge.objects.count() == 3


def test_what_does_not_exist_has_no_badge(organiser: Actor) -> None:
    for act in (badges.issue_badge, badges.replace_badge):
        with pytest.raises(NotFound):
            act(actor=organiser, registration_id=0)
