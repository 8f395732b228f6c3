"""What each kind of rule finds, written a second time and as plainly as can be: minute by minute, pair by pair.

Nothing here is shared with the rules but the problem's records. An oracle returns the amounts, by the sessions in
fault, or by the subject, as the violation's key has it, for those that judge many together (`BY_SUBJECT`).
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

from parvis.domain.timetable.placements import Placements
from parvis.domain.timetable.problem import Problem, Session
from tests.domain.timetable.oracles_of_people import PEOPLE_BY_SUBJECT, PEOPLE_ORACLES
from tests.domain.timetable.oracles_of_themes import THEME_ORACLES, THEMES_BY_SUBJECT
from tests.domain.timetable.readings import (
    Found,
    Oracle,
    each,
    minutes_of,
    organisations_of,
    parallel,
    people_of,
    placed_by,
    room_of,
    speaks_of,
)


def room_once(problem: Problem, rule: Any, placements: Placements) -> Found:
    found = {}
    for (one, room, at), (other, there, also) in combinations(placed_by(problem, rule, placements), 2):
        longer = at | set(range(max(at), max(at) + rule.turnover_min + 1))
        longer_too = also | set(range(max(also), max(also) + rule.turnover_min + 1))
        if room == there and longer & longer_too:
            found[tuple(sorted((one.key, other.key)))] = 1
    return found


def person_once(problem: Problem, rule: Any, one: Session, other: Session) -> int:
    both = people_of(problem, one, rule.roles) & people_of(problem, other, rule.roles)
    return len(both if rule.persons == () else both & set(rule.persons))


def organisation_once(problem: Problem, rule: Any, one: Session, other: Session) -> int:
    single = {o.key for o in problem.organisations if o.one_at_a_time or o.key in rule.organisations}
    return len(organisations_of(problem, one) & organisations_of(problem, other) & single)


def team_once(problem: Problem, rule: Any, placements: Placements) -> Found:
    found = {}
    for (one, _at, at), (other, _there, also) in combinations(placed_by(problem, rule, placements), 2):
        torn = 0
        for team in problem.teams:
            rest = set(range(max(at) + 1, max(at) + 1 + team.rest_min))
            rest_too = set(range(max(also) + 1, max(also) + 1 + team.rest_min))
            if team.count == 1 and team.key in one.teams and team.key in other.teams:
                torn += bool((at | rest) & also or at & (also | rest_too))
        if torn:
            found[tuple(sorted((one.key, other.key)))] = torn
    return found


def inside_days(problem: Problem, rule: Any, session: Session, room: str, at: set[int]) -> int:
    return int(not any(at <= set(range(day.opens, day.closes)) for day in problem.days))


def on_grid(problem: Problem, rule: Any, session: Session, room: str, at: set[int]) -> int:
    days = [day for day in problem.days if min(at) in range(day.opens, day.closes)]
    return int(any(min(at) not in range(day.opens, day.closes, day.step_min) for day in days))


def fixed_place(problem: Problem, rule: Any, session: Session, room: str, at: set[int]) -> int:
    wrong_time = session.fixed_start is not None and session.fixed_start != min(at)
    return wrong_time + (session.fixed_room is not None and session.fixed_room != room)


def within_hours(problem: Problem, rule: Any, session: Session, room: str, at: set[int]) -> int:
    return int(not at <= minutes_of(rule.windows))


def placed(problem: Problem, rule: Any, placements: Placements) -> Found:
    return {(s.key,): 1 for s in problem.sessions if s.key not in placements and speaks_of(rule, s.key)}


def person_available(problem: Problem, rule: Any, session: Session, room: str, at: set[int]) -> int:
    return sum(
        person.windows is not None and not at <= minutes_of(person.windows)
        for person in problem.persons
        if person.key in people_of(problem, session) and (rule.persons == () or person.key in rule.persons)
    )


def organisation_available(problem: Problem, rule: Any, session: Session, room: str, at: set[int]) -> int:
    return sum(
        item.windows is not None and not at <= minutes_of(item.windows)
        for item in problem.organisations
        if item.key in organisations_of(problem, session)
        and (rule.organisations == () or item.key in rule.organisations)
    )


def room_available(problem: Problem, rule: Any, session: Session, room: str, at: set[int]) -> int:
    windows = room_of(problem, room).windows
    spoken_of = rule.rooms == () or room in rule.rooms
    return int(spoken_of and windows is not None and not at <= minutes_of(windows))


def in_order(problem: Problem, rule: Any, placements: Placements) -> Found:
    at = {s.key: minutes for s, _room_, minutes in placed_by(problem, rule, placements)}
    if rule.before not in at or rule.after not in at:
        return {}
    gap = min(at[rule.after]) - (max(at[rule.before]) + 1)
    late_enough = gap >= rule.gap_min
    soon_enough = rule.gap_max is None or gap <= rule.gap_max
    return {} if late_enough and soon_enough else {tuple(sorted((rule.before, rule.after))): 1}


def plenaries_alone(problem: Problem, rule: Any, one: Session, other: Session) -> int:
    def with_all(session: Session) -> bool:
        return session.format in rule.formats

    if with_all(one):
        return int(with_all(other) or other.format not in rule.beside)
    return int(with_all(other) and one.format not in rule.beside)


def members_free(problem: Problem, rule: Any, one: Session, other: Session) -> int:
    assemblies = (one.format in rule.formats) + (other.format in rule.formats)
    if assemblies == 2:
        return 1
    beside = other if one.format in rule.formats else one
    return int(assemblies == 1 and beside.members_only)


def open_beside_assembly(problem: Problem, rule: Any, one: Session, other: Session) -> int:
    if (one.format in rule.formats) == (other.format in rule.formats):
        return 0
    beside = other if one.format in rule.formats else one
    return int(not beside.members_only and beside.format not in rule.beside)


def members_behind_doors(problem: Problem, rule: Any, session: Session, room: str, at: set[int]) -> int:
    return int(session.members_only and room_of(problem, room).in_the_open)


def room_capacity(problem: Problem, rule: Any, session: Session, room: str, at: set[int]) -> int:
    seats = room_of(problem, room).capacity
    wanted = session.enrolled if session.capacity is None else max(session.enrolled, session.capacity)
    return 0 if seats is None else max(wanted - seats, 0)


def room_wishes(problem: Problem, rule: Any, session: Session, room: str, at: set[int]) -> int:
    seats = room_of(problem, room).capacity
    come = [n for n in range(session.wishes) if session.capacity is None or n < session.capacity]
    return 0 if seats is None else len(come[seats:])


def room_equipment(problem: Problem, rule: Any, session: Session, room: str, at: set[int]) -> int:
    plain = {"Écran": "ecran", "ecran": "ecran", "Captation": "captation", "Piano": "piano"}
    return len({plain[i] for i in session.equipment} - {plain[i] for i in room_of(problem, room).equipment})


def room_format(problem: Problem, rule: Any, session: Session, room: str, at: set[int]) -> int:
    kept = room_of(problem, room).formats
    return int(kept != () and session.format not in kept)


def booths(session: Session) -> set[Any]:
    """Return what a session's booths are: a pair of languages, or one language out of several."""
    found: set[Any] = set()
    for target in set(session.interpreted):
        heard = set(session.spoken) - {target}
        if len(heard) == 1:
            found.add(frozenset(heard | {target}))
        elif heard or not session.spoken:
            found.add((frozenset(heard), target))
    return found


