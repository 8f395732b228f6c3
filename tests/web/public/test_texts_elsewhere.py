"""What the site shows where a session has no text in the page's language: another one, which is named."""

from __future__ import annotations

import pytest
from django.test import Client

from parvis.domain.access import Actor
from parvis.models import Edition
from parvis.services.releases import publish_release
from tests.factories.editions import an_edition
from tests.factories.programme import MORNING, a_room, a_session, placed

pytestmark = pytest.mark.django_db
SAID = "This text is not translated yet; it is in French."


@pytest.fixture
def released(organiser: Actor) -> Edition:
    edition = an_edition(status="open")
    rooms = [a_room(edition, name) for name in ("Grand hall", "Salon", "Patio")]
    placed(a_session(edition, "L’eau", abstract_fr="Résumé en français", practical_note_fr="Venez tôt."), rooms[0])
    placed(a_session(edition, "Le sol", title_en="Soil", abstract_fr="Un résumé", abstract_en="In English"), rooms[1])
    placed(a_session(edition, "Pause gourmande", format="break"), rooms[2], MORNING)
    publish_release(actor=organiser, edition_id=edition.pk, accept_violations=True)
    return edition


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_a_text_that_is_missing_is_shown_in_its_language_and_named(released: Edition, client: Client) -> None:
    page = text(client, "/en/2023/sessions/essai-1/")
    assert SAID in page
    assert '<div class="prose lead" lang="fr" dir="auto"><p>Résumé en français</p></div>' in page
    assert '<div class="prose" lang="fr" dir="auto"><p>Venez tôt.</p></div>' in page
    assert 'lang="fr" dir="auto" data-title>L’eau</h1>' in page
    whole = text(client, "/en/2023/sessions/essai-2/")
    assert "not translated" not in whole
    assert "In English" in whole
    assert "n’est pas encore traduit" not in text(client, "/2023/sessions/essai-1/")


@pytest.mark.parametrize("address", ["/en/2023/programme/", "/en/2023/programme/rooms/", "/en/2023/programme/grid/"])
def test_titles_say_their_language_breaks_too(released: Edition, client: Client, address: str) -> None:
    page = text(client, address)
    before, _, _after = page.partition("Pause gourmande<")
    assert 'lang="fr"' in before.rpartition("<p")[2] or before.endswith('lang="fr" dir="auto" data-title>')
