"""Screens in the building, in a real browser: they change by themselves, follow releases, and survive the network."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from parvis.domain.access import Actor
from parvis.models import Edition, Placement, Room, Session
from parvis.services.releases import publish_release
from tests.factories.editions import an_edition
from tests.factories.mornings import QUARTER_TO_TEN, a_morning

ROOM, LOBBY = "/2023/rooms/salle-0/display/", "/2023/display/"
SCREENS = {
    "phone": (360, 740),
    "desktop": (1280, 900),
    "landscape": (1920, 1080),
    "portrait": (1080, 1920),
}


@pytest.fixture
def edition(live_server: LiveServer, organiser: Actor) -> Edition:
    made = an_edition()
    a_morning(made)
    publish_release(actor=organiser, edition_id=made.pk)
    return made


@pytest.fixture
def screen(new_context: Callable[..., BrowserContext], console_faults: list[str]) -> Callable[..., Page]:
    """Return a function that opens a screen's page at a moment; the screen itself stands in another time zone."""

    def opened(address: str, *, at: datetime = QUARTER_TO_TEN, size: str = "landscape", **options: object) -> Page:
        wide, high = SCREENS[size]
        context = new_context(viewport={"width": wide, "height": high}, timezone_id="Pacific/Auckland", **options)
        page = context.new_page()
        page.on("pageerror", lambda error: console_faults.append(f"{page.url}: {error}"))
        page.clock.install(time=at)
        page.goto(address)
        return page

    return opened


def let_half_a_minute_pass(page: Page) -> None:
    """Long enough for the screen to ask once; in steps, so that its questions are answered in between."""
    for _ in range(5):
        page.clock.run_for(6_000)
        page.wait_for_timeout(250)


