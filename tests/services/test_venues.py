"""Venues and rooms: created, changed and deleted by those who may, and logged."""

from __future__ import annotations

import pytest

from parvis.domain.access import Actor
from parvis.domain.changes import AlreadyThere, StillReferredTo, TextMissing
from parvis.domain.editions import HoursWouldShift, RoomsElsewhere
from parvis.domain.refusals import ChangedMeanwhile, NotAllowed, NotFound
from parvis.models import LogEntry, Room, Venue
from parvis.queries.versions import version_of
from parvis.services.venues import delete_room, save_room, save_venue
from tests.factories.editions import an_edition
from tests.factories.programme import a_room, a_session, placed

pytestmark = pytest.mark.django_db
PAVILION = {"name_fr": "Pavillon d’Armenonville", "city": "Paris", "timezone": "Europe/Paris"}


def actions() -> list[str]:
    return list(LogEntry.objects.order_by("id").values_list("action", flat=True))


def test_a_venue_is_added_and_the_edition_held_there(organiser: Actor) -> None:
    edition = an_edition()
    venue = save_venue(actor=organiser, venue_id=None, values=PAVILION, edition_id=edition.pk)
    edition.refresh_from_db()
    assert edition.venue == venue
    assert actions() == ["venue.created", "edition.changed"]


def test_a_venue_is_not_half_added(organiser: Actor) -> None:
    edition = an_edition()
    placed(a_session(edition), a_room(edition))
    with pytest.raises(RoomsElsewhere):
        save_venue(actor=organiser, venue_id=None, values=PAVILION, edition_id=edition.pk)
    assert Venue.objects.count() == 1
    assert actions() == []


def test_rules_of_a_venue(organiser: Actor) -> None:
    edition = an_edition()
    venue = edition.venue
    assert venue is not None
    other = save_venue(actor=organiser, venue_id=None, values=PAVILION)
    for values, refusal in (
        ({"name_fr": " "}, TextMissing),
        ({"city": ""}, TextMissing),
        ({"name_fr": PAVILION["name_fr"]}, AlreadyThere),
    ):
        with pytest.raises(refusal):
            save_venue(actor=organiser, venue_id=venue.pk, values=values)
    save_venue(actor=organiser, venue_id=venue.pk, values={"timezone": "Europe/London"})
    placed(a_session(edition), a_room(edition))
    with pytest.raises(HoursWouldShift):
        save_venue(actor=organiser, venue_id=venue.pk, values={"timezone": "Europe/Paris"})
    save_venue(actor=organiser, venue_id=venue.pk, values={"timezone": "Europe/London", "address": "30 avenue"})
    save_venue(actor=organiser, venue_id=other.pk, values={"timezone": "Europe/London"})
    with pytest.raises(NotFound):
        save_venue(actor=organiser, venue_id=0, values={})


def test_a_room_is_created_changed_and_deleted(organiser: Actor) -> None:
    edition = an_edition()
    a_room(edition, "Amphithéâtre")
    room = save_room(
        actor=organiser, venue_id=edition.venue_id, room_id=None, values={"name": "Salle Marly", "capacity": 60}
    )
    assert (room.slug, room.position) == ("salle-marly", 1)
    save_room(
        actor=organiser,
        venue_id=edition.venue_id,
        room_id=room.pk,
        values={"capacity": 80, "position": None, "booths": None},
        seen=version_of(room),
    )
    room.refresh_from_db()
    assert (room.name, room.capacity, room.position, room.slug) == ("Salle Marly", 80, 1, "salle-marly")
    assert LogEntry.objects.get(action="room.changed").details["changes"] == {"capacity": [60, 80]}
    delete_room(actor=organiser, room_id=room.pk)
    assert Room.objects.count() == 1
    assert actions() == ["room.created", "room.changed", "room.deleted"]


def test_rules_of_a_room(organiser: Actor) -> None:
    edition = an_edition()
    first, second = a_room(edition, "Salle 1"), a_room(edition, "Salle 2")
    seen = version_of(second)
    with pytest.raises(AlreadyThere):
        save_room(actor=organiser, venue_id=edition.venue_id, room_id=second.pk, values={"name": "Salle 1"})
    with pytest.raises(TextMissing):
        save_room(actor=organiser, venue_id=edition.venue_id, room_id=second.pk, values={"name": " "})
    with pytest.raises(NotFound):
        save_room(actor=organiser, venue_id=None, room_id=None, values={"name": "Salle 3"})
    elsewhere = save_venue(actor=organiser, venue_id=None, values=PAVILION)
    with pytest.raises(NotFound):
        save_room(actor=organiser, venue_id=elsewhere.pk, room_id=first.pk, values={"name": "Salle 3"})
    save_room(actor=organiser, venue_id=edition.venue_id, room_id=second.pk, values={"capacity": 10}, seen=seen)
    with pytest.raises(ChangedMeanwhile):
        save_room(actor=organiser, venue_id=edition.venue_id, room_id=second.pk, values={"capacity": 20}, seen=seen)


def test_a_room_in_use_stays_and_says_why(organiser: Actor) -> None:
    edition = an_edition()
    room = a_room(edition)
    placed(a_session(edition), room)
    with pytest.raises(StillReferredTo, match="“Salle Étoile” cannot be deleted: 1 × "):
        delete_room(actor=organiser, room_id=room.pk)
    assert Room.objects.filter(pk=room.pk).exists()
    assert actions() == []


def test_only_organisers_touch_venues(door: Actor, read_only: Actor, press: Actor) -> None:
    edition = an_edition()
    room = a_room(edition)
    for actor in (door, read_only, press):
        with pytest.raises(NotAllowed):
            save_venue(actor=actor, venue_id=None, values=PAVILION)
        with pytest.raises(NotAllowed):
            save_room(actor=actor, venue_id=edition.venue_id, room_id=room.pk, values={"name": "x"})
        with pytest.raises(NotAllowed):
            delete_room(actor=actor, room_id=room.pk)
