"""The speaker's page: opened by the link and by nothing else, forgiving with what was typed, kept by nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from parvis.models import Edition, Intervention, Invitation, Mail, Mandate, Person, Session
from tests.factories.editions import an_organisation
from tests.factories.invitations import MORNING, a_mayor, a_speaker, an_edition_ahead, invited, to_speak
from tests.factories.network import a_mandate
from tests.web.desk.reading import main_of, read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def edition() -> Edition:
    return an_edition_ahead()


@pytest.fixture
def awa(edition: Edition) -> Person:
    return a_speaker()


@pytest.fixture
def mayor(awa: Person) -> Mandate:
    return a_mayor(awa)


@pytest.fixture
def first(awa: Person, mayor: Mandate, edition: Edition) -> Intervention:
    return to_speak(awa, edition, "Eau et climat")


@pytest.fixture
def invitation(edition: Edition, awa: Person, first: Intervention) -> Invitation:
    return invited(edition, awa, messages={"fr": "Venez <b>nombreux</b>"})


def address(invitation: Invitation, rest: str = "") -> str:
    return f"/invitations/{invitation.token}/{rest}"


def send(client: Client, invitation: Invitation, **data: object) -> Any:
    return client.post(address(invitation), data)


def test_the_page_says_what_is_asked_and_is_kept_by_nobody(client: Client, invitation: Invitation) -> None:
    answer = client.get(address(invitation))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert "noindex" in answer["X-Robots-Tag"]
    shown = main_of(answer)
    for words in (
        "Awa N’Diaye, nous vous invitons à intervenir",
        "vendredi 1ᵉʳ juillet 2033",
        "Eau et climat",
        "Lundi 19 septembre, 9 h 30–10 h 30",
        "Maire de Saint-Louis",
        "Venez &lt;b&gt;nombreux&lt;/b&gt;",
        "Donner une biographie",
    ):
        assert words in shown
    assert client.get(address(invitation)).cookies.get("sessionid") is None  # reading leaves no cookie
    invitation.refresh_from_db()
    assert invitation.opened_at is not None


def test_a_glance_by_a_mail_program_is_no_opening(client: Client, invitation: Invitation) -> None:
    assert client.head(address(invitation)).status_code == 200
    invitation.refresh_from_db()
    assert invitation.opened_at is None


def test_the_page_costs_the_same_for_one_session_and_for_many(
    client: Client,
    edition: Edition,
    invitation: Invitation,
    awa: Person,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.get(address(invitation))
    with django_assert_num_queries(4):
        client.get(address(invitation))
    for number in range(6):
        to_speak(awa, edition, f"Séance {number}", starts=MORNING + timedelta(hours=number))
        a_mandate(awa, an_organisation(f"Ville {number}"))
    with django_assert_num_queries(4):
        client.get(address(invitation))


@pytest.mark.parametrize("token", ["x" * 43, "short", "é" * 43, "' OR 1=1 --"])
def test_a_forged_link_opens_nothing(client: Client, token: str) -> None:
    answer = client.get(f"/invitations/{token}/")
    assert answer.status_code == 404
    assert "Ce lien n’ouvre rien" in main_of(answer)


def test_guessing_links_is_slowed_down(client: Client) -> None:
    statuses = {client.get("/invitations/" + "y" * 43 + "/").status_code for _n in range(70)}
    assert statuses == {404, 429}


def test_an_old_link_says_why(client: Client, invitation: Invitation) -> None:
    Edition.objects.update(starts_on=date(2024, 9, 18), ends_on=date(2024, 9, 19))
    for rest in ("", "biography/", "photograph/", "hours/"):
        answer = client.get(address(invitation, rest))
        assert answer.status_code == 410
        assert "Ce lien a expiré" in main_of(answer)
    assert client.post(address(invitation), {}).status_code == 410


def test_accepting_as_a_mandate_is_confirmed_and_can_be_put_into_the_calendar(
    client: Client, invitation: Invitation, first: Intervention, mayor: Mandate
) -> None:
    answer = send(client, invitation, **{f"answer_{first.pk}": "yes", f"mandate_{first.pk}": mayor.pk})
    assert answer["Location"] == address(invitation)
    shown = read(client, address(invitation))
    for words in ("Merci, votre réponse est enregistrée", "merci d’intervenir", "Acceptée", "Modifier ma réponse"):
        assert words in shown
    calendar = client.get(address(invitation, f"{first.pk}.ics"))
    assert calendar["Content-Type"].startswith("text/calendar")
    event = Calendar.from_ical(calendar.content).walk("VEVENT")[0]
    assert event.decoded("dtstart") == MORNING
    assert Mail.objects.count() == 2
    send(client, invitation, **{f"answer_{first.pk}": "yes", f"mandate_{first.pk}": mayor.pk})
    assert "Rien n’a changé" in read(client, address(invitation))
    assert Mail.objects.count() == 2


def test_declining_keeps_the_reason_and_offers_nothing_more(
    client: Client, invitation: Invitation, first: Intervention
) -> None:
    send(client, invitation, **{f"answer_{first.pk}": "no", f"reason_{first.pk}": "\u202eEmpêchée <i>hélas</i>"})
    shown = read(client, address(invitation))
    for words in ("merci de votre réponse", "Déclinée", "Empêchée &lt;i&gt;hélas&lt;/i&gt;"):
        assert words in shown
    assert "Donner une biographie" not in shown
    assert client.get(address(invitation, f"{first.pk}.ics")).status_code == 404


def test_a_mandate_must_be_chosen_and_what_was_chosen_stays(
    client: Client, edition: Edition, invitation: Invitation, first: Intervention, awa: Person
) -> None:
    a_mandate(awa, an_organisation("Région du Nord"), "Présidente")
    second = to_speak(awa, edition, "Jeunesse", starts=MORNING + timedelta(hours=4))
    answer = send(
        client,
        invitation,
        **{f"answer_{first.pk}": "yes", f"answer_{second.pk}": "no", f"reason_{second.pk}": "Conseil ce jour-là"},
    )
    assert answer.status_code == 422
    shown = main_of(answer)
    assert "choisissez un de vos mandats" in shown
    assert "Conseil ce jour-là" in shown
    assert f'id="id_mandate_{first.pk}_error"' in shown
    assert not Intervention.objects.exclude(answer="none").exists()


def test_a_mandate_that_ended_is_refused_in_words(
    client: Client, invitation: Invitation, first: Intervention, awa: Person
) -> None:
    ended = a_mandate(awa, an_organisation("Ancienne Ville"), "Adjointe", ends_on=date(2033, 9, 1))
    Intervention.objects.update(mandate=ended)
    shown = read(client, address(invitation))
    assert "ce mandat a pris fin le 1ᵉʳ septembre 2033" in shown
    answer = send(client, invitation, **{f"answer_{first.pk}": "yes", f"mandate_{first.pk}": ended.pk})
    assert answer.status_code == 422
    assert "Ce mandat a pris fin le 01/09/2033" in main_of(answer)


@pytest.mark.parametrize("data", [{}, {"answer_{0}": "perhaps"}, {"answer_{0}": ""}])
def test_an_empty_form_is_told_what_to_do(
    client: Client, invitation: Invitation, first: Intervention, data: dict[str, str]
) -> None:
    answer = send(client, invitation, **{key.format(first.pk): value for key, value in data.items()})
    assert answer.status_code == 422
    assert "Dites oui ou non" in main_of(answer)


def test_one_of_two_sessions_is_cancelled(
    client: Client, edition: Edition, invitation: Invitation, first: Intervention, awa: Person, mayor: Mandate
) -> None:
    gone = to_speak(awa, edition, "Séance abandonnée", starts=MORNING + timedelta(hours=4))
    assert "Séance abandonnée" in read(client, address(invitation))
    Session.objects.filter(pk=gone.session_id).update(status="cancelled")
    shown = read(client, address(invitation))
    assert "Ici, aucune réponse n’est attendue" in shown
    assert f'name="answer_{gone.pk}"' not in shown
    # The page was open when the session was cancelled: the other answer is taken in.
    data = {f"answer_{first.pk}": "yes", f"mandate_{first.pk}": mayor.pk, f"answer_{gone.pk}": "yes"}
    assert send(client, invitation, **data).status_code == 302
    gone.refresh_from_db()
    assert gone.answer == "none"
    Session.objects.update(status="cancelled")
    shown = read(client, address(invitation))
    assert "il n’y a plus rien à répondre" in shown
    assert "<form" not in shown


def test_who_was_taken_out_meanwhile_reads_it(client: Client, invitation: Invitation, first: Intervention) -> None:
    first.delete()
    assert "il n’y a plus rien à répondre" in read(client, address(invitation))
    assert send(client, invitation, **{f"answer_{first.pk}": "yes"}).status_code == 422


def test_the_link_of_one_does_not_open_what_is_anothers(
    client: Client, edition: Edition, invitation: Invitation, first: Intervention
) -> None:
    other = a_speaker("Une", "Autre")
    foreign = to_speak(other, edition, "Ailleurs", answer="accepted")
    assert client.get(address(invitation, f"{foreign.pk}.ics")).status_code == 404
    send(client, invitation, **{f"answer_{foreign.pk}": "no"})
    foreign.refresh_from_db()
    assert foreign.answer == "accepted"


def test_in_english(client: Client, invitation: Invitation) -> None:
    answer = client.get(f"/en/invitations/{invitation.token}/")
    for words in ("you are invited to speak", "Please answer by Friday 1 July 2033", "Yes, I accept"):
        assert words in main_of(answer)


def test_an_edition_that_is_over_or_off_takes_no_answer(client: Client, invitation: Invitation) -> None:
    for status in ("cancelled", "held"):
        Edition.objects.update(status=status)
        shown = read(client, address(invitation))
        assert "<form" not in shown
        assert "les réponses ne peuvent plus être modifiées" in shown
