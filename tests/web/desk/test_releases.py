"""Publishing the site from the desk: what would change, the step itself, and the releases so far."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.models import Edition, Release, Session
from parvis.services.releases import publish_release
from tests.factories.editions import an_edition, an_organisation
from tests.factories.network import a_mandate, a_person
from tests.factories.programme import a_room, a_session, placed, speaks
from tests.web.desk.reading import main_of, read

pytestmark = pytest.mark.django_db
BASE = "/desk/2023/releases/"


@pytest.fixture
def edition() -> Edition:
    return an_edition(status="open")


def test_the_first_release_says_what_it_will_show(edition: Edition, organiser_client: Client, client: Client) -> None:
    placed(a_session(edition), a_room(edition))
    a_session(edition, "Sans horaire")
    shown = read(organiser_client, BASE)
    assert "Rien n’est encore publié" in shown
    assert "2 séances" in shown
    assert "1 séance confirmée" in shown  # without a time
    answer = organiser_client.post(f"{BASE}publish/", {"note": "  Premier   programme "})
    assert answer["Location"] == BASE
    release = Release.objects.get()
    assert (release.number, release.note, release.published_by_label) == (1, "Premier programme", "Organiser")
    shown = read(organiser_client, BASE)
    for words in (
        "le site montre désormais la publication nᵒ 1",
        "Le site dit ce que dit le bureau",
        "Premier programme",
    ):
        assert words.lower() in shown.lower()
    assert "Eau et climat" in main_of(client.get("/2023/programme/"))


def test_what_would_change_is_said_session_by_session(
    edition: Edition, organiser: Actor, organiser_client: Client
) -> None:
    session = a_session(edition)
    placed(session, a_room(edition))
    publish_release(actor=organiser, edition_id=edition.pk)
    Session.objects.update(title_fr="Climat et eau")
    a_session(edition, "Nouvelle")
    shown = read(organiser_client, BASE)
    assert "« Eau et climat » s’intitule désormais « Climat et eau »" in shown
    assert "« Nouvelle »" in shown
    organiser_client.post(f"{BASE}publish/")
    shown = read(organiser_client, f"{BASE}2/")
    assert "« Nouvelle »" in shown
    assert f'href="{BASE}1/"' in read(organiser_client, BASE)


def test_broken_rules_are_shown_and_asked_about(edition: Edition, organiser_client: Client) -> None:
    room = a_room(edition, "Salle Marly")
    for title in ("Eau", "Air", "Brouillon"):
        placed(a_session(edition, title), room)
    Session.objects.filter(title_fr="Brouillon").update(status="draft")
    a_session(edition, "Sans place")
    shown = read(organiser_client, BASE)
    for words in (
        "Une règle de l’emploi du temps est enfreinte",
        "Salle Marly reçoit « Eau » et « Air » en même temps.",
        "1 souhait n’est pas satisfait",
        'href="/desk/2023/timetable/"',
        "Publier quand même",
    ):
        assert words in shown
    assert "Brouillon" not in shown
    answer = organiser_client.post(f"{BASE}publish/", {"note": "Le ministre confirme demain"})
    assert answer.status_code == 422
    assert "sont encore enfreintes (1)" in main_of(answer)
    assert 'value="Le ministre confirme demain"' in main_of(answer)
    assert not Release.objects.exists()
    organiser_client.post(f"{BASE}publish/", {"note": "Le ministre confirme demain", "accept": "yes"})
    assert Release.objects.get().note == "Le ministre confirme demain"
    assert "Publier quand même" not in read(organiser_client, BASE)
    Session.objects.filter(title_fr="Air").update(status="cancelled")
    assert "Publier quand même" not in read(organiser_client, BASE)
    assert organiser_client.post(f"{BASE}publish/").status_code == 302


def test_a_release_that_says_the_same_is_refused(edition: Edition, organiser: Actor, organiser_client: Client) -> None:
    publish_release(actor=organiser, edition_id=edition.pk)
    assert f'action="{BASE}publish/"' not in read(organiser_client, BASE)
    answer = organiser_client.post(f"{BASE}publish/", follow=True)
    assert "rien à publier" in main_of(answer)
    assert Release.objects.count() == 1


def test_a_draft_edition_is_not_published(organiser_client: Client) -> None:
    an_edition(status="draft")
    answer = organiser_client.post(f"{BASE}publish/", follow=True)
    assert "Annoncez l’édition" in main_of(answer)
    assert not Release.objects.exists()


def test_a_long_note_is_cut_and_an_unknown_release_not_found(edition: Edition, organiser_client: Client) -> None:
    organiser_client.post(f"{BASE}publish/", {"note": "x" * 400})
    assert len(Release.objects.get().note) == 300
    assert organiser_client.get(f"{BASE}7/").status_code == 404
    assert organiser_client.get(f"{BASE}publish/").status_code == 405


def test_who_only_reads_reads_and_the_others_do_not(
    edition: Edition, organiser: Actor, read_only_client: Client, door_client: Client, press_client: Client
) -> None:
    publish_release(actor=organiser, edition_id=edition.pk)
    a_session(edition)
    for address in (BASE, f"{BASE}1/"):
        assert "<form" not in read(read_only_client, address)
        for refused in (door_client, press_client):
            assert refused.get(address).status_code == 403
    for refused in (read_only_client, door_client, press_client):
        assert refused.post(f"{BASE}publish/").status_code == 403
    assert Release.objects.count() == 1


def test_one_and_many_ask_as_much(
    edition: Edition,
    organiser: Actor,
    organiser_client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    session = a_session(edition)
    placed(session, a_room(edition))
    speaks(awa := a_person(), session, a_mandate(awa, an_organisation("Saint-Louis")))
    publish_release(actor=organiser, edition_id=edition.pk)
    a_session(edition, "Nouvelle")
    with django_assert_max_num_queries(55) as one:
        read(organiser_client, BASE)
    for n in range(6):
        speaks(person := a_person("Awa", f"Voix {n}"), session, a_mandate(person, an_organisation(f"Ville {n}")))
        a_session(edition, f"Encore {n}")
        publish_release(actor=organiser, edition_id=edition.pk)
    a_session(edition, "De plus")
    with django_assert_max_num_queries(len(one)):
        read(organiser_client, BASE)
