"""The programme’s pages: list, grid, filters, subjects, rooms, sessions; made from the release, kept with care."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.models import Edition, Person, Release, Session
from parvis.queries import releases
from parvis.services.releases import publish_release
from parvis.web.kept_pages import KeptPages
from tests.factories.editions import an_edition
from tests.factories.programmes import a_full_programme, a_room, a_session, fill_large
from tests.web.test_kept_pages import ask

pytestmark = pytest.mark.django_db

PAGES = (
    "/2023/programme/",
    "/2023/programme/grid/",
    "/2023/programme/index.json",
    "/2023/programme/rooms/",
    "/2023/rooms/auditorium/",
    "/2023/themes/",
    "/2023/themes/climat/",
    "/2023/groups/",
    "/2023/groups/benin/",
    "/2023/sessions/at1/",
    "/2023/speakers/aicha-lawson/",
    "/2023/mine/",
)


@pytest.fixture
def released(organiser: Actor) -> Edition:
    edition = an_edition()
    a_full_programme(edition)
    publish_release(actor=organiser, edition_id=edition.pk)
    return edition


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_every_page_answers_in_both_languages_the_same_for_everybody(
    released: Edition, client: Client, address: str
) -> None:
    for prefix in ("", "/en"):
        response = client.get(prefix + address)
        assert response.status_code == 200
        assert not response.cookies
        assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
        page = response.content.decode()
        assert "style=" not in page
        if address.endswith("/"):
            assert page.count("<h1") == 1


@pytest.mark.parametrize(
    "address",
    [
        "/2023/rooms/inconnue/",
        "/2023/themes/inconnu/",
        "/2023/groups/inconnu/",
        "/2023/sessions/accueil/",
        "/2022/programme/grid/",
        "/2023/mine/court/",
    ],
)
def test_what_is_not_there_is_not_found(released: Edition, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("query", "count", "there"),
    [
        ("theme=climat", 2, "Accès à l’énergie"),
        ("sdg=4", 1, "Éducation à la citoyenneté"),
        ("group=senegal", 1, "Groupe-pays Sénégal"),
        ("language=es", 2, "Ouverture des Rencontres"),
        ("format=micro_workshop", 9, "Micro-atelier 22"),
        ("room=salle-est", 3, "Déjeuner"),
        ("day=2023-09-19", 11, "Assemblée générale"),
        ("q=LOME+elus", 1, "Accès à l’énergie"),
        ("theme=climat&q=energie", 1, "Accès à l’énergie"),
    ],
)
@pytest.mark.parametrize("view", ["/2023/programme/", "/2023/programme/grid/"])
def test_filters_narrow_and_say_how_many_of_how_many(
    released: Edition, client: Client, view: str, query: str, count: int, there: str
) -> None:
    page = text(client, f"{view}?{query}")
    assert page.count("data-session=") == count
    assert there in page
    assert f"{count} séance{'s' if count > 1 else ''} sur 19" in page


def test_nothing_found_says_so_and_offers_ways_out(released: Edition, client: Client) -> None:
    page = text(client, "/2023/programme/?theme=climat&room=salle-est")
    assert "Aucune séance ne correspond à tout cela." in page
    assert 'href="/2023/programme/?theme=climat">Sans le filtre Salle «\u202fSalle Est\u202f»\u202f: 2</a>' in page
    assert 'href="/2023/programme/?room=salle-est">Sans le filtre Thème «\u202fClimat\u202f»\u202f: 3</a>' in page


def test_an_unknown_filter_is_told_and_left_out(released: Edition, client: Client) -> None:
    page = text(client, "/2023/programme/?theme=%3Cscript%3E&room=salle-est")
    assert "Rien dans ce programme ne correspond à «\u202f&lt;script&gt;\u202f» (Thème)" in page
    assert page.count("data-session=") == 3
    assert "<script>" not in page


@pytest.mark.parametrize(
    ("query", "plain"),
    [
        ("q=&theme=climat&sdg=", "?theme=climat"),
        ("utm_source=mail", ""),
        ("q=eau&theme=climat", "?theme=climat&q=eau"),
        ("theme=climat&theme=energie", "?theme=climat"),
        ("q=" + "a" * 150, "?q=" + "a" * 100),
    ],
)
def test_an_address_is_written_plainly(released: Edition, client: Client, query: str, plain: str) -> None:
    answer = client.get(f"/2023/programme/?{query}")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/2023/programme/{plain}"


def test_the_other_language_keeps_the_filters(released: Edition, client: Client) -> None:
    for here, there in (
        ("/2023/programme/", "/en/2023/programme/"),
        ("/en/2023/programme/grid/", "/2023/programme/grid/"),
    ):
        page = text(client, f"{here}?theme=climat&q=l%27eau")
        assert f'<a class="language" href="{there}?theme=climat&amp;q=l%27eau"' in page
        assert f'<a class="language" href="{there}"' in text(client, here)
    hostile = text(client, "/2023/speakers/?q=%22%3E%3Cscript%3E")
    assert 'href="/en/2023/speakers/?q=%22%3E%3Cscript%3E"' in hostile


@pytest.mark.django_db(transaction=True)
def test_only_known_filters_are_kept(organiser: Actor, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    edition = an_edition()
    a_full_programme(edition)
    publish_release(actor=organiser, edition_id=edition.pk)
    kept = KeptPages(WSGIHandler())
    first = ask(kept, "/2023/programme/", query="theme=climat")
    with django_assert_num_queries(0):
        assert ask(kept, "/2023/programme/", query="theme=climat") == first
    for query in ("q=eau", "theme=inconnu", "%74heme=climat", "theme=climat&x=1", "theme=climat&q=eau", "x=1"):
        ask(kept, "/2023/programme/", query=query)
    assert [key[-1] for key in kept._answers.pages] == ["theme=climat"]
    assert not kept._pages.pages


@pytest.mark.parametrize("address", [*PAGES, "/2023/programme/?theme=climat", "/2023/programme/grid/?q=energie"])
def test_a_cold_page_takes_as_many_queries_at_one_session_as_at_many(
    organiser: Actor, client: Client, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    few, many = an_edition(13, slug="2022"), an_edition(14, slug="2023")
    a_full_programme(few)
    publish_release(actor=organiser, edition_id=few.pk)
    a_full_programme(many)
    fill_large(many, sessions=60, speakers=40)
    publish_release(actor=organiser, edition_id=many.pk, accept_violations=True)
    client.get("/2022/")
    for slug in ("2022", "2023"):
        releases.content_of_release.cache_clear()
        with django_assert_max_num_queries(4):
            assert client.get(address.replace("2023", slug)).status_code == 200


def test_the_index_has_what_the_filters_need(released: Edition, client: Client) -> None:
    found: dict[str, Any] = json.loads(text(client, "/2023/programme/index.json"))["sessions"]
    session = Session.objects.get(code="AT1")
    entry = found[str(session.guid)]
    assert entry["theme"] == ["climat", "energie"]
    assert entry["language"] == ["en", "fr"]
    assert {"lome", "dijon", "lawson", "auditorium", "energie"} <= set(entry["words"].split())
    assert "casque" not in entry["words"].split()


def test_a_session_page_says_everything_that_is_known(released: Edition, client: Client) -> None:
    page = text(client, "/2023/sessions/at1/")
    for said in (
        'href="/2023/themes/energie/"',
        'href="/2023/rooms/auditorium/"',
        "Niveau 0",
        "Sur place et en ligne",
        'href="https://visio.example.org/at1"',
        "Prenez un casque à l’entrée.",
        "puis 30 minutes de débat avec la salle",
        "Énergie propre et d’un coût abordable",
        'href="/2023/programme/?sdg=13"',
        'class="sdg sdg-7"',
        "https://docs.example.org/note.pdf",
        "https://video.example.org/at1",
        "Enregistrement",
        "anglais",
        "Modération",
        "Maire de la ville de Lomé",
        'href="/2023/sessions/at1.ics"',
    ):
        assert said in page, said
    assert page.index("Noël Martin") < page.index("Aïcha Lawson"), "in speaking order"


def test_members_get_the_link_by_mail_and_not_here(released: Edition, client: Client) -> None:
    page = text(client, "/2023/sessions/ag/")
    assert "visio.example.org" not in page
    assert "Les adhérents reçoivent le lien par courriel." in page


def test_a_cancelled_session_is_no_longer_joined(organiser: Actor, client: Client) -> None:
    edition = an_edition()
    a_full_programme(edition)
    Session.objects.filter(code="AT1").update(status="cancelled")
    publish_release(actor=organiser, edition_id=edition.pk)
    page = text(client, "/2023/sessions/at1/")
    assert "Cette séance est annulée." in page
    assert "Participer en ligne" not in page
    assert 'data-off="1"' in text(client, "/2023/programme/")


def test_neighbours_begin_at_the_same_moment(released: Edition, client: Client) -> None:
    page = text(client, "/2023/sessions/ma01/")
    assert 'href="/2023/sessions/ma00/" rel="prev"' in page
    assert 'href="/2023/sessions/ma02/" rel="next"' in page
    assert "/2023/sessions/ma11/" not in page
    assert 'class="neighbours' not in text(client, "/2023/sessions/ouverture/")
    assert 'class="neighbours' not in text(client, "/2023/sessions/plus-tard/"), "no time, no neighbours"


def test_a_speaker_page_has_every_mandate_and_sessions_by_time(released: Edition, client: Client) -> None:
    page = text(client, "/2023/speakers/aicha-lawson/")
    assert "Maire de la ville de Lomé" in page
    assert "Présidente de la ville de Lomé" in page
    assert "Ingénieure, elle préside" in page
    assert page.index("Accès à l’énergie") < page.index("Groupe-pays Bénin")


def test_a_photograph_is_shown_where_there_is_one(organiser: Actor, client: Client) -> None:
    edition = an_edition()
    a_full_programme(edition)
    Person.objects.filter(slug="aicha-lawson").update(photograph="photographs/aicha.jpg")
    publish_release(actor=organiser, edition_id=edition.pk)
    for address in ("/2023/speakers/aicha-lawson/", "/2023/sessions/at1/"):
        page = text(client, address)
        assert page.count('<img class="portrait') == 1
        assert 'photographs/aicha.jpg" alt=""' in page


def test_a_group_page_says_who_leads(released: Edition, client: Client) -> None:
    page = text(client, "/2023/groups/benin/")
    assert "Aïcha Lawson" in page
    assert 'href="/2023/groups/benin.ics"' in page
    assert 'rel="next"' in page


def test_bad_titles_are_shown_as_they_are_and_break_nothing(organiser: Actor, client: Client) -> None:
    edition = an_edition()
    a_full_programme(edition)
    release = publish_release(actor=organiser, edition_id=edition.pk)
    titles = {
        "AT1": "<script>alert(1)</script> & “guillemets”",
        "AT2": "ورشة عمل حول المياه",
        "GP1": "Mot " * 500,
        "GP2": "M" * 2000,
    }
    payload = dict(release.payload)
    for session in payload["sessions"]:
        if session["code"] in titles:
            session["title"] = {"fr": titles[session["code"]], "ar": titles[session["code"]]}
    Release.objects.filter(pk=release.pk).update(payload=payload)
    releases.content_of_release.cache_clear()
    for address in PAGES:
        page = client.get(address).content.decode()
        assert "<script>alert" not in page or address.endswith(".json")
    page = text(client, "/2023/programme/")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in page
    assert 'dir="auto"><a href="/2023/sessions/at2/" data-title>ورشة عمل حول المياه</a>' in page
    assert "M" * 2000 in text(client, "/2023/sessions/gp2/")


def test_a_release_of_an_older_version_still_reads(organiser: Actor, client: Client) -> None:
    edition = an_edition()
    a_full_programme(edition)
    release = publish_release(actor=organiser, edition_id=edition.pk)
    payload = dict(release.payload)
    for session in payload["sessions"]:
        for key in ("themes", "group_code", "practical_note", "mode", "online_url", "documents", "debate_min"):
            session.pop(key, None)
        session["theme"] = {"fr": "Climat"}
    for room in payload["rooms"]:
        room.pop("building")
    for speaker in payload["speakers"]:
        speaker.pop("photograph")
    Release.objects.filter(pk=release.pk).update(payload=payload)
    releases.content_of_release.cache_clear()
    for address in PAGES:
        gone = address.startswith(("/2023/themes/climat", "/2023/groups/benin"))
        assert client.get(address).status_code == (404 if gone else 200), address
    assert "ne portent pas de thème" in text(client, "/2023/themes/")
    assert "Groupe-pays Bénin" in text(client, "/2023/programme/grid/")


def test_two_sessions_in_one_room_stand_side_by_side(organiser: Actor, client: Client) -> None:
    edition = an_edition()
    made = a_full_programme(edition)
    opening = made["OUVERTURE"].placement
    a_session(
        edition,
        "DOUBLE",
        room=a_room(edition, "auditorium", "Auditorium"),
        starts=opening.starts_at,
        minutes=30,
    )
    publish_release(actor=organiser, edition_id=edition.pk, accept_violations=True)
    page = text(client, "/2023/programme/grid/")
    assert '<th scope="col" colspan="2" data-room="auditorium">' in page


def test_before_the_first_release_every_page_says_so(organiser: Actor, client: Client) -> None:
    an_edition(status="announced")
    for address in ("/2023/programme/", "/2023/programme/grid/", "/2023/programme/rooms/"):
        assert "Le programme n’est pas encore publié." in text(client, address)
    for address in ("/2023/themes/", "/2023/groups/", "/2023/mine/", "/2023/mine/choose/"):
        assert client.get(address).status_code == 200
    assert client.get("/2023/rooms/auditorium/").status_code == 404


def test_the_site_map_names_the_new_pages(released: Edition, client: Client) -> None:
    found = text(client, "/sitemap.xml")
    for address in ("/2023/programme/grid/", "/2023/themes/climat/", "/2023/groups/benin/", "/2023/rooms/auditorium/"):
        assert f"<loc>http://testserver{address}</loc>" in found
    assert "/mine/" not in found
