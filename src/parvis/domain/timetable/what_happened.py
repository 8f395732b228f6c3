"""What happened on the day, as facts of a changed problem: somebody is not there, a room is lost, a session is longer.

The change is made to the problem that the solver is given, and to nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from parvis.domain.programme.placement import check_length
from parvis.domain.refusals import N_, NotFound, Refusal
from parvis.domain.timetable.problem import Problem, Window
from parvis.domain.timetable.rules import FixedPlace, PersonAvailable, RoomAvailable, Rule


class Happening(StrEnum):
    """What may happen."""

    PERSON_AWAY = "person_away"
    ROOM_LOST = "room_lost"
    SESSION_LONGER = "session_longer"


HAPPENING_NAMES: dict[Happening, str] = {
    Happening.PERSON_AWAY: N_("A person is late, or away"),
    Happening.ROOM_LOST: N_("A room cannot be used"),
    Happening.SESSION_LONGER: N_("A session lasts longer, or is shorter"),
}


class EndsBefore(Refusal):
    """A span ends after it begins."""

    sentence = N_("It ends before it begins: change one of the two hours.")


class NotDuringTheEdition(Refusal):
    """What happened touches the timetable."""

    sentence = N_("This is outside the days of the edition: nothing in the timetable is touched by it.")


class LengthIsTheSame(Refusal):
    """Another length is another one."""

    sentence = N_("“%(title)s” lasts %(minutes)s minutes already: give another length.")


@dataclass(frozen=True, slots=True)
class WhatHappened:
    """One change. `key` names a person, a room or a session of the problem.

    `starts` and `ends` (minutes of the timeline) are when a person is away or a room is lost; `minutes` is what a
    session lasts now.
    """

    kind: Happening
    key: str
    starts: int = 0
    ends: int = 0
    minutes: int = 0

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "kind": str(self.kind),
            "key": self.key,
            "starts": self.starts,
            "ends": self.ends,
            "minutes": self.minutes,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> WhatHappened:
        """Return what `to_json` wrote."""
        return cls(
            Happening(value["kind"]), str(value["key"]), int(value["starts"]), int(value["ends"]), int(value["minutes"])
        )


def check_happened(problem: Problem, what: WhatHappened) -> None:
    """Raise `NotFound`, `EndsBefore`, `NotDuringTheEdition`, `LengthIsTheSame`, `SessionMustLast`."""
    if what.kind is Happening.SESSION_LONGER:
        session = problem.session_of.get(what.key)
        if session is None:
            raise NotFound(field="session")
        check_length(what.minutes)
        if what.minutes == session.duration_min:
            raise LengthIsTheSame(title=session.title, minutes=what.minutes, field="minutes")
        return
    person = what.kind is Happening.PERSON_AWAY
    if what.key not in (problem.person_of if person else problem.room_of):
        raise NotFound(field="person" if person else "room")
    if what.ends <= what.starts:
        raise EndsBefore(field="ends_at")
    if not any(what.starts < day.closes and what.ends > day.opens for day in problem.days):
        raise NotDuringTheEdition(field="starts_at")


def changed_by(problem: Problem, rules: Sequence[Rule], what: WhatHappened) -> tuple[Problem, tuple[Rule, ...]]:
    """Return the problem as it is after what happened, and the rules with the one that minds it.

    A rule that the edition does not judge, or takes as a wish, is hard for this once: who says that somebody is away
    means it. Raises what `check_happened` raises.
    """
    check_happened(problem, what)
    if what.kind is Happening.SESSION_LONGER:
        session = problem.session_of[what.key]
        debate = min(session.debate_min, what.minutes)
        return problem.with_session(replace(session, duration_min=what.minutes, debate_min=debate)), tuple(rules)
    if what.kind is Happening.PERSON_AWAY:
        persons = tuple(
            replace(each, windows=_without(each.windows, problem, what)) if each.key == what.key else each
            for each in problem.persons
        )
        return replace(problem, persons=persons), _hard(rules, PersonAvailable(key=PersonAvailable.kind))
    rooms = tuple(
        replace(each, windows=_without(each.windows, problem, what)) if each.key == what.key else each
        for each in problem.rooms
    )
    return replace(problem, rooms=rooms), _hard(rules, RoomAvailable(key=RoomAvailable.kind))


def pinned(problem: Problem, rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """Return the rules with one that keeps pinned cards in their places, whatever the edition makes of it."""
    fixed = any(session.fixed_start is not None or session.fixed_room is not None for session in problem.sessions)
    return _hard(rules, FixedPlace(key=FixedPlace.kind)) if fixed else tuple(rules)


def _hard(rules: Sequence[Rule], wanted: Rule) -> tuple[Rule, ...]:
    return (*(rule for rule in rules if rule.kind != wanted.kind), wanted)


def _without(windows: tuple[Window, ...] | None, problem: Problem, what: WhatHappened) -> tuple[Window, ...]:
    """Return what is left of windows, or of all the days, without the span that is lost."""
    if windows is None:
        first, last = min(day.opens for day in problem.days), max(day.closes for day in problem.days)
        windows = (Window(min(first, what.starts), max(last, what.ends)),)
    left = []
    for window in windows:
        before = Window(window.starts, min(window.ends, what.starts))
        after = Window(max(window.starts, what.ends), window.ends)
        left += [part for part in (before, after) if part.starts < part.ends]
    return tuple(left)
