"""The rules of an edition's timetable as its desk sets them: how each is taken, what it finds, how the days open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from django.db.models import QuerySet

from parvis.domain.access import Actor, Permission
from parvis.domain.refusals import N_
from parvis.domain.timetable.defaults import default_rules
from parvis.domain.timetable.families import FAMILIES, OFFERED, OfferedRule
from parvis.domain.timetable.json_records import write_rule
from parvis.domain.timetable.rule_settings import DayHours, RuleTaken, default_of, offered
from parvis.domain.timetable.rules import InOrder, Rule
from parvis.domain.timetable.verdicts import Violation
from parvis.domain.timetable.violations import violations
from parvis.models import Edition, LogEntry, RuleSetting, SessionOrder
from parvis.queries.timetable import CLOSES, HOURS, OPENS, STEP_MIN, Timetable, build_timetable
from parvis.queries.versions import version_of

AS_BY_DEFAULT = "default"  # the print of a rule of which the edition says nothing


@dataclass(frozen=True, slots=True)
class RuleState:
    """One kind of rule at an edition: how it is taken, whether there is anything for it to speak of, what it finds."""

    offered: OfferedRule
    taken: RuleTaken
    changed: bool
    present: bool
    rules: list[Rule] = field(default_factory=list)
    found: list[Violation] = field(default_factory=list)
    version: str = AS_BY_DEFAULT


@dataclass(frozen=True, slots=True)
class RulesReport:
    """All rules of an edition by family (English name), the hours of its days, and the timetable that was judged."""

    families: list[tuple[str, list[RuleState]]]
    hours: DayHours
    hours_set: bool
    timetable: Timetable

    def state_of(self, kind: str) -> RuleState:
        """Return one kind. Raises `NoSuchRule`."""
        wanted = offered(kind)
        return next(state for _name, states in self.families for state in states if state.offered is wanted)


def setting_of(edition_id: int, kind: str) -> RuleSetting | None:
    """Return what an edition says of a kind of rule. One query."""
    return RuleSetting.objects.filter(edition_id=edition_id, kind=kind).first()


def print_of_setting(setting: RuleSetting | None) -> str:
    """Return a short print of what an edition says of a kind, to tell whether somebody changed it meanwhile."""
    return AS_BY_DEFAULT if setting is None else version_of(setting)


def hours_of_setting(setting: RuleSetting | None) -> DayHours:
    """Return the hours of the days that a setting holds, or those by default."""
    given: dict[str, Any] = dict(setting.parameters) if setting is not None else {}
    return DayHours(
        opens=time.fromisoformat(given["opens"]) if "opens" in given else OPENS,
        closes=time.fromisoformat(given["closes"]) if "closes" in given else CLOSES,
        step_min=int(given.get("step_min", STEP_MIN)),
    )


def taken_of(wanted: OfferedRule, setting: RuleSetting | None) -> RuleTaken:
    """Return how a rule is taken; the hours of the days are no numbers of a rule."""
    if setting is None:
        return default_of(wanted)
    names = {number.name for number in wanted.numbers}
    numbers = {name: int(value) for name, value in setting.parameters.items() if name in names}
    return RuleTaken(setting.active, setting.hard, setting.weight, numbers)


def is_default(setting: RuleSetting) -> bool:
    """Tell whether a setting says nothing that is not so by default, the hours of the days included."""
    wanted = OFFERED.get(setting.kind)
    return wanted is not None and not setting.parameters and taken_of(wanted, setting) == default_of(wanted)


def access_rules(actor: Actor, *, edition_id: int) -> RulesReport:
    """Return the rules of an edition and what they find now, participants' choices included.

    A constant number of queries. Raises `NotAllowed`, `EditionHasNoDays`, `Edition.DoesNotExist`.
    """
    actor.require(Permission.READ_DESK)
    timetable = build_timetable(edition_id, with_choices=True)
    settings = {row.kind: row for row in RuleSetting.objects.filter(edition_id=edition_id)}
    found: dict[str, list[Violation]] = {}
    for fault in violations(timetable.problem, timetable.rules, timetable.placements):
        found.setdefault(fault.kind, []).append(fault)
    present = {rule.kind for rule in default_rules(timetable.problem)}
    by_kind: dict[str, list[Rule]] = {}
    for rule in timetable.rules:
        by_kind.setdefault(rule.kind, []).append(rule)
    if InOrder.kind in by_kind or _has_orders(edition_id):
        present.add(InOrder.kind)
    families = []
    for family in FAMILIES:
        states = []
        for wanted in family.rules:
            setting = settings.get(wanted.kind)
            taken = taken_of(wanted, setting)
            states.append(
                RuleState(
                    offered=wanted,
                    taken=taken,
                    changed=taken != default_of(wanted),
                    present=wanted.kind in present,
                    rules=by_kind.get(wanted.kind, []),
                    found=found.get(wanted.kind, []),
                    version=print_of_setting(setting),
                )
            )
        families.append((family.name, states))
    hours = settings.get(HOURS)
    return RulesReport(families, hours_of_setting(hours), hours is not None and "opens" in hours.parameters, timetable)


def numbers_of(state: RuleState, timetable: Timetable) -> dict[str, int]:
    """Return the numbers that hold for a rule now, by parameter; what no rule says is left out."""
    said: dict[str, int] = {}
    for number in state.offered.numbers:
        if number.default is not None:
            said[number.name] = number.default
        for rule in state.rules:
            written = write_rule(rule, timetable.problem.timeline)
            if number.name in written:
                said[number.name] = int(written[number.name])
    return said | dict(state.taken.numbers or {})


def last_rule_hand(edition: Edition, kind: str) -> str:
    """Return who took a kind of rule otherwise last, as the log knows it. One query."""
    who = _history(edition, [kind]).values_list("actor_label", flat=True).first()
    return who or N_("Somebody else")


def list_rule_history(actor: Actor, *, edition: Edition, kinds: Iterable[str], most: int = 20) -> list[LogEntry]:
    """Return who took rules of an edition otherwise, the latest first. One query. Raises `NotAllowed`.

    A rule that is taken as by default again has no row any more: its history is found by its label.
    """
    actor.require(Permission.READ_DESK)
    return list(_history(edition, kinds)[:most])


def _history(edition: Edition, kinds: Iterable[str]) -> QuerySet[LogEntry]:
    labels = [str(RuleSetting(edition=edition, kind=kind))[:300] for kind in kinds]
    return LogEntry.objects.filter(subject_kind="rulesetting", subject_label__in=labels).order_by("-at", "-id")


def _has_orders(edition_id: int) -> bool:
    return SessionOrder.objects.filter(before__edition_id=edition_id).exists()
