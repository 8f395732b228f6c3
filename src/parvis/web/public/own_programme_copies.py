"""The copy of somebody's stars, for scripts and calendars: made, kept in step, read as a feed, drawn as a QR code."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from parvis.domain.access import PUBLIC
from parvis.domain.own_programmes import ChoiceUnreadable
from parvis.domain.refusals import NotFound, Refusal
from parvis.domain.tickets import qr_svg
from parvis.exports.calendars import programme_calendar
from parvis.queries.own_programmes import ChosenSessions, access_own_programme
from parvis.services.own_programmes import change_own_programme, create_own_programme
from parvis.web.personal import personal
from parvis.web.public.editions import Site, site_of
from parvis.web.public.formats import edition_address
from parvis.web.public.own_programmes import MOST_SENT, address_of
from parvis.web.rate_limits import is_allowed
from parvis.web.refusals import say

LONGEST_GUID = 64


def _read(request: HttpRequest, *names: str) -> list[list[str]]:
    """Return lists of guids from a JSON body. Raises `ChoiceUnreadable`.

    Only `application/json` is read: another site's form cannot send it, and its script has to ask first.
    """
    try:
        said: Any = json.loads(request.body) if request.content_type == "application/json" else None
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise ChoiceUnreadable
    lists = [said.get(name, []) for name in names]
    for guids in lists:
        right = isinstance(guids, list) and len(guids) <= MOST_SENT
        if not right or not all(isinstance(guid, str) and len(guid) <= LONGEST_GUID for guid in guids):
            raise ChoiceUnreadable
    return lists


def _said(site: Site, kept: ChosenSessions, *, status: int = 200) -> JsonResponse:
    feed = address_of(site, "own_programme_feed", kept.token)
    page = address_of(site, "own_programme_copy", kept.token)
    return JsonResponse(
        {"token": kept.token, "sessions": kept.sessions, "feed": feed, "page": page, "until": str(kept.kept_until)},
        status=status,
    )


def _refused(sentence: str, status: int) -> JsonResponse:
    return JsonResponse({"sentence": sentence}, status=status)


def _too_many() -> JsonResponse:
    return _refused(gettext("Too many requests came from your address. Wait ten minutes."), 429)


@csrf_exempt  # nothing that a browser sends by itself gives a right here; see `_read` for other sites
@require_POST
@personal()
def keep(request: HttpRequest, edition: str) -> HttpResponse:
    """Keep the stars of a browser under a new secret address."""
    site = site_of(edition)
    if not is_allowed(request, "own_programme"):
        return _too_many()
    try:
        (add,) = _read(request, "add")
        kept = create_own_programme(actor=PUBLIC, edition=site.edition, sessions=add)
    except Refusal as refusal:
        return _refused(say(refusal), 422)
    return _said(site, kept, status=201)


@csrf_exempt  # whoever has the address may
@require_POST
@personal()
def change(request: HttpRequest, edition: str, token: str) -> HttpResponse:
    """Add and take out what changed on one device; the answer is what holds for all."""
    site = site_of(edition)
    if not is_allowed(request, "own_programme_change"):
        return _too_many()
    try:
        add, remove = _read(request, "add", "remove")
        kept = change_own_programme(actor=PUBLIC, edition=site.edition, token=token, add=add, remove=remove)
    except NotFound as refusal:
        return _refused(say(refusal), 404 if is_allowed(request, "token") else 429)
    except Refusal as refusal:
        return _refused(say(refusal), 422)
    return _said(site, kept)


@require_safe
@personal()
def feed(request: HttpRequest, edition: str, token: str) -> HttpResponse:
    """Give the chosen sessions as a calendar, as the current release has them."""
    site = site_of(edition)
    try:
        found = access_own_programme(token, edition_id=site.edition.id)
    except NotFound:
        status = 404 if is_allowed(request, "token") else 429
        return HttpResponse(status=status, content_type="text/plain; charset=utf-8")
    chosen = set(found.sessions)
    body = programme_calendar(
        site.content,
        language=site.language,
        site=edition_address(edition),
        written_at=site.edition.said_at,
        release=site.edition.release_number or 0,
        sessions=[session for session in site.content.sessions if session.guid in chosen],
        name=gettext("My programme"),
        source=address_of(site, "own_programme_feed", found.token),
        called_off=site.called_off,
    )
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="parvis-{edition}.ics"'
    response.headers["ETag"] = etag
    conditional = get_conditional_response(request, etag=etag, response=response)
    return conditional or response


@require_safe
@personal()
def code(request: HttpRequest, edition: str, token: str) -> HttpResponse:
    """Draw the address of the page as a QR code, for another device."""
    site = site_of(edition)
    return HttpResponse(qr_svg(address_of(site, "own_programme_copy", token)), content_type="image/svg+xml")