def room_booths(problem: Problem, rule: Any, session: Session, room: str, at: set[int]) -> int:
    return max(0, len(booths(session)) - room_of(problem, room).booths)


def _serves(team: Any, booth: Any) -> bool:
    if isinstance(booth, frozenset):
        return all(language in team.languages for language in booth)
    heard, target = booth
    return target in team.languages and (not heard or any(language in team.languages for language in heard))


def _best(demands: list[Any], teams: list[Any]) -> int:
    """Return how many demands can be met at most, trying everything."""
    if not demands or not teams:
        return 0
    first, others = demands[0], demands[1:]
    best = _best(others, teams)
    for position, team in enumerate(teams):
        if _serves(team, first):
            best = max(best, 1 + _best(others, teams[:position] + teams[position + 1 :]))
    return best


def interpretation_teams(problem: Problem, rule: Any, placements: Placements) -> Found:
    teams = [team for team in problem.teams for _copy in range(team.count)]
    asking = [(at, booth) for s, _room_, at in placed_by(problem, rule, placements) for booth in booths(s)]
    found = {}
    for moment in {min(at) for at, _booth in asking}:
        demands = []
        for at, booth in asking:
            rest = min((team.rest_min for team in teams if _serves(team, booth)), default=0)
            if moment in at | set(range(max(at), max(at) + rest + 1)):
                demands.append(booth)
        unmet = len(demands) - _best(demands, teams)
        if unmet:
            found[str(moment)] = unmet
    return found


