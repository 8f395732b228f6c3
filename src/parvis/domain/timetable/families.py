"""The rules that an edition may take otherwise, as people look for them: by family, with what one unit of each costs.

Weights are those of `defaults`; kinds of which the tables hold no facts (`KNOWN_TO_FILES_ONLY`) are not offered.
"""

from __future__ import annotations

from dataclasses import dataclass

from parvis.domain.refusals import N_
from parvis.domain.timetable import defaults
from parvis.domain.timetable import rules as r
from parvis.domain.timetable.fields import A_DAY, LONGEST_MIN, MANY


@dataclass(frozen=True, slots=True)
class Number:
    """A number that a rule may be given: the parameter, what it means, its bounds, and what it is by default.

    Without a default, the rule finds its own.
    """

    name: str
    label: str
    least: int
    most: int
    default: int | None = None


@dataclass(frozen=True, slots=True)
class OfferedRule:
    """One kind of rule on the desk.

    `unit` ends a sentence that begins “Costs 5 …”; `weight` is that of the wish which it is by default, None where it
    is hard. `idle` says what it waits for where the edition gives it nothing to speak of. A rule that `stays_a_wish`
    cannot be made hard. One that is weighed `as_a_whole` is never quite kept: it tells which of two programmes is the
    better one, and would only stand in the way on a card (`told_on_cards`).
    """

    kind: str
    sentence: str
    unit: str
    weight: int | None = None
    idle: str = ""
    numbers: tuple[Number, ...] = ()
    stays_a_wish: bool = False
    as_a_whole: bool = False

    @property
    def hard(self) -> bool:
        """Whether it is hard by default."""
        return self.weight is None


@dataclass(frozen=True, slots=True)
class Family:
    """Rules that are looked for together."""

    name: str
    rules: tuple[OfferedRule, ...]


KNOWN_TO_FILES_ONLY = frozenset(
    rule.kind
    for rule in (
        r.WithinHours,
        r.OrganisationOnce,
        r.RoomAvailable,
        r.RoomFormat,
        r.RoomWishes,
        r.ChoicesApart,
        r.Stability,
        r.Preferences,
        r.ThemePreferences,
        r.OneThemePerCell,
        r.ThemesParallel,
        r.ThemeRooms,
        r.ThemeSpread,
        r.ThemeInOneGo,
        r.ThemeOrder,
        r.Apart,
        r.NotAtOnce,
    )
)
USUAL_LENGTH = defaults.MICRO_WORKSHOP_MIN
TURNOVER = Number("turnover_min", N_("Minutes between two sessions in a room"), 0, A_DAY, 0)
LEAST = Number("least_min", N_("Shortest micro-workshop, in minutes"), 1, LONGEST_MIN, USUAL_LENGTH)
MOST = Number("most_min", N_("Longest micro-workshop, in minutes"), 1, LONGEST_MIN, USUAL_LENGTH)
SHARE = Number("share_percent", N_("Share of the participants that counts, in percent"), 1, 100, 10)
TOLERANCE = Number("tolerance_percent", N_("Seats that may stay empty, in percent of those needed"), 0, 1_000, 50)
SEATS = Number("unit_seats", N_("Seats in one unit"), 1, MANY, 10)
PEOPLE = Number("unit_people", N_("People in one unit"), 1, MANY, 10)
OTHER_DAY = Number("other_day", N_("What another day counts, in units"), 0, MANY, 4)
WAIT = Number("unit_min", N_("Minutes in one unit"), 1, A_DAY, 60)
OF_A_BREAK = Number("unit_min", N_("Minutes in one unit"), 1, A_DAY, 15)

