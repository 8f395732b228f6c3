"""Which sessions share a person, an organisation, a team, a theme: found once, asked often."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from parvis.domain.timetable.problem import Problem

NOTHING: frozenset[str] = frozenset()


class Sharing:
    """Sessions and what they have; `concerned` are those that have something which another has too."""

    def __init__(self, sessions: Collection[str], having: Iterable[tuple[str, str]]) -> None:
        has: dict[str, set[str]] = {}
        by_thing: dict[str, set[str]] = {}
        for session, thing in having:
            if session in sessions:
                has.setdefault(session, set()).add(thing)
                by_thing.setdefault(thing, set()).add(session)
        partners: dict[str, set[str]] = {}
        for group in by_thing.values():
            if len(group) > 1:
                for session in group:
                    partners.setdefault(session, set()).update(group)
        self._has = {session: frozenset(things) for session, things in has.items() if session in partners}
        self._partners = {session: frozenset(others - {session}) for session, others in partners.items()}
        self.concerned = frozenset(self._partners)

    @classmethod
    def of_persons(
        cls, problem: Problem, sessions: Collection[str], *, roles: Collection[str], persons: Collection[str]
    ) -> Sharing:
        """Return which sessions share a person, in some roles and of some persons only, where these are given."""
        return cls(
            sessions,
            (
                (item.session, item.person)
                for item in problem.engagements()
                if (not roles or item.role in roles) and (not persons or item.person in persons)
            ),
        )

    def partners(self, session: str) -> frozenset[str]:
        """Return the other sessions that have something in common with this one."""
        return self._partners.get(session, NOTHING)

    def shared(self, one: str, other: str) -> frozenset[str]:
        """Return what two sessions have in common."""
        return self._has.get(one, NOTHING) & self._has.get(other, NOTHING)
