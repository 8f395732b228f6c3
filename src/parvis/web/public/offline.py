"""The edition without a network: an installable site, and the list of what a service worker keeps of a release.

The worker (`js/offline/worker.js`) fetches every listed page of one version, and only then shows that version when the
network is lost. The list names public pages alone: what is personal is not on it, and is never kept.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language_info, gettext

from parvis.queries.communiques import list_published
from parvis.web.kept_pages import shared_page
from parvis.web.public.editions import Site, frame, site_of

WORKER = Path(__file__).resolve().parents[1] / "static" / "parvis" / "js" / "offline" / "worker.js"
# Kept first, and all that is kept where the reader saves data: what one needs on the way and on the day.
CORE = ("edition", "programme", "programme_grid", "programme_index", "programme_rooms", "own_programme", "practical")
MORE = ("speakers", "themes", "groups", "organisations", "partners", "figures", "formats")
ICONS = (
    ("icons/icon-192.png", "192x192", "any"),
    ("icons/icon-512.png", "512x512", "any"),
    ("icons/maskable-192.png", "192x192", "maskable"),
    ("icons/maskable-512.png", "512x512", "maskable"),
)
PAPER = "#faf7f1"


def _published(edition: str) -> Site:
    """Return the edition's site. Raises `Http404` before its first release: there is nothing to keep."""
    site = site_of(edition)
    if site.edition.release_number is None:
        raise Http404
    return site


def _core(site: Site) -> list[str]:
    addresses = site.programme.addresses
    return [addresses.page("offline"), *filter(None, map(addresses.page, CORE))]


def _more(site: Site) -> list[str]:
    addresses, content = site.programme.addresses, site.content
    found = [session.address for session in site.programme.sessions if not session.is_break]
    found += [addresses.page(name) for name in MORE]
    found += [addresses.of("speaker", speaker.slug) for speaker in content.speakers]
    found += [addresses.of("room", room.slug) for room in content.rooms]
    found += [addresses.of("theme", slug) for slug in {t.slug: None for s in content.sessions for t in s.themes}]
    found += [addresses.of("group", code) for code in {s.group_code: None for s in content.sessions if s.group_code}]
    found += [site.communiques_address]
    found += [addresses.of("communique", str(row.number)) for row in list_published(site.edition.slug)]
    return list(dict.fromkeys(filter(None, found)))


def _on_visit(site: Site) -> list[str]:
    """Return what is kept only by who opened it: a screen at a door starts again without a network."""
    addresses = site.programme.addresses
    found = [addresses.page("lobby_display"), *(addresses.of("room_display", room.slug) for room in site.content.rooms)]
    return list(filter(None, found))


def _version(site: Site, *addresses: list[str]) -> str:
    """Return a print of all that shapes the pages: release, the edition's state, what is open, the site's own files."""
    files = [static(f"parvis/{name}") for name in ("css/public.css", "css/programme.css", "js/programme.js")]
    told = repr((site.editions, site.register_address, site.calls_address, addresses, files))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


@shared_page
def manifest(request: HttpRequest, edition: str) -> HttpResponse:
    """Give what a browser needs to install the edition as an application."""
    site = _published(edition)
    addresses = site.programme.addresses
    home = addresses.page("edition")
    shortcuts = [
        {"name": name, "url": address}
        for name, address in (
            (gettext("Programme"), addresses.page("programme")),
            (gettext("My programme"), addresses.page("own_programme")),
            (gettext("Practical information"), addresses.page("practical")),
        )
        if address
    ]
    return JsonResponse(
        {
            "id": home,
            "name": f"{site.short_name} {edition}",
            "short_name": str(site.short_name)[:30],
            "description": str(site.title),
            "lang": site.language,
            "dir": "rtl" if get_language_info(site.language)["bidi"] else "ltr",
            "start_url": home,
            "scope": home,
            "display": "standalone",
            "background_color": PAPER,
            "theme_color": PAPER,
            "categories": ["events", "government"],
            "icons": [
                {"src": static(f"parvis/{path}"), "sizes": sizes, "type": "image/png", "purpose": purpose}
                for path, sizes, purpose in ICONS
            ],
            "shortcuts": shortcuts,
        },
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )


@shared_page
def offline_list(request: HttpRequest, edition: str) -> HttpResponse:
    """List what is kept of the current release; `version` changes whenever one of the pages may have."""
    site = _published(edition)
    core, more, on_visit = _core(site), _more(site), _on_visit(site)
    return JsonResponse(
        {
            "edition": edition,
            "release": site.edition.release_number,
            "released_at": site.edition.released_at.isoformat() if site.edition.released_at else "",
            "version": _version(site, core, more, on_visit),
            "fallback": core[0],
            "core": core,
            "more": more,
            "on_visit": on_visit,
            "static": settings.STATIC_URL,
        }
    )


@shared_page
def worker(request: HttpRequest, edition: str) -> HttpResponse:
    """Give the service worker; its own address says which edition, in which language, it covers."""
    _published(edition)
    return HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")


@shared_page
def offline(request: HttpRequest, edition: str) -> HttpResponse:
    """Show what stands in for a page that is not kept, while there is no network."""
    return render(request, "public/offline.html", frame(_published(edition)))
