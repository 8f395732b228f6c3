"""A room, a person, an organisation with one delegate, a team: each in one place at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from parvis.domain.refusals import N_
from parvis.domain.timetable.fields import Minutes, OrganisationKey, PersonKey
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules.judges import ClashJudge, Judge, PairJudge
from parvis.domain.timetable.rules.rule import Rule
from parvis.domain.timetable.rules.sharing import Sharing
from parvis.domain.timetable.verdicts import Param, Violation, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomOnce(Rule):
    """A room receives one session at a time, with `turnover_min` minutes between two."""

    kind: ClassVar[str] = "room_once"
    sentence: ClassVar[str] = N_("A room receives one session at a time.")

    turnover_min: Minutes = 0

    def words(self, problem: Problem) -> Words:
        """Say the minutes between where there are some."""
        if self.turnover_min:
            return Words(
                N_("A room receives one session at a time, with %(turnover)s min between two."),
                {"turnover": self.turnover_min},
            )
        return Words(self.sentence)

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _RoomOnce(self, problem)


class _RoomOnce(ClashJudge):
    same_room = True
    by_room = True
    rule: RoomOnce

    def __init__(self, rule: RoomOnce, problem: Problem) -> None:
        super().__init__(rule, problem)
        self.reach = rule.turnover_min

    def violation(self, one: str, at: Place, other: str, there: Place, amount: int) -> Violation:
        room = self.problem.room_of[at.room].name
        params: dict[str, Param] = {"room": room}
        overlap = at.start < there.start + self.duration[other] and there.start < at.start + self.duration[one]
        if overlap:
            neutral = N_("%(room)s receives “%(one)s” and “%(other)s” at the same time.")
            side = N_("%(room)s already receives “%(other)s” from %(starts)s to %(ends)s.")
        else:
            params["turnover"] = self.reach
            neutral = N_("%(room)s needs %(turnover)s min between “%(one)s” and “%(other)s”.")
            side = N_(
                "%(room)s receives “%(other)s” from %(starts)s to %(ends)s, and needs %(turnover)s min between the two."
            )
        return self.between(one, at, other, there, amount, neutral=neutral, side=side, params=params, rooms=[at.room])


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonOnce(Rule):
    """Nobody has a part in two places at once. `roles` and `persons` narrow the rule; empty is all of them."""

    kind: ClassVar[str] = "person_once"
    sentence: ClassVar[str] = N_("Nobody speaks, moderates or presides in two places at once.")

    roles: tuple[str, ...] = ()
    persons: tuple[PersonKey, ...] = ()

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _PersonOnce(self, problem)


class _PersonOnce(ClashJudge):
    rule: PersonOnce

    def __init__(self, rule: PersonOnce, problem: Problem) -> None:
        super().__init__(rule, problem)
        self.sharing = Sharing.of_persons(problem, self.concerned, roles=rule.roles, persons=rule.persons)
        self.concerned = self.sharing.concerned

    def partners(self, session: str) -> frozenset[str]:
        return self.sharing.partners(session)

    def amount_between(self, one: str, other: str) -> int:
        return len(self.sharing.shared(one, other))

    def violation(self, one: str, at: Place, other: str, there: Place, amount: int) -> Violation:
        persons = sorted(self.sharing.shared(one, other))
        names = tuple(self.problem.person_of[person].name for person in persons)
        if len(persons) == 1:
            neutral = N_("%(names)s is expected in “%(one)s” and in “%(other)s” at the same time.")
            side = N_("%(names)s is already expected in “%(other)s” from %(starts)s to %(ends)s.")
        else:
            neutral = N_("%(names)s are expected in “%(one)s” and in “%(other)s” at the same time.")
            side = N_("%(names)s are already expected in “%(other)s” from %(starts)s to %(ends)s.")
        return self.between(
            one, at, other, there, amount, neutral=neutral, side=side, params={"names": names}, persons=persons
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationOnce(Rule):
    """An organisation that sends one delegate is in one place at a time; `organisations` names others to treat so."""

    kind: ClassVar[str] = "organisation_once"
    sentence: ClassVar[str] = N_("An organisation that sends one delegate is in one place at a time.")

    organisations: tuple[OrganisationKey, ...] = ()

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _OrganisationOnce(self, problem)


class _OrganisationOnce(ClashJudge):
    rule: OrganisationOnce

    def __init__(self, rule: OrganisationOnce, problem: Problem) -> None:
        super().__init__(rule, problem)
        single = {item.key for item in problem.organisations if item.one_at_a_time} | set(rule.organisations)
        self.sharing = Sharing(
            self.concerned,
            ((item.session, item.organisation) for item in problem.involvements if item.organisation in single),
        )
        self.concerned = self.sharing.concerned

    def partners(self, session: str) -> frozenset[str]:
        return self.sharing.partners(session)

    def amount_between(self, one: str, other: str) -> int:
        return len(self.sharing.shared(one, other))

    def violation(self, one: str, at: Place, other: str, there: Place, amount: int) -> Violation:
        organisations = sorted(self.sharing.shared(one, other))
        names = tuple(self.problem.organisation_of[key].name for key in organisations)
        return self.between(
            one,
            at,
            other,
            there,
            amount,
            neutral=N_("“%(one)s” and “%(other)s” take place at the same time, with one delegate for both: %(names)s."),
            side=N_("“%(other)s” from %(starts)s to %(ends)s has the same delegate: %(names)s."),
            params={"names": names},
            organisations=organisations,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamOnce(Rule):
    """An interpretation team that is assigned to sessions is in one of them at a time, and rests in between."""

    kind: ClassVar[str] = "team_once"
    sentence: ClassVar[str] = N_("A team of interpreters works in one place at a time, and rests in between.")

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _TeamOnce(self, problem)


class _TeamOnce(PairJudge):
    rule: TeamOnce

    def __init__(self, rule: TeamOnce, problem: Problem) -> None:
        super().__init__(rule, problem)
        self.sharing = Sharing(
            self.concerned, ((session.key, team) for session in problem.sessions for team in session.teams)
        )
        self.concerned = self.sharing.concerned
        self.rest: Mapping[str, int] = {team.key: team.rest_min for team in problem.teams if team.count}
        self.alone: Mapping[str, bool] = {team.key: team.count == 1 for team in problem.teams}
        self.reach = max(self.rest.values(), default=0)

    def partners(self, session: str) -> frozenset[str]:
        return self.sharing.partners(session)

    def torn(self, one: str, at: Place, other: str, there: Place) -> list[str]:
        """Return the teams that cannot do both."""
        gap = max(there.start - at.start - self.duration[one], at.start - there.start - self.duration[other])
        return [team for team in self.sharing.shared(one, other) if self.alone[team] and gap < self.rest[team]]

    def amount(self, one: str, at: Place, other: str, there: Place) -> int:
        return len(self.torn(one, at, other, there))

    def violation(self, one: str, at: Place, other: str, there: Place, amount: int) -> Violation:
        names = tuple(self.problem.team_of[team].name for team in sorted(self.torn(one, at, other, there)))
        return self.between(
            one,
            at,
            other,
            there,
            amount,
            neutral=N_("“%(one)s” and “%(other)s” are too close for the interpreters of both: %(names)s."),
            side=N_("“%(other)s” from %(starts)s to %(ends)s has the same interpreters: %(names)s."),
            params={"names": names},
        )
