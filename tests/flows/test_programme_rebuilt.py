"""The demo edition's programme is emptied and built again in the editor: by pointer, and by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from parvis.demo.load import load_demo
from parvis.domain.timetable.violations import violations
from parvis.models import Account, Edition, Placement, Release, Session, TimetableMove
from parvis.queries.accounts import actor_of
from parvis.queries.timetable import build_timetable
from tests.flows.officer import Officer, Stand, lengths, shown, stands

pytestmark = pytest.mark.django_db(transaction=True)
EDITOR, RELEASES, PUBLIC = "/desk/2023/timetable/", "/desk/2023/releases/", "/2023/programme/"
ALL = 41


@pytest.fixture
def edition(transactional_db: None) -> Edition:
    """Return the demo's edition, published: its programme stands and breaks no rule."""
    load_demo()
    made = Edition.objects.get(slug="2023")
    assert len(stands(made)) == ALL
    return made


@pytest.fixture
def officer(page: Page, edition: Edition, sign_in: Callable[..., None]) -> Officer:
    """Return the demo's organiser before a browser."""
    sign_in(page, actor_of(account_id=Account.objects.get(email="organisation@parvis.invalid").pk))
    return Officer(page, EDITOR)


@pytest.fixture
def reader(new_context: Callable[..., BrowserContext]) -> Callable[[str], str]:
    """Return a function that reads a public page as anybody does."""
    page = new_context().new_page()

    def read(address: str) -> str:
        page.goto(address)
        return page.get_by_role("main").inner_text()

    return read


def hard_faults(edition: Edition) -> list[str]:
    timetable = build_timetable(edition.pk)
    found = violations(timetable.problem, timetable.rules, timetable.placements)
    return [violation.key for violation in found if violation.hard]


def said_by(release: Release) -> list[dict[str, object]]:
    """Return what a release says of its sessions."""
    return sorted(release.payload["sessions"], key=lambda session: session["guid"])


def expect_published(page: Page, number: int) -> None:
    expect(page.get_by_role("status").filter(has_text=f"désormais la publication nᵒ {number}")).to_be_visible()


def empty_by_keyboard(officer: Officer) -> None:
    """Put all cards into the tray: the button, the preview, yes."""
    page = officer.page
    officer.tab_to(page.locator("#tt-empty-open"))
    page.keyboard.press("Enter")
    expect(page.locator("#tt-empty-count")).to_have_text(f"{ALL} séances quittent l’emploi du temps.")
    officer.tab_to(page.locator("#tt-empty-go"))
    page.keyboard.press("Enter")
    expect(page.locator("#tt-tray-count")).to_have_text(str(ALL))
    expect(page.locator(".tt-lane .tt-card")).to_have_count(0)
    assert not Placement.objects.exists()


def check_rebuilt(officer: Officer, edition: Edition, wanted: dict[int, Stand], long: dict[int, int]) -> None:
    """The tables, the page and the page opened anew say the same; no rule is broken, and nothing waits."""
    page = officer.page
    officer.settle()
    assert stands(edition) == wanted
    assert lengths() == long
    assert hard_faults(edition) == []
    page.locator(".tt-days button").first.click()
    assert shown(page) == wanted
    page.reload()
    assert shown(page) == wanted
    expect(page.locator("#tt-tray")).to_have_text("Toutes les séances sont placées.")
    expect(page.locator(".tt-faults li.hard")).to_have_count(0)


def test_emptied_published_and_rebuilt_by_pointer(
    officer: Officer,
    edition: Edition,
    reader: Callable[[str], str],
    axe: Callable[[Page], None],
    screenshot: Callable[[Page, str], object],
) -> None:
    page, wanted, long = officer.page, stands(edition), lengths()
    public = reader(PUBLIC)
    first, moves = Release.objects.get(), TimetableMove.objects.count()
    officer.open(wide=2560, high=1300)
    empty_by_keyboard(officer)
    axe(page)
    screenshot(page, "programme-emptied")

    page.get_by_role("link", name="Publier le site").first.click()
    expect(page.get_by_role("main")).to_contain_text(f"{ALL} séances confirmées n’ont pas encore d’horaire")
    page.get_by_label(re.compile("Prévenir")).uncheck()
    page.get_by_role("button", name="Publier maintenant").click()
    expect_published(page, 2)
    assert "Auditorium" not in reader(PUBLIC)

    officer.open(wide=2560, high=1300)
    for day in range(len(officer.content["days"])):
        officer.show_day(day)
        for session in officer.tray():
            if officer.day_of(wanted[session].start) == day:
                officer.drag(session, wanted[session])
    check_rebuilt(officer, edition, wanted, long)
    assert TimetableMove.objects.count() == moves + 2 * ALL
    axe(page)
    screenshot(page, "programme-rebuilt-by-pointer")

    page.goto(RELEASES)
    page.get_by_label(re.compile("Prévenir")).uncheck()
    page.get_by_role("button", name="Publier maintenant").click()
    expect_published(page, 3)
    assert said_by(Release.objects.get(number=3)) == said_by(first)
    assert reader(PUBLIC) == public


def test_emptied_and_rebuilt_by_keyboard_alone(
    officer: Officer,
    edition: Edition,
    reader: Callable[[str], str],
    screenshot: Callable[[Page, str], object],
) -> None:
    page, wanted, long = officer.page, stands(edition), lengths()
    officer.open()
    empty_by_keyboard(officer)

    # The ceremony comes half an hour earlier than it was, so that there is something to publish.
    ceremony = Session.objects.get(code="CEREMONIE")
    wanted[ceremony.pk] = Stand(wanted[ceremony.pk].room, wanted[ceremony.pk].start - 30)
    waiting = officer.tray()
    assert len(waiting) == ALL
    officer.tab_to(page.locator("#tt-tray button").first)
    for session in waiting:
        page.keyboard.press("n")
        officer.carry(wanted[session])
    check_rebuilt(officer, edition, wanted, long)
    screenshot(page, "programme-rebuilt-by-keyboard")

    officer.tab_to(page.get_by_role("main").get_by_role("link", name="Publier le site"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("17\u00a0h\u00a030")
    officer.tab_to(page.get_by_role("button", name="Publier maintenant"))
    page.keyboard.press("Enter")
    expect_published(page, 2)
    (change,) = Release.objects.get(number=2).difference
    assert (change["kind"], change["session"]) == ("moved", str(ceremony.guid))
    assert "17\u00a0h\u00a030" in reader(f"/2023/sessions/{ceremony.slug}/")
