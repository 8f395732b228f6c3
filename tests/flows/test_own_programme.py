"""One's own programme in a real browser: star, read by time, take along, on two devices, without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from parvis.domain.access import Actor
from parvis.models import OwnProgramme, Placement, Session
from parvis.services.releases import publish_release
from tests.factories.editions import an_edition
from tests.factories.programmes import a_full_programme

pytestmark = pytest.mark.flow

SYNCED = re.compile(r"/mine/[\w-]{32,}/keep/$")


@pytest.fixture
def sessions(live_server: LiveServer, organiser: Actor) -> dict[str, Session]:
    edition = an_edition()
    made = a_full_programme(edition)
    publish_release(actor=organiser, edition_id=edition.pk)
    return made


def star(page: Page, title: str) -> None:
    page.get_by_role("button", name=re.compile(f"Dans mon programme.*{title}")).click()


def chosen(page: Page) -> list[str]:
    return page.locator("[data-chosen-days] [data-title]").all_inner_texts()


def feed_of(page: Page) -> Calendar:
    address = page.get_by_label("Adresse pour votre agenda").input_value()
    answer = page.request.get(address)
    assert answer.ok
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.body())


def test_star_then_my_programme_then_the_feed_follows_the_release(
    sessions: dict[str, Session],
    page: Page,
    organiser: Actor,
    axe: Callable[[Page], None],
    screenshot: Callable[[Page, str], Path],
) -> None:
    page.goto("/2023/programme/")
    status = page.locator("#star-status")
    star(page, "Éducation")
    expect(status).to_have_text("«\u202fÉducation à la citoyenneté mondiale\u202f» est dans votre programme.")
    star(page, "Accès")
    expect(status).to_contain_text(
        "Au même moment, vous avez\u202f: «\u202fÉducation à la citoyenneté mondiale\u202f»."
    )
    page.goto("/2023/programme/grid/")
    star(page, "Groupe-pays Bénin")
    expect(page.get_by_role("link", name="Mon programme (3)").first).to_be_visible()
    page.get_by_role("link", name="Mon programme (3)").first.click()
    expect(page.locator("[data-chosen-days] [data-title]")).to_have_count(3)
    assert [title.split("\u202f")[0] for title in chosen(page)] == [
        "Accès à l’énergie et gouvernance locale",
        "Éducation à la citoyenneté mondiale",
        "Groupe-pays Bénin",
    ]
    clash = page.locator(".clash").all_inner_texts()
    assert clash[0].replace("\u00a0", " ") == (
        "En même temps que «\u202fÉducation à la citoyenneté mondiale\u202f», de 11 h 30 à 13 h"
    )
    assert len(clash) == 2
    expect(page.locator("[data-summary]")).to_contain_text("3 séances · Deux séances se chevauchent")
    axe(page)

    page.get_by_role("button", name="Créer mon adresse").click()
    expect(page.get_by_label("Adresse pour votre agenda")).to_be_focused()
    expect(page.get_by_role("img", name="Code QR")).to_be_visible()
    expect(page.locator("[data-code]")).to_have_attribute("src", re.compile(r"/code\.svg$"))
    expect(page.locator("[data-code]")).to_have_js_property("complete", True)
    assert page.locator("[data-code]").evaluate("(image) => image.naturalWidth") > 0
    axe(page)
    screenshot(page, "own-programme-page")
    events = {str(event["uid"]): event for event in feed_of(page).walk("VEVENT")}
    uid = f"{sessions['GP1'].guid}@parvis"
    assert set(events) == {f"{sessions[code].guid}@parvis" for code in ("AT1", "AT2", "GP1")}

    placement = Placement.objects.get(session=sessions["GP1"])
    placement.starts_at += timedelta(hours=2)
    placement.ends_at += timedelta(hours=2)
    placement.save()
    publish_release(actor=organiser, edition_id=sessions["GP1"].edition_id)
    moved = {str(event["uid"]): event for event in feed_of(page).walk("VEVENT")}
    assert moved[uid]["dtstart"].dt - events[uid]["dtstart"].dt == timedelta(hours=2)
    assert moved[uid]["sequence"] > events[uid]["sequence"]

    page.goto("/2023/sessions/at2/")
    with page.expect_response(SYNCED):
        page.get_by_role("button", name="Dans mon programme").click()
    expect(page.get_by_role("button", name="Ajouter à mon programme")).to_have_attribute("aria-pressed", "false")
    assert len(OwnProgramme.objects.get().sessions) == 2

    page.goto("/2023/mine/")
    page.get_by_role("button", name="Effacer la copie").click()
    expect(page.get_by_role("button", name="Créer mon adresse")).to_be_visible()
    assert not OwnProgramme.objects.exists()
    assert len(chosen(page)) == 2, "the stars stay in the browser"


def test_taking_out_can_be_undone_and_all_by_keyboard(sessions: dict[str, Session], page: Page) -> None:
    page.goto("/2023/programme/")
    button = page.get_by_role("button", name=re.compile("Dans mon programme.*Groupe-pays Bénin"))
    button.focus()
    page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-pressed", "true")
    page.goto("/2023/mine/")
    button = page.get_by_role("button", name=re.compile("Dans mon programme.*Groupe-pays Bénin"))
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Vous n’avez encore choisi aucune séance.")).to_be_visible()
    undo = page.get_by_role("button", name="Remettre")
    undo.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-chosen-days] [data-title]")).to_have_text(["Groupe-pays Bénin"])
    expect(undo).to_be_hidden()


def test_two_devices_share_the_same_stars(
    sessions: dict[str, Session],
    page: Page,
    phone: Page,
    no_overflow: Callable[[Page], None],
    axe: Callable[[Page], None],
) -> None:
    page.goto("/2023/programme/")
    star(page, "Groupe-pays Bénin")
    page.goto("/2023/mine/")
    page.get_by_role("button", name="Créer mon adresse").click()
    address = page.get_by_role("link", name="La page à ouvrir sur un autre appareil").get_attribute("href")
    assert address

    phone.goto("/2023/programme/")
    star(phone, "Ouverture")
    phone.goto(address)
    axe(phone)
    no_overflow(phone)
    with phone.expect_response(SYNCED):
        phone.get_by_role("button", name="Reprendre ces étoiles ici").click()
    expect(phone.get_by_text("Ces étoiles sont maintenant aussi sur cet appareil")).to_be_visible()
    assert set(OwnProgramme.objects.get().sessions) == {str(sessions[code].guid) for code in ("GP1", "OUVERTURE")}

    page.goto("/2023/mine/")
    expect(page.locator("[data-chosen-days] [data-title]")).to_have_text(
        ["Ouverture des Rencontres", "Groupe-pays Bénin"]
    )
    with page.expect_response(SYNCED):
        star(page, "Groupe-pays Bénin")
    phone.goto("/2023/mine/")
    expect(phone.locator("[data-chosen-days] [data-title]")).to_have_text(["Ouverture des Rencontres"])
    no_overflow(phone)
    axe(phone)


def test_a_session_that_left_the_programme_is_told(sessions: dict[str, Session], page: Page, organiser: Actor) -> None:
    page.goto("/2023/programme/")
    star(page, "Groupe-pays Bénin")
    star(page, "Ouverture")
    Session.objects.filter(code="GP1").update(status="draft")
    publish_release(actor=organiser, edition_id=sessions["GP1"].edition_id)
    page.goto("/2023/mine/")
    expect(page.get_by_text("Une séance que vous aviez choisie n’est plus au programme.")).to_be_visible()
    page.get_by_role("button", name="Retirer de mon programme").click()
    expect(page.get_by_text("Une séance que vous aviez choisie n’est plus au programme.")).to_be_hidden()


def test_without_scripts_a_form_does_it(
    sessions: dict[str, Session], new_context: Callable[..., BrowserContext], axe: Callable[[Page], None]
) -> None:
    context = new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto("/2023/programme/")
    page.get_by_role("link", name=re.compile("Ajouter à mon programme.*Groupe-pays Bénin")).click()
    expect(page.get_by_role("checkbox", name="Groupe-pays Bénin")).to_be_checked()
    page.get_by_role("checkbox", name="Ouverture des Rencontres").check()
    page.get_by_role("button", name="Composer mon programme").click()
    expect(page.get_by_text("Votre choix est enregistré.")).to_be_visible()
    expect(page.locator(".chosen [data-title]")).to_have_text(["Ouverture des Rencontres", "Groupe-pays Bénin"])
    page.get_by_role("link", name="Modifier mon choix").click()
    page.get_by_role("checkbox", name="Groupe-pays Bénin").uncheck()
    page.get_by_role("button", name="Garder ce choix").click()
    expect(page.locator(".chosen [data-title]")).to_have_text(["Ouverture des Rencontres"])
    page.get_by_role("button", name="Effacer maintenant cette page et son agenda").click()
    expect(page.get_by_text("Sans script, choisissez vos séances")).to_be_visible()
    assert not OwnProgramme.objects.exists()


def test_a_browser_that_keeps_nothing_says_so(
    sessions: dict[str, Session], new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context().new_page()
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); };")
    page.goto("/2023/programme/")
    star(page, "Groupe-pays Bénin")
    expect(page.locator("#star-status")).to_contain_text("Ce navigateur ne conserve rien")
    expect(page.get_by_role("button", name=re.compile("Dans mon programme.*Bénin"))).to_have_attribute(
        "aria-pressed", "true"
    )
