"""What a room must have for a session: equipment, and a welcome for its format."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from parvis.domain.refusals import N_
from parvis.domain.text import fold as fold_text
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules.judges import Judge, SingleJudge
from parvis.domain.timetable.rules.rule import Rule
from parvis.domain.timetable.verdicts import FormatName, Violation, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomEquipment(Rule):
    """A room has the equipment that a session needs, however it is spelled; the amount counts what is missing."""

    kind: ClassVar[str] = "room_equipment"
    sentence: ClassVar[str] = N_("A room has the equipment that its sessions need.")

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _RoomEquipment(self, problem)


class _RoomEquipment(SingleJudge):
    by_start = False

    def __init__(self, rule: RoomEquipment, problem: Problem) -> None:
        super().__init__(rule, problem)
        fold = cache(fold_text)  # hundreds of sessions need the same few things
        self.has = {room.key: {fold(item) for item in room.equipment} for room in problem.rooms}
        self.needs = {
            session.key: {fold(item): item for item in session.equipment}
            for session in problem.sessions
            if session.equipment
        }
        self.concerned &= frozenset(self.needs)

    def amount(self, session: str, place: Place | None) -> int:
        return 0 if place is None else len(self.needs[session].keys() - self.has[place.room])

    def violation(self, session: str, place: Place | None, amount: int) -> Violation:
        assert place is not None  # noqa: S101 - unplaced sessions are not asked about
        needs = self.needs[session]
        missing = tuple(needs[item] for item in sorted(needs.keys() - self.has[place.room]))
        words = Words(
            N_("%(room)s lacks what “%(title)s” needs: %(missing)s."),
            {"room": self.problem.room_of[place.room].name, "title": self.title(session), "missing": missing},
        )
        return self.fault(session, amount, words, (session,), rooms=[place.room])


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomFormat(Rule):
    """A room that is kept for some formats receives no other."""

    kind: ClassVar[str] = "room_format"
    sentence: ClassVar[str] = N_("A room that is kept for some formats receives no other.")

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _RoomFormat(self, problem)


class _RoomFormat(SingleJudge):
    by_start = False

    def __init__(self, rule: RoomFormat, problem: Problem) -> None:
        super().__init__(rule, problem)
        self.kept = {room.key: frozenset(room.formats) for room in problem.rooms if room.formats}
        self.format = {session.key: session.format for session in problem.sessions}
        if not self.kept:
            self.concerned = frozenset()

    def amount(self, session: str, place: Place | None) -> int:
        kept = self.kept.get(place.room) if place is not None else None
        return int(kept is not None and self.format[session] not in kept)

    def violation(self, session: str, place: Place | None, amount: int) -> Violation:
        assert place is not None  # noqa: S101 - unplaced sessions are not asked about
        room = self.problem.room_of[place.room]
        words = Words(
            N_("%(room)s is not for “%(title)s”; it is kept for: %(formats)s."),
            {
                "room": room.name,
                "title": self.title(session),
                "formats": tuple(FormatName(name) for name in room.formats),
            },
        )
        return self.fault(session, amount, words, (session,), rooms=[place.room])
