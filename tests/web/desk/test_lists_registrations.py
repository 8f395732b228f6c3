"""The desk's list of registrations, and the search over everything: found, narrowed, paged, brought out and in."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import system_actor
from parvis.domain.imports import Outcome
from parvis.domain.registration_forms import OrganisationInput
from parvis.domain.registrations import CategoryKind
from parvis.ingest.import_sheets import import_sheets_of
from parvis.ingest.sheets import open_file
from parvis.models import Edition, Registration
from parvis.services.imports.plan import plan_import
from parvis.services.registrations import cancel_registration
from tests.factories.editions import an_edition
from tests.factories.network import a_person
from tests.factories.registrations import a_registration, an_open_edition

pytestmark = pytest.mark.django_db
BASE = "/desk/2023/registrations/"


@pytest.fixture
def edition() -> Edition:
    return an_open_edition()


@pytest.fixture
def few(edition: Edition) -> dict[str, Registration]:
    guest = OrganisationInput(name="Ville de Thiès", country="SN", add_as_new=True)
    made = {
        "first": a_registration(edition),
        "guest": a_registration(
            edition,
            first_name="Awa",
            last_name="N’Diaye",
            email="awa@thies.example",
            organisation=guest,
            category=CategoryKind.FOREIGN_DELEGATION,
        ),
        "cancelled": a_registration(edition, first_name="Noël", last_name="Annulé", email="noel@example.org"),
    }
    cancel_registration(actor=system_actor("tests"), registration_id=made["cancelled"].pk)
    Registration.objects.filter(pk=made["guest"].pk).update(status="pending", source="walk_in")
    return made


def page(client: Client, **query: object) -> str:
    answer = client.get(BASE, query)
    assert answer.status_code == 200, answer.content.decode()[:400]
    return answer.content.decode()


def table(client: Client, **query: object) -> str:
    return page(client, **query).partition("<tbody>")[2].partition("</tbody>")[0]


def test_rows_lead_to_their_pages(
    few: dict[str, Registration], organiser_client: Client, read_only_client: Client, door_client: Client
) -> None:
    rows = table(organiser_client)
    for registration in few.values():
        assert f'href="{BASE}{registration.pk}/"' in rows and registration.reference in rows
    assert f"{BASE}new/" in page(organiser_client)
    assert f"{BASE}new/" not in page(read_only_client)
    assert door_client.get(BASE).status_code == 403


def test_nobody_yet_says_what_to_do(edition: Edition, organiser_client: Client) -> None:
    assert 'class="empty"' in page(organiser_client)


@pytest.mark.parametrize(
    ("query", "found", "lost"),
    [
        ({"q": "n diaye awa"}, "N’Diaye", "Benali"),
        ({"q": "awa@thies"}, "N’Diaye", "Benali"),
        ({"q": "dijon"}, "Benali", "N’Diaye"),
        ({"q": "thies"}, "N’Diaye", "Benali"),
        ({"status": "cancelled"}, "Annulé", "N’Diaye"),
        ({"status": "pending"}, "N’Diaye", "Annulé"),
        ({"category": "foreign_delegation"}, "N’Diaye", "Benali"),
        ({"kind": "commune"}, "Benali", "N’Diaye"),
        ({"country": "SN"}, "N’Diaye", "Benali"),
        ({"source": "walk_in"}, "N’Diaye", "Benali"),
    ],
)
def test_registrations_are_found_and_narrowed(
    query: dict[str, str], found: str, lost: str, few: dict[str, Registration], organiser_client: Client
) -> None:
    rows = table(organiser_client, **query)
    assert found in rows and lost not in rows


def test_a_reference_finds_its_registration_and_nothing_else(
    few: dict[str, Registration], organiser_client: Client
) -> None:
    rows = table(organiser_client, q=few["guest"].reference.lower())
    assert "N’Diaye" in rows and "Benali" not in rows
    assert "Tout afficher" in page(organiser_client, q="R14-ZZZZZZ")


def test_names_that_come_twice_are_doubted(
    edition: Edition, few: dict[str, Registration], organiser_client: Client
) -> None:
    assert table(organiser_client, doubt="twice") == ""
    elsewhere = OrganisationInput(name="Métropole de Lyon")
    a_registration(edition, first_name="Awa", last_name="N’Diaye", email="autre@example.org", organisation=elsewhere)
    rows = table(organiser_client, doubt="twice")
    assert rows.count("N’Diaye") == 2 and "Benali" not in rows


def test_order_and_pages(edition: Edition, organiser_client: Client) -> None:
    for n in range(55):
        a_registration(edition, last_name=f"Nom{n:02d}", email=f"p{n}@example.org")
    by_name = table(organiser_client, sort="person")
    assert by_name.index("Nom00") < by_name.index("Nom01")
    assert "Nom54" not in by_name and "Nom54" in page(organiser_client, sort="person", page=2)
    assert "51–55" in page(organiser_client, page=2)
    assert organiser_client.get(BASE, {"page": "9999999"}).status_code == 200


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_brought_out_is_taken_in_again_and_changes_nothing(
    language: str, edition: Edition, few: dict[str, Registration], organiser_client: Client
) -> None:
    prefix = "" if language == "fr" else "/en"
    answer = organiser_client.get(f"{prefix}{BASE}?export=xlsx")
    sheets = import_sheets_of(open_file(answer.content, "participants.xlsx", kind=None, language=language))
    assert [sheet.kind for sheet in sheets] == ["participants"]
    assert len(sheets[0].rows) == 3
    plans = plan_import(actor=system_actor("tests"), sheets=sheets, edition_id=edition.pk)
    odd = [(row.label, row.outcome, row.changes, row.reasons) for plan in plans for row in plan.rows]
    assert [line for line in odd if line[1] != Outcome.UNCHANGED] == []


def test_one_and_many_ask_as_much(
    edition: Edition,
    few: dict[str, Registration],
    organiser_client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(10) as one:
        page(organiser_client)
    asked = len(one)
    for n in range(20):
        a_registration(edition, last_name=f"Nom{n}", email=f"p{n}@example.org")
    with django_assert_max_num_queries(asked):
        page(organiser_client)


def test_the_search_over_everything_leads_to_each_page(
    few: dict[str, Registration], organiser_client: Client, read_only_client: Client, press_client: Client
) -> None:
    a_person("Awa", "Diop")
    for client in (organiser_client, read_only_client):
        shown = client.get("/desk/2023/search/", {"q": "awa"}).content.decode()
        for address in (f"{BASE}{few['guest'].pk}/", f"/desk/2023/people/{few['guest'].person_id}/", "Diop"):
            assert address in shown
        shown = client.get("/desk/2023/search/", {"q": "dijon"}).content.decode()
        address = f"/desk/2023/organisations/{few['first'].organisation_id}/"
        assert address in shown
        assert client.get(address).status_code == 200
    assert press_client.get("/desk/2023/search/", {"q": "awa"}).status_code == 403


def test_another_edition_has_its_own(few: dict[str, Registration], organiser_client: Client) -> None:
    an_edition(13, slug="2022")
    assert "Benali" not in organiser_client.get("/desk/2022/registrations/").content.decode()
