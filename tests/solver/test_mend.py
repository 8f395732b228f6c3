"""Mending: no hard fault that could be avoided, the fewest moves by trying everything, and what is told of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from parvis.domain.timetable import rules as r
from parvis.domain.timetable.defaults import default_rules
from parvis.domain.timetable.placements import Place, Placements
from parvis.domain.timetable.problem import Problem, Window
from parvis.domain.timetable.state import State
from parvis.domain.timetable.violations import score_of, violations
from parvis.solver.feasibility import find_feasible
from parvis.solver.mend import mend
from parvis.solver.model import compile_model
from tests.domain.timetable.congress import congress
from tests.domain.timetable.strategies import seeded
from tests.solver.small_cases import Tight, possible, tights


def changed(problem: Problem, seed: int) -> Problem:
    """Make a room, a person or a session other than they were."""
    draw = seeded(seed)
    window = (Window(draw.choice((600, 630, 660)), draw.choice((720, 750, 2160))),)
    what = draw.choice(("room", "person", "session"))
    if what == "room":
        return replace(problem, rooms=(replace(problem.rooms[0], windows=window), *problem.rooms[1:]))
    if what == "person" and problem.persons:
        return replace(problem, persons=(replace(problem.persons[0], windows=window), *problem.persons[1:]))
    session = problem.sessions[0]
    return problem.with_session(replace(session, duration_min=session.duration_min + 30))


def fewest_moves(tight: Tight, before: Placements) -> int | None:
    """Return how few moves do, by trying all sets of sessions and all their places."""
    problem = tight.problem
    state = State(problem, tight.rules, before)
    for count in range(len(before) + 1):
        for some in combinations(sorted(before), count):
            for session in some:
                state.apply(session, None)
            if placed(state, list(some)):
                return count
            for session in some:
                state.apply(session, before[session])
    return None


def placed(state: State, sessions: list[str]) -> bool:
    if not sessions:
        return not state.score.hard
    problem = state.problem
    session, *others = sessions
    starts = {start for day in problem.days for start in range(day.opens, day.closes, day.step_min)}
    fixed = problem.session_of[session].fixed_start
    for start in sorted(starts | ({fixed} if fixed is not None else set())):
        for room in problem.rooms:
            state.apply(session, Place(room.key, start))
            if placed(state, others):
                return True
    state.apply(session, None)
    return False


@given(tight=tights(most=4), seed=st.integers(0, 1000))
@settings(max_examples=120, deadline=None)
def test_as_few_moves_as_there_can_be(tight: Tight, seed: int) -> None:
    before = find_feasible(compile_model(tight.problem, tight.rules), 10.0).placements
    assume(before is not None and before)
    assert before is not None
    after = Tight(changed(tight.problem, seed), [*tight.rules, r.RoomAvailable(key="now_room_available")])
    mended = mend(after.problem, after.rules, before, seconds=10.0)
    if not [v for v in violations(after.problem, after.rules, before) if v.hard]:
        assert mended.alternatives == ()
        assert mended.conflict is None
        return
    fewest = fewest_moves(after, before)
    if fewest is None:
        assert not possible(after)
        assert mended.conflict is not None
        assert all(way.remaining for way in mended.alternatives)
        return
    assert mended.conflict is None
    assert mended.alternatives
    best = mended.alternatives[0]
    assert len(best.moves) == fewest
    assert best.minimal
    seen = set()
    for way in mended.alternatives:
        assert not way.remaining
        assert way.score == score_of(violations(after.problem, after.rules, way.placements))
        assert list(way.moves) == before.moves_to(way.placements)
        assert set(way.placements) == set(before)
        assert way.minimal == (len(way.moves) == fewest)
        seen.add(way.placements)
    assert len(seen) == len(mended.alternatives) <= 3


def late_speaker() -> tuple[Problem, Placements, Problem, str]:
    """Return a congress that stands, and the same when a speaker comes too late for a session."""
    problem, placements = congress(sessions=30, rooms=6, days=2, persons=80, participants=120, seed=2)
    person = next(
        p for p in problem.persons if p.windows is None and any(i.person == p.key for i in problem.interventions)
    )
    session = min(
        (i.session for i in problem.engagements() if i.person == person.key), key=lambda key: placements[key].start
    )
    there = Window(placements[session].start + 45, problem.days[-1].closes)
    persons = tuple(replace(p, windows=(there,)) if p.key == person.key else p for p in problem.persons)
    return problem, placements, replace(problem, persons=persons), session


def test_a_speaker_is_late_and_what_was_wrong_before_may_stay() -> None:
    problem, placements, later, session = late_speaker()
    stood = {v.key for v in violations(problem, default_rules(problem), placements) if v.hard}
    assert stood
    mended = mend(later, default_rules(later), placements, seconds=20.0, accepted=stood)
    assert mended.conflict is None
    assert 1 < len(mended.alternatives) <= 3
    assert len({way.placements for way in mended.alternatives}) == len(mended.alternatives)
    for way in mended.alternatives:
        assert {violation.key for violation in way.remaining} <= stood
        assert [move.session for move in way.moves] == [session]
        assert way.minimal
        assert way.people >= len(way.persons) > 0
        assert way.choices_lost is not None
        assert way.minutes > 0
    assert mended.alternatives[0].minutes == min(way.minutes for way in mended.alternatives)


def test_the_same_seed_mends_the_same() -> None:
    problem, placements, later, _session = late_speaker()
    stood = {v.key for v in violations(problem, default_rules(problem), placements) if v.hard}
    first, second = (
        mend(later, default_rules(later), placements, seconds=60.0, accepted=stood, seed=5) for _run in range(2)
    )
    assert [way.placements for way in first.alternatives] == [way.placements for way in second.alternatives]


def test_nothing_at_fault_is_nothing_to_mend() -> None:
    problem, placements, _later, _session = late_speaker()
    stood = {v.key for v in violations(problem, default_rules(problem), placements) if v.hard}
    mended = mend(problem, default_rules(problem), placements, accepted=stood)
    assert mended.alternatives == ()
    assert mended.conflict is None


def test_what_is_in_the_tray_stays_there() -> None:
    problem, placements, later, session = late_speaker()
    away = next(key for key in sorted(placements) if key != session)
    before = placements.moved(away, None)
    stood = {v.key for v in violations(problem, default_rules(problem), before) if v.hard}
    mended = mend(later, default_rules(later), before, seconds=20.0, accepted=stood)
    assert mended.alternatives
    assert all(away not in way.placements for way in mended.alternatives)
