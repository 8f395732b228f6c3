"""Somebody registers, changes, cancels and comes back: with the keyboard, on a phone, without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from playwright.sync_api import BrowserContext, Page, expect

from parvis.models import Mail, Registration
from tests.factories.registrations import an_open_edition


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def _answer(page: Page) -> None:
    page.get_by_label("Vous venez en qualité de").select_option("elected")
    page.get_by_label("Prénom").fill("Zoé")
    page.get_by_label("Nom", exact=True).fill("N’Diaye")
    page.get_by_label("Titre, tel que vous le portez").fill("Maire")
    page.get_by_label("Adresse électronique").fill("zoe@example.org")


def _link() -> str:
    found = re.search(r"https?://\S+/r/\S+/", Mail.objects.earliest("id").body_text)
    assert found is not None
    return found[0]


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_registering_changing_cancelling_and_coming_back(
    screen: str,
    request: pytest.FixtureRequest,
    axe: Callable[[Page], None],
    no_overflow: Callable[[Page], None],
    screenshot: Callable[[Page, str], object],
) -> None:
    page: Page = request.getfixturevalue(screen)
    an_open_edition()
    page.goto("/2023/register/")
    organisation = page.get_by_role("combobox", name="Nom de votre organisation")
    organisation.press_sequentially("dijon m")
    expect(page.get_by_role("option").first).to_contain_text("Dijon")
    axe(page)
    organisation.press("ArrowDown")
    organisation.press("Enter")
    expect(organisation).to_have_value("Dijon Métropole")
    expect(page.get_by_role("listbox")).to_be_hidden()
    _answer(page)
    no_overflow(page)
    screenshot(page, f"register-{screen}")
    page.get_by_role("button", name="M’inscrire").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vous êtes inscrit")
    axe(page)
    assert Registration.objects.get().organisation.siren == "242100410"

    page.goto(_link())
    expect(page.get_by_role("img", name="Code QR de votre billet")).to_be_visible()
    axe(page)
    no_overflow(page)
    screenshot(page, f"my-registration-{screen}")
    page.get_by_role("link", name="Modifier").click()
    page.get_by_label("Régime alimentaire").fill("végétarien")
    axe(page)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("végétarien")).to_be_visible()
    page.get_by_role("link", name="Annuler mon inscription").click()
    page.get_by_role("button", name="Annuler l’inscription").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cette inscription est annulée")
    axe(page)
    page.get_by_role("link", name="Reprendre mon inscription").click()
    page.get_by_role("button", name="Oui, je viens").click()
    expect(page.get_by_role("img", name="Code QR de votre billet")).to_be_visible()


def test_without_javascript_the_form_asks_which_namesake(
    new_context: Callable[..., BrowserContext],
) -> None:
    an_open_edition()
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/2023/register/")
    page.get_by_label("Nom de votre organisation").fill("Saint-Denis")
    _answer(page)
    page.get_by_role("button", name="M’inscrire").click()
    expect(page.get_by_label("Adresse électronique")).to_have_value("zoe@example.org")
    page.get_by_role("radio", name=re.compile("Seine-Saint-Denis")).check()
    page.get_by_role("button", name="M’inscrire").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vous êtes inscrit")
    assert Registration.objects.get().organisation.insee_code == "93066"
