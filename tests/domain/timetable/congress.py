"""A congress of any size with a timetable that stands: for measuring, and for tests that want something like life."""

from __future__ import annotations

import random
from datetime import date, time, timedelta

from parvis.domain.timetable.placements import Place, Placements
from parvis.domain.timetable.problem import (
    Day,
    Group,
    InterpretationTeam,
    Intervention,
    Organisation,
    Person,
    Problem,
    Registration,
    Room,
    Session,
    Theme,
    Window,
)
from parvis.domain.timetable.timeline import Timeline

STARTS = (0, 105, 210, 330, 435)  # minutes from the opening: five rounds of ninety minutes, with lunch
LANGUAGES = ("en", "es", "ar")
DELEGATES = 4


def congress(
    *, sessions: int, rooms: int, persons: int, days: int, participants: int = 0, choices: int = 12, seed: int = 1
) -> tuple[Problem, Placements]:
    """Return a problem and a timetable in which every session has its place and next to nothing is wrong."""
    source = random.Random(seed)  # noqa: S311 - reproducible on purpose
    timeline = Timeline.from_day("Europe/Paris", date(2025, 10, 20))
    all_days = tuple(
        Day.on(timeline, date(2025, 10, 20) + timedelta(days=n), time(9), time(18, 30)) for n in range(days)
    )
    all_rooms = tuple(
        Room(
            f"r{n:02}",
            f"Salle {n}",
            capacity=(800 if n == 0 else source.choice((60, 120, 250))),
            equipment=("Vidéoprojection",) if n % 4 else ("Vidéoprojection", "Captation"),
            booths=3 if n % 3 == 0 else 0,
            building=f"b{n * 3 // rooms}",
            position=n,
        )
        for n in range(rooms)
    )
    people = tuple(
        Person(f"p{n:04}", f"Personne {n}", _hours(source, all_days) if n % 20 == 0 else None) for n in range(persons)
    )
    groups = tuple(Group(f"g{n:02}", f"Groupe {n}", f"p{n:04}") for n in range(min(persons, sessions // 6)))
    themes = tuple(Theme(f"t{n:02}", f"Thème {n}", exclusive=n % 4 == 0) for n in range(max(4, sessions // 10)))
    kinds = ["plenary"] * max(1, days - 1) + ["assembly"] + ["country_group"] * len(groups)
    items = tuple(
        Session(
            f"s{n:03}",
            f"Séance {n}",
            90,
            kinds[n] if n < len(kinds) else "workshop",
            debate_min=20,
            group=groups[n - days].key if 0 <= n - days < len(groups) and kinds[n] == "country_group" else None,
            themes=tuple(theme.key for theme in source.sample(themes, 1)),
            members_only=n < len(kinds) and kinds[n] == "assembly",
            equipment=("vidéoprojection",),
            spoken=("fr",),
            interpreted=tuple(source.sample(LANGUAGES, source.choice((1, 2)))) if n % 5 == 0 else (),
            enrolled=source.randrange(10, 55),
            wishes=source.randrange(10, 90),
        )
        for n in range(sessions)
    )
    interventions = tuple(
        Intervention(item.key, person.key, "speaker", 15)
        for item in items
        for person in source.sample(people, min(len(people), source.choice((2, 3, 4))))
    )
    organisations = tuple(Organisation(f"o{n:04}", f"Ville {n}") for n in range(participants // DELEGATES))
    registrations = tuple(
        Registration(
            f"i{n:05}",
            tuple(item.key for item in source.sample(items, min(choices, len(items)))),
            ranked=True,
            organisation=f"o{n // DELEGATES:04}" if n // DELEGATES < len(organisations) else None,
        )
        for n in range(participants)
    )
    teams = tuple(InterpretationTeam(f"e{code}", f"fr–{code}", ("fr", code), max(1, rooms // 8)) for code in LANGUAGES)
    problem = Problem(
        timeline,
        days=all_days,
        rooms=all_rooms,
        persons=people,
        organisations=organisations,
        groups=groups,
        themes=themes,
        teams=teams,
        sessions=items,
        interventions=interventions,
        between_buildings_min=10,
        within_building_min=2,
        registrations=registrations,
    )
    return problem, _placed(problem)


def _hours(source: random.Random, days: tuple[Day, ...]) -> tuple[Window, ...]:
    day = source.choice(days)
    return (Window(day.opens, day.closes),)


def _placed(problem: Problem) -> Placements:
    """Place plenaries alone, then each session at the first round where its people are free."""
    rounds = [day.opens + minute for day in problem.days for minute in STARTS]
    busy: dict[int, set[str]] = {start: set() for start in rounds}
    free = {start: [room.key for room in problem.rooms] for start in rounds}
    people: dict[str, set[str]] = {}
    for item in problem.engagements():
        people.setdefault(item.session, set()).add(item.person)
    places: dict[str, Place] = {}
    for session in problem.sessions:
        own = people.get(session.key, set())
        possible = [start for start in rounds if free[start] and not busy[start] & own]
        if not possible:
            continue
        start = possible[0]
        places[session.key] = Place(free[start].pop(0), start)
        busy[start] |= own
        if session.format in ("plenary", "assembly"):
            free[start] = []
    return Placements(places)
