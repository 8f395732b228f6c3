"""Whom a move concerns: those with a part in the session, and those who chose it or are enrolled."""

from __future__ import annotations

from collections.abc import Iterable

from parvis.domain.timetable.problem import Problem


class Concerned:
    """Who would have to be told when sessions move."""

    def __init__(self, problem: Problem) -> None:
        self.parts: dict[str, set[str]] = {}
        for item in problem.engagements():
            self.parts.setdefault(item.session, set()).add(item.person)
        self.choosers: dict[str, set[str]] = {}
        for registration in problem.registrations:
            for session in registration.choices:
                self.choosers.setdefault(session, set()).add(registration.key)
        self.enrolled = {session.key: session.enrolled for session in problem.sessions}

    def persons(self, sessions: Iterable[str]) -> set[str]:
        """Return those with a part in any of the sessions."""
        return set().union(*(self.parts.get(session, set()) for session in sessions))

    def people(self, sessions: Iterable[str]) -> int:
        """Return how many people any of the sessions concerns.

        Whoever chose two counts once; where more are enrolled in a session than are known by name, they count besides.
        """
        own = list(sessions)
        chose: set[str] = set().union(*(self.choosers.get(session, set()) for session in own))
        besides = sum(max(0, self.enrolled[session] - len(self.choosers.get(session, set()))) for session in own)
        return len(self.persons(own)) + len(chose) + besides
