"""Reads the columns of which an edition's timetable is made: one query for each kind of fact, whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.utils.translation import get_language

from parvis.domain.programme.sessions import InterventionAnswer, SessionStatus
from parvis.domain.registrations import COUNTED_STATUSES
from parvis.domain.timetable import problem as facts
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Window
from parvis.domain.timetable.timeline import Timeline
from parvis.models import (
    Availability,
    Edition,
    Enrolment,
    Group,
    GroupPresidency,
    InterpretationTeam,
    Intervention,
    Organisation,
    Person,
    Registration,
    Room,
    Session,
    SessionTheme,
)


@dataclass
class TimetableRows:
    """The facts of an edition as the timetable wants them, and which row stands behind each key."""

    rooms: tuple[facts.Room, ...] = ()
    persons: tuple[facts.Person, ...] = ()
    organisations: tuple[facts.Organisation, ...] = ()
    groups: tuple[facts.Group, ...] = ()
    themes: tuple[facts.Theme, ...] = ()
    teams: tuple[facts.InterpretationTeam, ...] = ()
    sessions: tuple[facts.Session, ...] = ()
    interventions: tuple[facts.Intervention, ...] = ()
    involvements: tuple[facts.Involvement, ...] = ()
    spans: list[Window] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    session_ids: dict[str, int] = field(default_factory=dict)
    room_ids: dict[str, int] = field(default_factory=dict)


def read_timetable_rows(edition: Edition, timeline: Timeline) -> TimetableRows:
    """Return the facts of an edition; cancelled sessions, and speakers who declined, are not among them."""
    rows = TimetableRows()
    rooms = list(Room.objects.filter(venue_id=edition.venue_id or 0))
    rows.rooms = tuple(_room(room) for room in rooms)
    rows.room_ids = {room.slug: room.pk for room in rooms}
    windows = _windows(edition.pk, timeline)
    presidents = _presidents(edition)
    themes = _themes(edition.pk, rows)
    teams = _teams(edition.pk, rows)
    hosts = _sessions(edition.pk, timeline, rows, themes, teams, {room.pk: room.slug for room in rooms})
    _people(edition.pk, rows, windows, presidents, hosts)
    _groups(edition.pk, rows, presidents)
    return rows


def read_choices(edition_id: int, rows: TimetableRows) -> tuple[facts.Registration, ...]:
    """Return all participants, with what each is enrolled in among the sessions read; two queries.

    Adds to `rows` the organisations for which they come.
    """
    codes = {pk: code for code, pk in rows.session_ids.items()}
    chosen: dict[int, list[str]] = defaultdict(list)
    counted = Enrolment.objects.filter(
        registration__edition_id=edition_id, registration__status__in=sorted(COUNTED_STATUSES)
    )
    for registration_id, session_id in counted.values_list("registration_id", "session_id").order_by("pk"):
        if session_id in codes:
            chosen[registration_id].append(codes[session_id])
    columns = ("pk", "organisation__slug", "organisation__name_fr", "organisation__name_en")
    coming = Registration.objects.filter(edition_id=edition_id, status__in=sorted(COUNTED_STATUSES)).order_by("pk")
    known = {organisation.key for organisation in rows.organisations}
    added: dict[str, facts.Organisation] = {}
    found = []
    for pk, slug, french, english in coming.values_list(*columns):
        if slug not in known and slug not in added:
            added[slug] = facts.Organisation(slug, _said(french, english))
        found.append(facts.Registration(str(pk), tuple(chosen.get(pk, ())), organisation=slug))
    rows.organisations += tuple(added[slug] for slug in sorted(added))
    return tuple(found)


def _said(french: str | None, english: str | None) -> str:
    """Return a text in the reader's language, else in the other."""
    first, second = (english, french) if (get_language() or "fr").startswith("en") else (french, english)
    return first or second or ""


def _listed(text: str) -> tuple[str, ...]:
    """Return what a person wrote as a list: parted by commas or semicolons."""
    return tuple(part.strip() for part in text.replace(";", ",").split(",") if part.strip()) if text else ()


