"""Themes and groups: what there is, and the sessions of one."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from parvis.domain.programme.release import in_language
from parvis.domain.programme.sessions import InterventionRole
from parvis.domain.text import fold
from parvis.web.kept_pages import shared_page
from parvis.web.public.editions import Site, frame, site_of
from parvis.web.public.presentation import PersonLine, SessionView, Text, text_of

LEADS = frozenset({InterventionRole.PRESIDENT, InterventionRole.MODERATOR})


@dataclass(frozen=True, slots=True)
class Subject:
    """A theme or a group with its sessions."""

    code: str
    name: Text
    address: str
    sessions: list[SessionView]

    @property
    def leads(self) -> list[PersonLine]:
        """Who chairs or moderates its sessions, each once, in the order of the programme."""
        found = {p.address: p for s in self.sessions for p in s.people if p.role_code in LEADS}
        return list(found.values())


def _themes(site: Site) -> list[Subject]:
    names: dict[str, Text] = {}
    sessions: dict[str, list[SessionView]] = {}
    for session in site.programme.sessions:
        for theme in session.content.themes:
            names.setdefault(theme.slug, text_of(theme.name, site.language))
            sessions.setdefault(theme.slug, []).append(session)
    return _sorted(site, "theme", names, sessions)


def _groups(site: Site) -> list[Subject]:
    names: dict[str, Text] = {}
    sessions: dict[str, list[SessionView]] = {}
    for session in site.programme.sessions:
        code = session.content.group_code
        if code:
            names.setdefault(code, text_of(session.content.group, site.language))
            sessions.setdefault(code, []).append(session)
    return _sorted(site, "group", names, sessions)


def _sorted(site: Site, page: str, names: dict[str, Text], sessions: dict[str, list[SessionView]]) -> list[Subject]:
    addresses = site.programme.addresses
    found = [Subject(code, name, addresses.of(page, code), sessions[code]) for code, name in names.items()]
    return sorted(found, key=lambda subject: fold(subject.name.text))


def _one(request: HttpRequest, site: Site, found: list[Subject], code: str, template: str, feed: str) -> HttpResponse:
    subject = next((subject for subject in found if subject.code == code), None)
    if subject is None:
        raise Http404
    places = [subject.code for subject in found]
    at = places.index(code)
    context = frame(
        site,
        subject=subject,
        days=site.programme.days(subject.sessions),
        waiting=site.programme.waiting(subject.sessions),
        previous=found[at - 1] if at else None,
        following=found[at + 1] if at + 1 < len(found) else None,
        feed_address=site.programme.addresses.of(feed, code),
    )
    return render(request, template, context)


@shared_page
def themes(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the themes of the programme."""
    site = site_of(edition)
    return render(request, "public/themes.html", frame(site, subjects=_themes(site)))


@shared_page
def theme(request: HttpRequest, edition: str, theme: str) -> HttpResponse:
    """Show one theme with its sessions."""
    site = site_of(edition)
    return _one(request, site, _themes(site), theme, "public/theme.html", "theme_calendar")


@shared_page
def groups(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the groups that meet."""
    site = site_of(edition)
    return render(request, "public/groups.html", frame(site, subjects=_groups(site)))


@shared_page
def group(request: HttpRequest, edition: str, group: str) -> HttpResponse:
    """Show one group with its meetings, and who leads them."""
    site = site_of(edition)
    found = _groups(site)
    return _one(request, site, found, group, "public/group.html", "group_calendar")


def theme_names(site: Site, session: SessionView) -> list[tuple[str, str]]:
    """Return the themes of a session: name, and the address of its page."""
    addresses = site.programme.addresses
    return [(in_language(t.name, site.language), addresses.of("theme", t.slug)) for t in session.content.themes]
