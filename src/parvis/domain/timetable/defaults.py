"""The rules that every edition has unless it says otherwise, and the weights of its wishes (`settings` says how).

Rooms, people, group presidents, hours and members-only meetings are hard. Interpreters, walking, meals, wishes and the
grid are weighed. A rule is there only where the problem has something for it to speak of: no rule about booths without
any.
The key of a default rule is its kind, or begins with it.
"""

from __future__ import annotations

from collections import Counter

from parvis.domain.timetable.meals import meals_of
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules import (
    BreaksKept,
    ChoicesFair,
    ChoicesMet,
    CompactDays,
    DebateTime,
    DelegationsCovered,
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
    ParallelBalance,
    PersonAvailable,
    PersonOnce,
    Placed,
    PlenariesAlone,
    RoomAvailable,
    RoomBooths,
    RoomCapacity,
    RoomEquipment,
    RoomFits,
    RoomFormat,
    RoomOnce,
    RoomWishes,
    Rule,
    TeamOnce,
    ThemesApart,
    TimeToWalk,
)
from parvis.domain.timetable.rules.delegations import COMPANY

# What one unit of each wish costs. One point of what somebody chose, and cannot attend, is the measure: 1 (`worth`).
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
MEAL_TAKEN = 2  # for each quarter of an hour
POINT_LOST = 1
POINT_LOST_BY_THE_WORST = 1  # once more than POINT_LOST
NOT_COVERED = 1  # for each session that nobody of a delegation can attend
TEN_SEATS_TOO_MANY = 1
TEN_PEOPLE_APART = 1  # between two parallel workshops
HOUR_OF_WAITING = 1  # for each person; a session on another day is four

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
    return rules + _of_people(problem) + _of_participants(problem) + _of_rooms(problem) + _of_sessions(problem)


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
    parts = Counter(person for _session, person in {(item.session, item.person) for item in problem.engagements()})
    if any(sessions > 1 for sessions in parts.values()):
        rules.append(CompactDays(key=CompactDays.kind, hard=False, weight=HOUR_OF_WAITING))
    return rules


def _of_participants(problem: Problem) -> list[Rule]:
    choosing = [registration for registration in problem.registrations if registration.choices]
    if not choosing:
        return []
    rules: list[Rule] = [
        ChoicesMet(key=ChoicesMet.kind, hard=False, weight=POINT_LOST),
        ChoicesFair(key=ChoicesFair.kind, hard=False, weight=POINT_LOST_BY_THE_WORST),
    ]
    people = Counter(registration.organisation for registration in problem.registrations)
    if any(item.organisation is not None and people[item.organisation] >= COMPANY for item in choosing):
        rules.append(DelegationsCovered(key=DelegationsCovered.kind, hard=False, weight=NOT_COVERED))
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
    seats_known = any(room.capacity is not None for room in problem.rooms)
    if seats_known and any(session.enrolled or session.wishes for session in problem.sessions):
        rules.append(RoomFits(key=RoomFits.kind, hard=False, weight=TEN_SEATS_TOO_MANY))
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
    workshops = [session for session in problem.sessions if session.format == "workshop"]
    if len(workshops) > 1 and any(session.enrolled or session.wishes for session in workshops):
        rules.append(ParallelBalance(key=ParallelBalance.kind, hard=False, weight=TEN_PEOPLE_APART))
    meals = meals_of(problem)
    if meals:
        rules.append(BreaksKept(key=BreaksKept.kind, hard=False, weight=MEAL_TAKEN, windows=meals))
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
