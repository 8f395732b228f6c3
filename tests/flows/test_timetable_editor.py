"""The timetable's editor: cards moved by pointer, by finger and by keyboard alone; rules broken; two people at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from parvis.domain.access import Actor
from parvis.models import Edition, Placement, Session
from parvis.services.programme import cancel_session, place_session, save_session
from tests.factories.editions import an_edition, fill

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/desk/2023/timetable/"


@pytest.fixture
def edition() -> Edition:
    made = an_edition()
    fill(made, sessions=6, speakers=6)
    Session.objects.filter(code="S000").update(format="side_event")  # a plenary would want to be alone
    beside = Placement.objects.get(session__code="S001")  # and makes the day open early: this one does not
    Placement.objects.filter(session__code="S000").update(starts_at=beside.starts_at, ends_at=beside.ends_at)
    return made


def open_editor(page: Page, *, width: int = 1900) -> None:
    """Open the editor on a screen that shows all lanes."""
    page.set_viewport_size({"width": width, "height": 1000})
    page.goto(ADDRESS)


def card(page: Page, code: str) -> Locator:
    return page.locator(f".tt-card[data-id='{Session.objects.get(code=code).pk}']")


def lane(page: Page, room: str, day: int = 0) -> Locator:
    return page.locator(".tt-day").nth(day).locator(f".tt-lane:has(strong:text-is('{room}')) .tt-cards")


def drop(page: Page, moved: Locator, onto: Locator, *, hours: float) -> None:
    """Drag a card by its middle so that its top comes to so many hours below the lane's top."""
    moved.scroll_into_view_if_needed()
    box = moved.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    target = onto.bounding_box()
    assert target is not None
    hour = float(
        page.evaluate("parseFloat(document.querySelector('.timetable-main').style.getPropertyValue('--hour'))")
    )
    page.mouse.move(target["x"] + 40, target["y"] + hour * hours + 12, steps=6)
    page.mouse.move(target["x"] + 40, target["y"] + hour * hours + 20, steps=2)
    with page.expect_response(lambda answer: "/move/" in answer.url):
        page.mouse.up()


def test_a_card_moves_by_pointer_and_back_by_undo(
    page: Page,
    organiser: Actor,
    edition: Edition,
    sign_in: Callable[..., None],
    axe: Callable[[Page], None],
    screenshot: Callable[[Page, str], object],
) -> None:
    sign_in(page, organiser)
    open_editor(page)
    before = Placement.objects.get(session__code="S001")
    drop(page, card(page, "S001"), lane(page, "Salle 5"), hours=4)
    after = Placement.objects.get(session__code="S001")
    assert after.room.name == "Salle 5"
    assert after.starts_at == before.starts_at.replace(hour=10, minute=0)
    expect(page.locator("#tt-undo")).to_be_enabled()
    page.locator("#tt-undo").click()
    expect(page.locator("#tt-redo")).to_be_enabled()
    assert Placement.objects.get(session__code="S001").starts_at == before.starts_at
    axe(page)
    screenshot(page, "timetable-editor")


def test_a_taken_room_is_refused_with_the_reason_and_free_places(
    page: Page,
    console_faults: list[str],
    organiser: Actor,
    edition: Edition,
    sign_in: Callable[..., None],
    axe: Callable[[Page], None],
    screenshot: Callable[[Page, str], object],
) -> None:
    sign_in(page, organiser)
    open_editor(page)
    drop(page, card(page, "S001"), lane(page, "Salle 2"), hours=1.5)
    dialog = page.locator("#tt-refused")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("Salle 2")
    axe(page)
    screenshot(page, "timetable-refused")
    dialog.locator("#tt-else button").first.click()
    expect(dialog).to_be_hidden()
    expect(page.locator(".tt-card.landed")).to_have_count(1)
    expect(page.locator(".tt-faults li.hard")).to_have_count(0)
    drop(page, card(page, "S003"), lane(page, "Salle 4"), hours=1.5)
    page.locator("#tt-insist").click()
    expect(page.locator(".tt-faults li.hard")).to_have_count(1)
    expect(card(page, "S003")).to_have_class(re.compile(r"\bfaulty\b"))
    assert all("409" in fault for fault in console_faults)  # the browser tells of each refusal
    console_faults.clear()


def test_escape_leaves_a_card_where_it_was_and_lengths_are_typed(
    page: Page, organiser: Actor, edition: Edition, sign_in: Callable[..., None], axe: Callable[[Page], None]
) -> None:
    sign_in(page, organiser)
    page.goto(ADDRESS)
    before = Placement.objects.get(session__code="S001")
    card(page, "S001").locator("button").focus()
    for key in ("Enter", "ArrowDown", "ArrowRight", "Escape"):
        page.keyboard.press(key)
    expect(page.locator("#tt-say")).to_contain_text("laissée où elle était")
    assert Placement.objects.get(session__code="S001").starts_at == before.starts_at
    page.keyboard.press("m")
    expect(page.locator("#tt-move")).to_be_visible()
    axe(page)
    page.fill("#tt-length", "45")
    page.fill("#tt-time", "16:00")
    with page.expect_response(lambda answer: "/move/" in answer.url):
        page.keyboard.press("Enter")
    after = Placement.objects.get(session__code="S001")
    assert after.ends_at - after.starts_at == timedelta(minutes=45)
    assert f"{after.starts_at:%H:%M}" == "14:00"  # 16:00 in Paris


