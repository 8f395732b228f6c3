"""A delegation splits over parallel sessions, so that somebody of it hears whatever one of its members chose."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import ClassVar

from parvis.domain.refusals import N_
from parvis.domain.timetable.board import Board
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules.following import Follower
from parvis.domain.timetable.rules.judges import CrowdJudge, Judge
from parvis.domain.timetable.rules.rule import Rule
from parvis.domain.timetable.verdicts import Violation, Words
from parvis.domain.timetable.worth import coverable

COMPANY = 2  # people; one alone is no delegation


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationsCovered(Rule):
    """A delegation can attend between its people what any of them chose; the amount is how many sessions it cannot."""

    kind: ClassVar[str] = "delegations_covered"
    sentence: ClassVar[str] = N_("A delegation that shares out can attend all that its members chose.")

    hard: bool = False

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _DelegationsCovered(self, problem)


class _Delegation:
    """The sessions that a delegation chose as they stand, stretch by stretch: one moves, its stretch is looked at."""

    def __init__(self, people: int, chosen: int, stretches: int) -> None:
        self.people, self.chosen = people, chosen
        self.spans: list[list[tuple[int, int]]] = [[] for _stretch in range(stretches)]
        self.covered = [0] * stretches
        self.straddling = 0
        self.stale: set[int] = set()

    def come(self, stretch: int, span: tuple[int, int], *, straddles: bool) -> None:
        insort(self.spans[stretch], span)
        self.straddling += straddles
        self.stale.add(stretch)

    def go(self, stretch: int, span: tuple[int, int], *, straddles: bool) -> None:
        del self.spans[stretch][bisect_left(self.spans[stretch], span)]
        self.straddling -= straddles
        self.stale.add(stretch)

    def lacking(self) -> int:
        """Return how many sessions its people cannot attend between them."""
        if self.straddling:
            return self.chosen - coverable(list(chain.from_iterable(self.spans)), self.people)
        for stretch in self.stale:
            self.covered[stretch] = coverable(self.spans[stretch], self.people)
        self.stale.clear()
        return self.chosen - sum(self.covered)


class _DelegationsCovered(CrowdJudge):
    """Its subjects are the organisations with two registrations or more, in the order of their keys.

    Time is cut in the nights, into stretches that do not touch unless a session runs through one.
    """

    def __init__(self, rule: DelegationsCovered, problem: Problem) -> None:
        super().__init__(rule, problem)
        people: dict[str, int] = {}
        chosen: dict[str, set[str]] = {}
        for one in problem.registrations:
            if one.organisation is not None:
                people[one.organisation] = people.get(one.organisation, 0) + 1
                chosen.setdefault(one.organisation, set()).update(self.concerned.intersection(one.choices))
        days = sorted(problem.days, key=lambda day: day.opens)
        self.cuts = [(day.closes + following.opens) // 2 for day, following in pairwise(days)]
        self.parties = sorted(key for key, count in people.items() if count >= COMPANY and chosen[key])
        self.delegations = [_Delegation(people[key], len(chosen[key]), len(self.cuts) + 1) for key in self.parties]
        parties_of: dict[str, set[int]] = {}
        for party, key in enumerate(self.parties):
            for session in chosen[key]:
                parties_of.setdefault(session, set()).add(party)
        self.parties_of = {session: frozenset(parties) for session, parties in parties_of.items()}
        self.concerned = frozenset(parties_of)
        self.follower = Follower(self.concerned)

    def touched(self, session: str, place: Place, board: Board) -> frozenset[int]:
        return self.parties_of[session]

    def subjects(self, board: Board) -> range:
        return range(len(self.parties))

    def follow(self, board: Board) -> None:
        """Bring the delegations up to date with a board."""
        for session, before, now in self.follower.moved(board):
            if before is not None:
                stretch, span, straddles = self.span(session, before)
                for party in self.parties_of[session]:
                    self.delegations[party].go(stretch, span, straddles=straddles)
            if now is not None:
                stretch, span, straddles = self.span(session, now)
                for party in self.parties_of[session]:
                    self.delegations[party].come(stretch, span, straddles=straddles)

    def span(self, session: str, place: Place) -> tuple[int, tuple[int, int], bool]:
        """Return the stretch in which a session begins, its minutes, and whether it runs into the next stretch."""
        ends = place.start + self.duration[session]
        stretch = bisect_right(self.cuts, place.start)
        return stretch, (place.start, ends), stretch < len(self.cuts) and ends > self.cuts[stretch]

    def amount(self, subject: int, board: Board) -> int:
        self.follow(board)
        return self.delegations[subject].lacking()

    def violation(self, subject: int, board: Board, amount: int) -> Violation:
        organisation, delegation = self.problem.organisation_of[self.parties[subject]], self.delegations[subject]
        words = Words(
            N_(
                "%(name)s: of the sessions that its delegation chose (%(chosen)s), "
                "its people (%(people)s) can attend %(covered)s."
            ),
            {
                "name": organisation.name,
                "chosen": delegation.chosen,
                "people": delegation.people,
                "covered": delegation.chosen - amount,
            },
        )
        return self.fault(organisation.key, amount, words, (), organisations=[organisation.key])
