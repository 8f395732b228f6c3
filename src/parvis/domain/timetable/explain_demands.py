"""What one instance of a hard rule demands, in shapes that one can try out or compile: no solver is named here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.rules.judges import ClashJudge, PairJudge


@dataclass(frozen=True, slots=True)
class HasPlace:
    """A session has a place, for its whole length."""

    session: str


@dataclass(frozen=True, slots=True)
class OpenDay:
    """What begins on a day, or in the nights around it, is between its opening and its closing."""

    day: str


@dataclass(frozen=True, slots=True)
class NeverRight:
    """Something is wrong wherever sessions stand, and in the tray too."""


@dataclass(frozen=True, slots=True)
class NotThere:
    """Sessions are not at some places. `forbids` is asked with a session and a place; `by_…`: what it depends on."""

    sessions: tuple[str, ...]
    forbids: Callable[[str, Place], bool]
    by_room: bool
    by_start: bool


@dataclass(frozen=True, slots=True)
class NotAtOnce:
    """Pairs of sessions have so many minutes between them, the third of each."""

    pairs: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class OneInRoom:
    """A room receives one of the sessions at a time, with `reach` minutes between."""

    room: str
    sessions: tuple[str, ...]
    reach: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """One session ends from `least` to `most` minutes before another begins."""

    before: str
    after: str
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Walking:
    """Between two sessions that do not overlap there are the minutes from room to room."""

    pairs: tuple[tuple[str, str], ...]
    walk: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Interpreters:
    """At any moment there are teams enough. The judge knows the booths, who serves them, and how long they rest."""

    judge: Any


Demand = HasPlace | OpenDay | NeverRight | NotThere | NotAtOnce | OneInRoom | Sequence | Walking | Interpreters


def by_subject(judge: ClashJudge | PairJudge) -> dict[str, list[tuple[str, str]]]:
    """Return the pairs of a judge by what the two share: a person, a theme, a team."""
    sharing: Any = getattr(judge, "sharing", None)
    found: dict[str, list[tuple[str, str]]] = {}
    for one, other in pairs_of(judge):
        for thing in sharing.shared(one, other):
            found.setdefault(thing, []).append((one, other))
    return found


def pairs_of(judge: ClashJudge | PairJudge) -> list[tuple[str, str]]:
    """Return the pairs in which a judge can find fault, each once, in the order of their keys."""
    found = []
    for one in sorted(judge.concerned):
        partners = judge.partners(one)
        among = judge.concerned if partners is None else partners & judge.concerned
        found += [(one, other) for other in sorted(among) if one < other]
    if isinstance(judge, ClashJudge):
        found = [pair for pair in found if judge.amount_between(*pair)]
    return found


def stars(pairs: Iterable[tuple[str, str]]) -> dict[str, list[tuple[str, str]]]:
    """Return pairs by a session in the middle of many: a plenary, with all that may not be beside it."""
    near: dict[str, set[str]] = {}
    for one, other in pairs:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    found: dict[str, list[tuple[str, str]]] = {}
    while near:
        middle = min(near, key=lambda session: (-len(near[session]), session))
        others = sorted(near.pop(middle))
        if others:
            found[middle] = [(min(middle, other), max(middle, other)) for other in others]
        for other in others:
            near[other].discard(middle)
    return found
