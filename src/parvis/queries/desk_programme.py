"""The desk's list of sessions, and of the rooms that they are held in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from parvis.domain.access import Actor, Permission
from parvis.domain.programme.sessions import COUNTED_ON, SessionFormat, SessionStatus
from parvis.domain.text import fold
from parvis.models import Honour, Intervention, Room, Session
from parvis.queries.paging import RowsPage, page_of
from parvis.queries.session_texts import lacking_texts

Rows = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class SessionFilters:
    """What narrows the list. `day` is an ISO date; `lacks` is one of placement, speakers, mandate, or of texts:
    text (a required one, in any language) and check (of texts that are there), text_fr, check_fr… in one language.
    """

    q: str = ""
    format: str = ""
    status: str = ""
    day: str = ""
    room: str = ""
    lacks: str = ""
    sort: str = ""


# What lacks speakers by its nature is not reported as lacking them.
WITHOUT_SPEAKERS = (str(SessionFormat.BREAK),)


def lacking(rows: QuerySet[Session], what: str) -> QuerySet[Session]:
    """Return the sessions that lack something; cancelled ones lack nothing."""
    rows = rows.exclude(status=SessionStatus.CANCELLED)
    speaking = Intervention.objects.filter(session=OuterRef("pk"), answer__in=sorted(COUNTED_ON))
    if what == "placement":
        return rows.filter(placement__isnull=True)
    if what == "speakers":
        return rows.exclude(format__in=WITHOUT_SPEAKERS).filter(~Exists(speaking))
    if what == "mandate":
        return rows.filter(Exists(speaking.filter(mandate__isnull=True)))
    return lacking_texts(rows, what)


def day_bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the first moment of a day in a zone, and of the next."""
    return datetime.combine(day, time(), zone), datetime.combine(day + timedelta(days=1), time(), zone)


def matching_sessions(edition_id: int, filters: SessionFilters, zone: ZoneInfo) -> QuerySet[Session]:
    """Return the sessions that the filters leave, in their order. `zone` is the venue's."""
    rows: QuerySet[Session] = Session.objects.filter(edition_id=edition_id)
    if filters.format:
        rows = rows.filter(format=filters.format)
    if filters.status:
        rows = rows.filter(status=filters.status)
    if filters.room:
        rows = rows.filter(placement__room__slug=filters.room)
    if filters.lacks:
        rows = lacking(rows, filters.lacks)
    try:
        first, after = day_bounds(date.fromisoformat(filters.day), zone)
        rows = rows.filter(placement__starts_at__gte=first, placement__starts_at__lt=after)
    except ValueError:
        pass  # no day, or not one
    for word in fold(filters.q).split():
        rows = rows.filter(Q(folded__contains=word) | Q(code__icontains=word))
    if filters.sort == "title":
        return rows.order_by("folded", "id")
    if filters.sort == "code":
        return rows.order_by("code", "id")
    return rows.order_by("placement__starts_at", "placement__room__position", "code", "id")


def list_sessions(
    actor: Actor, *, edition_id: int, filters: SessionFilters, zone: ZoneInfo, page: int = 1
) -> RowsPage[Session]:
    """Return one page of sessions with place, time and how many speak (`speakers`). Three queries."""
    actor.require(Permission.READ_DESK)
    return page_of(
        matching_sessions(edition_id, filters, zone),
        number=page,
        dressed=lambda rows: rows.select_related("placement__room", "group").annotate(speakers=Count("interventions")),
    )


def list_session_ids(actor: Actor, *, edition_id: int, filters: SessionFilters, zone: ZoneInfo) -> list[int]:
    """Return the keys of all sessions that the filters leave, on every page. One query. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    return list(matching_sessions(edition_id, filters, zone).values_list("pk", flat=True))


def access_sessions_to_export(actor: Actor, *, edition_id: int, filters: SessionFilters, zone: ZoneInfo) -> Rows:
    """Return every session that the filters leave, with all that a spreadsheet tells. Three queries."""
    actor.require(Permission.READ_DESK)
    rows = matching_sessions(edition_id, filters, zone).select_related("placement__room", "group", "host")
    return rows.prefetch_related("session_themes__theme")


def access_interventions_to_export(actor: Actor, *, edition_id: int, filters: SessionFilters, zone: ZoneInfo) -> Rows:
    """Return who speaks in the sessions that the filters leave. One query."""
    actor.require(Permission.READ_DESK)
    return (
        Intervention.objects.filter(session__in=matching_sessions(edition_id, filters, zone).order_by().values("pk"))
        .select_related("session", "person", "mandate__organisation")
        .order_by("session__code", "position", "pk")
    )


def list_rooms(actor: Actor, *, edition_id: int, venue_id: int | None) -> Rows:
    """Return the rooms of the edition's venue with how many sessions each holds (`sessions_here`). One query."""
    actor.require(Permission.READ_DESK)
    here = Q(placements__session__edition_id=edition_id)
    return (
        Room.objects.filter(venue_id=venue_id or 0)
        .select_related("venue")
        .annotate(sessions_here=Count("placements", filter=here))
        .order_by("position", "name")
    )


def list_honours(actor: Actor, *, edition_id: int) -> Rows:
    """Return the presidencies honoured at the edition's ceremonies. One query."""
    actor.require(Permission.READ_DESK)
    return (
        Honour.objects.filter(session__edition_id=edition_id)
        .select_related("session", "presidency__group", "presidency__mandate__person")
        .order_by("session", "position", "pk")
    )
