"""One person's invitation at the desk, and what the session's and the person's pages show of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.domain.programme.invitations import SpeakerAnswer
from parvis.models import Availability, Edition, Intervention, Invitation, Mail, Mandate, Person
from parvis.services.invitation_answers import answer_invitation
from tests.factories.invitations import MORNING, a_mayor, a_speaker, an_edition_ahead, invited, speaker_of, to_speak
from tests.web.desk.reading import main_of, read

pytestmark = pytest.mark.django_db


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
def first(edition: Edition, awa: Person, mayor: Mandate) -> Intervention:
    return to_speak(awa, edition, "Eau et climat", mandate=mayor)


@pytest.fixture
def invitation(edition: Edition, awa: Person, first: Intervention) -> Invitation:
    return invited(edition, awa, now=datetime.now(UTC) - timedelta(days=3), messages={"fr": "Un mot"})


def address(person: Person, rest: str = "") -> str:
    return f"/desk/2023/invitations/{person.pk}/{rest}"


def test_the_page_tells_everything(
    organiser_client: Client, edition: Edition, awa: Person, first: Intervention, invitation: Invitation
) -> None:
    answer_invitation(
        actor=speaker_of(invitation),
        invitation_id=invitation.pk,
        answers=[SpeakerAnswer(first.pk, False, reason="En <b>Conseil</b>")],
    )
    Availability.objects.create(edition=edition, person=awa, starts_at=MORNING, ends_at=MORNING + timedelta(hours=2))
    shown = read(organiser_client, address(awa))
    for words in (
        "Awa N’Diaye",
        "Déclinée",
        "En &lt;b&gt;Conseil&lt;/b&gt;",
        "Maire de Saint-Louis",
        "awa.ndiaye@example.org",
        "9 h 30–11 h 30",
        "pas là",
        "Merci de votre réponse",
        "Nommer quelqu’un d’autre",
        "réponse reçue",
        "pas de photographie",
    ):
        assert words in shown, words
    assert invitation.token not in shown  # the link is the speaker's


def test_the_page_costs_the_same_for_one_session_and_for_many(
    organiser_client: Client,
    edition: Edition,
    awa: Person,
    invitation: Invitation,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    organiser_client.get(address(awa))
    with django_assert_num_queries(12):
        organiser_client.get(address(awa))
    for number in range(5):
        to_speak(awa, edition, f"Séance {number}", mandate=a_mayor(awa))
    with django_assert_num_queries(12):
        organiser_client.get(address(awa))


def test_who_is_not_to_speak_has_no_page(organiser_client: Client, edition: Edition) -> None:
    assert organiser_client.get(address(a_speaker("Jamais", "Nommée"))).status_code == 404
    assert organiser_client.get("/desk/2023/invitations/9999/").status_code == 404


def test_readers_read_and_change_nothing(
    read_only_client: Client, door_client: Client, awa: Person, first: Intervention, invitation: Invitation
) -> None:
    shown = read(read_only_client, address(awa))
    for words in ("Renvoyer…", "Reprendre…", "Noter une réponse"):
        assert words not in shown
    assert door_client.get(address(awa)).status_code == 403
    for path in (address(awa, "again/"), address(awa, "take-back/"), f"/desk/2023/speakers/{first.pk}/answer/"):
        assert read_only_client.post(path, {"answer": "accepted", "send": "1"}).status_code == 403
    first.refresh_from_db()
    assert first.answer == "none"
    assert Mail.objects.count() == 1


def test_without_an_address_the_page_says_what_to_do(
    organiser_client: Client, awa: Person, first: Intervention
) -> None:
    Person.objects.update(email="")
    shown = read(organiser_client, address(awa))
    assert "n’a pas d’adresse électronique" in shown
    assert f"/desk/2023/people/{awa.pk}/change/" in shown
    assert "Inviter…" not in shown


def test_sent_again_with_other_words(organiser_client: Client, awa: Person, invitation: Invitation) -> None:
    page = address(awa, "again/")
    shown = read(organiser_client, page)
    for words in ("Un mot", "/invitations/…/", "Renvoyer l’invitation"):
        assert words in shown
    data = {"language": "en", "message": "Another word", "answer_by": "2033-07-08"}
    shown = main_of(organiser_client.post(page, {**data, "preview": "1"}))
    assert "Another word" in shown.partition("mail-text")[2]
    assert Mail.objects.count() == 1
    wrong = organiser_client.post(page, {**data, "answer_by": "2020-01-01", "send": "1"})
    assert wrong.status_code == 422
    assert "Another word" in main_of(wrong)
    assert organiser_client.post(page, {**data, "send": "1"})["Location"] == address(awa)
    assert Mail.objects.latest("pk").language == "en"
    again = organiser_client.post(page, {**data, "send": "1"})
    assert again.status_code == 422
    assert "vient de partir" in main_of(again)
    assert Mail.objects.count() == 2


def test_a_changed_address_is_told_before_it_is_used(
    organiser_client: Client, awa: Person, invitation: Invitation
) -> None:
    Person.objects.update(email="cabinet@example.org")
    assert "cabinet@example.org" in read(organiser_client, address(awa, "again/"))


def test_taken_back_after_a_question(organiser_client: Client, awa: Person, invitation: Invitation) -> None:
    page = address(awa, "take-back/")
    assert "Reprendre l’invitation de Awa N’Diaye" in read(organiser_client, page)
    assert Invitation.objects.exists()
    assert organiser_client.post(page)["Location"] == "/desk/2023/invitations/"
    assert not Invitation.objects.exists()
    assert Client().get(f"/invitations/{invitation.token}/").status_code == 404
    assert organiser_client.get(page).status_code == 404


def note(client: Client, row: Intervention, **data: str) -> object:
    return client.post(f"/desk/2023/speakers/{row.pk}/answer/", data)


def test_an_answer_by_telephone_is_noted(organiser_client: Client, awa: Person, first: Intervention) -> None:
    answer = note(organiser_client, first, answer="declined", reason="Au téléphone")
    assert answer["Location"] == f"{address(awa)}#session-{first.pk}"  # type: ignore[index]
    shown = read(organiser_client, address(awa))
    for words in ("La réponse de Awa N’Diaye est notée.", "Au téléphone"):
        assert words in shown
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [({"answer": "perhaps"}, "Choisissez une réponse."), ({"answer": "declined", "reason": "x" * 501}, "500")],
)
def test_what_is_wrong_with_it_is_said(
    organiser_client: Client, awa: Person, first: Intervention, data: dict[str, str], words: str
) -> None:
    note(organiser_client, first, **data)
    assert words in read(organiser_client, address(awa))
    first.refresh_from_db()
    assert first.answer == "none"


def test_the_answer_of_another_edition_is_not_reached_from_here(organiser_client: Client, first: Intervention) -> None:
    other = an_edition_ahead(number=15, slug="2034")
    foreign = to_speak(first.person, other, "Ailleurs", starts=None)
    assert note(organiser_client, foreign, answer="declined").status_code == 404  # type: ignore[attr-defined]


def test_the_session_s_page_shows_answers_and_invites(
    organiser_client: Client, awa: Person, first: Intervention
) -> None:
    page = f"/desk/2023/sessions/{first.session_id}/"
    shown = read(organiser_client, page)
    assert "Pas encore de réponse" in shown
    assert f"/desk/2023/invitations/write/?to=invite&amp;person={awa.pk}" in shown
    Intervention.objects.update(answer="declined")
    shown = read(organiser_client, page)
    assert "Déclinée" in shown
    assert address(awa) in shown
    preview = shown.partition("Ce que le public lira")[2]
    assert "Awa N’Diaye" not in preview.partition("Historique")[0]


def test_the_person_s_page_shows_answers(organiser_client: Client, awa: Person, first: Intervention) -> None:
    Intervention.objects.update(answer="accepted")
    shown = read(organiser_client, f"/desk/2023/people/{awa.pk}/")
    assert "Acceptée" in shown
    assert address(awa) in shown
