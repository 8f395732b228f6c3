"""How an edition takes the default rules otherwise: left out, hard or a wish, with other weights or parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from parvis.domain.timetable.json_records import read_rule, write_rule
from parvis.domain.timetable.rules import Rule
from parvis.domain.timetable.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Setting:
    """What an edition says of all rules of one kind. `parameters` are JSON values, as `write_rule` has them."""

    kind: str
    active: bool = True
    hard: bool | None = None
    weight: int | None = None
    parameters: Mapping[str, object] = field(default_factory=dict)


def adjusted(rules: Sequence[Rule], settings: Iterable[Setting], timeline: Timeline) -> list[Rule]:
    """Return the rules as an edition wants them. A setting of a kind that no rule is of changes nothing.

    Raises the refusals of `read_rule` where parameters are not those of their kind, with the kind as path.
    """
    by_kind = {setting.kind: setting for setting in settings}
    found = []
    for rule in rules:
        setting = by_kind.get(rule.kind)
        if setting is None:
            found.append(rule)
        elif setting.active:
            found.append(_adjusted(rule, setting, timeline))
    return found


def _adjusted(rule: Rule, setting: Setting, timeline: Timeline) -> Rule:
    written = {**write_rule(rule, timeline), **setting.parameters, "kind": rule.kind, "key": rule.key}
    if setting.hard is not None:
        written["hard"] = setting.hard
    if setting.weight is not None:
        written["weight"] = setting.weight
    return read_rule(written, rule.kind, timeline)
