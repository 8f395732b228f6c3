"""The sixteen terms of CoSPLib's objective, read a second time from their description, slot by slot.

Nothing is shared with the timetable's rules but the records of an instance and of a schedule.
"""

from __future__ import annotations

from itertools import combinations

from parvis.domain.timetable.cosplib.instance import TERMS, CosplibInstance, Submission
from parvis.domain.timetable.cosplib.schedules import Schedule


def terms_of(instance: CosplibInstance, schedule: Schedule) -> dict[str, int]:
    """Return the unweighted terms of a complete schedule."""
    return dict.fromkeys(TERMS, 0) | {
        **_of_labels(instance, schedule),
        **_of_tracks(instance, schedule),
        **_of_slots(instance, schedule),
        **_of_pairs(instance, schedule),
        "order": _out_of_order(instance, schedule) + _ordered_at_once(instance, schedule),
    }


def _labelled(schedule: Schedule) -> list[tuple[int, int, str]]:
    return [
        (session, room, label)
        for session, row in enumerate(schedule.labels)
        for room, label in enumerate(row)
        if label is not None
    ]


def _of_labels(instance: CosplibInstance, schedule: Schedule) -> dict[str, int]:
    names = [track.name for track in instance.tracks]
    chairs = {track.name: set(track.chairs) for track in instance.tracks}
    similar = {frozenset((one, other)): amount for one, other, amount in instance.similar}
    cells = _labelled(schedule)
    beside = [
        frozenset((label, other))
        for (session, _room, label), (at, _there, other) in combinations(cells, 2)
        if session == at and label != other
    ]
    return {
        "tracks_sessions": sum(instance.track_session[names.index(label)][session] for session, _room, label in cells),
        "tracks_rooms": sum(instance.track_room[names.index(label)][room] for _session, room, label in cells),
        "sessions_rooms": sum(instance.session_room[session][room] for session, room, _label in cells),
        "similar_tracks": sum(similar.get(pair, 0) for pair in beside),
        "chairs": sum(bool(set.intersection(*(chairs[label] for label in pair))) for pair in beside),
    }


def _of_tracks(instance: CosplibInstance, schedule: Schedule) -> dict[str, int]:
    rooms = parallel = gaps = 0
    for track in instance.tracks:
        cells = [(session, room) for session, room, label in _labelled(schedule) if label == track.name]
        sessions = sorted({session for session, _room in cells})
        rooms += max(0, len({room for _session, room in cells}) - 1)
        parallel += len(cells) - len(sessions)
        gaps += sessions != list(range(sessions[0], sessions[-1] + 1)) if sessions else 0
    return {"rooms_per_track": rooms, "parallel_tracks": parallel, "consecutive_tracks": gaps}


def _of_slots(instance: CosplibInstance, schedule: Schedule) -> dict[str, int]:
    by_name = {one.reference: one for one in instance.submissions}
    zones = sessions = rooms = 0
    for session, row in enumerate(schedule.cells):
        for room, cell in enumerate(row):
            for reference in cell:
                if reference is not None:
                    one = by_name[reference]
                    zones += _zone(instance, one, session)
                    sessions += one.in_session[session]
                    rooms += one.in_room[room]
    return {"timezones": zones, "submissions_sessions": sessions, "submissions_rooms": rooms}


def _zone(instance: CosplibInstance, one: Submission, session: int) -> int:
    zones, at = instance.zones, instance.sessions[session]
    begins = (at.starts + 60 * one.zone - 60 * zones.home) % 1440
    ends = (at.ends + 60 * one.zone - 60 * zones.home) % 1440
    if begins < zones.fair_from or ends > zones.fair_to or ends < zones.fair_from:
        return zones.big
    less = zones.fair_from <= begins < zones.suitable_from or zones.suitable_to < ends <= zones.fair_to
    return zones.small if less else 0


def _of_pairs(instance: CosplibInstance, schedule: Schedule) -> dict[str, int]:
    found = dict.fromkeys(("presenters", "attendees", "presenters_slot", "attendees_slot"), 0)
    for one, other in combinations(instance.submissions, 2):
        for kind, conflict in (("presenters", _presenters), ("attendees", _attendees)):
            if conflict(instance, one, other) or conflict(instance, other, one):
                at, there = _slots(schedule, one), _slots(schedule, other)
                session, room, _slot = min(at)
                found[kind] += session == min(there)[0] and room != min(there)[1]
                found[f"{kind}_slot"] += len({(s, t) for s, _r, t in at} & {(s, t) for s, _r, t in there})
    return found


def _presenters(instance: CosplibInstance, one: Submission, other: Submission) -> bool:
    return bool({*one.presenters} & ({*other.presenters} | _chairs(instance, one, other)))


def _attendees(instance: CosplibInstance, one: Submission, other: Submission) -> bool:
    return bool({*one.attendees} & ({*other.attendees, *other.presenters} | _chairs(instance, one, other)))


def _chairs(instance: CosplibInstance, one: Submission, other: Submission) -> set[str]:
    """Return who chairs the track of the other, where it is a different one."""
    chairs = {track.name: set(track.chairs) for track in instance.tracks}
    return chairs[other.track] if one.track != other.track else set()


def _slots(schedule: Schedule, one: Submission) -> set[tuple[int, int, int]]:
    return {
        (session, room, slot)
        for session, row in enumerate(schedule.cells)
        for room, cell in enumerate(row)
        for slot, reference in enumerate(cell)
        if reference == one.reference
    }


def _out_of_order(instance: CosplibInstance, schedule: Schedule) -> int:
    wrong = 0
    for track in instance.tracks:
        own = [one for one in instance.submissions if one.track == track.name]
        own.sort(key=lambda one: min(_slots(schedule, one)))
        wrong += sum(one.order not in (0, place) for place, one in enumerate(own, start=1))
    return wrong


def _ordered_at_once(instance: CosplibInstance, schedule: Schedule) -> int:
    return sum(
        len({(s, t) for s, _r, t in _slots(schedule, one)} & {(s, t) for s, _r, t in _slots(schedule, other)})
        for one, other in combinations(instance.submissions, 2)
        if one.track == other.track and one.order and other.order
    )
