"""A room changes on the day: one card is moved and published, and everything and everybody concerned says so."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core import mail as outbox
from django.core.handlers.wsgi import WSGIHandler
from icalendar import Calendar
from playwright.sync_api import APIResponse, BrowserContext, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from parvis.domain.access import Actor
from parvis.models import Mail, Placement
from parvis.web.kept_pages import KeptPages
from tests.factories.on_the_day import TWENTY_TO_ELEVEN, Morning, a_morning_with_people
from tests.flows.officer import Officer, Stand, stands

EDITOR = "/desk/2023/timetable/"
OLD, NEW = "Auditorium", "Salle Ouest"
SESSION, LIST, GRID, MINE = "/2023/sessions/at1/", "/2023/programme/", "/2023/programme/grid/", "/2023/mine/"
CALENDARS = (
    "/2023/programme.ics",
    "/2023/themes/climat.ics",
    "/2023/speakers/aicha-lawson.ics",
    "/2023/sessions/at1.ics",
    "/en/2023/programme.ics",
)


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the public pages in memory in front of Django, as in service: feeds have ETags; a release forgets all."""
    django = WSGIHandler.__call__

    def answered_by_django(environ: dict[str, Any], start_response: Any) -> Any:
        return django(environ.pop("parvis.handler"), environ, start_response)

    pages = KeptPages(answered_by_django)

    def answer(handler: WSGIHandler, environ: dict[str, Any], start_response: Any) -> Any:
        if type(handler) is not WSGIHandler:  # a static file
            return django(handler, environ, start_response)
        return pages({**environ, "parvis.handler": handler}, start_response)

    monkeypatch.setattr(WSGIHandler, "__call__", answer)


@pytest.fixture
def morning(live_server: LiveServer, organiser: Actor, kept: None) -> Morning:
    return a_morning_with_people(organiser)


@dataclass(frozen=True, slots=True)
class Screens:
    """The screens of the building, open since the morning."""

    old: Page
    new: Page
    lobby: Page


def let_time_pass_until(shown: Locator) -> None:
    """Let a screen's clock run, two minutes at most, until it shows something: it asks every twenty seconds or so.

    In steps, so that its questions are answered in between, however busy the machine is.
    """
    for _ in range(20):
        shown.page.clock.run_for(6_000)
        try:
            return expect(shown).to_be_visible(timeout=300)
        except AssertionError:
            continue
    raise AssertionError(f"{shown} is not shown within two minutes.")


@pytest.fixture
def screens(morning: Morning, new_context: Callable[..., BrowserContext], console_faults: list[str]) -> Screens:
    def opened(address: str) -> Page:
        page = new_context(viewport={"width": 1920, "height": 1080}).new_page()
        page.on("pageerror", lambda error: console_faults.append(f"{page.url}: {error}"))
        page.clock.install(time=TWENTY_TO_ELEVEN)
        page.goto(address)
        return page

    return Screens(
        opened("/2023/rooms/auditorium/display/"), opened("/2023/rooms/salle-ouest/display/"), opened("/2023/display/")
    )


@dataclass
class Reader:
    """A participant with a phone: reads the programme, has starred the workshop, and reads the feeds."""

    page: Page
    calendar: str = ""

    def star(self) -> None:
        """Star the workshop and have an address for a calendar made."""
        self.page.goto(SESSION)
        self.page.get_by_role("button", name="Ajouter à mon programme").click()
        self.page.goto(MINE)
        self.page.get_by_role("button", name="Créer mon adresse").click()
        field = self.page.get_by_label("Adresse pour votre agenda")
        expect(field).to_have_value(re.compile(r"\.ics$"))
        self.calendar = field.input_value()

    def ask(self, address: str, *, known: str = "") -> APIResponse:
        """Ask for a feed, as software does that has kept what it got."""
        return self.page.request.get(address, headers={"If-None-Match": known} if known else {})

    def event(self, address: str, uid: str) -> Any:
        """Return the workshop's event in a feed."""
        return event_in(self.ask(address).body(), uid)


