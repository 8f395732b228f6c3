"""Who has answered, at the desk: the list, its spreadsheet, and writing to many with the mail before one's eyes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from parvis.models import Edition, Invitation, Mail, Person
from tests.factories.invitations import MORNING, a_mayor, a_speaker, an_edition_ahead, invited, to_speak
from tests.web.desk.reading import main_of, read

pytestmark = pytest.mark.django_db
BASE = "/desk/2023/invitations/"


@pytest.fixture
def edition() -> Edition:
    return an_edition_ahead()


@pytest.fixture
def awa(edition: Edition) -> Person:
    person = a_speaker()
    to_speak(person, edition, "Eau et climat", mandate=a_mayor(person))
    return person


@pytest.fixture
def zoe(edition: Edition) -> Person:
    person = a_speaker("Zoé", "Étienne", languages=["en"])
    to_speak(person, edition, "Jeunesse", starts=MORNING + timedelta(hours=2))
    return person


def test_the_list_says_who_stands_where(organiser_client: Client, edition: Edition, awa: Person, zoe: Person) -> None:
    invited(edition, awa)
    awa.interventions.update(answer="declined", answer_reason="En Conseil")
    shown = read(organiser_client, BASE)
    for words in ("N’Diaye Awa", "Déclinée", "En Conseil", "Étienne Zoé", "Pas encore d’invitation", "01/07/2033"):
        assert words in shown
    assert shown.index("Étienne Zoé") < shown.index("N’Diaye Awa")  # who has still to answer comes first
    assert "Étienne Zoé" not in read(organiser_client, f"{BASE}?state=declined")
    assert "N’Diaye Awa" in read(organiser_client, f"{BASE}?q=CLIMAT+n'diaye")
    assert "Rien ne correspond" in read(organiser_client, f"{BASE}?q=personne")


def test_nobody_to_speak_is_told_what_to_do(organiser_client: Client, edition: Edition) -> None:
    assert "Personne ne doit encore intervenir" in read(organiser_client, BASE)


def test_who_may_read_and_who_may_write(
    read_only_client: Client, door_client: Client, edition: Edition, awa: Person
) -> None:
    shown = read(read_only_client, BASE)
    assert "Inviter…" not in shown
    assert door_client.get(BASE).status_code == 403
    for client in (read_only_client, door_client):
        assert client.get(f"{BASE}write/?to=invite&person={awa.pk}").status_code == 403
        assert client.post(f"{BASE}write/", {"to": "invite", "person": awa.pk, "send": "1"}).status_code == 403
    assert not Mail.objects.exists()
    assert Client().get(BASE).status_code == 302


def test_the_list_costs_the_same_for_one_and_for_many(
    organiser_client: Client, edition: Edition, awa: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    organiser_client.get(BASE)
    with django_assert_num_queries(11):
        organiser_client.get(BASE)
    for number in range(20):
        to_speak(a_speaker(f"Oratrice{number}", "Nombreuse"), edition, f"Séance {number}")
    with django_assert_num_queries(11):
        organiser_client.get(BASE)


def test_the_spreadsheet_has_a_row_for_each_time_somebody_speaks(
    organiser_client: Client, edition: Edition, awa: Person, zoe: Person
) -> None:
    to_speak(awa, edition, "=SOMME(A1)", starts=None)
    invited(edition, awa)
    answer = organiser_client.get(f"{BASE}?export=xlsx&q=awa")
    assert "invitations-2023" in answer["Content-Disposition"]
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    header = [str(cell) for cell in rows[0]]
    lines = [dict(zip(header, row, strict=True)) for row in rows[1:]]
    assert [line["Nom"] for line in lines] == ["N’Diaye", "N’Diaye"]
    assert lines[0]["En qualité de"] == "Maire de Saint-Louis"
    assert lines[0]["Début"] == datetime(2033, 9, 19, 9, 30)
    assert str(lines[1]["Séance"]).lstrip("'") == "=SOMME(A1)"


def send(client: Client, *people: Person, to: str = "invite", button: str = "send", **more: str) -> object:
    data = {"to": to, "person": [person.pk for person in people], "language": "own", button: "1", **more}
    return client.post(f"{BASE}write/", data)


def test_the_mail_is_read_before_it_leaves(
    organiser_client: Client, edition: Edition, awa: Person, zoe: Person
) -> None:
    shown = read(organiser_client, f"{BASE}write/?to=invite&person={awa.pk}&person={zoe.pk}")
    for words in (
        "Il parvient à 2 personnes",
        "awa.ndiaye@example.org",
        "Mot personnel en français",
        "Mot personnel en anglais",
        "/invitations/…/",
        "Invitation to speak",  # to Étienne, who comes first and reads English
    ):
        assert words in shown
    answer = send(organiser_client, awa, zoe, button="preview", message_en="Do come", message_fr="Venez donc")
    shown = main_of(answer)
    assert "Venez donc" in shown.partition("mail-text")[0]  # the field keeps what was typed
    assert "Do come" in shown.partition("mail-text")[2]  # Étienne comes first, and reads English
    assert not Invitation.objects.exists()


def test_inviting_many_leads_back_to_the_list(
    organiser_client: Client, edition: Edition, awa: Person, zoe: Person
) -> None:
    answer = send(organiser_client, awa, zoe, answer_by="2033-07-01", message_fr="Venez donc", message_en="Do come")
    assert answer["Location"] == BASE  # type: ignore[index]
    assert "2 invitations partent." in read(organiser_client, BASE)
    assert {mail.language for mail in Mail.objects.all()} == {"fr", "en"}
    assert "Venez donc" in Mail.objects.get(language="fr").body_text
    # The same form again: they were invited already, and nothing leaves.
    shown = main_of(send(organiser_client, awa, zoe, answer_by="2033-07-01"))
    assert "Aucune de ces personnes ne peut être invitée" in shown
    assert Mail.objects.count() == 2


def test_everybody_in_the_list_may_be_meant(
    organiser_client: Client, edition: Edition, awa: Person, zoe: Person
) -> None:
    Person.objects.filter(pk=zoe.pk).update(email="")
    shown = read(organiser_client, f"{BASE}write/?to=invite&all=1&q=&state=&answer=&lacks=")
    assert "Il parvient à 1 personne" in shown
    assert "Zoé Étienne" in shown
    assert "n’a pas d’adresse électronique" in shown
    assert "Il parvient à 1 personne" in read(organiser_client, f"{BASE}write/?to=invite&all=1&q=climat")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"answer_by": "2020-01-01"}, "Ce jour est passé"),
        ({"answer_by": "2033-09-19"}, "avant le début de l’édition"),
        ({"answer_by": "demain"}, "Saisissez une date valide"),
        ({"message_fr": "x" * 2001}, "2000"),
        ({"language": "tlh"}, "tlh"),
    ],
)
def test_what_is_wrong_is_said_and_kept(
    organiser_client: Client, edition: Edition, awa: Person, more: dict[str, str], words: str
) -> None:
    answer = send(organiser_client, awa, **{"message_fr": "Mes mots", **more})
    assert answer.status_code == 422  # type: ignore[attr-defined]
    shown = main_of(answer)
    assert words in shown
    assert more.get("message_fr", "Mes mots") in shown
    assert not Mail.objects.exists()


@pytest.mark.parametrize("query", ["to=invite", "to=invite&person=abc", "to=remind&person=", "person=" + "9" * 20])
def test_nobody_ticked_leads_back(organiser_client: Client, edition: Edition, query: str) -> None:
    answer = organiser_client.get(f"{BASE}write/?{query}", follow=True)
    assert "Cochez d’abord" in main_of(answer)


def test_strangers_are_not_written_to(organiser_client: Client, edition: Edition, awa: Person) -> None:
    stranger = a_speaker("Jamais", "Nommée")
    shown = main_of(send(organiser_client, stranger))
    assert "Aucune de ces personnes" in shown
    assert not Mail.objects.exists()


def test_reminding_shows_its_mail_and_spares_who_answered(
    organiser_client: Client, edition: Edition, awa: Person, zoe: Person
) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=8)
    invited(edition, awa, zoe, now=long_ago)
    zoe.interventions.update(answer="accepted")
    shown = read(organiser_client, f"{BASE}write/?to=remind&person={awa.pk}&person={zoe.pk}")
    for words in ("Votre réponse est attendue", "Zoé Étienne", "a répondu", "Envoyer 1 rappel"):
        assert words in shown
    answer = send(organiser_client, awa, zoe, to="remind")
    assert answer["Location"] == BASE  # type: ignore[index]
    assert "1 rappel part." in read(organiser_client, BASE)
    assert Mail.objects.count() == 3
    assert "il y a moins d’un jour" in main_of(send(organiser_client, awa, to="remind"))


def test_the_dashboard_leads_here(organiser_client: Client, edition: Edition, awa: Person) -> None:
    awa.interventions.update(answer="declined")
    shown = read(organiser_client, "/desk/2023/")
    assert f"{BASE}?answer=declined" in shown
    assert "intervenant a décliné" in shown
    assert "N’Diaye Awa" in read(organiser_client, f"{BASE}?answer=declined")


def test_the_rail_names_it_after_the_timetable(organiser_client: Client, edition: Edition) -> None:
    page = organiser_client.get(BASE).content.decode()
    rail = page.partition('class="desk-rail"')[2].partition("</nav>")[0]
    assert rail.index("Emploi du temps") < rail.index("Réponses des intervenants") < rail.index("Salles")


def test_in_english(organiser_client: Client, edition: Edition, awa: Person) -> None:
    answer = organiser_client.get("/en/desk/2023/invitations/")
    for words in ("Speakers’ answers", "Not invited yet", "Who has still to answer first"):
        assert words in main_of(answer)


@pytest.mark.parametrize("sort", ["", "name", "sent", "nonsense"])
def test_every_order_is_answered(
    organiser_client: Client, edition: Edition, awa: Person, zoe: Person, sort: str, client_of: Callable[..., Client]
) -> None:
    assert "N’Diaye Awa" in read(organiser_client, f"{BASE}?sort={sort}&state=nonsense&lacks=nonsense")
