"""The desk's first page: the edition that asks most, what needs attention, what is counted."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.models import Mail, Registration
from parvis.services.releases import publish_release
from tests.factories.editions import an_edition, fill
from tests.factories.network import a_person
from tests.factories.programme import a_session, speaks
from tests.web.desk.reading import main_of, read

pytestmark = pytest.mark.django_db
BASE = "/desk/2023/"


def test_without_an_edition_the_desk_says_how_to_begin(organiser_client: Client) -> None:
    shown = main_of(organiser_client.get("/desk/"))
    assert "/desk/imports/new/?kind=editions" in shown


@pytest.mark.parametrize(
    ("statuses", "first"),
    [
        (["held", "announced"], "2021"),
        (["held", "open"], "2022"),
        (["on_site", "open"], "2021"),
        (["archived", "draft"], "2022"),
        (["cancelled", "postponed"], "2022"),
        (["archived", "cancelled"], "2022"),
    ],
)
def test_the_desk_opens_on_the_edition_that_asks_most(
    statuses: list[str], first: str, organiser_client: Client
) -> None:
    for number, status in enumerate(statuses, 12):
        an_edition(number, slug=str(2009 + number), status=status)
    assert organiser_client.get("/desk/")["Location"] == f"/desk/{first}/"


def test_what_needs_attention_leads_to_where_it_is_dealt_with(organiser_client: Client) -> None:
    edition = an_edition(status="open")
    fill(edition, sessions=2, speakers=2, attendees=3)
    a_session(edition, "Ni lieu ni voix")
    Registration.objects.filter(reference="R00001").update(status="pending")
    Mail.objects.create(
        key="test:1", recipient="x@example.org", language="fr", subject="Sujet", body_text="Texte", status="failed",
        edition=edition, created_at=datetime(2023, 6, 1, tzinfo=UTC),
    )  # fmt: skip
    an_edition(15, slug="2024", status="draft", starts_on=None, ends_on=None)
    shown = read(organiser_client, BASE)
    leads = {
        "mails/?status=failed": "courriel",
        "releases/": "rien n’a encore été publié",
        "registrations/?status=pending": "inscription",
        "sessions/?lacks=placement": "sans salle ou sans horaire",
        "sessions/?lacks=speakers": "sans intervenant",
        "sessions/?lacks=text": "il manque le titre ou le résumé",
        "sessions/?lacks=check": "n’ont pas été vérifiés",
        "edition/": "date",
    }
    for address, words in leads.items():
        assert f'href="{BASE}{address}"' in shown
        assert words in shown
        assert organiser_client.get(f"{BASE}{address}").status_code == 200


def test_nothing_to_do_is_said_too(organiser: Actor, organiser_client: Client) -> None:
    an_edition(status="cancelled")
    assert "Rien ne vous attend" in read(organiser_client, BASE)


def test_a_change_after_publishing_is_noticed(organiser: Actor, organiser_client: Client) -> None:
    edition = an_edition(status="open")
    a_session(edition, title_en="Water")
    publish_release(actor=organiser, edition_id=edition.pk)
    assert "depuis la dernière publication" not in read(organiser_client, BASE)
    a_session(edition, "Nouvelle", title_en="New")
    assert f'href="{BASE}releases/"' in read(organiser_client, BASE)


def test_counts_lead_to_the_rows_behind_them(organiser_client: Client) -> None:
    edition = an_edition(status="open")
    fill(edition, attendees=5)
    Registration.objects.filter(reference="R00000").update(status="cancelled")
    shown = read(organiser_client, BASE)
    assert f'<a href="{BASE}figures/registered/">4</a>' in shown
    assert f'<a href="{BASE}registrations/?status=cancelled">1</a>' in shown
    assert f'href="{BASE}registrations/?category=elected"' in shown
    assert f'href="{BASE}registrations/?source=import"' in shown
    assert "<svg" in shown
    assert "La même chose en tableau" in shown or "<table" in shown


def test_nobody_registered_says_what_to_do(organiser_client: Client) -> None:
    an_edition(status="announced")
    shown = read(organiser_client, BASE)
    assert "Personne n’est encore inscrit" in shown
    assert "<svg" not in shown


def test_who_may_come_in(read_only_client: Client, press_client: Client, door_client: Client, client: Client) -> None:
    an_edition(status="open")
    assert "<form" not in read(read_only_client, BASE)
    for refused in (press_client, door_client):
        assert refused.get(BASE).status_code == 403
        assert refused.get("/desk/").status_code == 403
    for address in ("/desk/", BASE):
        assert client.get(address)["Location"].startswith("/accounts/login")
    assert read_only_client.get("/desk/1999/").status_code == 404


def test_the_rail_shows_what_one_may_open(
    organiser_client: Client, read_only_client: Client, press_client: Client
) -> None:
    an_edition(status="open")
    rails = {
        "organiser": organiser_client.get(BASE).content.decode(),
        "reader": read_only_client.get(BASE).content.decode(),
        "press": press_client.get("/desk/2023/communiques/").content.decode(),
    }
    for address, seen in (
        ("/desk/2023/edition/", {"organiser", "reader"}),
        ("/desk/imports/", {"organiser"}),
        ("/desk/log/", {"organiser"}),
        ("/desk/accounts/", {"organiser"}),
        ("/desk/2023/communiques/", {"organiser", "reader", "press"}),
    ):
        assert {who for who, text in rails.items() if f'href="{address}"' in text} == seen, address


def test_one_and_many_ask_as_much(
    organiser_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    edition = an_edition(status="open")
    fill(edition, sessions=1, speakers=1, attendees=1)
    a_session(edition, "Un atelier")
    with django_assert_max_num_queries(26) as one:
        read(organiser_client, BASE)
    for n in range(30):
        speaks(a_person("Awa", f"Voix {n}"), a_session(edition, f"Atelier {n}"))
    with django_assert_max_num_queries(len(one)):
        read(organiser_client, BASE)
