"""Every kind is taken in whole, and the same file brought again changes nothing."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.domain.access import Actor, system_actor
from parvis.domain.imports import (
    KIND_ORDER,
    EditionMissing,
    NothingRefused,
    Outcome,
    PlanChanged,
    ReferenceTaken,
    RepeatedRow,
    SheetPlan,
    fingerprint,
)
from parvis.domain.refusals import NotAllowed
from parvis.models import (
    Badge,
    Consent,
    Delegation,
    Edition,
    Honour,
    Intervention,
    Laureate,
    LogEntry,
    Mail,
    Mandate,
    Membership,
    Organisation,
    Person,
    Placement,
    Registration,
    Scan,
    Session,
    TimetableMove,
)
from parvis.services.imports.plan import apply_import, plan_import
from parvis.services.timetable import undo_move
from tests.factories.editions import an_edition
from tests.factories.import_files import Rows, plain_sheet, sample_rows, sheets_of

SYSTEM = system_actor("tests")
ORDER = [kind for kind in KIND_ORDER if kind in sample_rows()]


def take(rows: dict[str, Rows], edition: Edition, language: str = "fr") -> list[SheetPlan]:
    sheets = sheets_of(rows, language)
    refused = [line for line in told(plan_import(actor=SYSTEM, sheets=sheets, edition_id=edition.pk)) if line[4]]
    assert refused == []
    return apply_import(actor=SYSTEM, sheets=sheets, edition_id=edition.pk, filename="file.xlsx")


def outcomes(plans: list[SheetPlan]) -> dict[str, set[str]]:
    return {plan.kind: {str(row.outcome) for row in plan.rows} for plan in plans}


def told(plans: list[SheetPlan]) -> list[Any]:
    """Return whatever is not unchanged, with what it would change: empty when nothing happens."""
    return [
        (plan.kind, row.number, str(row.outcome), row.changes, [str(reason[2]) for reason in row.reasons])
        for plan in plans
        for row in plan.rows
        if row.outcome != Outcome.UNCHANGED
    ]


@pytest.fixture
def edition(db: None) -> Edition:
    return an_edition()


def test_the_samples_hold_every_kind() -> None:
    assert set(ORDER) == set(KIND_ORDER)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_one_workbook_with_every_kind_then_again(edition: Edition, language: str) -> None:
    first = take(sample_rows(), edition, language)
    assert not [line for line in told(first) if line[2] == "refused"]
    again = take(sample_rows(), edition, language)
    assert told(again) == []


@pytest.mark.parametrize("kind", ORDER)
def test_each_kind_by_itself_after_those_before_it(edition: Edition, kind: str) -> None:
    samples = sample_rows()
    for earlier in ORDER[: ORDER.index(kind)]:
        take({earlier: samples[earlier]}, edition)
    plans = take({kind: samples[kind]}, edition)
    assert "refused" not in outcomes(plans)[kind]
    assert "unchanged" not in outcomes(plans)[kind] or kind == "federation"
    assert told(take({kind: samples[kind]}, edition)) == []


def test_the_timetable_keeps_what_an_import_moves(edition: Edition) -> None:
    take(sample_rows(), edition)
    assert TimetableMove.objects.count() == Placement.objects.count() > 1
    assert {move.before["room"] for move in TimetableMove.objects.all()} == {None}
    take(sample_rows(), edition)
    assert TimetableMove.objects.count() == Placement.objects.count()
    rows = sample_rows()
    rows["sessions"][0] |= {"starts_at": time(10, 0), "ends_at": time(11, 0)}
    take(rows, edition)
    move = TimetableMove.objects.get(number=Placement.objects.count() + 1)
    assert (move.session.code, move.actor_label) == ("P1", SYSTEM.label)
    assert [(side["starts_at"], side["duration_min"]) for side in (move.before, move.after)] == [
        ("2023-09-19T07:30:00+00:00", 90),
        ("2023-09-19T08:00:00+00:00", 60),
    ]
    undo_move(actor=SYSTEM, edition_id=edition.pk, number=move.number)
    assert Placement.objects.get(session__code="P1").starts_at.isoformat() == "2023-09-19T07:30:00+00:00"
    assert Session.objects.get(code="P1").duration_min == 90


def test_what_a_workbook_brings(edition: Edition) -> None:
    take(sample_rows(), edition)
    dijon = Organisation.objects.get(insee_code="21231")
    assert dijon.siren
    assert sorted(Membership.objects.filter(organisation=dijon).values_list("year", flat=True)) == [2022, 2023]
    claire = Person.objects.get(email="claire@example.org")
    assert list(claire.mandates.values_list("title_fr", "organisation__kind")) == [
        ("Maire", "commune"),
        ("Présidente", "epci"),
    ]
    placed = Placement.objects.get(session__code="P1")
    assert placed.starts_at.isoformat() == "2023-09-19T07:30:00+00:00"
    assert (placed.ends_at - placed.starts_at).total_seconds() == 90 * 60
    speaks = Intervention.objects.get(session__code="P1")
    assert speaks.mandate is not None and speaks.mandate.organisation.kind == "epci"
    assert Session.objects.get(code="G1").group is not None
    registered = Registration.objects.get(external_reference="EXT-1")
    assert registered.registered_at.isoformat() == "2023-07-01T08:15:00+00:00"
    assert registered.mandate == claire.mandates.get(title_fr="Maire")
    assert registered.category.kind == "elected"
    assert registered.source == "form"
    cancelled = Registration.objects.get(external_reference="EXT-2")
    assert cancelled.status == "cancelled" and cancelled.cancelled_at is not None
    assert Registration.objects.get(external_reference="EXT-3").category.kind == "embassy"
    assert Badge.objects.filter(registration__edition=edition).count() == 3
    assert Delegation.objects.filter(edition=edition).count() == 3
    assert set(Consent.objects.values_list("person__email", "purpose")) == {
        ("claire@example.org", "image"),
        ("ada@example.org", "listed"),
    }
    assert Scan.objects.get().registration == registered
    assert Honour.objects.get().presidency.group.code == "senegal"
    assert Laureate.objects.get().organisation == dijon


def test_no_mail_leaves_and_one_line_is_logged(edition: Edition) -> None:
    take(sample_rows(), edition)
    assert not Mail.objects.exists()
    line = LogEntry.objects.get(action="import.applied")
    assert line.details["file"] == "file.xlsx"
    assert line.details["rows"]["participants"]["created"] == 3


def test_an_empty_cell_leaves_the_present_value_alone(edition: Edition) -> None:
    take(sample_rows(), edition)
    known = Registration.objects.get(external_reference="EXT-1")
    rows = {"participants": [{**sample_rows()["participants"][0], "registered_at": None, "gender": "", "language": ""}]}
    assert told(take(rows, edition)) == []
    known.refresh_from_db()
    assert known.person.gender == "F" and known.language == "fr"


def test_a_change_is_shown_before_and_after(edition: Edition) -> None:
    take(sample_rows(), edition)
    rows = {"rooms": [{"name": "Amphithéâtre", "capacity": 380}]}
    (plan,) = plan_import(actor=SYSTEM, sheets=sheets_of(rows), edition_id=edition.pk)
    assert plan.rows[0].outcome == Outcome.CHANGED
    assert plan.rows[0].changes == {"capacity": ("400", "380")}


def test_a_plan_reads_in_a_constant_number_of_queries(edition: Edition, django_assert_num_queries: Any) -> None:
    take(sample_rows(), edition)
    few = {"participants": [*sample_rows()["participants"], *_newcomers(1)]}
    many = {"participants": [*sample_rows()["participants"], *_newcomers(120)]}
    with CaptureQueriesContext(connection) as asked:
        plan_import(actor=SYSTEM, sheets=sheets_of(few), edition_id=edition.pk)
    with django_assert_num_queries(len(asked)):
        plan_import(actor=SYSTEM, sheets=sheets_of(many), edition_id=edition.pk)


def test_changing_many_known_registrations_reads_as_few_rows(
    edition: Edition, django_assert_max_num_queries: Any
) -> None:
    take({"participants": _newcomers(60)}, edition)
    moved = [
        {**row, "organisation": "Lyon", "organisation_code": "69123", "category": "guest"} for row in _newcomers(60)
    ]
    with django_assert_max_num_queries(14):
        (plan,) = plan_import(actor=SYSTEM, sheets=sheets_of({"participants": moved}), edition_id=edition.pk)
    assert plan.counts()["changed"] == 60
    take({"participants": moved}, edition)
    assert told(take({"participants": moved}, edition)) == []
    assert not Mandate.objects.filter(registrations__isnull=False).exclude(organisation__name_fr="Lyon").exists()


def _newcomers(count: int) -> Rows:
    return [
        {
            "first_name": f"Prénom{n}",
            "last_name": f"Nom{n}",
            "email": f"p{n}@example.org",
            "organisation": "Dijon",
            "organisation_code": "21231",
            "category": "elected",
            "external_reference": f"N{n}",
        }
        for n in range(count)
    ]


PEOPLE = st.fixed_dictionaries(
    {
        "first_name": st.sampled_from(["Ana", "Béa", "Chloé"]),
        "last_name": st.sampled_from(["Un", "Deux"]),
        "email": st.sampled_from(["", "a@example.org", "b@example.org"]),
        "organisation": st.sampled_from(["Dijon", "Lyon", "Ambassade du Bénin"]),
        "organisation_kind": st.sampled_from(["", "embassy"]),
        "title_fr": st.sampled_from(["", "Maire", "Adjointe"]),
        "status": st.sampled_from(["", "confirmed", "cancelled"]),
        "external_reference": st.sampled_from(["", "R1", "R2", "R3"]),
    }
)


@pytest.mark.django_db
@settings(max_examples=40)
@given(rows=st.lists(PEOPLE, min_size=1, max_size=6))
def test_any_small_file_that_is_accepted_changes_nothing_the_second_time(rows: Rows) -> None:
    with transaction.atomic():
        edition = an_edition()
        sheet = plain_sheet("participants", rows)
        (plan,) = plan_import(actor=SYSTEM, sheets=[sheet], edition_id=edition.pk)
        good = [row for row, line in zip(rows, plan.rows, strict=True) if line.outcome != Outcome.REFUSED]
        sheet = plain_sheet("participants", good)
        (plan,) = plan_import(actor=SYSTEM, sheets=[sheet], edition_id=edition.pk)
        if plan.counts()["refused"] == 0:
            apply_import(actor=SYSTEM, sheets=[sheet], edition_id=edition.pk, filename="")
            count = Registration.objects.count()
            again = apply_import(actor=SYSTEM, sheets=[sheet], edition_id=edition.pk, filename="")
            assert told(again) == []
            assert Registration.objects.count() == count
        transaction.set_rollback(True)


def test_a_row_without_a_title_makes_no_mandate_and_leaves_a_known_one(edition: Edition) -> None:
    bare = {key: value for key, value in _newcomers(1)[0].items() if key != "title_fr"}
    take({"participants": [bare]}, edition)
    assert not Mandate.objects.exists()
    take({"participants": [{**bare, "title_fr": "Maire"}]}, edition)
    assert Registration.objects.get().mandate == Mandate.objects.get()
    assert told(take({"participants": [bare]}, edition)) == []
    take({"participants": [{**bare, "organisation": "Lyon", "organisation_code": "69123"}]}, edition)
    moved = Registration.objects.get()
    assert moved.mandate is None and moved.organisation.name_fr == "Lyon"
    assert moved.delegation is not None and moved.delegation.organisation == moved.organisation
    assert Person.objects.count() == 1


def test_somebody_without_address_or_mandate_is_known_again(edition: Edition) -> None:
    row = {"first_name": "Léo", "last_name": "Sans", "organisation": "Dijon", "organisation_code": "21231"}
    take({"participants": [row]}, edition)
    assert told(take({"participants": [row]}, edition)) == []


def test_a_reference_is_one_persons(edition: Edition) -> None:
    take({"participants": _newcomers(1)}, edition)
    other = {**_newcomers(1)[0], "first_name": "Autre", "email": "autre@example.org"}
    (plan,) = plan_import(actor=SYSTEM, sheets=sheets_of({"participants": [other]}), edition_id=edition.pk)
    assert isinstance(plan.rows[0].reasons[0][2], ReferenceTaken)


def test_two_rows_that_contradict_each_other_are_refused_and_twins_are_one(edition: Edition) -> None:
    one = _newcomers(1)[0]
    (plan,) = plan_import(
        actor=SYSTEM, sheets=sheets_of({"participants": [one, one, {**one, "diet": "vegan"}]}), edition_id=edition.pk
    )
    assert [str(row.outcome) for row in plan.rows] == ["created", "unchanged", "refused"]
    assert isinstance(plan.rows[2].reasons[0][2], RepeatedRow)


def test_cancelling_and_coming_back_keep_the_moments_true(edition: Edition) -> None:
    row = _newcomers(1)[0]
    take({"participants": [{**row, "status": "cancelled"}]}, edition)
    assert Registration.objects.get().cancelled_at is not None
    take({"participants": [{**row, "status": "confirmed"}]}, edition)
    again = Registration.objects.get()
    assert again.status == "confirmed" and again.cancelled_at is None and again.confirmed_at is not None


def test_a_refused_row_keeps_everything_out(edition: Edition) -> None:
    rows = [*_newcomers(3), {**_newcomers(1)[0], "first_name": "Voleur"}]
    with pytest.raises(NothingRefused):
        apply_import(actor=SYSTEM, sheets=sheets_of({"participants": rows}), edition_id=edition.pk, filename="f")
    assert not Person.objects.exists() and not Registration.objects.exists()


def test_a_plan_that_is_out_of_date_writes_nothing(edition: Edition) -> None:
    sheets = sheets_of({"participants": _newcomers(2)})
    shown = fingerprint(plan_import(actor=SYSTEM, sheets=sheets, edition_id=edition.pk))
    take({"participants": _newcomers(1)}, edition)
    with pytest.raises(PlanChanged):
        apply_import(actor=SYSTEM, sheets=sheets, edition_id=edition.pk, filename="f", expected=shown)
    assert Registration.objects.count() == 1


def test_sheets_of_an_edition_need_one(db: None) -> None:
    with pytest.raises(EditionMissing):
        plan_import(actor=SYSTEM, sheets=sheets_of({"participants": _newcomers(1)}), edition_id=None)


def test_only_who_may_import_may(edition: Edition, door: Actor) -> None:
    with pytest.raises(NotAllowed):
        plan_import(actor=door, sheets=[], edition_id=edition.pk)
    with pytest.raises(NotAllowed):
        apply_import(actor=door, sheets=[], edition_id=edition.pk, filename="f")
