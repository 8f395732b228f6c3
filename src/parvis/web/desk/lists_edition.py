"""Lists of what belongs to one edition: registrations, sessions, rooms, awards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from parvis.domain.access import Permission
from parvis.domain.network.kinds import ORGANISATION_KIND_NAMES
from parvis.domain.programme.sessions import SESSION_FORMAT_NAMES, SESSION_STATUS_NAMES, SessionFormat, SessionStatus
from parvis.domain.refusals import N_
from parvis.domain.registrations import (
    CATEGORY_KIND_NAMES,
    REGISTRATION_SOURCE_NAMES,
    REGISTRATION_STATUS_NAMES,
    RegistrationStatus,
)
from parvis.exports import lists
from parvis.queries import desk_network, desk_programme, desk_registrations
from parvis.queries.desk_editions import rooms_of_venue
from parvis.web.desk import listing
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.desk.programme import may_edit
from parvis.web.desk.session_texts import lacks_choices, text_lines

READ = Permission.READ_DESK
STATUS_TINTS = {"pending": "tint-gold", "confirmed": "tint-olive", "cancelled": "tint-brick", "draft": "tint-soft"}
_REGISTRATION_SORTS = {
    "oldest": N_("Oldest first"),
    "person": N_("By name"),
    "organisation": N_("By organisation"),
}
_LACKS = {
    "placement": N_("A room or a time"),
    "speakers": N_("Speakers"),
    "mandate": N_("A speaker’s mandate"),
}


def _sort(names: Mapping[str, str], first: str, chosen: str) -> listing.Filter:
    made = listing.one_of("sort", gettext("Order"), names, chosen)
    return listing.Filter(made.name, made.label, [listing.Choice("", first, not chosen), *made.choices[1:]])


def _hours(placement: Any, zone: ZoneInfo) -> tuple[datetime | None, datetime | None, str]:
    """Return when and where a session takes place, in the venue's time."""
    if placement is None:
        return None, None, ""
    return placement.starts_at.astimezone(zone), placement.ends_at.astimezone(zone), placement.room.name


