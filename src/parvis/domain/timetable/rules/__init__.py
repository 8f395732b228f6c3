"""The kinds of rules. `KINDS` is the registry: a rule is data, and its kind says which class reads it."""

from __future__ import annotations

from parvis.domain.timetable.rules.at_most_one import OrganisationOnce, PersonOnce, RoomOnce, TeamOnce
from parvis.domain.timetable.rules.booths import RoomBooths
from parvis.domain.timetable.rules.capacity import RoomCapacity, RoomWishes
from parvis.domain.timetable.rules.choices import ChoicesApart
from parvis.domain.timetable.rules.equipment import RoomEquipment, RoomFormat
from parvis.domain.timetable.rules.hours import FixedPlace, InsideDays, OnGrid, Placed, WithinHours
from parvis.domain.timetable.rules.interpretation import InterpretationTeams
from parvis.domain.timetable.rules.lengths import DebateTime, FormatLength
from parvis.domain.timetable.rules.members import MembersBehindDoors, MembersFree, OpenBesideAssembly
from parvis.domain.timetable.rules.order import InOrder
from parvis.domain.timetable.rules.plenaries import PlenariesAlone
from parvis.domain.timetable.rules.rule import Rule
from parvis.domain.timetable.rules.themes import ThemesApart
from parvis.domain.timetable.rules.walking import TimeToWalk
from parvis.domain.timetable.rules.windows import OrganisationAvailable, PersonAvailable, RoomAvailable

KINDS: dict[str, type[Rule]] = {
    rule.kind: rule
    for rule in (
        RoomOnce,
        PersonOnce,
        OrganisationOnce,
        TeamOnce,
        InsideDays,
        FixedPlace,
        WithinHours,
        PersonAvailable,
        OrganisationAvailable,
        RoomAvailable,
        InOrder,
        PlenariesAlone,
        MembersFree,
        OpenBesideAssembly,
        MembersBehindDoors,
        RoomCapacity,
        RoomEquipment,
        RoomFormat,
        RoomBooths,
        DebateTime,
        ThemesApart,
        InterpretationTeams,
        TimeToWalk,
        ChoicesApart,
        RoomWishes,
        FormatLength,
        OnGrid,
        Placed,
    )
}

__all__ = [
    "KINDS",
    "ChoicesApart",
    "DebateTime",
    "FixedPlace",
    "FormatLength",
    "InOrder",
    "InsideDays",
    "InterpretationTeams",
    "MembersBehindDoors",
    "MembersFree",
    "OnGrid",
    "OpenBesideAssembly",
    "OrganisationAvailable",
    "OrganisationOnce",
    "PersonAvailable",
    "PersonOnce",
    "Placed",
    "PlenariesAlone",
    "RoomAvailable",
    "RoomBooths",
    "RoomCapacity",
    "RoomEquipment",
    "RoomFormat",
    "RoomOnce",
    "RoomWishes",
    "Rule",
    "TeamOnce",
    "ThemesApart",
    "TimeToWalk",
    "WithinHours",
]
