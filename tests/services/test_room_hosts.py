"""Room hosts: who receives people in a room, once per address, and hears of what changes there."""

from __future__ import annotations

import pytest

from parvis.domain.access import Actor
from parvis.domain.changes import AlreadyThere, TextMissing
from parvis.domain.editions import EditionIsClosed
from parvis.domain.refusals import ChangedMeanwhile, NotAllowed, NotFound
from parvis.domain.registration_forms import AddressUnreadable
from parvis.models import Edition, LogEntry, Room, RoomHost, Venue
from parvis.queries.room_hosts import list_room_hosts, rooms_without_host
from parvis.queries.versions import version_of
from parvis.services.room_hosts import remove_room_host, save_room_host
from tests.factories.editions import an_edition
from tests.factories.programme import a_room, a_session, placed

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return an_edition(status="open")


@pytest.fixture
def room(edition: Edition) -> Room:
    return a_room(edition, "Salle Marly")


def save(actor: Actor, edition: Edition, host_id: int | None = None, **values: object) -> RoomHost:
    seen = str(values.pop("seen", ""))
    return save_room_host(actor=actor, edition_id=edition.pk, host_id=host_id, values=values, seen=seen)


def test_a_host_is_named_changed_and_taken_away(organiser: Actor, edition: Edition, room: Room) -> None:
    placed(a_session(edition), room)
    assert rooms_without_host(organiser, edition_id=edition.pk, venue_id=edition.venue_id) == [room]
    host = save(organiser, edition, room_id=room.pk, name="Awa Ndiaye", email=" Awa@Example.org", language="en")
    assert (host.room, host.email, host.language) == (room, "awa@example.org", "en")
    assert rooms_without_host(organiser, edition_id=edition.pk, venue_id=edition.venue_id) == []
    seen = version_of(host)
    other = a_room(edition, "Salle Étoile")
    save(organiser, edition, host.pk, room_id=other.pk, seen=seen)
    assert LogEntry.objects.get(action="roomhost.changed").details["changes"] == {"room": [str(room), str(other)]}
    with pytest.raises(ChangedMeanwhile):
        save(organiser, edition, host.pk, name="Zoé", seen=seen)
    assert [row.name for row in list_room_hosts(organiser, edition_id=edition.pk)] == ["Awa Ndiaye"]
    remove_room_host(actor=organiser, edition_id=edition.pk, host_id=host.pk)
    assert not RoomHost.objects.exists()


def test_refusals(organiser: Actor, read_only: Actor, edition: Edition, room: Room) -> None:
    given = {"room_id": room.pk, "name": "Awa Ndiaye", "email": "awa@example.org", "language": "fr"}
    with pytest.raises(NotAllowed):
        save(read_only, edition, **given)
    save(organiser, edition, **given)
    elsewhere = Venue.objects.create(name_fr="Ailleurs", city="Lyon").rooms.create(name="Salle", slug="salle")
    for more, refusal, field in (
        ({"name": " "}, TextMissing, "name"),
        ({"email": "nobody"}, AddressUnreadable, "email"),
        ({"email": ""}, AddressUnreadable, "email"),
        ({"email": "AWA@example.org"}, AlreadyThere, "email"),
        ({"room_id": elsewhere.pk}, NotFound, "room"),
        ({"room_id": None}, NotFound, "room"),
    ):
        with pytest.raises(refusal) as refused:
            save(organiser, edition, **{**given, **more})
        assert refused.value.field == field
    with pytest.raises(NotFound):
        remove_room_host(actor=organiser, edition_id=edition.pk, host_id=0)
    Edition.objects.update(status="archived")
    with pytest.raises(EditionIsClosed):
        save(organiser, edition, **{**given, "email": "b@example.org"})
    assert RoomHost.objects.count() == 1
