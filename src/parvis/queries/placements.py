"""Where and when a session could take place instead, as the timetable's rules have it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from parvis.domain.access import Actor, Permission
from parvis.domain.timetable.free_places import places_to_offer
from parvis.domain.timetable.moves import Standing
from parvis.domain.timetable.placements import Place
from parvis.models import Placement, Session
from parvis.queries.timetable import Timetable, build_timetable
from parvis.queries.versions import version_of

NOT_PLACED = "not-placed"


@dataclass(frozen=True, slots=True)
class FreePlace:
    """A room and a time at which a session could take place, in the venue's zone."""

    room_id: int
    room: str
    capacity: int | None
    starts_at: datetime
    ends_at: datetime


def print_of(placement: Placement | None) -> str:
    """Return a short print of where a session stands, to tell whether somebody moved it meanwhile."""
    return NOT_PLACED if placement is None else version_of(placement)


def find_free_places(timetable: Timetable, *, session_id: int, wanted: Standing) -> list[Place]:
    """Return where a session of that length could stand instead, breaking no hard rule, nearest to where it is wanted.

    Nothing where it is cancelled, or is wanted in no room of the venue. No query.
    """
    code = next((code for code, pk in timetable.session_ids.items() if pk == session_id), None)
    room = next((slug for slug, pk in timetable.room_ids.items() if pk == wanted.room), None)
    if code is None or room is None or wanted.starts_at is None:
        return []
    problem = timetable.problem
    near = Place(room, problem.timeline.minute(wanted.starts_at))
    session = replace(problem.session_of[code], duration_min=wanted.duration_min, fixed_start=None, fixed_room=None)
    if session != problem.session_of[code]:
        problem = problem.with_session(session)
    found = places_to_offer(problem, timetable.rules, timetable.placements, code, near=near)
    return [slot.place for slot in found]


def list_free_places(actor: Actor, *, session: Session, room_id: int, starts_at: datetime) -> list[FreePlace]:
    """Return where else, or when else, a session could take place, nearest to what was wanted. One `build_timetable`.

    Raises `NotAllowed`, `EditionHasNoDays`.
    """
    actor.require(Permission.READ_DESK)
    timetable = build_timetable(session.edition_id)
    problem = timetable.problem
    wanted = Standing(room_id, starts_at, session.duration_min)
    return [
        FreePlace(
            room_id=timetable.room_ids[place.room],
            room=problem.room_of[place.room].name,
            capacity=problem.room_of[place.room].capacity,
            starts_at=problem.moment(place.start),
            ends_at=problem.moment(place.start) + timedelta(minutes=session.duration_min),
        )
        for place in find_free_places(timetable, session_id=session.pk, wanted=wanted)
    ]
