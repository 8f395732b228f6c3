"""Press releases on the public site, and as files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from parvis.domain.communiques.document import BlockKind, plain
from parvis.domain.refusals import NotFound
from parvis.exports.communique_files import CONTENT_TYPES, document_of, render_communique
from parvis.exports.communiques_html import render_html
from parvis.queries.communiques import get_published, list_published
from parvis.web.kept_pages import shared_page
from parvis.web.public.editions import frame, page_language, site_of


@shared_page
def communiques(request: HttpRequest, edition: str) -> HttpResponse:
    """List the published press releases of an edition, the newest first."""
    site = site_of(edition)
    rows = []
    for communique in list_published(edition):
        document = document_of(communique, site.language)
        lead = next((plain(b.lines[0]) for b in document.blocks if b.kind == BlockKind.LEAD), "")
        rows.append({"communique": communique, "title": document.title(), "lead": lead})
    return render(request, "public/communiques.html", frame(site, rows=rows))


@shared_page
def communique(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    """Show one published press release; a newer one that corrects it is named."""
    site = site_of(edition)
    published = list(list_published(edition))
    shown = next((row for row in published if row.number == number), None)
    if shown is None:
        raise Http404
    newer = published[0] if published[0].number > number else None
    figures = reverse("public:figures", args=[edition])
    document = document_of(shown, site.language)
    context = frame(
        site,
        communique=shown,
        title=document.title(),
        body=render_html(document, figure_address=lambda code: f"{figures}#{code}"),
        newer=newer,
    )
    return render(request, "public/communique.html", context)


@shared_page
def communique_file(request: HttpRequest, edition: str, number: int, ending: str) -> HttpResponse:
    """Give one published press release as a PDF or a DOCX."""
    language = page_language()
    try:
        body = render_communique(get_published(edition, number), language, ending)
    except NotFound:
        raise Http404 from None
    response = HttpResponse(body, content_type=CONTENT_TYPES[ending])
    name = f"communique-{edition}-{number}-{language}.{ending}"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
