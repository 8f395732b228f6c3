"""The open formats on the site: where they stand, what they answer, that they come from the release and are kept."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, RequestFactory
from icalendar import Calendar
from lxml import etree
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.domain.editions import EditionStatus
from parvis.models import Edition, Group, Session, SessionTheme, Theme
from parvis.queries import releases
from parvis.services.editions import change_edition_status
from parvis.services.releases import publish_release
from parvis.web.kept_pages import KeptPages
from tests.exports.schedule_schemas import faults_of_json, faults_of_xml
from tests.factories.editions import an_edition, fill

pytestmark = pytest.mark.django_db

CALENDARS = {
    "/2023/programme.ics": 4,
    "/2023/themes/climat.ics": 1,
    "/2023/groups/senegal.ics": 1,
    "/2023/rooms/salle-2.ics": 1,
    "/2023/speakers/personne-1.ics": 1,
    "/2023/sessions/seance-3.ics": 1,
}
FILES = {
    **dict.fromkeys(CALENDARS, "text/calendar; charset=utf-8"),
    "/2023/schedule.json": "application/json",
    "/2023/schedule.xml": "application/xml; charset=utf-8",
    "/2023/changes.atom": "application/atom+xml; charset=utf-8",
    "/2023/programme.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "/2023/sessions.csv": "text/csv; charset=utf-8; header=present",
    "/2023/speakers.csv": "text/csv; charset=utf-8; header=present",
}


@pytest.fixture
def released(organiser: Actor) -> Edition:
    edition = an_edition()
    fill(edition, attendees=8)
    first = Session.objects.get(edition=edition, code="S001")
    SessionTheme.objects.create(session=first, theme=Theme.objects.create(slug="climat", name_fr="Climat"))
    group = Group.objects.create(code="senegal", kind="country", name_fr="Sénégal", name_en="Senegal")
    Session.objects.filter(code="S002").update(group=group)
    publish_release(actor=organiser, edition_id=edition.pk)
    return edition


def get(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content


def events(client: Client, address: str) -> list[Any]:
    return list(Calendar.from_ical(get(client, address)).walk("VEVENT"))


@pytest.mark.parametrize(("address", "kind"), FILES.items())
def test_every_format_answers_in_both_languages_to_anybody(
    released: Edition, client: Client, address: str, kind: str
) -> None:
    for response in (client.get(address), client.get("/en" + address)):
        assert response.status_code == 200
        assert response.headers["Content-Type"] == kind
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert "filename=" in response.headers["Content-Disposition"]
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")
        assert "Discrète".encode() not in response.content
        assert b"secret" not in response.content


@pytest.mark.parametrize(("address", "count"), CALENDARS.items())
def test_each_calendar_holds_its_part(released: Edition, client: Client, address: str, count: int) -> None:
    found = events(client, address)
    assert len(found) == count
    assert str(found[0]["URL"]).startswith("http://testserver/2023/sessions/")
    assert str(events(client, "/en" + address)[0]["URL"]).startswith("http://testserver/en/2023/sessions/")
    calendar = Calendar.from_ical(get(client, address))
    assert isinstance(calendar, Calendar)
    assert str(calendar["SOURCE"]) == f"http://testserver{address}"


def test_schedules_are_valid(released: Edition, client: Client) -> None:
    assert faults_of_json(get(client, "/2023/schedule.json")) == []
    assert faults_of_xml(get(client, "/en/2023/schedule.xml")) == []
    assert len(json.loads(get(client, "/2023/schedule.json"))["schedule"]["conference"]["days"]) == 2


def test_what_is_not_there_is_not_found(released: Edition, client: Client) -> None:
    an_edition(15, slug="2024", status="draft")
    for address in FILES:
        assert client.get(address.replace("2023", "2024")).status_code == 404, address
        assert client.get(address.replace("2023", "1999")).status_code == 404, address
    for kind in ("themes", "groups", "rooms", "speakers", "sessions"):
        assert client.get(f"/2023/{kind}/rien.ics").status_code == 404, kind
    assert client.get("/2024/formats/").status_code == 404


def test_nothing_of_the_draft_is_seen_and_a_release_is(released: Edition, client: Client, organiser: Actor) -> None:
    Session.objects.filter(code="S001").update(title_fr="Titre nouveau")
    wanted = b"Titre nouveau"
    (first,) = events(client, "/2023/themes/climat.ics")
    texts = [address for address in FILES if not address.endswith(("xlsx", "speakers.csv", "personne-1.ics"))]
    shown = [a for a in texts if not a.startswith(("/2023/groups", "/2023/rooms", "/2023/sessions/"))]
    assert not any(wanted in get(client, address) for address in texts)
    publish_release(actor=organiser, edition_id=released.pk)
    assert all(wanted in get(client, address) for address in shown)
    (event,) = events(client, "/2023/themes/climat.ics")
    assert event["SEQUENCE"] > first["SEQUENCE"]


def test_the_feed_of_changes_grows_by_an_entry(released: Edition, client: Client, organiser: Actor) -> None:
    Session.objects.filter(code="S001").update(status="cancelled")
    publish_release(actor=organiser, edition_id=released.pk)
    root = etree.fromstring(get(client, "/2023/changes.atom"))
    entries = root.findall("{http://www.w3.org/2005/Atom}entry")
    assert [e.findtext("{http://www.w3.org/2005/Atom}title") for e in entries] == [
        "Version 2 du programme",
        "Version 1 du programme",
    ]
    assert "est annulée" in (entries[0].findtext("{http://www.w3.org/2005/Atom}content") or "")
    self_link = root.find("{http://www.w3.org/2005/Atom}link[@rel='self']")
    assert self_link is not None and self_link.get("href") == "http://testserver/2023/changes.atom"


@pytest.mark.parametrize("status", [EditionStatus.CANCELLED, EditionStatus.POSTPONED])
def test_an_edition_called_off_is_struck_out_at_once(client: Client, organiser: Actor, status: EditionStatus) -> None:
    edition = an_edition(status="open")
    fill(edition)
    publish_release(actor=organiser, edition_id=edition.pk)
    before = events(client, "/2023/programme.ics")
    change_edition_status(
        actor=organiser,
        edition_id=edition.pk,
        status=status,
        reason={"fr": "Le lieu est fermé.", "en": "The venue is closed."},
        now=datetime(2035, 9, 18, 11, tzinfo=UTC),
    )
    after = events(client, "/2023/programme.ics")
    assert {str(event["STATUS"]) for event in before} == {"CONFIRMED"}
    assert {str(event["STATUS"]) for event in after} == {"CANCELLED"}
    assert "Le lieu est fermé." in str(after[0]["DESCRIPTION"])
    assert after[0]["SEQUENCE"] > before[0]["SEQUENCE"]
    assert "The venue is closed." in str(events(client, "/en/2023/programme.ics")[0]["DESCRIPTION"])


def test_before_the_first_release_one_can_subscribe_and_no_more(client: Client) -> None:
    an_edition(status="announced")
    assert events(client, "/2023/programme.ics") == []
    assert client.get("/2023/changes.atom").status_code == 404
    page = get(client, "/2023/formats/").decode()
    assert "Le programme n’est pas encore publié." in page
    assert "webcal://testserver/2023/programme.ics" in page
    assert "changes.atom" not in page and "schedule.json" not in page


def test_every_link_of_the_page_leads_somewhere(released: Edition, client: Client) -> None:
    for prefix in ("", "/en"):
        page = get(client, f"{prefix}/2023/formats/").decode()
        links = set(re.findall(r'href="(/[^"#]+)"', page))
        for address in FILES:
            if not address.startswith(("/2023/speakers/", "/2023/sessions/")):
                assert prefix + address.replace("salle-2", "salle-1") in links, address
        for link in links:
            assert link.startswith("/static/") or client.get(link).status_code == 200, link
    assert "Données ouvertes" in get(client, "/2023/formats/").decode()


def test_pages_name_their_feeds(released: Edition, client: Client) -> None:
    for address in ("/2023/", "/2023/speakers/", "/2023/figures/"):
        head = get(client, address).decode().partition("</head>")[0]
        assert '<link rel="alternate" type="text/calendar"' in head
        assert 'type="application/atom+xml"' in head and 'href="/2023/changes.atom"' in head
        assert 'href="/2023/schedule.json"' in head
        assert 'href="/2023/formats/"' in get(client, address).decode()


def structured(page: bytes) -> dict[str, Any]:
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.decode(), re.S)
    read: dict[str, Any] = json.loads(data)
    return read


def test_pages_carry_their_structured_data(released: Edition, client: Client) -> None:
    node = structured(get(client, "/2023/"))
    assert node["url"] == "http://testserver/2023/"
    assert len(node["subEvent"]) == 4
    assert structured(get(client, "/"))["@id"] == node["@id"]
    session = structured(get(client, "/en/2023/sessions/seance-1/"))
    assert session["name"] == "Session 1: acting together"
    assert session["superEvent"]["@id"] == node["@id"]
    assert session["@id"] in {sub["@id"] for sub in node["subEvent"]}


def test_a_title_cannot_leave_its_script(client: Client, organiser: Actor) -> None:
    edition = an_edition()
    fill(edition)
    Session.objects.filter(code="S001").update(title_fr="</script><script>alert(1)</script>")
    publish_release(actor=organiser, edition_id=edition.pk)
    for address in ("/2023/", "/2023/sessions/seance-1/"):
        page = get(client, address)
        assert b"<script>alert" not in page
        assert "</script><script>alert(1)</script>" in json.dumps(structured(page), ensure_ascii=False)


@pytest.mark.parametrize("address", [*FILES, "/2023/formats/"])
def test_a_cold_answer_takes_few_queries_at_one_and_at_many(
    client: Client, organiser: Actor, django_assert_max_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    many = an_edition()
    fill(many, sessions=30, speakers=40, attendees=4)
    theme = Theme.objects.create(slug="climat", name_fr="Climat")
    group = Group.objects.create(code="senegal", kind="country", name_fr="Sénégal")
    SessionTheme.objects.bulk_create(SessionTheme(session=row, theme=theme) for row in Session.objects.all())
    Session.objects.update(group=group)
    for number in range(5):
        Session.objects.filter(code="S001").update(title_fr=f"Titre {number}")
        publish_release(actor=organiser, edition_id=many.pk)
    releases.content_of_release.cache_clear()
    with django_assert_max_num_queries(4):
        assert client.get(address).status_code == 200


Ask = Callable[..., tuple[str, dict[str, str], bytes]]


@pytest.fixture
def ask() -> Ask:
    """Return a function that asks the whole application, kept pages in front, as gunicorn does."""
    kept = KeptPages(WSGIHandler())

    def answer(path: str, method: str = "GET", **headers: str) -> tuple[str, dict[str, str], bytes]:
        environ = {**RequestFactory().get(path).environ, "REQUEST_METHOD": method, **headers}
        seen: dict[str, Any] = {}

        def start_response(status: str, given: list[tuple[str, str]], *_rest: object) -> None:
            seen.update(status=status, headers=dict(given))

        found = kept(environ, start_response)
        body = b"".join(found)
        getattr(found, "close", lambda: None)()
        return seen["status"], seen["headers"], body

    return answer


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", FILES)
def test_a_warm_format_makes_no_query_and_is_not_sent_twice(
    released: Edition, ask: Ask, django_assert_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    _status, headers, body = ask(address)
    with django_assert_num_queries(0):
        assert ask(address) == ("200 OK", headers, body)
        status, again, nothing = ask(address, HTTP_IF_NONE_MATCH=headers["ETag"])
        assert (status, nothing) == ("304 Not Modified", b"")
        assert again["ETag"] == headers["ETag"]
        assert again["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert ask(address, "HEAD") == ("200 OK", headers, b"")
    assert headers["Content-Length"] == str(len(body))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", FILES)
def test_two_processes_give_the_same_tag(released: Edition, ask: Ask, address: str) -> None:
    """Nothing in a file depends on when or where it was made, so that a balancer does not spoil the ETag."""
    first = ask(address)[1]["ETag"]
    releases.content_of_release.cache_clear()
    other = KeptPages(WSGIHandler())
    seen: dict[str, str] = {}
    b"".join(other(RequestFactory().get(address).environ, lambda _status, headers, *_rest: seen.update(dict(headers))))
    assert seen["ETag"] == first


@pytest.mark.django_db(transaction=True)
def test_a_release_changes_the_tag_at_once(released: Edition, ask: Ask, organiser: Actor) -> None:
    tags = {address: ask(address)[1]["ETag"] for address in FILES}
    Session.objects.filter(code="S001").update(status="cancelled")
    publish_release(actor=organiser, edition_id=released.pk)
    for address in ("/2023/programme.ics", "/2023/schedule.xml", "/2023/schedule.json", "/2023/changes.atom"):
        status, headers, _body = ask(address, HTTP_IF_NONE_MATCH=tags[address])
        assert status == "200 OK" and headers["ETag"] != tags[address], address


@pytest.mark.django_db(transaction=True)
def test_a_head_before_any_get_answers_like_one(released: Edition, ask: Ask) -> None:
    status, headers, body = ask("/2023/schedule.xml", "HEAD")
    assert (status, body) == ("200 OK", b"")
    _status, plain, _body = ask("/2023/schedule.xml")
    assert headers == plain
