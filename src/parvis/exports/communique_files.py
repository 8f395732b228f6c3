"""A press release as files that leave the house: a page, a PDF, a DOCX."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from parvis.domain.communiques.document import Document, from_json
from parvis.domain.programme.release import in_language
from parvis.domain.refusals import NotFound
from parvis.exports.communiques_docx import render_docx
from parvis.exports.communiques_html import render_html
from parvis.exports.communiques_pdf import render_pdf
from parvis.exports.paving import banner_svg
from parvis.queries.releases import get_release_content, list_public_editions

if TYPE_CHECKING:
    from parvis.models import Communique

FORMATS = ("html", "pdf", "docx")
CONTENT_TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_STYLE = (
    "body{max-width:42rem;margin:3rem auto;padding:0 1.25rem;color:#17233b;background:#faf7f1;"
    "font:1.06rem/1.55 'Atkinson Hyperlegible Next',Verdana,sans-serif}"
    "h1,h2,.communique-lead{font-family:Newsreader,Georgia,serif;line-height:1.2}"
    ".communique-lead{font-size:1.2em;line-height:1.4}.kicker{color:#a83f2a;font-weight:700}"
    ".communique-dateline,.communique-mentions{color:#4d5a73}a{color:inherit}mark{background:#f3d9cf}"
)


def figure_address(edition_slug: str, code: str, *, language: str) -> str:
    """Return the whole address of a figure's definition on the public site."""
    with translation.override(language):
        return f"{settings.PARVIS_SITE_URL.rstrip('/')}{reverse('public:figures', args=[edition_slug])}#{code}"


def document_of(communique: Communique, language: str) -> Document:
    """Return the text of a press release in one language, or raise `NotFound`."""
    for text in communique.texts.all():
        if text.language == language:
            return from_json(text.document)
    raise NotFound


def _banner(edition_slug: str, language: str) -> str:
    edition = next((e for e in list_public_editions() if e.slug == edition_slug), None)
    content = get_release_content(edition) if edition else None
    return banner_svg(content, language) if content else ""


def render_communique(communique: Communique, language: str, format_name: str) -> bytes:
    """Return a press release in one language as "html", "pdf" or "docx"."""
    document = document_of(communique, language)
    slug = communique.edition.slug
    address = partial(figure_address, slug, language=language)
    organisation = in_language(communique.facts["federation"], language) or ""
    made_at: datetime = communique.published_at or communique.drafted_at or timezone.now()
    with translation.override(language):
        kicker = gettext("Press release")
    if format_name == "pdf":
        return render_pdf(
            document,
            figure_address=address,
            organisation=organisation,
            kicker=kicker,
            made_at=made_at,
            banner=_banner(slug, language),
        )
    if format_name == "docx":
        return render_docx(document, figure_address=address, author=organisation, made_at=made_at, kicker=kicker)
    page = format_html(
        '<!doctype html>\n<html lang="{}"><head><meta charset="utf-8"><meta name="viewport" '
        'content="width=device-width"><title>{}</title><style>{}</style></head>\n<body><main><p class="kicker">{}</p>\n'
        "{}\n</main></body></html>\n",
        language,
        document.title(),
        mark_safe(_STYLE),
        kicker,
        render_html(document, figure_address=address),
    )
    return page.encode()
