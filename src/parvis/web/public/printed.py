"""The printed programme and the session sheets, as PDF: made once for each release, then kept."""

from __future__ import annotations

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from parvis.domain.programme.release import SessionContent
from parvis.exports import session_sheets_pdf
from parvis.exports.printed_releases import (
    PrintedDocument,
    get_or_make,
    printed_programme,
    printed_sheets,
    printing_of,
)
from parvis.exports.programme_pdf import Paper, Printing
from parvis.gateways.kept_files import TooManyDocuments
from parvis.web.kept_pages import shared_page
from parvis.web.public.editions import Site, frame, site_of

RETRY_AFTER_S = 30


def _printing(site: Site) -> Printing:
    """Return which release is printed. Raises `Http404` before the first."""
    printing = printing_of(site.edition, site.language)
    if printing is None:
        raise Http404
    return printing


def _answer(request: HttpRequest, site: Site, document: PrintedDocument, name: str) -> HttpResponse:
    """Give the document as PDF; where too many are being made, say so with 503 and when to come back."""
    try:
        body = get_or_make(document)
    except TooManyDocuments:
        busy = render(request, "public/printed_busy.html", frame(site), status=503)
        busy.headers["Retry-After"] = str(RETRY_AFTER_S)
        return busy
    response = HttpResponse(body, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}-{site.language}.pdf"'
    response.headers["Content-Language"] = site.language
    response.headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    found = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    return found if isinstance(found, HttpResponse) else response


@shared_page
def programme(request: HttpRequest, edition: str, paper: str) -> HttpResponse:
    """Give the whole programme of the release, on A4 or as a pocket A5."""
    site = site_of(edition)
    document = printed_programme(site.content, site.language, Paper(paper), _printing(site))
    return _answer(request, site, document, f"programme-{edition}-{paper}")


def _sheets(request: HttpRequest, site: Site, sessions: list[SessionContent], name: str) -> HttpResponse:
    return _answer(request, site, printed_sheets(site.content, sessions, site.language, _printing(site)), name)


def session_sheet(request: HttpRequest, edition: str, session: str) -> HttpResponse:
    """Give one session's sheet, for the moderator's table. Two queries: hundreds of sheets would crowd the memory."""
    site = site_of(edition)
    found = [one for one in session_sheets_pdf.sheet_sessions(site.content) if one.slug == session]
    if not found:
        raise Http404
    return _sheets(request, site, found, f"{session}-{edition}")


def session_sheets(request: HttpRequest, edition: str) -> HttpResponse:
    """Give the sheets of all sessions, in the order of the day and of the rooms."""
    site = site_of(edition)
    found = session_sheets_pdf.sheet_sessions(site.content)
    if not found:
        raise Http404
    return _sheets(request, site, found, f"sessions-{edition}")
