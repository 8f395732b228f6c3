"""What a participant chose is kept under a secret, merged from several devices, and erased on time."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection

from parvis.domain.access import PUBLIC, Actor, system_actor
from parvis.domain.own_programmes import MOST_SESSIONS, NothingChosen, TooManyChosen
from parvis.domain.programme.public_editions import PublicEdition
from parvis.domain.refusals import NotAllowed, NotFound
from parvis.models import Edition, LogEntry, OwnProgramme, Session
from parvis.queries.own_programmes import access_own_programme
from parvis.queries.releases import list_public_editions
from parvis.services.own_programmes import change_own_programme, create_own_programme, forget_own_programme
from parvis.services.releases import publish_release
from parvis.services.retention import forget_own_programmes
from parvis.tasks import retention
from tests.factories.editions import an_edition
from tests.factories.programmes import a_full_programme, fill_large

NOW = datetime(2023, 9, 1, 10, tzinfo=UTC)


@pytest.fixture
def edition(organiser: Actor) -> Edition:
    made = an_edition()
    a_full_programme(made)
    publish_release(actor=organiser, edition_id=made.pk)
    return made


def public(edition: Edition) -> PublicEdition:
    return next(found for found in list_public_editions() if found.id == edition.pk)


def guid(code: str) -> str:
    return str(Session.objects.get(code=code).guid)


@pytest.mark.django_db
def test_a_choice_is_kept_under_a_secret_and_names_nobody(edition: Edition) -> None:
    wanted = [guid("GP1"), guid("AT1"), guid("GP1"), str(uuid4()), "nonsense"]
    kept = create_own_programme(actor=PUBLIC, edition=public(edition), sessions=wanted, now=NOW)
    assert kept.sessions == [guid("GP1"), guid("AT1")]
    assert len(kept.token) >= 43
    assert str(kept.kept_until) == "2023-12-18"
    assert access_own_programme(kept.token, edition_id=edition.pk) == kept
    other = create_own_programme(actor=PUBLIC, edition=public(edition), sessions=wanted, now=NOW)
    assert other.token != kept.token
    assert {field.name for field in OwnProgramme._meta.get_fields()} == {
        "id", "edition", "token", "sessions", "created_at", "updated_at",
    }  # fmt: skip
    assert not LogEntry.objects.filter(subject_kind="ownprogramme").exists()


@pytest.mark.django_db
def test_sessions_that_are_not_published_are_passed_over(edition: Edition) -> None:
    Session.objects.filter(code="GP1").update(status="draft")
    hidden = Session.objects.create(
        edition=edition, code="SECRET", slug="secret", format="workshop", title_fr="S", duration_min=60, status="draft"
    )
    kept = create_own_programme(actor=PUBLIC, edition=public(edition), sessions=[str(hidden.guid), guid("GP1")])
    assert kept.sessions == [guid("GP1")], "what counts is the release, not the draft"
    with pytest.raises(NothingChosen):
        create_own_programme(actor=PUBLIC, edition=public(edition), sessions=[str(hidden.guid)])
    with pytest.raises(NothingChosen):
        create_own_programme(actor=PUBLIC, edition=public(edition), sessions=[])


@pytest.mark.django_db
def test_it_is_bounded(organiser: Actor) -> None:
    large = an_edition(15, slug="2024")
    fill_large(large, sessions=MOST_SESSIONS + 1, speakers=0)
    publish_release(actor=organiser, edition_id=large.pk, accept_violations=True)
    everything = [str(found) for found in Session.objects.values_list("guid", flat=True)]
    with pytest.raises(TooManyChosen):
        create_own_programme(actor=PUBLIC, edition=public(large), sessions=everything)
    kept = create_own_programme(actor=PUBLIC, edition=public(large), sessions=everything[1:])
    with pytest.raises(TooManyChosen):
        change_own_programme(actor=PUBLIC, edition=public(large), token=kept.token, add=everything)
    assert len(OwnProgramme.objects.get().sessions) == MOST_SESSIONS


@pytest.mark.django_db
def test_a_change_adds_and_takes_out(edition: Edition) -> None:
    kept = create_own_programme(actor=PUBLIC, edition=public(edition), sessions=[guid("GP1"), guid("AT1")], now=NOW)
    later = datetime(2023, 9, 2, 10, tzinfo=UTC)
    changed = change_own_programme(
        actor=PUBLIC,
        edition=public(edition),
        token=kept.token,
        add=[guid("AT2"), "nonsense"],
        remove=[guid("GP1")],
        now=later,
    )
    assert changed.sessions == [guid("AT1"), guid("AT2")]
    assert OwnProgramme.objects.get().updated_at == later
    change_own_programme(actor=PUBLIC, edition=public(edition), token=kept.token, now=datetime(2023, 9, 3, tzinfo=UTC))
    assert OwnProgramme.objects.get().updated_at == later, "asking changes nothing"


@pytest.mark.django_db
def test_a_session_that_left_and_comes_back_is_still_chosen(edition: Edition, organiser: Actor) -> None:
    kept = create_own_programme(actor=PUBLIC, edition=public(edition), sessions=[guid("GP1"), guid("AT1")])
    Session.objects.filter(code="GP1").update(status="draft")
    publish_release(actor=organiser, edition_id=edition.pk)
    changed = change_own_programme(actor=PUBLIC, edition=public(edition), token=kept.token, add=[guid("AT2")])
    assert changed.sessions == [guid("GP1"), guid("AT1"), guid("AT2")]


@pytest.mark.django_db
def test_another_editions_address_and_a_wrong_one_open_nothing(edition: Edition) -> None:
    other = an_edition(15, slug="2024")
    kept = create_own_programme(actor=PUBLIC, edition=public(edition), sessions=[guid("GP1")])
    for place, token in ((other, kept.token), (edition, "x" * 43)):
        with pytest.raises(NotFound):
            access_own_programme(token, edition_id=place.pk)
        with pytest.raises(NotFound):
            change_own_programme(actor=PUBLIC, edition=public(place), token=token, add=[guid("AT1")])
        forget_own_programme(actor=PUBLIC, edition=public(place), token=token)
    assert OwnProgramme.objects.count() == 1
    forget_own_programme(actor=PUBLIC, edition=public(edition), token=kept.token)
    forget_own_programme(actor=PUBLIC, edition=public(edition), token=kept.token)
    assert not OwnProgramme.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_changes_at_the_same_moment_are_all_kept(edition: Edition) -> None:
    shown = public(edition)
    codes = ["AT1", "AT2", "GP1", "GP2", "OUVERTURE"]
    guids = [guid(code) for code in codes]
    kept = create_own_programme(actor=PUBLIC, edition=shown, sessions=[guid("AG")])
    gate = threading.Barrier(len(guids))

    def add(one: str) -> None:
        gate.wait()
        try:
            change_own_programme(actor=PUBLIC, edition=shown, token=kept.token, add=[one])
        finally:
            connection.close()

    threads = [threading.Thread(target=add, args=(one,)) for one in guids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(OwnProgramme.objects.get().sessions) == {guid("AG"), *guids}


@pytest.mark.django_db
def test_it_is_erased_ninety_days_after_the_edition(edition: Edition) -> None:
    actor = system_actor("test")
    create_own_programme(actor=PUBLIC, edition=public(edition), sessions=[guid("GP1")], now=NOW)
    undated = an_edition(15, slug="2024", starts_on=None, ends_on=None)
    OwnProgramme.objects.create(edition=undated, token="u", sessions=[], created_at=NOW, updated_at=NOW)
    assert forget_own_programmes(actor=actor, now=datetime(2023, 11, 30, 12, tzinfo=UTC)) == 0
    assert forget_own_programmes(actor=actor, now=datetime(2023, 12, 1, 12, tzinfo=UTC)) == 1, "no date: its own age"
    assert forget_own_programmes(actor=actor, now=datetime(2023, 12, 18, 23, tzinfo=UTC)) == 0
    assert forget_own_programmes(actor=actor, now=datetime(2023, 12, 19, tzinfo=UTC)) == 1
    assert forget_own_programmes(actor=actor, now=datetime(2023, 12, 20, tzinfo=UTC)) == 0
    entries = LogEntry.objects.filter(action="edition.own_programmes_forgotten")
    assert [entry.details for entry in entries.order_by("pk")] == [{"count": 1}, {"count": 1}]


@pytest.mark.django_db
def test_a_programme_that_is_still_changed_lives_on(edition: Edition) -> None:
    recent = datetime(2024, 3, 1, tzinfo=UTC)
    kept = create_own_programme(actor=PUBLIC, edition=public(edition), sessions=[guid("GP1")], now=recent)
    assert str(kept.kept_until) == "2024-05-30"
    assert forget_own_programmes(actor=system_actor("test"), now=datetime(2024, 5, 30, tzinfo=UTC)) == 0
    assert forget_own_programmes(actor=system_actor("test"), now=datetime(2024, 5, 31, tzinfo=UTC)) == 1


@pytest.mark.django_db
def test_not_everybody_may_erase_and_the_task_does(edition: Edition) -> None:
    with pytest.raises(NotAllowed):
        forget_own_programmes(actor=PUBLIC)
    create_own_programme(actor=PUBLIC, edition=public(edition), sessions=[guid("GP1")], now=NOW)
    assert retention.forget_own_programmes() == 1
