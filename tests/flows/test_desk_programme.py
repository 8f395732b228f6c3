"""The desk in a browser: a session is made, placed, given a speaker and published, by keyboard and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from parvis.domain.access import Actor
from parvis.models import Edition, Honour, Laureate, Placement, Session
from tests.factories.editions import an_edition, an_organisation, fill
from tests.factories.network import a_group, a_mandate, a_person, a_presidency
from tests.factories.programme import a_room, a_session, placed, speaks

Check = Callable[[Page], None]
Shoot = Callable[[Page, str], object]
BASE = "/desk/2023/"


@pytest.fixture
def edition(transactional_db: None) -> Edition:
    edition = an_edition(status="open")
    hall = a_room(edition, "Grand hall", capacity=200)
    a_room(edition, "Salon bleu", capacity=40)
    placed(a_session(edition, "Plénière d’ouverture", title_en="Opening plenary", format="plenary"), hall)
    awa = a_person("Awa", "N’Diaye")
    a_mandate(awa, an_organisation("Saint-Louis", kind="foreign_authority", country="SN"), title_en="Mayor")
    a_mandate(awa, an_organisation("Réseau des villes du fleuve", kind="association"), "Présidente", title_en="Chair")
    return edition


def _by_keyboard(page: Page, name: str, text: str, option: str) -> None:
    """Type into a field and take the first suggestion by the keyboard alone."""
    box = page.get_by_role("combobox", name=name)
    box.press_sequentially(text)
    expect(page.get_by_role("option").filter(has_text=option).first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    expect(page.get_by_role("listbox", name=name)).to_be_hidden()


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_from_an_empty_form_to_the_public_page(
    screen: str,
    request: pytest.FixtureRequest,
    edition: Edition,
    organiser: Actor,
    sign_in: Callable[[Page, Actor], None],
    axe: Check,
    no_overflow: Check,
    screenshot: Shoot,
) -> None:
    page: Page = request.getfixturevalue(screen)
    sign_in(page, organiser)

    def checked(name: str) -> None:
        axe(page)
        no_overflow(page)
        screenshot(page, f"desk-{name}-{screen}")

    page.goto(f"{BASE}sessions/")
    checked("sessions")
    page.get_by_role("link", name="Ajouter une séance").click()
    page.get_by_label("Titre en français").fill("L’eau, bien commun : qui la partage ?")
    page.get_by_label("Titre en anglais").fill("Water, a common good")
    page.get_by_label("Résumé en français").fill("Trois villes du fleuve comparent leurs régies.")
    page.get_by_label("État").select_option("confirmed")
    page.get_by_role("group", name="Interprétée en").get_by_label("Anglais").check()
    _by_keyboard(page, "Organisée par", "reseau des", "Réseau des villes du fleuve")
    checked("session-new")
    page.get_by_role("button", name="Ajouter la séance").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("L’eau, bien commun")
    expect(page.get_by_text("non placée")).to_be_visible()

    # A clash is refused with the rules that it would break, and with what is free instead.
    page.get_by_label("Jour").select_option("2023-09-18")
    page.get_by_label("Commence à").fill("10:00")
    page.get_by_label("Salle").select_option(label="Grand hall (200 places)")
    page.get_by_role("button", name="La placer").click()
    refused = page.locator("#error-summary")
    expect(refused).to_contain_text("Grand hall reçoit déjà «\u202fPlénière d’ouverture\u202f»")
    expect(refused).to_contain_text("l’une des deux rassemble tout le monde")
    expect(refused.get_by_role("button", name="La placer là quand même")).to_be_visible()
    expect(page.get_by_label("Commence à")).to_have_value("10:00")
    checked("session-clash")
    page.get_by_role("button", name=re.compile("10.h.30.*Grand hall")).press("Enter")
    expect(page.get_by_role("status")).to_contain_text("est placée")
    expect(page.locator(".placed")).to_contain_text("10\u00a0h\u00a030")

    # A speaker, found by a part of the name, as one of their mandates.
    page.get_by_role("link", name="Ajouter un intervenant").click()
    _by_keyboard(page, "Personne", "awa", "Awa N’Diaye")
    page.get_by_label("En tant que").select_option(label="Présidente du Réseau des villes du fleuve")
    page.get_by_label("Rôle").select_option("moderator")
    checked("speaker-new")
    page.get_by_role("button", name="Ajouter l’intervenant").click()
    expect(page.locator(".speakers")).to_contain_text("Présidente")
    checked("session")

    page.get_by_role("main").get_by_role("link", name="Publier le site").click()
    page.get_by_role("button", name="Publier maintenant").click()
    expect(page.get_by_role("status")).to_contain_text("publié")
    session = Session.objects.get(code="S002")
    page.goto(f"{BASE}sessions/{session.pk}/")
    expect(page.get_by_text("Le public lit")).to_have_count(0)
    page.get_by_role("link", name="Le voir sur le site").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("L’eau, bien commun")
    for words in ("Awa N’Diaye", "Grand hall", "Trois villes du fleuve"):
        expect(page.get_by_role("main")).to_contain_text(words)
    assert Placement.objects.get(session=session).room.name == "Grand hall"


def test_the_whole_without_javascript(
    new_context: Callable[..., BrowserContext],
    edition: Edition,
    organiser: Actor,
    sign_in: Callable[[Page, Actor], None],
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, organiser)
    page.goto(f"{BASE}sessions/new/")
    page.get_by_label("Titre en français").fill("Sans script")
    page.get_by_role("button", name="Ajouter la séance").click()
    page.get_by_label("Commence à").fill("14:00")
    page.get_by_role("button", name="La placer").click()
    expect(page.locator(".placed")).to_contain_text("14\u202fh")
    page.get_by_role("link", name="Ajouter un intervenant").click()
    page.get_by_label("Personne").fill("awa n'diaye")
    page.get_by_role("button", name="Ajouter l’intervenant").click()
    expect(page.locator("#id_mandate_error")).to_be_visible()
    expect(page.get_by_label("Personne")).to_have_value("awa n'diaye")
    page.get_by_label("En tant que").select_option(index=1)
    page.get_by_role("button", name="Ajouter l’intervenant").click()
    expect(page.locator(".speakers")).to_contain_text("Awa N’Diaye")


def test_speakers_move_by_the_keyboard_and_the_history_tells(
    page: Page, edition: Edition, organiser: Actor, sign_in: Callable[[Page, Actor], None], axe: Check
) -> None:
    session = a_session(edition, "Débat")
    for name in ("Un", "Deux", "Trois"):
        speaks(a_person("Noël", name), session)
    sign_in(page, organiser)
    page.goto(f"{BASE}sessions/{session.pk}/")
    page.get_by_role("button", name="Noël Trois plus tôt").press("Enter")
    expect(page.locator(".speakers li").nth(1)).to_contain_text("Noël Trois")
    page.get_by_role("button", name=re.compile("Retirer.*Noël Un")).click()
    expect(page.locator(".speakers li")).to_have_count(2)
    expect(page.locator(".history")).to_contain_text("Noël Un, Noël Trois, Noël Deux")
    page.get_by_role("button", name="Annuler la séance").click()
    expect(page.get_by_role("button", name="La rétablir")).to_be_visible()
    axe(page)


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_an_edition_from_its_announcement_to_its_cancellation(
    screen: str,
    request: pytest.FixtureRequest,
    edition: Edition,
    organiser: Actor,
    sign_in: Callable[[Page, Actor], None],
    axe: Check,
    no_overflow: Check,
    screenshot: Shoot,
) -> None:
    page: Page = request.getfixturevalue(screen)
    sign_in(page, organiser)

    def checked(name: str) -> None:
        axe(page)
        no_overflow(page)
        screenshot(page, f"desk-{name}-{screen}")

    page.goto(f"{BASE}edition/")
    checked("edition")
    page.get_by_role("link", name=re.compile("Annoncer la 15")).click()
    page.get_by_label("Nom en français").fill("La diplomatie des territoires")
    page.get_by_label("Premier jour").fill("2033-10-23")
    page.get_by_label("Dernier jour").fill("2033-10-22")
    page.get_by_label("L’annoncer aussitôt").check()
    page.get_by_role("button", name="Ajouter l’édition").click()
    expect(page.locator("#id_ends_on_error")).to_be_visible()
    expect(page.get_by_label("Nom en français")).to_have_value("La diplomatie des territoires")
    page.get_by_label("Dernier jour").fill("2033-10-24")
    checked("edition-new")
    page.get_by_role("button", name="Ajouter l’édition").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("La diplomatie des territoires")
    page.get_by_role("link", name="Annuler l’édition").click()
    page.get_by_label("Motif en français").fill("Incident technique dans le bâtiment : nous vous écrirons.")
    checked("edition-cancel")
    page.get_by_role("button", name="Annuler l’édition").click()
    expect(page.get_by_role("main")).to_contain_text("Annulée")
    page.goto("/2033/")
    expect(page.locator("body")).to_contain_text("Incident technique dans le bâtiment")
    assert Edition.objects.get(slug="2033").number == 15


def test_rooms_and_awards_read_well_on_a_phone(
    phone: Page,
    organiser: Actor,
    transactional_db: None,
    sign_in: Callable[[Page, Actor], None],
    axe: Check,
    no_overflow: Check,
    screenshot: Shoot,
) -> None:
    edition = an_edition(status="held")
    fill(edition, sessions=3, speakers=2, attendees=3)
    a_session(edition, "Cérémonie en l’honneur des présidentes et présidents de groupes", format="ceremony")
    president = a_mandate(a_person("Awa", "N’Diaye"), an_organisation("Saint-Louis"))
    a_presidency(a_group(), president)
    sign_in(phone, organiser)
    room = edition.venue.rooms.first()  # type: ignore[union-attr]
    assert room is not None
    for address in ("rooms/", f"rooms/{room.pk}/", "rooms/new/", f"edition/venues/{edition.venue_id}/"):
        phone.goto(f"{BASE}{address}")
        axe(phone)
        no_overflow(phone)
    phone.goto(f"{BASE}awards/")
    phone.get_by_role("link", name="Décerner une distinction").click()
    phone.get_by_label("Nom en français").fill("Territoires unis et solidaires face aux crises")
    axe(phone)
    phone.get_by_role("button", name="Enregistrer").click()
    phone.get_by_role("link", name=re.compile("Ajouter un lauréat")).click()
    _by_keyboard(phone, "Organisation", "dunkerque", "Dunkerque")
    phone.get_by_role("button", name="Ajouter le lauréat").click()
    phone.get_by_role("link", name="Rendre hommage à des présidences").click()
    axe(phone)
    phone.get_by_label(re.compile("Awa N’Diaye")).check()
    phone.get_by_role("button", name="Leur rendre hommage").click()
    expect(phone.get_by_role("main")).to_contain_text("Awa N’Diaye")
    axe(phone)
    no_overflow(phone)
    screenshot(phone, "desk-awards-phone")
    assert (Laureate.objects.count(), Honour.objects.count()) == (1, 1)
