"""What is kept is the same for everybody, and is forgotten as soon as something public changes."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import DatabaseError
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.gateways.publishing import public_changed
from parvis.models import Edition
from parvis.services.releases import publish_release
from parvis.web.kept_pages import KEEP, KEEP_QUERY, LONGEST_QUERY, KeptPages, accepts_gzip, matches
from tests.factories.editions import an_edition, fill

Answer = tuple[str, dict[str, str], bytes]


class Server:
    """A WSGI application in the test's hand, with a clock and a stamp that the test moves."""

    def __init__(self) -> None:
        self.rendered = 0
        self.body = b"<!doctype html><p>page</p>" * 20
        self.status = "200 OK"
        self.headers = [("Content-Type", "text/html"), ("Content-Security-Policy", "default-src 'none'")]
        self.marked = True
        self.known_queries: set[str] = set()
        self.stamp = "one"
        self.asked = 0
        self.broken = False
        self.time = 100.0
        self.kept = KeptPages(self.answer, stamp=self.read_stamp, clock=lambda: self.time)

    def read_stamp(self) -> str:
        self.asked += 1
        if self.broken:
            raise DatabaseError
        return self.stamp

    def answer(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterator[bytes]:
        self.rendered += 1
        if self.marked:
            environ[KEEP] = True
        if environ["QUERY_STRING"] in self.known_queries:
            environ[KEEP_QUERY] = True
        start_response(self.status, [*self.headers, ("Content-Length", str(len(self.body)))])
        return iter([self.body])

    def get(self, path: str = "/", *, method: str = "GET", query: str = "", **headers: str) -> Answer:
        return ask(self.kept, path, method=method, query=query, **headers)


def ask(application: Any, path: str, *, method: str = "GET", query: str = "", **headers: str) -> Answer:
    environ = RequestFactory().get(path).environ
    environ.update({"REQUEST_METHOD": method, "QUERY_STRING": query, **headers})
    seen: dict[str, Any] = {}

    def start_response(status: str, given: list[tuple[str, str]], *_rest: object) -> None:
        seen.update(status=status, headers=dict(given))

    answer = application(environ, start_response)
    body = b"".join(answer)
    getattr(answer, "close", lambda: None)()
    return seen["status"], seen["headers"], body


@pytest.fixture
def server() -> Server:
    return Server()


def test_a_page_is_rendered_once(server: Server) -> None:
    first, second = server.get(), server.get()
    assert first == second
    assert server.rendered == 1
    assert second[1]["Content-Security-Policy"] == "default-src 'none'"
    assert second[1]["Content-Length"] == str(len(server.body))


def test_gzip_is_prepared_and_is_the_same_page(server: Server) -> None:
    server.get()
    status, headers, body = server.get(HTTP_ACCEPT_ENCODING="br, gzip;q=0.8")
    assert status == "200 OK"
    assert headers["Content-Encoding"] == "gzip"
    assert headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(body) == server.body
    assert headers["Content-Length"] == str(len(body))
    assert server.get()[1]["ETag"] != headers["ETag"]


def test_what_the_reader_has_is_not_sent_again(server: Server) -> None:
    tag = server.get()[1]["ETag"]
    status, headers, body = server.get(HTTP_IF_NONE_MATCH=f'"other", W/{tag}')
    assert (status, body) == ("304 Not Modified", b"")
    assert headers["ETag"] == tag
    assert "Content-Type" not in headers
    assert server.get(HTTP_IF_NONE_MATCH='"other"')[0] == "200 OK"


def test_head_has_the_headers_without_the_body(server: Server) -> None:
    cold = server.get(method="HEAD")
    plain = server.get()
    warm = server.get(method="HEAD")
    assert cold == warm == ("200 OK", plain[1], b"")
    assert "ETag" in cold[1]
    assert server.rendered == 1
    server.marked = False
    assert server.get("/personal/", method="HEAD")[2] == b""


@pytest.mark.parametrize(
    "spoil",
    [
        lambda s: setattr(s, "marked", False),
        lambda s: setattr(s, "status", "404 Not Found"),
        lambda s: setattr(s, "status", "500 Internal Server Error"),
        lambda s: s.headers.append(("Set-Cookie", "sessionid=secret")),
    ],
)
def test_personal_pages_errors_and_cookies_are_never_kept(server: Server, spoil: Callable[[Server], object]) -> None:
    spoil(server)
    server.get()
    server.get()
    assert server.rendered == 2


def test_queries_and_posts_pass_through(server: Server) -> None:
    for _ in range(2):
        server.get(query="q=dijon")
        server.get(method="POST")
    assert server.rendered == 4


def test_hosts_and_schemes_do_not_share_pages(server: Server) -> None:
    server.get(HTTP_HOST="a.example")
    server.get(HTTP_HOST="b.example")
    server.get(HTTP_HOST="a.example", HTTP_X_FORWARDED_PROTO="https")
    assert server.rendered == 3


def test_the_stamp_is_asked_once_a_second_at_most(server: Server) -> None:
    for _ in range(50):
        server.get()
    assert server.asked == 1
    server.time += 1.01
    server.get()
    assert server.asked == 2
    assert server.rendered == 1


def test_a_change_is_seen_within_two_seconds(server: Server) -> None:
    server.get()
    server.stamp, server.body = "two", b"new"
    server.time += 1.99
    assert server.get()[2] == b"new"


def test_the_process_that_publishes_forgets_at_once(server: Server) -> None:
    server.get()
    server.stamp, server.body = "two", b"new"
    public_changed.send(sender=None)
    assert server.get()[2] == b"new"


def test_a_lost_database_leaves_the_kept_pages(server: Server) -> None:
    before = server.get()
    server.broken = True
    server.time += 5
    assert server.get() == before


def test_many_at_once_render_few(server: Server) -> None:
    gate = threading.Barrier(12)
    found: list[Answer] = []

    def read() -> None:
        gate.wait()
        found.append(server.get())

    readers = [threading.Thread(target=read) for _ in range(12)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert len(found) == 12
    assert all(answer == found[0] for answer in found)
    assert server.get() == found[0]


def test_memory_is_bounded(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parvis.web.kept_pages.MOST_PAGES", 3)
    for number in range(10):
        server.get(f"/{number}/")
    assert len(server.kept._pages.pages) == 3
    server.get("/9/")
    assert server.rendered == 10


def test_a_query_is_kept_only_where_the_view_knows_it(server: Server) -> None:
    server.known_queries = {"theme=climat"}
    for _ in range(2):
        known = server.get(query="theme=climat")
        server.get(query="q=dijon")
    assert server.rendered == 3
    assert server.get(query="theme=climat", HTTP_IF_NONE_MATCH=known[1]["ETag"])[0] == "304 Not Modified"
    server.get()
    assert server.rendered == 4, "the page without the query is another page"
    server.marked = False
    public_changed.send(sender=None)
    server.get(query="theme=climat")
    server.get(query="theme=climat")
    assert server.rendered == 6, "a query is kept only of a page that may be kept"


def test_no_number_of_queries_fills_the_memory_or_pushes_a_page_out(server: Server) -> None:
    server.get("/programme/")
    made_up = [f"q={number}" for number in range(2000)]
    for query in made_up:
        server.get("/programme/", query=query)
    assert not server.kept._answers.pages, "what nobody vouches for is not kept at all"
    server.known_queries = {f"theme={number}" for number in range(2000)}
    for query in sorted(server.known_queries):
        server.get("/programme/", query=query)
    answers = server.kept._answers
    assert len(answers.pages) == 512
    assert answers.bytes == sum(len(page.body) + len(page.packed) for page in answers.pages.values())
    assert len(server.kept._pages.pages) == 1
    before = server.rendered
    server.get("/programme/")
    assert server.rendered == before


def test_kept_answers_are_bounded_in_bytes(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parvis.web.kept_pages.MOST_ANSWER_BYTES", 2000)
    server.known_queries = {f"theme={number}" for number in range(50)}
    for query in sorted(server.known_queries):
        server.get(query=query)
    assert 0 < server.kept._answers.bytes <= 2000
    server.body = bytes(range(256)) * 20
    server.get(query="theme=0")
    assert server.kept._answers.bytes <= 2000


def test_a_query_without_end_passes_through(server: Server) -> None:
    query = "q=" + "a" * LONGEST_QUERY
    server.known_queries = {query}
    server.get(query=query)
    server.get(query=query)
    assert server.rendered == 2


@pytest.mark.parametrize(
    ("header", "expected"),
    [("gzip", True), ("GZIP;q=0.5, br", True), ("br", False), ("gzip;q=0", False), ("", False), ("*", True)],
)
def test_accepted_encodings(header: str, expected: bool) -> None:
    assert accepts_gzip(header) is expected


def test_tags_are_compared_weakly() -> None:
    assert matches('W/"a"', '"a"')
    assert matches("*", '"a"')
    assert not matches('"ab"', '"a"')


@pytest.mark.django_db(transaction=True)
def test_a_warm_page_makes_no_query(organiser: Actor, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    edition = an_edition()
    fill(edition)
    publish_release(actor=organiser, edition_id=edition.pk)
    kept = KeptPages(WSGIHandler())
    cold = ask(kept, "/2023/programme/")
    with django_assert_num_queries(0):
        warm = ask(kept, "/2023/programme/")
    assert cold == warm
    assert "Content-Security-Policy" in warm[1]
    assert "Séance 0" in warm[2].decode()


@pytest.mark.django_db(transaction=True)
def test_a_release_and_a_cancelled_edition_are_seen_at_once(organiser: Actor) -> None:
    edition = an_edition(status="announced")
    kept = KeptPages(WSGIHandler())
    assert "n’est pas encore publié" in ask(kept, "/2023/programme/")[2].decode()
    fill(edition)
    publish_release(actor=organiser, edition_id=edition.pk)
    assert "Séance 0" in ask(kept, "/2023/programme/")[2].decode()
    row = Edition.objects.get(pk=edition.pk)
    row.status, row.status_reason_fr = "cancelled", "Un incident."
    row.save()
    public_changed.send(sender=None)
    assert "Un incident." in ask(kept, "/2023/")[2].decode()


@pytest.mark.django_db(transaction=True)
def test_personal_areas_are_not_kept(organiser: Actor) -> None:
    kept = KeptPages(WSGIHandler())
    ask(kept, "/accounts/login/code/")
    ask(kept, "/desk/")
    assert kept._pages.pages == {}
    assert kept._answers.pages == {}
