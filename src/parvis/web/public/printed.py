"""The printed programme and the session sheets, as PDF: made once for each release, then kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext

from parvis.domain.programme.release import SessionContent
from parvis.exports import programme_pdf, session_sheets_pdf
from parvis.exports.programme_pdf import Paper, Printing
from parvis.gateways.kept_files import KeptFiles, TooManyDocuments
from parvis.gateways.typst_compiler import document_key
from parvis.web.kept_pages import shared_page
from parvis.web.public.editions import Site, frame, site_of

RETRY_AFTER_S = 30


@cache
def _kept(folder: Path) -> KeptFiles:
    return KeptFiles(folder)


def _printing(site: Site) -> Printing:
    """Return which release is printed. Raises `Http404` before the first."""
    state = site.edition
    if state.release_number is None or state.released_at is None:
        raise Http404
    called_off = ""
    if site.is_called_off:
        cancelled = state.status == "cancelled"
        said = gettext("This edition was cancelled.") if cancelled else gettext("This edition is postponed.")
        called_off = f"{said} {site.reason}".strip()
    address = settings.PARVIS_SITE_URL.rstrip("/") + reverse("public:programme", args=[state.slug])
    return Printing(state.release_number, state.released_at, address, called_off)


def _answer(
    request: HttpRequest,
    site: Site,
    *,
    template: Path,
    document: dict[str, Any],
    render_document: Callable[..., bytes],
    name: str,
) -> HttpResponse:
    """Give the document as PDF; where too many are being made, say so with 503 and when to come back."""
    made_at = _printing(site).released_at
    key = document_key(template, document, made_at=made_at)
    try:
        body = _kept(Path(settings.PARVIS_PRINTED)).get_or_make(key, lambda: render_document(document, made_at=made_at))
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
    document = programme_pdf.programme_document(site.content, site.language, Paper(paper), _printing(site))
    return _answer(
        request,
        site,
        template=programme_pdf.TEMPLATE,
        document=document,
        render_document=programme_pdf.render_programme,
        name=f"programme-{edition}-{paper}",
    )


def _sheets(request: HttpRequest, site: Site, sessions: list[SessionContent], name: str) -> HttpResponse:
    document = session_sheets_pdf.session_sheets_document(site.content, sessions, site.language, _printing(site))
    return _answer(
        request,
        site,
        template=session_sheets_pdf.TEMPLATE,
        document=document,
        render_document=session_sheets_pdf.render_session_sheets,
        name=name,
    )


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
