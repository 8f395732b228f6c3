"""Where a session could go without breaking a hard rule, the nearest to a wanted place first.

Serves « Déplacer vers… », the choice of a slot by those whose micro-workshop was taken, and “a taken one offers the
nearest”. What is wrong with a session wherever it stands (a debate that does not fit its length) forbids no place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from parvis.domain.timetable.faults import faults_of
from parvis.domain.timetable.jury import Panel
from parvis.domain.timetable.placements import Place, Placements
from parvis.domain.timetable.problem import Problem, Window
from parvis.domain.timetable.rules import Rule
from parvis.domain.timetable.rules.judges import CrowdJudge, Judge, SingleJudge, TwoJudge
from parvis.domain.timetable.state import State

OFFERED = 5


@dataclass(frozen=True, slots=True)
class FreeSlot:
    """A place without a hard violation, and what the wishes would cost more (or less) there than in the tray."""

    place: Place
    cost: int


def free_slots(
    problem: Problem,
    rules: Sequence[Rule],
    placements: Placements,
    session: str,
    *,
    near: Place | None = None,
    limit: int | None = None,
    rooms: Collection[str] | None = None,
    within: Window | None = None,
    state: State | None = None,
) -> list[FreeSlot]:
    """Return the places on the days' grids where `session` breaks no hard rule, whatever its place now.

    Nearest to `near` first: by time, then in the same room, then by the walk and the rooms' order. Without `near`, by
    time, then in the rooms' order. `limit` is how many are wanted, `rooms` which, `within` when. A `state` of the same
    problem, rules and placements saves judging all anew; it is left as it was.
    Raises what `State` raises, and `NoSuchSession`.
    """
    if state is None:
        state = State(problem, rules, placements)
    was = state.apply(session, None)
    try:
        return list(islice(FreeSearch(state, session).slots(near, rooms, within), limit))
    finally:
        state.apply(session, was)


def places_to_offer(
    problem: Problem,
    rules: Sequence[Rule],
    placements: Placements,
    session: str,
    *,
    near: Place,
    limit: int = OFFERED,
) -> list[FreeSlot]:
    """Return a few free places that are worth choosing from, the nearest first; never where the session stands now.

    Other rooms at that very time, and the next times after and before in that room: not the same room five minutes
    earlier, five minutes later, and so on. Only where there are none of these, whatever is nearest.
    Raises what `free_slots` raises.
    """
    state = State(problem, rules, placements)
    now = placements.get(session)

    def free(**which: Any) -> list[FreeSlot]:
        found = free_slots(problem, rules, placements, session, near=near, state=state, **which)
        return [slot for slot in found if slot.place != now]

    length = state.jury.duration.get(session, 0)
    elsewhere = [room.key for room in problem.rooms if room.key != near.room]
    here = free(rooms=[near.room])
    found = [
        *free(rooms=elsewhere, within=Window(near.start, near.start + length), limit=limit),
        *[slot for slot in here if slot.place.start > near.start][:1],
        *[slot for slot in here if slot.place.start < near.start][:1],
    ]
    chosen = [*found[: max(0, limit - 2)], *found[-2:]] if len(found) > limit else found
    chosen.sort(key=lambda slot: abs(slot.place.start - near.start))
    return chosen or free(limit=limit + 1)[:limit]


class FreeSearch:
    """Looks at rooms alone first, then at starts alone, then only at the pairs of the two that are left."""

    def __init__(self, state: State, session: str) -> None:
        self.state, self.session = state, session
        self.length = state.jury.duration[session]
        hard = state.jury.hard
        tray = faults_of(state.jury, state.board, session, None)
        self.tray = {piece: amount for piece, amount in tray.items() if hard[piece[0]]}
        self.of_room = state.jury.panel(lambda judge: _is_hard(judge) and _looks_at(judge) == (True, False))
        self.of_start = state.jury.panel(lambda judge: _is_hard(judge) and _looks_at(judge) == (False, True))
        self.of_both = state.jury.panel(lambda judge: _is_hard(judge) and _looks_at(judge) == (True, True))

    def slots(self, near: Place | None, rooms: Collection[str] | None, within: Window | None) -> Iterator[FreeSlot]:
        wanted = [room for room in self.rooms(near) if rooms is None or room in rooms]
        for start in self.starts(near, within):
            if wanted and self.is_free(self.of_start, Place(wanted[0], start)):
                for room in wanted:
                    place = Place(room, start)
                    if self.is_free(self.of_both, place):
                        yield FreeSlot(place, self.state.delta(self.session, place).cost)

    def starts(self, near: Place | None, within: Window | None) -> list[int]:
        """Return the starts on the grid at which the session fits into a day."""
        found = [
            start
            for day in self.state.problem.days
            for start in range(day.opens, day.closes - self.length + 1, day.step_min)
            if within is None or (within.starts <= start and start + self.length <= within.ends)
        ]
        return sorted(found, key=lambda start: (abs(start - near.start) if near is not None else 0, start))

    def rooms(self, near: Place | None) -> list[str]:
        """Return the rooms that are not forbidden at any time."""
        problem = self.state.problem
        beside = problem.room_of.get(near.room) if near is not None else None

        def distance(room: str) -> tuple[bool, int, int, int, str]:
            position = problem.room_of[room].position
            if beside is None:
                return True, 0, 0, position, room
            walk, steps = problem.walking_min(beside.key, room), abs(position - beside.position)
            return room != beside.key, walk, steps, position, room

        days = problem.days[:1]
        return sorted(
            (room for room in problem.room_of if days and self.is_free(self.of_room, Place(room, days[0].opens))),
            key=distance,
        )

    def is_free(self, panel: Panel, place: Place) -> bool:
        """Tell whether none of the panel's judges finds at this place what they would not find in the tray."""
        board, session = self.state.board, self.session
        found, tray = faults_of(panel, board, session, place), self.tray
        if found and (not tray or any(amount > tray.get(piece, 0) for piece, amount in found.items())):
            return False
        concerned = (crowd for _rank, crowd in panel.crowds if session in crowd.concerned)
        return not any(self.crowds_out(crowd, place) for crowd in concerned)

    def crowds_out(self, crowd: CrowdJudge, place: Place) -> bool:
        """Tell whether a subject would be worse off than it is with the session in the tray."""
        board, session = self.state.board, self.session
        before = {subject: crowd.amount(subject, board) for subject in crowd.touched(session, place, board)}
        board.put(session, place)
        worse = any(crowd.amount(subject, board) > amount for subject, amount in before.items())
        board.put(session, None)
        return worse


def _is_hard(judge: Judge) -> bool:
    return judge.rule.hard


def _looks_at(judge: Judge) -> tuple[bool, bool]:
    """Tell whether a verdict depends on the room, and on the start."""
    if isinstance(judge, SingleJudge):
        return judge.by_room, judge.by_start
    return (judge.by_room, True) if isinstance(judge, TwoJudge | CrowdJudge) else (False, True)