def test_a_length_is_dragged(page: Page, organiser: Actor, edition: Edition, sign_in: Callable[..., None]) -> None:
    sign_in(page, organiser)
    open_editor(page)
    grip = card(page, "S001").locator(".tt-grip")
    grip.scroll_into_view_if_needed()
    box = grip.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 4)
    page.mouse.down()
    page.mouse.move(box["x"] + 30, box["y"] + 4 + 32, steps=5)
    with page.expect_response(lambda answer: "/move/" in answer.url):
        page.mouse.up()
    placement = Placement.objects.get(session__code="S001")
    assert placement.ends_at - placement.starts_at == timedelta(minutes=120)


def test_two_people_see_each_other_and_never_overwrite(
    page: Page,
    organiser: Actor,
    edition: Edition,
    sign_in: Callable[..., None],
    new_context: Callable[..., BrowserContext],
) -> None:
    other = new_context().new_page()
    for each in (page, other):
        sign_in(each, organiser)
        open_editor(each)
    drop(page, card(page, "S001"), lane(page, "Salle 5"), hours=4)
    expect(other.locator("#tt-toast")).to_contain_text("Salle 5", timeout=10_000)
    expect(lane(other, "Salle 5").locator(".tt-card")).to_have_count(2)


def test_an_open_screen_shows_what_the_pages_of_sessions_change(
    page: Page, organiser: Actor, edition: Edition, sign_in: Callable[..., None]
) -> None:
    sign_in(page, organiser)
    open_editor(page)
    drop(page, card(page, "S001"), lane(page, "Salle 5"), hours=4)
    first = Placement.objects.get(session__code="S002")
    new = save_session(
        actor=organiser,
        edition_id=edition.pk,
        session_id=None,
        values={"code": "NEW", "title_fr": "Entre-temps", "format": "workshop", "duration_min": 60},
    )
    starts_at = first.starts_at + timedelta(hours=3)
    place_session(actor=organiser, session_id=new.pk, room_id=first.room_id, starts_at=starts_at)
    cancel_session(actor=organiser, session_id=Session.objects.get(code="S003").pk)
    expect(lane(page, "Salle 2").locator(".tt-card", has_text="Entre-temps")).to_be_visible(timeout=10_000)
    expect(card(page, "S003")).to_have_count(0)
    page.locator("#tt-undo").click()  # what one moved oneself is still taken back
    expect(lane(page, "Salle 1").locator(".tt-card")).to_have_count(1)
    card(page, "NEW").locator("button").press("Delete")
    expect(page.locator("#tt-tray").locator(".tt-card", has_text="Entre-temps")).to_be_visible()
    expect(page.locator("#tt-tray-count")).to_have_text("1")


def test_without_javascript_the_programme_reads_as_a_list(
    organiser: Actor, edition: Edition, sign_in: Callable[..., None], new_context: Callable[..., BrowserContext]
) -> None:
    plain = new_context(java_script_enabled=False).new_page()
    sign_in(plain, organiser)
    plain.goto(ADDRESS)
    expect(plain.get_by_role("link", name="Séance 1 : agir ensemble")).to_be_visible()
    expect(plain.locator("#timetable")).to_be_hidden()


def test_on_a_phone_a_finger_drags_by_the_handle(
    phone: Page,
    organiser: Actor,
    edition: Edition,
    sign_in: Callable[..., None],
    no_overflow: Callable[[Page], None],
    screenshot: Callable[[Page, str], object],
) -> None:
    sign_in(phone, organiser)
    phone.goto(ADDRESS)
    no_overflow(phone)
    screenshot(phone, "timetable-editor-phone")
    card(phone, "S001").locator("button").tap()
    expect(phone.locator("#tt-move")).to_be_visible()
    screenshot(phone, "timetable-move-phone")


def test_a_reader_looks_and_cannot_move(
    page: Page, read_only: Actor, edition: Edition, sign_in: Callable[..., None], axe: Callable[[Page], None]
) -> None:
    sign_in(page, read_only)
    page.goto(ADDRESS)
    expect(card(page, "S001")).to_be_visible()
    expect(page.locator(".tt-handle")).to_have_count(0)
    card(page, "S001").locator("button").click()
    expect(page.locator("#tt-move")).to_be_hidden()
    axe(page)
