"""A real browser on a live server. Each flow has its own database rows and its own browser context."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, sync_playwright
from pytest_django.live_server_helper import LiveServer

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
SCREENSHOTS = Path(__file__).resolve().parents[2] / "var" / "screenshots"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--force-prefers-reduced-motion",
    "--lang=fr-FR",
]
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all that stands in this folder as a flow: `-m "not flow"` leaves the browser out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.flow)


def _chromium() -> str | None:
    named = os.environ.get("PARVIS_CHROMIUM")
    if named:
        return named
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((found for name in names if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Return Playwright; its event loop makes Django believe that it is called from async code."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as running:
        yield running
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Return the system's Chromium, or skip with the reason."""
    program = _chromium()
    if program is None:
        pytest.skip("Neither Chromium nor Chrome was found; name one by PARVIS_CHROMIUM.")
    running = playwright.chromium.launch(executable_path=program, args=ARGUMENTS, headless=True)
    yield running
    running.close()


@pytest.fixture
def live_server(live_server: LiveServer, transactional_db: None) -> LiveServer:
    """Return the live server; links in mails point to it."""
    settings.PARVIS_SITE_URL = live_server.url
    return live_server


@pytest.fixture
def new_context(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., BrowserContext]]:
    """Return a function that opens a browser context (`viewport`, `locale`, `java_script_enabled`, …)."""
    opened: list[BrowserContext] = []

    def open_context(**options: object) -> BrowserContext:
        defaults: dict[str, object] = {
            "base_url": live_server.url,
            "viewport": DESKTOP,
            "locale": "fr-FR",
            "timezone_id": "Europe/Paris",
            "reduced_motion": "reduce",
            "service_workers": "block",  # what one flow keeps is no business of the next; test_offline allows them
        }
        context = browser.new_context(**(defaults | options))  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        opened.append(context)
        return context

    yield open_context
    for context in opened:
        context.close()


def _listen(page: Page, faults: list[str]) -> None:
    def heard(message: ConsoleMessage) -> None:
        is_the_page = message.location.get("url") == page.url  # a page that answers 404 or 422 is what was asked for
        if message.type == "error" and not (is_the_page and "Failed to load resource" in message.text):
            faults.append(f"{page.url}: {message.text}")

    page.on("console", heard)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))


@pytest.fixture
def console_faults() -> Iterator[list[str]]:
    """Return what the pages complained of; a flow fails at its end unless it has cleared what it expected."""
    faults: list[str] = []
    yield faults
    assert not faults, "The browser complained:\n" + "\n".join(faults)


@pytest.fixture
def page(new_context: Callable[..., BrowserContext], console_faults: list[str]) -> Page:
    """Return a page on a desktop screen."""
    opened = new_context().new_page()
    _listen(opened, console_faults)
    return opened


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext], console_faults: list[str]) -> Page:
    """Return a page on a small phone, with touch."""
    opened = new_context(viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2).new_page()
    _listen(opened, console_faults)
    return opened


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Return a function that asserts that axe finds no fault (WCAG 2.1 A and AA, best practices) on a page."""
    source = AXE.read_text(encoding="utf-8")

    def assert_accessible(page: Page) -> None:
        page.evaluate(source)  # through the debugger, which no content policy holds back
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        found = [
            f"{fault['id']} ({fault['impact']}): {fault['help']}\n    "
            + "\n    ".join(f"{node['target']} {node['html'][:160]}" for node in fault["nodes"][:5])
            for fault in result["violations"]
        ]
        assert not found, f"{page.url}:\n" + "\n".join(found)

    return assert_accessible


@pytest.fixture
def no_overflow() -> Callable[[Page], None]:
    """Return a function that asserts that a page is no wider than its screen."""

    def assert_fits(page: Page) -> None:
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} is {wide} px wider than the screen."

    return assert_fits


@pytest.fixture
def screenshot() -> Callable[[Page, str], Path]:
    """Return a function that writes a whole page to var/screenshots."""

    def shoot(page: Page, name: str) -> Path:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        page.screenshot(path=path, full_page=True)
        return path

    return shoot


@pytest.fixture
def sign_in(client_of: Callable[..., object]) -> Callable[..., None]:
    """Return a function that signs an actor in on a page, by the session's cookie."""

    def signed_in(page: Page, actor: object) -> None:
        client = client_of(actor)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]  # type: ignore[attr-defined]  # Django's test client
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": settings.PARVIS_SITE_URL}])

    return signed_in
