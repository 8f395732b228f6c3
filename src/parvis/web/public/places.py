"""Rooms: what takes place in each, and the page of one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from parvis.web.kept_pages import shared_page
from parvis.web.public.editions import frame, site_of


@shared_page
def rooms(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the programme by room."""
    site = site_of(edition)
    context = frame(site, rooms=site.programme.rooms(), days=site.programme.days())
    return render(request, "public/programme_rooms.html", context)


@shared_page
def room(request: HttpRequest, edition: str, room: str) -> HttpResponse:
    """Show one room: how many seats, where, and what takes place in it."""
    site = site_of(edition)
    found = next((place for place in site.programme.rooms() if place.slug == room), None)
    if found is None:
        raise Http404
    here = [session for session in site.programme.sessions if session.content.room == room and session.starts]
    addresses = site.programme.addresses
    context = frame(
        site,
        room=found,
        days=site.programme.days(here),
        display_address=addresses.of("room_display", room),
        feed_address=addresses.of("room_calendar", room),
    )
    return render(request, "public/room.html", context)