def _room(room: Room) -> facts.Room:
    return facts.Room(
        key=room.slug,
        name=room.name,
        capacity=room.capacity,
        equipment=_listed(room.equipment),
        booths=room.booths,
        building=room.building,
        position=room.position,
    )


def _windows(edition_id: int, timeline: Timeline) -> dict[tuple[str, int], tuple[Window, ...]]:
    """Return the hours of persons and organisations that have any: ("person" or "organisation", id) → windows."""
    found: dict[tuple[str, int], list[Window]] = defaultdict(list)
    columns = ("person_id", "organisation_id", "starts_at", "ends_at")
    hours = Availability.objects.filter(edition_id=edition_id).order_by("starts_at", "pk")
    for person_id, organisation_id, starts_at, ends_at in hours.values_list(*columns):
        whose = ("person", person_id) if person_id is not None else ("organisation", organisation_id)
        found[whose].append(Window(timeline.minute(starts_at), timeline.minute(ends_at)))
    return {key: tuple(windows) for key, windows in found.items()}


def _presidents(edition: Edition) -> dict[int, int]:
    """Return who presides each group on the edition's first day: group id → person id."""
    on = edition.starts_on
    columns = ("group_id", "mandate__person_id", "starts_on", "ends_on")
    held = GroupPresidency.objects.order_by("group", "starts_on", "pk").values_list(*columns)
    return {
        group_id: person_id
        for group_id, person_id, first, last in held
        if on is None or ((first is None or first <= on) and (last is None or last >= on))
    }


def _themes(edition_id: int, rows: TimetableRows) -> dict[int, list[str]]:
    known: dict[str, facts.Theme] = {}
    of_session: dict[int, list[str]] = defaultdict(list)
    columns = ("session_id", "theme__slug", "theme__name_fr", "theme__name_en", "theme__exclusive")
    named = SessionTheme.objects.filter(session__edition_id=edition_id).order_by("position", "pk")
    for session_id, slug, french, english, exclusive in named.values_list(*columns):
        known.setdefault(slug, facts.Theme(slug, _said(french, english) or slug, exclusive))
        of_session[session_id].append(slug)
    rows.themes = tuple(known[slug] for slug in sorted(known))
    return of_session


def _teams(edition_id: int, rows: TimetableRows) -> dict[int, list[str]]:
    teams: dict[int, facts.InterpretationTeam] = {}
    of_session: dict[int, list[str]] = defaultdict(list)
    booked = InterpretationTeam.objects.filter(edition_id=edition_id).order_by("pk", "sessions__pk")
    for pk, name, languages, session_id in booked.values_list("pk", "name", "languages", "sessions__pk"):
        teams.setdefault(pk, facts.InterpretationTeam(str(pk), name, tuple(languages)))
        if session_id is not None:
            of_session[session_id].append(str(pk))
    rows.teams = tuple(teams.values())
    return of_session


def _sessions(
    edition_id: int,
    timeline: Timeline,
    rows: TimetableRows,
    themes: dict[int, list[str]],
    teams: dict[int, list[str]],
    room_slugs: dict[int, str],
) -> dict[int, tuple[str, int | None]]:
    """Read the sessions and where they stand; return, by id, each one's code and host."""
    held = Enrolment.objects.filter(
        session__edition_id=edition_id, registration__status__in=sorted(COUNTED_STATUSES)
    ).order_by()
    taken = dict(held.values_list("session_id").annotate(Count("pk")))
    found: list[facts.Session] = []
    hosts: dict[int, tuple[str, int | None]] = {}
    columns = (
        *("pk", "code", "title_fr", "title_en", "duration_min", "format", "debate_min", "group__code", "members_only"),
        *("needs", "spoken", "interpreted", "capacity", "host_id"),
        *("placement__room_id", "placement__starts_at", "placement__pinned"),
    )
    wanted = Session.objects.filter(edition_id=edition_id).exclude(status=SessionStatus.CANCELLED).order_by("code")
    for row in wanted.values_list(*columns):
        pk, code, french, english, duration_min, kind, debate_min, group, members_only = row[:9]
        needs, spoken, interpreted, capacity, host_id, room_id, starts_at, pinned = row[9:]
        room = room_slugs.get(room_id, "") if room_id is not None else ""
        place = Place(room, timeline.minute(starts_at)) if room else None
        if place is not None:
            rows.places[code] = place
            rows.spans.append(Window(place.start, place.start + duration_min))
        rows.session_ids[code] = pk
        hosts[pk] = (code, host_id)
        found.append(
            facts.Session(
                key=code,
                title=_said(french, english) or code,
                duration_min=duration_min,
                format=kind,
                debate_min=min(debate_min, duration_min),
                group=group,
                themes=tuple(themes.get(pk, ())),
                members_only=members_only,
                equipment=_listed(needs),
                spoken=tuple(spoken),
                interpreted=tuple(interpreted),
                teams=tuple(teams.get(pk, ())),
                enrolled=taken.get(pk, 0),
                capacity=capacity,
                fixed_start=place.start if place is not None and pinned else None,
                fixed_room=place.room if place is not None and pinned else None,
            )
        )
    rows.sessions = tuple(found)
    return hosts


