"""Interpretation teams: at any moment there are enough of them for the languages that are needed.

At a moment, each booth of each running session is a demand, and each team can meet one demand whose languages it has.
The amount is how many demands stay unmet when teams are shared out as well as possible (a maximum matching), so a team
with three languages is counted for whatever pair needs it, and never twice. A team may be relieved by another of the
same languages during a session; after a session it rests for `rest_min`. Where several teams could have had a demand,
the shortest of their rests is counted: the rule never accuses a timetable that could be staffed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from parvis.domain.refusals import N_
from parvis.domain.timetable.board import Board
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import InterpretationTeam, Problem
from parvis.domain.timetable.rules.booths import booth_id, booths_of
from parvis.domain.timetable.rules.judges import CrowdJudge, Judge
from parvis.domain.timetable.rules.rule import Rule
from parvis.domain.timetable.verdicts import LanguagePair, Title, Violation, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class InterpretationTeams(Rule):
    """At any moment there are teams enough for the sessions that are interpreted."""

    kind: ClassVar[str] = "interpretation_teams"
    sentence: ClassVar[str] = N_("There are interpreters enough for the sessions that run at the same time.")

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _InterpretationTeams(self, problem)


def can_serve(team: InterpretationTeam, booth: LanguagePair) -> bool:
    """Tell whether a team works between a booth's target and one of the languages spoken."""
    languages = set(team.languages)
    return booth.target in languages and (not booth.sources or not languages.isdisjoint(booth.sources))


@dataclass(frozen=True, slots=True)
class Shortage:
    """How many demands stay unmet, and where it pinches: `booths` together need more than the `teams` there are."""

    unmet: int
    booths: frozenset[int]
    needed: int
    teams: int


class _InterpretationTeams(CrowdJudge):
    """Its subjects are moments: those at which a concerned session begins."""

    def __init__(self, rule: InterpretationTeams, problem: Problem) -> None:
        super().__init__(rule, problem)
        needed = {session.key: booths_of(session) for session in problem.sessions if session.key in self.concerned}
        self.concerned = frozenset(session for session, booths in needed.items() if booths)
        distinct = {booth_id(booth): booth for session in sorted(needed) for booth in needed[session]}
        number = {name: position for position, name in enumerate(sorted(distinct))}
        self.booths = [distinct[name] for name in sorted(distinct)]
        self.demands = {session: [number[booth_id(booth)] for booth in needed[session]] for session in self.concerned}
        self.supply = [team.count for team in problem.teams]
        self.servers = [
            [position for position, team in enumerate(problem.teams) if team.count and can_serve(team, booth)]
            for booth in self.booths
        ]
        self.rest = [min((problem.teams[team].rest_min for team in teams), default=0) for teams in self.servers]
        self.longest_rest = max(self.rest, default=0)
        self.known: dict[tuple[int, ...], Shortage] = {}

    def touched(self, session: str, place: Place, board: Board) -> set[int]:
        ends = place.start + self.duration[session] + max(self.rest[booth] for booth in self.demands[session])
        found = {place.start}
        for other in board.around(place.start, ends) & self.concerned:
            start = board.places[other].start
            if place.start <= start < ends:
                found.add(start)
        return found

    def subjects(self, board: Board) -> set[int]:
        return {place.start for session, place in board.places.items() if session in self.concerned}

    def running(self, moment: int, board: Board) -> list[tuple[str, int]]:
        """Return the demands at a moment, as sessions and booths; none where no concerned session begins."""
        found = []
        begins = False
        for session in board.around(moment - self.longest_rest, moment + 1) & self.concerned:
            start = board.places[session].start
            if start <= moment:
                begins = begins or start == moment
                ended = moment - start - self.duration[session]
                found += [(session, booth) for booth in self.demands[session] if ended < self.rest[booth]]
        return found if begins else []

    def shortage(self, demands: Iterable[tuple[str, int]]) -> Shortage:
        """Return what lacks for these demands. Timetables repeat themselves, so what was worked out is kept."""
        counts = [0] * len(self.booths)
        for _session, booth in demands:
            counts[booth] += 1
        signature = tuple(counts)
        known = self.known.get(signature)
        if known is None:
            known = self.known[signature] = shortage_of(signature, self.servers, self.supply)
        return known

    def amount(self, subject: int, board: Board) -> int:
        demands = self.running(subject, board)
        return self.shortage(demands).unmet if demands else 0

    def violation(self, subject: int, board: Board, amount: int) -> Violation:
        demands = self.running(subject, board)
        lack = self.shortage(demands)
        sessions = sorted({session for session, booth in demands if booth in lack.booths})
        words = Words(
            N_(
                "At %(moment)s, more teams of interpreters are needed for %(languages)s (%(needed)s) "
                "than there are (%(teams)s): %(titles)s."
            ),
            {
                "moment": self.problem.moment(subject),
                "languages": tuple(self.booths[booth] for booth in sorted(lack.booths)),
                "needed": lack.needed,
                "teams": lack.teams,
                "titles": tuple(Title(self.title(session)) for session in sessions),
            },
        )
        return self.fault(str(subject), amount, words, tuple(sessions))


def shortage_of(counts: Sequence[int], servers: Sequence[Sequence[int]], supply: Sequence[int]) -> Shortage:
    """Share teams out among demands as well as possible, and tell what stays unmet and where it pinches.

    `counts` are the demands of each booth, `servers` the teams that can serve it, `supply` how many there are of each
    team. Augmenting paths give a maximum matching; what an unmet demand can reach is where it pinches (Hall).
    """
    given: list[dict[int, int]] = [{} for _team in supply]  # of each team: how many work for which booth
    free = list(supply)

    def place(booth: int, seen: set[int]) -> bool:
        for team in servers[booth]:
            if team in seen:
                continue
            seen.add(team)
            if free[team]:
                free[team] -= 1
                given[team][booth] = given[team].get(booth, 0) + 1
                return True
            for other in [held for held, number in given[team].items() if number and held != booth]:
                if place(other, seen):
                    given[team][other] -= 1
                    given[team][booth] = given[team].get(booth, 0) + 1
                    return True
        return False

    unmet = [booth for booth, count in enumerate(counts) for _demand in range(count) if not place(booth, set())]
    booths, teams = set(unmet), set[int]()
    waiting = list(booths)
    while waiting:
        for team in servers[waiting.pop()]:
            if team not in teams:
                teams.add(team)
                reached = {booth for booth, number in given[team].items() if number} - booths
                booths |= reached
                waiting += reached
    return Shortage(
        len(unmet), frozenset(booths), sum(counts[booth] for booth in booths), sum(supply[team] for team in teams)
    )
