"""Editions are announced, changed and led from state to state, by those who may, and logged."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from parvis.domain.access import Actor
from parvis.domain.changes import TextMissing, TextTooLong
from parvis.domain.editions import (
    DateMissing,
    DatesOutOfOrder,
    EditionCannotBecome,
    EditionIsClosed,
    EditionStatus,
    ReasonMissing,
    RoomsElsewhere,
    SessionsOutsideDates,
    WindowOutOfOrder,
)
from parvis.domain.refusals import ChangedMeanwhile, NotAllowed, NotFound
from parvis.models import Category, Edition, LogEntry, Placement, Registration, TimetableMove, Venue
from parvis.queries.releases import get_public_stamp
from parvis.queries.versions import version_of
from parvis.services.editions import announce_edition, change_edition, change_edition_status
from tests.factories.editions import an_edition, fill
from tests.factories.programme import a_room, a_session, placed

pytestmark = pytest.mark.django_db
NEXT = {"name_fr": "La diplomatie des territoires", "starts_on": date(2024, 10, 23), "ends_on": date(2024, 10, 24)}


def logged(action: str) -> LogEntry:
    return LogEntry.objects.get(action=action)


def test_the_next_edition_takes_the_next_number_its_year_and_the_categories(organiser: Actor) -> None:
    edition = an_edition(status="open")
    fill(edition, attendees=3)
    made = announce_edition(actor=organiser, previous_id=edition.pk, values=NEXT, announced=False)
    assert (made.number, made.slug, made.status, made.series) == (15, "2024", "draft", edition.series)
    assert list(made.categories.values_list("kind", "name_fr", "name_en")) == list(
        edition.categories.values_list("kind", "name_fr", "name_en")
    )
    assert Category.objects.count() == 2
    assert Registration.objects.filter(edition=made).count() == 0
    assert Registration.objects.filter(edition=edition).count() == 3
    assert logged("edition.created").subject_id == made.pk


def test_a_cancelled_edition_keeps_its_number(organiser: Actor) -> None:
    held = an_edition(12, slug="2021")
    an_edition(13, slug="2022", status="cancelled")
    made = announce_edition(
        actor=organiser,
        previous_id=held.pk,
        values={"name_fr": "Rencontres", "announced_month": date(2022, 12, 1)},
        announced=True,
    )
    assert (made.number, made.slug, made.status) == (14, "2022-2", "announced")


def test_an_edition_is_announced_for_some_time(organiser: Actor) -> None:
    edition = an_edition()
    for values, refusal in (
        ({"name_fr": "Rencontres"}, DateMissing),
        ({**NEXT, "name_fr": "  "}, TextMissing),
        ({**NEXT, "ends_on": date(2024, 10, 1)}, DatesOutOfOrder),
        ({**NEXT, "venue_id": 0}, NotFound),
    ):
        with pytest.raises(refusal):
            announce_edition(actor=organiser, previous_id=edition.pk, values=values, announced=True)
    assert Edition.objects.count() == 1
    assert not LogEntry.objects.exists()


def test_only_organisers_touch_editions(door: Actor, read_only: Actor, press: Actor) -> None:
    edition = an_edition(status="open")
    for actor in (door, read_only, press):
        with pytest.raises(NotAllowed):
            announce_edition(actor=actor, previous_id=edition.pk, values=NEXT, announced=False)
        with pytest.raises(NotAllowed):
            change_edition(actor=actor, edition_id=edition.pk, values={"hashtag": "#x"})
        with pytest.raises(NotAllowed):
            change_edition_status(actor=actor, edition_id=edition.pk, status=EditionStatus.ON_SITE)
    edition.refresh_from_db()
    assert (edition.status, edition.hashtag) == ("open", "#RencontresAICT2023")


def test_a_change_is_logged_before_and_after_and_the_public_notices(organiser: Actor) -> None:
    edition = an_edition(status="open")
    stamp = get_public_stamp()
    opens = datetime(2023, 6, 1, 7, tzinfo=UTC)
    change_edition(
        actor=organiser, edition_id=edition.pk, values={"name_fr": "  Autre   nom ", "registration_opens_at": opens}
    )
    edition.refresh_from_db()
    assert edition.name_fr == "Autre nom"
    assert logged("edition.changed").details["changes"] == {
        "name_fr": ["Rencontres de l’action internationale", "Autre nom"],
        "registration_opens_at": [None, opens.isoformat()],
    }
    assert get_public_stamp() != stamp
    change_edition(actor=organiser, edition_id=edition.pk, values={"name_fr": "Autre nom"})
    assert LogEntry.objects.count() == 1  # nothing differed


def test_what_somebody_else_saved_is_not_overwritten(organiser: Actor) -> None:
    edition = an_edition(status="open")
    seen = version_of(edition)
    change_edition(actor=organiser, edition_id=edition.pk, values={"hashtag": "#un"}, seen=seen)
    with pytest.raises(ChangedMeanwhile, match="Organiser changed this"):
        change_edition(actor=organiser, edition_id=edition.pk, values={"hashtag": "#deux"}, seen=seen)
    with pytest.raises(ChangedMeanwhile):
        change_edition_status(actor=organiser, edition_id=edition.pk, status=EditionStatus.ON_SITE, seen=seen)
    edition.refresh_from_db()
    assert (edition.hashtag, edition.status) == ("#un", "open")


def test_rules_of_an_editions_times(organiser: Actor) -> None:
    edition = an_edition()
    placed(a_session(edition), a_room(edition))
    late, early = datetime(2023, 9, 1, tzinfo=UTC), datetime(2023, 6, 1, tzinfo=UTC)
    for values, refusal in (
        ({"starts_on": date(2023, 9, 19)}, SessionsOutsideDates),
        ({"starts_on": None, "ends_on": None}, SessionsOutsideDates),
        ({"ends_on": date(2023, 9, 17)}, DatesOutOfOrder),
        ({"registration_opens_at": late, "registration_closes_at": early}, WindowOutOfOrder),
        ({"name_fr": ""}, TextMissing),
        ({"hashtag": "#" * 61}, TextTooLong),
    ):
        with pytest.raises(refusal):
            change_edition(actor=organiser, edition_id=edition.pk, values=values)
    change_edition(actor=organiser, edition_id=edition.pk, values={"ends_on": date(2023, 9, 18)})
    with pytest.raises(TypeError):
        change_edition(actor=organiser, edition_id=edition.pk, values={"status": "held"})


def test_another_venue_empties_the_rooms_of_the_old_one_only_on_demand(organiser: Actor) -> None:
    edition = an_edition()
    session, room = a_session(edition), a_room(edition)
    placed(session, room)
    other = Venue.objects.create(name_fr="Pavillon d’Armenonville", city="Paris")
    values = {"venue_id": other.pk}
    with pytest.raises(RoomsElsewhere) as refusal:
        change_edition(actor=organiser, edition_id=edition.pk, values=values)
    assert (refusal.value.params["count"], refusal.value.field) == (1, "venue")
    assert Placement.objects.count() == 1
    change_edition(actor=organiser, edition_id=edition.pk, values=values, unplace=True)
    edition.refresh_from_db()
    assert edition.venue == other
    assert not Placement.objects.exists()
    assert logged("session.unplaced").subject_id == session.pk
    move = TimetableMove.objects.get()
    assert (move.session, move.before["room"], move.after["room"]) == (session, room.pk, None)


def test_an_archived_edition_does_not_change(organiser: Actor) -> None:
    edition = an_edition(status="archived")
    with pytest.raises(EditionIsClosed):
        change_edition(actor=organiser, edition_id=edition.pk, values={"hashtag": "#x"})
    with pytest.raises(NotFound):
        change_edition(actor=organiser, edition_id=0, values={"hashtag": "#x"})


def test_an_edition_is_led_along_its_life(organiser: Actor) -> None:
    edition = an_edition(status="draft")
    way = (EditionStatus.ANNOUNCED, EditionStatus.OPEN, EditionStatus.ON_SITE, EditionStatus.HELD)
    for status in way:
        change_edition_status(actor=organiser, edition_id=edition.pk, status=status)
    edition.refresh_from_db()
    assert edition.status == "held"
    entries = LogEntry.objects.filter(action="edition.status_changed").order_by("id")
    assert [entry.details["changes"]["status"][1] for entry in entries] == [str(status) for status in way]
    change_edition_status(actor=organiser, edition_id=edition.pk, status=EditionStatus.HELD)
    assert entries.count() == 4
    with pytest.raises(EditionCannotBecome):
        change_edition_status(actor=organiser, edition_id=edition.pk, status=EditionStatus.OPEN)


def test_calling_off_needs_a_reason_in_public_words(organiser: Actor) -> None:
    edition = an_edition(status="on_site")
    now = datetime(2023, 9, 18, 11, tzinfo=UTC)
    for reason in (None, {"en": "Technical incident"}, {"fr": "  "}):
        with pytest.raises(ReasonMissing) as refusal:
            change_edition_status(
                actor=organiser, edition_id=edition.pk, status=EditionStatus.CANCELLED, reason=reason, now=now
            )
        assert refusal.value.field == "reason_fr"
    change_edition_status(
        actor=organiser,
        edition_id=edition.pk,
        status=EditionStatus.CANCELLED,
        reason={"fr": "Incident technique", "en": "Technical incident"},
        now=now,
    )
    edition.refresh_from_db()
    assert (edition.status_reason_fr, edition.status_reason_en) == ("Incident technique", "Technical incident")  # type: ignore[attr-defined]
    assert (edition.cancelled_at, edition.number) == (now, 14)


def test_a_postponed_edition_is_announced_again(organiser: Actor) -> None:
    edition = an_edition(status="announced")
    change_edition_status(
        actor=organiser, edition_id=edition.pk, status=EditionStatus.POSTPONED, reason={"fr": "Pandémie"}
    )
    change_edition_status(actor=organiser, edition_id=edition.pk, status=EditionStatus.ANNOUNCED)
    edition.refresh_from_db()
    assert (edition.status, edition.cancelled_at) == ("announced", None)
