"""Counting in the database agrees with counting by hand, whatever the edition."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from parvis.domain.access import Actor
from parvis.domain.figures.definitions import DEFINITIONS
from parvis.domain.network.kinds import FRENCH_AUTHORITIES
from parvis.domain.refusals import NotAllowed
from parvis.models import Category, Checkpoint, Membership, Organisation, Person, Registration, Scan, Session
from parvis.queries.figure_rows import list_figure_rows, rows_of
from parvis.queries.figures import count_figures
from parvis.queries.snapshots import figures_of, frozen_row_ids
from parvis.services.figures import take_snapshot
from tests.factories.editions import an_edition, an_organisation, fill

PEOPLE = st.lists(
    st.tuples(
        st.sampled_from([("commune", "FR"), ("epci", "FR"), ("embassy", "SN"), ("foreign_authority", "SN")]),
        st.integers(0, 2),  # which organisation of that kind
        st.sampled_from(["F", "M", ""]),
        st.sampled_from(["confirmed", "pending", "cancelled"]),
        st.lists(st.tuples(st.integers(0, 2), st.booleans()), max_size=3),  # (door, taken back)
    ),
    max_size=8,
)


class CountedTwice(TestCase):
    """The same small editions, counted by the queries and by a loop."""

    @given(PEOPLE)
    @settings(max_examples=25)
    def test_the_database_counts_as_a_person_would(self, people: list[tuple]) -> None:  # type: ignore[type-arg]
        edition = an_edition()
        category = Category.objects.create(edition=edition, kind="guest", name_fr="Invité")
        session = Session.objects.create(
            edition=edition, code="A", slug="a", format="workshop", title_fr="A", duration_min=90, status="confirmed"
        )
        doors = [
            Checkpoint.objects.create(edition=edition, code="e1", kind="entrance", name_fr="E1", day=edition.starts_on),
            Checkpoint.objects.create(edition=edition, code="e2", kind="entrance", name_fr="E2", day=edition.ends_on),
            Checkpoint.objects.create(edition=edition, code="s", kind="session", name_fr="S", session=session),
        ]
        organisations: dict[tuple[str, str, int], Organisation] = {}
        seen: list[tuple[Organisation, str, str, list[int]]] = []
        now = timezone.now()
        for number, ((kind, country), which, gender, status, scans) in enumerate(people):
            key = (kind, country, which)
            if key not in organisations:
                organisations[key] = an_organisation(f"{kind} {which}", kind=kind, country=country)
            person = Person.objects.create(slug=f"p{number}", first_name="P", last_name=str(number), gender=gender)
            registration = Registration.objects.create(
                edition=edition,
                reference=f"R{number}",
                person=person,
                organisation=organisations[key],
                category=category,
                status=status,
                source="form",
                manage_token=f"token-{number}",
                registered_at=now,
            )
            admitted = []
            for order, (door, taken_back) in enumerate(scans):
                scan = Scan.objects.create(
                    id=uuid4(),
                    checkpoint=doors[door],
                    registration=registration,
                    verdict="admitted",
                    scanned_at=now + timedelta(seconds=order),
                    received_at=now,
                )
                if taken_back:
                    Scan.objects.create(
                        id=uuid4(),
                        checkpoint=doors[door],
                        registration=registration,
                        verdict="admitted",
                        direction="out",
                        scanned_at=now,
                        received_at=now,
                        undoes=scan,
                    )
                else:
                    admitted.append(door)
            seen.append((organisations[key], gender, status, admitted))
        counted = {code: figure.value for code, figure in count_figures(edition.pk).items()}
        present = [row for row in seen if row[3]]
        registered = [row for row in seen if row[2] != "cancelled"]
        assert counted["registered"] == len(registered)
        assert counted["cancelled"] == len(seen) - len(registered)
        assert counted["present"] == len(present)
        assert counted["absent"] == sum(not row[3] for row in registered)
        french = {row[0].pk for row in present if row[0].kind in FRENCH_AUTHORITIES}
        assert counted["french_authorities_present"] == len(french)
        assert counted["countries_present"] == len({row[0].country for row in present} - {"FR"})
        assert counted["embassies_present"] == len({row[0].pk for row in present if row[0].kind == "embassy"})
        assert counted["gender_undeclared"] == sum(row[1] == "" for row in present)
        assert counted["session_attendances"] == sum(2 in row[3] for row in present)
        for code, definition in DEFINITIONS.items():
            if (
                definition.rows in ("registrations", "organisations")
                and "countries" not in code
                and "share" not in code
            ):
                assert rows_of(edition.pk, code).count() == counted[code], code


@pytest.mark.django_db
def test_a_constant_number_of_queries(django_assert_num_queries: Callable[..., object]) -> None:
    small, large = an_edition(1, slug="small"), an_edition(2, slug="large")
    fill(large, sessions=6, speakers=6, attendees=30, organisations=12)
    for edition in (small, large):
        with django_assert_num_queries(9):
            count_figures(edition.pk)


@pytest.mark.django_db
def test_a_snapshot_keeps_value_and_rows(organiser: Actor, read_only: Actor) -> None:
    edition = an_edition()
    fill(edition, attendees=7)
    before = Registration.objects.filter(edition=edition).count()
    snapshot = take_snapshot(actor=organiser, edition_id=edition.pk, note="avant")
    Registration.objects.filter(edition=edition).update(status="cancelled")
    assert figures_of(snapshot)["registered"].value == before
    assert len(frozen_row_ids(snapshot, "registered")) == before
    assert count_figures(edition.pk)["registered"].value == 0
    assert take_snapshot(actor=organiser, edition_id=edition.pk).number == 2
    with pytest.raises(NotAllowed):
        take_snapshot(actor=read_only, edition_id=edition.pk)


@pytest.mark.django_db
def test_rows_behind_a_figure_need_the_right_to_read(press: Actor, read_only: Actor) -> None:
    edition = an_edition()
    with pytest.raises(NotAllowed):
        list_figure_rows(press, edition_id=edition.pk, code="registered")
    assert list_figure_rows(read_only, edition_id=edition.pk, code="registered").count() == 0


@pytest.mark.django_db
def test_members_are_those_of_the_editions_year() -> None:
    edition = an_edition()
    fill(edition, attendees=3)
    organisation = Registration.objects.filter(edition=edition)[0].organisation
    Membership.objects.create(organisation=organisation, year=2022)
    assert count_figures(edition.pk)["members_registered"].value == 0
    Membership.objects.create(organisation=organisation, year=2023)
    assert count_figures(edition.pk)["members_registered"].value == 1
