"""Many sessions leave the timetable in one step, and come back in one: all that still stand where they were put."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.domain.access import Actor
from parvis.domain.editions import EditionIsClosed
from parvis.domain.programme.placement import EditionHasNoDays, SessionIsCancelled
from parvis.domain.refusals import ChangedMeanwhile, NotAllowed, NotFound
from parvis.domain.timetable.moves import NothingToUndo, Standing
from parvis.models import Edition, LogEntry, Placement, RuleSetting, Session, TimetableMove
from parvis.queries.timetable_moves import standing_of, standings_of
from parvis.services.editions import change_edition
from parvis.services.timetable import MovedTogether, empty_timetable, move_session, undo_moves
from tests.factories.editions import an_edition, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    made = an_edition()
    fill(made, sessions=6, speakers=6)
    Session.objects.filter(code="S000").update(format="side_event")  # a plenary would want to be alone
    return made


def all_stand(edition: Edition) -> dict[int, Standing]:
    return standings_of(Session.objects.filter(edition=edition))


def empty(actor: Actor, edition: Edition, seen: dict[int, Standing] | None = None, **more: object) -> MovedTogether:
    return empty_timetable(
        actor=actor, edition_id=edition.pk, seen=all_stand(edition) if seen is None else seen, **more
    )  # type: ignore[arg-type]


def undo(actor: Actor, edition: Edition, moved: MovedTogether) -> MovedTogether:
    return undo_moves(actor=actor, edition_id=edition.pk, numbers=[move.number for move in moved.moves])


def an_hour_later(actor: Actor, code: str) -> None:
    session = Session.objects.get(code=code)
    stands = standing_of(session)
    assert stands.starts_at is not None
    move_session(
        actor=actor, session_id=session.pk, to=replace(stands, starts_at=stands.starts_at + timedelta(hours=4))
    )


def test_all_leave_in_one_step_each_with_its_move_and_its_line_in_the_log(organiser: Actor, edition: Edition) -> None:
    before = all_stand(edition)
    moved = empty(organiser, edition, screen="w1")
    assert not Placement.objects.exists()
    assert [move.number for move in moved.moves] == [1, 2, 3, 4, 5, 6]
    assert {move.screen for move in TimetableMove.objects.all()} == {"w1"}
    assert {move.session_id: Standing.from_json(move.before) for move in TimetableMove.objects.all()} == before
    lines = LogEntry.objects.filter(action="session.unplaced")
    assert lines.count() == 6
    assert lines.order_by("pk")[1].details["changes"]["placement"] == ["2023-09-18 09:30–11:00, Salle 1", ""]
    assert len(moved.timetable.placements) == 0


def test_they_come_back_in_one_step_pins_and_lengths_too_and_leave_again(organiser: Actor, edition: Edition) -> None:
    Placement.objects.filter(session__code="S001").update(pinned=True)
    before = all_stand(edition)
    moved = empty(organiser, edition)
    back = undo(organiser, edition, moved)
    assert all_stand(edition) == before
    assert back.left == []
    assert {move.undoes_id for move in back.moves} == {move.pk for move in moved.moves}
    assert back.violations == []
    undo(organiser, edition, back)
    assert not Placement.objects.exists()


def test_only_what_was_shown_leaves(organiser: Actor, edition: Edition) -> None:
    seen = {pk: stands for pk, stands in all_stand(edition).items() if pk != Session.objects.get(code="S002").pk}
    empty(organiser, edition, seen)
    assert Placement.objects.get().session.code == "S002"
    assert (
        empty(organiser, edition, {pk: Standing(None, None, stands.duration_min) for pk, stands in seen.items()}).moves
        == []
    )


def test_nobody_empties_from_under_somebody_elses_hands(organiser: Actor, edition: Edition) -> None:
    seen = all_stand(edition)
    an_hour_later(Actor(label="Collègue", roles=organiser.roles), "S003")
    with pytest.raises(ChangedMeanwhile, match="Collègue"):
        empty(organiser, edition, seen)
    assert Placement.objects.count() == 6


def test_what_moved_since_stays_and_is_named(organiser: Actor, edition: Edition) -> None:
    before = all_stand(edition)
    moved = empty(organiser, edition)
    session, other = Session.objects.get(code="S003"), Session.objects.get(code="S004")
    stands = before[session.pk]
    assert stands.starts_at is not None
    elsewhere = replace(stands, starts_at=stands.starts_at + timedelta(days=1))
    move_session(actor=organiser, session_id=session.pk, to=elsewhere)
    Session.objects.filter(pk=other.pk).update(status="cancelled")
    back = undo(organiser, edition, moved)
    assert sorted(back.left) == sorted([session.title, other.title])
    assert all_stand(edition) == {
        **before,
        session.pk: elsewhere,
        other.pk: Standing(None, None, before[other.pk].duration_min),
    }
    with pytest.raises(NothingToUndo):
        undo(organiser, edition, moved)


def test_where_all_must_be_placed_emptying_is_meant(organiser: Actor, edition: Edition) -> None:
    RuleSetting.objects.create(edition=edition, kind="placed", active=True, hard=True)
    moved = empty(organiser, edition)
    assert len([found for found in moved.violations if found.hard]) == 6


def test_refusals(organiser: Actor, read_only: Actor, edition: Edition) -> None:
    seen = all_stand(edition)
    stands = next(iter(seen.values()))
    with pytest.raises(NotAllowed):
        empty(read_only, edition, seen)
    with pytest.raises(NotFound):
        empty(organiser, edition, {**seen, 0: stands})
    with pytest.raises(NotFound):
        undo_moves(actor=organiser, edition_id=edition.pk, numbers=[7])
    with pytest.raises(NotFound):
        undo_moves(actor=organiser, edition_id=edition.pk, numbers=[])
    with pytest.raises(NotAllowed):
        undo_moves(actor=read_only, edition_id=edition.pk, numbers=[1])
    other = an_edition(15, slug="2024")
    with pytest.raises(NotFound):
        empty(organiser, other, seen)
    Session.objects.filter(code="S001").update(status="cancelled")
    with pytest.raises(SessionIsCancelled):
        empty(organiser, edition, seen)
    Session.objects.filter(code="S001").update(status="confirmed")
    Edition.objects.filter(pk=edition.pk).update(starts_on=None, ends_on=None)
    with pytest.raises(EditionHasNoDays):
        empty(organiser, edition, seen)
    Edition.objects.filter(pk=edition.pk).update(status="archived")
    with pytest.raises(EditionIsClosed):
        empty(organiser, edition, seen)
    assert Placement.objects.count() == 6
    assert not TimetableMove.objects.exists()


def test_queries_do_not_grow_with_the_sessions(organiser: Actor) -> None:
    counts = []
    for number, sessions in ((20, 6), (21, 60)):
        edition = an_edition(number, slug=f"e{number}")
        fill_more(edition, sessions)
        with CaptureQueriesContext(connection) as captured:
            moved = empty(organiser, edition, all_stand(edition))
            undo(organiser, edition, moved)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def fill_more(edition: Edition, sessions: int) -> None:
    """Give an edition as many sessions, in one room, one after the other."""
    assert edition.venue is not None
    room, _made = edition.venue.rooms.get_or_create(slug="salle", defaults={"name": "Salle"})
    begins = datetime.fromisoformat("2023-09-18T08:00+00:00")
    for n in range(sessions):
        session = Session.objects.create(
            edition=edition, code=f"X{n}", slug=f"x-{n}", format="workshop", title_fr=f"X {n}", duration_min=5
        )
        starts_at = begins + timedelta(minutes=5 * n)
        Placement.objects.create(
            session=session, room=room, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=5)
        )


def test_a_venue_that_is_left_empties_the_timetable_and_its_rooms_are_no_places(
    organiser: Actor, edition: Edition
) -> None:
    change_edition(actor=organiser, edition_id=edition.pk, values={"venue_id": None}, unplace=True)
    assert not Placement.objects.exists()
    assert TimetableMove.objects.count() == LogEntry.objects.filter(action="session.unplaced").count() == 6
    with pytest.raises(NothingToUndo):
        undo_moves(actor=organiser, edition_id=edition.pk, numbers=range(1, 7))
