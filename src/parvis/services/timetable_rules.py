"""Changes how an edition takes the rules of its timetable, and when its days open and close."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.programme.placement import EditionHasNoDays
from parvis.domain.refusals import ChangedMeanwhile
from parvis.domain.timetable.rule_settings import (
    DayHours,
    RuleTaken,
    check_day_hours,
    check_taken,
    default_of,
    offered,
)
from parvis.domain.timetable.timeline import Timeline
from parvis.models import Edition, RuleSetting
from parvis.queries.desk_editions import zone_of
from parvis.queries.timetable import HOURS
from parvis.queries.timetable_rules import is_default, last_rule_hand, print_of_setting, setting_of
from parvis.services import log
from parvis.services.changes import set_values
from parvis.services.programme import open_edition


def set_rule(
    *, actor: Actor, edition_id: int, kind: str, taken: RuleTaken, seen: str = "", now: datetime | None = None
) -> None:
    """Take a kind of rule otherwise: not judged, hard or a wish, with a weight and its numbers.

    What is so by default leaves no trace but in the log. Locks the edition's row. Raises `NotAllowed`, `NotFound`,
    `EditionIsClosed`, `ChangedMeanwhile` where it is no longer as `seen` (`print_of_setting`), and what `offered` and
    `check_taken` raise.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    rule = offered(kind)
    check_taken(rule, taken)
    with transaction.atomic():
        edition = open_edition(edition_id)
        setting = _seen(edition, kind, seen)
        names = {number.name for number in rule.numbers}
        kept = {name: value for name, value in setting.parameters.items() if name not in names}
        values = {
            "active": taken.active,
            "hard": taken.hard,
            "weight": taken.weight,
            "parameters": kept | dict(taken.numbers or {}),
        }
        _write(actor, setting, values, now or timezone.now())


def reset_rule(*, actor: Actor, edition_id: int, kind: str, seen: str = "", now: datetime | None = None) -> None:
    """Take a kind of rule as by default again; the hours of the days stay. Locks and raises as `set_rule` does."""
    set_rule(actor=actor, edition_id=edition_id, kind=kind, taken=default_of(offered(kind)), seen=seen, now=now)


def set_day_hours(
    *, actor: Actor, edition_id: int, hours: DayHours | None, seen: str = "", now: datetime | None = None
) -> None:
    """Say when each day opens and closes, and the grid of its starts; None: as by default, and as what stands in them.

    Locks the edition's row. Raises `NotAllowed`, `NotFound`, `EditionIsClosed`, `EditionHasNoDays`,
    `ChangedMeanwhile`, and what `check_day_hours` raises.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        edition = open_edition(edition_id)
        if edition.starts_on is None or edition.ends_on is None:
            raise EditionHasNoDays
        if hours is not None:
            timeline = Timeline.from_day(zone_of(edition).key, edition.starts_on)
            check_day_hours(hours, timeline, first_day=edition.starts_on, last_day=edition.ends_on)
        setting = _seen(edition, HOURS, seen)
        kept = {name: v for name, v in setting.parameters.items() if name not in {"opens", "closes", "step_min"}}
        values = {"parameters": kept | (hours.to_parameters() if hours is not None else {})}
        _write(actor, setting, values, now or timezone.now())


def _seen(edition: Edition, kind: str, seen: str) -> RuleSetting:
    """Return what an edition says of a kind, or a new row that says what is so by default."""
    setting = setting_of(edition.pk, kind)
    if seen and print_of_setting(setting) != seen:
        raise ChangedMeanwhile(who=last_rule_hand(edition, kind))
    if setting is not None:
        return setting
    default = default_of(offered(kind))
    return RuleSetting(
        edition=edition, kind=kind, active=default.active, hard=default.hard, weight=default.weight, parameters={}
    )


def _said(setting: RuleSetting) -> dict[str, Any]:
    """Return a setting in the words of the log."""
    return {
        "judged": setting.active,
        "must_hold": setting.hard,
        "wish_weight": setting.weight,
        **setting.parameters,
    }


def _write(actor: Actor, setting: RuleSetting, values: dict[str, Any], now: datetime) -> None:
    before = _said(setting)
    if not set_values(setting, values):
        return
    after = _said(setting)
    setting.save()
    changes = {
        name: [before.get(name), after.get(name)] for name in {**before, **after} if before.get(name) != after.get(name)
    }
    log.record(actor=actor, action="rulesetting.changed", subject=setting, now=now, details={"changes": changes})
    if is_default(setting):
        setting.delete()
