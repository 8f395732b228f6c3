"""Takes the pictures of the guides and of the README from a running demo.

    ./parvis demo --port 8000          (in another terminal)
    .venv/bin/python docs/guides/take_screenshots.py http://localhost:8000

It signs in as anybody would: with the code from the demo's page of mails. Needs the tests' Chromium.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

IMAGES = Path(__file__).parent / "images"
SCREENS = {1280: 900, 360: 740}
PUBLIC = {
    "home-fr": "/",
    "programme-fr": "/2023/programme/",
    "programme-en": "/en/2023/programme/",
    "grid-fr": "/2023/programme/grid/",
    "communique-fr": "/2023/communiques/1/",
}
DESK = {
    "dashboard-fr": "/desk/2023/",
    "timetable-fr": "/desk/2023/timetable/",
    "timetable-explained-fr": "/desk/2023/timetable/explained/",
    "releases-fr": "/desk/2023/releases/",
}


def context_of(browser: Browser, base: str, width: int) -> BrowserContext:
    """Return a fresh browser on a screen of some width."""
    screen = {"width": width, "height": SCREENS[width]}
    return browser.new_context(base_url=base, viewport=screen, locale="fr-FR", reduced_motion="reduce")


def shoot(page: Page, name: str, width: int) -> None:
    """Write one picture, with few colours so that it is small."""
    path = IMAGES / f"{name}-{width}.png"
    page.wait_for_timeout(400)
    page.screenshot(path=path)
    Image.open(path).convert("P", palette=Image.Palette.ADAPTIVE, colors=128).save(path, optimize=True)
    print(f"  {path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}")  # noqa: T201


def sign_in(context: BrowserContext, email: str, to: str) -> Page:
    """Sign in with the code that the demo shows on its page of mails."""
    page = context.new_page()
    page.goto(to)
    page.fill("input[type=email]", email)
    page.locator("main button[type=submit]").first.click()
    mails = context.new_page()
    mails.goto("/mails/")
    mails.locator("main a[href*='/mails/']").first.click()
    code = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", mails.inner_text("main"))
    if code is None:
        raise SystemExit("No code was found on the page of mails: is this the demo?")
    page.fill("input[name=code]", code[0])
    page.locator("main button[type=submit]").first.click()
    page.wait_for_load_state()
    mails.close()
    return page


def main() -> None:
    """Take every picture."""
    base = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000"
    IMAGES.mkdir(exist_ok=True)
    program = os.environ.get("PARVIS_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for width in SCREENS:
            context = context_of(browser, base, width)
            page = context.new_page()
            for name, address in PUBLIC.items():
                page.goto(address)
                shoot(page, name, width)
            context.close()
        context = context_of(browser, base, 1280)
        page = sign_in(context, "organisation@parvis.invalid", "/desk/")
        for name, address in DESK.items():
            page.goto(address)
            shoot(page, name, 1280)
        context.close()
        context = context_of(browser, base, 360)
        page = sign_in(context, "porte@parvis.invalid", "/door/")
        page.locator("main a[href*='/door/']").first.click()
        page.wait_for_load_state()
        field = page.locator("#q")
        field.fill("Rebsamen")
        field.press("Enter")
        page.wait_for_timeout(800)
        admit = page.locator("#answer button").first
        if admit.count():
            admit.click()
        shoot(page, "door-fr", 360)
        browser.close()


if __name__ == "__main__":
    main()
