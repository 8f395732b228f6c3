"""The naive readings of what participants, delegations and people wish, and of where sessions stood before.

Nothing is shared with the rules: who can attend what is found by trying all sets of sessions.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import chain, combinations
from math import ceil, floor
from typing import Any

from parvis.domain.timetable.placements import Placements
from parvis.domain.timetable.problem import Problem, Registration, Session
from tests.domain.timetable.readings import (
    Found,
    Oracle,
    each,
    minutes_of,
    parallel,
    people_of,
    placed_by,
    room_of,
    speaks_of,
)


def _sets(sessions: Iterable[str]) -> Iterable[tuple[str, ...]]:
    listed = list(sessions)
    return chain.from_iterable(combinations(listed, size) for size in range(len(listed) + 1))


def _at_once(at: Iterable[set[int]]) -> int:
    """Return how many run at the busiest minute."""
    minutes = list(chain.from_iterable(at))
    return max((minutes.count(minute) for minute in set(minutes)), default=0)


def _lost(problem: Problem, rule: Any, placements: Placements) -> list[tuple[Registration, int]]:
    """Return each participant who chose something of which the rule speaks, with the worth of what they lose."""
    at = {s.key: minutes for s, _room, minutes in placed_by(problem, rule, placements)}
    found = []
    for one in problem.registrations:
        worth: dict[str, int] = {}
        for session in one.choices:
            if session not in worth:
                worth[session] = ([4, 3, 2] + [1] * 9)[len(worth)] if one.ranked else 2
        worth = {session: value for session, value in worth.items() if speaks_of(rule, session)}
        possible = [chosen for chosen in _sets(worth.keys() & at) if _at_once(at[s] for s in chosen) <= 1]
        if worth:
            best = max(sum(worth[session] for session in chosen) for chosen in possible)
            found.append((one, sum(worth.values()) - best))
    return found


def choices_met(problem: Problem, rule: Any, placements: Placements) -> Found:
    found: Found = {}
    for one, lost in _lost(problem, rule, placements):
        if lost:
            found[one.organisation or ""] = found.get(one.organisation or "", 0) + lost
    return found


def choices_fair(problem: Problem, rule: Any, placements: Placements) -> Found:
    losses = sorted((lost for _one, lost in _lost(problem, rule, placements)), reverse=True)
    worst = sum(losses[: ceil(Fraction(len(losses) * rule.share_percent, 100))])
    return {"worst": worst} if worst else {}


def delegations_covered(problem: Problem, rule: Any, placements: Placements) -> Found:
    at = {s.key: minutes for s, _room, minutes in placed_by(problem, rule, placements)}
    found = {}
    for organisation in problem.organisations:
        people = [one for one in problem.registrations if one.organisation == organisation.key]
        chosen = {session for one in people for session in one.choices if speaks_of(rule, session)}
        possible = [some for some in _sets(chosen & at.keys()) if _at_once(at[s] for s in some) <= len(people)]
        lacking = len(chosen) - max(map(len, possible))
        if len(people) >= 2 and lacking:
            found[organisation.key] = lacking
    return found


def room_fits(problem: Problem, rule: Any, session: Session, room: str, at: set[int]) -> int:
    seats = room_of(problem, room).capacity
    offered = session.wishes if session.capacity is None else session.capacity
    needed = max(session.enrolled, min(session.wishes, offered))
    if seats is None or needed == 0:
        return 0
    beyond = seats - needed * (1 + Fraction(rule.tolerance_percent, 100))
    return floor(max(Fraction(0), beyond) / rule.unit_seats)


def parallel_balance(problem: Problem, rule: Any, one: Session, other: Session) -> int:
    if one.format not in rule.formats or other.format not in rule.formats:
        return 0
    small, large = sorted((max(one.wishes, one.enrolled), max(other.wishes, other.enrolled)))
    return (large - small) // rule.unit_people


def _day(problem: Problem, at: set[int]) -> str | None:
    return next((day.key for day in problem.days if min(at) in range(day.opens, day.closes)), None)


def compact_days(problem: Problem, rule: Any, placements: Placements) -> Found:
    found = {}
    for (one, _room, at), (other, _there, also) in combinations(placed_by(problem, rule, placements), 2):
        both = people_of(problem, one, rule.roles) & people_of(problem, other, rule.roles)
        both = both if rule.persons == () else both & set(rule.persons)
        between = range(max(at) + 1, min(also)) if max(at) < min(also) else range(max(also) + 1, min(at))
        amount = len(between) // rule.unit_min
        if _day(problem, at) is None or _day(problem, at) != _day(problem, also):
            amount = rule.other_day
        if both and amount:
            found[tuple(sorted((one.key, other.key)))] = len(both) * amount
    return found


def breaks_kept(problem: Problem, rule: Any, session: Session, room: str, at: set[int]) -> int:
    if session.format in rule.formats_beside:
        return 0
    return len(range(0, len(at & minutes_of(rule.windows)), rule.unit_min))


def stability(problem: Problem, rule: Any, placements: Placements) -> Found:
    found = {}
    for stood in rule.before:
        if not speaks_of(rule, stood.session):
            continue
        place = placements.get(stood.session)
        amount = 6
        if place is not None:
            amount = int(place.room != stood.room)
            if place.start != stood.starts:
                day = _day(problem, {place.start})
                amount += 2 if day is not None and day == _day(problem, {stood.starts}) else 4
        amount += amount * (stood.people // 25)
        if amount:
            found[(stood.session,)] = amount
    return found


PEOPLE_ORACLES: dict[str, Oracle] = {
    "choices_met": choices_met,
    "choices_fair": choices_fair,
    "delegations_covered": delegations_covered,
    "room_fits": each(room_fits),
    "parallel_balance": parallel(parallel_balance),
    "compact_days": compact_days,
    "breaks_kept": each(breaks_kept),
    "stability": stability,
}
PEOPLE_BY_SUBJECT = frozenset({"choices_met", "choices_fair", "delegations_covered"})
