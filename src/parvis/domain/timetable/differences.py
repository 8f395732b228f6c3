"""What two placements of one timetable differ in: moves, people concerned, choices lost and gained, score by rule."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from parvis.domain.timetable.moves import newly_broken
from parvis.domain.timetable.placements import Move, Place, Placements
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules import Rule
from parvis.domain.timetable.verdicts import Score, Violation
from parvis.domain.timetable.violations import score_of, violations
from parvis.domain.timetable.worth import attendable, worth_of_choices


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """What one kind of rule finds before and after: places where it is broken, and what they cost."""

    kind: str
    hard: bool
    found_before: int
    cost_before: int
    found_after: int
    cost_after: int


@dataclass(frozen=True, slots=True)
class Difference:
    """From one placement to another. `persons` have a part in what moves, `participants` chose some of it.

    `lost` and `gained` are points of choices (`worth`): what some participants can attend less, and others more.
    """

    moves: tuple[Move, ...]
    before: Score
    after: Score
    rules: tuple[BeforeAfter, ...]
    persons: int
    participants: int
    lost: int
    gained: int


def difference(
    problem: Problem,
    rules: Sequence[Rule],
    before: Placements,
    after: Placements,
    *,
    found_before: Sequence[Violation] | None = None,
) -> Difference:
    """Return what the second placements change in the first, both judged by the same rules.

    `found_before` are the violations before, where they are known already.
    """
    was = violations(problem, rules, before) if found_before is None else list(found_before)
    now = violations(problem, rules, after)
    moves = tuple(before.moves_to(after))
    moved = {move.session for move in moves}
    lost, gained = _choices(problem, before, after, moved)
    return Difference(
        moves=moves,
        before=score_of(was),
        after=score_of(now),
        rules=_by_rule(was, now),
        persons=len({item.person for item in problem.engagements() if item.session in moved}),
        participants=sum(not moved.isdisjoint(each.choices) for each in problem.registrations),
        lost=lost,
        gained=gained,
    )


def _by_rule(was: Iterable[Violation], now: Iterable[Violation]) -> tuple[BeforeAfter, ...]:
    counted: dict[tuple[bool, str], list[int]] = {}
    for place, found in ((0, was), (2, now)):
        for violation in found:
            numbers = counted.setdefault((not violation.hard, violation.kind), [0, 0, 0, 0])
            numbers[place] += 1
            numbers[place + 1] += violation.cost
    return tuple(BeforeAfter(kind, not soft, *numbers) for (soft, kind), numbers in sorted(counted.items()))


def _choices(
    problem: Problem, before: Mapping[str, Place], after: Mapping[str, Place], moved: Collection[str]
) -> tuple[int, int]:
    lost = gained = 0
    for registration in problem.registrations:
        if set(registration.choices).isdisjoint(moved):
            continue
        worth = worth_of_choices(registration)
        can = []
        for places in (before, after):
            starts = {session: places[session].start for session, _points in worth if session in places}
            can.append(
                attendable(
                    (starts[s], starts[s] + problem.duration_of[s], points) for s, points in worth if s in starts
                )
            )
        lost += max(0, can[0] - can[1])
        gained += max(0, can[1] - can[0])
    return lost, gained


@dataclass(frozen=True, slots=True)
class Refused:
    """A move that is not made, and the hard rule that it would break anew."""

    move: Move
    why: Violation


def acceptable(
    problem: Problem, rules: Sequence[Rule], before: Placements, moves: Sequence[Move], *, stood: Sequence[Violation]
) -> tuple[list[Move], list[Refused]]:
    """Return the moves that can be made together, and those that would break a hard rule anew.

    `stood` are the violations before. Moves that stand in a fault are left out until no new fault is left: what
    remains never breaks more than what stood.
    """
    kept, refused = list(moves), []
    while kept:
        broken = newly_broken(stood, violations(problem, rules, before.after(*kept)))
        if not broken:
            break
        at_fault: dict[str, Violation] = {}
        for violation in broken:
            for session in violation.sessions:
                at_fault.setdefault(session, violation)
        out = [move for move in kept if move.session in at_fault] or kept  # a fault that names none is all of theirs
        refused += [Refused(move, at_fault.get(move.session, broken[0])) for move in out]
        kept = [move for move in kept if move not in out]
    return kept, refused
