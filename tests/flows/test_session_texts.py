"""Texts of sessions at the desk in a browser: how far they are, checked one by one and together, told at publishing."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from parvis.domain.access import Actor
from parvis.models import Edition, Session
from parvis.services.session_texts import check_texts
from tests.factories.editions import an_edition
from tests.factories.programme import a_room, a_session, placed

Check = Callable[[Page], None]
BASE = "/desk/2023/"
TEXTS = {
    "title_en": "Sharing the water of a river between towns",
    "abstract_fr": "Trois villes du fleuve comparent leurs régies.\nElles disent ce qui marche, et ce qui a échoué.",
    "abstract_en": "Three towns on one river compare their utilities, and say what failed.",
    "practical_note_fr": "Prenez un casque à l’entrée.",
}


@pytest.fixture
def edition(transactional_db: None, organiser: Actor) -> Edition:
    edition = an_edition(status="open")
    hall = a_room(edition, "Grand hall")
    first = a_session(edition, "Partager l’eau d’un fleuve entre les villes", **TEXTS)
    placed(first, hall)
    a_session(edition, "La jeunesse au conseil", **{**TEXTS, "title_en": "", "abstract_en": ""})
    a_session(edition, "Habiter le littoral demain", **TEXTS)
    check_texts(actor=organiser, session_id=first.pk, language="fr", checked=True)
    return edition


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_texts_are_checked_and_publishing_tells_what_lacks(
    screen: str,
    request: pytest.FixtureRequest,
    edition: Edition,
    organiser: Actor,
    sign_in: Callable[[Page, Actor], None],
    axe: Check,
    no_overflow: Check,
    screenshot: Callable[[Page, str], object],
) -> None:
    page: Page = request.getfixturevalue(screen)
    sign_in(page, organiser)

    def looked_at(name: str) -> None:
        axe(page)
        no_overflow(page)
        screenshot(page, f"desk-texts-{name}-{screen}")

    page.goto(f"{BASE}sessions/?sort=title")
    check = page.get_by_role("button", name="Vérifier les textes…")
    expect(check).to_be_disabled()
    looked_at("list")
    page.get_by_role("checkbox", name="Choisir « Habiter le littoral demain »").check()
    page.get_by_role("checkbox", name="Choisir « La jeunesse au conseil »").check()
    expect(check).to_be_enabled()
    check.click()
    looked_at("many")
    page.get_by_role("button", name="Leurs textes en anglais").click()
    expect(page.get_by_text("1 séance serait marquée comme vérifiée")).to_be_visible()
    expect(page.get_by_role("region", name="Laissées telles quelles")).to_contain_text("titre, résumé")
    looked_at("many-english")
    page.get_by_role("button", name="Les marquer comme vérifiées").click()
    expect(page.get_by_text("de 1 séance sont marqués comme vérifiés")).to_be_visible()
    assert Session.objects.get(title_fr="Habiter le littoral demain").checked == ["en"]

    page.get_by_role("link", name="Partager l’eau d’un fleuve entre les villes").click()
    texts = page.get_by_role("region", name="Textes")
    expect(texts).to_contain_text(re.compile(r"par Organiser"))
    texts.get_by_role("button", name="Marquer comme vérifié : anglais").press("Enter")
    expect(page.get_by_text("Les textes en anglais sont marqués comme vérifiés.")).to_be_visible()
    looked_at("session")
    page.goto(f"{BASE}releases/")
    expect(page.get_by_text("Textes manquants ou non vérifiés")).to_be_visible()
    looked_at("publish")
    page.get_by_role("link", name=re.compile("il manque le titre ou le résumé de 1 séance")).click()
    expect(page.get_by_role("row").filter(has_text="La jeunesse au conseil")).to_be_visible()
    expect(page.get_by_role("row")).to_have_count(2)


def test_it_works_without_scripts_and_mirrored(
    edition: Edition,
    organiser: Actor,
    new_context: Callable[..., BrowserContext],
    sign_in: Callable[[Page, Actor], None],
    no_overflow: Check,
) -> None:
    page = new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}).new_page()
    sign_in(page, organiser)
    page.goto(f"{BASE}sessions/?lacks=check_fr")
    page.get_by_role("checkbox", name="les 2 séances de cette liste").check()
    page.get_by_role("button", name="Vérifier les textes…").click()
    expect(page.get_by_text("2 séances seraient marquées comme vérifiées")).to_be_visible()
    page.get_by_role("button", name="Les marquer comme vérifiées").click()
    assert all("fr" in session.checked for session in Session.objects.all())
    mirrored = new_context(viewport={"width": 360, "height": 740}).new_page()
    sign_in(mirrored, organiser)
    for address in ("sessions/", f"sessions/{Session.objects.first().pk}/", "sessions/texts/?to=uncheck&all=1"):  # type: ignore[union-attr]
        mirrored.goto(f"{BASE}{address}")
        mirrored.evaluate("document.documentElement.dir = 'rtl'")
        no_overflow(mirrored)
