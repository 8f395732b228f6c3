"""The main job in a real browser, on the demo edition: register → confirm → scan → figure → release."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from parvis.demo.load import load_demo
from parvis.models import Account, Checkpoint, Communique, Edition, Mail, Placement, Registration, Snapshot
from parvis.queries.accounts import actor_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def edition(transactional_db: None) -> Edition:
    """Return the demo's edition as it stood before its days: open, a year that is still to come."""
    load_demo()
    Placement.objects.all().delete()  # they stand on days of 2023
    Edition.objects.filter(slug="2023").update(
        status="open",
        starts_on=date(2033, 9, 19),
        ends_on=date(2033, 9, 20),
        registration_opens_at=None,
        registration_closes_at=None,
    )
    return Edition.objects.get(slug="2023")


def demo_actor(email: str) -> object:
    return actor_of(account_id=Account.objects.get(email=email).pk)


def newest_text(recipient: str) -> str:
    return Mail.objects.filter(recipient=recipient).latest("id").body_text


def test_from_a_registration_to_the_press_release(
    edition: Edition,
    phone: Page,
    new_context: Callable[..., BrowserContext],
    sign_in: Callable[..., None],
    screenshot: Callable[[Page, str], object],
) -> None:
    before = int(Snapshot.objects.latest("number").figures.get(code="present").value)

    # Somebody registers on a phone, and the mail confirms it with a ticket.
    phone.goto("/2023/register/")
    organisation = phone.get_by_role("combobox", name="Nom de votre organisation")
    organisation.press_sequentially("dijon m")
    expect(phone.get_by_role("option").first).to_contain_text("Dijon")
    organisation.press("ArrowDown")
    organisation.press("Enter")
    phone.get_by_label("Vous venez en qualité de").select_option("elected")
    phone.get_by_label("Prénom").fill("Zoé")
    phone.get_by_label("Nom", exact=True).fill("N’Diaye")
    phone.get_by_label("Titre, tel que vous le portez").fill("Conseillère")
    phone.get_by_label("Adresse électronique").fill("zoe@example.org")
    phone.get_by_role("button", name="M’inscrire").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Vous êtes inscrit")
    registration = Registration.objects.get(person__email="zoe@example.org")
    assert registration.reference in newest_text("zoe@example.org")
    ticket = registration.badges.get(revoked_at__isnull=True).code

    # The organiser opens the doors.
    desk = new_context().new_page()
    sign_in(desk, demo_actor("organisation@parvis.invalid"))
    Edition.objects.filter(pk=edition.pk).update(status="on_site", starts_on=date.today(), ends_on=date.today())  # noqa: DTZ011 - the venue's day is ours

    # The volunteer scans the ticket, once and once more.
    door = new_context().new_page()
    sign_in(door, demo_actor("porte@parvis.invalid"))
    entrance = Checkpoint.objects.get(edition=edition, code="entrance-1")
    Checkpoint.objects.filter(pk=entrance.pk).update(day=date.today())  # noqa: DTZ011
    door.goto(f"/door/{entrance.guid}/")
    field = door.get_by_label("Code, référence ou nom")
    field.fill(ticket)
    field.press("Enter")
    expect(door.locator(".verdict-name")).to_have_text("Zoé N’Diaye")
    expect(door.locator("#answer")).to_contain_text("Dijon Métropole")
    screenshot(door, "whole-edition-door")
    field.fill(ticket)
    field.press("Enter")
    expect(door.get_by_role("heading", name="Déjà contrôlé")).to_be_visible()

    # The figures are frozen: one more is present, and the row is there to be seen.
    Edition.objects.filter(pk=edition.pk).update(status="held", starts_on=date(2023, 9, 18), ends_on=date(2023, 9, 19))
    desk.goto("/desk/2023/figures/")
    desk.get_by_role("button", name=re.compile("Arrêter ces chiffres")).first.click()
    snapshot = Snapshot.objects.latest("number")
    assert int(snapshot.figures.get(code="present").value) == before + 1
    desk.goto(f"/desk/2023/figures/snapshots/{snapshot.number}/present/?page=99")
    expect(desk.locator("main")).to_contain_text("N’Diaye")

    # The press officer drafts, approves and publishes.
    press = new_context().new_page()
    sign_in(press, demo_actor("presse@parvis.invalid"))
    press.goto("/desk/2023/communiques/")
    press.get_by_role("button", name=re.compile("Rédiger un communiqué")).first.click()
    draft = Communique.objects.latest("number")
    assert int(draft.snapshot.figures.get(code="present").value) == before + 1
    press.goto(f"/desk/2023/communiques/{draft.number}/")
    press.get_by_role("button", name=re.compile("Approuver")).click()
    press.get_by_role("button", name=re.compile("Publier")).click()
    draft.refresh_from_db()
    assert draft.status == "published"

    # The site takes the new figures with its next release.
    desk.goto("/desk/2023/releases/")
    desk.get_by_role("button", name="Publier maintenant").click()
    expect(desk.locator("main")).to_contain_text("le site montre")

    # The public reads it, and the number leads to its definition.
    reader = new_context().new_page()
    reader.goto(f"/2023/communiques/{draft.number}/")
    expect(reader.locator("main")).to_contain_text("plus de 500")
    screenshot(reader, "whole-edition-release")
    reader.get_by_role("link", name=re.compile("plus de 500")).first.click()
    expect(reader.locator("main")).to_contain_text(f"{before + 1}")
