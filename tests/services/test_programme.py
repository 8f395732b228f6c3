"""Sessions are created, changed, cancelled, restored and deleted, by those who may, and logged."""

from __future__ import annotations

import pytest

from parvis.domain.access import Actor
from parvis.domain.changes import AlreadyThere, TextMissing
from parvis.domain.editions import EditionIsClosed
from parvis.domain.programme.placement import (
    DebateTooLong,
    SessionIsCancelled,
    SessionMustLast,
    SessionWasPublic,
)
from parvis.domain.refusals import ChangedMeanwhile, NotAllowed, NotFound
from parvis.domain.timetable.moves import BreaksRules, Standing
from parvis.models import LogEntry, Placement, Session, Theme, TimetableMove
from parvis.queries.versions import version_of
from parvis.services.programme import cancel_session, delete_session, restore_session, save_session
from parvis.services.releases import publish_release
from tests.factories.editions import an_edition, an_organisation
from tests.factories.network import a_group, a_person
from tests.factories.programme import MORNING, a_room, a_session, placed, speaks

pytestmark = pytest.mark.django_db
NEW = {"title_fr": "L’eau, bien commun", "format": "workshop", "duration_min": 90, "status": "draft"}


def entries(action: str) -> list[LogEntry]:
    return list(LogEntry.objects.filter(action=action).order_by("id"))


def test_a_session_takes_a_code_a_slug_and_what_is_said_of_it(organiser: Actor) -> None:
    edition = an_edition()
    group, host = a_group(), an_organisation("Ville de Dijon")
    first = save_session(actor=organiser, edition_id=edition.pk, session_id=None, values=NEW)
    second = save_session(
        actor=organiser,
        edition_id=edition.pk,
        session_id=None,
        values={**NEW, "title_en": "Water", "group_id": group.pk, "host_id": host.pk, "sdgs": [6, 13]},
        new_theme="Eau et assainissement",
        theme_ids=[],
    )
    assert (first.code, first.slug) == ("S001", "l-eau-bien-commun")
    assert (second.code, second.slug, second.folded) == ("S002", "l-eau-bien-commun-2", "l eau bien commun water")
    assert (second.group, second.host, second.sdgs) == (group, host, [6, 13])
    assert [item.theme.name_fr for item in second.session_themes.all()] == ["Eau et assainissement"]
    assert [entry.subject_id for entry in entries("session.created")] == [first.pk, second.pk]


def test_themes_are_taken_up_again_and_keep_their_order(organiser: Actor) -> None:
    edition = an_edition()
    session = a_session(edition)
    water, climate = (Theme.objects.create(slug=slug, name_fr=slug.title()) for slug in ("eau", "climat"))

    def themes(ids: list[int], new: str = "") -> list[str]:
        save_session(
            actor=organiser, edition_id=edition.pk, session_id=session.pk, values={}, theme_ids=ids, new_theme=new
        )
        return [item.theme.slug for item in session.session_themes.order_by("position")]

    assert themes([climate.pk, water.pk]) == ["climat", "eau"]
    assert themes([water.pk], "Climat") == ["eau", "climat"]
    assert Theme.objects.count() == 2
    assert entries("session.changed")[-1].details["changes"]["themes"] == [["Climat", "Eau"], ["Eau", "Climat"]]
    themes([water.pk, climate.pk])
    assert len(entries("session.changed")) == 2  # nothing differed
    with pytest.raises(NotFound):
        themes([0])


def test_rules_of_a_session(organiser: Actor) -> None:
    edition = an_edition()
    a_session(edition, code="A1")
    for values, refusal in (
        ({**NEW, "title_fr": " "}, TextMissing),
        ({**NEW, "duration_min": 0}, SessionMustLast),
        ({**NEW, "duration_min": 15 * 60}, SessionMustLast),
        ({**NEW, "debate_min": 91}, DebateTooLong),
        ({**NEW, "code": "A1"}, AlreadyThere),
        ({**NEW, "group_id": 0}, NotFound),
        ({**NEW, "host_id": 0}, NotFound),
    ):
        with pytest.raises(refusal):
            save_session(actor=organiser, edition_id=edition.pk, session_id=None, values=values)
    with pytest.raises(TypeError):
        save_session(actor=organiser, edition_id=edition.pk, session_id=None, values={**NEW, "slug": "x"})
    assert Session.objects.count() == 1
    assert not LogEntry.objects.exists()


def test_a_change_is_logged_and_what_somebody_else_saved_stays(organiser: Actor) -> None:
    edition = an_edition()
    session = a_session(edition)
    seen = version_of(session)

    def save(**values: object) -> None:
        save_session(actor=organiser, edition_id=edition.pk, session_id=session.pk, values=values, seen=seen)

    save(title_fr="Eau, climat et villes", members_only=True)
    session.refresh_from_db()
    assert (session.title_fr, session.folded) == ("Eau, climat et villes", "eau climat et villes")
    assert entries("session.changed")[0].details["changes"] == {
        "title_fr": ["Eau et climat", "Eau, climat et villes"],
        "members_only": [False, True],
    }
    with pytest.raises(ChangedMeanwhile):
        save(title_fr="Autre")
    with pytest.raises(NotFound):
        save_session(actor=organiser, edition_id=an_edition(15, slug="2024").pk, session_id=session.pk, values={})


