"""The public site in a real browser: accessible, whole on a phone, searched as one types, read without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from parvis.domain.access import Actor
from parvis.services.figures import take_snapshot
from parvis.services.releases import publish_release
from tests.factories.editions import an_edition, fill

PAGES = (
    "/",
    "/en/",
    "/2023/programme/",
    "/2023/programme/rooms/",
    "/2023/sessions/seance-0/",
    "/2023/speakers/",
    "/2023/speakers/personne-1/",
    "/2023/organisations/",
    "/2023/partners/",
    "/2023/practical/",
    "/2023/figures/",
    "/editions/",
    "/nulle-part/",
)


@pytest.fixture
def site(live_server: LiveServer, organiser: Actor) -> None:
    edition = an_edition()
    fill(edition, sessions=12, speakers=9, attendees=40, organisations=24)
    take_snapshot(actor=organiser, edition_id=edition.pk)
    publish_release(actor=organiser, edition_id=edition.pk)


@pytest.mark.flow
@pytest.mark.parametrize("screen", ["page", "phone"])
def test_every_page_is_accessible_and_fits(
    site: None,
    screen: str,
    request: pytest.FixtureRequest,
    axe: Callable[[Page], None],
    no_overflow: Callable[[Page], None],
) -> None:
    page: Page = request.getfixturevalue(screen)
    for address in PAGES:
        page.goto(address)
        expect(page.get_by_role("main")).to_have_count(1)
        axe(page)
        no_overflow(page)


@pytest.mark.flow
def test_speakers_are_found_as_one_types(site: None, page: Page) -> None:
    page.goto("/2023/speakers/")
    expect(page.locator("#speaker-list li:visible")).to_have_count(9)
    page.get_by_role("searchbox").fill("édou")
    expect(page.locator("#speaker-list li:visible")).to_have_count(2)
    expect(page.locator("#speaker-count")).to_have_text("2 personnes trouvées")
    page.get_by_role("searchbox").fill("")
    expect(page.locator("#speaker-list li:visible")).to_have_count(9)


@pytest.mark.flow
def test_speakers_are_found_without_scripts(site: None, new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/2023/speakers/")
    page.get_by_role("searchbox").fill("aicha ete000")
    page.get_by_role("button", name="Rechercher").click()
    expect(page.locator("#speaker-list li")).to_have_count(1)


@pytest.mark.flow
def test_the_keyboard_skips_to_the_content_and_the_language_keeps_the_page(site: None, page: Page) -> None:
    page.goto("/2023/programme/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Programme")
    assert page.url.endswith("/en/2023/programme/")
