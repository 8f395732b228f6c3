"""The judge's say in mending: among places that are equal in moves and minutes, where the wishes cost least."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping

from parvis.domain.timetable.placements import Place, Placements
from parvis.domain.timetable.state import State
from parvis.solver.mend_program import Spot, Stand, moved

ROUNDS = 3


def place_of(stand: Stand, spot: Spot) -> Place:
    """Return a spot as a place."""
    return Place(stand.model.rooms[spot[0]], spot[1])


def placements_with(stand: Stand, before: Placements, spots: Mapping[int, Spot]) -> Placements:
    """Return placements in which the free sessions stand at these spots."""
    names = stand.model.sessions
    return Placements({**before, **{names[at]: place_of(stand, spot) for at, spot in spots.items()}})


def polished(
    stand: Stand, before: Placements, spots: Mapping[int, Spot], until: float, *, anywhere: bool
) -> dict[int, Spot]:
    """Return spots of the same sessions that cost the wishes less, and break no more hard rules.

    Sessions that moved try the other rooms, as far away in time as they are, or with `anywhere` all that is allowed:
    one after the other, while it helps and until the clock (monotonic) says so.
    """
    jury = stand.model.jury
    state = State(stand.model.problem, jury.rules, placements_with(stand, before, spots), jury=jury)
    found = dict(spots)
    for _round in range(ROUNDS):
        changed = False
        for at in moved(stand, found):
            session, home = stand.model.sessions[at], stand.now[at]
            best, least = found[at], 0
            for spot in _others(stand, at, found[at], anywhere=anywhere):
                if time.monotonic() > until:
                    break
                if spot == home:
                    continue
                delta = state.delta(session, place_of(stand, spot))
                if delta.hard <= 0 and delta.cost < least:
                    best, least = spot, delta.cost
            if best != found[at]:
                state.apply(session, place_of(stand, best))
                found[at], changed = best, True
        if not changed:
            break
    return found


def _others(stand: Stand, at: int, spot: Spot, *, anywhere: bool) -> Iterable[Spot]:
    away = abs(spot[1] - stand.now[at][1])
    for room, starts in stand.hard.places[at].items():
        for start in starts:
            if anywhere or abs(start - stand.now[at][1]) == away:
                yield room, start