def test_a_longer_session_is_checked_where_it_stands(organiser: Actor) -> None:
    edition = an_edition()
    room = a_room(edition)
    session, next_one = a_session(edition), a_session(edition, "Suite")
    placed(session, room)
    placed(next_one, room, MORNING.replace(hour=9))

    def lasts(minutes: int, *, insist: bool = False) -> None:
        values = {"duration_min": minutes}
        save_session(actor=organiser, edition_id=edition.pk, session_id=session.pk, values=values, insist=insist)

    lasts(120)
    assert Placement.objects.get(session=session).ends_at == MORNING.replace(hour=9)
    move = TimetableMove.objects.get()
    assert (move.before, move.after) == tuple(Standing(room.pk, MORNING, length).to_json() for length in (60, 120))
    assert entries("session.changed")[0].details["changes"] == {"duration_min": [60, 120]}
    with pytest.raises(BreaksRules) as refusal:
        lasts(121)
    assert [found.key for found in refusal.value.violations] == [f"room_once/{session.code}/{next_one.code}"]
    assert refusal.value.field == "duration_min"
    session.refresh_from_db()
    assert session.duration_min == 120
    lasts(121, insist=True)
    assert Placement.objects.get(session=session).ends_at == MORNING.replace(hour=9, minute=31)


def test_a_session_in_the_tray_takes_any_length(organiser: Actor) -> None:
    edition = an_edition(starts_on=None, ends_on=None)
    session = a_session(edition)
    save_session(actor=organiser, edition_id=edition.pk, session_id=session.pk, values={"duration_min": 240})
    session.refresh_from_db()
    assert session.duration_min == 240
    assert not TimetableMove.objects.exists()


def test_a_cancelled_session_may_be_written_about_though_its_room_is_taken(organiser: Actor) -> None:
    edition = an_edition()
    room = a_room(edition)
    session = a_session(edition)
    placed(session, room)
    cancel_session(actor=organiser, session_id=session.pk)
    placed(a_session(edition, "À sa place"), room)
    save_session(
        actor=organiser,
        edition_id=edition.pk,
        session_id=session.pk,
        values={"title_fr": "Reportée", "duration_min": 120},
    )
    with pytest.raises(SessionIsCancelled):
        save_session(actor=organiser, edition_id=edition.pk, session_id=session.pk, values={"status": "confirmed"})
    with pytest.raises(BreaksRules, match="room_once"):
        restore_session(actor=organiser, session_id=session.pk)
    session.refresh_from_db()
    assert (session.title_fr, session.status) == ("Reportée", "cancelled")
    assert restore_session(actor=organiser, session_id=session.pk, insist=True).status == "confirmed"
    placement = Placement.objects.get(session=session)
    assert (placement.ends_at - placement.starts_at).total_seconds() == 120 * 60  # as long as it was made meanwhile


def test_cancelling_and_restoring_are_logged_once(organiser: Actor) -> None:
    edition = an_edition()
    session = a_session(edition)
    placed(session, a_room(edition))
    for _ in range(2):
        cancel_session(actor=organiser, session_id=session.pk)
    for _ in range(2):
        assert restore_session(actor=organiser, session_id=session.pk).status == "confirmed"
    assert [entry.action for entry in LogEntry.objects.order_by("id")] == ["session.cancelled", "session.restored"]
    placement = Placement.objects.get(session=session)
    move = TimetableMove.objects.get()
    tray, there = Standing(None, None, 60), Standing(placement.room_id, MORNING, 60)
    assert (move.before, move.after) == (tray.to_json(), there.to_json())


def test_what_was_published_is_neither_deleted_nor_hidden(organiser: Actor) -> None:
    edition = an_edition()
    session, later = a_session(edition), a_session(edition, "Plus tard", status="draft")
    publish_release(actor=organiser, edition_id=edition.pk)
    with pytest.raises(SessionWasPublic):
        delete_session(actor=organiser, session_id=session.pk)
    with pytest.raises(SessionWasPublic) as refusal:
        save_session(actor=organiser, edition_id=edition.pk, session_id=session.pk, values={"status": "draft"})
    assert refusal.value.field == "status"
    placed(later, a_room(edition))
    speaks(a_person(), later)
    delete_session(actor=organiser, session_id=later.pk)
    assert list(Session.objects.all()) == [session]
    assert entries("session.deleted")[0].details == {"placement": 1, "intervention": 1}


def test_a_session_in_a_release_before_the_last_was_public_too(organiser: Actor) -> None:
    edition = an_edition()
    session = a_session(edition)
    publish_release(actor=organiser, edition_id=edition.pk)
    Session.objects.filter(pk=session.pk).update(status="draft")
    publish_release(actor=organiser, edition_id=edition.pk)
    with pytest.raises(SessionWasPublic):
        delete_session(actor=organiser, session_id=session.pk)


@pytest.mark.parametrize("status", ["archived", "cancelled"])
def test_a_closed_editions_programme_stands(status: str, organiser: Actor) -> None:
    edition = an_edition(status=status)
    session = a_session(edition)
    with pytest.raises(EditionIsClosed):
        save_session(actor=organiser, edition_id=edition.pk, session_id=None, values=NEW)
    for act in (cancel_session, restore_session, delete_session):
        with pytest.raises(EditionIsClosed):
            act(actor=organiser, session_id=session.pk)


def test_only_organisers_touch_sessions(door: Actor, read_only: Actor, press: Actor) -> None:
    edition = an_edition()
    session = a_session(edition)
    for actor in (door, read_only, press):
        with pytest.raises(NotAllowed):
            save_session(actor=actor, edition_id=edition.pk, session_id=session.pk, values={"title_fr": "x"})
        for act in (cancel_session, restore_session, delete_session):
            with pytest.raises(NotAllowed):
                act(actor=actor, session_id=session.pk)
    assert not LogEntry.objects.exists()


def test_what_is_gone_is_not_found(organiser: Actor) -> None:
    session = a_session(an_edition())
    delete_session(actor=organiser, session_id=session.pk)
    for act in (cancel_session, restore_session, delete_session):
        with pytest.raises(NotFound):
            act(actor=organiser, session_id=session.pk)
