"""Public pages, rendered once and served from memory in front of Django.

A page that is the same for everybody (`shared_page` marks it) is kept as it left Django, with its ETag and its gzip
variant, under host, scheme, and path. What is kept holds as long as the public stamp (`queries.releases`) does:

* at most once per second and process, one request asks the database for the stamp before it is answered (one small
  query); the others go on with what is kept meanwhile, unless the last answer is two seconds old: then they wait;
* the process that publishes forgets everything at once (`gateways.publishing.public_changed`), any other within
  two seconds;
* a database that cannot be reached leaves the kept pages readable.

A page with a query string is kept only where its view says that the query is one of those it knows
(`keep_with_query`), in a place of its own: addresses that anybody can make up push no page out.

Never kept: a cookie being set, another status than 200, or what its view has not marked.
"""

from __future__ import annotations

import gzip
import hashlib
import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec

from django.db import DatabaseError, close_old_connections
from django.http import HttpRequest, HttpResponse

from parvis.gateways.publishing import public_changed
from parvis.queries.releases import get_public_stamp

logger = logging.getLogger(__name__)

KEEP = "parvis.keep"
KEEP_QUERY = "parvis.keep_query"
ASK_AFTER_S = 1.0
WAIT_AFTER_S = 2.0
MOST_PAGES = 4096
MOST_BYTES = 128 * 1024 * 1024
MOST_ANSWERS = 512  # to queries
MOST_ANSWER_BYTES = 32 * 1024 * 1024
LONGEST_QUERY = 300
NOT_COPIED = frozenset({"content-length", "etag", "vary", "set-cookie", "date", "connection"})

P = ParamSpec("P")
Header = tuple[str, str]
StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]


