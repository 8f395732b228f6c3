"""Moves are judged, kept, seen by others and taken back; nobody moves a card from under somebody else's hands."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from parvis.domain.access import Actor
from parvis.domain.editions import EditionIsClosed
from parvis.domain.programme.placement import SessionIsCancelled, SessionMustLast
from parvis.domain.refusals import ChangedMeanwhile, NotAllowed, NotFound
from parvis.domain.timetable.moves import BreaksRules, MovedSince, NothingToUndo, Standing
from parvis.domain.timetable.violations import violations
from parvis.models import Edition, Intervention, LogEntry, Placement, Room, Session, TimetableMove, Venue
from parvis.queries.timetable import build_timetable
from parvis.queries.timetable_moves import list_moves_since, standing_of
from parvis.services.timetable import Moved, move_session, pin_session, undo_move
from tests.factories.editions import an_edition, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    made = an_edition()
    fill(made, sessions=6, speakers=6)
    Session.objects.filter(code="S000").update(format="side_event")  # a plenary would want to be alone
    return made


def session(code: str) -> Session:
    return Session.objects.get(code=code)


def place(code: str) -> Standing:
    return standing_of(session(code))


def later(standing: Standing, minutes: int) -> Standing:
    assert standing.starts_at is not None
    return Standing(standing.room, standing.starts_at + timedelta(minutes=minutes), standing.duration_min)


def move(actor: Actor, code: str, to: Standing, **more: object) -> Moved:
    return move_session(actor=actor, session_id=session(code).pk, to=to, **more)  # type: ignore[arg-type]


def test_a_move_is_written_logged_and_numbered(organiser: Actor, edition: Edition) -> None:
    before = place("S001")
    to = later(before, 60)
    moved = move(organiser, "S001", to, seen=before, screen="w1")
    assert place("S001") == to
    assert moved.move is not None
    assert (moved.move.number, moved.move.before, moved.move.after) == (1, before.to_json(), to.to_json())
    assert moved.violations == []
    entry = LogEntry.objects.get(action="session.placed")
    assert entry.details["changes"]["placement"][0].startswith("2023-09-18 09:30")
    assert [(m.number, m.screen) for m in list_moves_since(organiser, edition_id=edition.pk, number=0)] == [(1, "w1")]
    assert list_moves_since(organiser, edition_id=edition.pk, number=1) == []


def test_what_comes_back_is_what_a_new_reading_says(organiser: Actor, edition: Edition) -> None:
    moved = move(organiser, "S001", place("S002"), insist=True)
    again = build_timetable(edition.pk)
    assert moved.timetable.placements == again.placements
    assert moved.timetable.problem == again.problem
    assert moved.violations == violations(again.problem, again.rules, again.placements)
    assert [found.kind for found in moved.violations] == ["room_once"]


def test_a_taken_room_is_refused_with_its_rule_unless_one_insists(organiser: Actor, edition: Edition) -> None:
    before, to = place("S001"), place("S002")
    with pytest.raises(BreaksRules) as refused:
        move(organiser, "S001", to)
    assert [found.kind for found in refused.value.violations] == ["room_once"]
    assert place("S001") == before
    assert not TimetableMove.objects.exists()
    move(organiser, "S001", to, insist=True)
    assert place("S001") == to
    move(organiser, "S001", later(to, 600))  # away from where it broke a rule: nothing is broken anew


def test_a_group_president_is_in_one_place_at_a_time(organiser: Actor, edition: Edition) -> None:
    person = Intervention.objects.filter(session=session("S001"))[0].person
    Intervention.objects.create(session=session("S003"), person=person, role="president")
    to = Standing(place("S003").room, place("S001").starts_at, place("S003").duration_min)
    Placement.objects.filter(session=session("S003")).delete()
    with pytest.raises(BreaksRules) as refused:
        move(organiser, "S003", to)
    assert [found.kind for found in refused.value.violations] == ["person_once"]


def test_back_into_the_tray_and_out_again(organiser: Actor, edition: Edition) -> None:
    before = place("S001")
    move(organiser, "S001", Standing(None, None, before.duration_min))
    assert place("S001").room is None
    assert LogEntry.objects.filter(action="session.unplaced").count() == 1
    undo_move(actor=organiser, edition_id=edition.pk, number=1)
    assert place("S001") == before


def test_undo_redo_and_undo_twice(organiser: Actor, edition: Edition) -> None:
    before = place("S001")
    to = later(before, 120)
    move(organiser, "S001", to)
    undone = undo_move(actor=organiser, edition_id=edition.pk, number=1).move
    assert place("S001") == before
    assert undone is not None
    assert undone.undoes is not None
    with pytest.raises(NothingToUndo):
        undo_move(actor=organiser, edition_id=edition.pk, number=1)
    undo_move(actor=organiser, edition_id=edition.pk, number=undone.number)
    assert place("S001") == to


def test_two_people_never_overwrite_each_other_silently(organiser: Actor, edition: Edition) -> None:
    seen = place("S001")
    colleague = Actor(label="Collègue", roles=organiser.roles)
    move(colleague, "S001", later(seen, 60), seen=seen)
    with pytest.raises(ChangedMeanwhile, match="Collègue"):
        move(organiser, "S001", later(seen, 120), seen=seen)
    move(organiser, "S001", later(seen, 120))
    with pytest.raises(MovedSince):
        undo_move(actor=colleague, edition_id=edition.pk, number=1)
    assert place("S001") == later(seen, 120)


def test_a_length_is_changed_where_it_stands(organiser: Actor, edition: Edition) -> None:
    before = place("S001")
    assert before.starts_at is not None
    move(organiser, "S001", Standing(before.room, before.starts_at, 45))
    placement = Placement.objects.get(session=session("S001"))
    assert placement.ends_at - placement.starts_at == timedelta(minutes=45)
    assert session("S001").duration_min == 45
    with pytest.raises(SessionMustLast):
        move(organiser, "S001", Standing(before.room, before.starts_at, 0))


def test_a_pin_holds_and_lets_go(organiser: Actor, edition: Edition) -> None:
    pin_session(actor=organiser, session_id=session("S001").pk, pinned=True)
    assert build_timetable(edition.pk).problem.session_of["S001"].fixed_start is not None
    assert place("S001").pinned
    pin_session(actor=organiser, session_id=session("S001").pk, pinned=False)
    assert not place("S001").pinned
    Placement.objects.filter(session=session("S002")).delete()
    with pytest.raises(NotFound):
        pin_session(actor=organiser, session_id=session("S002").pk, pinned=True)


def test_a_move_to_where_it_stands_is_none(organiser: Actor, edition: Edition) -> None:
    assert move(organiser, "S001", place("S001")).move is None
    assert not TimetableMove.objects.exists()


def test_refusals(organiser: Actor, read_only: Actor, edition: Edition) -> None:
    to = later(place("S001"), 30)
    with pytest.raises(NotAllowed):
        move(read_only, "S001", to)
    with pytest.raises(NotFound):
        move_session(actor=organiser, session_id=0, to=to)
    with pytest.raises(NotFound):
        undo_move(actor=organiser, edition_id=edition.pk, number=7)
    elsewhere = Room.objects.create(
        venue=Venue.objects.create(name_fr="Ailleurs", city="Lyon"), slug="ailleurs", name="Ailleurs"
    )
    with pytest.raises(NotFound):
        move(organiser, "S001", Standing(elsewhere.pk, to.starts_at, 90))
    Session.objects.filter(code="S001").update(status="cancelled")
    with pytest.raises(SessionIsCancelled):
        move(organiser, "S001", to)
    Edition.objects.filter(pk=edition.pk).update(status="archived")
    with pytest.raises(EditionIsClosed):
        move(organiser, "S002", to)


def test_on_the_night_when_clocks_change(organiser: Actor) -> None:
    edition = an_edition(starts_on=datetime(2023, 3, 25).date(), ends_on=datetime(2023, 3, 26).date())
    fill(edition, sessions=1, speakers=1)
    before = place("S000")
    to = Standing(before.room, datetime.fromisoformat("2023-03-26T09:00+02:00"), before.duration_min)
    moved = move(organiser, "S000", to)
    assert moved.violations == []
    assert place("S000").starts_at == datetime.fromisoformat("2023-03-26T07:00+00:00")
