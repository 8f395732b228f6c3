"""What happened as a changed problem; what two placements differ in; which moves can still be made; curves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.timetable.defaults import default_rules
from parvis.domain.timetable.differences import acceptable, difference
from parvis.domain.timetable.drafts import DraftNumbers, read_draft
from parvis.domain.timetable.json_form import write_timetable
from parvis.domain.timetable.moves import newly_broken
from parvis.domain.timetable.placements import Move, NoSuchRoom, NoSuchSession, Place, Placements
from parvis.domain.timetable.problem import Problem, Window
from parvis.domain.timetable.solves import (
    LOST_AFTER,
    MOST_POINTS,
    Point,
    SolveState,
    state_at,
    with_point,
)
from parvis.domain.timetable.verdicts import FormatName, Hours, LanguagePair, Span, Title, Words
from parvis.domain.timetable.violations import score_of, violations
from parvis.domain.timetable.what_happened import Happening, WhatHappened, changed_by, pinned
from parvis.domain.timetable.words_form import read_words, write_words
from tests.domain.timetable.congress import congress

PROBLEM, STANDS = congress(sessions=24, rooms=5, persons=40, days=2, participants=80, choices=5)
RULES = default_rules(PROBLEM)
SESSIONS = [session.key for session in PROBLEM.sessions]
ROOMS = [room.key for room in PROBLEM.rooms]


def hard(problem: Problem, placements: Placements) -> set[str]:
    return {found.key for found in violations(problem, default_rules(problem), placements) if found.hard}


@given(st.data())
def test_what_is_acceptable_never_breaks_more_than_stood(data: st.DataObject) -> None:
    """Whatever moves are wanted: those that are kept break no hard rule anew, and none is lost on the way."""
    moved = data.draw(st.lists(st.sampled_from(SESSIONS), unique=True, min_size=1, max_size=6))
    starts = sorted({place.start for place in STANDS.values()})
    moves = [
        Move(
            session,
            STANDS.get(session),
            Place(data.draw(st.sampled_from(ROOMS)), data.draw(st.sampled_from(starts))),
        )
        for session in moved
    ]
    stood = violations(PROBLEM, RULES, STANDS)
    kept, refused = acceptable(PROBLEM, RULES, STANDS, moves, stood=stood)
    assert sorted(move.session for move in [*kept, *(item.move for item in refused)]) == sorted(moved)
    assert newly_broken(stood, violations(PROBLEM, RULES, STANDS.after(*kept))) == []
    assert all(item.move.session in item.why.sessions and item.why.hard for item in refused)
    if not newly_broken(stood, violations(PROBLEM, RULES, STANDS.after(*moves))):
        assert kept == moves, "what breaks nothing is not refused"


@given(st.lists(st.tuples(st.sampled_from(SESSIONS), st.sampled_from(SESSIONS)), max_size=4))
def test_a_difference_adds_up(exchanged: list[tuple[str, str]]) -> None:
    after = STANDS
    for one, other in exchanged:
        at, there = after[one], after[other]
        after = after.moved(one, there).moved(other, at)
    found = difference(PROBLEM, RULES, STANDS, after)
    assert found.before == score_of(violations(PROBLEM, RULES, STANDS))
    assert found.after == score_of(violations(PROBLEM, RULES, after))
    assert sum(rule.cost_after for rule in found.rules) == found.after.cost
    assert sum(rule.found_before for rule in found.rules if rule.hard) == found.before.hard
    choices = [sum(r.cost_after - r.cost_before for r in found.rules if r.kind == "choices_met")]
    assert choices == [found.lost - found.gained], "one point of a choice costs one"
    assert found.participants <= len(PROBLEM.registrations)
    if after == STANDS:
        assert (found.moves, found.persons, found.participants, found.lost) == ((), 0, 0, 0)
    numbers = DraftNumbers.of(found, minimal=True)
    assert DraftNumbers.from_json(numbers.to_json()) == numbers


def test_somebody_who_is_away_is_waited_for() -> None:
    speaker = next(item for item in PROBLEM.interventions if PROBLEM.person_of[item.person].windows is None)
    at = STANDS[speaker.session]
    ends = at.start + 30
    problem, rules = changed_by(PROBLEM, (), WhatHappened(Happening.PERSON_AWAY, speaker.person, at.start, ends))
    assert [rule.kind for rule in rules] == ["person_available"], "hard, though the edition does not judge it"
    assert all(rule.hard for rule in rules)
    broken = violations(problem, rules, STANDS)
    assert speaker.session in {session for found in broken for session in found.sessions}
    windows = problem.person_of[speaker.person].windows
    assert windows is not None
    assert all(window.ends <= at.start or window.starts >= ends for window in windows)


def test_hours_that_were_given_are_narrowed_and_not_replaced() -> None:
    day = PROBLEM.days[0]
    person = replace(
        PROBLEM.persons[0], windows=(Window(day.opens, day.opens + 120), Window(day.closes - 60, day.closes))
    )
    problem = replace(PROBLEM, persons=(person, *PROBLEM.persons[1:]))
    what = WhatHappened(Happening.PERSON_AWAY, person.key, day.opens + 60, day.closes - 30)
    changed, _rules = changed_by(problem, RULES, what)
    assert changed.persons[0].windows == (Window(day.opens, day.opens + 60), Window(day.closes - 30, day.closes))
    gone = WhatHappened(Happening.PERSON_AWAY, person.key, 0, day.closes)
    assert changed_by(problem, RULES, gone)[0].persons[0].windows == (), "never there: not always there"


def test_a_room_that_is_lost_and_a_session_that_is_longer() -> None:
    key, at = next(iter(STANDS.items()))
    lost, rules = changed_by(PROBLEM, RULES, WhatHappened(Happening.ROOM_LOST, at.room, at.start, at.start + 5))
    assert any(f.kind == "room_available" and key in f.sessions for f in violations(lost, rules, STANDS))
    longer, _same = changed_by(PROBLEM, RULES, WhatHappened(Happening.SESSION_LONGER, key, minutes=600))
    assert longer.session_of[key].duration_min == 600
    what = WhatHappened(Happening.SESSION_LONGER, key, minutes=600)
    assert WhatHappened.from_json(what.to_json()) == what


def test_pins_hold_though_the_edition_does_not_judge_them() -> None:
    assert pinned(PROBLEM, RULES) == tuple(RULES), "nothing is pinned"
    key, at = next(iter(STANDS.items()))
    fixed = PROBLEM.with_session(replace(PROBLEM.session_of[key], fixed_start=at.start, fixed_room=at.room))
    (rule,) = pinned(fixed, ())
    assert rule.hard
    assert violations(fixed, [rule], STANDS) == []
    assert len(violations(fixed, [rule], STANDS.moved(key, Place(at.room, at.start + 60)))) == 1


def test_a_draft_is_read_as_it_was_written_and_mistrusted() -> None:
    written = write_timetable(PROBLEM, RULES, STANDS)["placements"]
    assert read_draft(written, PROBLEM) == STANDS
    key = SESSIONS[0]
    with pytest.raises(NoSuchSession):
        read_draft({"XX": written[key]}, PROBLEM)
    with pytest.raises(NoSuchRoom):
        read_draft({key: {**written[key], "room": "nowhere"}}, PROBLEM)


def test_words_come_back_as_they_were() -> None:
    moment = datetime(2025, 10, 20, 9, tzinfo=UTC)
    span = Span(moment, moment + timedelta(hours=1))
    words = Words(
        "%(a)s",
        {
            "a": span,
            "b": (Title("Un"), Title("Deux")),
            "c": Hours("Zoé", (span,)),
            "d": (LanguagePair(("fr",), "en"),),
            "e": FormatName("workshop"),
            "f": moment,
            "g": 3,
            "h": "mot",
            "i": (),
        },
    )
    assert read_words(write_words(words)) == words


@given(st.integers(1, 3 * MOST_POINTS))
def test_a_curve_stays_short_and_keeps_its_ends(count: int) -> None:
    curve: list[Point] = []
    for n in range(count):
        curve = with_point(curve, (float(n), 0, 1_000 - n))
        assert len(curve) <= MOST_POINTS
    assert curve[0] == (0.0, 0, 1_000)
    assert curve[-1] == (count - 1.0, 0, 1_001 - count)
    assert all(one < other for one, other in pairwise(curve))


def test_one_that_gives_no_sign_of_life_has_failed() -> None:
    now = datetime(2025, 10, 20, 9, tzinfo=UTC)
    assert state_at(SolveState.RUNNING, now - LOST_AFTER, now) is SolveState.RUNNING
    assert state_at(SolveState.RUNNING, now - LOST_AFTER - timedelta(seconds=1), now) is SolveState.FAILED
    assert state_at(SolveState.WAITING, None, now) is SolveState.WAITING
    assert state_at(SolveState.DONE, now - timedelta(days=1), now) is SolveState.DONE
