"""Builds the timetable of an edition from its tables: facts, rules and placements, as `domain.timetable` judges them.

Keys: a session's code, a room's, person's, organisation's and theme's slug, a group's code, a team's id. It is read at
every move of a card, so that it reads columns and makes no rows (`bench/timetable_moves.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any

from parvis.domain.access import Actor, Permission
from parvis.domain.programme.placement import EditionHasNoDays
from parvis.domain.timetable import problem as facts
from parvis.domain.timetable.defaults import default_rules, in_order
from parvis.domain.timetable.families import told_on_cards
from parvis.domain.timetable.placements import Placements
from parvis.domain.timetable.problem import Problem, Window
from parvis.domain.timetable.rules import Rule
from parvis.domain.timetable.settings import Setting, adjusted
from parvis.domain.timetable.timeline import Timeline
from parvis.models import Edition, RuleSetting, SessionOrder
from parvis.queries.timetable_rows import read_choices, read_timetable_rows

OPENS, CLOSES, STEP_MIN = time(8), time(20), 5
HOURS = "inside_days"  # the setting of this kind may say when days open and close, and the step of the grid


@dataclass(frozen=True, slots=True)
class Timetable:
    """An edition's timetable, and which row stands behind each key."""

    problem: Problem
    rules: tuple[Rule, ...]
    placements: Placements
    session_ids: dict[str, int]
    room_ids: dict[str, int]


def access_timetable(actor: Actor, *, edition_id: int) -> Timetable:
    """Return the timetable for the desk. Raises `NotAllowed`, `EditionHasNoDays`, `Edition.DoesNotExist`."""
    actor.require(Permission.READ_DESK)
    return build_timetable(edition_id)


def build_timetable(edition_id: int, *, with_choices: bool = False) -> Timetable:
    """Return the timetable as the tables have it now; cancelled sessions are not in it. A constant number of queries.

    Organisations are in it where they have hours of their own. `with_choices` is for those who weigh a programme as a
    whole: it adds the participants with what each is enrolled in, and the wishes that no card is told of. Raises
    `EditionHasNoDays`, `Edition.DoesNotExist`.
    """
    edition = Edition.objects.select_related("venue").get(pk=edition_id)
    if edition.starts_on is None or edition.ends_on is None:
        raise EditionHasNoDays(field="day")
    timeline = Timeline.from_day(edition.venue.timezone if edition.venue else "Europe/Paris", edition.starts_on)
    settings = [
        Setting(row.kind, row.active, row.hard, row.weight, row.parameters)
        for row in RuleSetting.objects.filter(edition=edition)
    ]
    rows = read_timetable_rows(edition, timeline)
    registrations = read_choices(edition_id, rows) if with_choices else ()
    problem = Problem(
        timeline=timeline,
        days=_days(timeline, edition.starts_on, edition.ends_on, settings, rows.spans),
        rooms=rows.rooms,
        persons=rows.persons,
        organisations=rows.organisations,
        groups=rows.groups,
        themes=rows.themes,
        teams=rows.teams,
        sessions=rows.sessions,
        interventions=rows.interventions,
        involvements=rows.involvements,
        between_buildings_min=edition.venue.walking_min if edition.venue else 0,
        registrations=registrations,
    )
    wanted = [replace(setting, parameters={}) if setting.kind == HOURS else setting for setting in settings]
    rules = adjusted([*default_rules(problem), *_orders(rows.session_ids)], wanted, timeline)
    if not with_choices:
        rules = [rule for rule in rules if told_on_cards(rule)]
    return Timetable(
        problem=problem,
        rules=tuple(rules),
        placements=Placements(rows.places),
        session_ids=rows.session_ids,
        room_ids=rows.room_ids,
    )


def _orders(session_ids: dict[str, int]) -> list[Rule]:
    codes = {pk: code for code, pk in session_ids.items()}
    rows = SessionOrder.objects.filter(before__in=session_ids.values(), after__in=session_ids.values()).order_by("pk")
    return [in_order(codes[row.before_id], codes[row.after_id], row.gap_min) for row in rows]


def _days(
    timeline: Timeline, first: date, last: date, settings: list[Setting], spans: list[Window]
) -> tuple[facts.Day, ...]:
    """Return the edition's days: open as the setting says, else from 8 to 20, and as long as what stands in them."""
    given: dict[str, Any] = next((dict(s.parameters) for s in settings if s.kind == HOURS), {})
    opens = time.fromisoformat(str(given["opens"])) if "opens" in given else OPENS
    closes = time.fromisoformat(str(given["closes"])) if "closes" in given else CLOSES
    step = int(given.get("step_min", STEP_MIN))
    held: dict[date, list[Window]] = {}
    for span in spans if "opens" not in given else ():
        held.setdefault(timeline.moment(span.starts).date(), []).append(span)
    days: list[facts.Day] = []
    for n in range((last - first).days + 1):
        on = first + timedelta(days=n)
        day = facts.Day.on(timeline, on, opens, closes, step)
        if on in held:
            earliest = min(day.opens, *(span.starts for span in held[on]))
            floor = days[-1].closes if days else earliest
            day = replace(day, opens=max(floor, earliest), closes=max(day.closes, *(s.ends for s in held[on])))
        days.append(day)
    return tuple(days)
