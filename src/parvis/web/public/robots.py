"""What search engines read: which pages there are, and which are not for them."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from parvis.queries.releases import get_release_content, list_public_editions
from parvis.web.kept_pages import shared_page

PAGES = (
    "edition",
    "programme",
    "programme_grid",
    "programme_rooms",
    "themes",
    "groups",
    "speakers",
    "organisations",
    "partners",
    "practical",
    "figures",
    "formats",
)


@shared_page
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots to leave personal areas alone, and where the map is."""
    address = settings.PARVIS_SITE_URL.rstrip("/")
    lines = [
        "User-agent: *",
        "Disallow: /desk/",
        "Disallow: /door/",
        "Disallow: /accounts/",
        "Disallow: /admin/",
        f"Sitemap: {address}{reverse('public:sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@shared_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """List every public page in every language."""
    address = settings.PARVIS_SITE_URL.rstrip("/")
    places: list[tuple[str, list[str]]] = [("editions", [])]
    for edition in list_public_editions():
        places += [(name, [edition.slug]) for name in PAGES]
        content = get_release_content(edition)
        if content is not None:
            places += [("session", [edition.slug, s.slug]) for s in content.sessions if s.format != "break"]
            places += [("speaker", [edition.slug, person.slug]) for person in content.speakers]
            places += [("room", [edition.slug, room.slug]) for room in content.rooms]
            themes = {theme.slug: None for session in content.sessions for theme in session.themes}
            places += [("theme", [edition.slug, theme]) for theme in themes]
            groups = {session.group_code: None for session in content.sessions if session.group_code}
            places += [("group", [edition.slug, code]) for code in groups]
    entries = []
    for name, args in places:
        in_languages = []
        for code, _language in settings.LANGUAGES:
            with translation.override(code):
                in_languages.append((code, address + reverse(f"public:{name}", args=args)))
        entries.append(in_languages)
    return render(request, "public/sitemap.xml", {"entries": entries}, content_type="application/xml")
