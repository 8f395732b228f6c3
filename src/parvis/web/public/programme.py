"""The programme as a list and as a grid, filtered by the address, and the index that filters it in the browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from parvis.domain.programme.grid import Cell, grid_of
from parvis.web.kept_pages import keep_with_query, shared_page
from parvis.web.public.editions import Site, frame, site_of
from parvis.web.public.filtering import Filtering, may_be_kept, plain_address, read_filtering
from parvis.web.public.presentation import Programme, SessionView

LONGEST_ROW_MIN = 120  # rows have the height of their minutes, up to here


def _answer(request: HttpRequest, site: Site, template: str, filtering: Filtering, **more: Any) -> HttpResponse:
    if may_be_kept(request, filtering):
        keep_with_query(request)
    context = frame(site, filtering=filtering, views=filtering.query, **more)
    return render(request, template, context)


@shared_page
def programme(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the programme by day, or what of it answers to the filters in the address."""
    site = site_of(edition)
    filtering = read_filtering(request, site.programme)
    if not filtering.reading.is_plain:
        return redirect(plain_address(filtering))
    days = site.programme.days(filtering.sessions)
    waiting = site.programme.waiting(filtering.sessions)
    return _answer(request, site, "public/programme.html", filtering, days=days, waiting=waiting)


def _cell(cell: Cell, programme: Programme) -> str:
    """Return a place of the grid: how far it reaches, in which room it is, and the session's card if there is one."""
    rows = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    if cell.is_wide:
        where = f' colspan="{cell.columns}" data-columns="{cell.columns}" class="all-rooms"'
    else:
        where = f' data-room="{escape(cell.room)}"'
    card = programme.by_guid[cell.guid].grid_card if cell.guid else ""
    return f"<td{rows}{where}>{card}</td>"


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of the grid: when it starts, and a class for its height, in steps of five minutes."""

    starts: datetime
    begins: bool
    height: int
    cells: SafeString


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A room over the sessions that stand side by side in it."""

    slug: str
    name: str
    address: str
    seats: int | None
    width: int


@dataclass(frozen=True, slots=True)
class GridDay:
    """A day as a table."""

    date: date
    columns: list[GridColumn]
    rows: list[GridRow]


def _grid_day(site: Site, day: date, sessions: list[SessionView]) -> GridDay:
    programme = site.programme
    rooms = {room.slug: room for room in site.content.rooms}
    laid_out = grid_of((session.content for session in sessions), list(rooms))
    columns = [
        GridColumn(
            slug=column.room,
            name=rooms[column.room].name if column.room in rooms else gettext("Room to be announced"),
            address=programme.addresses.of("room", column.room) if column.room in rooms else "",
            seats=rooms[column.room].capacity if column.room in rooms else None,
            width=column.width,
        )
        for column in laid_out.columns
    ]
    rows = [
        GridRow(
            starts=row.starts,
            begins=row.begins,
            height=min(row.minutes, LONGEST_ROW_MIN) // 5 * 5,
            cells=mark_safe("".join(_cell(cell, programme) for cell in row.cells)),  # numbers, slugs escaped, cards
        )
        for row in laid_out.rows
    ]
    return GridDay(day, columns, rows)


@shared_page
def grid(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the programme as a grid for each day: time down, rooms across."""
    site = site_of(edition)
    filtering = read_filtering(request, site.programme)
    if not filtering.reading.is_plain:
        return redirect(plain_address(filtering))
    days = [
        _grid_day(site, day.date, [session for slot in day.slots for session in slot.sessions])
        for day in site.programme.days(filtering.sessions)
    ]
    waiting = site.programme.waiting(filtering.sessions)
    return _answer(request, site, "public/programme_grid.html", filtering, days=days, waiting=waiting)


@shared_page
def index(request: HttpRequest, edition: str) -> HttpResponse:
    """Give what the sessions answer to, so that the browser filters as the server does."""
    found = site_of(edition).programme.index
    sessions = {
        guid: {**{key.value: sorted(known) for key, known in values.items() if known}, "words": found.words[guid]}
        for guid, values in found.values.items()
    }
    return JsonResponse({"sessions": sessions}, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})
