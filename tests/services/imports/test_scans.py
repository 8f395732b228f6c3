"""Scans brought by a file: the door's own rule answers, what was answered is kept, and what was exported comes back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from parvis.domain.imports import NothingRefused, Outcome
from parvis.domain.onsite import Direction
from parvis.exports.onsite import scan_rows
from parvis.exports.spreadsheets import write_sheet
from parvis.ingest.import_sheets import import_sheets_of
from parvis.ingest.sheets import open_file
from parvis.models import Checkpoint, Scan
from parvis.queries.desk_onsite import ScanFilters, access_scans_to_export
from parvis.queries.figures import admitted_scans
from parvis.queries.onsite_scans import count_inside
from parvis.services.badges import replace_badge
from parvis.services.imports.plan import apply_import, plan_import
from parvis.services.registrations import cancel_registration
from parvis.services.scans import undo_scan
from tests.factories.import_files import Rows, plain_sheet
from tests.factories.onsite import (
    PARIS,
    SYSTEM,
    a_participant,
    a_session_door,
    an_edition_on_site,
    an_entrance,
    badge_code,
    make_member,
    read,
    verdicts,
)

pytestmark = pytest.mark.django_db
NINE = datetime(2023, 9, 18, 9, 0)


@pytest.fixture
def entrance(db: None) -> Checkpoint:
    return an_entrance(an_edition_on_site())


def _row(checkpoint: Checkpoint, code: str, minute: int = 0, **more: Any) -> dict[str, Any]:
    return {
        "scanned_at": NINE + timedelta(minutes=minute),
        "badge_code": code,
        "checkpoint": checkpoint.code,
        **more,
    }


def _take(checkpoint: Checkpoint, rows: Rows) -> list[str]:
    before = set(Scan.objects.values_list("pk", flat=True))
    apply_import(
        actor=SYSTEM, sheets=[plain_sheet("scans", rows)], edition_id=checkpoint.edition_id, filename="scans.xlsx"
    )
    return list(Scan.objects.exclude(pk__in=before).order_by("scanned_at").values_list("verdict", flat=True))


def test_the_rule_of_the_door_answers(entrance: Checkpoint) -> None:
    edition = entrance.edition
    assembly = a_session_door(edition, members_only=True)
    zoe, stranger = a_participant(edition), a_participant(edition, "Sans", organisation="Ville d’Ailleurs")
    make_member(zoe)
    lost = badge_code(zoe)
    replace_badge(actor=SYSTEM, registration_id=zoe.pk)
    gone = a_participant(edition, "Parti", organisation="Ville d’Hier")
    cancel_registration(actor=SYSTEM, registration_id=gone.pk)
    answers = _take(
        entrance,
        [
            _row(entrance, badge_code(zoe), 0),
            _row(entrance, zoe.reference, 1),
            _row(entrance, badge_code(zoe), 2, direction="out"),
            _row(entrance, badge_code(zoe), 3, direction="out"),
            _row(entrance, badge_code(zoe), 4),
            _row(entrance, lost, 5),
            _row(entrance, gone.reference, 6),
            _row(assembly, zoe.reference, 7),
            _row(assembly, stranger.reference, 8),
        ],
    )
    assert answers == [
        "admitted",
        "already_in",
        "admitted",
        "already_in",
        "admitted",
        "revoked",
        "cancelled",
        "admitted",
        "not_member",
    ]


def test_the_door_and_the_file_know_of_each_other(entrance: Checkpoint) -> None:
    zoe, ada = a_participant(entrance.edition), a_participant(entrance.edition, "Ada")
    read(entrance, badge_code(zoe), at=NINE.replace(tzinfo=PARIS))
    assert _take(entrance, [_row(entrance, zoe.reference, 5), _row(entrance, ada.reference, 6)]) == [
        "already_in",
        "admitted",
    ]
    assert read(entrance, badge_code(ada)).scan.verdict == "already_in"
    assert count_inside(entrance.pk) == 2


def test_members_of_the_same_file_are_members(entrance: Checkpoint) -> None:
    edition = entrance.edition
    assert edition.starts_on is not None
    assembly = a_session_door(edition, members_only=True)
    sheets = [
        plain_sheet(
            "organisations",
            [
                {
                    "kind": "association",
                    "name": "Association nouvelle",
                    "country": "FR",
                    "member_years": [edition.starts_on.year],
                }
            ],
        ),
        plain_sheet(
            "participants",
            [
                {
                    "first_name": "Ada",
                    "last_name": "Nouvelle",
                    "organisation": "Association nouvelle",
                    "external_reference": "EXT-1",
                }
            ],
        ),
        plain_sheet("scans", [{"scanned_at": NINE, "external_reference": "EXT-1", "checkpoint": assembly.code}]),
    ]
    apply_import(actor=SYSTEM, sheets=sheets, edition_id=edition.pk, filename="tout.xlsx")
    assert verdicts() == ["admitted"]


def test_an_undo_of_the_file_takes_back(entrance: Checkpoint) -> None:
    zoe = a_participant(entrance.edition)
    first, undo = str(uuid4()), str(uuid4())
    rows = [
        _row(entrance, zoe.reference, scan_id=first),
        _row(entrance, zoe.reference, 1, scan_id=undo, undoes=first),
        _row(entrance, zoe.reference, 2),
    ]
    assert _take(entrance, rows) == ["admitted"] * 3
    assert admitted_scans(entrance.edition_id).count() == 1
    again = plan_import(actor=SYSTEM, sheets=[plain_sheet("scans", rows)], edition_id=entrance.edition_id)
    assert {row.outcome for row in again[0].rows} == {Outcome.UNCHANGED}


@pytest.mark.parametrize("undoes", ["no identifier", "91c8ab3c-a591-4b04-a33e-11d10c348085"])
def test_what_is_not_there_cannot_be_taken_back(entrance: Checkpoint, undoes: str) -> None:
    zoe = a_participant(entrance.edition)
    with pytest.raises(NothingRefused):
        _take(entrance, [_row(entrance, zoe.reference, undoes=undoes)])
    scan = read(entrance, "R16-424242").scan
    with pytest.raises(NothingRefused):
        _take(entrance, [_row(entrance, zoe.reference, undoes=str(scan.pk))])


def test_nobody_is_admitted_by_a_word_of_the_file_alone(entrance: Checkpoint) -> None:
    with pytest.raises(NothingRefused):
        _take(entrance, [_row(entrance, "R16-424242", verdict="admitted")])
    assert _take(entrance, [_row(entrance, "R16-424242", verdict="unknown")]) == ["unknown"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_exported_comes_back(entrance: Checkpoint, language: str) -> None:
    zoe = a_participant(entrance.edition)
    first = read(entrance, badge_code(zoe), device="door-1").scan
    read(entrance, zoe.reference)
    read(entrance, badge_code(zoe), direction=Direction.OUT)
    read(entrance, "R16-424242")
    read(entrance, "0" * 25 + "1")
    undo_scan(actor=SYSTEM, undo_id=uuid4(), checkpoint_guid=entrance.guid, scan_id=first.pk)

    def exported() -> list[Any]:
        rows = access_scans_to_export(SYSTEM, edition_id=entrance.edition_id, filters=ScanFilters())
        content = write_sheet("scans", scan_rows(rows), language, zone=PARIS)
        return import_sheets_of(open_file(content, "scans.xlsx", kind="scans", language=language))

    kept = list(Scan.objects.order_by("pk").values_list("pk", "verdict", "direction", "undoes_id", "registration_id"))
    sheets = exported()
    plan = plan_import(actor=SYSTEM, sheets=sheets, edition_id=entrance.edition_id)
    assert [row.outcome for row in plan[0].rows] == [Outcome.UNCHANGED] * 6
    Scan.objects.filter(undoes__isnull=False).delete()
    Scan.objects.all().delete()
    apply_import(actor=SYSTEM, sheets=sheets, edition_id=entrance.edition_id, filename="scans.xlsx")
    assert kept == list(
        Scan.objects.order_by("pk").values_list("pk", "verdict", "direction", "undoes_id", "registration_id")
    )