@pytest.fixture
def reader(morning: Morning, phone: Page) -> Reader:
    made = Reader(phone)
    made.star()
    return made


def event_in(calendar: bytes, uid: str) -> Any:
    (found,) = (event for event in Calendar.from_ical(calendar).walk("VEVENT") if str(event["uid"]) == uid)
    return found


def rooms_said(page: Page) -> list[str]:
    """Return every room that a page names for the workshop."""
    return page.locator(f"[data-session]:has(a[href='{SESSION}']) [data-room-name]").all_inner_texts()


def room_in_xml(body: bytes) -> list[tuple[str, str]]:
    """Return the rooms under which schedule.xml has the workshop: the room it stands in, and what it says itself."""
    return [
        (room.get("name", ""), event.findtext("room", ""))
        for room in ElementTree.fromstring(body).iter("room")  # noqa: S314 - our own answer
        for event in room.findall("event")
        if "Accès à l’énergie" in event.findtext("title", "")
    ]


def room_in_json(body: bytes) -> Iterator[tuple[str, str]]:
    """Return the same of schedule.json."""
    for day in json.loads(body)["schedule"]["conference"]["days"]:
        for room, events in day["rooms"].items():
            yield from ((room, event["room"]) for event in events if "Accès à l’énergie" in event["title"])


def column_of(page: Page) -> str:
    """Return the heading of the grid's column under which the workshop stands."""
    block = page.locator(f".block:has(a[href='{SESSION}'])").bounding_box()
    assert block is not None
    middle = block["x"] + block["width"] / 2
    for head in page.locator("table.timetable").first.locator("thead th[data-room]").all():
        box = head.bounding_box()
        if box is not None and box["x"] <= middle <= box["x"] + box["width"]:
            return head.locator("a").inner_text()
    raise AssertionError("The workshop stands under no heading.")


def move_and_publish(officer: Officer, morning: Morning, axe: Callable[[Page], None]) -> None:
    """Drag the card, read who gets what, publish and tell; without a rule that is broken."""
    page, workshop = officer.page, morning.workshop
    before = Placement.objects.get(session=workshop)
    officer.open(wide=2000, high=1100)
    officer.show_day(0)
    officer.drag(workshop.pk, Stand(morning.new.pk, stands(morning.edition)[workshop.pk].start))
    officer.settle()
    expect(page.locator("#tt-refused")).to_be_hidden()
    after = Placement.objects.get(session=workshop)
    assert (after.room, after.starts_at, after.ends_at) == (morning.new, before.starts_at, before.ends_at)
    page.get_by_role("main").get_by_role("link", name="Publier le site").click()
    expect(page.get_by_role("main")).to_contain_text("«\u202fAccès à l’énergie")
    axe(page)
    page.get_by_role("link", name="Qui reçoit quoi").click()
    listed = page.get_by_role("main").locator("tbody th .soft").all_inner_texts()
    assert sorted(line.split(" · ")[0] for line in listed) == sorted(morning.concerned.values())
    axe(page)
    page.go_back()
    page.get_by_label("Prévenir par courriel les 7 personnes concernées").check()
    page.get_by_role("button", name="Publier maintenant").click()
    expect(page.get_by_role("status").filter(has_text="désormais la publication nᵒ 2")).to_be_visible()


