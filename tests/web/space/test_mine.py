"""The personal page: opened by its link and by nothing else, never kept, never told to others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from parvis.models import Registration
from tests.factories.registrations import a_registration, an_open_edition

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def test_the_page_shows_the_ticket_and_is_kept_by_nobody(client: Client) -> None:
    found = a_registration(an_open_edition())
    response = client.get(f"/r/{found.manage_token}/")
    page = response.content.decode()
    assert response.status_code == 200
    assert "<svg " in page
    assert found.reference in page
    assert "Boucle magnétique" in page
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "noindex" in response.headers["X-Robots-Tag"]


@pytest.mark.parametrize("token", ["short", "a" * 43, "../../etc", "é" * 43])
def test_a_forged_link_gets_a_page_that_helps(client: Client, token: str) -> None:
    a_registration(an_open_edition())
    response = client.get(f"/r/{token}/")
    assert response.status_code == 404
    for action in ("change", "cancel", "restore"):
        assert client.post(f"/r/{'a' * 43}/{action}/").status_code == 404


def test_guessing_links_is_slowed_down(client: Client, settings: Any) -> None:
    settings.PARVIS_RATE_LIMITS = {"token": (1, 60)}
    assert client.get(f"/r/{'a' * 43}/").status_code == 404
    assert client.get(f"/r/{'b' * 43}/").status_code == 429


def test_changing_saves_and_says_so(client: Client) -> None:
    found = a_registration(an_open_edition())
    page = client.get(f"/r/{found.manage_token}/change/")
    assert 'value="Végétarien"' in page.content.decode()
    response = client.post(
        f"/r/{found.manage_token}/change/",
        {
            "seen_at": Registration.objects.get().updated_at.isoformat(),
            "title": "Maire",
            "function": "mayor",
            "gender": "F",
            "language": "en",
            "languages": ["fr"],
            "diet": "halal",
        },
        follow=True,
    )
    assert response.status_code == 200
    found.refresh_from_db()
    assert (found.diet, found.language, found.access_needs) == ("halal", "en", "")
    assert "notice success" in response.content.decode()


def test_a_change_made_meanwhile_is_told_and_nothing_typed_is_lost(client: Client) -> None:
    found = a_registration(an_open_edition())
    seen = (found.updated_at - timedelta(hours=1)).isoformat()
    sent = {"seen_at": seen, "title": "Maire", "function": "mayor", "gender": "F", "language": "fr", "diet": "halal"}
    response = client.post(f"/r/{found.manage_token}/change/", sent)
    assert response.status_code == 422
    page = response.content.decode()
    assert 'value="halal"' in page
    found.refresh_from_db()
    assert found.diet == "Végétarien"
    assert found.updated_at.isoformat() in page  # saving again now goes through


def test_an_elected_official_keeps_a_title(client: Client) -> None:
    found = a_registration(an_open_edition())
    response = client.post(f"/r/{found.manage_token}/change/", {"function": "mayor", "gender": "", "language": "fr"})
    assert response.status_code == 422
    assert 'id="id_title_error"' in response.content.decode()


def test_cancelling_asks_and_can_be_undone(client: Client) -> None:
    found = a_registration(an_open_edition())
    assert client.get(f"/r/{found.manage_token}/cancel/").status_code == 200
    found.refresh_from_db()
    assert found.status == "confirmed"
    page = client.post(f"/r/{found.manage_token}/cancel/", {"reason": "Grève"}, follow=True).content.decode()
    found.refresh_from_db()
    assert (found.status, found.cancellation_reason) == ("cancelled", "Grève")
    assert "<svg " not in page
    assert f"/r/{found.manage_token}/restore/" in page
    page = client.post(f"/r/{found.manage_token}/restore/", follow=True).content.decode()
    found.refresh_from_db()
    assert found.status == "confirmed"
    assert "<svg " in page


def test_once_it_is_over_nothing_is_offered(client: Client) -> None:
    edition = an_open_edition()
    found = a_registration(edition)
    edition.starts_on = edition.ends_on = timezone.now().date() - timedelta(days=2)
    edition.save()
    page = client.get(f"/r/{found.manage_token}/").content.decode()
    assert "/change/" not in page
    assert "/cancel/" not in page
    assert client.get(f"/r/{found.manage_token}/change/").status_code == 302
    client.post(f"/r/{found.manage_token}/cancel/", {"reason": ""})
    found.refresh_from_db()
    assert found.status == "confirmed"


def test_the_calendar_file_parses(client: Client) -> None:
    found = a_registration(an_open_edition())
    response = client.get(f"/r/{found.manage_token}/calendar.ics")
    assert response.headers["Content-Type"].startswith("text/calendar")
    event = Calendar.from_ical(response.content).walk("VEVENT")[0]
    assert event.decoded("dtstart").isoformat() == "2033-09-19"
    edition = found.edition
    edition.starts_on = edition.ends_on = None
    edition.save()
    assert client.get(f"/r/{found.manage_token}/calendar.ics").status_code == 404


def test_the_number_of_queries_does_not_grow(client: Client, django_assert_max_num_queries: Any) -> None:
    edition = an_open_edition()
    found = a_registration(edition)
    with django_assert_max_num_queries(6):
        client.get(f"/r/{found.manage_token}/")
    for number in range(10):
        a_registration(edition, email=f"p{number}@example.org", last_name=f"Nom{number}")
    with django_assert_max_num_queries(6):
        client.get(f"/r/{found.manage_token}/")
