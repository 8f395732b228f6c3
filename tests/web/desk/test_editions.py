"""The desk's page of an edition: what it is, the steps that may follow and what each does, and the next edition."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.models import Edition, LogEntry, Mail, Placement, Venue
from parvis.queries.versions import version_of
from parvis.services.editions import change_edition
from tests.factories.editions import an_edition, fill
from tests.factories.programme import a_room, a_session, placed
from tests.factories.registrations import an_open_edition
from tests.web.desk.reading import main_of, read

pytestmark = pytest.mark.django_db
BASE = "/desk/2023/edition/"


def page(client: Client, address: str = BASE) -> str:
    return read(client, address)


def values(edition: Edition, **more: object) -> dict[str, object]:
    return {
        "version": version_of(edition),
        "name_fr": edition.name_fr,
        "starts_on": "2023-09-18",
        "ends_on": "2023-09-19",
        "venue": edition.venue_id or "",
        **more,
    }


def test_the_page_tells_what_it_is_where_it_stands_and_what_may_follow(organiser_client: Client) -> None:
    edition = an_edition(
        status="open",
        registration_opens_at=datetime(2023, 6, 1, 7, tzinfo=UTC),
        thanks_fr="Merci à toutes et à tous",
    )
    fill(edition, sessions=3, speakers=2, attendees=5)
    shown = page(organiser_client)
    for words in ("14ᵉ édition", "18 et 19 septembre 2023", "Cité des Sciences", "du 1ᵉʳ juin 2023, 9 h"):
        assert words in shown
    for words in ("Quelle contribution", "What contribution", "Merci à toutes", "pas de texte anglais"):
        assert words in shown
    for status in ("announced", "on_site", "postponed", "cancelled"):
        assert f'href="{BASE}state/{status}/"' in shown
    for status in ("open", "held", "archived", "draft"):
        assert f"state/{status}/" not in shown
    assert "Annoncer la 15ᵉ édition" in shown


def test_who_only_reads_sees_no_button_and_the_others_nothing(
    read_only_client: Client, door_client: Client, press_client: Client
) -> None:
    an_edition(status="open")
    shown = page(read_only_client)
    assert "Lecture seule" in shown
    for absent in ("<form", "/change/", "/state/", "/next/", "/new/"):
        assert absent not in shown
    for address in ("change/", "next/", "state/on_site/", "venues/new/"):
        assert read_only_client.get(f"{BASE}{address}").status_code == 403
        assert read_only_client.post(f"{BASE}{address}").status_code == 403
    for refused in (door_client, press_client):
        assert refused.get(BASE).status_code == 403
    assert Edition.objects.get().status == "open"


def test_one_and_many_ask_as_much(
    organiser: Actor, organiser_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    edition = an_edition(status="open")
    with django_assert_max_num_queries(20) as one:
        page(organiser_client)
    fill(edition, sessions=12, speakers=8, attendees=30)
    for number in range(4):
        change_edition(actor=organiser, edition_id=edition.pk, values={"hashtag": f"#{number}"})
    with django_assert_max_num_queries(len(one)):
        page(organiser_client)


def test_a_change_is_saved_and_stands_in_the_history(organiser_client: Client) -> None:
    edition = an_edition(status="open")
    form = page(organiser_client, f"{BASE}change/")
    assert 'value="2023-09-18"' in form
    assert version_of(edition) in form
    sent = values(edition, name_fr="Un autre nom", registration_opens_at="2023-06-15T09:30", announced_month="")
    answer = organiser_client.post(f"{BASE}change/", sent)
    assert answer["Location"] == BASE
    edition.refresh_from_db()
    assert edition.name_fr == "Un autre nom"
    assert edition.registration_opens_at == datetime(2023, 6, 15, 7, 30, tzinfo=UTC)  # the venue's hour
    shown = page(organiser_client)
    assert "L’édition est modifiée" in shown
    assert "Un autre nom" in shown.partition('id="history"')[2]
    assert "15/06/2023 09:30" in shown.partition('id="history"')[2]


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(organiser_client: Client) -> None:
    edition = an_edition(status="open")
    sent = values(edition, ends_on="2023-09-17", name_fr="Un nom à garder")
    answer = organiser_client.post(f"{BASE}change/", sent)
    assert answer.status_code == 422
    text = main_of(answer)
    assert "L’édition se termine avant de commencer" in text
    assert "Un nom à garder" in text
    assert 'id="id_ends_on_error"' in text
    edition.refresh_from_db()
    assert edition.name_fr != "Un nom à garder"


def test_what_somebody_else_saved_meanwhile_is_shown_and_replaced_knowingly(
    organiser: Actor, organiser_client: Client
) -> None:
    edition = an_edition(status="open")
    sent = values(edition, name_fr="Le mien")
    change_edition(actor=organiser, edition_id=edition.pk, values={"name_fr": "Le sien"})
    answer = organiser_client.post(f"{BASE}change/", sent)
    text = main_of(answer)
    assert answer.status_code == 422
    assert "Le sien" in text
    assert "Le mien" in text
    edition.refresh_from_db()
    assert version_of(edition) in text
    organiser_client.post(f"{BASE}change/", {**sent, "version": version_of(edition)})
    edition.refresh_from_db()
    assert edition.name_fr == "Le mien"


def test_another_venue_asks_what_becomes_of_what_is_placed(organiser_client: Client) -> None:
    edition = an_edition(status="open")
    placed(a_session(edition), a_room(edition))
    other = Venue.objects.create(name_fr="Pavillon d’Armenonville", city="Paris")
    sent = values(edition, venue=other.pk)
    assert 'name="unplace"' not in page(organiser_client, f"{BASE}change/")
    answer = organiser_client.post(f"{BASE}change/", sent)
    assert answer.status_code == 422
    assert 'name="unplace"' in main_of(answer)
    assert "1 séances sont placées" in main_of(answer)
    assert organiser_client.post(f"{BASE}change/", {**sent, "unplace": "on"}).status_code == 302
    assert not Placement.objects.exists()
    assert Edition.objects.get().venue == other


def test_a_step_says_what_it_does_then_does_it(organiser_client: Client) -> None:
    edition = an_edition(status="announced")
    fill(edition, attendees=3)
    shown = page(organiser_client, f"{BASE}state/open/")
    assert "Ouvrir les inscriptions" in shown
    assert "Les 3 personnes inscrites gardent leur inscription" in shown
    assert "reason" not in shown
    sent = {"version": version_of(edition)}
    assert organiser_client.post(f"{BASE}state/open/", sent)["Location"] == BASE
    assert Edition.objects.get().status == "open"
    assert "désormais « Inscriptions ouvertes »" in page(organiser_client)


def test_cancelling_asks_why_tells_those_registered_and_the_public_reads_it_at_once(
    organiser_client: Client, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    edition = an_open_edition()
    fill(edition, sessions=2, attendees=2)
    address = f"{BASE}state/cancelled/"
    shown = page(organiser_client, address)
    for words in ("Chaque page du site le dit aussitôt", "Les 2 personnes inscrites", "Ses 2 séances", "sans retour"):
        assert words in shown
    assert "Écrire aux 2 personnes inscrites" in shown
    answer = organiser_client.post(address, {"reason_fr": "   ", "reason_en": "An incident"})
    assert answer.status_code == 422
    assert "An incident" in main_of(answer)
    sent = {"reason_fr": "Incident technique dans le bâtiment", "reason_en": "", "tell": "on"}
    with django_capture_on_commit_callbacks(execute=True):
        organiser_client.post(address, sent)
    assert Mail.objects.filter(subject__startswith="Annulation").count() == 2
    edition.refresh_from_db()
    assert (edition.status, edition.cancelled_at is not None) == ("cancelled", True)
    assert "Incident technique dans le bâtiment" in main_of(client.get("/2023/"))
    assert "Incident technique" in page(organiser_client)


def test_a_step_that_somebody_else_made_impossible_says_so(organiser_client: Client) -> None:
    edition = an_edition(status="open")
    stale = {"version": version_of(edition)}
    Edition.objects.update(status="on_site")
    answer = organiser_client.post(f"{BASE}state/postponed/", {**stale, "reason_fr": "Retard"})
    assert answer.status_code == 422
    assert "a modifié ceci" in main_of(answer) or "ne peut pas devenir" in main_of(answer)
    assert organiser_client.get(f"{BASE}state/postponed/")["Location"] == BASE
    for nonsense in ("draft", "nonsense"):
        assert organiser_client.get(f"{BASE}state/{nonsense}/").status_code == 404
    assert Edition.objects.get().status == "on_site"


def test_an_archived_edition_offers_nothing_but_the_next(organiser_client: Client) -> None:
    an_edition(status="archived")
    shown = page(organiser_client)
    assert "/state/" not in shown
    assert f"{BASE}change/" not in shown
    assert f"{BASE}next/" in shown
    answer = organiser_client.post(f"{BASE}change/", {"name_fr": "x"})
    assert answer.status_code == 422


def test_the_next_edition_is_filled_in_from_the_last_one(organiser_client: Client) -> None:
    an_edition(13, slug="2022", name_fr="Rencontres d’avant")
    edition = an_edition(14, slug="2023", name_fr="Rencontres de maintenant")
    form = page(organiser_client, "/desk/2022/edition/next/")  # whichever edition one stands on
    assert "Rencontres de maintenant" in form
    assert "Elle prend le numéro 15" in form
    assert "Quelle contribution" not in form
    sent = {"name_fr": "La diplomatie des territoires", "announced_month": "2024-10", "venue": edition.venue_id}
    answer = organiser_client.post("/desk/2022/edition/next/", sent)
    assert answer["Location"] == "/desk/2024/edition/"
    made = Edition.objects.get(number=15)
    assert (made.status, made.announced_month, made.venue) == ("draft", date(2024, 10, 1), edition.venue)
    assert LogEntry.objects.get(action="edition.created").subject_id == made.pk
    shown = page(organiser_client, "/desk/2024/edition/")
    assert "octobre 2024" in shown
    assert 'href="/2024/"' not in shown  # a draft has no site


def test_the_next_edition_may_be_announced_at_once(organiser_client: Client, client: Client) -> None:
    an_edition()
    sent = {"name_fr": "Rencontres 2024", "starts_on": "2024-10-23", "ends_on": "2024-10-24", "announced": "on"}
    organiser_client.post(f"{BASE}next/", sent)
    assert "Rencontres 2024" in main_of(client.get("/2024/"))
    answer = organiser_client.post(f"{BASE}next/", {"name_fr": "Sans date"})
    assert answer.status_code == 422
    assert "Dites quand elle a lieu" in main_of(answer)
    assert "Sans date" in main_of(answer)
