"""Screens: at a room's door what is on and what follows, in the lobby all rooms at once.

The page holds every day as a list, which reads without scripts; `js/display.js` shows the moment from it, fetches the
page anew now and then (a tag and no body while nothing changed), and keeps the last state when the network is lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe

from parvis.exports.paving import paving_svg, stones_of
from parvis.exports.session_words import languages_said
from parvis.queries.room_changes import get_former_room, get_spare_room, list_room_changes
from parvis.web.kept_pages import shared_page
from parvis.web.public.editions import Site, frame, site_of
from parvis.web.public.session_views import SessionView

# How the running clock is written: the other hours stand in the page, written by `domain.typography`.
CLOCKS = {"fr": "{h}\u00a0h\u00a0{mm}", "en": "{h}.{mm}"}
USUAL_ZONE = "Europe/Paris"


@dataclass(frozen=True)
class Turn:
    """A session as a screen shows it; `moved_to` names the room where it takes place instead of this one."""

    session: SessionView
    language: str
    moved_to: str = ""

    @cached_property
    def languages(self) -> str:
        """Languages spoken and interpreted into, in words."""
        return languages_said(self.session.content, self.language)


@dataclass(frozen=True)
class Board:
    """One room's days."""

    name: str
    slug: str
    building: str
    days: list[tuple[date, list[Turn]]]


def _days(turns: Iterable[Turn]) -> list[tuple[date, list[Turn]]]:
    ordered = sorted(turns, key=lambda turn: turn.session.starts.timestamp() if turn.session.starts else 0.0)
    return [
        (date.fromisoformat(day), list(found)) for day, found in groupby(ordered, key=lambda t: t.session.content.day)
    ]


def _turns(site: Site, slug: str) -> list[Turn]:
    placed = (session for session in site.programme.sessions if session.starts)
    return [Turn(session, site.language) for session in placed if session.content.room == slug]


def _moved_away(site: Site, name: str) -> list[Turn]:
    """Return the sessions that were in the room of this name in an earlier release, and are in another one now."""
    left = dict.fromkeys(change.session for change in list_room_changes(site.edition.id) if change.before == name)
    sessions = site.programme.by_guid
    return [
        Turn(sessions[guid], site.language, moved_to=sessions[guid].room)
        for guid in left
        if guid in sessions and sessions[guid].starts and sessions[guid].room not in {"", name}
    ]


def _board(site: Site, slug: str) -> Board:
    """Return a room's board, empty for one that waits. Raises `Http404` for what is no room of the venue either."""
    known = next((room for room in site.content.rooms if room.slug == slug), None)
    name = known.name if known else get_former_room(site.edition.id, slug) or get_spare_room(site.edition.id, slug)
    if name is None:
        raise Http404
    turns = [*_turns(site, slug), *_moved_away(site, name)]
    return Board(name, slug, known.building if known else "", _days(turns))


def _band(site: Site) -> SafeString:
    stones = stones_of(site.content, site.language)
    return mark_safe(paving_svg(stones, width=1920, height=48, row_height=24, joint=1.6))


def _screen(request: HttpRequest, template: str, site: Site, **more: object) -> HttpResponse:
    venue = site.content.edition.venue
    context = frame(
        site,
        band=_band(site),
        zone=venue.timezone if venue else USUAL_ZONE,
        clock=CLOCKS.get(site.language, "{h}:{mm}"),
        **more,
    )
    return render(request, template, context)


@shared_page
def room_display(request: HttpRequest, edition: str, room: str) -> HttpResponse:
    """Show the screen at a room's door."""
    site = site_of(edition)
    return _screen(request, "public/display_room.html", site, board=_board(site, room))


@shared_page
def lobby_display(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the screen of the lobby: every room, now and next."""
    site = site_of(edition)
    boards = [Board(room.name, room.slug, room.building, _days(_turns(site, room.slug))) for room in site.content.rooms]
    return _screen(request, "public/display_lobby.html", site, boards=boards)
