"""The edition without a network, in a real browser with its service worker."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from parvis.domain.access import Actor
from parvis.models import Edition, Session
from parvis.services.releases import publish_release
from parvis.web.public import offline
from tests.factories.editions import an_edition, fill

PROGRAMME, SESSION = "/2023/programme/", "/2023/sessions/seance-1/"
HEARD = """
  window.kept = [];
  navigator.serviceWorker?.addEventListener("message", (event) => window.kept.push(event.data));
"""
KEPT = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    found[name] = (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname);
  }
  return found;
}"""


@pytest.fixture
def edition(live_server: LiveServer, organiser: Actor) -> Edition:
    made = an_edition()
    fill(made, sessions=4, speakers=3, attendees=6)
    publish_release(actor=organiser, edition_id=made.pk)
    return made


@pytest.fixture
def open_site(new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Return a function that opens a page in a browser that allows service workers."""

    def opened(address: str = PROGRAMME, *, script: str = "", **options: object) -> Page:
        context = new_context(service_workers="allow", **options)
        context.add_init_script(HEARD + script)
        page = context.new_page()
        page.goto(address)
        return page

    return opened


def wait_until_kept(page: Page, release: int = 1) -> None:
    page.wait_for_function("(release) => window.kept.some((said) => said.release === release)", arg=release)


def test_a_visit_keeps_the_edition_and_says_which_release(
    edition: Edition,
    open_site: Callable[..., Page],
    axe: Callable[[Page], None],
    no_overflow: Callable[[Page], None],
    screenshot: Callable[[Page, str], object],
) -> None:
    page = open_site()
    expect(page.locator(".offline-note")).to_have_text("")
    wait_until_kept(page)
    page.context.set_offline(True)
    for address, heading in (
        (SESSION, "Séance 1 : agir ensemble"),
        ("/2023/speakers/", "Intervenants"),
        ("/2023/speakers/personne-1/", "Édouard Été001"),
        ("/2023/programme/grid/", "Programme"),
        ("/2023/rooms/salle-2/", "Salle 2"),
        ("/2023/practical/", "Informations pratiques"),
        (f"{PROGRAMME}?format=workshop", "Programme"),
        ("/2023/mine/", "Mon programme"),
    ):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        expect(page.locator(".offline-note")).to_contain_text("Vous êtes hors ligne : voici la version 1 du ")
        assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Atkinson'), "styles are kept"
    page.goto(SESSION)
    expect(page.get_by_role("status").first).to_have_attribute("aria-live", "polite")
    axe(page)
    no_overflow(page)
    screenshot(page, "offline-session")
    page.context.set_offline(False)
    expect(page.locator(".offline-note")).to_have_text("")


def test_on_a_phone_it_fits(
    edition: Edition,
    open_site: Callable[..., Page],
    axe: Callable[[Page], None],
    no_overflow: Callable[[Page], None],
    screenshot: Callable[[Page, str], object],
) -> None:
    page = open_site("/en/2023/programme/", viewport={"width": 360, "height": 740})
    wait_until_kept(page)
    page.context.set_offline(True)
    page.goto("/en/2023/sessions/seance-1/")
    expect(page.locator(".offline-note")).to_contain_text("You are offline: this is release 1 of ")
    axe(page)
    no_overflow(page)
    screenshot(page, "offline-session-phone")


def test_a_page_that_is_not_kept_is_stood_in_for(
    edition: Edition, open_site: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = open_site()
    wait_until_kept(page)
    page.context.set_offline(True)
    page.goto("/2023/register/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cette page a besoin du réseau")
    axe(page)
    page.get_by_role("main").get_by_role("link", name="Programme", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Programme")


def test_a_new_release_replaces_the_old_one_whole(
    edition: Edition, open_site: Callable[..., Page], organiser: Actor
) -> None:
    page = open_site()
    wait_until_kept(page)
    page.context.set_offline(True)
    Session.objects.filter(code="S001").update(title_fr="Un titre de la deuxième version")
    publish_release(actor=organiser, edition_id=edition.pk, accept_violations=True)
    page.goto(SESSION)
    expect(page.get_by_role("heading", level=1)).to_have_text("Séance 1 : agir ensemble")
    page.context.set_offline(False)
    page.goto(PROGRAMME)
    wait_until_kept(page, 2)
    page.context.set_offline(True)
    page.goto(SESSION)
    expect(page.get_by_role("heading", level=1)).to_have_text("Un titre de la deuxième version")
    expect(page.locator(".offline-note")).to_contain_text("voici la version 2 du ")
    page.goto("/2023/speakers/personne-1/")
    expect(page.locator(".offline-note")).to_contain_text("voici la version 2 du ")
    assert len(page.evaluate(KEPT)) == 2, "the release before is gone: one cache of pages, one note of which"


def test_a_release_that_is_not_whole_is_not_shown(
    edition: Edition, open_site: Callable[..., Page], organiser: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_site()
    wait_until_kept(page)
    whole = offline._more
    monkeypatch.setattr(offline, "_more", lambda site: [*whole(site), "/2023/speakers/nulle-part/"])
    Session.objects.filter(code="S001").update(title_fr="Un titre de la deuxième version")
    publish_release(actor=organiser, edition_id=edition.pk, accept_violations=True)
    with page.expect_event("requestfinished", lambda request: request.url.endswith("/offline.json")):
        page.goto(PROGRAMME)
    page.wait_for_function(
        "async () => (await caches.keys()).length === 3 && (await Promise.all((await caches.keys()).map("
        "async (name) => (await (await caches.open(name)).keys()).length))).every((count) => count > 0)"
    )
    page.wait_for_timeout(1500)
    page.context.set_offline(True)
    page.goto(SESSION)
    expect(page.get_by_role("heading", level=1)).to_have_text("Séance 1 : agir ensemble")
    expect(page.locator(".offline-note")).to_contain_text("voici la version 1 du ")
    page.context.set_offline(False)
    monkeypatch.setattr(offline, "_more", whole)
    page.goto(PROGRAMME)
    wait_until_kept(page, 2)
    page.context.set_offline(True)
    page.goto(SESSION)
    expect(page.get_by_role("heading", level=1)).to_have_text("Un titre de la deuxième version")


def test_nothing_personal_is_ever_kept(
    edition: Edition, open_site: Callable[..., Page], organiser: Actor, sign_in: Callable[[Page, Actor], None]
) -> None:
    page = open_site()
    wait_until_kept(page)
    sign_in(page, organiser)
    for address in (
        "/2023/register/",
        "/desk/",
        "/door/",
        "/space/",
        "/accounts/login/code/",
        "/2023/mine/choose/",
        SESSION,
    ):
        page.goto(address)
    kept = [path for paths in page.evaluate(KEPT).values() for path in paths]
    assert SESSION in kept
    assert "/2023/mine/" in kept
    for personal in (
        "register",
        "/desk",
        "/door",
        "/space",
        "/accounts",
        "/choose",
        "/mails",
        "/r/",
        "/admin",
        "/media/",
    ):
        assert not [path for path in kept if personal in path]


def test_who_saves_data_keeps_the_programme_and_what_was_opened(
    edition: Edition, open_site: Callable[..., Page]
) -> None:
    page = open_site(script='Object.defineProperty(navigator, "connection", { value: { saveData: true } });')
    wait_until_kept(page)
    page.goto(SESSION)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_function(f"async () => Boolean(await caches.match({SESSION!r}))")
    page.context.set_offline(True)
    page.goto(PROGRAMME)
    expect(page.get_by_role("heading", level=1)).to_have_text("Programme")
    page.goto(SESSION)
    expect(page.get_by_role("heading", level=1)).to_have_text("Séance 1 : agir ensemble")
    page.goto("/2023/sessions/seance-2/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cette page a besoin du réseau")


def test_a_reader_is_told_of_a_newer_release(
    edition: Edition, open_site: Callable[..., Page], organiser: Actor, axe: Callable[[Page], None]
) -> None:
    page = open_site(SESSION)
    wait_until_kept(page)
    Session.objects.filter(code="S001").update(title_fr="Un titre de la deuxième version")
    publish_release(actor=organiser, edition_id=edition.pk, accept_violations=True)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(".offline-note")).to_contain_text("La version 2 du programme est parue.")
    axe(page)
    page.get_by_role("link", name="L’afficher").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Un titre de la deuxième version")
    expect(page.locator(".offline-note")).to_have_text("")


def test_a_screen_starts_again_without_a_network(edition: Edition, open_site: Callable[..., Page]) -> None:
    address = "/2023/rooms/salle-1/display/"
    page = open_site(f"{address}#at=2023-09-18T09:45")
    wait_until_kept(page)
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("[data-part=now] h3")).to_have_text("Séance 1 : agir ensemble")
    expect(page.locator("#status")).to_contain_text("Pas de réseau depuis 9 h 45")
    assert "/2023/speakers/" not in [path for paths in page.evaluate(KEPT).values() for path in paths]


def test_without_a_worker_the_pages_read_as_they_are(edition: Edition, page: Page) -> None:
    page.goto(SESSION)
    expect(page.get_by_role("heading", level=1)).to_have_text("Séance 1 : agir ensemble")
    expect(page.locator(".offline-note")).to_have_text("")