@pytest.mark.parametrize("size", list(SCREENS))
@pytest.mark.parametrize("address", [ROOM, LOBBY])
def test_every_screen_is_accessible_and_fits(
    edition: Edition,
    screen: Callable[..., Page],
    axe: Callable[[Page], None],
    no_overflow: Callable[[Page], None],
    screenshot: Callable[[Page, str], object],
    size: str,
    address: str,
) -> None:
    page = screen(address, size=size)
    expect(page.locator("#live")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    axe(page)
    no_overflow(page)
    if size != "phone":
        high = page.evaluate("document.documentElement.scrollHeight - innerHeight")
        assert high <= 1, "a screen cannot be scrolled"
    screenshot(page, f"display-{'room' if address == ROOM else 'lobby'}-{size}")


def test_a_door_says_what_is_on_and_changes_at_the_minute(edition: Edition, screen: Callable[..., Page]) -> None:
    page = screen(ROOM)
    expect(page.locator("#clock")).to_have_text("9 h 45")
    expect(page.locator("#today")).to_have_text("lundi 18 septembre")
    expect(page.locator("[data-part=now] h3")).to_have_text("Séance 0 : agir ensemble")
    expect(page.locator("[data-part=now] .turn-until")).to_have_text("jusqu’à 11 h")
    expect(page.locator("[data-part=now]")).to_contain_text("Adhérents seulement")
    expect(page.locator("[data-part=now]")).to_contain_text("En français, avec interprétation en anglais et espagnol")
    expect(page.locator("[data-part=next] h3")).to_have_text("Séance 6 : agir ensemble")
    page.clock.fast_forward("01:14:30")  # 10.59.30
    expect(page.locator("[data-part=now] h3")).to_have_text("Séance 0 : agir ensemble")
    page.clock.fast_forward("00:35")
    expect(page.get_by_text("Rien en ce moment")).to_be_visible()
    expect(page.locator("[data-part=now] h3")).to_have_text("Séance 6 : agir ensemble")
    expect(page.locator("[data-part=now] .screen-in")).to_have_text("· dans 30 minutes")
    page.clock.fast_forward("30:00")
    expect(page.locator("[data-part=now] .screen-word")).to_contain_text("Maintenant")
    expect(page.locator("[data-part=now] h3")).to_have_text("Séance 6 : agir ensemble")


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2023, 9, 17, 20, 0, tzinfo=UTC), "Pas encore commencé"),
        (datetime(2023, 9, 18, 18, 0, tzinfo=UTC), "Le programme de cette salle est terminé. Merci d’être venus."),
    ],
)
def test_before_and_after(edition: Edition, screen: Callable[..., Page], at: datetime, said: str) -> None:
    page = screen(ROOM, at=at)
    expect(page.get_by_text(said)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-light", "night")


def test_dark_by_night_and_light_by_day_in_the_venues_time(edition: Edition, screen: Callable[..., Page]) -> None:
    page = screen(ROOM)  # evening in Auckland
    expect(page.locator("html")).to_have_attribute("data-light", "day")
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.clock.fast_forward("11:00:00")
    expect(page.locator("html")).to_have_attribute("data-light", "night")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != background


def test_a_new_room_reaches_both_doors_and_the_lobby(
    edition: Edition, screen: Callable[..., Page], organiser: Actor
) -> None:
    left, reached, lobby = screen(ROOM), screen("/2023/rooms/salle-5/display/"), screen(LOBBY)
    expect(lobby.locator("#lobby > li").first).to_contain_text("Séance 0")
    Placement.objects.filter(session__code="S000").update(room=Room.objects.get(slug="salle-5"))
    Placement.objects.filter(session__code="S005").update(room=Room.objects.get(slug="salle-4"))
    publish_release(actor=organiser, edition_id=edition.pk, accept_violations=True)
    for page in (left, reached, lobby):
        let_half_a_minute_pass(page)
    expect(left.locator("[data-part=moved]")).to_contain_text("Lieu : Salle 5")
    expect(left.get_by_text("Rien en ce moment")).to_be_visible()
    expect(reached.locator("[data-part=now] h3").first).to_have_text("Séance 0 : agir ensemble")
    expect(reached.locator(".screen-release")).to_contain_text("Version 2")
    expect(lobby.locator("#lobby > li", has_text="Salle 5")).to_contain_text("Séance 0")


def test_a_lost_network_keeps_the_last_state_and_says_since_when(
    edition: Edition, screen: Callable[..., Page], organiser: Actor
) -> None:
    page = screen(ROOM)
    expect(page.locator("[data-part=now] h3")).to_be_visible()
    page.context.set_offline(True)
    let_half_a_minute_pass(page)
    status = page.locator("#status")
    expect(status).to_contain_text("Pas de réseau depuis 9 h 4")
    expect(page.locator("[data-part=now] h3")).to_have_text("Séance 0 : agir ensemble")
    page.clock.fast_forward("01:46:00")
    expect(page.locator("[data-part=now] h3")).to_have_text("Séance 6 : agir ensemble")
    expect(status).to_contain_text("Pas de réseau depuis 9 h 4")
    Session.objects.filter(code="S006").update(title_fr="Un titre changé entre-temps")
    publish_release(actor=organiser, edition_id=edition.pk, accept_violations=True)
    page.context.set_offline(False)
    let_half_a_minute_pass(page)
    expect(page.locator("[data-part=now] h3")).to_have_text("Un titre changé entre-temps")
    expect(status).to_have_text("")


def test_a_cancelled_edition_covers_the_screen(edition: Edition, screen: Callable[..., Page]) -> None:
    page = screen(LOBBY)
    expect(page.locator(".screen-off")).to_have_count(0)
    Edition.objects.filter(pk=edition.pk).update(status="cancelled", status_reason_fr="Un incident technique.")
    let_half_a_minute_pass(page)
    expect(page.locator(".screen-off")).to_contain_text("Un incident technique.")


def test_a_screen_whose_clock_is_off_follows_the_server(edition: Edition, screen: Callable[..., Page]) -> None:
    page = screen(ROOM)

    def seven_minutes_on(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "date": "Mon, 18 Sep 2023 07:52:40 GMT"})

    page.route(f"**{ROOM}", seven_minutes_on)
    let_half_a_minute_pass(page)
    expect(page.locator("#clock")).to_have_text("9 h 52")


def test_a_moment_can_be_rehearsed(edition: Edition, screen: Callable[..., Page]) -> None:
    page = screen(f"{ROOM}#at=2023-09-18T11:35", at=datetime(2022, 1, 1, tzinfo=UTC))
    expect(page.locator("#clock")).to_have_text("11 h 35")
    expect(page.locator("[data-part=now] h3")).to_have_text("Séance 6 : agir ensemble")
    expect(page.locator("#status")).to_have_text("Répétition : lundi 18 septembre, 11 h 35")


