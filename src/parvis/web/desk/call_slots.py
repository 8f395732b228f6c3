"""The slots of a call at the desk: made in a row, who holds which, taken away while they are free."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from parvis.domain.access import Permission
from parvis.domain.refusals import NotAllowed, Refusal
from parvis.queries.call_slots import list_rooms_for_slots, list_slots
from parvis.queries.calls import access_call
from parvis.services.slots import SlotsMade, make_slots, remove_slots
from parvis.web.desk.calls import call_frame
from parvis.web.desk.forms import add_refusal
from parvis.web.desk.forms_calls import SlotsForm
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.refusals import say


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.READ_DESK)
def slots(request: HttpRequest, desk: Desk, call: str) -> HttpResponse:
    """Show the slots by day, and make more."""
    found = access_call(desk.actor, edition_id=desk.edition.pk, slug=call)
    rooms = list_rooms_for_slots(desk.actor, venue_id=desk.edition.venue_id)
    data = request.POST if request.method == "POST" else None
    form = SlotsForm(data, rooms=rooms, days=desk.edition.days, length=found.duration_min)
    clashing: list[dict[str, Any]] = []
    if form.is_valid():
        values = form.cleaned_data
        try:
            made = make_slots(
                actor=desk.actor,
                call_id=found.pk,
                room_ids=[int(room) for room in values["rooms"]],
                day=values["day"],
                first=values["first"],
                last=values["last"],
                every_min=values["every_min"],
            )
        except NotAllowed:
            raise
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            _tell(request, made)
            if not made.clashing:
                return redirect("desk:call_slots", desk.edition.slug, found.slug)
            names = {room.pk: room.name for room in rooms}
            clashing = [
                {"room": names[slot.room_id], "starts_at": slot.starts_at.astimezone(desk.zone), "title": slot.clash}
                for slot in made.clashing
            ]
            found = access_call(desk.actor, edition_id=desk.edition.pk, slug=call)
    elif data is not None:
        desk.actor.require(Permission.EDIT_CALLS)
    lines: list[dict[str, Any]] = [
        {"line": line, "starts_at": line.starts_at.astimezone(desk.zone), "ends_at": line.ends_at.astimezone(desk.zone)}
        for line in list_slots(desk.actor, call=found)
    ]
    context = {
        **call_frame(desk, found, tab="call_slots"),
        "form": form,
        "days": [(day, list(rows)) for day, rows in groupby(lines, key=lambda row: row["starts_at"].date())],
        "rooms": rooms,
        "free": sum(1 for row in lines if row["line"].free),
        "total": len(lines),
        "clashing": clashing,
    }
    return render(request, "desk/calls/slots.html", context, status=422 if form.is_bound and form.errors else 200)


def _tell(request: HttpRequest, made: SlotsMade) -> None:
    """Say how many slots are new, and how many were there."""
    if made.made:
        words = ngettext("%(count)s slot is made.", "%(count)s slots are made.", made.made)
        messages.success(request, words % {"count": made.made})
    if made.there:
        words = ngettext("%(count)s slot was there already.", "%(count)s slots were there already.", made.there)
        messages.info(request, words % {"count": made.there})


@require_POST
@desk_page(Permission.EDIT_CALLS)
def remove(request: HttpRequest, desk: Desk, call: str) -> HttpResponse:
    """Take away the slots that are ticked."""
    found = access_call(desk.actor, edition_id=desk.edition.pk, slug=call)
    keys = [int(key) for key in request.POST.getlist("slot") if key.isdecimal() and len(key) < 19]
    try:
        count = remove_slots(actor=desk.actor, call_id=found.pk, slot_ids=keys)
    except NotAllowed:
        raise
    except Refusal as refusal:
        messages.add_message(request, messages.WARNING, say(refusal), extra_tags="refusal")
    else:
        if count:
            words = ngettext("%(count)s slot is deleted.", "%(count)s slots are deleted.", count)
            messages.success(request, words % {"count": count})
        else:
            messages.info(request, gettext("Tick the slots to delete."))
    return redirect("desk:call_slots", desk.edition.slug, found.slug)
