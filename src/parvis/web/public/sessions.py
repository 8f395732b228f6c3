"""A session's page: everything that its release says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from parvis.domain.awards import AWARD_KIND_NAMES, AwardKind
from parvis.domain.languages import language_names
from parvis.domain.programme.release import DocumentContent, RoomContent
from parvis.domain.programme.sdgs import SDG_NAMES
from parvis.domain.programme.sessions import DOCUMENT_KIND_NAMES, PROCEEDINGS, DocumentKind, SessionMode
from parvis.domain.typography import listed
from parvis.web.kept_pages import shared_page
from parvis.web.public.editions import Site, frame, site_of
from parvis.web.public.presentation import SessionView, text_of
from parvis.web.public.subjects import theme_names


@dataclass(frozen=True, slots=True)
class Goal:
    """A sustainable development goal: number, name, and the sessions that serve it too."""

    number: int
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document or a piece of the proceedings."""

    title: str
    kind: str
    language: str
    language_name: str
    address: str


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The sessions that begin together with one, in order, and those beside it."""

    sessions: list[SessionView]
    previous: SessionView | None
    following: SessionView | None


def _goals(site: Site, session: SessionView) -> list[Goal]:
    programme = site.programme.addresses.page("programme")
    return [
        Goal(number, gettext(SDG_NAMES[number]), f"{programme}?sdg={number}")
        for number in sorted(set(session.content.sdgs))
        if number in SDG_NAMES
    ]


def _document(document: DocumentContent, language: str) -> DocumentLine:
    kinds = {str(kind): name for kind, name in DOCUMENT_KIND_NAMES.items()}
    kind = gettext(kinds.get(document.kind, DOCUMENT_KIND_NAMES[DocumentKind.HANDOUT]))
    names = language_names([document.language], language) if document.language else []
    return DocumentLine(document.title or kind, kind, document.language, names[0] if names else "", document.url)


def _documents(site: Site, session: SessionView) -> tuple[list[DocumentLine], list[DocumentLine]]:
    """Return what was put beside a session before it, and its proceedings."""
    before: list[DocumentLine] = []
    after: list[DocumentLine] = []
    for document in session.content.documents:
        (after if document.kind in PROCEEDINGS else before).append(_document(document, site.language))
    return before, after


def neighbours_of(site: Site, session: SessionView) -> Neighbours:
    """Return the sessions that begin at the same moment, breaks aside."""
    together = [
        other
        for other in site.programme.sessions
        if session.starts and other.starts == session.starts and not other.is_break
    ]
    if session not in together:
        return Neighbours([], None, None)
    at = together.index(session)
    return Neighbours(
        together,
        together[at - 1] if at else None,
        together[at + 1] if at + 1 < len(together) else None,
    )


def _ceremony(site: Site, session: SessionView) -> dict[str, Any]:
    """Return who is honoured at a ceremony, and the awards that are given in a session."""
    honours = site.content.honours if session.content.format == "ceremony" else []
    return {
        "honours": [
            {
                "name": honour.person,
                "mandate": text_of(honour.mandate, site.language),
                "group": text_of(honour.group, site.language),
                "fictional": honour.fictional,
            }
            for honour in honours
        ],
        "awards": [
            (
                gettext(AWARD_KIND_NAMES[AwardKind(award.kind)]),
                text_of(award.name, site.language),
                [text_of(name, site.language) for name in award.laureates],
                [text_of(name, site.language) for name in award.fictional_laureates],
            )
            for award in site.content.awards
            if award.session == session.content.slug
        ],
    }


def _room(site: Site, session: SessionView) -> RoomContent | None:
    return next((room for room in site.content.rooms if room.slug == session.content.room), None)


@shared_page
def session(request: HttpRequest, edition: str, session: str) -> HttpResponse:
    """Show one session."""
    site = site_of(edition)
    found = site.programme.session(session)
    if found is None or found.is_break:
        raise Http404
    addresses = site.programme.addresses
    documents, proceedings = _documents(site, found)
    content = found.content
    ceremony = _ceremony(site, found)
    said = (found.abstract, found.people, documents, proceedings, text_of(content.practical_note, site.language))
    context = frame(
        site,
        session=found,
        has_text=any(said) or any(ceremony.values()),
        themes=theme_names(site, found),
        goals=_goals(site, found),
        group_address=addresses.of("group", content.group_code) if content.group_code else "",
        room=_room(site, found),
        room_address=addresses.of("room", content.room) if content.room else "",
        practical_note=text_of(content.practical_note, site.language),
        spoken=listed(language_names(content.spoken, site.language), site.language),
        interpreted=listed(language_names(content.interpreted, site.language), site.language),
        is_online=content.mode in {SessionMode.ONLINE, SessionMode.HYBRID},
        documents=documents,
        proceedings=proceedings,
        neighbours=neighbours_of(site, found),
        calendar_address=addresses.of("session_calendar", content.slug) if found.starts else "",
        **ceremony,
    )
    return render(request, "public/session.html", context)
