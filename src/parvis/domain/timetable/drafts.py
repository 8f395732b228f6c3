"""Drafts: what a solver answers, read with mistrust, and kept as plain values beside the timetable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from parvis.domain.timetable.differences import Difference
from parvis.domain.timetable.json_records import as_object, read_moment
from parvis.domain.timetable.placements import Place, Placements, check_placements
from parvis.domain.timetable.problem import Problem


def read_draft(value: object, problem: Problem) -> Placements:
    """Return the placements that a solver answers: {session: {"room": key, "starts": ISO}}.

    Raises the refusals of `json_records` and `check_placements` for what is none of this problem's.
    """
    places: dict[str, Place] = {}
    for session, place in as_object(value, "placements").items():
        path = f"placements.{session}"
        given = as_object(place, path)
        places[session] = Place(
            str(given.get("room")), read_moment(given.get("starts"), f"{path}.starts", problem.timeline)
        )
    placements = Placements(places)
    check_placements(problem, placements)
    return placements


@dataclass(frozen=True, slots=True)
class DraftNumbers:
    """What a draft is compared by. `rules` are (kind, hard, found before, cost before, found after, cost after)."""

    hard_before: int
    cost_before: int
    hard: int
    cost: int
    persons: int
    participants: int
    lost: int
    gained: int
    minimal: bool
    rules: tuple[tuple[str, bool, int, int, int, int], ...]

    @classmethod
    def of(cls, found: Difference, *, minimal: bool) -> DraftNumbers:
        """Return the numbers of a difference; `minimal`: it is proven that fewer moves do not do."""
        return cls(
            *found.before,
            *found.after,
            found.persons,
            found.participants,
            found.lost,
            found.gained,
            minimal,
            tuple((r.kind, r.hard, r.found_before, r.cost_before, r.found_after, r.cost_after) for r in found.rules),
        )

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return {**values, "rules": [list(rule) for rule in self.rules]}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> DraftNumbers:
        """Return what `to_json` wrote."""
        rules = tuple((str(rule[0]), bool(rule[1]), *map(int, rule[2:6])) for rule in value["rules"])
        return cls(**{**{name: value[name] for name in cls.__slots__}, "rules": rules})