@require_safe
@desk_page(READ)
def registrations(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the registrations, or give them as the spreadsheet of participants (`?export=xlsx`)."""
    filters = listing.read_filters(desk_registrations.RegistrationFilters, request.GET)
    if request.GET.get("export"):
        rows = desk_registrations.access_registrations_to_export(
            desk.actor, edition_id=desk.edition.pk, filters=filters
        )
        return listing.spreadsheet(
            request,
            "participants",
            lists.participant_rows(rows),
            name=f"participants-{desk.edition.slug}",
            zone=desk.zone,
        )
    page = desk_registrations.list_registrations(
        desk.actor, edition_id=desk.edition.pk, filters=filters, page=listing.read_page(request.GET)
    )
    return render(
        request,
        "desk/lists/registrations.html",
        {
            "page": page,
            "rows": [
                (
                    row,
                    gettext(REGISTRATION_STATUS_NAMES[RegistrationStatus(row.status)]),
                    STATUS_TINTS.get(row.status, "tint-soft"),
                )
                for row in page
            ],
            "filters": filters,
            "narrowed": listing.narrowed(filters),
            "export": listing.query_of(filters, export="xlsx"),
            "zone": desk.zone,
            "selects": [
                listing.one_of("status", gettext("Status"), REGISTRATION_STATUS_NAMES, filters.status),
                listing.one_of("category", gettext("Category"), CATEGORY_KIND_NAMES, filters.category),
                listing.one_of("kind", gettext("Kind of organisation"), ORGANISATION_KIND_NAMES, filters.kind),
                listing.country_filter(filters.country),
                listing.one_of("doubt", gettext("Doubtful"), {"twice": N_("Registered twice")}, filters.doubt),
                listing.one_of("source", gettext("Came by"), REGISTRATION_SOURCE_NAMES, filters.source),
                _sort(_REGISTRATION_SORTS, gettext("Latest first"), filters.sort),
            ],
            "may_edit": desk.actor.may(Permission.EDIT_REGISTRATIONS),
        },
    )


@require_safe
@desk_page(READ)
def sessions(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the sessions; `?export=xlsx` gives them, `?export=interventions` those who speak in them."""
    edition = desk.edition
    filters = listing.read_filters(desk_programme.SessionFilters, request.GET)
    wanted = request.GET.get("export")
    if wanted == "interventions":
        spoken = desk_programme.access_interventions_to_export(
            desk.actor, edition_id=edition.pk, filters=filters, zone=desk.zone
        )
        rows = lists.intervention_rows(spoken)
        return listing.spreadsheet(request, "interventions", rows, name=f"interventions-{edition.slug}")
    if wanted:
        listed = desk_programme.access_sessions_to_export(
            desk.actor, edition_id=edition.pk, filters=filters, zone=desk.zone
        )
        rows = lists.session_rows(listed, desk.zone)
        return listing.spreadsheet(request, "sessions", rows, name=f"sessions-{edition.slug}", zone=desk.zone)
    page = desk_programme.list_sessions(
        desk.actor, edition_id=edition.pk, filters=filters, zone=desk.zone, page=listing.read_page(request.GET)
    )
    days = [(day.isoformat(), date_format(day, "l j F")) for day in edition.days]
    rooms = [(room.slug, room.name) for room in rooms_of_venue(edition.venue_id)]
    lacks = [*((value, gettext(words)) for value, words in _LACKS.items()), *lacks_choices()]
    return render(
        request,
        "desk/lists/sessions.html",
        {
            "page": page,
            "rows": [
                (
                    row,
                    gettext(SESSION_FORMAT_NAMES[SessionFormat(row.format)]),
                    gettext(SESSION_STATUS_NAMES[SessionStatus(row.status)]),
                    STATUS_TINTS.get(row.status, "tint-soft"),
                    *_hours(getattr(row, "placement", None), desk.zone),
                    text_lines(row),
                )
                for row in page
            ],
            "filters": filters,
            "narrowed": listing.narrowed(filters),
            "export": listing.query_of(filters, export="xlsx"),
            "export_interventions": listing.query_of(filters, export="interventions"),
            "zone": desk.zone,
            "selects": [
                listing.one_of("format", gettext("Format"), SESSION_FORMAT_NAMES, filters.format),
                listing.one_of_said("day", gettext("Day"), days, filters.day),
                listing.one_of_said("room", gettext("Room"), rooms, filters.room),
                listing.one_of("status", gettext("Status"), SESSION_STATUS_NAMES, filters.status),
                listing.one_of_said("lacks", gettext("Lacks"), lacks, filters.lacks),
                _sort({"title": N_("By title"), "code": N_("By code")}, gettext("By time"), filters.sort),
            ],
            "may_edit": desk.actor.may(Permission.EDIT_PROGRAMME),
            "may_check": may_edit(desk),
            "chosen": [(f.name, value) for f in fields(filters) if (value := getattr(filters, f.name))],
        },
    )


@require_safe
@desk_page(READ)
def rooms(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the rooms of the edition's venue."""
    rows = desk_programme.list_rooms(desk.actor, edition_id=desk.edition.pk, venue_id=desk.edition.venue_id)
    if request.GET.get("export"):
        return listing.spreadsheet(request, "rooms", lists.room_rows(rows), name=f"rooms-{desk.edition.slug}")
    may_edit = desk.actor.may(Permission.EDIT_EDITIONS)
    return render(request, "desk/lists/rooms.html", {"rows": rows, "may_edit": may_edit})


@require_safe
@desk_page(READ)
def awards(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List what is given at the edition, to whom, and whom the ceremony honours."""
    return render(
        request,
        "desk/lists/awards.html",
        {
            "rounds": desk_network.list_award_rounds(desk.actor, edition_id=desk.edition.pk),
            "honours": desk_programme.list_honours(desk.actor, edition_id=desk.edition.pk),
            "may_edit": desk.actor.may(Permission.EDIT_PROGRAMME),
        },
    )
