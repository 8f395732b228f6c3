"""Emptying a day or all in one step; placing what waits, in the form one after the other or by N and the arrows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from parvis.domain.access import Actor
from parvis.models import Edition, Placement, Session
from parvis.services.programme import place_session
from tests.factories.editions import an_edition, fill
from tests.flows.officer import Officer, shown, stands

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/desk/2023/timetable/"


@pytest.fixture
def edition() -> Edition:
    """Return an edition with three sessions on each of two days, at the same time, each in a room of its own."""
    made = an_edition()
    fill(made, sessions=6, speakers=6)
    Session.objects.filter(code="S000").update(format="side_event")  # a plenary would want to be alone
    beside = Placement.objects.get(session__code="S001")
    Placement.objects.filter(session__code="S000").update(starts_at=beside.starts_at, ends_at=beside.ends_at)
    for row in Placement.objects.filter(session__code__in=["S003", "S004", "S005"]):
        row.starts_at += timedelta(days=1)
        row.ends_at += timedelta(days=1)
        row.save()
    return made


@pytest.fixture
def officer(page: Page, edition: Edition, organiser: Actor, sign_in: Callable[..., None]) -> Officer:
    sign_in(page, organiser)
    opened = Officer(page, ADDRESS)
    opened.open(wide=1900, high=1000)
    return opened


def key_of(code: str) -> int:
    return Session.objects.get(code=code).pk


def button_of(page: Page, code: str) -> Locator:
    return page.locator(f".tt-card[data-id='{key_of(code)}'] button")


def placed() -> set[str]:
    return set(Placement.objects.values_list("session__code", flat=True))


def empty_all(page: Page) -> None:
    page.get_by_role("button", name="Vider…").click()
    page.get_by_role("button", name="Les retirer de l’emploi du temps").click()
    expect(page.locator(".tt-lane .tt-card")).to_have_count(0)


def test_a_day_is_shown_before_it_is_emptied_pinned_sessions_stay_and_one_undo_brings_all_back(
    officer: Officer, edition: Edition, axe: Callable[[Page], None], screenshot: Callable[[Page, str], object]
) -> None:
    page, before = officer.page, stands(edition)
    button_of(page, "S004").press("p")
    officer.settle()
    page.get_by_role("button", name="Vider…").click()
    dialog = page.get_by_role("dialog", name="Vider l’emploi du temps")
    expect(dialog.get_by_role("status")).to_have_text("5 séances quittent l’emploi du temps.")
    dialog.get_by_label("Jour").select_option(label="mardi 19\u00a0septembre")
    expect(dialog.get_by_role("status")).to_have_text("2 séances quittent l’emploi du temps.")
    expect(dialog.get_by_role("listitem")).to_contain_text(["Séance 3", "Séance 5"])
    axe(page)
    screenshot(page, "timetable-emptying")
    dialog.get_by_label("Laisser en place les séances épinglées").uncheck()
    expect(dialog.get_by_role("status")).to_have_text("3 séances quittent l’emploi du temps.")
    dialog.get_by_label("Salle").select_option(label="Salle 1")
    expect(dialog.get_by_role("status")).to_have_text("Rien ne s’y trouve.")
    expect(dialog.get_by_role("button", name="Les retirer")).to_be_disabled()
    dialog.get_by_label("Salle").select_option(label="Salle 4")
    expect(dialog.get_by_role("status")).to_have_text("1 séance quitte l’emploi du temps.")
    dialog.get_by_label("Salle").select_option(label="Toutes les salles")
    dialog.get_by_label("Laisser en place les séances épinglées").check()
    dialog.get_by_role("button", name="Les retirer").click()
    expect(page.locator("#tt-toast")).to_contain_text("2 séances ne sont plus placées.")
    assert placed() == {"S000", "S001", "S002", "S004"}

    page.reload()  # what one may undo outlives the page
    expect(page.locator("#tt-tray-count")).to_have_text("2")
    page.locator("#tt-undo").click()
    expect(page.locator("#tt-tray-count")).to_have_text("")
    officer.settle()
    assert stands(edition) == shown(page) == before
    page.locator("#tt-redo").click()
    expect(page.locator("#tt-tray-count")).to_have_text("2")
    officer.settle()
    assert placed() == {"S000", "S001", "S002", "S004"}


def test_one_key_empties_lane_after_lane_and_another_undoes(officer: Officer, edition: Edition) -> None:
    page, before = officer.page, stands(edition)
    button_of(page, "S000").focus()
    for _ in range(6):
        page.keyboard.press("Delete")
    officer.settle()
    assert placed() == set()
    for _ in range(6):
        page.keyboard.press("Control+z")
    officer.settle()
    assert stands(edition) == shown(page) == before
    page.keyboard.press("Control+Shift+z")
    officer.settle()
    assert len(placed()) == 5


def test_what_waits_is_placed_in_the_form_one_after_the_other(
    officer: Officer, axe: Callable[[Page], None], screenshot: Callable[[Page, str], object]
) -> None:
    page = officer.page
    empty_all(page)
    page.get_by_role("button", name="Placer la suivante…").click()
    dialog = page.get_by_role("dialog", name="Déplacer vers…")
    expect(dialog).to_contain_text("Séance 0")
    page.locator("#tt-time").fill("10:00")
    page.locator("#tt-room").select_option(label="Salle 2 (82)")
    axe(page)
    screenshot(page, "timetable-series")
    dialog.get_by_role("button", name="Déplacer").click()
    expect(dialog).to_contain_text("Séance 1")
    expect(page.locator("#tt-time")).to_have_value("11:30")  # when that room is free again
    dialog.get_by_role("button", name="Plus tard").click()
    expect(dialog).to_contain_text("Séance 2")
    page.locator("#tt-time").press("Enter")
    expect(dialog).to_contain_text("Séance 3")
    page.keyboard.press("Escape")
    officer.settle()
    expect(button_of(page, "S003")).to_be_focused()
    assert [(row.session.code, row.room.name, f"{row.starts_at:%H:%M}") for row in Placement.objects.all()] == [
        ("S000", "Salle 2", "08:00"),  # in UTC
        ("S002", "Salle 2", "09:30"),
    ]
    expect(page.locator("#tt-tray-count")).to_have_text("4")


def test_the_filters_narrow_the_tray_and_the_next_is_taken_among_what_they_show(officer: Officer) -> None:
    page = officer.page
    empty_all(page)
    page.locator("#tt-search").fill("s004")
    expect(page.locator("#tt-tray .tt-card:visible")).to_have_count(1)
    expect(page.locator("#tt-tray-count")).to_have_text("1 / 6")
    officer.tab_to(button_of(page, "S004"))
    page.keyboard.press("n")
    expect(page.locator("#tt-say")).to_contain_text("Séance 4")
    page.keyboard.press("PageDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    officer.settle()
    row = Placement.objects.get()
    assert (row.session.code, row.room.name, row.starts_at.day) == ("S004", "Salle 1", 19)
    page.keyboard.press("n")
    expect(page.locator("#tt-say")).to_have_text("Toutes les séances sont placées.")


def test_a_card_is_carried_to_a_day_that_is_not_shown(officer: Officer) -> None:
    page = officer.page
    officer.show_day(0)
    button_of(page, "S001").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("PageDown")
    expect(page.locator(".tt-days [aria-pressed=true]")).to_have_text("mardi 19\u00a0septembre")
    expect(button_of(page, "S001")).to_be_focused()
    page.keyboard.press("Enter")
    officer.settle()
    assert Placement.objects.get(session__code="S001").starts_at.day == 19


def test_somebody_elses_screen_says_it_in_one_sentence_and_takes_it_back_from_nobody(
    officer: Officer,
    edition: Edition,
    organiser: Actor,
    sign_in: Callable[..., None],
    new_context: Callable[..., BrowserContext],
) -> None:
    other = new_context().new_page()
    sign_in(other, organiser)
    other.goto(ADDRESS)
    empty_all(officer.page)
    expect(other.locator("#tt-toast")).to_have_text("Organiser: 6 séances déplacées", timeout=10_000)
    expect(other.locator("#tt-tray-count")).to_have_text("6")
    expect(other.locator("#tt-undo")).to_be_disabled()


def test_a_move_of_ones_own_hides_nobody_elses(officer: Officer, edition: Edition, organiser: Actor) -> None:
    page = officer.page
    row = Placement.objects.get(session__code="S001")
    later = row.starts_at + timedelta(hours=5)
    place_session(actor=organiser, session_id=row.session_id, room_id=row.room_id, starts_at=later)
    button_of(page, "S002").press("Delete")
    expect(page.locator("#tt-toast")).to_contain_text("Séance 1", timeout=10_000)
    officer.settle()
    assert shown(page) == stands(edition)


def test_on_a_phone_the_dialogs_fit(
    phone: Page,
    edition: Edition,
    organiser: Actor,
    sign_in: Callable[..., None],
    axe: Callable[[Page], None],
    no_overflow: Callable[[Page], None],
    screenshot: Callable[[Page, str], object],
) -> None:
    sign_in(phone, organiser)
    phone.goto(ADDRESS)
    phone.get_by_role("button", name="Vider…").tap()
    no_overflow(phone)
    axe(phone)
    screenshot(phone, "timetable-emptying-phone")
    phone.get_by_role("button", name="Les retirer").tap()
    phone.get_by_role("button", name="Placer la suivante…").tap()
    expect(phone.get_by_role("dialog")).to_contain_text("Séance 0")
    no_overflow(phone)
    axe(phone)
    screenshot(phone, "timetable-series-phone")
    phone.get_by_role("dialog").get_by_role("button", name="Déplacer").tap()
    expect(phone.get_by_role("dialog")).to_contain_text("Séance 1")
    assert placed() == {"S000"}
