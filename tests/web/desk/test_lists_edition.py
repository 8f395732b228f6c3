"""The desk's lists of sessions and rooms: found, narrowed, ordered, paged, brought out and taken in again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import system_actor
from parvis.domain.imports import Outcome
from parvis.ingest.import_sheets import import_sheets_of
from parvis.ingest.sheets import open_file
from parvis.models import Edition, Session, Theme
from parvis.services.imports.plan import plan_import
from parvis.services.programme import save_session
from tests.factories.editions import an_edition, an_organisation, fill
from tests.factories.network import a_group, a_mandate, a_person
from tests.factories.programme import MORNING, a_room, a_session, placed, speaks
from tests.web.desk.reading import read

pytestmark = pytest.mark.django_db
SESSIONS = "/desk/2023/sessions/"
ROOMS = "/desk/2023/rooms/"
SYSTEM = system_actor("tests")


@pytest.fixture
def edition() -> Edition:
    return an_edition(status="open")


@pytest.fixture
def few(edition: Edition) -> dict[str, Session]:
    """Return four sessions that differ in all that a filter asks for."""
    hall, salon = a_room(edition, "Grand hall"), a_room(edition, "Salon bleu")
    made = {
        "water": a_session(edition, "L’eau en partage", title_en="Sharing water", code="EAU-1"),
        "dinner": a_session(edition, "Dîner", format="side_event", title_en="Dinner", code="D-1"),
        "ghost": a_session(edition, "Jeunesse", title_en="Youth", status="draft", code="J-1"),
        "gone": a_session(edition, "Annulée", status="cancelled", code="X-1"),
    }
    placed(made["dinner"], salon, MORNING + timedelta(days=1))
    placed(made["water"], hall)
    awa = a_person("Awa", "N’Diaye")
    speaks(awa, made["water"], a_mandate(awa, an_organisation("Saint-Louis")))
    speaks(awa, made["dinner"])
    return made


def rows(client: Client, address: str, **query: object) -> str:
    shown = read(client, f"{address}?{'&'.join(f'{name}={value}' for name, value in query.items())}")
    return shown.partition("<tbody>")[2].partition("</tbody>")[0]


def order(client: Client, **query: object) -> list[str]:
    """Return the titles of the rows, in their order."""
    shown = rows(client, SESSIONS, **query)
    return [part.partition(">")[2].partition("<")[0] for part in shown.split('<th scope="row"><a href=')[1:]]


def test_rows_tell_when_where_and_how_many_speak_and_lead_to_their_pages(
    few: dict[str, Session], organiser_client: Client
) -> None:
    shown = rows(organiser_client, SESSIONS)
    for words in ("lundi 18 septembre, 9 h 30–10 h 30", "Grand hall", "Événement associé", "non placée", "Annulée"):
        assert words in shown
    for session in few.values():
        assert f'href="{SESSIONS}{session.pk}/"' in shown
        assert organiser_client.get(f"{SESSIONS}{session.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["L’eau en partage", "Dîner", "Annulée", "Jeunesse"]),
        ({"q": "EAU partage"}, ["L’eau en partage"]),
        ({"q": "diner"}, ["Dîner"]),
        ({"q": "eau-1"}, ["L’eau en partage"]),
        ({"q": "rien de tel"}, []),
        ({"format": "side_event"}, ["Dîner"]),
        ({"status": "draft"}, ["Jeunesse"]),
        ({"day": "2023-09-19"}, ["Dîner"]),
        ({"day": "jamais"}, ["L’eau en partage", "Dîner", "Annulée", "Jeunesse"]),
        ({"room": "grand-hall"}, ["L’eau en partage"]),
        ({"lacks": "placement"}, ["Jeunesse"]),
        ({"lacks": "speakers"}, ["Jeunesse"]),
        ({"lacks": "mandate"}, ["Dîner"]),
        ({"lacks": "text", "sort": "code"}, ["Dîner", "L’eau en partage", "Jeunesse"]),
        ({"lacks": "text_en", "sort": "code"}, ["Dîner", "L’eau en partage", "Jeunesse"]),
        ({"lacks": "check"}, []),
        ({"sort": "title"}, ["Annulée", "Dîner", "Jeunesse", "L’eau en partage"]),
        ({"sort": "code"}, ["Dîner", "L’eau en partage", "Jeunesse", "Annulée"]),
    ],
)
def test_sessions_are_found_narrowed_and_ordered(
    query: dict[str, str], expected: list[str], few: dict[str, Session], organiser_client: Client
) -> None:
    found = order(organiser_client, **query)
    if query in ({}, {"day": "jamais"}):  # what is not placed has no order among itself but its code
        assert (set(found[:2]), set(found[2:])) in (
            (set(expected[:2]), set(expected[2:])),
            (set(expected[2:]), set(expected[:2])),
        )
    else:
        assert found == expected


def test_what_narrows_is_said_and_can_be_cleared(few: dict[str, Session], organiser_client: Client) -> None:
    shown = read(organiser_client, f"{SESSIONS}?q=rien&format=plenary")
    assert '<option value="plenary" selected>' in shown
    assert 'value="rien"' in shown
    assert "Rien ne correspond" in shown
    assert 'href="?"' in shown


def test_an_empty_list_says_what_to_do(edition: Edition, organiser_client: Client) -> None:
    for address, words in ((SESSIONS, "Le programme est vide"), (ROOMS, "Pas encore de salle")):
        assert words in read(organiser_client, address)


def test_pages_keep_what_narrows_them(edition: Edition, organiser_client: Client) -> None:
    for n in range(55):
        a_session(edition, f"Atelier {n:02d}")
    shown = read(organiser_client, f"{SESSIONS}?q=atelier&sort=title&page=2")
    assert "51–55" in shown
    assert "q=atelier&amp;sort=title&amp;page=1" in shown
    assert [title[-2:] for title in order(organiser_client, q="atelier", sort="title", page=2)] == [
        "50", "51", "52", "53", "54"
    ]  # fmt: skip
    assert len(order(organiser_client, q="atelier", page=99)) == 5  # the nearest that exists


def _all_of_it(edition: Edition) -> None:
    """Give an edition sessions that hold something in every column."""
    theme = Theme.objects.create(slug="eau", name_fr="Eau", name_en="Water")
    session = save_session(
        actor=SYSTEM,
        edition_id=edition.pk,
        session_id=None,
        values={
            "title_fr": "=1+1 L’eau ; et « le reste »",
            "title_en": "Water",
            "format": "country_group",
            "abstract_fr": "Deux\nlignes",
            "summary_fr": "un plaidoyer",
            "group_id": a_group().pk,
            "host_id": an_organisation("Métropole de Lyon").pk,
            "duration_min": 75,
            "capacity": 40,
            "members_only": True,
            "spoken": ["fr", "ar"],
            "interpreted": ["en"],
            "sdgs": [6, 13],
            "status": "confirmed",
        },
        theme_ids=[theme.pk],
        new_theme="Climat",
    )
    placed(session, a_room(edition, "Salon bleu", equipment="Écran", capacity=None))
    awa = a_person("Awa", "N’Diaye", email="awa@example.org")
    speaks(awa, session, a_mandate(awa, an_organisation("Saint-Louis")), role="moderator")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("address", "export", "kind"),
    [(SESSIONS, "xlsx", "sessions"), (SESSIONS, "interventions", "interventions"), (ROOMS, "xlsx", "rooms")],
)
def test_what_is_brought_out_is_taken_in_again_and_changes_nothing(
    language: str, address: str, export: str, kind: str, edition: Edition, organiser_client: Client
) -> None:
    fill(edition, sessions=3, speakers=3)
    _all_of_it(edition)
    prefix = "" if language == "fr" else "/en"
    answer = organiser_client.get(f"{prefix}{address}?export={export}")
    assert answer["Cache-Control"] == "private, no-store"
    sheets = import_sheets_of(open_file(answer.content, f"{kind}.xlsx", kind=None, language=language))
    assert [sheet.kind for sheet in sheets] == [kind]
    assert len(sheets[0].rows) == 4
    plans = plan_import(actor=SYSTEM, sheets=sheets, edition_id=edition.pk)
    odd = [(row.label, row.outcome, row.changes, row.reasons) for plan in plans for row in plan.rows]
    assert [line for line in odd if line[1] != Outcome.UNCHANGED] == []


def test_the_spreadsheet_holds_what_the_filters_leave(few: dict[str, Session], organiser_client: Client) -> None:
    shown = read(organiser_client, f"{SESSIONS}?format=side_event")
    assert "?format=side_event&amp;export=xlsx" in shown
    for export, count in (("xlsx", 1), ("interventions", 1)):
        answer = organiser_client.get(f"{SESSIONS}?format=side_event&export={export}")
        sheets = import_sheets_of(open_file(answer.content, "s.xlsx", kind=None, language="fr"))
        assert len(sheets[0].rows) == count


def test_rooms_tell_their_seats_and_what_they_hold(few: dict[str, Session], organiser_client: Client) -> None:
    shown = rows(organiser_client, ROOMS)
    assert "Grand hall" in shown
    assert ">80<" in shown
    assert f'href="{SESSIONS}?room=grand-hall">1<' in shown


def test_who_only_reads_sees_lists_and_no_button(
    few: dict[str, Session], read_only_client: Client, door_client: Client, press_client: Client
) -> None:
    for address in (SESSIONS, ROOMS):
        assert f"{address}new/" not in read(read_only_client, address)
        assert read_only_client.get(f"{address}?export=xlsx").status_code == 200
        for refused in (door_client, press_client):
            assert refused.get(address).status_code == 403
            assert refused.get(f"{address}?export=xlsx").status_code == 403


def test_another_edition_has_its_own(few: dict[str, Session], organiser_client: Client) -> None:
    an_edition(13, slug="2022")
    assert "Dîner" not in read(organiser_client, "/desk/2022/sessions/")
    assert organiser_client.get("/desk/1999/sessions/").status_code == 404


def test_one_and_many_ask_as_much(
    few: dict[str, Session],
    edition: Edition,
    organiser_client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    addresses = (SESSIONS, ROOMS, f"{SESSIONS}?export=xlsx", f"{SESSIONS}?export=interventions")
    counts = []
    for address in addresses:
        with django_assert_max_num_queries(12) as one:
            organiser_client.get(address)
        counts.append(len(one))
    fill(edition, sessions=24, speakers=20)
    for address, count in zip(addresses, counts, strict=True):
        with django_assert_max_num_queries(count):
            organiser_client.get(address)
