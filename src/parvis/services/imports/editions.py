"""Takes in the federation, its series and editions, venues and rooms."""

from __future__ import annotations

from datetime import date, datetime

from parvis.domain.editions import DatesOutOfOrder, EditionStatus, check_transition
from parvis.domain.imports import ImportRow, RowPlan, UnknownSeries, VenueMissing
from parvis.domain.network.kinds import OrganisationKind
from parvis.domain.slugs import slug_of
from parvis.domain.text import fold
from parvis.models import Edition, Federation, Room, Series, Venue
from parvis.services.imports.organisations import Organisations
from parvis.services.imports.workspace import Workspace


def _series(workspace: Workspace) -> dict[str, Series]:
    if "series" not in workspace.shelf:
        workspace.shelf["series"] = {row.slug: row for row in Series.objects.select_related("federation")}
    rows: dict[str, Series] = workspace.shelf["series"]
    return rows


def _venues(workspace: Workspace) -> dict[tuple[str, str], Venue]:
    if "venues" not in workspace.shelf:
        workspace.shelf["venues"] = {(fold(v.name_fr or v.name_en or ""), fold(v.city)): v for v in Venue.objects.all()}
    rows: dict[tuple[str, str], Venue] = workspace.shelf["venues"]
    return rows


def take_federation(workspace: Workspace, row: ImportRow, plan: RowPlan) -> None:
    """Plan the federation and its series."""
    v = row.values
    plan.label = str(v["organisation"])
    finder = Organisations.of(workspace)
    organisation, _ = finder.find(str(v["organisation"]), kind=OrganisationKind.FEDERATION)
    workspace.set(organisation, {"short_name": v.get("short_name"), "website": v.get("website")}, plan)
    federation = (
        None if organisation._state.adding else Federation.objects.filter(organisation_id=organisation.pk).first()
    )
    if federation is None:
        federation = workspace.add(Federation(organisation=organisation))
        plan.created()
    names = (
        "about_fr",
        "about_en",
        "founded_year",
        "website",
        "meetings_website",
        "social_handle",
        "press_email",
        "city",
    )
    workspace.set(federation, {name: v.get(name) for name in names}, plan)
    slug = str(v.get("series") or "")
    if slug:
        series = _series(workspace).get(slug)
        if series is None:
            series = workspace.add(Series(slug=slug, federation=federation))
            _series(workspace)[slug] = series
        workspace.set(
            series,
            {
                "name_fr": v.get("series_name_fr"),
                "name_en": v.get("series_name_en"),
                "short_name_fr": v.get("series_short_name_fr"),
                "short_name_en": v.get("series_short_name_en"),
            },
            plan,
        )


def _venue(workspace: Workspace, row: ImportRow, plan: RowPlan) -> Venue | None:
    v = row.values
    name, city = str(v.get("venue_fr") or v.get("venue_en") or ""), str(v.get("city") or "")
    if not name:
        return None
    key = (fold(name), fold(city))
    venue = _venues(workspace).get(key)
    if venue is None:
        venue = workspace.add(Venue(name_fr=name, city=city))
        _venues(workspace)[key] = venue
    workspace.set(
        venue,
        {"name_en": v.get("venue_en"), "address": v.get("address"), "country": v.get("country")},
        plan,
    )
    return venue


def take_edition(workspace: Workspace, row: ImportRow, plan: RowPlan) -> None:
    """Plan one edition. A new one takes the state that the sheet gives; a known one moves along the allowed ways."""
    v = row.values
    slug, number = str(v["series"]), int(str(v["number"]))
    plan.label = f"{slug} {number}"
    series = _series(workspace).get(slug)
    if series is None:
        raise UnknownSeries(series=slug, field="series")
    if "editions" not in workspace.shelf:
        workspace.shelf["editions"] = {(e.series_id, e.number): e for e in Edition.objects.all()}
    editions: dict[tuple[int, object], Edition] = workspace.shelf["editions"]
    key = (series.pk or -id(series), number)
    edition = editions.get(key)
    if edition is None:
        edition = workspace.add(Edition(series=series, number=number, slug=str(v["slug"])))
        editions[key] = edition
        plan.created()
    elif v.get("status"):
        check_transition(EditionStatus(edition.status), EditionStatus(str(v["status"])))
    first, last = v.get("starts_on"), v.get("ends_on")
    if isinstance(first, date) and isinstance(last, date) and last < first:
        raise DatesOutOfOrder(field="ends_on")
    values: dict[str, object] = {
        name: v.get(name)
        for name in (
            "slug",
            "name_fr",
            "name_en",
            "theme_fr",
            "theme_en",
            "context_fr",
            "context_en",
            "status",
            "starts_on",
            "ends_on",
            "announced_month",
            "status_reason_fr",
            "status_reason_en",
            "hashtag",
            "practical_info_fr",
            "practical_info_en",
            "thanks_fr",
            "thanks_en",
        )
    }
    for name in ("registration_opens_at", "registration_closes_at", "cancelled_at"):
        moment = v.get(name)
        values[name] = workspace.aware(moment) if isinstance(moment, datetime) else None
    venue = _venue(workspace, row, plan)
    if venue is not None and (edition._state.adding or edition.venue_id is None or venue.pk != edition.venue_id):
        values["venue"] = venue
    workspace.set(edition, values, plan)


def rooms_of(workspace: Workspace) -> dict[tuple[int, str], Room]:
    """Return every room by its venue's key and folded name; new ones are there too."""
    if "rooms" not in workspace.shelf:
        workspace.shelf["rooms"] = {(r.venue_id, fold(r.name)): r for r in Room.objects.all()}
    rows: dict[tuple[int, str], Room] = workspace.shelf["rooms"]
    return rows


def take_room(workspace: Workspace, row: ImportRow, plan: RowPlan) -> None:
    """Plan one room of the venue that the row or the edition names."""
    v = row.values
    name = str(v["name"])
    plan.label = name
    venue = workspace.edition.venue if workspace.edition else None
    if v.get("venue"):
        wanted = (fold(str(v["venue"])), fold(str(v.get("city") or (venue.city if venue else ""))))
        venue = _venues(workspace).get(wanted, venue)
    if venue is None:
        raise VenueMissing(field="venue")
    key = (venue.pk or -id(venue), fold(name))
    room = rooms_of(workspace).get(key)
    if room is None:
        taken = {r.slug for (venue_key, _), r in rooms_of(workspace).items() if venue_key == key[0]}
        room = workspace.add(Room(venue=venue, name=name, slug=slug_of(name, taken, longest=80)))
        rooms_of(workspace)[key] = room
        plan.created()
    workspace.set(
        room, {"capacity": v.get("capacity"), "equipment": v.get("equipment"), "position": v.get("position")}, plan
    )
