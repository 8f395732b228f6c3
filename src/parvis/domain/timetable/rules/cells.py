"""Cells and tracks: which sessions stand in a room on a day, and under which theme.

A session's track is the first of its themes; a cell is a room on a day. A session is on the day that is open when it
begins; outside all days it is in no cell. Days are counted as they open, rooms by their position, tracks by their key,
so that the same problem gives the same numbers in whatever order its records stand.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator

from parvis.domain.timetable.board import Board
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.verdicts import Span

OUTSIDE = -1


class Cells:
    """Days, rooms and tracks of a problem by their numbers; of the tracks, only the `sessions` given."""

    def __init__(self, problem: Problem, sessions: Collection[str]) -> None:
        self.problem = problem
        self.days = sorted(problem.days, key=lambda day: day.opens)
        self.day_number = {day.key: number for number, day in enumerate(self.days)}
        self.rooms = [room.key for room in sorted(problem.rooms, key=lambda room: (room.position, room.key))]
        self.room_number = {room: number for number, room in enumerate(self.rooms)}
        self.tracks = sorted(theme.key for theme in problem.themes)
        self.track_number = {theme: number for number, theme in enumerate(self.tracks)}
        self.track_of = {
            session.key: self.track_number[session.themes[0]]
            for session in problem.sessions
            if session.themes and session.key in sessions
        }
        self.members: list[list[str]] = [[] for _track in self.tracks]
        for session in sorted(self.track_of):
            self.members[self.track_of[session]].append(session)
        self._opens = [day.opens for day in self.days]

    def day_at(self, minute: int) -> int:
        """Return the number of the day that is open at a minute, or `OUTSIDE`."""
        number = bisect_right(self._opens, minute) - 1
        return number if number >= 0 and minute < self.days[number].closes else OUTSIDE

    def cell_at(self, place: Place) -> int:
        """Return the number of the cell of a place, or `OUTSIDE`."""
        day = self.day_at(place.start)
        return OUTSIDE if day == OUTSIDE else day * len(self.rooms) + self.room_number[place.room]

    def day_and_room(self, cell: int) -> tuple[int, str]:
        """Return the number of a cell's day, and its room."""
        day, room = divmod(cell, len(self.rooms))
        return day, self.rooms[room]

    def in_cell(self, cell: int, board: Board) -> Iterator[str]:
        """Yield the sessions with a track in a cell."""
        day, room = self.day_and_room(cell)
        opens, closes = self.days[day].opens, self.days[day].closes
        for session in board.in_room[room]:
            if session in self.track_of and opens <= board.places[session].start < closes:
                yield session

    def placed(self, track: int, board: Board) -> Iterator[tuple[str, Place, int]]:
        """Yield the sessions of a track that are in a cell, each with its place and the number of its day."""
        for session in self.members[track]:
            place = board.places.get(session)
            day = self.day_at(place.start) if place is not None else OUTSIDE
            if place is not None and day != OUTSIDE:
                yield session, place, day

    def rooms_on(self, day: int, track: int, board: Board) -> set[str]:
        """Return the rooms that a track is in on a day."""
        return {place.room for _session, place, on in self.placed(track, board) if on == day}

    def track_name(self, track: int) -> str:
        """Return the name of a track."""
        return self.problem.theme_of[self.tracks[track]].name

    def span(self, day: int) -> Span:
        """Return a day as a sentence says it."""
        return Span(self.problem.moment(self.days[day].opens), self.problem.moment(self.days[day].closes))

    def room_names(self, rooms: Collection[str]) -> tuple[str, ...]:
        """Return the names of rooms, in the rooms' order."""
        return tuple(self.problem.room_of[room].name for room in sorted(rooms, key=self.room_number.__getitem__))
