"""Participants attend what they chose, those who are served worst too, and delegations share out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given, settings

from parvis.domain.timetable.board import Board
from parvis.domain.timetable.checks import OutOfBounds
from parvis.domain.timetable.jury import Jury, check_rules
from parvis.domain.timetable.placements import Place, Placements
from parvis.domain.timetable.problem import Day, Organisation, Problem, Registration, Room, Session
from parvis.domain.timetable.rules import ChoicesFair, ChoicesMet, DelegationsCovered
from parvis.domain.timetable.rules.judges import CrowdJudge
from parvis.domain.timetable.state import State
from parvis.domain.timetable.timeline import Timeline
from parvis.domain.timetable.violations import Violation, score_of, violations
from tests.domain.timetable.strategies import Case, cases

TIMELINE = Timeline.from_day("Europe/Paris", date(2025, 10, 23))
NINE = 540
PROBLEM = Problem(
    TIMELINE,
    days=(
        Day.on(TIMELINE, date(2025, 10, 23), time(9), time(18)),
        Day.on(TIMELINE, date(2025, 10, 24), time(9), time(18)),
    ),
    rooms=(Room("r", "R"), Room("q", "Q")),
    organisations=(Organisation("b", "Brest"), Organisation("a", "Arles"), Organisation("c", "Caen")),
    sessions=tuple(Session(key, key.upper(), 60, "workshop") for key in "uvwx"),
    registrations=(
        Registration("1", ("u", "v", "w", "x"), ranked=True, organisation="b"),
        Registration("2", ("v", "u"), organisation="b"),
        Registration("3", ("w",), ranked=True, organisation="a"),
        Registration("4", ("u", "v"), ranked=True),
    ),
)
MET, FAIR, COVERED = ChoicesMet(key="met"), ChoicesFair(key="fair", share_percent=25), DelegationsCovered(key="all")


def at(**starts: int) -> Placements:
    return Placements({session: Place("r", start) for session, start in starts.items()})


def lost(rule: ChoicesMet | ChoicesFair | DelegationsCovered, placements: Placements) -> dict[str, int]:
    return {found.key: found.amount for found in violations(PROBLEM, [rule], placements)}


def test_what_nobody_can_attend_is_lost_by_organisation() -> None:
    assert lost(MET, at()) == {"met/b": 4 + 3 + 2 + 1 + 2 + 2, "met/a": 4, "met/": 4 + 3}
    # u and v at once: the first gives up v (3), the second either (2), the last v (3); w and x are still in the tray.
    assert lost(MET, at(u=NINE, v=NINE + 30)) == {"met/b": 3 + 3 + 2, "met/a": 4, "met/": 3}
    assert lost(MET, at(u=NINE, v=NINE + 60, w=NINE + 120, x=NINE + 180)) == {}
    found = violations(PROBLEM, [MET], at())
    assert [violation.organisations for violation in found] == [("a",), ("b",), ()], "in the order of their keys"
    assert not any(violation.hard for violation in found)


def test_a_rule_that_is_narrowed_keeps_the_ranks() -> None:
    assert lost(replace(MET, exempt=("u",)), at(v=NINE, w=NINE)) == {"met/b": 2 + 1}


def test_the_worst_served_share_counts_once_more() -> None:
    nothing_placed = [10, 7, 4, 4]
    for share, expected in ((1, 10), (25, 10), (26, 17), (50, 17), (75, 21), (100, sum(nothing_placed))):
        assert lost(replace(FAIR, share_percent=share), at()) == {"fair/worst": expected}
    assert lost(FAIR, at(u=NINE, v=NINE, w=NINE + 60, x=NINE + 120)) == {"fair/worst": 3}
    for share in (0, 101):
        with pytest.raises(OutOfBounds):
            check_rules(PROBLEM, [replace(FAIR, share_percent=share)])


def test_a_delegation_shares_out() -> None:
    """Brest sends two people, who chose four sessions between them; Arles sends one, who is no delegation."""
    assert lost(COVERED, at()) == {"all/b": 4}
    assert lost(COVERED, at(u=NINE, v=NINE, w=NINE + 60, x=NINE + 60)) == {}
    assert lost(COVERED, at(u=NINE, v=NINE, w=NINE, x=NINE + 60)) == {"all/b": 1}
    (found,) = violations(PROBLEM, [COVERED], at(u=NINE, v=NINE, w=NINE))
    assert dict(found.words.params) == {"name": "Brest", "chosen": 4, "people": 2, "covered": 2}


def test_a_session_that_runs_through_the_night_is_in_both_days() -> None:
    long = replace(PROBLEM, sessions=(Session("u", "U", 840, "workshop"), *PROBLEM.sessions[1:]))
    evening, morning = PROBLEM.days[0].closes + 300, PROBLEM.days[1].opens
    for starts, expected in (
        ({"u": evening, "v": morning, "w": morning, "x": morning + 60}, 1),
        ({"u": evening, "v": morning, "w": morning + 60, "x": morning + 120}, 0),
    ):
        found = violations(long, [COVERED], at(**starts))
        assert sum(violation.amount for violation in found) == expected


def test_a_judge_that_is_asked_of_one_board_and_then_of_another_knows_which() -> None:
    jury = Jury(PROBLEM, [MET, FAIR, COVERED])
    one, other = Board(PROBLEM, at(u=NINE, v=NINE)), Board(PROBLEM, at(w=NINE, x=NINE))
    judges = [judge for _rank, judge in jury.crowds]

    def asked(board: Board) -> list[list[int]]:
        return [[judge.amount(subject, board) for subject in judge.subjects(board)] for judge in judges]

    first, second = asked(one), asked(other)
    assert first != second
    assert asked(one) == first
    assert asked(other) == second
    other.put("w", Place("q", NINE))
    assert asked(other) == second, "the room makes no difference"


def test_judges_of_one_jury_reckon_once_and_those_who_look_at_others_apart() -> None:
    narrow = ChoicesFair(key="narrow", exempt=("u",))
    found: dict[str, CrowdJudge] = {judge.rule.key: judge for _rank, judge in Jury(PROBLEM, [MET, FAIR, narrow]).crowds}
    losses = {key: getattr(judge, "losses") for key, judge in found.items()}  # noqa: B009 - not of all judges
    assert losses["met"] is losses["fair"]
    assert losses["narrow"] is not losses["met"]


@given(case=cases())
@settings(max_examples=150, deadline=None)
def test_all_of_them_stay_in_step_with_any_moves(case: Case) -> None:
    rules = [MET, FAIR, ChoicesFair(key="all", share_percent=100), replace(COVERED, key="covered", hard=True)]
    state = State(case.problem, rules, case.placements)
    placements = case.placements
    for session, place in case.moves:
        state.apply(session, place)
        placements = placements.moved(session, place)
        expected: list[Violation] = violations(case.problem, rules, placements)
        assert state.violations() == expected
        assert state.score == score_of(expected)
