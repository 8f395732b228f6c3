"""What a participant chose: the page that a script fills from the browser, and the pages behind a secret address."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.domain.access import PUBLIC
from parvis.domain.own_programmes import clashes
from parvis.domain.programme.release import SessionContent
from parvis.domain.refusals import NotFound, Refusal
from parvis.domain.tickets import qr_svg
from parvis.domain.typography import clock
from parvis.queries.own_programmes import ChosenSessions, access_own_programme
from parvis.services.own_programmes import change_own_programme, create_own_programme, forget_own_programme
from parvis.web.kept_pages import shared_page
from parvis.web.personal import personal
from parvis.web.public.editions import Site, frame, site_of
from parvis.web.public.presentation import SessionView
from parvis.web.rate_limits import is_allowed
from parvis.web.refusals import say

P = ParamSpec("P")
MOST_SENT = 1000  # guids in one form


@dataclass(frozen=True, slots=True)
class ChosenLine:
    """A chosen session, with a sentence for each other that it clashes with."""

    session: SessionView
    clashes: list[str]


@dataclass(frozen=True, slots=True)
class ChosenSlot:
    """Chosen sessions that begin together."""

    starts: datetime
    sessions: list[ChosenLine]


@dataclass(frozen=True, slots=True)
class ChosenDay:
    """A day of somebody's own programme."""

    date: date
    slots: list[ChosenSlot]


@shared_page
def mine(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the page that a script fills with the stars of this browser; the same for everybody."""
    site = site_of(edition)
    context = frame(site, days=site.programme.days(), waiting=site.programme.waiting())
    return render(request, "public/own_programme.html", context)


def address_of(site: Site, name: str, token: str) -> str:
    """Return the whole address of a page behind a secret address."""
    return settings.PARVIS_SITE_URL.rstrip("/") + reverse(f"public:{name}", args=[site.edition.slug, token])


def by_token(
    view: Callable[Concatenate[HttpRequest, Site, ChosenSessions, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, str, str, P], HttpResponse]:
    """Give a view what is kept under its address; one that holds nothing gets a page that says so."""

    @wraps(view)
    def opened(request: HttpRequest, edition: str, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        site = site_of(edition)
        try:
            found = access_own_programme(token, edition_id=site.edition.id)
        except NotFound:
            status = 404 if is_allowed(request, "token") else 429
            return render(request, "public/own_programme_unknown.html", frame(site), status=status)
        return view(request, site, found, *args, **kwargs)

    return opened  # type: ignore[return-value]  # Concatenate knows no names, and the address gives them by name


def _clash_words(site: Site, others: Iterable[SessionContent]) -> list[str]:
    said = []
    for other in others:
        shown = site.programme.by_guid[other.guid]
        if shown.starts and shown.ends:
            said.append(
                gettext("At the same time as “{title}”, {from} to {to}").format_map(
                    {
                        "title": shown.title.text,
                        "from": clock(shown.starts, site.language),
                        "to": clock(shown.ends, site.language),
                    }
                )
            )
    return said


@require_safe
@personal(sends_form=True)
@by_token
def copy(request: HttpRequest, site: Site, found: ChosenSessions) -> HttpResponse:
    """Show what is kept under a secret address, by time and with its clashes, and how to take it along."""
    programme = site.programme
    chosen = [session for session in programme.sessions if session.content.guid in set(found.sessions)]
    told = clashes(session.content for session in chosen)
    days = [
        ChosenDay(
            day.date,
            [
                ChosenSlot(
                    slot.starts,
                    [ChosenLine(s, _clash_words(site, told.get(s.content.guid, ()))) for s in slot.sessions],
                )
                for slot in day.slots
            ],
        )
        for day in programme.days(chosen)
    ]
    feed = address_of(site, "own_programme_feed", found.token)
    page = address_of(site, "own_programme_copy", found.token)
    context = frame(
        site,
        chosen=chosen,
        stored=found.sessions,
        gone=len(found.sessions) - len(chosen),
        shown_days=days,
        waiting=programme.waiting(chosen),
        clash_count=sum(len(others) for others in told.values()) // 2,
        token=found.token,
        saved="kept" in request.GET,
        feed_address=feed,
        feed_path=reverse("public:own_programme_feed", args=[site.edition.slug, found.token]),
        webcal_address="webcal://" + feed.partition("://")[2],
        change_address=reverse("public:own_programme_change", args=[site.edition.slug, found.token]),
        forget_address=reverse("public:own_programme_forget", args=[site.edition.slug, found.token]),
        kept_until=found.kept_until,
        code=qr_svg(page),
    )
    return render(request, "public/own_programme_copy.html", context)


def _form(
    request: HttpRequest, site: Site, *, chosen: Iterable[str], changes: bool, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = frame(
        site,
        days=site.programme.days(),
        waiting=site.programme.waiting(),
        chosen=set(chosen),
        changes=changes,
        refusal=refusal,
    )
    return render(request, "public/own_programme_choose.html", context, status=status)


def _posted(request: HttpRequest) -> list[str]:
    return request.POST.getlist("session")[:MOST_SENT]


def _kept(site: Site, token: str) -> HttpResponse:
    return redirect(reverse("public:own_programme_copy", args=[site.edition.slug, token]) + "?kept=1")


@require_http_methods(["GET", "HEAD", "POST"])
@personal(sends_form=True)
def choose(request: HttpRequest, edition: str) -> HttpResponse:
    """Choose sessions in a plain form, for those without scripts; `?add=` names one that is chosen already."""
    site = site_of(edition)
    if request.method != "POST":
        added = site.programme.session(request.GET.get("add", ""))
        return _form(request, site, chosen=[added.content.guid] if added else [], changes=False)
    sessions = _posted(request)
    if not is_allowed(request, "own_programme"):
        said = gettext("Too many forms came from your address. Wait ten minutes, then send it again.")
        return _form(request, site, chosen=sessions, changes=False, refusal=said, status=429)
    try:
        kept = create_own_programme(actor=PUBLIC, edition=site.edition, sessions=sessions)
    except Refusal as refusal:
        return _form(request, site, chosen=sessions, changes=False, refusal=say(refusal), status=422)
    return _kept(site, kept.token)


@require_http_methods(["GET", "HEAD", "POST"])
@personal(sends_form=True)
@by_token
def choose_again(request: HttpRequest, site: Site, found: ChosenSessions) -> HttpResponse:
    """Change in a plain form what is kept under a secret address."""
    if request.method != "POST":
        return _form(request, site, chosen=found.sessions, changes=True)
    sessions = _posted(request)
    shown = set(site.programme.by_guid)
    try:
        change_own_programme(
            actor=PUBLIC,
            edition=site.edition,
            token=found.token,
            add=sessions,
            remove=[guid for guid in found.sessions if guid in shown and guid not in sessions],
        )
    except Refusal as refusal:
        return _form(request, site, chosen=sessions, changes=True, refusal=say(refusal), status=422)
    return _kept(site, found.token)


@csrf_exempt  # whoever has the address may: nothing that a browser sends by itself gives the right
@require_POST
@personal()
def forget(request: HttpRequest, edition: str, token: str) -> HttpResponse:
    """Erase what is kept under a secret address, at once."""
    site = site_of(edition)
    forget_own_programme(actor=PUBLIC, edition=site.edition, token=token)
    if request.content_type == "application/json":
        return HttpResponse(status=204)
    return redirect("public:own_programme", edition=site.edition.slug)
