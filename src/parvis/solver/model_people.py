"""Participants' choices and their delegations as arrays of the inner loop."""

from __future__ import annotations

from typing import Any

import numpy as np

from parvis.domain.refusals import N_, Refusal
from parvis.domain.timetable.jury import Jury
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.worth import worth_of_choices
from parvis.solver.sparse import row_pointers, row_values

KINDS = frozenset({"choices_met", "choices_fair", "delegations_covered"})


class TooNarrowForChoices(Refusal):
    """Participants' choices are weighed as a whole."""

    sentence = N_("The rule “%(rule)s” speaks of some sessions only: choices can be weighed for all of them.")


class ChoicesAreWishes(Refusal):
    """Hardly any programme meets all choices."""

    sentence = N_("The rule “%(rule)s” must be a wish: hardly any programme could meet everybody’s choices.")


def people_arrays(problem: Problem, jury: Jury) -> dict[str, Any]:
    """Return who chose what, and what is lost when they cannot attend.

    Raises `TooNarrowForChoices`, `ChoicesAreWishes`.
    """
    rules: dict[str, Any] = {}
    for rule in jury.rules:
        if rule.kind in KINDS:
            if rule.sessions or rule.exempt:
                raise TooNarrowForChoices(rule=rule.key)
            if rule.hard:
                raise ChoicesAreWishes(rule=rule.key)
            rules[rule.kind] = rule
    at = {session.key: n for n, session in enumerate(problem.sessions)}
    personal = "choices_met" in rules or "choices_fair" in rules
    choosing = [one for one in problem.registrations if one.choices] if personal else []
    worths = [dict(worth_of_choices(one)) for one in choosing]
    rows = [[at[key] for key in worth] for worth in worths]
    fair = rules.get("choices_fair")
    count = -(-len(choosing) * fair.share_percent // 100) if fair is not None else 0
    parties = _parties(problem) if "delegations_covered" in rules else []
    party_rows = [sorted(at[key] for key in chosen) for _people, chosen in parties]
    return {
        "choice_ptr": row_pointers(rows),
        "choice_session": row_values(rows),
        "choice_worth": np.array([worth for own in worths for worth in own.values()], np.int64),
        "wanted": np.array([sum(own.values()) for own in worths], np.int64),
        **_turned(rows, len(at), "chooser_ptr", "chooser"),
        "w_met": _weight(rules.get("choices_met")),
        "w_fair": _weight(fair),
        "fair_count": count,
        "party_lost": _lost(parties, at, _weight(rules.get("delegations_covered"))),
        "party_ptr": row_pointers(party_rows),
        "party_session": row_values(party_rows),
        "party_people": np.array([people for people, _chosen in parties], np.int64),
        **_turned(party_rows, len(at), "of_party_ptr", "of_party"),
        "w_party": _weight(rules.get("delegations_covered")),
    }


def _weight(rule: Any) -> int:
    return 0 if rule is None else int(rule.weight)


def _parties(problem: Problem) -> list[tuple[int, set[str]]]:
    """Return delegations of two or more, with what any of them chose."""
    people: dict[str, int] = {}
    chosen: dict[str, set[str]] = {}
    for one in problem.registrations:
        if one.organisation is not None:
            people[one.organisation] = people.get(one.organisation, 0) + 1
            chosen.setdefault(one.organisation, set()).update(one.choices)
    return [(people[key], chosen[key]) for key in sorted(people) if people[key] > 1 and chosen[key]]


def _lost(parties: list[tuple[int, set[str]]], at: dict[str, int], weight: int) -> Any:
    """Return what it costs delegations that a session is in the tray."""
    cost = np.zeros(len(at), np.int64)
    for _people, chosen in parties:
        for key in chosen:
            cost[at[key]] += weight
    return cost


def _turned(rows: list[list[int]], many: int, ptr: str, values: str) -> dict[str, Any]:
    """Return rows of sessions as, for each session, the rows that hold it."""
    holding: list[list[int]] = [[] for _session in range(many)]
    for row, sessions in enumerate(rows):
        for session in sessions:
            holding[session].append(row)
    return {ptr: row_pointers(holding), values: row_values(holding)}
