"""Whoever works on an edition signs in with a code that comes by mail; nobody learns who has an account."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from parvis.domain.access import Actor

LOGIN = "/accounts/login/code/"


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_the_sign_in_page_is_accessible(
    screen: str,
    request: pytest.FixtureRequest,
    axe: Callable[[Page], None],
    no_overflow: Callable[[Page], None],
    screenshot: Callable[[Page, str], object],
) -> None:
    page: Page = request.getfixturevalue(screen)
    page.goto(LOGIN)
    expect(page.get_by_role("main")).to_have_count(1)
    axe(page)
    no_overflow(page)
    screenshot(page, f"sign-in-{screen}")


def test_a_code_by_mail_opens_the_desk(page: Page, organiser: Actor) -> None:
    from parvis.models import Mail

    page.goto(LOGIN)
    page.locator("input[name=email]").fill(organiser.email)
    page.locator("main form button[type=submit], main form button:not([type])").first.click()
    expect(page.locator("input[name=code]")).to_be_visible()
    mail = Mail.objects.get(recipient=organiser.email)
    code = re.search(r"^\s*([0-9A-Z]{3,4}-?[0-9A-Z]{3,4})\s*$", mail.body_text, re.M)
    assert code is not None, mail.body_text
    page.locator("input[name=code]").fill(code.group(1))
    page.locator("input[name=code]").press("Enter")
    page.wait_for_url("**/desk/**")
