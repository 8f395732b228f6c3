"""From the invitation to the published speaker, in the browser: the desk, a phone, the timetable, the public."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import BrowserContext, Page, expect

from parvis.domain.access import Actor
from parvis.domain.timetable.publishing import ViolationsRemain
from parvis.models import Availability, Edition, Intervention, Mail, Person
from parvis.services.releases import publish_release
from tests.factories.editions import an_organisation
from tests.factories.invitations import (
    MORNING,
    a_mayor,
    a_portrait,
    a_speaker,
    a_town,
    an_edition_ahead,
    invited,
    link_in,
    to_speak,
)
from tests.factories.network import a_mandate

Sign = Callable[[Page, Actor], None]
Check = Callable[[Page], None]
Shoot = Callable[[Page, str], object]
Contexts = Callable[..., BrowserContext]


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def a_programme() -> tuple[Edition, Person, Intervention, Intervention]:
    """Return an edition in which somebody of several mandates speaks twice, and others once."""
    edition = an_edition_ahead()
    awa = a_speaker("Awa", "N’Diaye", languages=["fr"])
    a_mayor(awa)
    a_mandate(awa, an_organisation("Région du Nord"), "Présidente")
    a_mandate(awa, a_town("Ancienne Ville"), "Adjointe", ends_on=date(2026, 6, 30))
    water = to_speak(
        awa, edition, "Accès à l’eau et climat", abstract_fr="Deux villes jumelées racontent dix ans de travail."
    )
    youth = to_speak(awa, edition, "Jeunesse et mobilité", starts=MORNING + timedelta(hours=5), role="moderator")
    for number, name in enumerate(("Benali", "Étienne", "Moreau", "Zoungrana")):
        person = a_speaker(("Aïcha", "Zoé", "Noël", "Édouard")[number], name)
        to_speak(person, edition, f"Atelier {number + 1}", starts=MORNING + timedelta(days=1, hours=number))
    return edition, awa, water, youth


@pytest.fixture
def portrait(tmp_path: Path) -> Path:
    path = tmp_path / "portrait.jpg"
    path.write_bytes(a_portrait(900, 1200))
    return path


def test_from_the_invitation_to_the_published_speaker(
    page: Page,
    phone: Page,
    organiser: Actor,
    sign_in: Sign,
    axe: Check,
    no_overflow: Check,
    screenshot: Shoot,
    portrait: Path,
) -> None:
    edition, awa, water, youth = a_programme()

    # The organiser sees who has not answered, ticks one, reads the mail, sends it.
    sign_in(page, organiser)
    page.goto("/desk/2023/invitations/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Réponses des intervenants")
    expect(page.get_by_role("row")).to_have_count(6)
    expect(page.get_by_role("button", name="Inviter…")).to_be_disabled()
    page.get_by_label("Choisir Awa N’Diaye").check()
    axe(page)
    screenshot(page, "invitations-list-before")
    page.get_by_role("button", name="Inviter…").click()
    page.get_by_label("Mot personnel en français").fill("Votre témoignage nous importe beaucoup.")
    page.get_by_label("Réponse attendue le").fill("2033-07-01")
    page.get_by_role("button", name="Voir le courriel avec ces mots").click()
    expect(page.locator(".mail-text")).to_contain_text("Votre témoignage nous importe beaucoup.")
    expect(page.locator(".mail-text")).to_contain_text("/invitations/…/")
    axe(page)
    screenshot(page, "invitation-write")
    page.get_by_role("button", name="Envoyer 1 invitation").click()
    expect(page.get_by_text("1 invitation part.")).to_be_visible()

    # She opens the link on her phone, accepts one as president, and declines the other with a reason.
    phone.goto(link_in(Mail.objects.get(recipient=awa.email)))
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Awa N’Diaye")
    expect(phone.get_by_text("Votre témoignage nous importe beaucoup.")).to_be_visible()
    expect(phone.get_by_text("Adjointe")).to_have_count(0)
    axe(phone)
    no_overflow(phone)
    screenshot(phone, "invitation-phone")
    first = phone.get_by_role("group", name="Accès à l’eau et climat")
    first.get_by_label("Oui, j’accepte").check()
    phone.get_by_role("button", name="Envoyer mes réponses").click()
    expect(phone.get_by_role("alert")).to_contain_text("choisissez un de vos mandats")
    expect(first.get_by_label("Oui, j’accepte")).to_be_checked()
    axe(phone)
    screenshot(phone, "invitation-phone-error")
    first.get_by_label("Présidente").check()
    second = phone.get_by_role("group", name="Jeunesse et mobilité")
    second.get_by_label("Non, je décline").check()
    second.get_by_label("Pour quelle raison").fill("Je préside une séance du conseil ce jour-là.")
    axe(phone)
    no_overflow(phone)
    screenshot(phone, "invitation-phone-filled")
    phone.get_by_role("button", name="Envoyer mes réponses").click()
    expect(phone.get_by_text("Merci, vos 2 réponses sont enregistrées.")).to_be_visible()
    expect(phone.get_by_role("link", name="Ajouter à mon agenda")).to_be_visible()
    axe(phone)
    screenshot(phone, "invitation-phone-answered")
    water.refresh_from_db()
    youth.refresh_from_db()
    assert (water.answer, str(water.mandate)) == ("accepted", "Présidente, Région du Nord")
    assert (youth.answer, youth.answer_reason) == ("declined", "Je préside une séance du conseil ce jour-là.")

    # Biography, photograph, hours.
    phone.get_by_role("link", name="Donner une biographie").click()
    phone.get_by_label("En français").fill("Maire depuis 2020, Awa N’Diaye préside aussi sa région.")
    axe(phone)
    no_overflow(phone)
    screenshot(phone, "invitation-phone-biography")
    phone.get_by_role("button", name="Enregistrer ma biographie").click()
    expect(phone.get_by_text("Votre biographie est enregistrée.")).to_be_visible()
    phone.get_by_role("link", name="Donner une photographie").click()
    phone.get_by_label("Photographie").set_input_files(portrait)
    expect(phone.get_by_role("img", name="Ce que l’on verra de l’image")).to_be_visible()
    phone.get_by_label("Plus près").fill("40")
    axe(phone)
    no_overflow(phone)
    screenshot(phone, "invitation-phone-photograph")
    phone.get_by_role("button", name="Enregistrer la photographie").click()
    expect(phone.get_by_text("Votre photographie est enregistrée.")).to_be_visible()
    expect(phone.get_by_role("img", name="Votre photographie")).to_be_visible()
    phone.get_by_role("link", name="Retour à mon invitation").click()
    phone.get_by_role("link", name="Donner mes disponibilités").click()
    day = phone.get_by_role("group", name=re.compile("Lundi 19 septembre"))
    day.get_by_label("À ces heures").check()
    day.get_by_label("De", exact=True).first.fill("14:00")
    day.get_by_label("À", exact=True).first.fill("18:00")
    phone.get_by_role("group", name=re.compile("Mardi 20 septembre")).get_by_label("Pas ce jour-là").check()
    axe(phone)
    no_overflow(phone)
    screenshot(phone, "invitation-phone-hours")
    phone.get_by_role("button", name="Enregistrer mes disponibilités").click()
    expect(phone.get_by_text("C’est en dehors des disponibilités")).to_be_visible()
    axe(phone)
    screenshot(phone, "invitation-phone-given")
    assert Availability.objects.count() == 1

    # The desk shows it all; the timetable says that her session is outside her hours.
    page.goto("/desk/2023/invitations/")
    row = page.get_by_role("row", name=re.compile("N’Diaye Awa"))
    expect(row).to_contain_text("Accepté")
    expect(row).to_contain_text("Je préside une séance du conseil")
    screenshot(page, "invitations-list-after")
    row.get_by_role("link", name="N’Diaye Awa").click()
    expect(page.get_by_text("14 h–18 h")).to_be_visible()
    axe(page)
    screenshot(page, "invitation-desk")
    page.get_by_role("link", name="Accès à l’eau et climat").click()
    expect(page.get_by_role("link", name="Accepté")).to_be_visible()
    axe(page)
    screenshot(page, "invitation-session")
    page.goto("/desk/2023/timetable/")
    faults = page.get_by_role("region", name="Règles").or_(page.locator("#tt-faults"))
    expect(faults.first).to_contain_text(re.compile("Accès à l’eau et climat.*Awa N’Diaye"))
    screenshot(page, "invitation-timetable")
    page.goto("/desk/2023/")
    expect(page.get_by_text("intervenant a décliné")).to_be_visible()

    # What is published shows photograph and biography, and not the session that she declined.
    with pytest.raises(ViolationsRemain):  # she could not be there: it is published only by who has read that
        publish_release(actor=organiser, edition_id=edition.pk)
    publish_release(actor=organiser, edition_id=edition.pk, accept_violations=True)
    page.goto(f"/2023/speakers/{awa.slug}/")
    expect(page.get_by_text("Maire depuis 2020")).to_be_visible()
    shown = page.locator("img.portrait")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.naturalWidth") > 100
    expect(page.get_by_role("link", name="Accès à l’eau et climat")).to_be_visible()
    expect(page.get_by_role("link", name="Jeunesse et mobilité")).to_have_count(0)
    screenshot(page, "invitation-published")


def test_by_the_keyboard_alone(page: Page, axe: Check, screenshot: Shoot) -> None:
    edition, awa, water, _youth = a_programme()
    invited(edition, awa)
    page.goto(link_in(Mail.objects.get()))
    axe(page)
    screenshot(page, "invitation-desktop")
    first = page.get_by_role("group", name="Accès à l’eau et climat")
    first.get_by_label("Oui, j’accepte").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(first.get_by_label("Maire de Saint-Louis")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(first.get_by_label("Présidente")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Merci, votre réponse est enregistrée.")).to_be_visible()
    screenshot(page, "invitation-desktop-answered")
    water.refresh_from_db()
    assert water.answer == "accepted"


def test_without_javascript(new_context: Contexts, portrait: Path, screenshot: Shoot) -> None:
    edition, awa, water, _youth = a_programme()
    invited(edition, awa)
    page = new_context(java_script_enabled=False).new_page()
    page.goto(link_in(Mail.objects.get()))
    first = page.get_by_role("group", name="Accès à l’eau et climat")
    first.get_by_label("Oui, j’accepte").check()
    first.get_by_label("Maire de Saint-Louis").check()
    page.get_by_role("button", name="Envoyer mes réponses").click()
    expect(page.get_by_text("Merci, votre réponse est enregistrée.")).to_be_visible()
    page.get_by_role("link", name="Donner une photographie").click()
    page.get_by_label("Photographie").set_input_files(portrait)
    page.get_by_role("button", name="Enregistrer la photographie").click()
    expect(page.get_by_role("img", name="Votre photographie")).to_be_visible()
    page.get_by_role("button", name="Retirer ma photographie").click()
    expect(page.get_by_role("img", name="Votre photographie")).to_have_count(0)
    water.refresh_from_db()
    assert water.answer == "accepted"
    awa.refresh_from_db()
    assert not awa.photograph


def test_what_is_typed_survives_a_closed_tab(page: Page) -> None:
    edition, awa, _water, _youth = a_programme()
    invited(edition, awa)
    link = link_in(Mail.objects.get())
    page.goto(f"{link}biography/")
    page.get_by_label("En français").fill("Un texte auquel je tiens.")
    page.wait_for_timeout(600)
    page.goto("about:blank")
    page.goto(f"{link}biography/")
    expect(page.get_by_text("Ce que vous aviez écrit ici")).to_be_visible()
    expect(page.get_by_label("En français")).to_have_value("Un texte auquel je tiens.")
    page.get_by_label("En français").fill("mot " * 1500)
    page.get_by_role("button", name="Enregistrer ma biographie").click()
    expect(page.get_by_role("alert")).to_contain_text("5000")
    expect(page.get_by_label("En français")).to_have_value("mot " * 1500)
    page.get_by_label("En français").fill("Une phrase.")
    page.get_by_role("button", name="Enregistrer ma biographie").click()
    expect(page.get_by_text("Votre biographie est enregistrée.")).to_be_visible()
    page.goto(f"{link}biography/")
    expect(page.get_by_label("En français")).to_have_value("Une phrase.")
    expect(page.get_by_text("Ce que vous aviez écrit ici")).to_have_count(0)


def test_the_desk_on_a_phone_and_in_english(
    phone: Page, organiser: Actor, sign_in: Sign, axe: Check, no_overflow: Check, screenshot: Shoot
) -> None:
    edition, awa, _water, _youth = a_programme()
    invited(edition, awa)
    sign_in(phone, organiser)
    for address, name in (
        ("/desk/2023/invitations/", "invitations-list-phone"),
        (f"/desk/2023/invitations/{awa.pk}/", "invitation-desk-phone"),
        (f"/desk/2023/invitations/{awa.pk}/again/", "invitation-again-phone"),
        (f"/desk/2023/people/{awa.pk}/photograph/", "photograph-desk-phone"),
    ):
        phone.goto(address)
        axe(phone)
        no_overflow(phone)
        screenshot(phone, name)
    phone.goto(link_in(Mail.objects.get()).replace("/invitations/", "/en/invitations/"))
    expect(phone.get_by_role("heading", level=1)).to_contain_text("you are invited to speak")
    axe(phone)
    no_overflow(phone)
    screenshot(phone, "invitation-phone-en")
    phone.goto("/invitations/" + "x" * 43 + "/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Ce lien n’ouvre rien")
    axe(phone)
