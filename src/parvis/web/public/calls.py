"""Calls for proposals on the public site: what is asked, until when, how it is judged.

These pages are not kept like the others: they are not made from a release, and a call opens and closes by the clock.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from parvis.domain.calls.proposals import LONGEST_ABSTRACT, LONGEST_TITLE, MOST_SPEAKERS, SHORTEST_ABSTRACT
from parvis.domain.calls.questions import read_criteria
from parvis.domain.calls.reviews import HIGHEST, LOWEST
from parvis.domain.programme.sessions import SESSION_FORMAT_NAMES, SessionFormat
from parvis.domain.refusals import NotFound
from parvis.queries.calls import find_call, list_public_calls
from parvis.queries.desk_editions import zone_of
from parvis.queries.proposals import is_open, questions_of
from parvis.web.public.editions import frame, site_of
from parvis.web.public.presentation import text_of


def _line(call: Any, language: str, now: datetime) -> dict[str, Any]:
    """Return a call as its pages show it, moments in the venue's zone."""
    zone = zone_of(call.edition)
    return {
        "call": call,
        "name": text_of({"fr": call.name_fr or "", "en": call.name_en or ""}, language),
        "text": text_of({"fr": call.text_fr or "", "en": call.text_en or ""}, language),
        "format": gettext(SESSION_FORMAT_NAMES[SessionFormat(call.format)]),
        "open": is_open(call, now=now),
        "opens_at": call.opens_at.astimezone(zone),
        "closes_at": call.closes_at.astimezone(zone),
        "choose_by": call.choose_by.astimezone(zone) if call.choose_by else None,
    }


def _live(response: HttpResponse) -> HttpResponse:
    """Let no cache between us and the reader answer for a page that the clock changes."""
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
def calls(request: HttpRequest, edition: str) -> HttpResponse:
    """List the calls of an edition, those that are open first. Three queries."""
    site = site_of(edition)
    now = timezone.now()
    lines = [_line(call, site.language, now) for call in list_public_calls(site.edition.id, now=now)]
    lines.sort(key=lambda line: not line["open"])
    return _live(render(request, "public/calls.html", frame(site, lines=lines)))


@require_safe
def call(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Show one call. Three queries. One that has not opened yet is not found."""
    site = site_of(edition)
    now = timezone.now()
    try:
        found = find_call(edition, call, now=now)
    except NotFound:
        raise Http404 from None
    language = site.language
    context = frame(
        site,
        **_line(found, language, now),
        questions=[(question.label(language), question.help(language)) for question in questions_of(found)],
        criteria=[(criterion.name(language), criterion.weight) for criterion in read_criteria(found.criteria)],
        weighted=len({criterion.weight for criterion in read_criteria(found.criteria)}) > 1,
        limits={
            "title": LONGEST_TITLE,
            "least": SHORTEST_ABSTRACT,
            "most": LONGEST_ABSTRACT,
            "speakers": MOST_SPEAKERS,
            "lowest": LOWEST,
            "highest": HIGHEST,
        },
    )
    return _live(render(request, "public/call.html", context))
