"""The only judge of a timetable: what the editor shows, the release checks and the solver must obey."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parvis.domain.timetable.board import Board
from parvis.domain.timetable.jury import Jury
from parvis.domain.timetable.placements import Place, Placements, check_placements
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules import Rule
from parvis.domain.timetable.rules.judges import ClashJudge, PairJudge
from parvis.domain.timetable.verdicts import Score, Violation, score_of

__all__ = ["Score", "Violation", "score_of", "violations"]


def violations(problem: Problem, rules: Sequence[Rule], placements: Placements) -> list[Violation]:
    """Return all violations of the rules: hard ones first, then by rule key, then by session keys.

    The order and the violations depend on nothing else: not on the order of rules, sessions or placements.
    Raises what `check_rules` and `check_placements` raise.
    """
    jury = Jury(problem, rules)
    check_placements(problem, placements)
    found = [*_of_one(jury, placements), *_of_two(jury, placements), *_of_many(jury, placements)]
    found.sort(key=lambda entry: entry[0])
    return [violation for _piece, violation in found]


Found = Iterator[tuple[tuple[int, str | int, str], Violation]]


def _of_one(jury: Jury, placements: Placements) -> Found:
    for session, judges in jury.singles.items():
        place = placements.get(session)
        for rank, judge in judges:
            if place is None and not judge.when_unplaced:
                continue
            amount = judge.amount(session, place)
            if amount:
                yield (rank, session, ""), judge.violation(session, place, amount)


def _of_two(jury: Jury, placements: Placements) -> Found:
    judges: list[tuple[int, ClashJudge | PairJudge]] = [*jury.room_clashes, *jury.clashes, *jury.pairs]
    widest = max((judge.reach or 0 for _rank, judge in judges), default=0)
    near = _near(jury, placements, widest)
    placed = frozenset(placements)
    for rank, judge in judges:
        for one in judge.concerned & placed:
            among = judge.partners(one)
            among = judge.concerned if among is None else among
            for other in among & (placed if judge.reach is None else near[one]):
                if one < other:
                    at, there = placements[one], placements[other]
                    amount = _amount(judge, one, at, other, there)
                    if amount:
                        yield (rank, one, other), judge.violation(one, at, other, there, amount)


def _amount(judge: ClashJudge | PairJudge, one: str, at: Place, other: str, there: Place) -> int:
    if isinstance(judge, PairJudge):
        return judge.amount(one, at, other, there)
    between = max(there.start - at.start - judge.duration[one], at.start - there.start - judge.duration[other])
    if between >= judge.reach or (judge.same_room and at.room != there.room):
        return 0
    return judge.amount_between(one, other)


def _near(jury: Jury, placements: Placements, reach: int) -> dict[str, set[str]]:
    """Return each session's neighbours, with fewer than `reach` minutes between them, by a sweep over the starts."""
    near: dict[str, set[str]] = {session: set() for session in placements}
    running: list[tuple[int, str]] = []
    for session, place in sorted(placements.items(), key=lambda entry: (entry[1].start, entry[0])):
        running = [(ends, other) for ends, other in running if ends + reach > place.start]
        near[session].update(other for _ends, other in running)
        for _ends, other in running:
            near[other].add(session)
        running.append((place.start + jury.duration[session], session))
    return near


def _of_many(jury: Jury, placements: Placements) -> Found:
    if not jury.crowds:
        return
    board = Board(jury.problem, placements)
    for rank, judge in jury.crowds:
        for subject in judge.subjects(board):
            amount = judge.amount(subject, board)
            if amount:
                yield (rank, subject, ""), judge.violation(subject, board, amount)
