"""The door at the desk: counts, every scan, the spreadsheet, and making the doors."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from parvis.domain.access import Actor
from parvis.domain.imports import Outcome
from parvis.domain.onsite import Direction
from parvis.ingest.import_sheets import import_sheets_of
from parvis.ingest.sheets import open_file
from parvis.models import Checkpoint, Edition
from parvis.services.imports.plan import plan_import
from parvis.services.scans import undo_scan
from tests.factories.onsite import (
    SYSTEM,
    a_participant,
    a_session_door,
    an_edition_on_site,
    an_entrance,
    badge_code,
    read,
)

pytestmark = pytest.mark.django_db
DOOR = "/desk/edition-16/door/"
SCANS = "/desk/edition-16/door/scans/"


@pytest.fixture
def edition(db: None) -> Edition:
    return an_edition_on_site()


def _text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_what_each_door_counted(edition: Edition, read_only_client: Client) -> None:
    entrance = an_entrance(edition)
    zoe, ada = a_participant(edition), a_participant(edition, "Lovelace", first_name="Ada")
    read(entrance, badge_code(zoe))
    read(entrance, zoe.reference)
    read(entrance, badge_code(zoe), direction=Direction.OUT)
    scan = read(entrance, badge_code(ada)).scan
    undo_scan(actor=SYSTEM, undo_id=uuid4(), checkpoint_guid=entrance.guid, scan_id=scan.pk)
    read(entrance, "R16-424242")
    page = _text(read_only_client, DOOR)
    assert "Entrée, jour 1" in page
    assert '<td class="number"><strong>1</strong></td> <td class="number">0</td> <td class="number">1</td>' in page
    assert "Code inconnu : 1" in page
    assert "Créer les entrées" not in page and f"/door/{entrance.guid}/" not in page


def test_an_edition_without_doors_says_what_to_do(edition: Edition, organiser_client: Client) -> None:
    page = _text(organiser_client, DOOR)
    assert "Il n’y a pas encore d’entrée" in page and "Créer les entrées" in page


def test_making_the_doors(edition: Edition, organiser_client: Client, read_only_client: Client) -> None:
    a_session_door(edition)
    answer = organiser_client.post(f"{DOOR}make/", follow=True)
    assert "2 entrées ont été créées" in answer.content.decode()
    assert Checkpoint.objects.filter(edition=edition, kind="entrance").count() == 2
    answer = organiser_client.post(f"{DOOR}make/", follow=True)
    assert "Rien ne manquait" in answer.content.decode()
    assert read_only_client.post(f"{DOOR}make/").status_code == 403
    assert organiser_client.get(f"{DOOR}make/").status_code == 405


@pytest.mark.parametrize("address", [DOOR, SCANS, f"{SCANS}?export=xlsx"])
def test_the_door_and_the_press_do_not_read_the_desk(
    edition: Edition, door_client: Client, press_client: Client, client: Client, address: str
) -> None:
    assert door_client.get(address).status_code == press_client.get(address).status_code == 403
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("address", [DOOR, SCANS])
def test_as_many_queries_for_many_doors_as_for_one(
    edition: Edition, read_only: Actor, client_of: Callable[[Actor], Client], address: str
) -> None:
    client = client_of(read_only)
    read(an_entrance(edition), badge_code(a_participant(edition)))
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(12):
        door = a_session_door(edition, code=f"S{number}")
        read(door, badge_code(a_participant(edition, f"Nom{number}")))
        read(door, "R16-424242")
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=dupre", {"Dupré Zoé"}),
        ("q=DIJON+zoe", {"Dupré Zoé"}),
        ("q=R16-424242", {"R16-424242"}),
        ("verdict=unknown", {"R16-424242"}),
        ("checkpoint=session-ag", {"Martin Léa"}),
        ("q=personne", set()),
        ("q=%25", set()),
        ("verdict=nonsense", set()),
        ("page=9", {"Dupré Zoé", "Martin Léa", "R16-424242"}),
    ],
)
def test_searching_and_filtering(edition: Edition, read_only_client: Client, query: str, found: set[str]) -> None:
    entrance, workshop = an_entrance(edition), a_session_door(edition)
    read(entrance, badge_code(a_participant(edition)))
    read(workshop, badge_code(a_participant(edition, "Martin", first_name="Léa", organisation="Ville d’Essai")))
    read(entrance, "R16-424242")
    page = _text(read_only_client, f"{SCANS}?{query}")
    table = page[page.find("<tbody>") : page.find("</tbody>")] if "<tbody>" in page else ""
    assert {each for each in ("Dupré Zoé", "Martin Léa", "R16-424242") if each in table} == found
    assert found or "Rien ne correspond" in page or '<div class="empty">' in page


def test_the_spreadsheet_is_what_the_import_accepts(edition: Edition, read_only_client: Client) -> None:
    entrance = an_entrance(edition)
    scan = read(entrance, badge_code(a_participant(edition))).scan
    undo_scan(actor=SYSTEM, undo_id=uuid4(), checkpoint_guid=entrance.guid, scan_id=scan.pk)
    read(entrance, "R16-424242")
    response = read_only_client.get(f"{SCANS}?export=xlsx")
    assert response.headers["Cache-Control"] == "private, no-store"
    sheets = import_sheets_of(open_file(response.content, "scans.xlsx", kind=None))
    assert [sheet.kind for sheet in sheets] == ["scans"]
    plan = plan_import(actor=SYSTEM, sheets=sheets, edition_id=edition.pk)
    assert [row.outcome for row in plan[0].rows] == [Outcome.UNCHANGED] * 3
    narrowed = read_only_client.get(f"{SCANS}?export=xlsx&verdict=unknown")
    (sheet,) = import_sheets_of(open_file(narrowed.content, "scans.xlsx", kind=None))
    assert [row.values["badge_code"] for row in sheet.rows] == ["R16-424242"]
