"""What publishing asks of a timetable: only what the public will read is judged, and hard rules are asked about.

Cancelled sessions are in no timetable. Drafts are left out before anything is judged: a room that a draft has too is
no fault for the public, interpreters promised to a draft lack nowhere. A session that is confirmed but has no place
yet is judged: the public reads that it is to come.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from parvis.domain.refusals import N_, Refusal
from parvis.domain.timetable.fields import shape_of
from parvis.domain.timetable.placements import Placements
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules import Rule
from parvis.domain.timetable.verdicts import Violation
from parvis.domain.timetable.violations import violations

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


class ViolationsRemain(Refusal):
    """A programme that breaks hard rules is published by who has read them and says so.

    `violations` are the hard rules that are broken, each with its words.
    """

    sentence = N_(
        "Rules of the timetable are still broken (%(count)s). Read them; if they may stand, "
        "tick “Publish all the same”."
    )

    def __init__(self, found: Sequence[Violation]) -> None:
        self.violations = tuple(found)
        super().__init__(field="accept", count=len(self.violations))


@dataclass(frozen=True, slots=True)
class Timetabled:
    """A timetable apart from the rows that stand behind it."""

    problem: Problem
    rules: tuple[Rule, ...]
    placements: Placements


def only(timetable: Timetabled, sessions: Collection[str]) -> Timetabled:
    """Return the timetable as if there were no other sessions than these. Rules that named another one are gone."""
    kept = frozenset(sessions)
    problem = timetable.problem
    rules = [_only(rule, kept) for rule in timetable.rules]
    return Timetabled(
        problem=replace(
            problem,
            sessions=tuple(item for item in problem.sessions if item.key in kept),
            interventions=tuple(item for item in problem.interventions if item.session in kept),
            involvements=tuple(item for item in problem.involvements if item.session in kept),
            registrations=tuple(
                replace(item, choices=tuple(choice for choice in item.choices if choice in kept))
                for item in problem.registrations
            ),
        ),
        rules=tuple(rule for rule in rules if rule is not None),
        placements=Placements({key: place for key, place in timetable.placements.items() if key in kept}),
    )


def remaining(timetable: Timetabled, shown: Collection[str]) -> list[Violation]:
    """Return the rules that the public's programme breaks, hard ones first; `shown` are the sessions that it holds."""
    public = only(timetable, shown)
    return violations(public.problem, public.rules, public.placements)


def check_remaining(found: Sequence[Violation], *, accepted: bool) -> None:
    """Raise `ViolationsRemain` where hard rules are broken and nobody has accepted it."""
    hard = [violation for violation in found if violation.hard]
    if hard and not accepted:
        raise ViolationsRemain(hard)


def _only(rule: Rule, kept: frozenset[str]) -> Rule | None:
    """Return a rule without the sessions that are gone; None where it cannot do without them."""
    given: dict[str, Any] = {}
    for shape in shape_of(type(rule)):
        value = getattr(rule, shape.name)
        if shape.many and is_dataclass(shape.kind):
            given[shape.name] = tuple(record for record in value if _names_only(record, kept))
            continue
        if shape.refers_to != "sessions":
            continue
        if not shape.many:
            if value is not None and value not in kept:
                return None
            continue
        left = tuple(key for key in value if key in kept)
        if shape.name == "sessions" and value and not left:
            return None  # empty would mean all of them
        given[shape.name] = left
    return replace(rule, **given) if given else rule


def _names_only(record: DataclassInstance, kept: frozenset[str]) -> bool:
    """Tell whether a record within a rule names no session that is gone."""
    named = [getattr(record, shape.name) for shape in shape_of(type(record)) if shape.refers_to == "sessions"]
    return all(session is None or session in kept for session in named)
