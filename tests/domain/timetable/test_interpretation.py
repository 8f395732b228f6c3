"""Interpreters are shared out as well as possible, and where it pinches is told."""

from __future__ import annotations

from datetime import date, time
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.domain.timetable.placements import Place, Placements
from parvis.domain.timetable.problem import Day, InterpretationTeam, Problem, Room, Session
from parvis.domain.timetable.rules import InterpretationTeams
from parvis.domain.timetable.rules.booths import booths_of
from parvis.domain.timetable.rules.interpretation import shortage_of
from parvis.domain.timetable.timeline import Timeline
from parvis.domain.timetable.verdicts import LanguagePair
from parvis.domain.timetable.violations import Violation, violations


@given(
    counts=st.lists(st.integers(0, 3), min_size=1, max_size=4),
    supply=st.lists(st.integers(0, 3), max_size=4),
    data=st.data(),
)
@settings(max_examples=300)
def test_what_stays_unmet_is_what_must(counts: list[int], supply: list[int], data: st.DataObject) -> None:
    """By Hall: the most by which some of the demands exceed the teams that can serve any of them."""
    teams = st.lists(st.sampled_from(range(len(supply))), unique=True) if supply else st.just([])
    servers = [data.draw(teams) for _count in counts]
    lack = shortage_of(counts, servers, supply)

    def excess(booths: tuple[int, ...]) -> int:
        able = {team for booth in booths for team in servers[booth]}
        return sum(counts[booth] for booth in booths) - sum(supply[team] for team in able)

    every = [pick for size in range(len(counts) + 1) for pick in combinations(range(len(counts)), size)]
    assert lack.unmet == max(excess(pick) for pick in every)
    assert lack.needed - lack.teams == lack.unmet == excess(tuple(sorted(lack.booths)))


@pytest.mark.parametrize(
    ("spoken", "interpreted", "booths"),
    [
        (("fr",), ("en", "ar"), [LanguagePair(("fr",), "en"), LanguagePair(("fr",), "ar")]),
        (("fr", "en"), ("en", "fr"), [LanguagePair(("fr",), "en")]),
        (("fr", "en"), ("ar",), [LanguagePair(("fr", "en"), "ar")]),
        (("fr",), ("fr",), []),
        ((), ("en",), [LanguagePair((), "en")]),
        (("fr", "fr"), ("en", "en"), [LanguagePair(("fr",), "en")]),
        (
            ("fr", "en", "ar"),
            ("fr", "en", "ar"),
            [LanguagePair(("en", "ar"), "fr"), LanguagePair(("fr", "ar"), "en"), LanguagePair(("fr", "en"), "ar")],
        ),
    ],
)
def test_booths(spoken: tuple[str, ...], interpreted: tuple[str, ...], booths: list[LanguagePair]) -> None:
    session = Session("s", "S", 60, "workshop", spoken=spoken, interpreted=interpreted)
    assert list(booths_of(session)) == booths


TIMELINE = Timeline.from_day("Europe/Paris", date(2025, 10, 23))
NINE = 540


def judged(starts: list[int], *teams: InterpretationTeam) -> list[Violation]:
    """Judge sessions of an hour from French into Arabic, each in its room."""
    problem = Problem(
        TIMELINE,
        days=(Day.on(TIMELINE, date(2025, 10, 23), time(9), time(18)),),
        rooms=tuple(Room(f"r{n}", f"Salle {n}") for n in range(len(starts))),
        teams=teams,
        sessions=tuple(
            Session(f"s{n}", f"S{n}", 60, "workshop", spoken=("fr",), interpreted=("ar",)) for n in range(len(starts))
        ),
    )
    where = Placements({f"s{n}": Place(f"r{n}", start) for n, start in enumerate(starts)})
    return violations(problem, [InterpretationTeams(key="teams", hard=False, weight=10)], where)


def test_each_moment_is_told_once() -> None:
    found = judged([NINE, NINE, NINE + 30, NINE + 60], InterpretationTeam("e", "E", ("fr", "ar")))
    assert [(violation.key, violation.amount, violation.cost) for violation in found] == [
        (f"teams/{NINE}", 1, 10),
        (f"teams/{NINE + 30}", 2, 20),
        (f"teams/{NINE + 60}", 1, 10),
    ]
    assert found[1].sessions == ("s0", "s1", "s2")


def test_teams_rest() -> None:
    def rested(gap: int) -> list[Violation]:
        return judged([NINE, NINE + 60 + gap], InterpretationTeam("e", "E", ("fr", "ar"), rest_min=30))

    assert len(rested(29)) == 1
    assert rested(30) == []


def test_a_team_that_rests_less_may_have_had_the_session() -> None:
    tired, fresh = InterpretationTeam("t", "T", ("fr", "ar"), rest_min=60), InterpretationTeam("f", "F", ("fr", "ar"))
    assert judged([NINE, NINE + 60], tired, fresh) == []


def test_without_a_team_that_can_every_session_lacks_one() -> None:
    found = judged([NINE], InterpretationTeam("e", "E", ("fr", "en")))
    assert [(violation.amount, violation.params["teams"]) for violation in found] == [(1, 0)]
