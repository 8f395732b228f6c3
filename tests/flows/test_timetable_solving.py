"""The demo edition is solved, mended and explained before a browser, by the solver's own process."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from parvis.demo.load import load_demo
from parvis.domain.timetable.violations import violations
from parvis.models import Account, Edition, Enrolment, Placement, Registration, Session, TimetableMove, TimetableSolve
from parvis.queries.accounts import actor_of
from parvis.queries.timetable import build_timetable
from parvis.queries.timetable_moves import last_number, standings_of
from parvis.services.timetable import empty_timetable
from tests.flows.officer import stands

pytestmark = pytest.mark.django_db(transaction=True)
EDITOR = "/desk/2023/timetable/"
SOLVED_MS = 150_000  # the first solve on a machine compiles
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def edition(transactional_db: None) -> Edition:
    """Return the demo's edition: its programme stands and breaks no rule."""
    load_demo()
    return Edition.objects.get(slug="2023")


@pytest.fixture
def officer(page: Page, edition: Edition, sign_in: Callable[..., None]) -> Page:
    """Return a browser in which the demo's organiser is signed in."""
    sign_in(page, actor_of(account_id=Account.objects.get(email="organisation@parvis.invalid").pk))
    return page


def hard_faults(edition: Edition) -> list[str]:
    timetable = build_timetable(edition.pk)
    found = violations(timetable.problem, timetable.rules, timetable.placements)
    return [violation.key for violation in found if violation.hard]


def into_the_tray(edition: Edition, codes: list[str]) -> list[int]:
    """Put sessions into the tray, as an officer does."""
    actor = actor_of(account_id=Account.objects.get(email="organisation@parvis.invalid").pk)
    rows = Session.objects.filter(edition=edition, code__in=codes)
    seen = standings_of(rows)
    empty_timetable(actor=actor, edition_id=edition.pk, seen=seen)
    return sorted(seen)


def choose(edition: Edition) -> None:
    """Have participants choose sessions by themselves, so that no timetable meets them all at once."""
    source = random.Random(1)  # noqa: S311 - reproducible on purpose
    workshops = list(Session.objects.filter(edition=edition, format="workshop").order_by("pk"))
    now = datetime(2023, 9, 1, tzinfo=UTC)
    Enrolment.objects.bulk_create(
        Enrolment(registration=registration, session=session, enrolled_at=now)
        for registration in Registration.objects.filter(edition=edition, status="confirmed").order_by("pk")[:300]
        for session in source.sample(workshops, min(8, len(workshops)))
    )


def solved(page: Page) -> None:
    """Wait until the page shows its draft by itself."""
    expect(page.locator("#moves, .empty, .notice.refusal").first).to_be_visible(timeout=SOLVED_MS)


def test_what_is_not_placed_is_solved_and_accepted_card_by_card_then_whole(
    officer: Page,
    edition: Edition,
    axe: Callable[[Page], None],
    no_overflow: Callable[[Page], None],
    screenshot: Callable[[Page, str], object],
) -> None:
    workshops = [code for code, at in build_timetable(edition.pk).placements.items() if at is not None]
    out = into_the_tray(edition, sorted(workshops)[:4])
    before = stands(edition)
    officer.goto(EDITOR)
    officer.get_by_role("link", name="Calculer…").click()
    axe(officer)
    officer.get_by_label("Secondes").fill("4")
    screenshot(officer, "timetable-solve-new")
    officer.get_by_role("button", name="Calculer").click()
    expect(officer.locator("#solve-progress")).to_be_visible()
    axe(officer)
    expect(officer.locator("[data-solve-progress]")).to_contain_text("Coût des souhaits", timeout=SOLVED_MS)
    screenshot(officer, "timetable-solve-live")
    solved(officer)
    axe(officer)
    screenshot(officer, "timetable-solve-draft")
    assert stands(edition) == before, "a draft moves nothing"
    boxes = officer.locator(".solve-moves input[type=checkbox]")
    expect(boxes).to_have_count(len(out))
    officer.set_viewport_size(PHONE)
    no_overflow(officer)
    screenshot(officer, "timetable-solve-draft-phone")
    boxes.first.check()
    officer.get_by_role("button", name="Accepter ce qui est coché").click()
    expect(officer.locator(".solve-moves .chip.tint-olive")).to_have_count(1)
    assert len(stands(edition)) == len(before) + 1
    officer.set_viewport_size({"width": 1280, "height": 900})
    officer.get_by_role("button", name="Tout accepter").click()
    expect(officer.locator(".solve-moves .chip.tint-olive")).to_have_count(len(out))
    after = stands(edition)
    assert set(after) == set(before) | set(out)
    assert {pk: after[pk] for pk in before} == before, "what stood stays"
    assert hard_faults(edition) == []
    officer.get_by_role("button", name="Annuler les derniers déplacements").click()
    expect(officer.locator(".solve-moves .chip.tint-olive")).to_have_count(1)
    assert len(stands(edition)) == len(before) + 1


