"""The door's reads: who is inside agrees with the rule, lists take few queries, names are found as they are typed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from parvis.domain.access import Actor
from parvis.domain.onsite import Direction
from parvis.domain.onsite.opening import Opening
from parvis.domain.onsite.passages import Passage, standing
from parvis.domain.refusals import NotAllowed, NotFound
from parvis.models import Category, Checkpoint, Organisation, Person, Placement, Registration, Room, Scan
from parvis.queries.onsite import access_checkpoint, list_checkpoints
from parvis.queries.onsite_doors import access_door, facts_of
from parvis.queries.onsite_scans import access_scan, count_inside, list_latest_scans
from parvis.queries.onsite_search import search_candidates
from tests.factories.onsite import (
    PARIS,
    SYSTEM,
    a_participant,
    a_session_door,
    an_edition_on_site,
    an_entrance,
    badge_code,
    read,
)

SCANS = st.lists(
    st.tuples(
        st.integers(0, 2),  # who
        st.sampled_from(list(Direction)),
        st.integers(0, 3),  # scanned, in minutes
        st.integers(0, 3),  # received, in minutes
        st.sampled_from(["stands", "taken back", "refused"]),
    ),
    max_size=10,
)


class InsideAgrees(TestCase):
    """The database counts those inside as the domain does, whatever came in whichever order."""

    @given(SCANS)
    @settings(max_examples=40)
    def test_the_database_agrees_with_the_rule(self, scans: list[Any]) -> None:
        edition = an_edition_on_site()
        entrance, other = an_entrance(edition), an_entrance(edition, number=2)
        category = Category.objects.create(edition=edition, kind="guest", name_fr="Invité")
        organisation = Organisation.objects.first()
        assert organisation is not None
        people = [
            Registration.objects.create(
                edition=edition,
                reference=f"R{number}",
                person=Person.objects.create(slug=f"p{number}", first_name="P", last_name=str(number)),
                organisation=organisation,
                category=category,
                source="form",
                manage_token=f"token-{number}",
                registered_at=timezone.now(),
            )
            for number in range(3)
        ]
        passages: dict[int, list[Passage]] = {}
        eight = timezone.now()
        for who, direction, scanned, received, fate in scans:
            given: dict[str, Any] = {
                "checkpoint": entrance,
                "registration": people[who],
                "scanned_at": eight + timedelta(minutes=scanned),
                "received_at": eight + timedelta(minutes=received),
            }
            verdict = "not_member" if fate == "refused" else "admitted"
            scan = Scan.objects.create(id=uuid4(), verdict=verdict, direction=direction, **given)
            if fate == "taken back":
                Scan.objects.create(id=uuid4(), verdict="admitted", direction="out", undoes=scan, **given)
            elif fate == "stands":
                passage = Passage(direction, given["scanned_at"], given["received_at"])
                passages.setdefault(who, []).append(passage)
        expected = sum(standing(found) is Direction.IN for found in passages.values())
        assert count_inside(entrance.pk) == expected
        assert count_inside(other.pk) == 0


@pytest.mark.django_db
class TestListOfDoors:
    def test_today_first_then_by_day_and_hour(self, door: Actor) -> None:
        edition = an_edition_on_site(starts_on=timezone.now().astimezone(PARIS).date() - timedelta(days=1))
        yesterdays, todays = an_entrance(edition), an_entrance(edition, number=2)
        assert edition.venue is not None
        room = Room.objects.create(venue=edition.venue, slug="s", name="Salle")
        workshop = a_session_door(edition, code="AT1")
        now = timezone.now().astimezone(PARIS).replace(hour=12, minute=0)
        assert workshop.session is not None
        Placement.objects.create(
            session=workshop.session,
            room=room,
            starts_at=now - timedelta(minutes=30),
            ends_at=now + timedelta(minutes=30),
        )
        loose = a_session_door(edition, code="ZZ")
        (found,) = list_checkpoints(door, now=now)
        assert found.opening is Opening.NOW
        guids = [[line.guid for line in day.lines] for day in found.days]
        assert guids == [[todays.guid, workshop.guid], [yesterdays.guid], [loose.guid]]
        assert [day.is_today for day in found.days] == [True, False, False]
        assert found.days[0].lines[1].is_on(now) and not found.days[0].lines[1].is_on(now + timedelta(hours=1))

    def test_under_way_before_over_before_closed(self, door: Actor) -> None:
        over = an_edition_on_site(14, status="held", starts_on=date(2023, 9, 18), ends_on=date(2023, 9, 19))
        later = an_edition_on_site(17, status="open", starts_on=date(2099, 9, 18), ends_on=date(2099, 9, 19))
        now = an_edition_on_site(16)
        archived = an_edition_on_site(12, status="archived")
        for edition in (over, later, now, archived):
            an_entrance(edition)
        found = list_checkpoints(door, now=timezone.now())
        assert [each.slug for each in found] == [now.slug, over.slug, later.slug]
        assert [each.opening for each in found] == [Opening.NOW, Opening.LATE, None]
        assert "18/09/2099" in str(found[2].closed)

    @pytest.mark.parametrize("doors", [1, 12])
    def test_two_queries_whatever_the_number(self, door: Actor, doors: int, django_assert_num_queries: Any) -> None:
        for number in (14, 15):
            edition = an_edition_on_site(number)
            an_entrance(edition)
            for each in range(doors):
                checkpoint = a_session_door(edition, code=f"S{each}")
                read(checkpoint, badge_code(a_participant(edition, f"Nom{each}")))
        with django_assert_num_queries(2):
            found = list_checkpoints(door, now=timezone.now())
            assert sum(line.inside for each in found for day in each.days for line in day.lines) == 2 * doors

    def test_only_who_may_scan(self, press: Actor, read_only: Actor) -> None:
        entrance = an_entrance(an_edition_on_site())
        for actor in (press, read_only):
            with pytest.raises(NotAllowed):
                list_checkpoints(actor, now=timezone.now())
            with pytest.raises(NotAllowed):
                access_checkpoint(actor, guid=entrance.guid)
            with pytest.raises(NotAllowed):
                search_candidates(actor, edition_id=1, checkpoint_id=1, text="du")
        with pytest.raises(NotFound):
            access_checkpoint(SYSTEM, guid=uuid4())


@pytest.fixture
def entrance(db: None) -> Checkpoint:
    return an_entrance(an_edition_on_site())


def _names(checkpoint: Checkpoint, text: str) -> list[str]:
    found = search_candidates(SYSTEM, edition_id=checkpoint.edition_id, checkpoint_id=checkpoint.pk, text=text)
    return [person.name for person in found.people]


def test_names_organisations_and_references_are_found(entrance: Checkpoint) -> None:
    edition = entrance.edition
    zoe = a_participant(edition, "Dupré")
    a_participant(edition, "Ladup", first_name="Léa")
    a_participant(edition, "Martin", first_name="Édouard", organisation="Communauté du Dupleix")
    a_participant(an_edition_on_site(15), "Dupin", organisation="Ville d’Hier")
    assert _names(entrance, "DUP") == ["Zoé Dupré", "Léa Ladup", "Édouard Martin"]
    assert _names(entrance, "zoe dup") == _names(entrance, "dupré, zoé") == ["Zoé Dupré"]
    assert _names(entrance, "edouard dupleix") == ["Édouard Martin"]
    assert _names(entrance, zoe.reference[-4:]) == ["Zoé Dupré"]
    assert _names(entrance, "d") == _names(entrance, "dupin") == _names(entrance, "%") == []


def test_who_is_inside_or_cancelled_is_marked(entrance: Checkpoint) -> None:
    gone = a_participant(entrance.edition, "Dupont")
    gone.status = "cancelled"
    gone.save()
    read(entrance, badge_code(a_participant(entrance.edition, "Dupuis", first_name="Ada", organisation="Essai")))
    found = search_candidates(SYSTEM, edition_id=entrance.edition_id, checkpoint_id=entrance.pk, text="dup").people
    assert [(each.name, each.is_cancelled, each.is_inside) for each in found] == [
        ("Ada Dupuis", False, True),
        ("Zoé Dupont", True, False),
    ]


@pytest.mark.parametrize("people", [1, 30])
def test_searching_takes_three_queries(entrance: Checkpoint, people: int, django_assert_num_queries: Any) -> None:
    for number in range(people):
        a_participant(entrance.edition, f"Dupré{number}")
    with django_assert_num_queries(3):
        found = search_candidates(SYSTEM, edition_id=entrance.edition_id, checkpoint_id=entrance.pk, text="dupre")
        assert (len(found.people), found.more) == (min(people, 8), people > 8)


@pytest.mark.parametrize("people", [1, 12])
def test_the_latest_scans_take_one_query(entrance: Checkpoint, people: int, django_assert_num_queries: Any) -> None:
    for number in range(people):
        read(entrance, badge_code(a_participant(entrance.edition, f"Nom{number}")))
    read(entrance, "R16-424242")
    door = facts_of(entrance)
    with django_assert_num_queries(1):
        latest = list_latest_scans(SYSTEM, door=door)
    assert len(latest) == min(people + 1, 12)
    assert (latest[0].code, latest[0].name, latest[0].can_undo) == ("R16-424242", "", False)
    assert (latest[1].name, latest[1].mandate, latest[1].can_undo) == (
        f"Zoé Nom{people - 1}",
        "Adjointe au maire de Dijon",
        True,
    )


def test_a_scan_says_what_it_repeats(entrance: Checkpoint, door: Actor) -> None:
    zoe = a_participant(entrance.edition)
    first = read(entrance, badge_code(zoe), actor=door).scan
    again = read(entrance, badge_code(zoe)).scan
    seen = access_scan(SYSTEM, door=facts_of(entrance), scan_id=again.pk)
    assert (seen.before, seen.before_by) == (first.scanned_at.astimezone(PARIS), "Door")
    other = an_entrance(entrance.edition, number=2)
    with pytest.raises(NotFound):
        access_scan(SYSTEM, door=facts_of(other), scan_id=again.pk)


def test_the_facts_of_a_door_are_the_same_by_either_way(db: None) -> None:
    edition = an_edition_on_site()
    for checkpoint in (an_entrance(edition), a_session_door(edition, members_only=True)):
        loaded = access_checkpoint(SYSTEM, guid=checkpoint.guid)
        assert access_door(SYSTEM, guid=checkpoint.guid) == facts_of(loaded)
    edition.venue = None
    edition.save()
    assert access_door(SYSTEM, guid=checkpoint.guid).zone == PARIS
    with pytest.raises(NotFound):
        access_door(SYSTEM, guid=uuid4())