FAMILIES: tuple[Family, ...] = (
    Family(
        N_("Rooms"),
        (
            OfferedRule(
                r.RoomOnce.kind,
                r.RoomOnce.sentence,
                N_("for each two sessions that one room receives at once"),
                numbers=(TURNOVER,),
            ),
            OfferedRule(r.RoomCapacity.kind, r.RoomCapacity.sentence, N_("for each seat that is lacking")),
            OfferedRule(
                r.RoomEquipment.kind,
                r.RoomEquipment.sentence,
                N_("for each thing that is lacking"),
                defaults.EQUIPMENT_LACKING,
                N_("No session needs equipment yet."),
            ),
            OfferedRule(
                r.RoomFits.kind,
                r.RoomFits.sentence,
                N_("for each ten seats too many, unless another unit is set"),
                defaults.TEN_SEATS_TOO_MANY,
                N_("It is not known yet how many people come to a session, or how many seats a room has."),
                numbers=(TOLERANCE, SEATS),
                as_a_whole=True,
            ),
        ),
    ),
    Family(
        N_("People and organisations"),
        (
            OfferedRule(
                r.PersonOnce.kind, r.PersonOnce.sentence, N_("for each person who is expected in two places at once")
            ),
            OfferedRule(
                r.PersonAvailable.kind,
                r.PersonAvailable.sentence,
                N_("for each person who is not there"),
                idle=N_("Nobody who has a part in the programme has hours yet."),
            ),
            OfferedRule(
                r.OrganisationAvailable.kind,
                r.OrganisationAvailable.sentence,
                N_("for each organisation that is not there"),
                idle=N_("No organisation has hours yet."),
            ),
            OfferedRule(
                r.TimeToWalk.kind,
                r.TimeToWalk.sentence,
                N_("for each minute that is lacking, and each person"),
                defaults.MINUTE_TO_WALK,
                N_("The venue does not say yet how long it takes from one building to another."),
            ),
            OfferedRule(
                r.CompactDays.kind,
                r.CompactDays.sentence,
                N_("for each hour between two sessions of one person, unless another unit is set"),
                defaults.HOUR_OF_WAITING,
                N_("Nobody has a part in two sessions yet."),
                numbers=(OTHER_DAY, WAIT),
                stays_a_wish=True,
                as_a_whole=True,
            ),
        ),
    ),
    Family(
        N_("Participants’ choices"),
        (
            OfferedRule(
                r.ChoicesMet.kind,
                r.ChoicesMet.sentence,
                N_("for each point of what cannot be attended: 2 for an enrolment, 4 for a first choice"),
                defaults.POINT_LOST,
                N_("Nobody is enrolled in a session yet."),
                stays_a_wish=True,
                as_a_whole=True,
            ),
            OfferedRule(
                r.ChoicesFair.kind,
                r.ChoicesFair.sentence,
                N_("for each point that those who are served worst lose"),
                defaults.POINT_LOST_BY_THE_WORST,
                N_("Nobody is enrolled in a session yet."),
                numbers=(SHARE,),
                stays_a_wish=True,
                as_a_whole=True,
            ),
            OfferedRule(
                r.DelegationsCovered.kind,
                r.DelegationsCovered.sentence,
                N_("for each session that nobody of a delegation can attend"),
                defaults.NOT_COVERED,
                N_("Nobody of a delegation of two or more is enrolled in a session yet."),
                stays_a_wish=True,
                as_a_whole=True,
            ),
        ),
    ),
    Family(
        N_("Days and order"),
        (
            OfferedRule(
                r.InsideDays.kind, r.InsideDays.sentence, N_("for each session outside the opening hours of its day")
            ),
            OfferedRule(
                r.OnGrid.kind, r.OnGrid.sentence, N_("for each session that begins off the grid"), defaults.OFF_GRID
            ),
            OfferedRule(
                r.FixedPlace.kind,
                r.FixedPlace.sentence,
                N_("for each time or room that is another"),
                idle=N_("No session is pinned yet."),
            ),
            OfferedRule(
                r.InOrder.kind,
                N_("Sessions keep the order that is set for them."),
                N_("for each two sessions out of order"),
                idle=N_("No order of two sessions is set yet."),
            ),
            OfferedRule(
                r.BreaksKept.kind,
                r.BreaksKept.sentence,
                N_("for each quarter of an hour of a break, unless another unit is set"),
                defaults.MEAL_TAKEN,
                N_("No day is open from 12:30 to 14:00 without something that gathers everybody."),
                numbers=(OF_A_BREAK,),
            ),
            OfferedRule(r.Placed.kind, r.Placed.sentence, N_("for each session without a place"), defaults.UNPLACED),
        ),
    ),
    Family(
        N_("What may be held in parallel"),
        (
            OfferedRule(
                r.PlenariesAlone.kind,
                r.PlenariesAlone.sentence,
                N_("for each session beside one that gathers everybody"),
            ),
            OfferedRule(
                r.ThemesApart.kind,
                r.ThemesApart.sentence,
                N_("for each theme that two parallel workshops share"),
                idle=N_("No theme is marked yet."),
            ),
            OfferedRule(
                r.ParallelBalance.kind,
                r.ParallelBalance.sentence,
                N_("for each ten people by which two parallel workshops differ, unless another unit is set"),
                defaults.TEN_PEOPLE_APART,
                N_("It is not known yet how many people come to the workshops."),
                numbers=(PEOPLE,),
                stays_a_wish=True,
                as_a_whole=True,
            ),
            OfferedRule(
                r.MembersFree.kind,
                r.MembersFree.sentence,
                N_("for each other meeting of members"),
                idle=N_("There is no general assembly yet."),
            ),
            OfferedRule(
                r.OpenBesideAssembly.kind,
                r.OpenBesideAssembly.sentence,
                N_("for each session that members would miss"),
                defaults.OPEN_DURING_ASSEMBLY,
                N_("There is no general assembly yet."),
            ),
            OfferedRule(
                r.MembersBehindDoors.kind,
                r.MembersBehindDoors.sentence,
                N_("for each meeting of members that passers-by would hear"),
                idle=N_("No session is for members only yet."),
            ),
        ),
    ),
    Family(
        N_("Lengths"),
        (
            OfferedRule(r.DebateTime.kind, r.DebateTime.sentence, N_("for each minute that is lacking for the debate")),
            OfferedRule(
                r.FormatLength.kind,
                N_("Micro-workshops last as long as it is set for them."),
                N_("for each minute too long or too short"),
                defaults.LENGTH_OFF,
                N_("There is no micro-workshop yet."),
                numbers=(LEAST, MOST),
            ),
        ),
    ),
    Family(
        N_("Interpretation"),
        (
            OfferedRule(
                r.InterpretationTeams.kind,
                r.InterpretationTeams.sentence,
                N_("for each booth without interpreters"),
                defaults.INTERPRETERS_LACKING,
                N_("There is no team of interpreters yet."),
            ),
            OfferedRule(
                r.TeamOnce.kind,
                r.TeamOnce.sentence,
                N_("for each team that is promised to two sessions at once"),
                defaults.TEAM_TWICE,
                N_("No team serves a session yet."),
            ),
            OfferedRule(
                r.RoomBooths.kind,
                r.RoomBooths.sentence,
                N_("for each booth that is lacking"),
                defaults.BOOTH_LACKING,
                N_("No room has a booth yet."),
            ),
        ),
    ),
)
OFFERED: dict[str, OfferedRule] = {rule.kind: rule for family in FAMILIES for rule in family.rules}


def told_on_cards(rule: r.Rule) -> bool:
    """Tell whether the editor and the check of a release speak of a rule: not of wishes weighed as a whole."""
    offered = OFFERED.get(rule.kind)
    return rule.hard or offered is None or not offered.as_a_whole