def test_a_solve_of_everything_is_stopped_and_dropped(
    officer: Page, edition: Edition, axe: Callable[[Page], None]
) -> None:
    choose(edition)
    before, moves = stands(edition), last_number(edition.pk)
    officer.goto(EDITOR)
    officer.get_by_role("link", name="Calculer…").click()
    officer.get_by_label("Tout ; chaque séance").check()
    officer.get_by_label("Secondes").fill("100")
    officer.get_by_role("button", name="Calculer").click()
    expect(officer.locator("[data-solve-progress]")).to_contain_text("Coût des souhaits", timeout=SOLVED_MS)
    officer.get_by_role("button", name="Arrêter au meilleur trouvé").click()
    solved(officer)
    assert TimetableSolve.objects.get().state == "stopped"
    axe(officer)
    officer.get_by_role("button", name="Abandonner l’ébauche").click()
    expect(officer.locator(".chip", has_text="Ébauche abandonnée")).to_be_visible()
    assert stands(edition) == before
    assert not TimetableMove.objects.filter(number__gt=moves).exists()


def test_the_minister_is_late(
    officer: Page,
    edition: Edition,
    axe: Callable[[Page], None],
    no_overflow: Callable[[Page], None],
    screenshot: Callable[[Page, str], object],
) -> None:
    timetable = build_timetable(edition.pk)
    day = timetable.problem.days[0]
    part = next(
        item
        for item in timetable.problem.interventions
        if item.session in timetable.placements and timetable.placements[item.session].start < day.opens + 300
    )
    session = timetable.session_ids[part.session]
    until = timetable.problem.moment(timetable.placements[part.session].start + 60)
    officer.goto(EDITOR)
    officer.get_by_role("link", name="Réparer…").click()
    officer.get_by_label("Personne").select_option(part.person)
    officer.get_by_label("Jusqu’à").fill(f"{until:%Y-%m-%dT%H:%M}")
    axe(officer)
    screenshot(officer, "timetable-mend-new")
    officer.get_by_role("button", name="Chercher comment réparer").click()
    solved(officer)
    axe(officer)
    screenshot(officer, "timetable-mend-ways")
    officer.set_viewport_size(PHONE)
    no_overflow(officer)
    solve = TimetableSolve.objects.get()
    assert solve.result["drafts"], solve.result
    moved = {move["session"] for move in solve.result["drafts"][0]["moves"]}
    assert session in moved
    officer.get_by_role("button", name="Tout accepter").click()
    expect(officer.locator(".solve-moves .chip.tint-olive").first).to_be_visible()
    placement = Placement.objects.get(session=session)
    assert placement.starts_at >= until
    assert hard_faults(edition) == []


def test_what_the_timetable_costs_and_why_a_card_stands_there(
    officer: Page,
    edition: Edition,
    axe: Callable[[Page], None],
    no_overflow: Callable[[Page], None],
    screenshot: Callable[[Page, str], object],
) -> None:
    officer.goto(EDITOR)
    officer.get_by_role("link", name="Expliquer").click()
    expect(officer.get_by_role("heading", level=1)).to_contain_text("qui le paie")
    axe(officer)
    screenshot(officer, "timetable-explained")
    officer.set_viewport_size(PHONE)
    no_overflow(officer)
    officer.set_viewport_size({"width": 1280, "height": 900})
    officer.goto(EDITOR)
    officer.locator(".tt-lane .tt-card button").first.focus()
    officer.keyboard.press("m")
    officer.locator("#tt-move-why").click()
    expect(officer.get_by_role("heading", name="Les meilleures autres places")).to_be_visible()
    axe(officer)
    screenshot(officer, "timetable-explained-card")
    officer.set_viewport_size(PHONE)
    no_overflow(officer)


def test_without_javascript_a_solve_is_asked_for_and_followed(
    edition: Edition, sign_in: Callable[..., None], new_context: Callable[..., BrowserContext]
) -> None:
    into_the_tray(edition, sorted(build_timetable(edition.pk).placements)[:2])
    plain = new_context(java_script_enabled=False).new_page()
    sign_in(plain, actor_of(account_id=Account.objects.get(email="organisation@parvis.invalid").pk))
    plain.goto("/desk/2023/timetable/solves/new/")
    plain.get_by_label("Secondes").fill("1")
    plain.get_by_role("button", name="Calculer").click()
    solved(plain)
    plain.get_by_role("button", name="Tout accepter").click()
    expect(plain.locator(".solve-moves .chip.tint-olive")).to_have_count(2)
