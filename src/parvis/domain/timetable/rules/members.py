"""Meetings of members: the general assembly alone for members, and members-only meetings behind doors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from parvis.domain.refusals import N_
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules.judges import NOBODY, ClashJudge, Judge, SingleJudge
from parvis.domain.timetable.rules.rule import Rule
from parvis.domain.timetable.verdicts import Violation, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersFree(Rule):
    """While a session of these `formats` runs, no other session for members only does."""

    kind: ClassVar[str] = "members_free"
    sentence: ClassVar[str] = N_("No other meeting of members takes place during the general assembly.")

    formats: tuple[str, ...] = ("assembly",)

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        others = frozenset(
            s.key for s in problem.sessions if self.concerns(s.key) and (s.members_only or s.format in self.formats)
        )
        return _BesideAssembly(self, problem, self.formats, others)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBesideAssembly(Rule):
    """While a session of these `formats` runs, nothing that is open to all does, save the formats of `beside`."""

    kind: ClassVar[str] = "open_beside_assembly"
    sentence: ClassVar[str] = N_("Nothing that members would miss takes place during the general assembly.")

    formats: tuple[str, ...] = ("assembly",)
    beside: tuple[str, ...] = ("break",)

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        others = frozenset(
            s.key
            for s in problem.sessions
            if self.concerns(s.key) and not s.members_only and s.format not in self.formats + self.beside
        )
        return _BesideAssembly(self, problem, self.formats, others)


class _BesideAssembly(ClashJudge):
    """Assemblies clash with the others, which hold the assemblies too where two of them may not be parallel."""

    def __init__(self, rule: Rule, problem: Problem, formats: tuple[str, ...], others: frozenset[str]) -> None:
        super().__init__(rule, problem)
        self.assemblies = frozenset(s.key for s in problem.sessions if s.format in formats) & self.concerned
        self.others = others
        self.concerned = self.assemblies | self.others if self.assemblies and self.others else NOBODY

    def partners(self, session: str) -> frozenset[str]:
        return (self.others if session in self.assemblies else self.assemblies) - {session}

    def violation(self, one: str, at: Place, other: str, there: Place, amount: int) -> Violation:
        return self.between(
            one,
            at,
            other,
            there,
            amount,
            neutral=N_("Members cannot be both in “%(one)s” and in “%(other)s”."),
            side=N_("Members are also expected in “%(other)s” from %(starts)s to %(ends)s."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersBehindDoors(Rule):
    """A members-only session is not held in the open, where everybody hears."""

    kind: ClassVar[str] = "members_behind_doors"
    sentence: ClassVar[str] = N_("Sessions for members only are held behind doors.")

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _MembersBehindDoors(self, problem)


class _MembersBehindDoors(SingleJudge):
    by_start = False

    def __init__(self, rule: MembersBehindDoors, problem: Problem) -> None:
        super().__init__(rule, problem)
        self.open = {room.key for room in problem.rooms if room.in_the_open}
        members = {session.key for session in problem.sessions if session.members_only}
        self.concerned = self.concerned & members if self.open else NOBODY

    def amount(self, session: str, place: Place | None) -> int:
        return int(place is not None and place.room in self.open)

    def violation(self, session: str, place: Place | None, amount: int) -> Violation:
        assert place is not None  # noqa: S101 - unplaced sessions are not asked about
        words = Words(
            N_("“%(title)s” is for members only, and %(room)s is open to passers-by."),
            {"title": self.title(session), "room": self.problem.room_of[place.room].name},
        )
        return self.fault(session, amount, words, (session,), rooms=[place.room])
