"""What a board costs is what the judge says of its placements, after any moves; and undoing leaves no trace."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from parvis.domain.timetable.placements import Placements
from parvis.domain.timetable.rules import Rule
from parvis.domain.timetable.violations import score_of, violations
from parvis.solver.boards import new_board
from parvis.solver.kernel.annealing import KINDS, make
from parvis.solver.kernel.arrays import COST, HARD, ROOM, SOFT, Board
from parvis.solver.kernel.board import undo
from parvis.solver.model import Model, compile_model
from tests.domain.timetable.strategies import Case, cases

# Kinds that are solved as wishes only, or for all sessions only.
AS_A_WISH = {
    "choices_met",
    "choices_fair",
    "delegations_covered",
    "themes_parallel",
    "theme_preferences",
}
AS_A_WHOLE = AS_A_WISH | {
    "one_theme_per_cell",
    "theme_rooms",
    "theme_parallel_rooms",
    "theme_in_one_go",
    "theme_order",
}


def solvable(rules: list[Rule]) -> list[Rule]:
    """Return the rules as the solver takes them."""
    found = [replace(rule, hard=False) if rule.kind in AS_A_WISH else rule for rule in rules]
    return [replace(rule, sessions=(), exempt=()) if rule.kind in AS_A_WHOLE else rule for rule in found]


def expected(model: Model, rules: list[Rule], placements: Placements) -> int:
    """Return what a board should cost: what the judge says, and what the tray costs besides."""
    score = score_of(violations(model.problem, rules, placements))
    extra = sum(int(model.tray_extra[at]) for at, key in enumerate(model.sessions) if key not in placements)
    return score.hard * HARD + score.cost + extra


def in_days(case: Case) -> bool:
    """Tell whether whatever is fixed is inside the days: outside, a day is not what the judge calls one."""
    days = case.problem.days
    return all(
        session.fixed_start is None
        or session.fixed_room is None
        or any(d.opens <= session.fixed_start and session.fixed_start + session.duration_min <= d.closes for d in days)
        for session in case.problem.sessions
    )


def placements_on(model: Model, board: Board) -> Placements:
    return model.placements_of(board.rooms, board.starts)


@given(case=cases(), seed=st.integers(0, 1000))
@settings(max_examples=100, deadline=None)
def test_a_board_costs_what_the_judge_says(case: Case, seed: int) -> None:
    assume(in_days(case))
    rules = solvable(case.rules)
    model = compile_model(case.problem, rules, case.placements)
    board = new_board(model, seed=seed)
    assert board.cost == expected(model, rules, placements_on(model, board))
    if not model.facts.movers or not model.facts.slots:
        return
    for move in range(60):
        kind = move % KINDS
        before = board.memory.copy()
        could = make(model.memory, board.memory, kind)
        if could and move % 3:
            assert board.cost == expected(model, rules, placements_on(model, board)), kind
        else:
            undo(model.memory, board.memory)
            after = placements_on(model, board)
            assert board.cost == before[COST], kind
            assert np.array_equal(board.rooms, before[before[ROOM] : before[ROOM] + len(board.rooms)]), kind
            assert board.cost == expected(model, rules, after), kind
    assert board.cost & SOFT >= 0