def test_a_room_change_on_the_day_reaches_all_that_shows_it_and_exactly_those_it_concerns(
    morning: Morning,
    organiser: Actor,
    page: Page,
    sign_in: Callable[..., None],
    screens: Screens,
    reader: Reader,
    axe: Callable[[Page], None],
    screenshot: Callable[[Page, str], object],
) -> None:
    uid = f"{morning.workshop.guid}@parvis"
    feeds = (*CALENDARS, reader.calendar)
    before = {address: reader.event(address, uid) for address in feeds}
    kept = {a: reader.ask(a).headers["etag"] for a in (*feeds, "/2023/schedule.xml", "/2023/changes.atom")}
    assert all(reader.ask(address, known=etag).status == 304 for address, etag in kept.items())
    title = "Accès à l’énergie"
    expect(screens.old.locator("[data-part=now] h3")).to_contain_text(title)  # under "Next in this room"
    expect(screens.new.locator("body")).not_to_contain_text(title)

    sign_in(page, organiser)
    move_and_publish(Officer(page, EDITOR), morning, axe)

    # The screens at both doors and in the lobby, without anybody touching them.
    let_time_pass_until(screens.new.locator("[data-part=now] h3", has_text=title))
    let_time_pass_until(screens.old.locator("[data-part=moved] h3", has_text=title))
    let_time_pass_until(screens.lobby.locator("#lobby > li", has_text=title).filter(has_text=NEW))
    expect(screens.old.locator("[data-part=moved]")).to_contain_text(f"Lieu : {NEW}")
    expect(screens.old.locator("[data-part=now]")).not_to_contain_text(title)
    expect(screens.lobby.locator("#lobby > li", has_text=title)).to_have_count(1)
    for screen, name in ((screens.old, "old"), (screens.new, "new"), (screens.lobby, "lobby")):
        axe(screen)
        screenshot(screen, f"room-change-{name}")

    # The public pages, and one's own programme.
    phone = reader.page
    phone.goto(SESSION)
    expect(phone.locator(".session-when")).to_contain_text(NEW)
    expect(phone.get_by_role("main")).not_to_contain_text(OLD)
    assert NEW in (phone.locator('script[type="application/ld+json"]').text_content() or "")
    axe(phone)
    for address in (LIST, GRID, MINE):
        phone.goto(address)
        expect(phone.locator(f"[data-session]:has(a[href='{SESSION}'])").first).to_be_visible()
        assert set(rooms_said(phone)) == {NEW}, address
        axe(phone)
        screenshot(phone, f"room-change-{address.strip('/').replace('/', '-')}")
    page.goto(GRID)
    assert column_of(page) == NEW
    page.goto("/2023/rooms/salle-ouest/")
    expect(page.get_by_role("main")).to_contain_text(title)
    page.goto("/2023/rooms/auditorium/")
    expect(page.get_by_role("main")).not_to_contain_text(title)

    # The feeds: all answer anew to who has kept them, with the same event in another room.
    assert all(reader.ask(address, known=etag).status == 200 for address, etag in kept.items())
    for address in feeds:
        event, was = reader.event(address, uid), before[address]
        assert (OLD in was["location"], OLD in event["location"]) == (True, False), address
        assert NEW in event["location"], address
        assert int(event["sequence"]) > int(was["sequence"]), address
        assert event["dtstart"].dt == was["dtstart"].dt, address
    assert uid.encode() in reader.ask("/2023/rooms/salle-ouest.ics").body()
    assert uid.encode() not in reader.ask("/2023/rooms/auditorium.ics").body()
    assert room_in_xml(reader.ask("/2023/schedule.xml").body()) == [(NEW, NEW)]
    assert list(room_in_json(reader.ask("/2023/schedule.json").body())) == [(NEW, NEW)]
    newest = reader.ask("/2023/changes.atom").text().split("<entry>")[1]
    assert re.search(rf"{title}.*{OLD}.*{NEW}|{title}.*{NEW}.*{OLD}", newest, re.DOTALL)

    # The mails: one to each person concerned, to nobody else, in their language, with the event in the new room.
    assert sorted(message.to[0] for message in outbox.outbox) == sorted(morning.concerned.values())
    assert Mail.objects.count() == len(morning.concerned)
    for message in outbox.outbox:
        event = event_in(next(part[1] for part in message.attachments if part[0] == "programme.ics"), uid)
        assert NEW in event["location"]
        assert int(event["sequence"]) > max(int(was["sequence"]) for was in before.values())
        assert OLD in message.body
        assert NEW in message.body
        in_english = message.to[0] in (morning.concerned["interpreters"], morning.concerned["enrolled in English"])
        assert ("Access to energy" in message.body) == in_english
        assert ("Accès à l’énergie" in message.body) != in_english
