"""Where sessions stand, laid out by room and by hour, so that a session's neighbours are found quickly."""

from __future__ import annotations

from collections.abc import Mapping

from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem

NOBODY: frozenset[str] = frozenset()
BUCKET = 60  # minutes; sessions last from twenty minutes to two hours, so a session stands in two or three buckets


class Board:
    """A changeable layout of placed sessions. `put` is its only change; `changes` counts how often it was called."""

    def __init__(self, problem: Problem, placements: Mapping[str, Place]) -> None:
        self.duration = problem.duration_of
        self.places: dict[str, Place] = {}
        self.in_room: dict[str, set[str]] = {room.key: set() for room in problem.rooms}
        self.in_bucket: dict[int, set[str]] = {}
        self.changes = 0
        for session, place in placements.items():
            self.put(session, place)

    def put(self, session: str, place: Place | None) -> Place | None:
        """Set a session where it stands from now on, or in the tray; return where it stood."""
        self.changes += 1
        was = self.places.pop(session, None)
        length = self.duration[session]
        if was is not None:
            self.in_room[was.room].discard(session)
            for bucket in range(was.start // BUCKET, (was.start + length - 1) // BUCKET + 1):
                self.in_bucket[bucket].discard(session)
        if place is not None:
            self.places[session] = place
            self.in_room[place.room].add(session)
            for bucket in range(place.start // BUCKET, (place.start + length - 1) // BUCKET + 1):
                self.in_bucket.setdefault(bucket, set()).add(session)
        return was

    def around(self, starts: int, ends: int) -> set[str]:
        """Return the sessions that may share a moment with the minutes from `starts` up to `ends`, and some others."""
        found: set[str] = set()
        for bucket in range(starts // BUCKET, (ends - 1) // BUCKET + 1):
            found |= self.in_bucket.get(bucket, NOBODY)
        return found
