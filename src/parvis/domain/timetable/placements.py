"""Where sessions stand: an immutable mapping from a session to its room and start. A move makes a new one.

A move copies one dictionary: some microseconds at 600 sessions, so that a history of placements costs little and no
reader ever sees half a move. The solver's inner loop asks `state` instead, which copies nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from parvis.domain.refusals import N_, Refusal
from parvis.domain.timetable.problem import Problem


class NoSuchSession(Refusal):
    """Only sessions of the problem are placed."""

    sentence = N_("%(path)s: there is no session “%(found)s”.")


class NoSuchRoom(Refusal):
    """Sessions are placed in rooms of the problem."""

    sentence = N_("%(path)s: there is no room “%(found)s”.")


class Place(NamedTuple):
    """A room, and the minute at which a session begins there."""

    room: str
    start: int


@dataclass(frozen=True, slots=True)
class Move:
    """A session goes from one place to another; no place is the tray of unplaced sessions."""

    session: str
    was: Place | None
    to: Place | None

    @property
    def undone(self) -> Move:
        """Return the move that takes this one back."""
        return Move(self.session, self.to, self.was)


class Placements(Mapping[str, Place]):
    """The placed sessions, by key. Equal to any other that has the same sessions in the same places."""

    __slots__ = ("_places",)

    def __init__(self, places: Mapping[str, Place] | None = None) -> None:
        self._places: dict[str, Place] = dict(places or {})

    def __getitem__(self, session: str) -> Place:
        return self._places[session]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __eq__(self, other: object) -> bool:
        return self._places == other._places if isinstance(other, Placements) else NotImplemented

    def __hash__(self) -> int:
        return hash(frozenset(self._places.items()))

    def __repr__(self) -> str:
        return f"Placements({self._places!r})"

    def move_to(self, session: str, place: Place | None) -> Move:
        """Return the move that takes a session from where it stands to `place`."""
        return Move(session, self._places.get(session), place)

    def moved(self, session: str, place: Place | None) -> Placements:
        """Return the placements in which a session stands at `place`, or in none."""
        after = Placements(self._places)
        if place is None:
            after._places.pop(session, None)
        else:
            after._places[session] = place
        return after

    def after(self, *moves: Move) -> Placements:
        """Return the placements after the moves, one after the other."""
        placements = self
        for move in moves:
            placements = placements.moved(move.session, move.to)
        return placements

    def moves_to(self, other: Placements) -> list[Move]:
        """Return the moves that make these placements into others, in the order of the sessions' keys."""
        return [
            Move(session, self.get(session), other.get(session))
            for session in sorted(self.keys() | other.keys())
            if self.get(session) != other.get(session)
        ]


def check_placements(problem: Problem, placements: Mapping[str, Place]) -> None:
    """Raise `NoSuchSession`, `NoSuchRoom` or `OutOfTime` where placements do not fit their problem."""
    for session, place in placements.items():
        if session not in problem.session_of:
            raise NoSuchSession(path="placements", found=session)
        if place.room not in problem.room_of:
            raise NoSuchRoom(path=f"placements.{session}.room", found=place.room)
        problem.moment(place.start)
