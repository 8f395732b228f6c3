"""The page of open data in a browser, and the data that pages carry under the strict content policy."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from parvis.domain.access import Actor
from parvis.models import Edition, Group, Session, SessionTheme, Theme
from parvis.services.releases import publish_release
from tests.factories.editions import an_edition, fill

Shoot = Callable[[Page, str], Path]
Check = Callable[[Page], None]


@pytest.fixture
def released(live_server: LiveServer, organiser: Actor) -> Edition:
    edition = an_edition()
    fill(edition, sessions=12, speakers=8)
    themes = [
        Theme.objects.create(slug=slug, name_fr=french, name_en=english)
        for slug, french, english in (
            ("climat", "Climat : adaptation et atténuation", "Climate: adaptation and mitigation"),
            ("jeunesse", "Jeunesse et citoyenneté mondiale", "Youth and global citizenship"),
            ("eau", "Eau et assainissement", "Water and sanitation"),
        )
    ]
    group = Group.objects.create(code="senegal", kind="country", name_fr="Sénégal", name_en="Senegal")
    for number, session in enumerate(Session.objects.filter(edition=edition)):
        SessionTheme.objects.create(session=session, theme=themes[number % 3])
    Session.objects.filter(code="S005").update(group=group)
    publish_release(actor=organiser, edition_id=edition.pk)
    return edition


@pytest.mark.parametrize("screen", ["page", "phone"])
@pytest.mark.parametrize(("prefix", "heading"), [("", "Données ouvertes"), ("/en", "Open data")])
def test_open_data_on_a_screen(
    request: pytest.FixtureRequest,
    released: Edition,
    screen: str,
    prefix: str,
    heading: str,
    axe: Check,
    no_overflow: Check,
    screenshot: Shoot,
) -> None:
    page: Page = request.getfixturevalue(screen)
    page.goto(f"{prefix}/2023/")
    page.get_by_role("link", name=heading).click()
    assert page.get_by_role("heading", level=1).inner_text() == heading
    axe(page)
    no_overflow(page)
    screenshot(page, f"formats-{screen}{prefix.replace('/', '-')}")


def test_a_calendar_is_downloaded_and_a_subscription_is_offered(released: Edition, page: Page) -> None:
    page.goto("/2023/formats/")
    assert (page.get_by_role("link", name="S’abonner").get_attribute("href") or "").startswith("webcal://")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Télécharger (ICS)").click()
    assert downloading.value.suggested_filename == "2023-programme.ics"
    assert downloading.value.path().read_bytes().startswith(b"BEGIN:VCALENDAR")


@pytest.mark.parametrize("address", ["/2023/", "/2023/sessions/seance-1/", "/en/2023/sessions/seance-1/"])
def test_structured_data_stand_under_the_content_policy(
    released: Edition, page: Page, console_faults: list[str], address: str
) -> None:
    """The policy forbids inline scripts; a block of data is none, so that it is there and nothing is reported."""
    page.add_init_script(
        "window.refused = []; addEventListener('securitypolicyviolation', e => window.refused.push(e.blockedURI))"
    )
    answer = page.goto(address)
    assert answer is not None and "'unsafe-inline'" not in answer.headers["content-security-policy"]
    data = page.locator('script[type="application/ld+json"]').text_content()
    assert json.loads(data or "")["@context"] == "https://schema.org"
    assert page.evaluate("window.refused") == []
    assert console_faults == []
