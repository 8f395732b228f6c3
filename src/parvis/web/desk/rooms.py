"""Venues and rooms at the desk: where an edition is held, and what each of its rooms is fitted with."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parvis.domain.access import Permission
from parvis.queries.edition_page import access_room, access_venue, list_editions_at, list_placed_in
from parvis.queries.versions import version_of
from parvis.services import venues as services
from parvis.web.desk.deletion import answer_deletion
from parvis.web.desk.forms import answer_form
from parvis.web.desk.forms_editions import ROOM_COLUMNS, VENUE_COLUMNS, RoomForm, VenueForm
from parvis.web.desk.forms_layout import sent
from parvis.web.desk.frame import Desk, desk_page


def _columns(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.EDIT_EDITIONS)
def venue_new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Add a venue, and hold this edition there."""
    initial = {"country": "FR", "timezone": "Europe/Paris", "held_here": desk.edition.venue_id is None}
    form = VenueForm(sent(request), initial=initial, new=True)

    def save() -> Any:
        return services.save_venue(
            actor=desk.actor,
            venue_id=None,
            values=form.venue_values(),
            edition_id=desk.edition.pk if form.cleaned_data["held_here"] else None,
        )

    return answer_form(
        request,
        form,
        save,
        done=gettext("The venue is added. Its rooms come next."),
        to=lambda saved: reverse("desk:venue", args=[desk.edition.slug, saved.pk]),
        template="desk/grouped_form.html",
        context={
            "heading": gettext("Add a venue"),
            "back": reverse("desk:edition", args=[desk.edition.slug]),
            "back_name": gettext("Edition"),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.READ_DESK)
def venue(request: HttpRequest, desk: Desk, venue_id: int) -> HttpResponse:
    """Show a venue with the editions held there, and change it."""
    row = access_venue(desk.actor, venue_id=venue_id)
    context = {
        "venue": row,
        "editions": list_editions_at(desk.actor, venue_id=venue_id),
        "heading": str(row),
        "back": reverse("desk:edition", args=[desk.edition.slug]),
        "back_name": gettext("Edition"),
        "may_edit": desk.actor.may(Permission.EDIT_EDITIONS),
        "here": desk.edition.venue_id == row.pk,
    }
    if not context["may_edit"]:
        if request.method == "POST":
            desk.actor.require(Permission.EDIT_EDITIONS)
        return render(request, "desk/editions/venue.html", context)
    initial = {**_columns(row, VENUE_COLUMNS), "version": version_of(row)}
    form = VenueForm(sent(request), initial=initial, new=False)

    def save() -> Any:
        return services.save_venue(actor=desk.actor, venue_id=venue_id, values=form.venue_values(), seen=form.seen)

    def fresh() -> tuple[str, dict[str, Any]]:
        now = access_venue(desk.actor, venue_id=venue_id)
        return version_of(now), _columns(now, VENUE_COLUMNS)

    return answer_form(
        request,
        form,
        save,
        done=gettext("The venue is changed. The site shows it when you publish it."),
        to=lambda saved: reverse("desk:venue", args=[desk.edition.slug, saved.pk]),
        template="desk/editions/venue.html",
        context=context,
        fresh=fresh,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.EDIT_EDITIONS)
def room_new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Add a room to the edition's venue; without a venue, lead to where it is named."""
    if desk.edition.venue_id is None:
        sentence = gettext("Name the venue first: rooms belong to it.")
        messages.add_message(request, messages.WARNING, sentence, extra_tags="refusal")
        return redirect("desk:venue_new", desk.edition.slug)
    form = RoomForm(sent(request))

    def save() -> Any:
        values = {name: value for name, value in form.values().items() if value is not None}
        return services.save_room(actor=desk.actor, venue_id=desk.edition.venue_id, room_id=None, values=values)

    def to(_saved: Any) -> str:
        return reverse("desk:room_new" if "again" in request.POST else "desk:rooms", args=[desk.edition.slug])

    return answer_form(
        request,
        form,
        save,
        done=gettext("The room “%(name)s” is added.") % {"name": form["name"].value() or ""},
        to=to,
        template="desk/editions/room_new.html",
        context={
            "heading": gettext("Add a room"),
            "lead": desk.edition.venue_name,
            "back": reverse("desk:rooms", args=[desk.edition.slug]),
            "back_name": gettext("Rooms"),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.READ_DESK)
def room(request: HttpRequest, desk: Desk, room_id: int) -> HttpResponse:
    """Show a room with what is placed in it, and change it."""
    row = access_room(desk.actor, room_id=room_id, venue_id=desk.edition.venue_id)
    placed = list_placed_in(desk.actor, room_id=room_id)
    may_edit = desk.actor.may(Permission.EDIT_EDITIONS)
    context = {
        "room": row,
        "placed": [(p, p.starts_at.astimezone(desk.zone), p.ends_at.astimezone(desk.zone)) for p in placed],
        "heading": row.name,
        "back": reverse("desk:rooms", args=[desk.edition.slug]),
        "back_name": gettext("Rooms"),
        "may_edit": may_edit,
    }
    if not may_edit:
        if request.method == "POST":
            desk.actor.require(Permission.EDIT_EDITIONS)
        return render(request, "desk/editions/room.html", context)
    form = RoomForm(sent(request), initial={**_columns(row, ROOM_COLUMNS), "version": version_of(row)})

    def save() -> Any:
        return services.save_room(
            actor=desk.actor, venue_id=row.venue_id, room_id=row.pk, values=form.values(), seen=form.seen
        )

    def fresh() -> tuple[str, dict[str, Any]]:
        now = access_room(desk.actor, room_id=room_id, venue_id=desk.edition.venue_id)
        return version_of(now), _columns(now, ROOM_COLUMNS)

    return answer_form(
        request,
        form,
        save,
        done=gettext("The room is changed. The site shows it when you publish it."),
        to=lambda _saved: reverse("desk:rooms", args=[desk.edition.slug]),
        template="desk/editions/room.html",
        context=context,
        fresh=fresh,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.EDIT_EDITIONS)
def room_delete(request: HttpRequest, desk: Desk, room_id: int) -> HttpResponse:
    """Delete a room in which nothing is placed; otherwise say how much is."""
    row = access_room(desk.actor, room_id=room_id, venue_id=desk.edition.venue_id)
    return answer_deletion(
        request,
        row,
        lambda: services.delete_room(actor=desk.actor, room_id=room_id),
        heading=gettext("Delete the room “%(name)s”?") % {"name": row.name},
        lead=gettext("It leaves the venue for every edition. Nothing is placed in it."),
        button=gettext("Delete the room"),
        done=gettext("The room “%(name)s” is deleted.") % {"name": row.name},
        back=(reverse("desk:room", args=[desk.edition.slug, room_id]), row.name),
        to=reverse("desk:rooms", args=[desk.edition.slug]),
    )
