"""Sessions are placed, moved and taken out of the timetable: no room and nobody is taken twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.domain.editions import EditionIsClosed
from parvis.domain.programme.placement import EditionHasNoDays, SessionIsCancelled
from parvis.domain.refusals import ChangedMeanwhile, NotAllowed, NotFound
from parvis.domain.timetable.moves import BreaksRules, Standing
from parvis.exports.refusals import say
from parvis.models import Edition, LogEntry, Placement, RuleSetting, Session, TimetableMove, Venue
from parvis.queries.placements import list_free_places, print_of
from parvis.services.programme import cancel_session, place_session, unplace_session
from parvis.services.timetable import undo_move
from tests.factories.editions import an_edition, fill
from tests.factories.network import a_person
from tests.factories.programme import MORNING, a_room, a_session, placed, speaks

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def edition() -> Edition:
    return an_edition()


def test_a_session_is_placed_then_moved_and_the_log_says_from_where(edition: Edition, organiser: Actor) -> None:
    session, room, other = a_session(edition), a_room(edition), a_room(edition, "Salle Marly")
    before = session.updated_at
    place_session(actor=organiser, session_id=session.pk, room_id=room.pk, starts_at=MORNING)
    place_session(actor=organiser, session_id=session.pk, room_id=other.pk, starts_at=MORNING + HOUR)
    place_session(actor=organiser, session_id=session.pk, room_id=other.pk, starts_at=MORNING + HOUR)
    placement = Placement.objects.get()
    assert (placement.room, placement.starts_at, placement.ends_at) == (other, MORNING + HOUR, MORNING + 2 * HOUR)
    entries = LogEntry.objects.filter(action="session.placed").order_by("id")
    assert [entry.details["changes"]["placement"] for entry in entries] == [
        ["", "2023-09-18 09:30–10:30, Salle Étoile"],
        ["2023-09-18 09:30–10:30, Salle Étoile", "2023-09-18 10:30–11:30, Salle Marly"],
    ]
    session.refresh_from_db()
    assert session.updated_at > before  # the site lags behind the desk


def said(refusal: BreaksRules) -> str:
    with override("en"):
        return say(refusal)


def test_two_sessions_do_not_share_a_room(edition: Edition, organiser: Actor) -> None:
    room = a_room(edition)
    placed(a_session(edition, "Déjà là"), room)
    session = a_session(edition)
    with pytest.raises(BreaksRules) as refusal:
        place_session(actor=organiser, session_id=session.pk, room_id=room.pk, starts_at=MORNING + HOUR / 2)
    assert said(refusal.value) == "Salle Étoile already receives “Déjà là” from 9.30 to 10.30."
    assert Placement.objects.count() == 1
    assert not LogEntry.objects.exists()
    assert not TimetableMove.objects.exists()
    place_session(actor=organiser, session_id=session.pk, room_id=room.pk, starts_at=MORNING + HOUR)


def test_a_cancelled_session_takes_neither_room_nor_speaker(edition: Edition, organiser: Actor) -> None:
    room, speaker = a_room(edition), a_person()
    first, second = a_session(edition), a_session(edition)
    placed(first, room)
    for session in (first, second):
        speaks(speaker, session)
    with pytest.raises(SessionIsCancelled):
        cancel_session(actor=organiser, session_id=first.pk)
        place_session(actor=organiser, session_id=first.pk, room_id=room.pk, starts_at=MORNING + HOUR)
    place_session(actor=organiser, session_id=second.pk, room_id=room.pk, starts_at=MORNING)


def test_a_speaker_is_in_one_place_at_a_time(edition: Edition, organiser: Actor) -> None:
    speaker = a_person("Awa", "N’Diaye")
    first, second = a_session(edition, "Premier"), a_session(edition)
    placed(first, a_room(edition))
    for session in (first, second):
        speaks(speaker, session)
    with pytest.raises(BreaksRules) as refusal:
        place_session(actor=organiser, session_id=second.pk, room_id=a_room(edition, "Salle 2").pk, starts_at=MORNING)
    assert said(refusal.value) == "Awa N’Diaye is already expected in “Premier” from 9.30 to 10.30."


def test_sessions_stay_in_the_editions_days_and_rooms(edition: Edition, organiser: Actor) -> None:
    session, room = a_session(edition), a_room(edition)
    for starts_at in (
        MORNING - timedelta(days=1),
        MORNING + timedelta(days=2),
        datetime(2023, 9, 19, 22, 0, tzinfo=UTC),
    ):
        with pytest.raises(BreaksRules) as refusal:
            place_session(actor=organiser, session_id=session.pk, room_id=room.pk, starts_at=starts_at)
        assert [found.kind for found in refusal.value.violations] == ["inside_days"]
    elsewhere = Venue.objects.create(name_fr="Ailleurs", city="Lyon").rooms.create(name="Salle", slug="salle")
    with pytest.raises(NotFound):
        place_session(actor=organiser, session_id=session.pk, room_id=elsewhere.pk, starts_at=MORNING)
    Edition.objects.update(starts_on=None, ends_on=None)
    with pytest.raises(EditionHasNoDays):
        place_session(actor=organiser, session_id=session.pk, room_id=room.pk, starts_at=MORNING)


def test_what_somebody_moved_meanwhile_is_not_moved_again(edition: Edition, organiser: Actor) -> None:
    session, room = a_session(edition), a_room(edition)
    seen = print_of(None)
    place_session(actor=organiser, session_id=session.pk, room_id=room.pk, starts_at=MORNING, seen=seen)
    with pytest.raises(ChangedMeanwhile, match="Organiser changed this"):
        place_session(actor=organiser, session_id=session.pk, room_id=room.pk, starts_at=MORNING + HOUR, seen=seen)
    now = print_of(Placement.objects.get())
    place_session(actor=organiser, session_id=session.pk, room_id=room.pk, starts_at=MORNING + HOUR, seen=now)


def test_a_session_leaves_the_timetable_and_keeps_its_speakers(edition: Edition, organiser: Actor) -> None:
    session = a_session(edition)
    speaks(a_person(), session)
    placed(session, a_room(edition))
    for _ in range(2):
        unplace_session(actor=organiser, session_id=session.pk)
    assert not Placement.objects.exists()
    assert session.interventions.count() == 1
    assert LogEntry.objects.get().details["changes"]["placement"] == ["2023-09-18 09:30–10:30, Salle Étoile", ""]


def test_what_is_placed_here_is_a_move_that_the_timetable_can_take_back(edition: Edition, organiser: Actor) -> None:
    session, room = a_session(edition), a_room(edition)
    place_session(actor=organiser, session_id=session.pk, room_id=room.pk, starts_at=MORNING)
    there = Standing(room.pk, MORNING, 60)
    move = TimetableMove.objects.get()
    assert (move.number, move.actor_label, move.before, move.after) == (
        1,
        organiser.label,
        Standing(None, None, 60).to_json(),
        there.to_json(),
    )
    unplace_session(actor=organiser, session_id=session.pk)
    assert not Placement.objects.exists()
    undo_move(actor=organiser, edition_id=edition.pk, number=2)
    assert Placement.objects.get().starts_at == MORNING


def test_one_may_insist_and_what_is_pinned_stays_pinned(edition: Edition, organiser: Actor) -> None:
    room, session = a_room(edition), a_session(edition)
    placed(a_session(edition, "Déjà là"), room)
    placement = placed(session, room, MORNING + 2 * HOUR)
    Placement.objects.filter(pk=placement.pk).update(pinned=True)
    given = {"session_id": session.pk, "room_id": room.pk, "starts_at": MORNING}
    with pytest.raises(BreaksRules):
        place_session(actor=organiser, **given)  # type: ignore[arg-type]
    there = place_session(actor=organiser, **given, insist=True)  # type: ignore[arg-type]
    assert (there.starts_at, there.pinned) == (MORNING, True)
    # It broke the rule before: staying in the same fault, ten minutes later, breaks nothing anew.
    place_session(actor=organiser, session_id=session.pk, room_id=room.pk, starts_at=MORNING + HOUR / 6)


def test_where_all_must_be_placed_one_insists_to_take_out(edition: Edition, organiser: Actor) -> None:
    RuleSetting.objects.create(edition=edition, kind="placed", active=True, hard=True)
    session = a_session(edition)
    placed(session, a_room(edition))
    with pytest.raises(BreaksRules):
        unplace_session(actor=organiser, session_id=session.pk)
    unplace_session(actor=organiser, session_id=session.pk, insist=True)
    assert not Placement.objects.exists()


def test_a_cancelled_session_leaves_the_timetable(edition: Edition, organiser: Actor) -> None:
    session = a_session(edition)
    placed(session, a_room(edition))
    Session.objects.update(status="cancelled")
    unplace_session(actor=organiser, session_id=session.pk)
    assert not Placement.objects.exists()
    assert TimetableMove.objects.count() == 1


def test_only_organisers_place(edition: Edition, door: Actor, read_only: Actor, press: Actor) -> None:
    session, room = a_session(edition), a_room(edition)
    for actor in (door, read_only, press):
        with pytest.raises(NotAllowed):
            place_session(actor=actor, session_id=session.pk, room_id=room.pk, starts_at=MORNING)
        with pytest.raises(NotAllowed):
            unplace_session(actor=actor, session_id=session.pk)


@pytest.mark.parametrize("status", ["archived", "cancelled"])
def test_nothing_moves_in_a_closed_edition(status: str, organiser: Actor) -> None:
    edition = an_edition(status=status)
    session, room = a_session(edition), a_room(edition)
    with pytest.raises(EditionIsClosed):
        place_session(actor=organiser, session_id=session.pk, room_id=room.pk, starts_at=MORNING)
    with pytest.raises(EditionIsClosed):
        unplace_session(actor=organiser, session_id=session.pk)


def test_what_is_offered_is_free_and_can_be_taken(edition: Edition, organiser: Actor) -> None:
    room, other = a_room(edition), a_room(edition, "Salle Marly")
    placed(a_session(edition), room)
    session = a_session(edition)
    found = list_free_places(organiser, session=session, room_id=room.pk, starts_at=MORNING)
    assert [(free.room, f"{free.starts_at:%H:%M}–{free.ends_at:%H:%M}") for free in found] == [
        ("Salle Marly", "09:30–10:30"),
        ("Salle Étoile", "10:30–11:30"),
        ("Salle Étoile", "08:30–09:30"),
    ]
    for free in found:
        place_session(actor=organiser, session_id=session.pk, room_id=free.room_id, starts_at=free.starts_at)
    assert list_free_places(organiser, session=session, room_id=0, starts_at=MORNING) == []
    assert other.placements.count() == 0


def test_the_number_of_queries_does_not_grow(
    organiser: Actor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    large = an_edition()
    fill(large, sessions=30, speakers=30)
    session = a_session(large)
    room = large.venue.rooms.first()  # type: ignore[union-attr]
    assert room is not None
    with django_assert_max_num_queries(16):
        list_free_places(organiser, session=session, room_id=room.pk, starts_at=MORNING)
    with django_assert_max_num_queries(32) as captured:
        place_session(actor=organiser, session_id=session.pk, room_id=room.pk, starts_at=MORNING + 24 * HOUR)
    assert sum("parvis_rulesetting" in query["sql"] for query in captured.captured_queries) == 1  # read once
