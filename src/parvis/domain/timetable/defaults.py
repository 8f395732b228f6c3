"""The rules that every edition has unless it says otherwise, and the weights of its wishes (`settings` says how).

Rooms, people, group presidents, hours and members-only meetings are hard. Interpreters, walking, wishes and the grid
are weighed. A rule is there only where the problem has something for it to speak of: no rule about booths without any.
The key of a default rule is its kind, or begins with it.
"""

from __future__ import annotations

from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules import (
    ChoicesApart,
    DebateTime,
    FixedPlace,
    FormatLength,
    InOrder,
    InsideDays,
    InterpretationTeams,
    MembersBehindDoors,
    MembersFree,
    OnGrid,
    OpenBesideAssembly,
    OrganisationAvailable,
    OrganisationOnce,
    PersonAvailable,
    PersonOnce,
    Placed,
    PlenariesAlone,
    RoomAvailable,
    RoomBooths,
    RoomCapacity,
    RoomEquipment,
    RoomFormat,
    RoomOnce,
    RoomWishes,
    Rule,
    TeamOnce,
    ThemesApart,
    TimeToWalk,
)

# What one unit of each wish costs. One person who must choose between two sessions is the measure: 1.
UNPLACED = 10_000
TEAM_TWICE = 500  # interpreters who are promised to two rooms
INTERPRETERS_LACKING = 300  # for each booth without a team
BOOTH_LACKING = 200
EQUIPMENT_LACKING = 100
OPEN_DURING_ASSEMBLY = 50  # a session open to all that members would miss
OFF_GRID = 20
MINUTE_TO_WALK = 5  # for each minute and person
LENGTH_OFF = 2  # for each minute
LEFT_OUTSIDE = 2  # for each person who would like to come and finds no seat
CHOSE_BOTH = 1

MICRO_WORKSHOP_MIN = 20


def default_rules(problem: Problem) -> list[Rule]:
    """Return the rules of an edition, made for its problem."""
    rules: list[Rule] = [
        RoomOnce(key=RoomOnce.kind),
        PersonOnce(key=PersonOnce.kind),
        InsideDays(key=InsideDays.kind),
        RoomCapacity(key=RoomCapacity.kind),
        PlenariesAlone(key=PlenariesAlone.kind),
        DebateTime(key=DebateTime.kind),
        OnGrid(key=OnGrid.kind, hard=False, weight=OFF_GRID),
        Placed(key=Placed.kind, hard=False, weight=UNPLACED),
    ]
    return rules + _of_people(problem) + _of_rooms(problem) + _of_sessions(problem)


def _of_people(problem: Problem) -> list[Rule]:
    rules: list[Rule] = []
    if any(person.windows is not None for person in problem.persons):
        rules.append(PersonAvailable(key=PersonAvailable.kind))
    if any(organisation.windows is not None for organisation in problem.organisations):
        rules.append(OrganisationAvailable(key=OrganisationAvailable.kind))
    if any(organisation.one_at_a_time for organisation in problem.organisations):
        rules.append(OrganisationOnce(key=OrganisationOnce.kind))
    if any(session.teams for session in problem.sessions):
        rules.append(TeamOnce(key=TeamOnce.kind, hard=False, weight=TEAM_TWICE))
    if problem.teams:
        rules.append(InterpretationTeams(key=InterpretationTeams.kind, hard=False, weight=INTERPRETERS_LACKING))
    if problem.walks or problem.between_buildings_min or problem.within_building_min:
        rules.append(TimeToWalk(key=TimeToWalk.kind, hard=False, weight=MINUTE_TO_WALK))
    if any(registration.choices for registration in problem.registrations):
        worth_a_word = max(2, len(problem.registrations) // 100)
        rules.append(ChoicesApart(key=ChoicesApart.kind, hard=False, weight=CHOSE_BOTH, at_least=worth_a_word))
    return rules


def _of_rooms(problem: Problem) -> list[Rule]:
    rules: list[Rule] = []
    if any(room.windows is not None for room in problem.rooms):
        rules.append(RoomAvailable(key=RoomAvailable.kind))
    if any(room.formats for room in problem.rooms):
        rules.append(RoomFormat(key=RoomFormat.kind))
    if any(room.booths for room in problem.rooms):
        rules.append(RoomBooths(key=RoomBooths.kind, hard=False, weight=BOOTH_LACKING))
    if any(session.equipment for session in problem.sessions):
        rules.append(RoomEquipment(key=RoomEquipment.kind, hard=False, weight=EQUIPMENT_LACKING))
    if any(session.wishes for session in problem.sessions):
        rules.append(RoomWishes(key=RoomWishes.kind, hard=False, weight=LEFT_OUTSIDE))
    return rules


def _of_sessions(problem: Problem) -> list[Rule]:
    rules: list[Rule] = []
    formats = {session.format for session in problem.sessions}
    if any(session.fixed_start is not None or session.fixed_room is not None for session in problem.sessions):
        rules.append(FixedPlace(key=FixedPlace.kind))
    if "assembly" in formats:
        rules.append(MembersFree(key=MembersFree.kind))
        rules.append(OpenBesideAssembly(key=OpenBesideAssembly.kind, hard=False, weight=OPEN_DURING_ASSEMBLY))
    if any(session.members_only for session in problem.sessions):
        rules.append(MembersBehindDoors(key=MembersBehindDoors.kind))
    if any(theme.exclusive for theme in problem.themes):
        rules.append(ThemesApart(key=ThemesApart.kind))
    if "micro_workshop" in formats:
        rules.append(
            FormatLength(
                key=f"{FormatLength.kind}:micro_workshop",
                hard=False,
                weight=LENGTH_OFF,
                format="micro_workshop",
                least_min=MICRO_WORKSHOP_MIN,
                most_min=MICRO_WORKSHOP_MIN,
            )
        )
    return rules


def in_order(before: str, after: str, gap_min: int = 0, gap_max: int | None = None) -> InOrder:
    """Return the hard rule that one session comes before another, under a key that both make."""
    return InOrder(key=f"{InOrder.kind}:{before}:{after}", before=before, after=after, gap_min=gap_min, gap_max=gap_max)
