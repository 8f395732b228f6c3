"""More work than there is time: contradictions that counting shows at once, and search hardly ever.

That n + 1 pigeons do not fit n holes takes resolution exponentially many steps (Haken, 1985). So rooms together, and
whatever is one at a time, are counted before anything is searched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from parvis.domain.timetable import explain_demands as d
from parvis.domain.timetable.explain_instances import HAS_PLACE, OPEN_DAY, Instance
from parvis.domain.timetable.problem import Problem


@dataclass(frozen=True, slots=True)
class _Stock:
    """What can be used by one session at a time: so many at once, with minutes between, by these sessions."""

    instances: tuple[Instance, ...]
    many: int
    reach: int
    sessions: frozenset[str]


def overfull(problem: Problem, instances: Sequence[Instance]) -> list[Instance] | None:
    """Return few of the instances that contradict each other by counting alone, or None.

    Only while all days keep their hours. The longest sessions are taken, as many as are too many.
    """
    days = [instance for instance in instances if instance.kind == OPEN_DAY]
    if len(days) != len(problem.days):
        return None
    placed = {instance.subject[0]: instance for instance in instances if instance.kind == HAS_PLACE}
    best: list[Instance] | None = None
    for stock in _stocks(problem, instances, placed):
        many = _too_many(problem, stock)
        if many and (best is None or len(many) + len(stock.instances) + len(days) < len(best)):
            best = [*(placed[session] for session in many), *stock.instances, *days]
    return best


def _stocks(problem: Problem, instances: Sequence[Instance], placed: Collection[str]) -> Iterator[_Stock]:
    of_rule: dict[str, list[Instance]] = {}
    for instance in instances:
        demand = instance.demand
        if isinstance(demand, d.OneInRoom):
            of_rule.setdefault(instance.rule, []).append(instance)
        elif isinstance(demand, d.NotAtOnce):
            pairs = [pair for pair in demand.pairs if pair[0] in placed and pair[1] in placed]
            sessions = frozenset(session for pair in pairs for session in pair[:2])
            if len(sessions) > 1 and len(pairs) == len(sessions) * (len(sessions) - 1) // 2:
                yield _Stock((instance,), 1, min(pair[2] for pair in pairs), sessions)
    for rooms in of_rule.values():
        demands = [room.demand for room in rooms if isinstance(room.demand, d.OneInRoom)]
        if len(rooms) == len(problem.rooms):
            sessions = frozenset(demands[0].sessions) & frozenset(placed)
            yield _Stock(tuple(rooms), len(rooms), demands[0].reach, sessions)


def _too_many(problem: Problem, stock: _Stock) -> list[str] | None:
    """Return the longest sessions, just as many as do not fit, by number or by minutes."""
    longest = sorted(stock.sessions, key=lambda session: (-problem.duration_of[session], session))
    spans = [day.closes - day.opens + stock.reach for day in problem.days]
    minutes = 0
    for count, session in enumerate(longest, start=1):
        least = problem.duration_of[session] + stock.reach
        minutes += least
        if count > stock.many * sum(span // least for span in spans) or minutes > stock.many * sum(spans):
            return longest[:count]
    return None


def alike(problem: Problem, instances: Sequence[Instance]) -> tuple[object, ...] | None:
    """Return what makes sets of instances the same but for which sessions they name; None where sessions differ.

    Where every other instance speaks of all sessions that are to have a place, only their lengths matter.
    """
    placed = {instance.subject[0] for instance in instances if instance.kind == HAS_PLACE}
    others = [instance for instance in instances if instance.kind != HAS_PLACE]
    for instance in others:
        demand = instance.demand
        everybody = placed <= set(instance.sessions)
        if isinstance(demand, d.NotAtOnce):
            pairs = [pair for pair in demand.pairs if pair[0] in placed and pair[1] in placed]
            everybody = everybody and len(pairs) == len(placed) * (len(placed) - 1) // 2
            everybody = everybody and len({pair[2] for pair in pairs}) <= 1
        elif not isinstance(demand, d.OneInRoom | d.OpenDay):
            return None
        if not everybody:
            return None
    return (*sorted(problem.duration_of[session] for session in placed), *sorted(instance.key for instance in others))
