"""Biography, photograph and hours behind the link: nothing typed is lost, nothing bad comes in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from parvis.domain.access import Actor
from parvis.models import Availability, Edition, Invitation, Person
from parvis.services.people import save_person
from tests.factories.invitations import a_portrait, a_speaker, an_edition_ahead, invited, to_speak
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
def invitation(edition: Edition) -> Invitation:
    person = a_speaker()
    to_speak(person, edition)
    return invited(edition, person)


def address(invitation: Invitation, part: str) -> str:
    return f"/invitations/{invitation.token}/{part}/"


def upload(client: Client, invitation: Invitation, content: bytes, name: str = "portrait.jpg", **more: str) -> Any:
    file = SimpleUploadedFile(name, content, "image/jpeg")
    return client.post(address(invitation, "photograph"), {"photograph": file, **more})


def test_a_biography_is_given(client: Client, invitation: Invitation) -> None:
    page = address(invitation, "biography")
    assert "Ma biographie" in read(client, page)
    answer = client.post(page, {"biography_fr": "Maire depuis 2020.", "biography_en": "", "revision": ""})
    assert answer["Location"] == f"/invitations/{invitation.token}/"
    assert "Donnée en français ; l’anglais manque." in read(client, f"/invitations/{invitation.token}/")
    assert Person.objects.get().biography_fr == "Maire depuis 2020."


def test_one_of_20_000_characters_is_refused_and_kept(client: Client, invitation: Invitation) -> None:
    text = "mot " * 5000
    answer = client.post(address(invitation, "biography"), {"biography_fr": text, "biography_en": "Mayor"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "5000" in main_of(answer)
    assert text in shown
    assert "Mayor" in shown
    assert not Person.objects.get().biography_fr


def test_markup_and_text_from_right_to_left_stay_text(client: Client, invitation: Invitation) -> None:
    arabic = "عمدة سان لوي <script>alert(1)</script>"
    client.post(address(invitation, "biography"), {"biography_fr": arabic, "biography_en": ""})
    assert Person.objects.get().biography_fr == arabic
    shown = client.get(address(invitation, "biography")).content.decode()
    assert "<script>alert" not in shown
    assert "عمدة سان لوي &lt;script&gt;" in shown
    assert 'dir="auto"' in shown


def test_who_comes_second_sees_both_texts(client: Client, invitation: Invitation, organiser: Actor) -> None:
    page = address(invitation, "biography")
    revision = client.get(page).context["form"]["revision"].value()
    save_person(actor=organiser, person_id=invitation.person_id, values={"biography_fr": "Texte du bureau."})
    data = {"biography_fr": "Mon texte.", "biography_en": "", "revision": revision}
    answer = client.post(page, data)
    assert answer.status_code == 422
    for words in ("Texte du bureau.", "Mon texte.", "Organiser"):
        assert words in main_of(answer)
    data["revision"] = answer.context["form"]["revision"].value()
    assert client.post(page, data).status_code == 302
    assert Person.objects.get().biography_fr == "Mon texte."


def test_a_photograph_is_given_shown_and_taken_away(client: Client, invitation: Invitation) -> None:
    page = address(invitation, "photograph")
    assert upload(client, invitation, a_portrait())["Location"] == page
    person = Person.objects.get()
    assert person.photograph.url in read(client, page)
    shown = client.get(person.photograph.url)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert client.get(f"{page}remove/").status_code == 405
    assert client.post(f"{page}remove/")["Location"] == page
    assert not Person.objects.get().photograph
    assert "Votre photographie est retirée" in read(client, page)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"<svg><script>alert(1)</script></svg>", "portrait.jpg", "n’est pas une image"),
        (b"#!/bin/sh\nrm -rf /", "portrait.png", "n’est pas une image"),
        (a_portrait(9000, 9000, "PNG"), "bombe.png", "millions de pixels"),
        (a_portrait(100, 100), "petite.jpg", "100 × 100"),
        (b"x" * (50 * 1024 * 1024), "grande.jpg", "50 Mo"),
        (b"", "vide.jpg", "vide"),
    ],
)
def test_bad_pictures_are_refused_in_words(
    client: Client, invitation: Invitation, content: bytes, name: str, words: str
) -> None:
    answer = upload(client, invitation, content, name)
    assert answer.status_code == 422
    assert words in main_of(answer), main_of(answer)
    assert not Person.objects.get().photograph


def test_nothing_chosen_is_told(client: Client, invitation: Invitation) -> None:
    answer = client.post(address(invitation, "photograph"), {})
    assert answer.status_code == 422
    assert "Choisissez d’abord une image." in main_of(answer)


@pytest.mark.parametrize(
    "cut", [{"left": "0.2", "upper": "0.1", "side": "0.5"}, {"left": "x"}, {"left": "9", "side": "nan"}]
)
def test_the_square_may_be_chosen_and_nonsense_is_not_taken(
    client: Client, invitation: Invitation, cut: dict[str, str]
) -> None:
    answer = upload(client, invitation, a_portrait(), **cut)
    sound = len(cut) == 3
    assert answer.status_code == (302 if sound else 422)
    assert bool(Person.objects.get().photograph) == sound
    if sound:
        assert default_storage.exists(Person.objects.get().photograph.name)


def test_hours_are_given_and_shown_again(client: Client, invitation: Invitation) -> None:
    page = address(invitation, "hours")
    shown = read(client, page)
    assert "Lundi 19 septembre" in shown
    assert "9 h 30–10 h 30 : « Eau et climat »" in shown
    data = {
        "day_2033-09-19": "hours",
        "from_2033-09-19_0": "14:00",
        "to_2033-09-19_0": "16:00",
        "from_2033-09-19_1": "15:00",
        "to_2033-09-19_1": "18:00",
        "day_2033-09-20": "absent",
    }
    assert client.post(page, data)["Location"] == f"/invitations/{invitation.token}/"
    kept = Availability.objects.get()
    assert (f"{kept.starts_at:%H:%M}", f"{kept.ends_at:%H:%M}") == ("12:00", "16:00")  # UTC
    assert "C’est en dehors des disponibilités" in read(client, f"/invitations/{invitation.token}/")
    form = client.get(page).context["form"]
    assert form["day_2033-09-20"].value() == "absent"
    assert str(form["to_2033-09-19_0"].value()) == "18:00:00"
    data = {"day_2033-09-19": "whole", "day_2033-09-20": "whole"}
    assert client.post(page, data).status_code == 302
    assert not Availability.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"day_2033-09-19": "hours", "from_2033-09-19_0": "18:00", "to_2033-09-19_0": "14:00"}, "avant de commencer"),
        ({"day_2033-09-19": "hours"}, "de quelle heure à quelle heure"),
        ({"day_2033-09-19": "hours", "from_2033-09-19_0": "25:99"}, "Écrivez une heure"),
        ({"day_2033-09-19": "absent", "day_2033-09-20": "absent"}, "déclinez plutôt"),
        ({"day_2033-09-19": "sometimes"}, "sometimes"),
        ({"day_2033-09-20": ""}, "Dites si vous pouvez être là"),
    ],
)
def test_hours_that_make_no_sense_are_refused(
    client: Client, invitation: Invitation, data: dict[str, str], words: str
) -> None:
    usual = {"day_2033-09-19": "whole", "day_2033-09-20": "whole"}
    answer = client.post(address(invitation, "hours"), {**usual, **data})
    assert answer.status_code == 422
    assert words in main_of(answer)
    assert not Availability.objects.exists()


def test_without_days_no_hours_are_asked(client: Client, invitation: Invitation) -> None:
    Edition.objects.update(starts_on=None, ends_on=None)
    answer = client.get(address(invitation, "hours"), follow=True)
    assert "L’édition n’a pas encore de dates" in main_of(answer)
    assert "Donner mes disponibilités" not in main_of(answer)
