"""The hands of a programme officer in the timetable's editor: by pointer, and by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from playwright.sync_api import Locator, Page, expect

from parvis.models import Edition, Placement
from parvis.queries.timetable import build_timetable

HELD = """() => {
  const card = document.querySelector(".tt-card.held");
  const lane = card.closest(".tt-lane");
  return [Number(lane.dataset.room), Number(card.dataset.start)];
}"""
# Where each card stands on the page: {session: [room, minute]}, the tray left out.
SHOWN = """() => Object.fromEntries([...document.querySelectorAll(".tt-lane .tt-card")].map((card) =>
  [card.dataset.id, [Number(card.closest(".tt-lane").dataset.room), Number(card.dataset.start)]]))"""


class Stand(NamedTuple):
    """A room, and the minute of the timetable at which a session begins there, as the page counts them."""

    room: int
    start: int


def stands(edition: Edition) -> dict[int, Stand]:
    """Return where each session stands, by its key, as the tables have it."""
    timetable = build_timetable(edition.pk)
    return {
        timetable.session_ids[code]: Stand(timetable.room_ids[place.room], place.start)
        for code, place in timetable.placements.items()
    }


def shown(page: Page) -> dict[int, Stand]:
    """Return where each session stands on the page."""
    return {int(key): Stand(*place) for key, place in page.evaluate(SHOWN).items()}


def lengths() -> dict[int, int]:
    """Return how long each placed session lasts, in minutes."""
    return {row.session_id: int((row.ends_at - row.starts_at).total_seconds() // 60) for row in Placement.objects.all()}


class Officer:
    """Somebody before the editor. Moves are not waited for one by one: `settle` waits for the last verdict."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address

    def open(self, *, wide: int = 1280, high: int = 900) -> None:
        """Open the editor on a screen."""
        self.page.set_viewport_size({"width": wide, "height": high})
        self.page.goto(self.address)
        self.content: dict[str, Any] = self.page.evaluate(
            "JSON.parse(document.getElementById('timetable-content').textContent)"
        )

    @property
    def rooms(self) -> list[int]:
        """Return the rooms in the order of the lanes."""
        return [room["id"] for room in self.content["rooms"]]

    def day_of(self, minute: int) -> int:
        """Return which day, from 0, a minute is on."""
        return next(n for n, day in enumerate(self.content["days"]) if day["opens"] <= minute < day["closes"])

    def settle(self) -> None:
        """Wait until every move has its verdict."""
        expect(self.page.locator("#timetable")).to_have_attribute("data-waiting", "0")

    def tray(self) -> list[int]:
        """Return what waits in the tray, in its order."""
        found: list[int] = self.page.evaluate(
            "[...document.querySelectorAll('#tt-tray .tt-card')].map((card) => Number(card.dataset.id))"
        )
        return found

    # By keyboard

    def tab_to(self, wanted: Locator, *, most: int = 60) -> None:
        """Press the tabulator until an element has the focus."""
        for _ in range(most):
            if wanted.evaluate("(element) => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{wanted} is not reached by {most} steps of the tabulator.")

    def carry(self, to: Stand) -> None:
        """Carry the card that is taken up to a place, by arrows and page keys, and put it down."""
        held = Stand(*self.page.evaluate(HELD))
        for key in self.keys(held, to):
            self.page.keyboard.press(key)
        assert Stand(*self.page.evaluate(HELD)) == to
        self.page.keyboard.press("Enter")

    def keys(self, held: Stand, to: Stand) -> Iterator[str]:
        """Return the keys that carry a card from one place to another, the fewest."""
        days = self.content["days"]
        was, day = self.day_of(held.start), self.day_of(to.start)
        yield from ["PageDown" if day > was else "PageUp"] * abs(day - was)
        aside = self.rooms.index(to.room) - self.rooms.index(held.room)
        yield from ["ArrowRight" if aside > 0 else "ArrowLeft"] * abs(aside)
        step = days[day]["step"]
        down = (to.start - days[day]["opens"] - (held.start - days[was]["opens"])) // step
        way = "ArrowDown" if down > 0 else "ArrowUp"
        large, small = divmod(abs(down), 6)
        yield from [f"Shift+{way}"] * large + [way] * small

    # By pointer

    def show_day(self, day: int) -> None:
        """Show one day alone, by its button."""
        self.page.locator(".tt-days button").nth(day + 1).click()

    def drag(self, session: int, to: Stand) -> None:
        """Drag a card out of the tray into a lane of a day that is shown, so that it begins at a minute."""
        card = self.page.locator(f".tt-card[data-id='{session}']")
        card.scroll_into_view_if_needed()
        day = self.content["days"][self.day_of(to.start)]
        lane = self.page.locator(f".tt-lane[data-room='{to.room}'][data-day='{day['key']}'] .tt-cards")
        box, target = card.bounding_box(), lane.bounding_box()
        assert box is not None
        assert target is not None
        per_minute = target["height"] / (day["closes"] - day["opens"])
        mouse = self.page.mouse
        mouse.move(box["x"] + 20, box["y"] + 10)
        mouse.down()
        mouse.move(target["x"] + 40, target["y"] + per_minute * (to.start - day["opens"]) + 11, steps=3)
        mouse.up()
