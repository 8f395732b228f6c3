"""Who receives people in the rooms, at the desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from parvis.domain.access import Permission
from parvis.domain.languages import language_name
from parvis.queries.desk_editions import rooms_of_venue
from parvis.queries.log import list_history
from parvis.queries.room_hosts import access_room_host, list_room_hosts, rooms_without_host
from parvis.queries.versions import version_of
from parvis.services import room_hosts as services
from parvis.web.desk.deletion import answer_deletion
from parvis.web.desk.forms import answer_form
from parvis.web.desk.forms_layout import sent
from parvis.web.desk.forms_timetable import RoomHostForm, columns_of
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.desk.history import lines_of
from parvis.web.desk.programme import EDIT, may_edit
from parvis.web.desk.timetable_json import spoken

LIST = "desk:timetable_hosts"


@require_safe
@desk_page(Permission.READ_DESK)
def listing(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the hosts room by room, and the rooms that have none."""
    edition = desk.edition
    hosts = list_room_hosts(desk.actor, edition_id=edition.pk)
    return render(
        request,
        "desk/timetable/hosts.html",
        {
            "fact": "hosts",
            "rows": [(host, language_name(host.language, spoken())) for host in hosts],
            "without": rooms_without_host(desk.actor, edition_id=edition.pk, venue_id=edition.venue_id),
            "rooms": rooms_of_venue(edition.venue_id),
            "may_edit": may_edit(desk),
        },
    )


def _save(desk: Desk, form: RoomHostForm, host_id: int | None) -> Any:
    return services.save_room_host(
        actor=desk.actor, edition_id=desk.edition.pk, host_id=host_id, values=form.host_values(), seen=form.seen
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def create(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Name a host; `?room=` names the room that is known."""
    initial = {"room": request.GET.get("room", ""), "language": "fr"}
    form = RoomHostForm(sent(request), rooms=rooms_of_venue(desk.edition.venue_id), initial=initial)
    return answer_form(
        request,
        form,
        lambda: _save(desk, form, None),
        done=gettext("%(name)s is host of the room.") % {"name": form["name"].value() or ""},
        to=lambda _saved: reverse(LIST, args=[desk.edition.slug]),
        template="desk/form.html",
        context={
            "heading": gettext("Add a room host"),
            "lead": gettext("Whoever receives people in a room gets a mail when what takes place there changes."),
            "back": reverse(LIST, args=[desk.edition.slug]),
            "back_name": gettext("Room hosts"),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def change(request: HttpRequest, desk: Desk, host_id: int) -> HttpResponse:
    """Change a host."""

    def current() -> Any:
        return access_room_host(desk.actor, edition_id=desk.edition.pk, host_id=host_id)

    def columns(row: Any) -> dict[str, Any]:
        return {**columns_of(row, ("name", "email", "language")), "room": row.room_id}

    row = current()
    form = RoomHostForm(
        sent(request),
        rooms=rooms_of_venue(desk.edition.venue_id),
        initial={**columns(row), "version": version_of(row)},
    )

    def fresh() -> tuple[str, dict[str, Any]]:
        now = current()
        return version_of(now), columns(now)

    return answer_form(
        request,
        form,
        lambda: _save(desk, form, host_id),
        done=gettext("The host is changed."),
        to=lambda _saved: reverse(LIST, args=[desk.edition.slug]),
        template="desk/timetable/fact_form.html",
        context={
            "heading": row.name,
            "lead": row.room.name,
            "back": reverse(LIST, args=[desk.edition.slug]),
            "back_name": gettext("Room hosts"),
            "delete": reverse("desk:timetable_host_remove", args=[desk.edition.slug, host_id]),
            "lines": lines_of(list_history(desk.actor, subjects={"roomhost": [host_id]}), desk.zone),
        },
        fresh=fresh,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def remove(request: HttpRequest, desk: Desk, host_id: int) -> HttpResponse:
    """Take a host away."""
    row = access_room_host(desk.actor, edition_id=desk.edition.pk, host_id=host_id)
    return answer_deletion(
        request,
        row,
        lambda: services.remove_room_host(actor=desk.actor, edition_id=desk.edition.pk, host_id=host_id),
        heading=gettext("Take away %(name)s, host of %(room)s?") % {"name": row.name, "room": row.room.name},
        lead=gettext("They hear no more of what changes in the room."),
        button=gettext("Take away"),
        done=gettext("%(name)s is no longer host of %(room)s.") % {"name": row.name, "room": row.room.name},
        back=(reverse(LIST, args=[desk.edition.slug]), gettext("Room hosts")),
        to=reverse(LIST, args=[desk.edition.slug]),
    )
