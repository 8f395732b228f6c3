"""The desk's lists of organisations, people, groups and partners: searched, narrowed, paged, and brought out and in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import system_actor
from parvis.domain.imports import Outcome
from parvis.ingest.import_sheets import import_sheets_of
from parvis.ingest.sheets import open_file
from parvis.models import Edition, Intervention, Membership, Organisation, Person, Session
from parvis.services.imports.plan import plan_import
from tests.factories.editions import an_edition, an_organisation, fill
from tests.factories.network import a_group, a_mandate, a_partner, a_person, a_presidency

pytestmark = pytest.mark.django_db
BASE = "/desk/2023/"
LISTS = ("organisations", "people", "groups", "partners")


@pytest.fixture
def edition() -> Edition:
    return an_edition()


def page(client: Client, listed: str, **query: object) -> str:
    answer = client.get(f"{BASE}{listed}/", query)
    assert answer.status_code == 200, answer.content.decode()[:400]
    return answer.content.decode()


def table(client: Client, listed: str, **query: object) -> str:
    return page(client, listed, **query).partition("<tbody>")[2].partition("</tbody>")[0]


def a_bit_of_everything(edition: Edition) -> None:
    fill(edition)
    group = a_group()
    person = a_person("Awa", "N’Diaye", email="awa@example.org", gender="F", languages=["fr", "wo"])
    town = an_organisation("Ville de Thiès", kind="foreign_authority", country="SN", short_name="THIES")
    Membership.objects.create(organisation=town, year=2023)
    a_presidency(group, a_mandate(person, town))
    a_partner(edition, town, kind="supporter", mention_fr="Avec Thiès", position=3)


@pytest.mark.parametrize("kind", LISTS)
def test_rows_lead_to_their_pages_and_those_who_only_read_see_no_button(
    kind: str, edition: Edition, organiser_client: Client, read_only_client: Client, door_client: Client
) -> None:
    empty = page(organiser_client, kind)
    assert 'class="empty"' in empty or kind == "organisations"  # the federation itself is one
    a_bit_of_everything(edition)
    assert f'href="{BASE}{kind}/new/"' in page(organiser_client, kind)
    assert f'href="{BASE}{kind}/new/"' not in page(read_only_client, kind)
    first = table(organiser_client, kind).partition('<a href="')[2].partition('"')[0]
    assert first.startswith(f"{BASE}{kind}/")
    assert organiser_client.get(first).status_code == 200
    assert door_client.get(f"{BASE}{kind}/").status_code == 403


@pytest.mark.parametrize(
    ("query", "found", "lost"),
    [
        ({"q": "thies"}, "Ville de Thiès", "Ville d’Essai"),
        ({"q": "diese"}, "", "Ville de Thiès"),
        ({"kind": "french"}, "Ville d’Essai 0", "Ville de Thiès"),
        ({"kind": "agency"}, "Agence de développement", "Ville de Thiès"),
        ({"country": "SN"}, "Ville de Thiès", "Ville d’Essai"),
        ({"here": "members"}, "Ville de Thiès", "Ville d’Essai"),
        ({"here": "registered"}, "Ville d’Essai 0", "Ville de Thiès"),
    ],
)
def test_organisations_are_found_and_narrowed(
    query: dict[str, str], found: str, lost: str, edition: Edition, organiser_client: Client
) -> None:
    a_bit_of_everything(edition)
    rows = table(organiser_client, "organisations", **query)
    assert found in rows and lost not in rows
    if not found:
        assert "Tout afficher" in page(organiser_client, "organisations", **query)


def test_an_organisation_is_found_by_its_code(edition: Edition, organiser_client: Client) -> None:
    town = an_organisation("Dijon")
    Organisation.objects.filter(pk=town.pk).update(insee_code="21231", siren="212102313")
    for code in ("21231", "212102313"):
        assert "Dijon" in table(organiser_client, "organisations", q=code)


@pytest.mark.parametrize(
    ("query", "found", "lost"),
    [
        ({"q": "awa diaye"}, "N’Diaye", "Été"),
        ({"q": "AWA@example"}, "N’Diaye", "Été"),
        ({"gender": "F", "q": "diaye"}, "N’Diaye", "Été"),
        ({"gender": "none"}, "Discrète", "N’Diaye"),
        ({"function": "mayor"}, "N’Diaye", "Été"),
        ({"here": "speakers"}, "Été000", "N’Diaye"),
        ({"here": "registered"}, "Discrète", "N’Diaye"),
        ({"q": "effacée"}, "", "Effacée"),
    ],
)
def test_people_are_found_and_narrowed(
    query: dict[str, str], found: str, lost: str, edition: Edition, organiser_client: Client
) -> None:
    a_bit_of_everything(edition)
    a_person("", "Effacée", erased_at=datetime(2023, 1, 1, tzinfo=UTC))
    rows = table(organiser_client, "people", **query)
    assert found in rows and lost not in rows


def test_lists_are_paged_and_keep_what_narrows_them(edition: Edition, organiser_client: Client) -> None:
    for n in range(60):
        an_organisation(f"Commune {n:02d}")
        a_person("Zoé", f"Roy{n:02d}")
    for kind, word, last in (("organisations", "commune", "Commune 59"), ("people", "roy", "Roy59")):
        first = page(organiser_client, kind, q=word)
        assert "1–50" in first and last not in first
        assert "page=2" in first and f"q={word}" in first
        second = page(organiser_client, kind, q=word, page=2)
        assert last in second and "51–60" in second
        for odd in ("99", "-1", "x"):
            assert organiser_client.get(f"{BASE}{kind}/", {"page": odd}).status_code == 200
    assert table(organiser_client, "people", sort="newest").index("Roy59") < 300


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_brought_out_is_taken_in_again_and_changes_nothing(
    kind: str, language: str, edition: Edition, organiser_client: Client
) -> None:
    a_bit_of_everything(edition)
    prefix = "" if language == "fr" else "/en"
    answer = organiser_client.get(f"{prefix}{BASE}{kind}/?export=xlsx")
    assert answer.status_code == 200
    assert f'filename="{kind}-' in answer["Content-Disposition"] and "no-store" in answer["Cache-Control"]
    sheets = import_sheets_of(open_file(answer.content, f"{kind}.xlsx", kind=None, language=language))
    assert [sheet.kind for sheet in sheets] == [kind]
    assert sheets[0].rows
    plans = plan_import(actor=system_actor("tests"), sheets=sheets, edition_id=edition.pk)
    odd = [(row.label, row.outcome, row.changes, row.reasons) for plan in plans for row in plan.rows]
    assert [line for line in odd if line[1] != Outcome.UNCHANGED] == []


def test_the_spreadsheet_holds_what_the_filters_leave(edition: Edition, organiser_client: Client) -> None:
    a_bit_of_everything(edition)
    answer = organiser_client.get(f"{BASE}organisations/", {"export": "xlsx", "country": "SN"})
    (sheet,) = open_file(answer.content, "organisations.xlsx").sheets
    assert [row.values["name"] for row in sheet.rows()] == ["Commune jumelée 0", "Ville de Thiès"]


@pytest.mark.parametrize("kind", LISTS)
def test_one_and_many_ask_as_much(
    kind: str, edition: Edition, organiser_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    a_bit_of_everything(edition)
    with django_assert_max_num_queries(13) as one:
        page(organiser_client, kind)
    asked = len(one)
    for n in range(30):
        town = an_organisation(f"Commune {n}")
        mandate = a_mandate(a_person("Zoé", f"Roy{n}"), town)
        a_presidency(a_group(f"Groupe {n}"), mandate)
        a_partner(edition, town)
        Membership.objects.create(organisation=town, year=2022)
    session = Session.objects.latest("pk")
    for person in Person.objects.filter(last_name__startswith="Roy"):
        Intervention.objects.create(session=session, person=person, role="speaker")
    with django_assert_max_num_queries(asked):
        page(organiser_client, kind)


def test_a_partner_without_its_words_is_marked(edition: Edition, organiser_client: Client) -> None:
    a_partner(edition, an_organisation("Silencieux"))
    assert "manquante" in table(organiser_client, "partners")
