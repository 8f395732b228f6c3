"""Publishing asks about hard rules that the public's programme breaks; drafts and cancelled sessions break none."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.domain.programme.release import NothingChanged
from parvis.domain.refusals import NotAllowed
from parvis.domain.timetable.publishing import ViolationsRemain
from parvis.models import Edition, LogEntry, Release, RuleSetting, Session
from parvis.queries.release_check import access_release_check, check_release
from parvis.services.releases import publish_release, take_up_release
from tests.factories.editions import an_edition, fill
from tests.factories.programme import a_room, a_session, placed

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    """Return an edition in which two sessions stand in one room at one time."""
    made = an_edition(status="open")
    room = a_room(made)
    for title in ("Une", "Deux"):
        placed(a_session(made, title), room)
    return made


def test_hard_rules_are_asked_about_and_the_log_keeps_how_many_were_broken(organiser: Actor, edition: Edition) -> None:
    with pytest.raises(ViolationsRemain) as refused:
        publish_release(actor=organiser, edition_id=edition.pk)
    assert [found.kind for found in refused.value.violations] == ["room_once"]
    assert refused.value.field == "accept"
    assert not Release.objects.exists()
    release = publish_release(actor=organiser, edition_id=edition.pk, accept_violations=True)
    assert LogEntry.objects.get(action="release.published").details["rules_broken"] == 1
    with pytest.raises(NothingChanged):  # said before the rules are: there is nothing to ask about
        publish_release(actor=organiser, edition_id=edition.pk)
    Session.objects.filter(title_fr="Une").update(title_fr="Un")
    publish_release(actor=organiser, edition_id=edition.pk, accept_violations=True)
    # Going back is not asked again: it was published once.
    take_up_release(actor=organiser, edition_id=edition.pk, number=release.number)


@pytest.mark.parametrize("status", ["draft", "cancelled"])
def test_only_what_the_public_reads_is_judged(organiser: Actor, edition: Edition, status: str) -> None:
    Session.objects.filter(title_fr="Deux").update(status=status)
    assert check_release(edition.pk).hard == []
    assert publish_release(actor=organiser, edition_id=edition.pk).number == 1


def test_wishes_are_told_and_not_asked_about(organiser: Actor, edition: Edition) -> None:
    RuleSetting.objects.create(edition=edition, kind="room_once", hard=False, weight=7)
    a_session(edition, "Sans place")
    check = access_release_check(organiser, edition_id=edition.pk)
    assert check.hard == []
    assert [found.kind for found in check.wishes] == ["placed", "room_once"], "the dearest first"
    publish_release(actor=organiser, edition_id=edition.pk)


def test_before_there_are_days_nothing_is_judged(organiser: Actor, edition: Edition, press: Actor) -> None:
    Edition.objects.update(starts_on=None, ends_on=None)
    assert check_release(edition.pk).violations == []
    publish_release(actor=organiser, edition_id=edition.pk)
    with pytest.raises(NotAllowed):
        access_release_check(press, edition_id=edition.pk)


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    small, large = an_edition(13, slug="2022"), an_edition(14, slug="2023")
    fill(large, sessions=20, speakers=20, attendees=30)
    with django_assert_max_num_queries(20) as one:
        check_release(large.pk)
    with django_assert_max_num_queries(len(one)):
        check_release(small.pk)
