"""A call from its opening to a published micro-workshop, in the browser: organiser, authors, reviewers, the public."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from playwright.sync_api import BrowserContext, Page, expect

from parvis.domain.access import Actor, Role
from parvis.models import Account, Call, Mail, Proposal, RoleGrant, Room, Session
from parvis.queries.accounts import actor_of
from parvis.services.slots import choose_slot
from tests.factories.calls import ABSTRACT, a_proposal, an_open_call, announced, author_of, close, editor_of, some_slots
from tests.factories.editions import an_edition, fill

Sign = Callable[[Page, Actor], None]
Check = Callable[[Page], None]
Shoot = Callable[[Page, str], object]
Contexts = Callable[..., BrowserContext]


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def _link(recipient: str, pattern: str = r"https?://\S+/proposals/\S+/") -> str:
    mail = Mail.objects.filter(recipient=recipient).latest("id")
    found = re.search(pattern, mail.body_text)
    assert found is not None, mail.body_text
    return found[0]


def _reviewer(number: int) -> Actor:
    account = Account.objects.create_user(f"evaluation{number}@example.org", name=f"Évaluatrice {number}")
    RoleGrant.objects.create(account=account, role=Role.REVIEWER.value)
    return actor_of(account_id=account.pk)


def _write(page: Page) -> None:
    page.get_by_role("combobox", name="Organisation qui propose").fill("Dijon Métropole")
    page.keyboard.press("Escape")
    page.get_by_label("Votre nom").fill("Zoé N’Diaye")
    page.get_by_label("Votre adresse électronique").fill("zoe@example.org")
    page.get_by_label("Titre en français").fill("L’eau en partage")
    page.get_by_label("Résumé en français").fill(ABSTRACT)
    page.get_by_role("checkbox", name="français").check()
    page.get_by_label("Prénom").fill("Aïcha")
    page.get_by_label("Nom", exact=True).fill("Benali")


def test_from_the_call_to_the_published_workshop(
    page: Page,
    new_context: Contexts,
    organiser: Actor,
    sign_in: Sign,
    axe: Check,
    no_overflow: Check,
    screenshot: Shoot,
) -> None:
    edition = an_edition(status="open", starts_on=date(2033, 9, 19), ends_on=date(2033, 9, 20))
    fill(edition, sessions=2)
    for number in (1, 2):
        Room.objects.create(venue=edition.venue, slug=f"micro-{number}", name=f"Espace {number}", position=40 + number)
    one, two = _reviewer(1), _reviewer(2)
    now = datetime.now(UTC)

    # The organiser opens a call and makes its slots.
    sign_in(page, organiser)
    page.goto("/desk/2023/calls/")
    axe(page)
    screenshot(page, "calls-empty")
    page.get_by_role("link", name="Ouvrir un appel").first.click()
    page.get_by_label("Nom en français").fill("Micro-ateliers 2033")
    page.get_by_label("Ce qui est demandé, en français").fill("Vingt minutes pour montrer ce qui marche.")
    page.get_by_label("Ouvre").fill((now - timedelta(days=1)).strftime("%Y-%m-%dT09:00"))
    page.get_by_label("Se termine").fill((now + timedelta(days=20)).strftime("%Y-%m-%dT18:00"))
    page.get_by_label("Choix des créneaux jusqu’au").fill((now + timedelta(days=60)).strftime("%Y-%m-%dT18:00"))
    page.get_by_role("button", name="Ajouter une question").click()
    page.get_by_label("Question en français").fill("De quoi avez-vous besoin ?")
    expect(page.get_by_label("Nom en français")).to_have_value("Micro-ateliers 2033")
    axe(page)
    screenshot(page, "call-form")
    page.get_by_role("button", name="Enregistrer").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Micro-ateliers 2033")
    page.get_by_label("Espace 1").check()
    page.get_by_label("Espace 2").check()
    page.get_by_label("Le premier commence à").fill("14:00")
    page.get_by_label("Le dernier finit au plus tard à").fill("15:00")
    page.get_by_role("button", name="Créer les créneaux").click()
    expect(page.get_by_text("6 créneaux sont créés.")).to_be_visible()
    axe(page)
    screenshot(page, "call-slots")

    # An authority reads the call and proposes, in two goes and with a co-author.
    author = new_context().new_page()
    author.goto("/2023/")
    author.get_by_role("link", name="Appel à propositions").first.click()
    author.get_by_role("link", name="Micro-ateliers 2033").click()
    axe(author)
    no_overflow(author)
    screenshot(author, "call-public")
    author.get_by_role("link", name="Proposer").click()
    _write(author)
    axe(author)
    screenshot(author, "propose")
    author.get_by_role("button", name="Enregistrer le brouillon").last.click()
    expect(author.get_by_text("Votre brouillon est enregistré.")).to_be_visible()
    author.get_by_role("button", name="Ajouter une personne").or_(
        author.get_by_role("button", name="Ajouter un intervenant")
    ).click()
    author.get_by_role("group", name="Personne 2").get_by_label("Prénom").fill("Noël")
    author.get_by_role("group", name="Personne 2").get_by_label("Nom", exact=True).fill("Faye")
    author.get_by_role("button", name="Déposer").click()
    expect(author.get_by_text("Votre proposition est déposée.")).to_be_visible()
    author.get_by_text("Inviter un co-auteur").click()
    author.get_by_label("Nom", exact=True).fill("Moussa Modèle")
    author.get_by_label("Adresse électronique").fill("moussa@example.org")
    axe(author)
    screenshot(author, "proposal")
    author.get_by_role("button", name="Envoyer le lien").click()
    expect(author.get_by_text("Le lien a été envoyé à moussa@example.org.")).to_be_visible()
    co_author = new_context().new_page()
    co_author.goto(_link("moussa@example.org"))
    co_author.get_by_role("link", name="Modifier").click()
    co_author.get_by_label("Titre en français").fill("L’eau en partage : dix ans de jumelage")
    co_author.get_by_role("button", name="Enregistrer", exact=True).last.click()
    expect(co_author.get_by_role("heading", level=1)).to_contain_text("dix ans de jumelage")
    call = Call.objects.get()
    rival = a_proposal(call, 7, now=datetime.now(UTC))

    # The call closes. A reviewer scores with the keyboard, another declares a conflict.
    close(call)
    reader = new_context().new_page()
    sign_in(reader, one)
    reader.goto("/desk/2023/reviews/")
    axe(reader)
    screenshot(reader, "review-queue")
    reader.get_by_role("link", name="Lire la suivante").click()
    axe(reader)
    screenshot(reader, "review")
    for _ in range(2):
        for digit in "542":
            reader.keyboard.press(digit)
        reader.keyboard.type("Très concret.")
        with reader.expect_navigation():
            reader.keyboard.press("Control+Enter")
    expect(reader.get_by_text("Vous avez tout lu. Merci.")).to_be_visible()
    other = new_context().new_page()
    sign_in(other, two)
    proposal = Proposal.objects.exclude(pk=rival.pk).get()
    other.goto(f"/desk/2023/reviews/{proposal.pk}/")
    expect(other.get_by_text("Très concret.")).to_have_count(0)
    other.get_by_label("J’ai un conflit d’intérêts").check()
    other.get_by_label("Quel est le conflit").fill("Je travaille pour Dijon Métropole")
    other.get_by_role("button", name="Enregistrer", exact=True).click()
    other.goto(f"/desk/2023/reviews/{proposal.pk}/")
    expect(other.get_by_text("Très concret.")).to_have_count(0)

    # Decisions are prepared and announced together.
    page.goto("/desk/2023/calls/micro-ateliers-2033/?sort=score")
    axe(page)
    screenshot(page, "proposals")
    page.get_by_role("link", name="dix ans de jumelage").click()
    axe(page)
    screenshot(page, "desk-proposal")
    page.get_by_role("radio", name="Retenue", exact=True).check()
    page.get_by_role("button", name="Enregistrer la décision").click()
    page.get_by_role("link", name="Proposition suivante sans décision").click()
    page.get_by_role("radio", name="Retenue", exact=True).check()
    page.get_by_role("button", name="Enregistrer la décision").click()
    page.get_by_role("link", name="Micro-ateliers 2033").click()
    page.get_by_role("link", name="Décisions").click()
    axe(page)
    screenshot(page, "decisions")
    before = Mail.objects.count()
    page.get_by_role("button", name="Annoncer maintenant").click()
    expect(page.get_by_text("Les décisions sont annoncées")).to_be_visible()
    assert Mail.objects.count() == before + 3
    axe(page)
    screenshot(page, "announced")

    # The rival is quicker by a second: the author is offered the nearest, and takes it.
    author.goto(_link("zoe@example.org", r"https?://\S+/slot/"))
    axe(author)
    screenshot(author, "slot")
    first = author.get_by_role("radio").first
    first.check()
    choose_slot(actor=author_of(rival), proposal_id=rival.pk, slot_id=int(first.get_attribute("value") or 0))
    author.get_by_role("button", name="Prendre ce créneau").click()
    expect(author.get_by_text("Ce créneau vient d’être pris.")).to_be_visible()
    axe(author)
    screenshot(author, "slot-taken")
    author.get_by_role("button", name="Espace 2").first.click()
    expect(author.get_by_text(re.compile("^Votre atelier est au programme"))).to_be_visible()
    expect(author.get_by_text("14 h–14 h 20").or_(author.get_by_text("14\u00a0h–14\u00a0h\u00a020"))).to_be_visible()

    # It stands in the programme on the desk, and after the next release on the site.
    session = Session.objects.get(proposal=proposal)
    page.goto("/desk/2023/sessions/?format=micro_workshop")
    expect(page.get_by_role("link", name="dix ans de jumelage")).to_be_visible()
    page.goto("/desk/2023/releases/")
    with page.expect_navigation():
        page.get_by_role("button", name="Publier maintenant").click()
    author.goto(f"/2023/sessions/{session.slug}/")
    expect(author.get_by_role("heading", level=1)).to_contain_text("dix ans de jumelage")
    expect(author.get_by_text("Noël Faye")).to_be_visible()


def test_without_javascript_a_proposal_is_written_and_submitted(new_context: Contexts) -> None:
    an_open_call()
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/2023/calls/micro-ateliers/propose/")
    page.get_by_label("Organisation qui propose").fill("Dijon Métropole")
    page.get_by_label("Votre nom").fill("Zoé N’Diaye")
    page.get_by_label("Votre adresse électronique").fill("zoe@example.org")
    page.get_by_label("Titre en français").fill("L’eau en partage")
    page.get_by_label("Résumé en français").fill(ABSTRACT)
    page.get_by_role("checkbox", name="français").check()
    page.get_by_label("Prénom").fill("Aïcha")
    page.get_by_label("Nom", exact=True).fill("Benali")
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_label("Titre en français")).to_have_value("L’eau en partage")
    second = page.get_by_role("group", name="Personne 2")
    second.get_by_label("Prénom").fill("Noël")
    second.get_by_label("Nom", exact=True).fill("Faye")
    page.get_by_role("group", name="Personne 1").get_by_role("button", name="Retirer").click()
    expect(page.get_by_label("Prénom")).to_have_value("Noël")
    page.get_by_role("button", name="Déposer").click()
    expect(page.get_by_text("Votre proposition est déposée.")).to_be_visible()
    assert Proposal.objects.get().speakers[0]["last_name"] == "Faye"


def test_nothing_typed_is_lost_when_the_tab_is_closed(
    new_context: Contexts, axe: Check, no_overflow: Check, screenshot: Shoot
) -> None:
    an_open_call()
    context = new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto("/2023/calls/micro-ateliers/propose/")
    _write(page)
    page.get_by_role("button", name="Ajouter").click()
    page.get_by_role("group", name="Personne 2").get_by_label("Prénom").fill("Noël")
    no_overflow(page)
    axe(page)
    screenshot(page, "propose-phone")
    page.close()
    page = context.new_page()
    page.goto("/2023/calls/micro-ateliers/propose/")
    expect(page.get_by_text("Ce que vous aviez écrit ici sans l’enregistrer est revenu.")).to_be_visible()
    expect(page.get_by_label("Titre en français")).to_have_value("L’eau en partage")
    expect(page.get_by_label("Résumé en français")).to_have_value(ABSTRACT)
    expect(page.get_by_role("group", name="Personne 2").get_by_label("Prénom")).to_have_value("Noël")
    expect(page.get_by_role("checkbox", name="français")).to_be_checked()
    axe(page)
    page.get_by_role("group", name="Personne 2").get_by_label("Nom", exact=True).fill("Faye")
    page.get_by_role("button", name="Déposer").click()
    expect(page.get_by_text("Votre proposition est déposée.")).to_be_visible()
    no_overflow(page)
    axe(page)
    screenshot(page, "proposal-phone")
    page.goto("/2023/calls/micro-ateliers/propose/")
    expect(page.get_by_label("Titre en français")).to_have_value("")
    assert Proposal.objects.count() == 1


def test_what_is_kept_in_the_browser_can_be_discarded_and_counts_as_one_types(new_context: Contexts) -> None:
    an_open_call()
    page = new_context().new_page()
    page.goto("/2023/calls/micro-ateliers/propose/")
    title = page.get_by_label("Titre en français")
    title.fill("T" * 205)
    expect(page.get_by_text("5 caractères de trop").first).to_be_visible()
    page.get_by_label("Résumé en français").fill("Court")
    expect(page.get_by_text("encore au moins 95 caractères").first).to_be_visible()
    page.wait_for_timeout(600)
    page.reload()
    expect(title).to_have_value("T" * 205)
    page.get_by_role("button", name="L’abandonner").click()
    expect(title).to_have_value("")
    page.reload()
    expect(title).to_have_value("")


def test_on_a_phone_the_slots_and_the_desk_fit(
    phone: Page,
    new_context: Contexts,
    organiser: Actor,
    sign_in: Sign,
    axe: Check,
    no_overflow: Check,
    screenshot: Shoot,
) -> None:
    call = an_open_call()
    now = datetime.now(UTC)
    one, two = a_proposal(call, 1, now=now), a_proposal(call, 2, now=now)
    some_slots(call, rooms=2)
    announced(close(call), one, two, now=now)
    phone.goto(f"/proposals/{editor_of(one).token}/slot/")
    no_overflow(phone)
    axe(phone)
    screenshot(phone, "slot-phone")
    phone.get_by_role("radio").first.focus()
    phone.keyboard.press("Space")
    phone.get_by_role("button", name="Prendre ce créneau").press("Enter")
    expect(phone.get_by_text(re.compile("^Votre atelier est au programme"))).to_be_visible()
    sign_in(phone, organiser)
    for address, name in (
        ("/desk/2023/calls/", "calls-phone"),
        ("/desk/2023/calls/micro-ateliers/", "proposals-phone"),
        ("/desk/2023/calls/micro-ateliers/decisions/", "decisions-phone"),
        ("/desk/2023/calls/micro-ateliers/slots/", "call-slots-phone"),
        ("/desk/2023/calls/micro-ateliers/edit/", "call-form-phone"),
        (f"/desk/2023/calls/micro-ateliers/{two.pk}/", "desk-proposal-phone"),
        ("/2023/calls/micro-ateliers/", "call-public-phone"),
    ):
        phone.goto(address)
        no_overflow(phone)
        axe(phone)
        screenshot(phone, name)


def test_two_authors_at_once_see_both_texts(new_context: Contexts, axe: Check, screenshot: Shoot) -> None:
    call = an_open_call()
    proposal = a_proposal(call, now=datetime.now(UTC), submit=False)
    address = f"/proposals/{editor_of(proposal).token}/edit/"
    one, two = new_context().new_page(), new_context().new_page()
    one.goto(address)
    two.goto(address)
    one.get_by_label("Titre en français").fill("Première version")
    two.get_by_label("Titre en français").fill("Seconde version")
    one.get_by_role("button", name="Enregistrer le brouillon").last.click()
    expect(
        one.get_by_text("Vos changements sont enregistrés.").or_(one.get_by_text("enregistré").first).first
    ).to_be_visible()
    two.get_by_role("button", name="Enregistrer le brouillon").last.click()
    expect(two.get_by_text("Première version")).to_be_visible()
    expect(two.get_by_label("Titre en français")).to_have_value("Seconde version")
    axe(two)
    screenshot(two, "proposal-both")
    two.get_by_role("button", name="Enregistrer le brouillon").last.click()
    expect(two.get_by_role("alert")).to_have_count(0)
    proposal.refresh_from_db()
    assert proposal.title_fr == "Seconde version"
