"""Contradictions: confirmed by trying everything, really contradictory, and minimal; and the issue's own example."""

from __future__ import annotations

import time
from dataclasses import replace

from hypothesis import given, settings

from parvis.domain.timetable import rules as r
from parvis.domain.timetable.defaults import default_rules
from parvis.domain.timetable.in_words import in_words
from parvis.domain.timetable.problem import Day, Intervention, Person, Problem, Room, Session, Window
from parvis.solver.conflicts import Conflict, find_conflict
from tests.domain.timetable.congress import congress
from tests.domain.timetable.strategies import TIMELINE
from tests.solver.small_cases import Tight, possible, possible_under, tights

HARD = [
    r.RoomOnce(key="room_once"),
    r.PersonOnce(key="person_once"),
    r.PersonAvailable(key="person_available"),
    r.InsideDays(key="inside_days"),
]


def words_of(conflict: Conflict | None) -> list[str]:
    assert conflict is not None
    return [in_words(reason.words, "en", str) for reason in conflict.reasons]


@given(tight=tights())
@settings(max_examples=120, deadline=None)
def test_a_contradiction_is_found_just_where_nothing_is_possible(tight: Tight) -> None:
    conflict = find_conflict(tight.problem, tight.rules)
    assert (conflict is None) == possible(tight)
    if conflict is None:
        return
    assert not possible_under(tight, conflict.instances)
    assert conflict.minimal
    for dropped in conflict.instances:
        rest = [instance for instance in conflict.instances if instance is not dropped]
        assert possible_under(tight, rest), (dropped.key, [instance.key for instance in conflict.instances])
    assert all(in_words(reason.words, "fr", str) and in_words(reason.gives, "fr", str) for reason in conflict.reasons)


def ceremony(minutes: int, windows: tuple[Window, ...] | None, days: int = 1) -> Problem:
    return Problem(
        TIMELINE,
        days=tuple(Day(f"d{n}", 540 + 1440 * n, 1140 + 1440 * n, 15) for n in range(days)),
        rooms=(Room("r", "Le Forum"),),
        persons=(Person("p", "La ministre", windows), Person("q", "Mme Ba")),
        sessions=(Session("s", "Cérémonie", minutes, "ceremony"), Session("t", "Atelier", 60, "workshop")),
        interventions=(Intervention("s", "p", "speaker"), Intervention("t", "q", "speaker")),
    )


def test_the_minister_is_there_for_an_hour_and_the_ceremony_lasts_ninety_minutes() -> None:
    conflict = find_conflict(ceremony(90, (Window(960, 1020),)), HARD)
    assert conflict is not None
    assert conflict.smallest
    assert words_of(conflict) == [
        "“Cérémonie” lasts 90 min.",
        "La ministre has a part in “Cérémonie”, and is there only from 17.00 to 18.00.",
    ]
    assert in_words(conflict.reasons[1].gives, "en", str) == (
        "La ministre would have to be there longer or at other hours, or to have no part in it."
    )


def test_somebody_who_comes_before_the_day_opens() -> None:
    conflict = find_conflict(ceremony(60, (Window(480, 570),), days=2), HARD)
    assert {instance.key for instance in (conflict.instances if conflict else ())} == {
        "has_place/s",
        "open_day/d0",
        "person_available/p",
    }


def test_more_work_than_rooms_have_hours() -> None:
    day = Day("d", 540, 720, 30)
    sessions = tuple(Session(f"s{n}", f"Atelier {n}", 60, "workshop") for n in range(12))
    problem = Problem(TIMELINE, days=(day,), rooms=(Room("a", "A"), Room("b", "B")), sessions=sessions)
    conflict = find_conflict(problem, HARD)
    assert conflict is not None
    assert conflict.minimal
    assert len(conflict.sessions) == 7  # six fit
    assert {instance.kind for instance in conflict.instances} == {"has_place", "room_once", "open_day"}


def test_without_rooms_or_days_it_says_so() -> None:
    session = (Session("s", "Atelier", 60, "workshop"),)
    day = Day("d", 540, 720, 30)
    assert words_of(find_conflict(Problem(TIMELINE, days=(day,), sessions=session), HARD)) == ["There is no room yet."]
    nowhen = Problem(TIMELINE, rooms=(Room("a", "A"),), sessions=session)
    assert words_of(find_conflict(nowhen, HARD)) == ["There is no day yet."]


def test_a_debate_that_does_not_fit_is_said_first_and_can_be_left_aside() -> None:
    day = Day("d", 540, 720, 30)
    session = (Session("s", "Atelier", 60, "workshop", debate_min=90),)
    problem = Problem(TIMELINE, days=(day,), rooms=(Room("a", "A"),), sessions=session)
    rules = [*HARD, r.DebateTime(key="debate_time")]
    assert words_of(find_conflict(problem, rules)) == [
        "“Atelier” lasts 60 min: the speakers take 0, and 90 are for debate."
    ]
    assert find_conflict(problem, rules, aside=True) is None


def test_one_person_in_all_sessions_of_a_congress_is_counted_not_searched() -> None:
    problem, _placements = congress(sessions=60, rooms=10, days=2, persons=150)
    everywhere = tuple(Intervention(session.key, "p0005", "speaker") for session in problem.sessions)
    problem = replace(
        problem, interventions=everywhere, groups=tuple(replace(g, president=None) for g in problem.groups)
    )
    began = time.perf_counter()
    conflict = find_conflict(problem, default_rules(problem))
    assert time.perf_counter() - began < 10
    assert conflict is not None
    assert conflict.minimal
    assert len(conflict.sessions) == 13  # six of ninety minutes in each of two days
    assert [i.key for i in conflict.instances if i.kind == "person_once"] == ["person_once/p0005"]
