"""Small random timetables with everything in them, on the night when the clocks go forward.

Hypothesis draws the sizes and a seed; the details follow from the seed (drawing each of some two hundred details by
hypothesis would take a tenth of a second for each timetable). A failing example shrinks to few sessions and rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any, TypeVar

from hypothesis import strategies as st

from parvis.domain.timetable import rules as r
from parvis.domain.timetable.placements import Place, Placements
from parvis.domain.timetable.problem import (
    GROUP_PRESIDENT,
    Day,
    Group,
    InterpretationTeam,
    Intervention,
    Involvement,
    Organisation,
    Person,
    Problem,
    Registration,
    Room,
    Session,
    Theme,
    Walk,
    Window,
)
from parvis.domain.timetable.rules import KINDS, Rule
from parvis.domain.timetable.timeline import Timeline
from tests.domain.timetable.strategies_of_themes import parameters_of_themes

TIMELINE = Timeline.from_day("Europe/Paris", date(2025, 3, 30))  # 02:00 is 03:00, at minute 120
FORMATS = ("workshop", "plenary", "assembly", "break", "micro_workshop")
LANGUAGES = ("fr", "en", "ar")
ROLES = ("speaker", "moderator", GROUP_PRESIDENT)
EQUIPMENT = ("Écran", "ecran", "Captation", "Piano")
LAST = 420
Value = TypeVar("Value")


def seeded(seed: int) -> Random:
    """Return what draws the details of a seed."""
    return Random(seed)  # noqa: S311 - reproducible on purpose


def some(draw: Random, values: Sequence[Value], most: int = 2) -> tuple[Value, ...]:
    """Draw some of the values; one may come twice, as people write it."""
    return tuple(draw.choices(values, k=draw.randint(0, most))) if values else ()


def perhaps(draw: Random, values: Sequence[Value]) -> Value | None:
    return draw.choice(values) if values and draw.random() < 0.6 else None


def start(draw: Random) -> int:
    """Draw a start: mostly on a grid of ten minutes and where the others are, sometimes anywhere."""
    return draw.randrange(60, 240, 10) if draw.random() < 0.8 else draw.randint(-20, LAST)


def window(draw: Random) -> Window:
    begins = draw.randrange(0, LAST - 60, 10)
    return Window(begins, begins + draw.choice((1, 30, 60, 120, 240)))


def hours(draw: Random) -> tuple[Window, ...] | None:
    return None if draw.random() < 0.5 else tuple(window(draw) for _window in range(draw.randint(0, 3)))


def keys(draw: Random, letter: str, count: int) -> list[str]:
    """Return keys in any order: nothing may depend on it."""
    return draw.sample([f"{letter}{n}" for n in range(count)], count)


@st.composite
def problems(drawn: st.DrawFn, least: int = 1, most: int = 6) -> Problem:
    """Draw a problem of at most six sessions."""
    sessions, people = drawn(st.integers(least, most)), drawn(st.integers(0, 3))
    return problem_of(seeded(drawn(st.integers(0, 2**32))), sessions, people)


def problem_of(draw: Random, sessions: int, others: int) -> Problem:
    rooms, people, places = (keys(draw, "r", 1 + others), keys(draw, "p", others), keys(draw, "o", others))
    groups, themes, teams = keys(draw, "g", others), keys(draw, "t", min(others, 2)), keys(draw, "e", others)
    items = keys(draw, "s", sessions)
    pairs = [(one, other) for one in rooms for other in rooms if one < other]
    one_day, two_days = (Day("one", 60, 180, 15),), (Day("two", 180, 400, 20), Day("one", 60, 180, 15))
    three_days = (Day("two", 120, 160, 20), Day("one", 60, 120, 15), Day("three", 160, 400, 10))
    return Problem(
        TIMELINE,
        days=draw.choice(((), one_day, two_days, three_days, three_days)),
        rooms=tuple(_room(draw, key) for key in rooms),
        persons=tuple(Person(key, f"Mme {key}", hours(draw)) for key in people),
        organisations=tuple(Organisation(key, f"Ville {key}", hours(draw), draw.random() < 0.5) for key in places),
        groups=tuple(Group(key, f"Groupe {key}", perhaps(draw, people)) for key in groups),
        themes=tuple(Theme(key, f"Thème {key}", draw.random() < 0.6) for key in themes),
        teams=tuple(
            InterpretationTeam(
                key, f"Équipe {key}", some(draw, LANGUAGES, 3), draw.choice((0, 1, 1, 2)), draw.choice((0, 0, 15, 30))
            )
            for key in teams
        ),
        sessions=tuple(_session(draw, key, groups, themes, teams, rooms) for key in items),
        interventions=tuple(
            Intervention(draw.choice(items), draw.choice(people), draw.choice(ROLES[:2]), draw.choice((0, 5, 25)))
            for _item in range(draw.randint(0, 8) if people else 0)
        ),
        involvements=tuple(
            Involvement(draw.choice(items), draw.choice(places), draw.choice(("host", "witness")))
            for _item in range(draw.randint(0, 6) if places else 0)
        ),
        walks=tuple(
            Walk(*pair, draw.choice((0, 5, 20))) for pair in draw.sample(pairs, draw.randint(0, min(2, len(pairs))))
        ),
        between_buildings_min=draw.choice((0, 10, 30)),
        within_building_min=draw.choice((0, 5, 15)),
        registrations=tuple(
            Registration(f"i{n}", some(draw, items, 4), draw.random() < 0.5, perhaps(draw, places))
            for n in range(draw.randint(0, 4))
        ),
    )


def _room(draw: Random, key: str) -> Room:
    return Room(
        key,
        f"Salle {key}",
        capacity=perhaps(draw, range(6)),
        equipment=some(draw, EQUIPMENT),
        booths=draw.randint(0, 2),
        building=draw.choice(("", "Nord")),
        position=draw.randint(0, 3),
        in_the_open=draw.random() < 0.5,
        formats=some(draw, FORMATS),
        windows=hours(draw),
    )


def _session(
    draw: Random, key: str, groups: list[str], themes: list[str], teams: list[str], rooms: list[str]
) -> Session:
    return Session(
        key,
        f"Séance {key}",
        draw.choice((5, 20, 30, 60, 90)),
        draw.choice(FORMATS),
        debate_min=draw.choice((0, 0, 10, 30)),
        group=perhaps(draw, groups),
        themes=some(draw, themes),
        members_only=draw.random() < 0.5,
        equipment=some(draw, EQUIPMENT),
        spoken=some(draw, LANGUAGES, 3),
        interpreted=some(draw, LANGUAGES, 3),
        teams=some(draw, teams),
        enrolled=draw.randint(0, 6),
        wishes=draw.randint(0, 8),
        capacity=perhaps(draw, range(7)),
        fixed_start=start(draw) if draw.random() < 0.4 else None,
        fixed_room=perhaps(draw, rooms),
    )


def place_of(draw: Random, problem: Problem) -> Place:
    return Place(draw.choice(problem.rooms).key, start(draw))


def placements_of(draw: Random, problem: Problem) -> Placements:
    """Draw where sessions stand, in any order; about one in six is in the tray."""
    placed = [session.key for session in problem.sessions if draw.random() < 0.85]
    return Placements({key: place_of(draw, problem) for key in draw.sample(placed, len(placed))})


def rule_of(draw: Random, kind: str, problem: Problem) -> Rule:
    """Draw a rule of a kind with whatever parameters it may have."""
    sessions = [session.key for session in problem.sessions]
    return KINDS[kind](
        key=kind,
        hard=draw.random() < 0.5,
        weight=draw.randint(0, 4),
        sessions=some(draw, sessions, 4) if draw.random() < 0.3 else (),
        exempt=some(draw, sessions, 1) if draw.random() < 0.3 else (),
        **_parameters(draw, kind, problem, sessions),
    )


def _parameters(draw: Random, kind: str, problem: Problem, sessions: list[str]) -> dict[str, Any]:
    narrow = draw.random() < 0.4  # else the parameter that narrows a rule is left empty
    people = [person.key for person in problem.persons] if narrow else []
    places = [item.key for item in problem.organisations] if narrow else []
    before, after = draw.sample(sessions, 2) if len(sessions) > 1 else (sessions[0], sessions[0])
    gap_min, gap_max = draw.choice(((0, None), (10, None), (0, 30), (15, 15)))
    return {
        r.InOrder.kind: {"before": before, "after": after, "gap_min": gap_min, "gap_max": gap_max},
        r.RoomOnce.kind: {"turnover_min": draw.choice((0, 10))},
        r.PersonOnce.kind: {"roles": some(draw, ROLES if narrow else ()), "persons": some(draw, people)},
        r.OrganisationOnce.kind: {"organisations": some(draw, places)},
        r.PersonAvailable.kind: {"persons": some(draw, people)},
        r.OrganisationAvailable.kind: {"organisations": some(draw, places)},
        r.RoomAvailable.kind: {"rooms": some(draw, [room.key for room in problem.rooms] if narrow else [])},
        r.WithinHours.kind: {"windows": tuple(window(draw) for _window in range(draw.randint(1, 3)))},
        r.PlenariesAlone.kind: {"formats": some(draw, FORMATS), "beside": some(draw, FORMATS)},
        r.MembersFree.kind: {"formats": some(draw, FORMATS)},
        r.OpenBesideAssembly.kind: {"formats": some(draw, FORMATS), "beside": some(draw, FORMATS)},
        r.ThemesApart.kind: {
            "themes": some(draw, [theme.key for theme in problem.themes] if narrow else []),
            "formats": FORMATS[:3] if narrow else FORMATS,
        },
        r.DebateTime.kind: {"formats": some(draw, FORMATS), "least_min": draw.choice((0, 15))},
        r.FormatLength.kind: {
            "format": draw.choice(FORMATS),
            "least_min": draw.choice((5, 20)),
            "most_min": draw.choice((20, 60)),
        },
        r.TimeToWalk.kind: {"roles": some(draw, ROLES if narrow else ())},
        r.ChoicesApart.kind: {"at_least": draw.randint(0, 2)},
        **_of_wishes(draw, problem, sessions, people, narrow=narrow),
        **parameters_of_themes(draw, problem, sessions),
    }.get(kind, {})


def _of_wishes(
    draw: Random, problem: Problem, sessions: list[str], people: list[str], *, narrow: bool
) -> dict[str, dict[str, Any]]:
    """Return the parameters of what participants and people wish."""
    stood = draw.sample(sessions, draw.randint(0, len(sessions)))
    return {
        r.ChoicesFair.kind: {"share_percent": draw.choice((1, 10, 50, 100))},
        r.RoomFits.kind: {"tolerance_percent": draw.choice((0, 50)), "unit_seats": draw.choice((1, 2))},
        r.ParallelBalance.kind: {"formats": some(draw, FORMATS, 3), "unit_people": draw.choice((1, 3))},
        r.CompactDays.kind: {
            "other_day": draw.choice((0, 4)),
            "unit_min": draw.choice((1, 20)),
            "roles": some(draw, ROLES if narrow else ()),
            "persons": some(draw, people),
        },
        r.BreaksKept.kind: {
            "windows": tuple(window(draw) for _window in range(draw.randint(1, 3))),
            "formats_beside": some(draw, FORMATS),
            "unit_min": draw.choice((1, 15)),
        },
        r.Stability.kind: {
            "before": tuple(
                r.PlaceBefore(key, draw.choice(problem.rooms).key, start(draw), draw.choice((0, 24, 60)))
                for key in stood
            )
        },
    }


def kinds_for(problem: Problem) -> list[str]:
    """Return the kinds of which there can be a rule: an order needs two sessions."""
    return [kind for kind in KINDS if kind != r.InOrder.kind or len(problem.sessions) > 1]


@dataclass(frozen=True)
class Case:
    """A whole timetable, and moves to make in it: into the tray and out of it too."""

    problem: Problem
    rules: list[Rule]
    placements: Placements
    moves: list[tuple[str, Place | None]]


@st.composite
def cases(drawn: st.DrawFn, most_moves: int = 12) -> Case:
    """Draw a timetable with rules of some or all kinds, in any order."""
    problem = drawn(problems())
    kinds = drawn(st.integers(1, len(kinds_for(problem))))
    count, draw = drawn(st.integers(1, most_moves)), seeded(drawn(st.integers(0, 2**32)))
    moves = [
        (draw.choice(problem.sessions).key, place_of(draw, problem) if draw.random() < 0.85 else None)
        for _move in range(count)
    ]
    return Case(
        problem,
        [rule_of(draw, kind, problem) for kind in draw.sample(kinds_for(problem), kinds)],
        placements_of(draw, problem),
        moves,
    )
