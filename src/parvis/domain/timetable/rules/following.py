"""What moved on a board since a judge looked last: a board changes under the judge's hands, and each asks of one only.

Six hundred sessions are compared in microseconds; ten thousand people's lists are not.
"""

from __future__ import annotations

from collections.abc import Collection

from parvis.domain.timetable.board import Board
from parvis.domain.timetable.placements import Place

Moved = list[tuple[str, Place | None, Place | None]]


class Follower:
    """Follows some sessions on a board, or on one board after another."""

    def __init__(self, sessions: Collection[str]) -> None:
        self.sessions = sorted(sessions)
        self.board: Board | None = None
        self.changes = 0
        self.seen: dict[str, Place] = {}

    def moved(self, board: Board) -> Moved:
        """Return which sessions begin at another time than when this was asked last, with their places then and now.

        Where it was never asked before, all were in the tray.
        """
        if board is self.board and board.changes == self.changes:
            return []
        self.board, self.changes = board, board.changes
        before, now = self.seen, board.places
        found: Moved = []
        for session in self.sessions:
            was, place = before.get(session), now.get(session)
            if was is not place and (was is None or place is None or was.start != place.start):
                found.append((session, was, place))
        self.seen = dict(now)
        return found
