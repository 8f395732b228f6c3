"""Booths: what a session is interpreted into, and whether its room has the booths for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from parvis.domain.refusals import N_
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem, Session
from parvis.domain.timetable.rules.judges import Judge, SingleJudge
from parvis.domain.timetable.rules.rule import Rule
from parvis.domain.timetable.verdicts import LanguagePair, Violation, Words

BoothId = tuple[tuple[str, ...], str]


def booths_of(session: Session) -> tuple[LanguagePair, ...]:
    """Return the booths that a session needs: one for each language interpreted into.

    Two languages that are interpreted into one another, both being spoken, share a booth: its team works either way.
    A session that is spoken only in a language needs no booth into it.
    """
    found: dict[BoothId, LanguagePair] = {}
    for target in session.interpreted:
        sources = tuple(language for language in dict.fromkeys(session.spoken) if language != target)
        if sources or not session.spoken:
            booth = LanguagePair(sources, target)
            found.setdefault(booth_id(booth), booth)
    return tuple(found.values())


def booth_id(booth: LanguagePair) -> BoothId:
    """Return what makes two booths alike: the languages they interpret from and into, or both of a pair."""
    if len(booth.sources) == 1:
        one, other = sorted((booth.sources[0], booth.target))
        return (one,), other
    return tuple(sorted(booth.sources)), booth.target


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomBooths(Rule):
    """A room has a booth for each language that a session is interpreted into; the amount is how many lack."""

    kind: ClassVar[str] = "room_booths"
    sentence: ClassVar[str] = N_("A room has a booth for each language into which its sessions are interpreted.")

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _RoomBooths(self, problem)


class _RoomBooths(SingleJudge):
    by_start = False

    def __init__(self, rule: RoomBooths, problem: Problem) -> None:
        super().__init__(rule, problem)
        self.needed = {session.key: booths_of(session) for session in problem.sessions}
        self.has = {room.key: room.booths for room in problem.rooms}
        self.concerned = frozenset(session for session in self.concerned if self.needed[session])

    def amount(self, session: str, place: Place | None) -> int:
        return 0 if place is None else max(0, len(self.needed[session]) - self.has[place.room])

    def violation(self, session: str, place: Place | None, amount: int) -> Violation:
        assert place is not None  # noqa: S101 - unplaced sessions are not asked about
        words = Words(
            N_("“%(title)s” needs booths for %(languages)s: %(needed)s. %(room)s has: %(booths)s."),
            {
                "title": self.title(session),
                "languages": self.needed[session],
                "needed": len(self.needed[session]),
                "room": self.problem.room_of[place.room].name,
                "booths": self.has[place.room],
            },
        )
        return self.fault(session, amount, words, (session,), rooms=[place.room])