def test_the_lobby_turns_its_pages_and_can_be_stopped(
    edition: Edition, screen: Callable[..., Page], organiser: Actor
) -> None:
    assert edition.venue is not None
    long = "Un titre long, comme on en lit dans les programmes des rencontres de cette taille " * 2
    for n in range(30):
        room = Room.objects.create(venue=edition.venue, slug=f"loin-{n}", name=f"Salle lointaine {n}", position=20 + n)
        session = Session.objects.create(
            edition=edition, code=f"L{n}", slug=f"loin-{n}", format="workshop", title_fr=long, duration_min=90,
            spoken=["fr"], status="confirmed",
        )  # fmt: skip
        Placement.objects.create(
            session=session, room=room, starts_at=QUARTER_TO_TEN, ends_at=datetime(2023, 9, 18, 12, tzinfo=UTC)
        )
    publish_release(actor=organiser, edition_id=edition.pk, accept_violations=True)
    page = screen(LOBBY, at=datetime(2023, 9, 18, 8, tzinfo=UTC))
    expect(page.locator("#pages")).to_contain_text("Page 1 sur ")
    first = page.locator("#lobby > li:visible h2").first.inner_text()
    assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 1
    page.clock.run_for(13_000)
    expect(page.locator("#pages")).to_contain_text("Page 2 sur ")
    assert page.locator("#lobby > li:visible h2").first.inner_text() != first
    page.get_by_role("button", name="Ne plus tourner les pages").click()
    page.clock.run_for(30_000)
    expect(page.locator("#pages")).to_contain_text("Page 2 sur ")
    seen: set[str] = set()
    pages = int(page.locator("#pages").inner_text().rsplit(" ", 1)[1])
    page.mouse.move(200, 200)  # the buttons withdraw while nobody is there
    page.mouse.move(220, 220)
    page.get_by_role("button", name="Ne plus tourner les pages").click()
    for _ in range(pages):
        seen |= set(page.locator("#lobby > li:visible h2").all_inner_texts())
        assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 1
        page.clock.run_for(12_000)
    assert len([name for name in seen if name.startswith("Salle lointaine")]) == 30


def test_long_titles_and_many_speakers_are_never_cut_off(
    edition: Edition, screen: Callable[..., Page], organiser: Actor
) -> None:
    from parvis.models import Intervention, Person

    session = Session.objects.get(code="S000")
    Session.objects.filter(pk=session.pk).update(title_fr="Un très long titre de séance " * 10)
    for n in range(24):
        person = Person.objects.create(slug=f"orateur-{n}", first_name="Ada", last_name=f"Oratrice {n}")
        Intervention.objects.create(session=session, person=person, role="speaker", position=50 + n)
    publish_release(actor=organiser, edition_id=edition.pk, accept_violations=True)
    for size in ("landscape", "portrait"):
        page = screen(ROOM, size=size)
        expect(page.locator("[data-part=now] .turn-people li").last).to_be_in_viewport(ratio=1)
        assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 1


def test_an_arabic_title_runs_its_own_way(edition: Edition, screen: Callable[..., Page], organiser: Actor) -> None:
    Session.objects.filter(code="S000").update(title_fr="", title_en="", title_ar="ما هو دور السلطات المحلية؟")
    publish_release(actor=organiser, edition_id=edition.pk, accept_violations=True)
    title = screen(ROOM).locator("[data-part=now] h3")
    expect(title).to_have_attribute("lang", "ar")
    assert title.evaluate("node => getComputedStyle(node).direction") == "rtl"


@pytest.mark.parametrize("address", [ROOM, LOBBY])
def test_the_days_read_without_scripts(
    edition: Edition,
    new_context: Callable[..., BrowserContext],
    screenshot: Callable[[Page, str], object],
    address: str,
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(address)
    expect(page.locator("#live")).to_be_hidden()
    expect(page.get_by_role("heading", name="Séance 0 : agir ensemble")).to_be_visible()
    expect(page.locator("#days")).to_contain_text("jusqu’à 11 h")
    screenshot(page, f"display-{'room' if address == ROOM else 'lobby'}-no-script")
