"""A CoSPLib instance as plain data: what its workbook says, matched by name, before it becomes a timetable.

Penalties and weights are whole numbers that are not negative, times of day are minutes from midnight, zones are hours
from GMT. Names are kept as they are written, blanks at their ends included.
"""

from __future__ import annotations

from dataclasses import dataclass, field

SLOT_MIN = 10
TERMS = (
    "tracks_sessions",
    "tracks_rooms",
    "sessions_rooms",
    "similar_tracks",
    "rooms_per_track",
    "parallel_tracks",
    "consecutive_tracks",
    "timezones",
    "order",
    "submissions_sessions",
    "submissions_rooms",
    "presenters",
    "attendees",
    "chairs",
    "presenters_slot",
    "attendees_slot",
)


@dataclass(frozen=True, slots=True)
class Submission:
    """One item: its track, the slots that it takes, its place in the track (0: any), and what each place costs.

    `in_session` and `in_room` are penalties per occupied slot, in the order of the instance's sessions and rooms.
    """

    reference: str
    track: str
    slots: int
    order: int
    zone: int
    presenters: tuple[str, ...]
    attendees: tuple[str, ...]
    in_session: tuple[int, ...]
    in_room: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Track:
    """A track and who chairs it."""

    name: str
    chairs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CosplibSession:
    """A stretch of the conference in which all rooms have the same slots, and when it begins and ends."""

    name: str
    slots: int
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class Zones:
    """Where the conference is, which hours suit people where they are, and what other hours cost."""

    home: int
    suitable_from: int
    suitable_to: int
    fair_from: int
    fair_to: int
    small: int
    big: int


@dataclass(frozen=True, slots=True)
class CosplibInstance:
    """All that an instance says. Matrices have one row for each of the first named, in the order of the instance.

    `similar` are pairs of tracks with what each two of their rooms in one session cost; `weights` are in the order of
    `TERMS`; `numbers` are the names that stand in the workbook as numbers.
    """

    submissions: tuple[Submission, ...]
    tracks: tuple[Track, ...]
    sessions: tuple[CosplibSession, ...]
    rooms: tuple[str, ...]
    track_session: tuple[tuple[int, ...], ...]
    track_room: tuple[tuple[int, ...], ...]
    session_room: tuple[tuple[int, ...], ...]
    similar: tuple[tuple[str, str, int], ...]
    zones: Zones
    weights: tuple[int, ...]
    numbers: frozenset[str] = field(default=frozenset())

    def weight(self, term: str) -> int:
        """Return the weight of a term."""
        return self.weights[TERMS.index(term)]
