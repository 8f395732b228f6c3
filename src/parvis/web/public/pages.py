"""The edition, its figures, and the other editions."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from parvis.domain.editions import EDITION_STATUS_NAMES
from parvis.domain.programme.public_editions import PublicEdition
from parvis.exports.paving import header_svg
from parvis.web.kept_pages import shared_page
from parvis.web.public import figures as shown_figures
from parvis.web.public.editions import Site, frame, page_language, site_of
from parvis.web.public.presentation import Text, text_of


def _home(request: HttpRequest, site: Site) -> HttpResponse:
    organisations = reverse("public:organisations", args=[site.edition.slug])
    context = frame(
        site,
        paving=header_svg(site.content, site.language, address=organisations),
        figures=shown_figures.front_page(site.content, site.language),
        days=site.programme.days(),
        partners=[(text_of(p.name, site.language), p) for p in site.content.partners],
        editions=[_line(edition, site.language) for edition in site.editions],
    )
    return render(request, "public/home.html", context)


@shared_page
def front(request: HttpRequest) -> HttpResponse:
    """Show the current edition; before the first is announced, say so."""
    try:
        site = site_of(None)
    except Http404:
        return render(request, "public/nothing_yet.html")
    return _home(request, site)


@shared_page
def edition_home(request: HttpRequest, edition: str) -> HttpResponse:
    """Show one edition."""
    return _home(request, site_of(edition))


@shared_page
def practical(request: HttpRequest, edition: str) -> HttpResponse:
    """Show how to come, and what to know before."""
    site = site_of(edition)
    venue = site.content.edition.venue
    context = frame(
        site,
        venue=venue,
        access=text_of(venue.access if venue else {}, site.language),
        information=text_of(site.content.edition.practical_info, site.language),
    )
    return render(request, "public/practical.html", context)


@shared_page
def figures(request: HttpRequest, edition: str) -> HttpResponse:
    """Show every public figure with its definition and the snapshot that it comes from."""
    site = site_of(edition)
    topics = shown_figures.by_topic(site.content, site.language)
    return render(request, "public/figures.html", frame(site, topics=topics, snapshot=site.content.figures))


@dataclass(frozen=True, slots=True)
class EditionLine:
    """An edition in the list of all: its state in words."""

    edition: PublicEdition
    name: Text
    theme: Text
    venue: Text
    reason: Text
    state: str


def _line(edition: PublicEdition, language: str) -> EditionLine:
    state = gettext("cancelled on the day") if edition.cancelled_on_the_day else ""
    return EditionLine(
        edition=edition,
        name=text_of(edition.name, language),
        theme=text_of(edition.theme, language),
        venue=text_of(edition.venue_name, language),
        reason=text_of(edition.status_reason, language),
        state=state or gettext(EDITION_STATUS_NAMES[edition.status]),
    )


@shared_page
def editions(request: HttpRequest) -> HttpResponse:
    """Show every edition that was announced, the newest first, each with its state."""
    try:
        site = site_of(None)
    except Http404:
        return render(request, "public/nothing_yet.html")
    lines = [_line(edition, page_language()) for edition in site.editions]
    return render(request, "public/editions.html", frame(site, lines=lines))