def shared_page(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Mark a view whose answer is the same for everybody until the public stamp changes."""

    @wraps(view)
    def marked(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        request = args[0]
        if isinstance(request, HttpRequest) and response.status_code == 200:
            request.META[KEEP] = True  # META is the WSGI environment, which the keeper reads afterwards
            response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
        return response

    return marked


def keep_with_query(request: HttpRequest) -> None:
    """Say that a shared page's answer may be kept under its query string too: it is one of those the view knows."""
    request.META[KEEP_QUERY] = True


@dataclass(frozen=True, slots=True)
class KeptPage:
    """One page as it is sent: plain and compressed, each with its headers and its tag."""

    body: bytes
    headers: list[Header]
    tag: str
    packed: bytes
    packed_headers: list[Header]
    packed_tag: str
    not_modified: list[Header]


def keep(body: bytes, headers: Iterable[Header]) -> KeptPage:
    """Return a page ready to be sent, from the body and headers that Django gave."""
    common = [(name, value) for name, value in headers if name.lower() not in NOT_COPIED]
    common.append(("Vary", "Accept-Encoding"))
    digest = hashlib.sha256(body).hexdigest()[:20]
    tag, packed_tag = f'"{digest}"', f'"{digest}-gz"'
    packed = gzip.compress(body, 6, mtime=0)
    kept_for_304 = {"cache-control", "vary", "content-security-policy"}
    return KeptPage(
        body=body,
        headers=[*common, ("ETag", tag), ("Content-Length", str(len(body)))],
        tag=tag,
        packed=packed,
        packed_headers=[
            *common,
            ("ETag", packed_tag),
            ("Content-Encoding", "gzip"),
            ("Content-Length", str(len(packed))),
        ],
        packed_tag=packed_tag,
        not_modified=[(name, value) for name, value in common if name.lower() in kept_for_304],
    )


def accepts_gzip(header: str) -> bool:
    """Tell whether an Accept-Encoding header allows gzip (`gzip;q=0` does not)."""
    for part in header.split(","):
        coding, _, parameters = part.strip().partition(";")
        if coding.strip().lower() in {"gzip", "*"}:
            return parameters.replace(" ", "").lower() not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def matches(if_none_match: str, tag: str) -> bool:
    """Tell whether an If-None-Match header names `tag`, compared weakly as RFC 9110 wants it."""
    wanted = [candidate.strip().removeprefix("W/") for candidate in if_none_match.split(",")]
    return "*" in wanted or tag in wanted


class Pool:
    """Pages under their keys, bounded in number and in bytes: the oldest make room. Changed under the callers' lock."""

    def __init__(self) -> None:
        self.pages: dict[tuple[str, ...], KeptPage] = {}
        self.bytes = 0

    def store(self, key: tuple[str, ...], page: KeptPage, *, most: int, most_bytes: int) -> None:
        """Keep a page; one that is larger than everything together may be is not kept."""
        self._drop(key)
        weight = len(page.body) + len(page.packed)
        while self.pages and (len(self.pages) >= most or self.bytes + weight > most_bytes):
            self._drop(next(iter(self.pages)))
        if weight <= most_bytes:
            self.pages[key] = page
            self.bytes += weight

    def _drop(self, key: tuple[str, ...]) -> None:
        gone = self.pages.pop(key, None)
        if gone is not None:
            self.bytes -= len(gone.body) + len(gone.packed)


class KeptPages:
    """A WSGI application in front of another one; one instance per process."""

    def __init__(
        self,
        application: Application,
        *,
        stamp: Callable[[], str] = get_public_stamp,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.application = application
        self._read_stamp = stamp
        self._clock = clock
        self._pages = Pool()
        self._answers = Pool()
        self._stamp = ""
        self._asked = float("-inf")
        self._asking = threading.Lock()
        self._changing = threading.Lock()
        self._rendering: dict[tuple[str, ...], threading.Lock] = {}
        public_changed.connect(self._forget)

    def _forget(self, **_signal: object) -> None:
        with self._changing:
            self._pages, self._answers, self._stamp = Pool(), Pool(), ""
        self._asked = float("-inf")

    def _refresh(self) -> None:
        """Ask for the stamp where it is due; the caller waits only where what is known is too old."""
        age = self._clock() - self._asked
        if age < ASK_AFTER_S:
            return
        if not self._asking.acquire(blocking=age >= WAIT_AFTER_S):
            return
        try:
            if self._clock() - self._asked < ASK_AFTER_S:
                return
            asked = self._clock()
            try:
                stamp = self._read_stamp()
            except DatabaseError:
                logger.warning("The public stamp could not be read; kept pages go on being served.", exc_info=True)
                self._asked = asked
                return
            finally:
                close_old_connections()
            if stamp != self._stamp:
                with self._changing:
                    self._pages, self._answers, self._stamp = Pool(), Pool(), stamp
            self._asked = asked
        finally:
            self._asking.release()

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer from memory, or let Django answer and keep what may be kept."""
        method = environ["REQUEST_METHOD"]
        query = environ.get("QUERY_STRING", "")
        if method not in {"GET", "HEAD"} or len(query) > LONGEST_QUERY:
            return self.application(environ, start_response)
        key = (
            environ.get("HTTP_HOST", ""),
            environ.get("wsgi.url_scheme", ""),
            environ.get("HTTP_X_FORWARDED_PROTO", ""),
            environ.get("PATH_INFO", ""),
            query,
        )
        self._refresh()
        page = self._kept(key)
        if page is not None:
            return self._send(page, environ, start_response)
        if method == "HEAD":  # answered as a GET without its body, so that the headers are the same, ETag and all
            self._close(self._render(key, {**environ, "REQUEST_METHOD": "GET"}, start_response))
            return []
        return self._render(key, environ, start_response)

    def _kept(self, key: tuple[str, ...]) -> KeptPage | None:
        return (self._answers if key[-1] else self._pages).pages.get(key)

    @staticmethod
    def _close(answer: Iterable[bytes]) -> None:
        close = getattr(answer, "close", None)
        if close is not None:
            close()

    @staticmethod
    def _send(page: KeptPage, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        packed = accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
        tag = page.packed_tag if packed else page.tag
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and matches(known, tag):
            start_response("304 Not Modified", [*page.not_modified, ("ETag", tag)])
            return []
        start_response("200 OK", list(page.packed_headers if packed else page.headers))
        if environ["REQUEST_METHOD"] == "HEAD":
            return []
        return [page.packed if packed else page.body]

    def _render(self, key: tuple[str, ...], environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Let Django render; where a page that was kept before is asked for by many at once, one renders it."""
        turn = self._rendering.get(key)
        if turn is not None:
            with turn:
                pass
            page = self._kept(key)
            if page is not None:
                return self._send(page, environ, start_response)
        turn = threading.Lock()
        with turn:
            self._rendering[key] = turn
            try:
                return self._render_once(key, environ, start_response)
            finally:
                self._rendering.pop(key, None)

    def _render_once(
        self, key: tuple[str, ...], environ: dict[str, Any], start_response: StartResponse
    ) -> Iterable[bytes]:
        stamp = self._stamp
        began: list[Any] = []

        def remember(status: str, headers: list[Header], *rest: Any) -> Any:
            began[:] = [status, headers, rest]
            return lambda _data: None

        answer = self.application(environ, remember)
        status, headers, rest = began
        names = {name.lower() for name, _value in headers}
        marked = environ.get(KEEP) and (environ.get(KEEP_QUERY) or not key[-1])
        if not marked or not status.startswith("200") or "set-cookie" in names:
            start_response(status, headers, *rest)
            return answer
        try:
            body = b"".join(answer)
        finally:
            self._close(answer)
        page = keep(body, headers)
        with self._changing:
            # What was rendered from an older state than the one now known is sent, and not kept.
            if stamp and stamp == self._stamp:
                self._store(key, page)
        return self._send(page, environ, start_response)

    def _store(self, key: tuple[str, ...], page: KeptPage) -> None:
        if key[-1]:
            self._answers.store(key, page, most=MOST_ANSWERS, most_bytes=MOST_ANSWER_BYTES)
        else:
            self._pages.store(key, page, most=MOST_PAGES, most_bytes=MOST_BYTES)
