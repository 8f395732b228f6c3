"""The programme in a real browser: list, grid, filters, now and next; with and without scripts, mirrored."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from parvis.domain.access import Actor
from parvis.domain.text import fold
from parvis.services.releases import publish_release
from tests.factories.editions import an_edition
from tests.factories.programmes import a_full_programme

pytestmark = pytest.mark.flow

PAGES = (
    "/2023/programme/",
    "/2023/programme/grid/",
    "/2023/programme/rooms/",
    "/2023/programme/?theme=climat&q=energie",
    "/2023/programme/grid/?day=2023-09-19",
    "/2023/programme/?theme=climat&room=salle-est",
    "/2023/sessions/at1/",
    "/2023/rooms/auditorium/",
    "/2023/themes/",
    "/2023/themes/climat/",
    "/2023/groups/",
    "/2023/groups/benin/",
    "/2023/speakers/aicha-lawson/",
    "/2023/mine/",
    "/2023/mine/choose/?add=at1",
)
IN_ENGLISH = ("/2023/programme/", "/2023/programme/grid/", "/2023/sessions/at1/", "/2023/mine/", "/2023/mine/choose/")
CARDS = "#programme-results [data-session]:visible"


@pytest.fixture
def site(live_server: LiveServer, organiser: Actor) -> None:
    edition = an_edition()
    a_full_programme(edition)
    publish_release(actor=organiser, edition_id=edition.pk)


def titles(page: Page) -> list[str]:
    return page.locator(f"{CARDS} [data-title]").all_inner_texts()


@pytest.mark.parametrize("screen", ["page", "phone"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_is_accessible_and_fits(
    site: None,
    screen: str,
    prefix: str,
    request: pytest.FixtureRequest,
    axe: Callable[[Page], None],
    no_overflow: Callable[[Page], None],
    screenshot: Callable[[Page, str], Path],
) -> None:
    page: Page = request.getfixturevalue(screen)
    for address in IN_ENGLISH if prefix else PAGES:
        page.goto(prefix + address)
        expect(page.get_by_role("main")).to_have_count(1)
        axe(page)
        no_overflow(page)
    names = {
        "/2023/programme/": "list",
        "/2023/programme/grid/": "grid",
        "/2023/programme/?theme=climat&room=salle-est": "empty",
        "/2023/sessions/at1/": "session",
        "/2023/themes/climat/": "theme",
    }
    for address, name in names.items():
        page.goto(prefix + address)
        screenshot(page, f"programme-{name}-{prefix.strip('/') or 'fr'}-{screen}")


def test_it_mirrors_by_itself(
    site: None, page: Page, phone: Page, no_overflow: Callable[[Page], None], screenshot: Callable[[Page, str], Path]
) -> None:
    for screen, name in ((page, "page"), (phone, "phone")):
        for address in ("/2023/programme/", "/2023/programme/grid/", "/2023/sessions/at1/", "/2023/mine/"):
            screen.goto(address)
            screen.evaluate("document.documentElement.dir = 'rtl'")
            no_overflow(screen)
        screen.goto("/2023/programme/grid/")
        screen.evaluate("document.documentElement.dir = 'rtl'")
        times = screen.locator("table.timetable tbody th").first.bounding_box()
        card = screen.locator("table.timetable .block").first.bounding_box()
        assert times
        assert card
        assert times["x"] > card["x"], "the times stand where reading begins"
        screenshot(screen, f"programme-grid-mirrored-{name}")


def test_filters_narrow_in_place_and_stand_in_the_address(site: None, page: Page) -> None:
    page.goto("/2023/programme/")
    expect(page.locator("#programme-count")).to_have_text("19 séances")
    page.locator("summary").click()
    page.get_by_label("Thème").select_option("climat")
    expect(page.locator("#programme-count")).to_have_text("2 séances sur 19")
    page.get_by_label("Langue", exact=True).select_option("en")
    expect(page.locator("#programme-count")).to_have_text("1 séance sur 19")
    assert page.url.endswith("/2023/programme/?theme=climat&language=en")
    expect(page.get_by_role("link", name="Grille")).to_have_attribute(
        "href", re.compile(r"/2023/programme/grid/\?theme=climat&language=en$")
    )
    in_english = page.locator("a.language[hreflang=en]").first
    expect(in_english).to_have_attribute("href", re.compile(r"/en/2023/programme/\?theme=climat&language=en$"))
    page.go_back()
    expect(page.locator("#programme-count")).to_have_text("2 séances sur 19")
    page.reload()
    expect(page.locator("#programme-count")).to_have_text("2 séances sur 19")
    expect(page.get_by_role("link", name="Thème Climat")).to_be_visible()
    page.locator("summary").click()
    expect(page.get_by_label("Thème")).to_have_value("climat")
    page.get_by_label("Thème").select_option("")
    expect(page.locator("#programme-count")).to_have_text("19 séances")
    assert page.url.endswith("/2023/programme/")
    page.get_by_role("searchbox").fill("LOME ecole")
    expect(page.get_by_text("Aucune séance ne correspond à tout cela.")).to_be_visible()
    page.get_by_role("searchbox").fill("lome")
    expect(page.locator(CARDS)).to_have_count(2)
    expect(page).to_have_url(re.compile(r"/2023/programme/\?q=lome$"))
    page.get_by_role("link", name="Effacer tous les filtres").click()
    expect(page.locator(CARDS)).to_have_count(19)


def test_the_empty_state_offers_ways_out(site: None, page: Page) -> None:
    page.goto("/2023/programme/")
    page.locator("summary").click()
    page.get_by_label("Thème").select_option("climat")
    page.get_by_label("Salle").select_option("salle-est")
    way_out = page.get_by_role("link", name="Sans le filtre Salle «\u202fSalle Est\u202f»\u202f: 2")
    expect(way_out).to_be_visible()
    way_out.click()
    expect(page.locator(CARDS)).to_have_count(2)
    assert page.url.endswith("?theme=climat")


FILTERS = (
    "q=energie",
    "q=LOM%C3%89",
    "theme=climat",
    "sdg=4",
    "group=benin",
    "language=es",
    "format=micro_workshop",
    "format=micro_workshop&room=espace-b",
    "day=2023-09-19",
    "day=2023-09-18&q=groupe",
    "room=salle-est&q=rien",
    "q=%C5%92uvre",
)


@pytest.mark.parametrize("view", ["/2023/programme/", "/2023/programme/grid/"])
def test_scripts_and_server_find_the_same(site: None, page: Page, view: str) -> None:
    for query in FILTERS:
        page.goto(f"{view}?{query}")
        from_server = sorted(titles(page))
        server_count = page.locator("#programme-count").inner_text()
        page.goto(view)
        page.evaluate(
            """(query) => {
              const form = document.querySelector("form[data-programme-filters]");
              for (const [key, value] of new URLSearchParams(query)) form.elements[key].value = value;
              form.requestSubmit();
            }""",
            query,
        )
        expect(page.locator("#programme-count")).to_have_text(server_count)
        assert sorted(titles(page)) == from_server, query
        assert page.url.endswith(f"{view}?{query}")


def test_the_browser_folds_as_the_rules_do(site: None, page: Page) -> None:
    samples = [
        "L’Haÿ-les-Roses",
        "ŒUVRE d'Æthel",
        "Straße",
        "Øresund — Łódź",
        "İstanbul",
        "  a_b  ",
        "Ça\u00adva",
        "日本",
        "مرحبا بالعالم",
    ]
    page.goto("/2023/programme/")
    address = page.evaluate("new URL('fold.js', document.querySelector('script[src*=\"programme.js\"]').src).href")
    folded = page.evaluate(
        f"async (texts) => {{ const {{ fold }} = await import({json.dumps(address)}); return texts.map(fold); }}",
        samples,
    )
    assert folded == [fold(text) for text in samples]


def test_the_grid_reads_by_time_and_room(site: None, page: Page) -> None:
    page.goto("/2023/programme/grid/")
    table = page.get_by_role("table").first
    assert table.get_by_role("columnheader").all_inner_texts()[1:] == [
        "Auditorium\n900 places",
        "Salle Est\n120 places",
    ]
    hours = [text.replace("\u00a0", " ") for text in table.get_by_role("rowheader").all_inner_texts()]
    assert hours == ["8 h 30", "9 h 30", "11 h", "11 h 30", "13 h", "14 h"]
    assert table.locator("[data-title]").all_inner_texts() == [
        "Accueil",
        "Ouverture des Rencontres",
        "Accès à l’énergie et gouvernance locale\u202f: quelles opportunités\u202f?",
        "Éducation à la citoyenneté mondiale",
        "Déjeuner",
        "Groupe-pays Bénin",
        "Groupe-pays Sénégal",
    ]
    longer = table.locator(".block", has_text="Accès").bounding_box()
    later = table.locator(".block", has_text="Éducation").bounding_box()
    assert longer
    assert later
    assert longer["y"] < later["y"] < longer["y"] + longer["height"]


def test_micro_workshops_of_twenty_minutes_stay_readable(site: None, phone: Page) -> None:
    phone.goto("/2023/programme/grid/")
    for card in phone.locator(".block", has_text="Micro-atelier").all():
        cut = card.evaluate(
            "(block) => [block, ...block.children].some((part) => part.scrollHeight > part.clientHeight + 1"
            " && getComputedStyle(part).overflow === 'hidden')"
        )
        assert not cut
        box = card.bounding_box()
        assert box
        assert box["height"] >= 60
        assert box["width"] >= 120


def test_the_times_stay_while_the_rooms_scroll_by(site: None, phone: Page) -> None:
    phone.goto("/2023/programme/grid/")
    wrap = phone.locator(".timetable-wrap").nth(1)
    wrap.scroll_into_view_if_needed()
    before = phone.locator("table.timetable").nth(1).get_by_role("rowheader").first.bounding_box()
    wrap.evaluate("(element) => element.scrollBy(300, 0)")
    assert wrap.evaluate("(element) => element.scrollLeft") > 100
    after = phone.locator("table.timetable").nth(1).get_by_role("rowheader").first.bounding_box()
    assert before
    assert after
    assert before["x"] == after["x"]


def test_filters_work_without_scripts(site: None, new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/2023/programme/")
    page.get_by_role("searchbox").fill("énergie")
    page.locator("summary").click()
    page.get_by_label("Thème").select_option("climat")
    page.get_by_role("button", name="Afficher").click()
    assert page.url.endswith("/2023/programme/?theme=climat&q=%C3%A9nergie")
    expect(page.locator("#programme-results .session")).to_have_count(1)
    expect(page.get_by_text("1 séance sur 19")).to_be_visible()
    page.get_by_role("link", name="Mots cherchés énergie").click()
    expect(page.locator("#programme-results .session")).to_have_count(2)
    expect(page.locator("#now")).to_be_hidden()
    page.goto("/2023/programme/grid/")
    expect(page.locator(".block a.star").first).to_be_visible()


@pytest.mark.parametrize(
    ("moment", "now", "following"),
    [
        (datetime(2023, 9, 18, 9, 40, tzinfo=UTC), ["Accès à l’énergie", "Éducation à la"], ["Déjeuner"]),
        (datetime(2023, 9, 18, 6, 0, tzinfo=UTC), [], ["Accueil"]),
        (datetime(2023, 9, 19, 12, 52, tzinfo=UTC), [], ["Micro-atelier 10", "Micro-atelier 11", "Micro-atelier 12"]),
    ],
)
@pytest.mark.parametrize("address", ["/2023/programme/", "/2023/programme/grid/", "/2023/programme/rooms/"])
def test_on_the_day_it_says_what_is_on_wherever_one_is(
    site: None,
    new_context: Callable[..., BrowserContext],
    address: str,
    moment: datetime,
    now: list[str],
    following: list[str],
) -> None:
    page = new_context(timezone_id="Pacific/Auckland").new_page()
    page.clock.set_fixed_time(moment)
    page.goto(address)
    band = page.locator("#now")
    expect(band).to_be_visible()
    shown = {part: band.locator(f'[data-part="{part}"] li').all_inner_texts() for part in ("now", "next")}
    for part, expected in (("now", now), ("next", following)):
        assert len(shown[part]) == len(expected), shown
        assert all(any(title in line for line in shown[part]) for title in expected), shown
    expect(page.locator("[data-session][data-now] .now-mark")).to_have_count(len(now))


def test_on_other_days_nothing_is_on(site: None, page: Page) -> None:
    page.clock.set_fixed_time(datetime(2023, 9, 18, 22, 30, tzinfo=UTC))
    page.goto("/2023/programme/")
    expect(page.locator("#now")).to_be_visible()  # after midnight in Paris: the second day
    page.clock.set_fixed_time(datetime(2023, 9, 20, 9, 0, tzinfo=UTC))
    page.reload()
    expect(page.locator("#now")).to_be_hidden()


def test_the_session_page_leads_on(site: None, page: Page) -> None:
    page.goto("/2023/sessions/ma01/")
    page.get_by_role("navigation", name="Au même moment").get_by_role("link", name="Suivant").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Micro-atelier 02")
    page.goto("/2023/sessions/at1/")
    page.get_by_role("link", name="13 Lutte contre les changements climatiques").click()
    assert page.url.endswith("/2023/programme/?sdg=13")
    expect(page.locator(CARDS)).to_have_count(1)
