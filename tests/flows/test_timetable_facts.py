"""What binds the timetable, from the desk: a minister's hour, the rule that it breaks, and what publishing asks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from parvis.domain.access import Actor
from parvis.models import (
    Availability,
    Edition,
    InterpretationTeam,
    Release,
    Room,
    RoomHost,
    RuleSetting,
    Session,
    SessionOrder,
    SessionTheme,
    Theme,
)
from tests.factories.editions import an_edition, fill

pytestmark = pytest.mark.django_db(transaction=True)
TIMETABLE = "/desk/2023/timetable/"


@pytest.fixture
def edition() -> Edition:
    made = an_edition(status="open")
    fill(made, sessions=8, speakers=8)
    return made


def test_a_ministers_hour_is_set_broken_made_a_wish_and_published_all_the_same(
    page: Page,
    organiser: Actor,
    edition: Edition,
    sign_in: Callable[..., None],
    axe: Callable[[Page], None],
    screenshot: Callable[[Page, str], object],
) -> None:
    session = Session.objects.get(code="S003")
    minister = session.interventions.select_related("person").get().person
    sign_in(page, organiser)
    page.goto(TIMETABLE)
    page.locator(".tt-side").get_by_role("link", name="Disponibilités").click()
    expect(page.locator("main")).to_contain_text("La présence de chacun compte tout le temps")
    axe(page)
    page.get_by_role("link", name="Disponibilités d’une personne").click()
    page.locator("#id_person").press_sequentially(minister.last_name, delay=30)
    page.get_by_role("option").first.click()
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(minister.last_name)

    # Monday from two to three; on Tuesday not at all. The session stands on Monday at half past nine.
    monday, tuesday = page.locator("fieldset.day-hours").nth(0), page.locator("fieldset.day-hours").nth(1)
    monday.get_by_label("À ces heures").check()
    tuesday.get_by_label("Pas ce jour-là").check()
    monday.locator("input[name^=from_]").first.fill("15:00")
    monday.locator("input[name^=to_]").first.fill("14:00")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator(".error").first).to_contain_text("Ces heures finissent avant de commencer")
    expect(monday.locator("input[name^=from_]").first).to_have_value("15:00")
    axe(page)
    monday.locator("input[name^=from_]").first.fill("14:00")
    monday.locator("input[name^=to_]").first.fill("15:00")
    screenshot(page, "facts-hours-form")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator(".notice.success")).to_contain_text("sont enregistrées")
    expect(page.locator(".faults li.hard")).to_contain_text("sort des heures de présence")
    axe(page)
    screenshot(page, "facts-hours")
    assert Availability.objects.get().person == minister

    # The editor says it in words, on the card and in its list.
    page.goto(TIMETABLE)
    expect(page.locator("#tt-faults li.hard")).to_contain_text(minister.last_name)
    screenshot(page, "facts-editor")

    # Publishing asks, and keeps what was typed.
    page.goto("/desk/2023/releases/")
    expect(page.locator(".faults li.hard")).to_contain_text(minister.last_name)
    page.get_by_label("Note").fill("Le ministre confirme demain")
    page.get_by_role("button", name="Publier").click()
    expect(page.locator(".notice.refusal")).to_contain_text("encore enfreintes")
    expect(page.get_by_label("Note")).to_have_value("Le ministre confirme demain")
    assert not Release.objects.exists()
    axe(page)
    screenshot(page, "facts-publishing-asks")

    # The rule becomes a wish: it is told, and no longer asked about.
    page.get_by_role("link", name="Régler les règles autrement").click()
    axe(page)
    screenshot(page, "facts-rules")
    page.get_by_role("link", name="enfreinte 1 fois").click()
    expect(page.locator("#found + *")).to_contain_text(minister.last_name)
    page.get_by_label("Un souhait").check()
    page.get_by_label("Poids du souhait").fill("0")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator(".field.invalid")).to_be_visible()
    axe(page)
    page.get_by_label("Poids du souhait").fill("40")
    screenshot(page, "facts-rule")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator('a[href$="/rules/person_available/#found"]')).to_have_text("non satisfait 1 fois")
    setting = RuleSetting.objects.get()
    assert (setting.kind, setting.hard, setting.weight) == ("person_available", False, 40)
    page.goto(TIMETABLE)
    expect(page.locator("#tt-faults li:not(.hard)").filter(has_text=minister.last_name)).to_have_count(1)
    page.goto("/desk/2023/releases/")
    expect(page.get_by_label("Publier quand même")).to_have_count(0)
    expect(page.locator("details", has_text="souhait")).to_be_visible()

    # Hard again, and published by who says so.
    page.goto(f"{TIMETABLE}rules/person_available/")
    page.get_by_role("button", name="Revenir au réglage par défaut").click()
    expect(page.locator(".notice.success")).to_contain_text("de nouveau comme par défaut")
    page.goto("/desk/2023/releases/")
    page.get_by_label("Publier quand même").check()
    page.get_by_role("button", name="Publier").click()
    expect(page.locator(".notice.success")).to_contain_text("publication nᵒ 1")
    assert Release.objects.count() == 1


def test_every_page_fits_a_phone_and_reads_well(
    phone: Page,
    organiser: Actor,
    edition: Edition,
    sign_in: Callable[..., None],
    axe: Callable[[Page], None],
    no_overflow: Callable[[Page], None],
    screenshot: Callable[[Page, str], object],
) -> None:
    sessions = {session.code: session for session in Session.objects.filter(edition=edition)}
    person = sessions["S003"].interventions.select_related("person").get().person
    starts = sessions["S003"].placement.ends_at
    Availability.objects.create(edition=edition, person=person, starts_at=starts, ends_at=starts.replace(hour=18))
    SessionOrder.objects.create(before=sessions["S002"], after=sessions["S001"], gap_min=15)
    order = SessionOrder.objects.create(before=sessions["S001"], after=sessions["S006"])
    team = InterpretationTeam.objects.create(
        edition=edition, name="Cabine 1", languages=["fr", "en"], contact_email="cabine@example.org"
    )
    for code in ("S001", "S002"):
        sessions[code].teams.add(team)
    Session.objects.filter(code="S004").update(interpreted=["en", "es"])
    host = RoomHost.objects.create(
        edition=edition, room=Room.objects.earliest("pk"), name="Awa Ndiaye", email="awa@example.org"
    )
    theme = Theme.objects.create(slug="eau", name_fr="Eau et assainissement", name_en="Water", exclusive=True)
    Theme.objects.create(slug="jeunesse", name_fr="Jeunesse")
    SessionTheme.objects.create(session=sessions["S001"], theme=theme)
    sign_in(phone, organiser)
    for address, name in (
        ("rules/", "rules"),
        ("rules/person_available/", "rule"),
        ("rules/format_length/", ""),
        ("days/", "days"),
        ("hours/", "hours"),
        (f"hours/person/{person.pk}/", "hours-form"),
        ("orders/", "orders"),
        (f"orders/{order.pk}/", ""),
        ("teams/", "teams"),
        (f"teams/{team.pk}/", "team"),
        ("hosts/", "hosts"),
        (f"hosts/{host.pk}/", ""),
        ("themes/", "themes"),
        (f"themes/{theme.pk}/", ""),
        (f"themes/{theme.pk}/merge/", ""),
    ):
        phone.goto(TIMETABLE + address)
        no_overflow(phone)
        axe(phone)
        if name:
            screenshot(phone, f"facts-{name}-360")
    for address, name in (
        ("/desk/2023/releases/", "releases"),
        (f"/desk/2023/sessions/{sessions['S001'].pk}/", ""),
        (f"/desk/2023/sessions/{sessions['S004'].pk}/teams/", "session-teams"),
    ):
        phone.goto(address)
        no_overflow(phone)
        axe(phone)
        if name:
            screenshot(phone, f"facts-{name}-360")


def test_interpreters_are_found_among_many_sessions_and_named(
    page: Page,
    organiser: Actor,
    edition: Edition,
    sign_in: Callable[..., None],
    axe: Callable[[Page], None],
    screenshot: Callable[[Page, str], object],
) -> None:
    sign_in(page, organiser)
    page.goto(f"{TIMETABLE}teams/")
    page.get_by_role("link", name="Ajouter une équipe").click()
    page.get_by_label("Nom", exact=True).fill("Cabine anglaise")
    page.get_by_label("Français", exact=True).check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator(".error").first).to_contain_text("choisissez-en au moins deux")
    expect(page.get_by_label("Nom", exact=True)).to_have_value("Cabine anglaise")
    page.get_by_label("Anglais", exact=True).check()
    page.get_by_label("Chercher parmi elles").fill("seance 3")
    expect(page.locator("#served li:visible")).to_have_count(1)
    page.locator("#served li:visible").get_by_role("checkbox").check()
    axe(page)
    screenshot(page, "facts-team")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator(".notice.success")).to_be_visible()
    axe(page)
    screenshot(page, "facts-teams")
    team = InterpretationTeam.objects.get()
    assert [session.code for session in Session.objects.filter(teams=team)] == ["S003"]
    page.goto(f"/desk/2023/sessions/{Session.objects.get(code='S003').pk}/")
    expect(page.locator("section[aria-labelledby=binding]")).to_contain_text("Cabine anglaise")
    axe(page)
    screenshot(page, "facts-session")
