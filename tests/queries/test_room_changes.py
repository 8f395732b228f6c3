"""What left a room is known from the releases, the newest first, in one query."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.models import Placement, Room
from parvis.queries.room_changes import get_former_room, get_spare_room, list_room_changes
from parvis.services.releases import publish_release
from tests.factories.editions import an_edition, fill

pytestmark = pytest.mark.django_db


def test_changes_of_room_are_told_by_every_release(
    organiser: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    edition = an_edition()
    fill(edition)
    publish_release(actor=organiser, edition_id=edition.pk)
    assert list_room_changes(edition.pk) == []
    placement = Placement.objects.select_related("session").get(session__code="S001")
    for name in ("salle-0", "salle-3"):
        placement.room = Room.objects.get(slug=name)
        placement.save()
        publish_release(actor=organiser, edition_id=edition.pk, accept_violations=True)
    with django_assert_num_queries(1):
        found = list_room_changes(edition.pk)
    assert [change.before for change in found] == ["Salle 0", "Salle 1"]
    assert {change.session for change in found} == {str(placement.session.guid)}
    assert list_room_changes(edition.pk + 1) == []


def test_a_room_that_lost_its_last_session_is_still_known(
    organiser: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    edition = an_edition()
    fill(edition)
    publish_release(actor=organiser, edition_id=edition.pk)
    Placement.objects.filter(room__slug="salle-1").update(room=Room.objects.get(slug="salle-0"))
    publish_release(actor=organiser, edition_id=edition.pk, accept_violations=True)
    with django_assert_num_queries(1):
        assert get_former_room(edition.pk, "salle-1") == "Salle 1"
    assert get_former_room(edition.pk, "nulle-part") is None


def test_a_spare_room_is_one_of_the_venue_once_something_is_published(
    organiser: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    edition = an_edition()
    fill(edition)
    assert get_spare_room(edition.pk, "salle-0") is None
    publish_release(actor=organiser, edition_id=edition.pk)
    with django_assert_num_queries(1):
        assert get_spare_room(edition.pk, "salle-0") == "Salle 0"
    assert get_spare_room(edition.pk, "nulle-part") is None
    edition.venue = None
    edition.save()
    assert get_spare_room(edition.pk, "salle-0") is None
