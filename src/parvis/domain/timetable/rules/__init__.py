"""The kinds of rules. `KINDS` is the registry: a rule is data, and its kind says which class reads it."""

from __future__ import annotations

from parvis.domain.timetable.rules.at_most_one import OrganisationOnce, PersonOnce, RoomOnce, TeamOnce
from parvis.domain.timetable.rules.balance import ParallelBalance
from parvis.domain.timetable.rules.booths import RoomBooths
from parvis.domain.timetable.rules.breaks import BreaksKept
from parvis.domain.timetable.rules.capacity import RoomCapacity, RoomWishes
from parvis.domain.timetable.rules.choices import ChoicesApart
from parvis.domain.timetable.rules.choices_met import ChoicesFair, ChoicesMet
from parvis.domain.timetable.rules.compact_days import CompactDays
from parvis.domain.timetable.rules.delegations import DelegationsCovered
from parvis.domain.timetable.rules.equipment import RoomEquipment, RoomFormat
from parvis.domain.timetable.rules.hours import FixedPlace, InsideDays, OnGrid, Placed, WithinHours
from parvis.domain.timetable.rules.interpretation import InterpretationTeams
from parvis.domain.timetable.rules.lengths import DebateTime, FormatLength
from parvis.domain.timetable.rules.members import MembersBehindDoors, MembersFree, OpenBesideAssembly
from parvis.domain.timetable.rules.order import InOrder
from parvis.domain.timetable.rules.pairs import Apart, NotAtOnce, SessionPair
from parvis.domain.timetable.rules.plenaries import PlenariesAlone
from parvis.domain.timetable.rules.preferences import Penalty, Preferences
from parvis.domain.timetable.rules.room_fits import RoomFits
from parvis.domain.timetable.rules.rule import Rule
from parvis.domain.timetable.rules.stability import PlaceBefore, Stability
from parvis.domain.timetable.rules.theme_cells import OneThemePerCell, ThemePenalty, ThemePreferences
from parvis.domain.timetable.rules.theme_order import OrderPlace, ThemeOrder
from parvis.domain.timetable.rules.theme_parallels import (
    ThemeInOneGo,
    ThemePair,
    ThemeRooms,
    ThemesParallel,
    ThemeSpread,
)
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
        ChoicesMet,
        ChoicesFair,
        DelegationsCovered,
        RoomWishes,
        RoomFits,
        ParallelBalance,
        CompactDays,
        BreaksKept,
        Stability,
        FormatLength,
        Preferences,
        ThemePreferences,
        OneThemePerCell,
        ThemesParallel,
        ThemeRooms,
        ThemeSpread,
        ThemeInOneGo,
        ThemeOrder,
        Apart,
        NotAtOnce,
        OnGrid,
        Placed,
    )
}

__all__ = [
    "KINDS",
    "Apart",
    "BreaksKept",
    "ChoicesApart",
    "ChoicesFair",
    "ChoicesMet",
    "CompactDays",
    "DebateTime",
    "DelegationsCovered",
    "FixedPlace",
    "FormatLength",
    "InOrder",
    "InsideDays",
    "InterpretationTeams",
    "MembersBehindDoors",
    "MembersFree",
    "NotAtOnce",
    "OnGrid",
    "OneThemePerCell",
    "OpenBesideAssembly",
    "OrderPlace",
    "OrganisationAvailable",
    "OrganisationOnce",
    "ParallelBalance",
    "Penalty",
    "PersonAvailable",
    "PersonOnce",
    "PlaceBefore",
    "Placed",
    "PlenariesAlone",
    "Preferences",
    "RoomAvailable",
    "RoomBooths",
    "RoomCapacity",
    "RoomEquipment",
    "RoomFits",
    "RoomFormat",
    "RoomOnce",
    "RoomWishes",
    "Rule",
    "SessionPair",
    "Stability",
    "TeamOnce",
    "ThemeInOneGo",
    "ThemeOrder",
    "ThemePair",
    "ThemePenalty",
    "ThemePreferences",
    "ThemeRooms",
    "ThemeSpread",
    "ThemesApart",
    "ThemesParallel",
    "TimeToWalk",
    "WithinHours",
]
