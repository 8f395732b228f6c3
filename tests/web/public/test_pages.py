"""The public site shows what was released, in two languages, and nothing of the draft."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.models import Edition, Session
from parvis.queries import releases
from parvis.services.figures import take_snapshot
from parvis.services.releases import publish_release
from tests.factories.editions import an_edition, fill

pytestmark = pytest.mark.django_db

PAGES = (
    "/",
    "/2023/",
    "/2023/programme/",
    "/2023/programme/rooms/",
    "/2023/sessions/seance-0/",
    "/2023/speakers/",
    "/2023/speakers/personne-1/",
    "/2023/organisations/",
    "/2023/partners/",
    "/2023/practical/",
    "/2023/figures/",
    "/2023/programme.ics",
    "/editions/",
    "/sitemap.xml",
    "/robots.txt",
)


@pytest.fixture
def released(organiser: Actor) -> Edition:
    edition = an_edition()
    fill(edition, attendees=8)
    take_snapshot(actor=organiser, edition_id=edition.pk)
    publish_release(actor=organiser, edition_id=edition.pk)
    return edition


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_every_page_answers_in_both_languages(released: Edition, client: Client, address: str) -> None:
    french, english = client.get(address), client.get("/en" + address)
    for response in (french, english):
        assert response.status_code == 200
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")
    if french.headers["Content-Type"].startswith("text/html"):
        assert '<html lang="fr" dir="ltr">' in french.content.decode()
        assert '<html lang="en" dir="ltr">' in english.content.decode()
        assert french.content.decode().count("<h1") == 1
        assert french.content.decode().count("<main") == 1
        assert "style=" not in french.content.decode()


def test_the_front_page_is_the_editions(released: Edition, client: Client) -> None:
    page = text(client, "/")
    assert "14ᵉ édition" in page
    assert "Quelle contribution aux grands enjeux mondiaux\u202f?" in page
    assert "18 et 19\u00a0septembre 2023" in page
    assert "14th edition" in text(client, "/en/")
    assert "What contribution to the great global challenges?" in text(client, "/en/")


def test_a_draft_edition_and_unknown_pages_are_not_found(released: Edition, client: Client) -> None:
    an_edition(15, slug="2024", status="draft", theme_fr="Un secret")
    for address in ("/2024/", "/2024/programme/", "/1999/", "/2023/sessions/rien/", "/2023/speakers/personne/"):
        assert client.get(address).status_code == 404, address
    assert "Un secret" not in text(client, "/editions/")
    assert "/2024/" not in text(client, "/sitemap.xml")


def test_nothing_of_the_draft_is_seen(released: Edition, client: Client, organiser: Actor) -> None:
    Session.objects.filter(code="S001").update(title_fr="Titre en cours d’écriture")
    Session.objects.filter(code="S002").update(status="draft")
    for address in ("/2023/", "/2023/programme/", "/2023/sessions/seance-1/", "/sitemap.xml"):
        assert "en cours d’écriture" not in text(client, address)
    assert client.get("/2023/sessions/seance-2/").status_code == 200
    publish_release(actor=organiser, edition_id=released.pk)
    assert "en cours d’écriture" in text(client, "/2023/programme/")
    assert client.get("/2023/sessions/seance-2/").status_code == 404


def test_no_participant_is_named(released: Edition, client: Client) -> None:
    for address in PAGES:
        assert "Discrète" not in text(client, address)


def test_without_a_snapshot_no_figure_is_shown(client: Client, organiser: Actor) -> None:
    edition = an_edition()
    fill(edition)
    publish_release(actor=organiser, edition_id=edition.pk)
    assert "headline-figures" not in text(client, "/2023/")
    assert "Aucun chiffre n’est encore publié." in text(client, "/2023/figures/")


def test_figures_lead_to_their_definitions(released: Edition, client: Client) -> None:
    assert 'href="/2023/figures/#registered"' in text(client, "/2023/")
    figures = text(client, "/2023/figures/")
    assert 'id="registered"' in figures
    assert "annulées ne sont pas comptées" in figures


def test_before_the_programme_the_pages_say_so(client: Client, organiser: Actor) -> None:
    edition = an_edition(status="announced")
    publish_release(actor=organiser, edition_id=edition.pk)
    assert "Le programme n’est pas encore publié." in text(client, "/2023/programme/")
    assert "Aucun intervenant n’est encore annoncé." in text(client, "/2023/speakers/")
    assert "Le parvis est encore nu." in text(client, "/2023/organisations/")


def test_before_the_first_announcement(client: Client) -> None:
    assert "Rien n’est encore annoncé" in text(client, "/")
    assert client.get("/2023/").status_code == 404


def test_editions_show_their_states(released: Edition, client: Client) -> None:
    an_edition(
        13,
        slug="2022",
        status="cancelled",
        starts_on=date(2022, 6, 20),
        ends_on=date(2022, 6, 21),
        cancelled_at=datetime(2022, 6, 20, 11, tzinfo=UTC),
        status_reason_fr="Un incident technique.",
    )
    an_edition(15, slug="2024", status="announced", starts_on=None, ends_on=None, announced_month=date(2024, 10, 1))
    page = text(client, "/editions/")
    assert "Annulée le jour même" in page
    assert "Octobre 2024" in page
    assert "Tenue" in page
    assert "Un incident technique." in text(client, "/2022/")
    assert "15ᵉ édition" in text(client, "/2024/")
    assert "14ᵉ édition" in text(client, "/"), (
        "an edition of which only the month is known does not take the front page"
    )


@pytest.mark.parametrize(
    ("wanted", "found"), [("aicha", 1), ("ÉDOUARD", 1), ("zoe ete002", 1), ("<b>", 0), ("maire", 3)]
)
def test_speakers_are_found_without_accents_and_without_scripts(
    released: Edition, client: Client, wanted: str, found: int
) -> None:
    page = client.get("/2023/speakers/", {"q": wanted}).content.decode()
    assert page.count('class="speaker-name"') == found
    assert 'value="<b>"' not in page


def test_every_mandate_of_a_speaker_is_shown(released: Edition, client: Client) -> None:
    page = text(client, "/2023/speakers/personne-1/")
    assert "Maire de la ville d’Essai 1" in page
    assert "Présidente de la ville d’Essai 2" in page
    assert "President" in text(client, "/en/2023/speakers/personne-1/")


def test_the_register_button_follows_the_window(client: Client, organiser: Actor) -> None:
    now = timezone.now()
    edition = an_edition(
        status="open",
        registration_opens_at=now - timedelta(days=1),
        registration_closes_at=now + timedelta(days=1),
    )
    publish_release(actor=organiser, edition_id=edition.pk)
    assert "/2023/register/" in text(client, "/2023/")
    Edition.objects.filter(pk=edition.pk).update(registration_closes_at=now - timedelta(hours=1))
    assert "/2023/register/" not in text(client, "/2023/")


def test_partners_stand_with_their_mentions(released: Edition, client: Client) -> None:
    assert "Avec le soutien de l’Agence de développement" in text(client, "/2023/partners/")
    assert "With the support of the Development Agency" in text(client, "/en/2023/partners/")


def test_addresses_in_other_languages_are_named(released: Edition, client: Client) -> None:
    page = text(client, "/en/2023/programme/")
    assert '<link rel="canonical" href="http://testserver/en/2023/programme/">' in page
    assert 'hreflang="fr" href="http://testserver/2023/programme/"' in page
    assert '<link rel="canonical" href="http://testserver/2023/">' in text(client, "/")


def test_stones_are_named_and_lead_to_their_organisations(released: Edition, client: Client) -> None:
    page = text(client, "/2023/")
    assert "<title>Commune jumelée 0</title>" in page
    assert 'href="/2023/organisations/#commune-jumelee-0" tabindex="-1"' in page
    assert 'id="commune-jumelee-0"' in text(client, "/2023/organisations/")


@pytest.mark.parametrize("address", ["/2023/", "/2023/programme/", "/2023/speakers/", "/2023/organisations/"])
def test_a_cold_page_takes_few_queries_at_one_and_at_many(
    client: Client, organiser: Actor, django_assert_max_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    few, many = an_edition(13, slug="2022"), an_edition(14, slug="2023")
    publish_release(actor=organiser, edition_id=few.pk)
    fill(many, sessions=30, speakers=40, attendees=60, organisations=30)
    publish_release(actor=organiser, edition_id=many.pk)
    for slug in ("2022", "2023"):
        releases.content_of_release.cache_clear()
        with django_assert_max_num_queries(3):
            assert client.get(address.replace("2023", slug)).status_code == 200
