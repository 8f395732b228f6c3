"""Publishing freezes, numbers and logs; a draft is never published; nothing personal of participants is frozen."""

from __future__ import annotations

import json

import pytest
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.domain.programme.release import EditionIsDraft, NothingChanged, from_json, to_json
from parvis.domain.refusals import NotAllowed
from parvis.models import LogEntry, Placement, Session
from parvis.queries.release_content import build_payload
from parvis.queries.releases import get_current_release, get_public_stamp, list_public_editions
from parvis.services.figures import take_snapshot
from parvis.services.releases import publish_release
from tests.factories.editions import an_edition, fill

pytestmark = pytest.mark.django_db


def test_publishing_freezes_numbers_and_logs(organiser: Actor) -> None:
    edition = an_edition()
    fill(edition)
    first = publish_release(actor=organiser, edition_id=edition.pk, note="Premier")
    Session.objects.filter(edition=edition, code="S001").update(status="cancelled")
    second = publish_release(actor=organiser, edition_id=edition.pk)
    assert (first.number, second.number) == (1, 2)
    assert [change["kind"] for change in second.difference] == ["cancelled"]
    assert from_json(first.payload).sessions[1].status == "confirmed"
    assert get_current_release(edition.pk) == second
    assert LogEntry.objects.filter(action="release.published").count() == 2


def test_a_release_that_says_the_same_is_refused(organiser: Actor) -> None:
    edition = an_edition()
    publish_release(actor=organiser, edition_id=edition.pk)
    with pytest.raises(NothingChanged):
        publish_release(actor=organiser, edition_id=edition.pk)
    assert edition.releases.count() == 1


def test_a_draft_edition_is_refused(organiser: Actor) -> None:
    edition = an_edition(status="draft")
    with pytest.raises(EditionIsDraft):
        publish_release(actor=organiser, edition_id=edition.pk)
    assert list_public_editions() == []


def test_only_those_with_the_right_publish(door: Actor, read_only: Actor, press: Actor) -> None:
    edition = an_edition()
    for actor in (door, read_only, press):
        with pytest.raises(NotAllowed):
            publish_release(actor=actor, edition_id=edition.pk)
    assert not edition.releases.exists()


def test_nothing_of_a_participant_is_frozen(organiser: Actor) -> None:
    edition = an_edition()
    fill(edition, attendees=8)
    take_snapshot(actor=organiser, edition_id=edition.pk)
    frozen = json.dumps(publish_release(actor=organiser, edition_id=edition.pk).payload, ensure_ascii=False)
    assert "Discrète" not in frozen
    assert "secret" not in frozen


def test_draft_sessions_stay_out_and_unplaced_ones_wait(organiser: Actor) -> None:
    edition = an_edition()
    fill(edition, sessions=3)
    Session.objects.filter(code="S001").update(status="draft")
    Placement.objects.filter(session__code="S002").delete()
    content = build_payload(edition.pk)
    assert {s.code: bool(s.starts_at) for s in content.sessions} == {"S000": True, "S002": False}
    assert from_json(to_json(content)) == content


def test_times_are_the_venues(organiser: Actor) -> None:
    edition = an_edition()
    fill(edition, sessions=1)
    assert build_payload(edition.pk).sessions[0].starts_at == "2023-09-18T07:30+02:00"


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    small, large = an_edition(13, slug="2022"), an_edition(14, slug="2023")
    fill(large, sessions=20, speakers=20, attendees=30, organisations=12)
    with django_assert_max_num_queries(16):
        build_payload(small.pk)
    with django_assert_max_num_queries(16):
        build_payload(large.pk)


def test_the_stamp_follows_what_is_public(organiser: Actor) -> None:
    edition = an_edition(status="announced")
    stamps = [get_public_stamp()]
    edition.status = "open"
    edition.save()
    stamps.append(get_public_stamp())
    publish_release(actor=organiser, edition_id=edition.pk)
    stamps.append(get_public_stamp())
    assert len(set(stamps)) == 3
    assert get_public_stamp() == stamps[-1]
