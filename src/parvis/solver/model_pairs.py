"""Rules about two sessions as the arrays of the inner loop: clashes as their judges find them, others by their kind."""

from __future__ import annotations

from typing import Any

import numpy as np

from parvis.domain.timetable.jury import Jury
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules import Rule
from parvis.domain.timetable.rules.judges import ClashJudge, PairJudge
from parvis.solver.kernel.arrays import AFTER, APART, BEFORE, CLASH, COMPACT, HARD, OVERLAP, WALK
from parvis.solver.model_axis import rooms_in_order

FAR = 1 << 30
Entry = tuple[int, int, int, int, int]  # session, kind, p, q, and of the other session


class PairsUnknown(TypeError):
    """A kind of rule about two sessions that nobody has told the solver about: a fault of ours, not of the data."""


class _Pairs:
    def __init__(self, problem: Problem) -> None:
        self.at = {session.key: at for at, session in enumerate(problem.sessions)}
        self.cost: dict[tuple[int, int, int, int, int], int] = {}

    def add(self, one: str, other: str, kind: int, cost: int, p: int = 0, q: int = 0) -> None:
        a, b = self.at[one], self.at[other]
        back = {BEFORE: AFTER, AFTER: BEFORE}.get(kind, kind)
        for entry in ((a, b, kind, p, q), (b, a, back, p, q)):
            self.cost[entry] = self.cost.get(entry, 0) + cost

    def arrays(self, sessions: int) -> dict[str, Any]:
        entries = sorted(self.cost.items())
        table = np.array([(*key, cost) for key, cost in entries], np.int64).reshape(-1, 6)
        counts = np.bincount(table[:, 0], minlength=sessions) if len(table) else np.zeros(sessions, np.int64)
        return {
            "pair_ptr": np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
            "pair_other": table[:, 1].copy(),
            "pair_kind": table[:, 2].copy(),
            "pair_p": table[:, 3].copy(),
            "pair_q": table[:, 4].copy(),
            "pair_cost": table[:, 5].copy(),
        }


def pair_arrays(problem: Problem, jury: Jury) -> dict[str, Any]:
    """Return the pairs of each session, sorted. Raises `PairsUnknown`."""
    pairs = _Pairs(problem)
    for _rank, clash in jury.clashes:
        _add_clash(pairs, clash)
    for _rank, judge in jury.pairs:
        _add_pair(pairs, judge, problem)
    rooms = list(rooms_in_order(problem))
    walk = np.array([[problem.walking_min(one, other) for other in rooms] for one in rooms], np.int64)
    return {**pairs.arrays(len(problem.sessions)), "walk": walk.reshape(len(rooms), len(rooms))}


def _cost(rule: Rule, amount: int) -> int:
    return HARD if rule.hard else rule.weight * amount


def _both(judge: ClashJudge | PairJudge) -> list[tuple[str, str]]:
    found = []
    for one in sorted(judge.concerned):
        partners = judge.partners(one)
        among = judge.concerned if partners is None else partners
        found += [(one, other) for other in among if one < other]
    return found


def _add_clash(pairs: _Pairs, judge: ClashJudge) -> None:
    for one, other in _both(judge):
        amount = judge.amount_between(one, other)
        if amount:
            pairs.add(one, other, CLASH, _cost(judge.rule, amount), judge.reach)


def _add_pair(pairs: _Pairs, judge: PairJudge, problem: Problem) -> None:
    rule: Any = judge.rule
    sharing: Any = getattr(judge, "sharing", None)
    if rule.kind == "in_order":
        if judge.concerned:
            most = FAR if rule.gap_max is None else rule.gap_max
            pairs.add(rule.before, rule.after, BEFORE, _cost(rule, 1), rule.gap_min, most)
    elif rule.kind == "time_to_walk":
        for one, other in _both(judge):
            pairs.add(one, other, WALK, _cost(rule, len(sharing.shared(one, other))))
    elif rule.kind == "team_once":
        for one, other in _both(judge):
            _add_teams(pairs, judge, one, other, problem)
    elif rule.kind == "apart":
        for one, other in _both(judge):
            pairs.add(one, other, APART, _cost(rule, 1))
    elif rule.kind == "not_at_once":
        for one, other in _both(judge):
            pairs.add(one, other, OVERLAP, _cost(rule, 1), rule.unit_min)
    elif rule.kind == "compact_days":
        for one, other in _both(judge):
            people = len(sharing.shared(one, other))
            pairs.add(one, other, COMPACT, _cost(rule, people), rule.unit_min, rule.other_day)
    else:
        raise PairsUnknown(rule.kind)


def _add_teams(pairs: _Pairs, judge: Any, one: str, other: str, problem: Problem) -> None:
    rests = [judge.rest[team] for team in sorted(judge.sharing.shared(one, other)) if judge.alone[team]]
    for rest in [max(rests)] if judge.rule.hard and rests else rests:
        pairs.add(one, other, CLASH, _cost(judge.rule, 1), rest)
