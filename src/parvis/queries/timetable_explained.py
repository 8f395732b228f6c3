"""Reads that explain a timetable: what each rule costs and who pays, and why a card stands where it stands."""

from __future__ import annotations

from parvis.domain.access import Actor, Permission
from parvis.domain.refusals import NotFound
from parvis.domain.timetable.explain import CardReasons, RuleCost, costs, why_here
from parvis.domain.timetable.state import State
from parvis.domain.timetable.verdicts import Score
from parvis.queries.timetable import Timetable, build_timetable


def access_costs(actor: Actor, *, edition_id: int) -> tuple[Timetable, list[RuleCost], Score]:
    """Return the timetable with participants' choices, what each rule costs in it, and the score.

    One `build_timetable`. Raises `NotAllowed`, `EditionHasNoDays`, `Edition.DoesNotExist`.
    """
    actor.require(Permission.READ_DESK)
    timetable = build_timetable(edition_id, with_choices=True)
    state = State(timetable.problem, timetable.rules, timetable.placements)
    found = costs(timetable.problem, timetable.rules, timetable.placements, state=state)
    return timetable, found, state.score


def access_reasons(actor: Actor, *, edition_id: int, session_id: int) -> tuple[Timetable, CardReasons]:
    """Return the timetable, and why a session stands where it does.

    One `build_timetable`. Raises `NotAllowed`, `NotFound` (cancelled sessions have no place), `EditionHasNoDays`,
    `Edition.DoesNotExist`.
    """
    actor.require(Permission.READ_DESK)
    timetable = build_timetable(edition_id, with_choices=True)
    code = next((code for code, pk in timetable.session_ids.items() if pk == session_id), None)
    if code is None:
        raise NotFound
    return timetable, why_here(timetable.problem, timetable.rules, timetable.placements, code)
