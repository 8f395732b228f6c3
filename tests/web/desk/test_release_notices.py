"""Publishing says whom it concerns, tells them once, and an earlier release can be taken up again."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.models import Enrolment, Mail, Placement, Registration, Release, Session, TimetableMove
from tests.factories.notices import Concerned, a_concerned_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def concerned(organiser: Actor) -> Concerned:
    return a_concerned_edition(organiser)


def address(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=["2023", *args])


def an_hour_later(concerned: Concerned) -> None:
    placement = Placement.objects.get(session=concerned.session)
    placement.starts_at += timedelta(hours=1)
    placement.ends_at += timedelta(hours=1)
    placement.save()


def test_the_page_says_whom_it_concerns_before_it_is_published(organiser_client: Client, concerned: Concerned) -> None:
    an_hour_later(concerned)
    page = organiser_client.get(address("releases"))
    assert page.context["concerned"] == 4
    people = organiser_client.get(address("release_concerned"))
    assert [row.email for row in people.context["people"]] == sorted(
        [concerned.speaker, concerned.enrolled, concerned.interpreter, concerned.host]
    )
    found = organiser_client.get(address("release_concerned"), {"q": "ORATRICE"})
    assert [row.email for row in found.context["people"]] == [concerned.speaker]
    assert Mail.objects.count() == 0


@pytest.mark.parametrize(("ticked", "asked"), [({"tell": "yes"}, True), ({}, False)])
def test_publishing_tells_only_where_that_is_ticked(
    organiser_client: Client, concerned: Concerned, ticked: dict[str, str], asked: bool
) -> None:
    an_hour_later(concerned)
    organiser_client.post(address("release_publish"), {"note": "Un car en retard", **ticked})
    release = Release.objects.get(number=2)
    assert (release.telling_at is not None) is asked
    page = organiser_client.get(address("release", 2))
    assert page.context["concerned"] == 4
    assert (address("release_tell", 2) in page.content.decode()) is not asked


def test_telling_later_and_twice(organiser_client: Client, concerned: Concerned) -> None:
    an_hour_later(concerned)
    organiser_client.post(address("release_publish"))
    organiser_client.post(address("release_tell", 2))
    again = organiser_client.post(address("release_tell", 2), follow=True)
    assert "déjà été prévenues" in again.content.decode()


def test_an_earlier_release_is_taken_up_again_as_a_new_one(organiser_client: Client, concerned: Concerned) -> None:
    before = Placement.objects.get(session=concerned.session)
    an_hour_later(concerned)
    Session.objects.filter(edition=concerned.edition, code="S002").update(status="cancelled")
    organiser_client.post(address("release_publish"))
    organiser_client.post(address("release_take_up", 1), {"note": "Fausse alerte"})
    third = Release.objects.get(number=3)
    assert third.returns_to == concerned.first
    assert third.payload == concerned.first.payload
    assert {change["kind"] for change in third.difference} == {"moved", "restored"}
    assert Placement.objects.get(session=concerned.session).starts_at == before.starts_at
    move = TimetableMove.objects.get()  # the timetable's screens hear of it
    assert move.session == concerned.session
    assert datetime.fromisoformat(move.after["starts_at"]) == before.starts_at
    assert datetime.fromisoformat(move.before["starts_at"]) != before.starts_at
    assert Session.objects.get(edition=concerned.edition, code="S002").status == "confirmed"
    nothing = organiser_client.post(address("release_take_up", 1), follow=True)
    assert Release.objects.count() == 3
    assert "Rien n’a changé" in nothing.content.decode()


def test_others_read_but_neither_publish_nor_tell(
    read_only_client: Client, door_client: Client, concerned: Concerned
) -> None:
    an_hour_later(concerned)
    assert read_only_client.get(address("release_concerned")).status_code == 200
    for name in ("release_tell", "release_take_up"):
        assert read_only_client.post(address(name, 1)).status_code == 403
    assert door_client.get(address("release_concerned")).status_code == 403
    assert read_only_client.get(address("release", 99)).status_code == 404


def test_queries_do_not_grow_with_the_people(
    organiser_client: Client, concerned: Concerned, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    an_hour_later(concerned)
    organiser_client.post(address("release_publish"))

    def count() -> int:
        with django_assert_max_num_queries(40) as captured:
            organiser_client.get(address("release", 2))
        return len(captured)

    count()  # the first visit also reads what the process keeps afterwards
    one = count()
    for registration in Registration.objects.filter(edition=concerned.edition).exclude(enrolments__isnull=False):
        Enrolment.objects.create(
            registration=registration, session=concerned.session, enrolled_at=concerned.first.published_at
        )
    assert count() == one
