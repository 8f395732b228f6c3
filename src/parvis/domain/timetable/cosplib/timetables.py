"""An instance as a timetable: its sessions are days, its submissions sessions, its terms rules.

A slot lasts `SLOT_MIN` minutes. The first session opens at minute 0, each other one a day later (more days where a
session is longer than a day): how far apart they are means nothing in CoSPLib, only their order does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from parvis.domain.timetable import rules as r
from parvis.domain.timetable.cosplib.conflicts import attendee_pairs, chair_pairs, ordered_pairs, presenter_pairs
from parvis.domain.timetable.cosplib.instance import SLOT_MIN, CosplibInstance, CosplibSession, Zones
from parvis.domain.timetable.fields import A_DAY
from parvis.domain.timetable.json_form import Timetable
from parvis.domain.timetable.placements import Placements
from parvis.domain.timetable.problem import Day, Problem, Room, Session, Theme
from parvis.domain.timetable.rules import Rule
from parvis.domain.timetable.timeline import Timeline

FIRST_DAY = date(2000, 1, 3)  # any day will do: the dates of instances are not to be relied on
FORMAT = "talk"
ORDER_AT_ONCE = "order_at_once"


def timetable_of(instance: CosplibInstance) -> Timetable:
    """Return the instance as a problem with its rules, nothing placed yet.

    Each weighted term is a rule (the order is two) whose key is the term's name: what `violations()` says of complete
    placements costs what CoSPLib's objective is. Raises what `Problem` raises.
    """
    return Timetable(_problem(instance), tuple(_rules(instance)), Placements())


def openings(slots: Sequence[int]) -> list[int]:
    """Return the minutes at which sessions of so many slots open."""
    apart = max(1, -(-max(slots, default=0) * SLOT_MIN // A_DAY)) * A_DAY
    return [number * apart for number in range(len(slots))]


def _problem(instance: CosplibInstance) -> Problem:
    opens = openings([session.slots for session in instance.sessions])
    return Problem(
        Timeline.from_day("UTC", FIRST_DAY),
        days=tuple(
            Day(session.name, minute, minute + SLOT_MIN * session.slots, SLOT_MIN)
            for session, minute in zip(instance.sessions, opens, strict=True)
        ),
        rooms=tuple(Room(name, name, position=at) for at, name in enumerate(instance.rooms)),
        themes=tuple(Theme(track.name, track.name) for track in instance.tracks),
        sessions=tuple(
            Session(one.reference, one.reference, SLOT_MIN * one.slots, FORMAT, themes=(one.track,))
            for one in instance.submissions
        ),
    )


def _rules(instance: CosplibInstance) -> Iterable[Rule]:
    yield r.RoomOnce(key="room_once")
    yield r.InsideDays(key="inside_days")
    yield r.OnGrid(key="on_grid")
    yield r.Placed(key="placed")
    yield r.OneThemePerCell(key="one_theme_per_cell")
    for rule in (*_of_tracks(instance), *_of_submissions(instance), *_of_pairs(instance)):
        if rule.weight:
            yield rule


def _of_tracks(instance: CosplibInstance) -> Iterable[Rule]:
    tracks = [track.name for track in instance.tracks]
    days = [session.name for session in instance.sessions]
    rooms = instance.rooms
    weight = instance.weight
    yield r.ThemePreferences(
        key="tracks_sessions",
        weight=weight("tracks_sessions"),
        penalties=tuple(
            r.ThemePenalty(amount, theme=track, day=day)
            for track, day, amount in _filled(tracks, days, instance.track_session)
        ),
    )
    yield r.ThemePreferences(
        key="tracks_rooms",
        weight=weight("tracks_rooms"),
        penalties=tuple(
            r.ThemePenalty(amount, theme=track, room=room)
            for track, room, amount in _filled(tracks, rooms, instance.track_room)
        ),
    )
    yield r.ThemePreferences(
        key="sessions_rooms",
        weight=weight("sessions_rooms"),
        penalties=tuple(
            r.ThemePenalty(amount, day=day, room=room)
            for day, room, amount in _filled(days, rooms, instance.session_room)
        ),
    )
    yield r.ThemesParallel(
        key="similar_tracks",
        weight=weight("similar_tracks"),
        pairs=tuple(r.ThemePair(one, other, amount) for one, other, amount in instance.similar if amount),
    )
    yield r.ThemeRooms(key="rooms_per_track", weight=weight("rooms_per_track"))
    yield r.ThemeSpread(key="parallel_tracks", weight=weight("parallel_tracks"))
    yield r.ThemeInOneGo(key="consecutive_tracks", weight=weight("consecutive_tracks"))
    yield r.ThemeOrder(
        key="order",
        weight=weight("order"),
        places=tuple(r.OrderPlace(one.reference, one.order) for one in instance.submissions if one.order),
    )
    yield r.ThemesParallel(
        key="chairs",
        weight=weight("chairs"),
        pairs=tuple(r.ThemePair(tracks[one], tracks[other]) for one, other in chair_pairs(instance)),
    )


def _of_submissions(instance: CosplibInstance) -> Iterable[Rule]:
    days = [session.name for session in instance.sessions]
    everyone = instance.submissions
    yield r.Preferences(
        key="timezones",
        weight=instance.weight("timezones"),
        penalties=tuple(
            r.Penalty(one.reference, amount * one.slots, day=session.name)
            for one in everyone
            for session in instance.sessions
            if (amount := zone_penalty(instance.zones, one.zone, session))
        ),
    )
    yield r.Preferences(
        key="submissions_sessions",
        weight=instance.weight("submissions_sessions"),
        penalties=tuple(
            r.Penalty(one.reference, amount * one.slots, day=day)
            for one in everyone
            for day, amount in zip(days, one.in_session, strict=True)
            if amount
        ),
    )
    yield r.Preferences(
        key="submissions_rooms",
        weight=instance.weight("submissions_rooms"),
        penalties=tuple(
            r.Penalty(one.reference, amount * one.slots, room=room)
            for one in everyone
            for room, amount in zip(instance.rooms, one.in_room, strict=True)
            if amount
        ),
    )


def _of_pairs(instance: CosplibInstance) -> Iterable[Rule]:
    names = [one.reference for one in instance.submissions]

    def pairs(found: Iterable[tuple[int, int]]) -> tuple[r.SessionPair, ...]:
        return tuple(r.SessionPair(names[one], names[other]) for one, other in found)

    presenters, attendees = pairs(presenter_pairs(instance)), pairs(attendee_pairs(instance))
    weight = instance.weight
    yield r.NotAtOnce(
        key=ORDER_AT_ONCE, weight=weight("order"), pairs=pairs(ordered_pairs(instance)), unit_min=SLOT_MIN
    )
    yield r.Apart(key="presenters", weight=weight("presenters"), pairs=presenters)
    yield r.Apart(key="attendees", weight=weight("attendees"), pairs=attendees)
    yield r.NotAtOnce(key="presenters_slot", weight=weight("presenters_slot"), pairs=presenters, unit_min=SLOT_MIN)
    yield r.NotAtOnce(key="attendees_slot", weight=weight("attendees_slot"), pairs=attendees, unit_min=SLOT_MIN)


def zone_penalty(zones: Zones, zone: int, session: CosplibSession) -> int:
    """Return what a slot of a session costs somebody in a zone, whose clock shows other hours than the conference's."""
    shift = (zone - zones.home) * 60
    starts, ends = (session.starts + shift) % A_DAY, (session.ends + shift) % A_DAY
    if starts < zones.fair_from or ends > zones.fair_to or ends < zones.fair_from:
        return zones.big
    early = zones.fair_from <= starts < zones.suitable_from
    late = zones.suitable_to < ends <= zones.fair_to
    return zones.small if early or late else 0


def _filled(
    down: Sequence[str], across: Sequence[str], matrix: Sequence[Sequence[int]]
) -> Iterable[tuple[str, str, int]]:
    """Yield the entries of a matrix that are not 0, with their names."""
    for name, row in zip(down, matrix, strict=True):
        for other, amount in zip(across, row, strict=True):
            if amount:
                yield name, other, amount
