"""The door in a real browser: scanned, searched, refused, undone; by keyboard, on a phone, and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from parvis.domain.access import Actor
from parvis.models import Checkpoint, Registration, Scan
from tests.factories.onsite import (
    a_participant,
    a_session_door,
    an_edition_on_site,
    an_entrance,
    badge_code,
    read,
    verdicts,
)

Sign = Callable[[Page, Actor], None]
Fits = Callable[[Page], None]
Shot = Callable[[Page, str], object]


@pytest.fixture
def entrance(transactional_db: None) -> Checkpoint:
    edition = an_edition_on_site()
    a_session_door(edition)
    return an_entrance(edition)


@pytest.fixture
def zoe(entrance: Checkpoint) -> Registration:
    return a_participant(entrance.edition, "Dupré", access_needs="Fauteuil roulant")


def _field(page: Page) -> object:
    return page.get_by_label("Code, référence ou nom")


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_scanning_scanning_twice_and_undoing(
    screen: str,
    request: pytest.FixtureRequest,
    entrance: Checkpoint,
    zoe: Registration,
    door: Actor,
    sign_in: Sign,
    axe: Fits,
    no_overflow: Fits,
    screenshot: Shot,
) -> None:
    page: Page = request.getfixturevalue(screen)
    sign_in(page, door)
    page.goto("/door/")
    axe(page)
    no_overflow(page)
    screenshot(page, f"door-list-{screen}")
    page.get_by_role("link", name=re.compile("Entrée, jour 1")).click()
    expect(_field(page)).to_be_focused()
    axe(page)
    screenshot(page, f"door-ready-{screen}")

    page.keyboard.type(badge_code(zoe))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bienvenue")).to_be_visible()
    expect(page.locator(".verdict-name")).to_have_text("Zoé Dupré")
    expect(page.locator("#answer")).to_contain_text("Adjointe au maire de Dijon")
    expect(page.locator("#answer")).to_contain_text("Fauteuil roulant")
    expect(_field(page)).to_have_value("")
    expect(page.locator("body")).to_have_class(re.compile("tone-good"))
    expect(page.locator("#say")).to_contain_text("Bienvenue")
    expect(page.locator("#inside")).to_have_text("1")
    axe(page)
    no_overflow(page)
    screenshot(page, f"door-good-{screen}")

    page.keyboard.type(zoe.reference.lower())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Déjà contrôlé")).to_be_visible()
    expect(page.locator("body")).to_have_class(re.compile("tone-warn"))
    axe(page)
    screenshot(page, f"door-warn-{screen}")

    page.keyboard.type("0000-1111-2222-3333-4444-555555")
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_have_class(re.compile("tone-bad"))
    axe(page)
    no_overflow(page)
    screenshot(page, f"door-bad-{screen}")

    page.locator("#latest").get_by_role("button", name=re.compile("Annuler")).click()
    expect(page.get_by_role("heading", name="Annulé")).to_be_visible()
    expect(page.locator("#inside")).to_have_text("0")
    axe(page)
    screenshot(page, f"door-undone-{screen}")
    assert verdicts() == ["admitted", "already_in", "forged", "admitted"]
    assert Scan.objects.get(undoes__isnull=False).undoes == Scan.objects.get(verdict="admitted", undoes__isnull=True)


def test_a_name_is_found_while_one_types_and_admitted_with_the_keyboard(
    page: Page,
    entrance: Checkpoint,
    zoe: Registration,
    door: Actor,
    sign_in: Sign,
    axe: Fits,
    no_overflow: Fits,
    screenshot: Shot,
) -> None:
    a_participant(entrance.edition, "Dupont", first_name="Noël", organisation="Ville d’Essai")
    sign_in(page, door)
    page.goto(f"/door/{entrance.guid}/")
    page.keyboard.type("dupre")
    candidate = page.get_by_role("button", name=re.compile("^Zoé Dupré"))
    expect(candidate).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Noël Dupont"))).to_have_count(0)
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    expect(page.get_by_role("button", name=re.compile("Noël Dupont"))).to_be_visible()
    axe(page)
    no_overflow(page)
    screenshot(page, "door-choices-page")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(candidate).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bienvenue")).to_be_visible()
    expect(page.locator(".verdict-name")).to_have_text("Zoé Dupré")
    expect(_field(page)).to_be_focused()

    # Tab reaches the undo, and a scanner that types while a button has the focus presses nothing.
    undo = page.locator("#answer").get_by_role("button", name="Annuler")
    undo.focus()
    page.keyboard.type(zoe.reference)
    expect(_field(page)).to_have_value(zoe.reference)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Déjà contrôlé")).to_be_visible()
    assert verdicts() == ["admitted", "already_in"]


def test_nobody_of_that_name_is_registered_at_the_door(
    phone: Page,
    entrance: Checkpoint,
    door: Actor,
    sign_in: Sign,
    axe: Fits,
    no_overflow: Fits,
    screenshot: Shot,
) -> None:
    sign_in(phone, door)
    phone.goto(f"/door/{entrance.guid}/")
    phone.keyboard.type("Martin")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", name="Personne de ce nom")).to_be_visible()
    axe(phone)
    screenshot(phone, "door-nobody-phone")
    phone.locator("#answer").get_by_role("link", name="Inscrire quelqu’un maintenant").click()
    expect(phone.get_by_label("Nom", exact=True)).to_have_value("Martin")
    phone.get_by_label("Prénom").fill("Ada")
    organisation = phone.get_by_role("combobox", name="Organisation")
    organisation.press_sequentially("dijon m")
    phone.get_by_role("listbox").get_by_role("option").first.click()
    phone.get_by_label("Vient en qualité de").select_option("staff")
    axe(phone)
    no_overflow(phone)
    screenshot(phone, "door-walk-in-phone")
    phone.get_by_role("button", name="Inscrire et laisser entrer").click()
    expect(phone.get_by_role("heading", name="Bienvenue")).to_be_visible()
    expect(phone.get_by_role("img", name="Code QR du billet")).to_be_visible()
    axe(phone)
    no_overflow(phone)
    screenshot(phone, "door-walk-in-done-phone")
    made = Registration.objects.get()
    assert (made.source, made.organisation.siren) == ("walk_in", "242100410")


def test_without_javascript_every_step_is_a_form(
    new_context: Callable[..., BrowserContext],
    entrance: Checkpoint,
    zoe: Registration,
    door: Actor,
    sign_in: Sign,
    screenshot: Shot,
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, door)
    page.goto(f"/door/{entrance.guid}/")
    field = page.get_by_label("Code, référence ou nom")
    field.fill(badge_code(zoe))
    field.press("Enter")
    expect(page.get_by_role("heading", name="Bienvenue")).to_be_visible()
    expect(page).to_have_title(re.compile("Bienvenue · Zoé Dupré"))
    page.reload()
    assert verdicts() == ["admitted"]
    page.get_by_label("Code, référence ou nom").fill("dupré")
    page.get_by_role("button", name="Contrôler").click()
    page.get_by_role("button", name=re.compile("^Zoé Dupré")).click()
    expect(page.get_by_role("heading", name="Déjà contrôlé")).to_be_visible()
    screenshot(page, "door-without-javascript")
    page.get_by_role("radio", name="Sort").check()
    page.get_by_label("Code, référence ou nom").fill(zoe.reference)
    page.get_by_role("button", name="Contrôler").click()
    expect(page.get_by_role("heading", name="Au revoir")).to_be_visible()
    expect(page.get_by_role("radio", name="Sort")).to_be_checked()
    page.locator("#answer").get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("heading", name="Annulé")).to_be_visible()
    assert verdicts() == ["admitted", "already_in", "admitted", "admitted"]


def test_a_lost_network_is_said_and_nothing_typed_is_lost(
    page: Page,
    entrance: Checkpoint,
    zoe: Registration,
    door: Actor,
    sign_in: Sign,
    console_faults: list[str],
) -> None:
    sign_in(page, door)
    page.goto(f"/door/{entrance.guid}/")
    page.context.set_offline(True)
    page.keyboard.type(zoe.reference)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("pas de réseau"))).to_be_visible()
    assert not Scan.objects.exists()
    page.context.set_offline(False)
    page.locator("#answer").get_by_role("button", name="Réessayer").click()
    expect(page.get_by_role("heading", name="Bienvenue")).to_be_visible()
    assert verdicts() == ["admitted"]
    console_faults.clear()  # the browser itself tells that a request did not leave


def test_by_night_nothing_blinds(
    new_context: Callable[..., BrowserContext],
    entrance: Checkpoint,
    zoe: Registration,
    door: Actor,
    sign_in: Sign,
    axe: Fits,
    screenshot: Shot,
) -> None:
    page = new_context(color_scheme="dark", viewport={"width": 360, "height": 740}).new_page()
    sign_in(page, door)
    page.goto("/door/")
    axe(page)
    screenshot(page, "door-list-dark")
    page.goto(f"/door/{entrance.guid}/")
    axe(page)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(map(int, re.findall(r"\d+", ground)[:3])) < 64
    for code, tone in ((badge_code(zoe), "good"), (zoe.reference, "warn"), ("R99-424242", "bad")):
        page.keyboard.type(code)
        page.keyboard.press("Enter")
        expect(page.locator("body")).to_have_class(re.compile(f"tone-{tone}"))
        page.wait_for_timeout(500)
        axe(page)
        screenshot(page, f"door-{tone}-dark")
    page.goto(f"/door/{entrance.guid}/register/")
    axe(page)
    screenshot(page, "door-walk-in-dark")


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_the_desk_sees_what_the_doors_counted(
    screen: str,
    request: pytest.FixtureRequest,
    entrance: Checkpoint,
    zoe: Registration,
    organiser: Actor,
    sign_in: Sign,
    axe: Fits,
    no_overflow: Fits,
    screenshot: Shot,
) -> None:
    page: Page = request.getfixturevalue(screen)
    for code in (badge_code(zoe), zoe.reference, "R16-424242"):
        read(entrance, code)
    sign_in(page, organiser)
    page.goto(f"/desk/{entrance.edition.slug}/door/")
    expect(page.get_by_role("row", name=re.compile("Entrée, jour 1"))).to_contain_text("Code inconnu")
    axe(page)
    no_overflow(page)
    screenshot(page, f"desk-door-{screen}")
    page.get_by_role("button", name="Créer les entrées").click()
    expect(page.get_by_text("1 entrée a été créée")).to_be_visible()
    page.get_by_role("searchbox", name="Rechercher dans les passages").fill("dupre")
    page.keyboard.press("Enter")
    expect(page.get_by_role("row", name=re.compile("Dupré Zoé"))).to_have_count(2)
    axe(page)
    no_overflow(page)
    screenshot(page, f"desk-scans-{screen}")