def _people(
    edition_id: int,
    rows: TimetableRows,
    windows: dict[tuple[str, int], tuple[Window, ...]],
    presidents: dict[int, int],
    hosts: dict[int, tuple[str, int | None]],
) -> None:
    """Read who speaks where; organisations come in only where they have hours of their own."""
    columns = (
        *("session_id", "role", "length_min", "mandate__organisation_id"),
        *("person_id", "person__slug", "person__first_name", "person__last_name"),
    )
    speaking = (
        Intervention.objects.filter(session__edition_id=edition_id)
        .exclude(session__status=SessionStatus.CANCELLED)
        .exclude(answer=InterventionAnswer.DECLINED)
        .order_by("session", "position", "pk")
    )
    people: dict[int, tuple[str, str]] = {}
    interventions: list[facts.Intervention] = []
    bound = {pk for kind, pk in windows if kind == "organisation"}
    parts = {(code, host): "host" for code, host in hosts.values() if host in bound}
    for session_id, role, length_min, organisation, person_id, slug, first, last in speaking.values_list(*columns):
        people[person_id] = (slug, f"{first} {last}".strip())
        code = hosts[session_id][0]
        interventions.append(facts.Intervention(code, slug, role, length_min or 0))
        if organisation in bound:
            parts.setdefault((code, organisation), role)
    _add_presidents(people, presidents)
    rows.interventions = tuple(interventions)
    rows.persons = tuple(
        facts.Person(slug, name or slug, windows.get(("person", pk))) for pk, (slug, name) in sorted(people.items())
    )
    names = Organisation.objects.filter(pk__in=bound).order_by("pk") if bound else Organisation.objects.none()
    slugs: dict[int | None, str] = {}
    found = []
    for pk, slug, french, english in names.values_list("pk", "slug", "name_fr", "name_en"):
        slugs[pk] = slug
        found.append(facts.Organisation(slug, _said(french, english), windows.get(("organisation", pk))))
    rows.organisations = tuple(found)
    rows.involvements = tuple(facts.Involvement(code, slugs[pk], role) for (code, pk), role in parts.items())


def _add_presidents(people: dict[int, tuple[str, str]], presidents: dict[int, int]) -> None:
    lacking: Collection[int] = set(presidents.values()) - set(people)
    columns = ("pk", "slug", "first_name", "last_name")
    for pk, slug, first, last in Person.objects.filter(pk__in=lacking).values_list(*columns) if lacking else ():
        people[pk] = (slug, f"{first} {last}".strip())


def _groups(edition_id: int, rows: TimetableRows, presidents: dict[int, int]) -> None:
    """Read the groups that meet, each with its president."""
    wanted: Any = Group.objects.filter(sessions__edition_id=edition_id).distinct().order_by("code")
    groups = list(wanted.values_list("pk", "code", "name_fr", "name_en"))
    slugs = dict(
        Person.objects.filter(pk__in=[presidents[pk] for pk, *_ in groups if pk in presidents]).values_list(
            "pk", "slug"
        )
    )
    rows.groups = tuple(
        facts.Group(code, _said(french, english), slugs.get(presidents.get(pk, 0)))
        for pk, code, french, english in groups
    )
