"""The desk in a browser: organisations, people, groups, partners and registrations, by keyboard and on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from parvis.domain.access import Actor
from parvis.models import Edition, GroupPresidency, Mandate, Organisation, Partner, Registration
from tests.factories.editions import an_organisation, fill
from tests.factories.network import a_group, a_mandate, a_partner, a_person, a_presidency
from tests.factories.registrations import a_registration, an_open_edition

Check = Callable[[Page], None]
BASE = "/desk/2023/"


@pytest.fixture
def edition(transactional_db: None) -> Edition:
    return an_open_edition()


def _choose(page: Page, name: str, text: str, option: str) -> None:
    """Type into a field, go down to the option that holds a text, and take it, by the keyboard alone."""
    box = page.get_by_role("combobox", name=name, exact=True)
    box.press_sequentially(text)
    expect(page.get_by_role("option").filter(has_text=option).first).to_be_visible()
    for _ in range(8):
        box.press("ArrowDown")
        if option in (page.locator("[role=option][aria-selected=true]").text_content() or ""):
            break
    box.press("Enter")
    expect(page.get_by_role("listbox", name=name)).to_be_hidden()


def test_a_partner_group_and_its_president_by_the_keyboard(
    page: Page, edition: Edition, organiser: Actor, sign_in: Callable[[Page, Actor], None], axe: Check
) -> None:
    sign_in(page, organiser)
    page.goto(f"{BASE}organisations/new/")
    axe(page)
    _choose(page, "Collectivité française", "dijon m", "Dijon Métropole")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dijon Métropole")
    axe(page)

    page.goto(f"{BASE}people/new/")
    page.get_by_label("Prénom").fill("Zoé")
    page.get_by_label("Nom", exact=True).fill("N’Diaye")
    axe(page)
    page.get_by_role("button", name="Ajouter la personne").click()
    for organisation, title in (("Dijon Métropole", "Présidente"), ("Dijon", "Maire")):
        page.goto(page.url if "mandates" in page.url else page.url + "mandates/new/")
        _choose(page, "Organisation", organisation.lower(), organisation)
        page.get_by_label("Titre en français").fill(title)
        axe(page)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Zoé N’Diaye")
    page.get_by_role("button", name="Monter").click()
    expect(page.locator(".ordered li").first).to_contain_text("Maire de Dijon")
    axe(page)
    assert list(Mandate.objects.order_by("position").values_list("title_fr", flat=True)) == ["Maire", "Présidente"]

    group = a_group()
    page.goto(f"{BASE}groups/{group.pk}/presidencies/new/")
    _choose(page, "Personne", "zoe", "Maire de Dijon")
    mandate = page.get_by_label("En tant que")
    expect(mandate.locator("option")).to_have_count(3)
    mandate.select_option(label="Présidente de Dijon Métropole")
    page.get_by_label("Depuis").fill("2021-05-01")
    axe(page)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("main")).to_contain_text("Présidente de Dijon Métropole")
    axe(page)
    assert GroupPresidency.objects.get().mandate.title_fr == "Présidente"

    page.goto(f"{BASE}partners/new/")
    _choose(page, "Organisation", "dijon", "Dijon Métropole")
    page.get_by_label("Mention en français").fill("Avec le soutien de Dijon Métropole : merci !")
    page.get_by_role("button", name="Voir comment").click()
    expect(page.get_by_role("heading", name="Comment cela se lit")).to_be_visible()
    expect(page.get_by_text("merci\u202f!").first).to_be_visible()
    axe(page)
    assert not Partner.objects.exists()
    page.get_by_label("Adresse web").press("Enter")  # Enter saves, it does not preview again
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dijon Métropole")
    axe(page)
    assert Partner.objects.get().mention_fr.endswith("merci !")


def test_a_registration_is_made_cancelled_and_the_cancelling_undone(
    page: Page, edition: Edition, organiser: Actor, sign_in: Callable[[Page, Actor], None], axe: Check
) -> None:
    sign_in(page, organiser)
    page.goto(f"{BASE}registrations/")
    page.get_by_role("link", name="Inscrire quelqu’un").click()
    page.get_by_label("Prénom").fill("Awa")
    page.get_by_label("Nom", exact=True).fill("Diouf")
    page.get_by_label("Adresse électronique").fill("awa@example.org")
    _choose(page, "Organisation", "21231", "Dijon")
    page.get_by_label("Catégorie").select_option("elected")
    page.get_by_role("button", name="Inscrire cette personne").click()
    expect(page.get_by_role("alert")).to_contain_text("mandat")  # an elected official has a title
    expect(page.get_by_label("Adresse électronique")).to_have_value("awa@example.org")
    axe(page)
    page.get_by_label("Titre, tel que").fill("Maire")
    page.get_by_role("button", name="Inscrire cette personne").click()
    expect(page.get_by_role("img", name="Code QR du badge")).to_be_visible()
    axe(page)
    made = Registration.objects.get()
    assert (made.source, made.organisation.insee_code) == ("desk", "21231")

    page.get_by_role("link", name="Annuler", exact=True).click()
    page.get_by_label("Motif").fill("Retenue")
    axe(page)
    page.get_by_role("button", name="Annuler l’inscription").click()
    expect(page.get_by_role("status")).to_contain_text("awa@example.org")
    axe(page)
    page.get_by_role("button", name="Annuler cette action").click()
    expect(page.get_by_role("img", name="Code QR du badge")).to_be_visible()
    code = page.locator(".code").text_content()
    page.get_by_role("link", name="Remplacer le badge").click()
    axe(page)
    page.get_by_role("button", name="Remplacer le badge").click()
    expect(page.locator(".code")).not_to_have_text(code or "")
    made.refresh_from_db()
    assert (made.status, made.badges.count()) == ("confirmed", 2)

    page.goto(f"{BASE}registrations/new/")
    page.get_by_label("Prénom").fill("Awa")
    page.get_by_label("Nom", exact=True).fill("Diouf")
    page.get_by_role("combobox", name="Organisation", exact=True).fill("Dijon")
    page.get_by_label("Catégorie").select_option("staff")
    page.get_by_role("button", name="Inscrire cette personne").click()
    page.get_by_role("link", name="Voir l’inscription de Awa Diouf").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Awa Diouf")


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_every_page_fits_and_is_accessible(
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
    fill(edition)
    registration = a_registration(edition)
    person, town = registration.person, registration.organisation
    mandate = a_mandate(person, an_organisation("Syndicat mixte d’aménagement et de développement durable du bassin"))
    group = a_group()
    presidency = a_presidency(group, mandate)
    partner = a_partner(edition, town, mention_fr="Avec le soutien de la ville de Dijon", url="https://dijon.example")
    for name, address in {
        "organisation": f"organisations/{town.pk}/",
        "organisation-new": "organisations/new/",
        "organisation-change": f"organisations/{town.pk}/change/",
        "organisation-delete": f"organisations/{town.pk}/delete/",
        "delegation-contact": f"organisations/{town.pk}/contact/",
        "person": f"people/{person.pk}/",
        "person-change": f"people/{person.pk}/change/",
        "mandate": f"people/{person.pk}/mandates/{mandate.pk}/",
        "group": f"groups/{group.pk}/",
        "group-change": f"groups/{group.pk}/change/",
        "presidency": f"groups/{group.pk}/presidencies/{presidency.pk}/",
        "partner": f"partners/{partner.pk}/",
        "partner-change": f"partners/{partner.pk}/change/",
        "registration": f"registrations/{registration.pk}/",
        "registration-change": f"registrations/{registration.pk}/change/",
        "registration-cancel": f"registrations/{registration.pk}/cancel/",
        "organisations": "organisations/",
        "people": "people/",
        "groups": "groups/",
        "partners": "partners/",
        "registrations": "registrations/",
    }.items():
        page.goto(f"{BASE}{address}")
        axe(page)
        no_overflow(page)
        screenshot(page, f"desk-{name}-{screen}")


def test_without_javascript_names_are_written_and_mandates_asked_for(
    new_context: Callable[..., BrowserContext],
    edition: Edition,
    organiser: Actor,
    sign_in: Callable[[Page, Actor], None],
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, organiser)
    person = a_person("Zoé", "N’Diaye")
    for title, town in (("Maire", "Lyon"), ("Présidente", "Brest")):
        a_mandate(person, an_organisation(town), title)
    group = a_group()
    page.goto(f"{BASE}groups/{group.pk}/presidencies/new/")
    page.get_by_label("Personne").fill("zoe n'diaye")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_label("En tant que").select_option(label="Présidente de Brest")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("main")).to_contain_text("Présidente de Brest")
    page.goto(f"{BASE}organisations/new/")
    page.get_by_role("textbox", name="Collectivité française").fill("Ville de Dijon")
    page.get_by_role("button", name="Ajouter la collectivité").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dijon")
    assert Organisation.objects.filter(insee_code="21231").count() == 1
