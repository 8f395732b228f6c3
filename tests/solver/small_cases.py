"""Small timetables that are tight, and the slow way to know whether one is possible: try everything."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from random import Random

from hypothesis import strategies as st

from parvis.domain.timetable import rules as r
from parvis.domain.timetable.explain_instances import HAS_PLACE, Instance, speaks_of
from parvis.domain.timetable.jury import Jury
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import (
    Day,
    InterpretationTeam,
    Intervention,
    Person,
    Problem,
    Room,
    Session,
    Theme,
    Window,
)
from parvis.domain.timetable.rules import Rule
from parvis.domain.timetable.state import State
from parvis.solver.conflicts_program import Ground, open_days
from tests.domain.timetable.strategies import TIMELINE, seeded

FORMATS = ("workshop", "workshop", "plenary", "assembly")


@dataclass(frozen=True)
class Tight:
    """A problem with hard rules."""

    problem: Problem
    rules: list[Rule]


def tight_of(draw: Random, sessions: int) -> Tight:
    """Draw a tight timetable: few rooms, short days, people with little time."""
    keys = [f"s{n}" for n in range(sessions)]
    days = (Day("one", 600, 600 + 30 * draw.randint(2, 5), 30), Day("two", 2040, 2040 + 30 * draw.randint(2, 4), 30))
    rooms = [f"r{n}" for n in range(draw.choice((1, 1, 2)))]
    people = [f"p{n}" for n in range(draw.randint(0, 3))]
    problem = Problem(
        TIMELINE,
        days=days[: draw.randint(1, 2)],
        rooms=tuple(
            Room(
                key,
                f"Salle {key}",
                capacity=draw.choice((None, 50, 100)),
                building=draw.choice(("A", "B")),
                windows=draw.choice((None, None, (_window(draw),))),
            )
            for key in rooms
        ),
        persons=tuple(Person(key, f"Mme {key}", draw.choice((None, (_window(draw),)))) for key in people),
        themes=(Theme("t", "Le climat", exclusive=True),),
        teams=(InterpretationTeam("e", "Équipe", ("fr", "en"), draw.choice((1, 2)), draw.choice((0, 30))),),
        sessions=tuple(
            Session(
                key,
                f"Séance {key}",
                draw.choice((30, 60, 90)),
                draw.choice(FORMATS),
                themes=draw.choice(((), ("t",))),
                members_only=draw.random() < 0.3,
                spoken=("fr",),
                interpreted=draw.choice(((), ("en",))),
                enrolled=draw.choice((0, 60, 90)),
                fixed_start=draw.choice((None, None, None, 600, 615, 630)),
            )
            for key in keys
        ),
        interventions=tuple(
            Intervention(draw.choice(keys), draw.choice(people), "speaker")
            for _item in range(draw.randint(0, 5) if people else 0)
        ),
        between_buildings_min=draw.choice((0, 30)),
    )
    rules: list[Rule] = [
        r.RoomOnce(key="room_once", turnover_min=draw.choice((0, 0, 30))),
        r.PersonOnce(key="person_once"),
        r.PersonAvailable(key="person_available"),
        r.InsideDays(key="inside_days"),
    ]
    rules += [
        rule
        for rule in (
            r.RoomAvailable(key="room_available"),
            r.RoomCapacity(key="room_capacity"),
            r.PlenariesAlone(key="plenaries_alone"),
            r.MembersFree(key="members_free"),
            r.ThemesApart(key="themes_apart"),
            r.FixedPlace(key="fixed_place"),
            r.TimeToWalk(key="time_to_walk"),
            r.InterpretationTeams(key="interpretation_teams"),
        )
        if draw.random() < 0.4
    ]
    if sessions > 1 and draw.random() < 0.5:
        before, after = draw.sample(keys, 2)
        most = draw.choice((None, 30))
        rules.append(r.InOrder(key="order", before=before, after=after, gap_min=draw.choice((0, 30)), gap_max=most))
    return Tight(problem, rules)


def _window(draw: Random) -> Window:
    begins = draw.choice((570, 600, 630, 660, 2040))
    return Window(begins, begins + draw.choice((30, 60, 90, 150)))


@st.composite
def tights(drawn: st.DrawFn, most: int = 4) -> Tight:
    """Draw a tight timetable."""
    return tight_of(seeded(drawn(st.integers(0, 2**32))), drawn(st.integers(1, most)))


def possible(tight: Tight) -> bool:
    """Tell whether all sessions can be placed on the days' grids, or where they are fixed, without a hard fault."""
    problem = tight.problem

    def places(session: str) -> list[Place]:
        item = problem.session_of[session]
        starts = {start for day in problem.days for start in range(day.opens, day.closes, day.step_min)}
        if item.fixed_start is not None and any(rule.kind == "fixed_place" for rule in tight.rules):
            starts.add(item.fixed_start)
        return [Place(room.key, start) for room in problem.rooms for start in sorted(starts)]

    state = State(problem, tight.rules)
    return _placed(state, [(session.key, places(session.key)) for session in problem.sessions], None)


def possible_under(tight: Tight, instances: Collection[Instance]) -> bool:
    """Tell whether the sessions that are to have a place can have one where only these instances hold."""
    ground = Ground(tight.problem, instances)
    opened = open_days(instances)
    state = State(tight.problem, tight.rules, jury=Jury(tight.problem, tight.rules))
    wanted = [
        (i.subject[0], [Place(room, start) for room in ground.rooms for start in ground.starts(i.subject[0], opened)])
        for i in instances
        if i.kind == HAS_PLACE
    ]
    return _placed(state, wanted, instances)


def _placed(state: State, wanted: list[tuple[str, list[Place]]], instances: Collection[Instance] | None) -> bool:
    """Place one session after the other; hard faults only ever become more."""
    if not wanted:
        return True
    session, places = min(wanted, key=lambda entry: len(entry[1]))
    others = [entry for entry in wanted if entry[0] != session]
    for place in places:
        state.apply(session, place)
        if not _at_fault(state, instances) and _placed(state, others, instances):
            state.apply(session, None)
            return True
    state.apply(session, None)
    return False


def _at_fault(state: State, instances: Collection[Instance] | None) -> bool:
    if instances is None:
        return bool(state.score.hard)
    hard = [violation for violation in state.violations() if violation.hard]
    return any(speaks_of(instance, violation) for violation in hard for instance in instances)
