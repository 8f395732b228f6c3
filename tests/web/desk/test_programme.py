"""The desk's page of one session: what it is, its place and what is free instead, its steps, what the public reads."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.models import Edition, LogEntry, Placement, Session, Theme
from parvis.queries.placements import print_of
from parvis.queries.versions import version_of
from parvis.services.programme import place_session, save_session
from parvis.services.releases import publish_release
from tests.factories.editions import an_edition, an_organisation, fill
from tests.factories.network import a_group, a_mandate, a_person
from tests.factories.programme import MORNING, a_room, a_session, placed, speaks
from tests.web.desk.reading import main_of, read

pytestmark = pytest.mark.django_db
BASE = "/desk/2023/sessions/"
HOUR = timedelta(hours=1)


@pytest.fixture
def edition() -> Edition:
    return an_edition(status="open")


def new(**more: object) -> dict[str, object]:
    return {
        "format": "workshop",
        "status": "draft",
        "mode": "on_site",
        "title_fr": "L’eau, bien commun",
        "spoken": ["fr"],
        **more,
    }


def slot(session: Session, room_id: int, hour: str = "09:30", day: str = "2023-09-18") -> dict[str, object]:
    placement = Placement.objects.filter(session=session).first()
    return {"version": print_of(placement), "day": day, "starts": hour, "room": room_id}


def test_a_session_is_added_with_all_that_is_said_of_it(edition: Edition, organiser_client: Client) -> None:
    group, host = a_group(), an_organisation("Métropole de Lyon")
    theme = Theme.objects.create(slug="eau", name_fr="Eau")
    form = read(organiser_client, f"{BASE}new/?format=micro_workshop")
    assert '<option value="micro_workshop" selected>' in form
    sent = new(
        format="micro_workshop",
        title_en="Water, a common good",
        group=group.pk,
        host="métropole de lyon",
        themes=[theme.pk],
        new_theme="Climat",
        interpreted=["en", "ar"],
        members_only="on",
        sdgs=["6", "13"],
        mode="hybrid",
        online_url="https://visio.example.org/eau",
    )
    answer = organiser_client.post(f"{BASE}new/", sent)
    session = Session.objects.get()
    assert answer["Location"] == f"{BASE}{session.pk}/"
    assert (session.duration_min, session.host, session.group) == (20, host, group)  # as micro-workshops usually last
    assert (session.interpreted, session.sdgs, session.members_only) == (["en", "ar"], [6, 13], True)
    shown = read(organiser_client, f"{BASE}{session.pk}/")
    for words in ("20 min", "Français", "→ Anglais, Arabe", "Adhérents seulement", "Groupe-pays Sénégal", "Lyon"):
        assert words in shown
    assert "Eau, Climat" in shown
    assert "Un brouillon" in shown


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(edition: Edition, organiser_client: Client) -> None:
    a_session(edition, code="A1")
    for sent, field in (
        (new(title_fr=" "), "title_fr"),
        (new(code="A1"), "code"),
        (new(duration_min="0"), "duration_min"),
        (new(duration_min="30", debate_min="31"), "debate_min"),
        (new(host="Nulle part"), "host"),
    ):
        answer = organiser_client.post(f"{BASE}new/", {**sent, "abstract_fr": "Un résumé à garder"})
        assert answer.status_code == 422, field
        assert f'id="id_{field}_error"' in main_of(answer)
        assert "Un résumé à garder" in main_of(answer)
    assert Session.objects.count() == 1


def test_a_change_made_meanwhile_is_shown(edition: Edition, organiser: Actor, organiser_client: Client) -> None:
    session = a_session(edition)
    sent = new(version=version_of(session), status="confirmed", code=session.code, duration_min="60")
    save_session(actor=organiser, edition_id=edition.pk, session_id=session.pk, values={"title_fr": "Le sien"})
    answer = organiser_client.post(f"{BASE}{session.pk}/change/", sent)
    assert answer.status_code == 422
    assert "Le sien" in main_of(answer)
    assert "L’eau, bien commun" in main_of(answer)
    session.refresh_from_db()
    organiser_client.post(f"{BASE}{session.pk}/change/", {**sent, "version": version_of(session)})
    session.refresh_from_db()
    assert session.title_fr == "L’eau, bien commun"


def test_a_session_is_placed_and_moved_from_its_page(edition: Edition, organiser_client: Client) -> None:
    session, room = a_session(edition), a_room(edition, capacity=80)
    shown = read(organiser_client, f"{BASE}{session.pk}/")
    for words in ("non placée", "lundi 18 septembre", "mardi 19 septembre", "Salle Étoile (80 places)", "La placer"):
        assert words in shown
    address = f"{BASE}{session.pk}/place/"
    assert organiser_client.post(address, slot(session, room.pk))["Location"] == f"{BASE}{session.pk}/"
    assert Placement.objects.get().starts_at == MORNING
    shown = read(organiser_client, f"{BASE}{session.pk}/")
    assert "9 h 30 à 10 h 30" in shown
    organiser_client.post(address, slot(session, room.pk, "14:00", "2023-09-19"))
    assert "mardi 19 septembre".capitalize() in read(organiser_client, f"{BASE}{session.pk}/")
    assert LogEntry.objects.filter(action="session.placed").count() == 2


def test_a_clash_is_said_with_what_is_free_instead(edition: Edition, organiser_client: Client) -> None:
    session, room, other = a_session(edition), a_room(edition), a_room(edition, "Salle Marly")
    placed(a_session(edition, "Déjà là"), room)
    answer = organiser_client.post(f"{BASE}{session.pk}/place/", slot(session, room.pk, "10:00"))
    assert answer.status_code == 422
    shown = main_of(answer)
    assert "Salle Étoile reçoit déjà « Déjà là » de 9 h 30 à 10 h 30" in shown
    assert 'value="10:00"' in shown  # what was typed
    free = shown.partition('id="free"')[2]
    assert "10 h–11 h, Salle Marly" in free
    assert "10 h 30–11 h 30, Salle Étoile" in free
    assert not Placement.objects.filter(session=session).exists()
    marly = next(sent for place, sent in answer.context["broken"].free if place.room == "Salle Marly")
    organiser_client.post(f"{BASE}{session.pk}/place/", marly)
    assert Placement.objects.get(session=session).room == other


def test_one_may_insist_and_the_timetable_says_what_is_broken(edition: Edition, organiser_client: Client) -> None:
    session, room = a_session(edition), a_room(edition)
    placed(a_session(edition, "Déjà là"), room)
    address = f"{BASE}{session.pk}/place/"
    answer = organiser_client.post(address, slot(session, room.pk, "10:00"))
    assert 'name="insist" value="1">La placer là quand même' in main_of(answer)
    sent = {**answer.context["broken"].sent, "insist": "1"}
    assert organiser_client.post(address, sent).status_code == 302
    assert Placement.objects.get(session=session).starts_at == MORNING + HOUR / 2
    editor = organiser_client.get("/desk/2023/timetable/").context["content"]
    assert [(fault["hard"], len(fault["sessions"])) for fault in editor["violations"]] == [(True, 2)]
    assert organiser_client.get("/desk/2023/timetable/since/0/").json()["number"] == 1


def test_a_speaker_who_is_elsewhere_is_named(edition: Edition, organiser_client: Client) -> None:
    session, speaker = a_session(edition), a_person("Awa", "N’Diaye")
    busy = a_session(edition, "Occupée")
    placed(busy, a_room(edition))
    for item in (session, busy):
        speaks(speaker, item)
    room = a_room(edition, "Salle Marly")
    answer = organiser_client.post(f"{BASE}{session.pk}/place/", slot(session, room.pk))
    assert answer.status_code == 422
    shown = main_of(answer)
    assert "Awa N’Diaye prend déjà part à « Occupée » de 9 h 30 à 10 h 30" in shown
    assert "9 h 30–10 h 30, Salle" not in shown.partition('id="free"')[2]  # another room does not free her


def test_a_longer_session_and_a_speaker_are_judged_and_one_may_insist(
    edition: Edition, organiser_client: Client
) -> None:
    session, room = a_session(edition), a_room(edition)
    placed(session, room)
    busy = a_session(edition, "Suite")
    placed(busy, room, MORNING + HOUR)
    sent = new(version=version_of(session), code=session.code, status="confirmed", duration_min="90")
    answer = organiser_client.post(f"{BASE}{session.pk}/change/", sent)
    assert answer.status_code == 422
    assert "Salle Étoile reçoit déjà « Suite »" in main_of(answer)
    assert 'name="insist" value="1">Enregistrer quand même' in main_of(answer)
    assert organiser_client.post(f"{BASE}{session.pk}/change/", {**sent, "insist": "1"}).status_code == 302
    assert Placement.objects.get(session=session).ends_at == MORNING + 1.5 * HOUR
    speaker = a_person("Awa", "N’Diaye")
    speaks(speaker, busy)
    given = {"person": "Awa N’Diaye", "role": "speaker"}
    answer = organiser_client.post(f"{BASE}{session.pk}/speakers/new/", given)
    assert answer.status_code == 422
    assert "prend déjà part à « Suite »" in main_of(answer)
    assert 'id="id_person_error"' in main_of(answer)
    assert organiser_client.post(f"{BASE}{session.pk}/speakers/new/", {**given, "insist": "1"}).status_code == 302
    assert session.interventions.get().person == speaker


def test_days_and_rooms_that_are_not_offered_are_refused(edition: Edition, organiser_client: Client) -> None:
    session, room = a_session(edition), a_room(edition)
    address = f"{BASE}{session.pk}/place/"
    for sent in (
        slot(session, room.pk, day="2023-09-25"),
        slot(session, 0),
        slot(session, room.pk, hour="25:00"),
        slot(session, room.pk, hour=""),
    ):
        answer = organiser_client.post(address, sent)
        assert answer.status_code == 422
        assert "_error" in main_of(answer)
    assert not Placement.objects.exists()


def test_a_session_moved_meanwhile_is_not_moved_again_unseen(
    edition: Edition, organiser: Actor, organiser_client: Client
) -> None:
    session, room = a_session(edition), a_room(edition)
    stale = slot(session, room.pk, "16:00")
    place_session(actor=organiser, session_id=session.pk, room_id=room.pk, starts_at=MORNING)
    answer = organiser_client.post(f"{BASE}{session.pk}/place/", stale)
    assert answer.status_code == 422
    assert "a modifié ceci" in main_of(answer)
    assert "9 h 30 à 10 h 30" in main_of(answer)  # where it stands now
    assert print_of(Placement.objects.get()) in main_of(answer)
    assert Placement.objects.get().starts_at == MORNING


def test_an_edition_without_days_says_where_to_set_them(organiser_client: Client) -> None:
    edition = an_edition(status="announced", starts_on=None, ends_on=None)
    session = a_session(edition)
    shown = read(organiser_client, f"{BASE}{session.pk}/")
    assert "/desk/2023/edition/change/" in shown
    assert 'name="starts"' not in shown


def test_steps_are_taken_and_told(edition: Edition, organiser_client: Client) -> None:
    session = a_session(edition)
    placed(session, a_room(edition))
    address = f"{BASE}{session.pk}/"
    organiser_client.post(f"{address}cancel/")
    shown = read(organiser_client, address)
    assert "La séance est annulée" in shown
    assert "La rétablir" in shown
    assert 'name="starts"' not in shown  # restored before it is placed
    organiser_client.post(f"{address}restore/")
    assert Session.objects.get().status == "confirmed"
    organiser_client.post(f"{address}unplace/")
    shown = read(organiser_client, address)
    assert "non placée" in shown
    history = shown.partition('id="history"')[2]
    assert history.count("<time") == 3
    assert "<del>18/09/2023, 09:30–10:30, Salle Étoile</del>" in history


def test_restoring_where_somebody_else_is_now_is_refused(edition: Edition, organiser_client: Client) -> None:
    session, room = a_session(edition, status="cancelled"), a_room(edition)
    placed(session, room)
    placed(a_session(edition, "À sa place"), room)
    answer = organiser_client.post(f"{BASE}{session.pk}/restore/")
    assert answer.status_code == 422
    assert "Salle Étoile reçoit déjà « À sa place »" in main_of(answer)
    session.refresh_from_db()
    assert session.status == "cancelled"
    assert "La rétablir quand même" in main_of(answer)
    assert organiser_client.post(f"{BASE}{session.pk}/restore/", {"insist": "1"}).status_code == 302
    session.refresh_from_db()
    assert session.status == "confirmed"


def test_deleting_says_what_goes_along_and_what_was_public_stays(
    edition: Edition, organiser: Actor, organiser_client: Client
) -> None:
    session = a_session(edition, "Jamais publiée")
    placed(session, a_room(edition))
    speaks(a_person(), session)
    address = f"{BASE}{session.pk}/"
    assert f'href="{address}delete/"' in read(organiser_client, address)
    shown = read(organiser_client, f"{address}delete/")
    assert "Créneau" in shown
    publish_release(actor=organiser, edition_id=edition.pk)
    assert f'href="{address}delete/"' not in read(organiser_client, address)
    answer = organiser_client.post(f"{address}delete/")
    assert answer.status_code == 422
    assert "a été publiée" in main_of(answer)
    other = a_session(edition, "Brouillon", status="draft")
    assert organiser_client.post(f"{BASE}{other.pk}/delete/")["Location"] == BASE
    assert list(Session.objects.all()) == [session]


def test_the_page_tells_how_far_the_site_lags_behind(
    edition: Edition, organiser: Actor, organiser_client: Client
) -> None:
    session = a_session(edition)
    address = f"{BASE}{session.pk}/"
    assert "le site n’a jamais été publié" in read(organiser_client, address)
    publish_release(actor=organiser, edition_id=edition.pk)
    shown = read(organiser_client, address)
    assert "Le public lit" not in shown
    assert f'href="/2023/sessions/{session.slug}/"' in shown
    save_session(actor=organiser, edition_id=edition.pk, session_id=session.pk, values={"title_fr": "Autrement"})
    shown = read(organiser_client, address)
    assert "où cette séance est différente" in shown
    assert 'href="/desk/2023/releases/"' in shown
    later = a_session(edition, "Nouvelle")
    assert "où cette séance n’est pas" in read(organiser_client, f"{BASE}{later.pk}/")


def test_the_preview_is_what_the_public_page_says_then(
    edition: Edition, organiser: Actor, organiser_client: Client, client: Client
) -> None:
    session = a_session(edition, "L’eau", title_en="Water", abstract_fr="Comment la partager ?")
    person = a_person("Awa", "N’Diaye")
    speaks(person, session, a_mandate(person, an_organisation("Saint-Louis"), title_en="Mayor"), role="moderator")
    shown = read(organiser_client, f"{BASE}{session.pk}/").partition('id="preview"')[2]
    words = ("L’eau", "Water", "Comment la partager", "Maire de Saint-Louis", "Mayor of Saint-Louis", "Moderator")
    for said in words:
        assert said in shown
    assert "Anglais : ce qui n’est pas traduit est montré dans une autre langue" in shown
    publish_release(actor=organiser, edition_id=edition.pk)
    for prefix, expected in (("", ("L’eau", "Comment la partager", "Maire de Saint-Louis")), ("/en", ("Water",))):
        public = main_of(client.get(f"{prefix}/2023/sessions/{session.slug}/"))
        for said in expected:
            assert said in public


@pytest.mark.parametrize("status", ["archived", "cancelled"])
def test_a_closed_editions_programme_is_only_read(status: str, organiser_client: Client) -> None:
    edition = an_edition(status=status)
    session = a_session(edition)
    shown = read(organiser_client, f"{BASE}{session.pk}/")
    assert "L’édition est close" in shown
    assert "<form" not in shown
    answer = organiser_client.post(f"{BASE}{session.pk}/cancel/", follow=True)
    assert "ne change plus" in main_of(answer)
    assert organiser_client.post(f"{BASE}new/", new()).status_code == 422


def test_who_only_reads_sees_no_button_and_the_others_nothing(
    edition: Edition, read_only_client: Client, door_client: Client, press_client: Client
) -> None:
    session = a_session(edition)
    placed(session, a_room(edition))
    speaks(a_person(), session)
    shown = read(read_only_client, f"{BASE}{session.pk}/")
    assert "Lecture seule" in shown
    for absent in ("<form", "/change/", "/new/", "/delete/"):
        assert absent not in shown
    steps = ("change/", "place/", "unplace/", "cancel/", "restore/", "delete/", "speakers/new/")
    for address in ("new/", *(f"{session.pk}/{step}" for step in steps)):
        assert read_only_client.post(f"{BASE}{address}").status_code == 403
    for refused in (door_client, press_client):
        assert refused.get(f"{BASE}{session.pk}/").status_code == 403
    assert Session.objects.get().status == "confirmed"


def test_a_session_of_another_edition_is_not_found(edition: Edition, organiser_client: Client) -> None:
    elsewhere = a_session(an_edition(15, slug="2024"))
    for step in ("", "change/", "delete/"):
        assert organiser_client.get(f"{BASE}{elsewhere.pk}/{step}").status_code == 404
    for step in ("place/", "cancel/"):
        assert organiser_client.post(f"{BASE}{elsewhere.pk}/{step}").status_code == 404


def test_one_and_many_ask_as_much(
    edition: Edition, organiser: Actor, organiser_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    session = a_session(edition)
    placed(session, a_room(edition))
    speaks(a_person("Awa", "Un"), session)
    publish_release(actor=organiser, edition_id=edition.pk)
    addresses = (f"{BASE}{session.pk}/", f"{BASE}{session.pk}/change/")
    counts = []
    for address in addresses:
        with django_assert_max_num_queries(24) as one:
            read(organiser_client, address)
        counts.append(len(one))
    fill(edition, sessions=20, speakers=12)
    for n in range(8):
        person = a_person("Awa", f"Autre {n}")
        speaks(person, session, a_mandate(person, an_organisation(f"Ville {n}")))
    for address, count in zip(addresses, counts, strict=True):
        with django_assert_max_num_queries(count):
            read(organiser_client, address)