def debate_time(problem: Problem, rule: Any, placements: Placements) -> Found:
    found = {}
    for session in problem.sessions:
        spoken = sum(i.minutes for i in problem.interventions if i.session == session.key)
        debate = session.debate_min
        if debate == 0 and session.format in rule.formats:
            debate = rule.least_min
        if speaks_of(rule, session.key) and spoken + debate > session.duration_min:
            found[(session.key,)] = spoken + debate - session.duration_min
    return found


def format_length(problem: Problem, rule: Any, placements: Placements) -> Found:
    found = {}
    for session in problem.sessions:
        if speaks_of(rule, session.key) and session.format == rule.format:
            short, long = rule.least_min - session.duration_min, session.duration_min - rule.most_min
            if short > 0 or long > 0:
                found[(session.key,)] = max(short, long)
    return found


def themes_apart(problem: Problem, rule: Any, one: Session, other: Session) -> int:
    wanted = set(rule.themes) if rule.themes else {theme.key for theme in problem.themes if theme.exclusive}
    both = set(one.themes) & set(other.themes) & wanted
    return len(both) if one.format in rule.formats and other.format in rule.formats else 0


def choices_apart(problem: Problem, rule: Any, one: Session, other: Session) -> int:
    both = sum(one.key in i.choices and other.key in i.choices for i in problem.registrations)
    return both if both >= rule.at_least else 0


def time_to_walk(problem: Problem, rule: Any, placements: Placements) -> Found:
    found = {}
    for (one, room, at), (other, there, also) in combinations(placed_by(problem, rule, placements), 2):
        people = len(people_of(problem, one, rule.roles) & people_of(problem, other, rule.roles))
        between = range(max(at) + 1, min(also)) if max(at) < min(also) else range(max(also) + 1, min(at))
        lacking = _walk(problem, room, there) - len(between)
        if not at & also and people and lacking > 0:
            found[tuple(sorted((one.key, other.key)))] = lacking * people
    return found


def _walk(problem: Problem, one: str, other: str) -> int:
    if one == other:
        return 0
    for walk in problem.walks:
        if {walk.one, walk.other} == {one, other}:
            return walk.minutes
    same = room_of(problem, one).building == room_of(problem, other).building
    return problem.within_building_min if same else problem.between_buildings_min


ORACLES: dict[str, Oracle] = {
    **PEOPLE_ORACLES,
    **THEME_ORACLES,
    "room_once": room_once,
    "person_once": parallel(person_once),
    "organisation_once": parallel(organisation_once),
    "team_once": team_once,
    "inside_days": each(inside_days),
    "fixed_place": each(fixed_place),
    "within_hours": each(within_hours),
    "person_available": each(person_available),
    "organisation_available": each(organisation_available),
    "room_available": each(room_available),
    "in_order": in_order,
    "plenaries_alone": parallel(plenaries_alone),
    "members_free": parallel(members_free),
    "open_beside_assembly": parallel(open_beside_assembly),
    "members_behind_doors": each(members_behind_doors),
    "room_capacity": each(room_capacity),
    "room_equipment": each(room_equipment),
    "room_format": each(room_format),
    "room_booths": each(room_booths),
    "debate_time": debate_time,
    "themes_apart": parallel(themes_apart),
    "interpretation_teams": interpretation_teams,
    "time_to_walk": time_to_walk,
    "choices_apart": parallel(choices_apart),
    "room_wishes": each(room_wishes),
    "format_length": format_length,
    "on_grid": each(on_grid),
    "placed": placed,
}

# Kinds that judge many sessions together: a violation is known by its key, not by its sessions.
BY_SUBJECT = frozenset({"interpretation_teams"}) | PEOPLE_BY_SUBJECT | THEMES_BY_SUBJECT
