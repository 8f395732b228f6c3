"""A whole timetable as one JSON file: problem, rules and placements, to be used without the site.

    {
      "format": "parvis-timetable",            what this file is
      "version": 1,
      "zone": "Europe/Paris",                  whose clocks its hours are
      "origin": "2025-10-23T00:00+02:00",      from where minutes are counted inside; any moment near the first day
      "days":          [{"key", "opens", "closes", "step_min"}],
      "rooms":         [{"key", "name", "capacity", "equipment", "booths", "building", "position", "in_the_open",
                         "formats", "windows": [{"starts", "ends"}]}],
      "persons":       [{"key", "name", "windows"}],
      "organisations": [{"key", "name", "windows", "one_at_a_time"}],
      "groups":        [{"key", "name", "president"}],
      "themes":        [{"key", "name", "exclusive"}],
      "teams":         [{"key", "name", "languages", "count", "rest_min"}],
      "sessions":      [{"key", "title", "duration_min", "format", "debate_min", "group", "themes", "members_only",
                         "equipment", "spoken", "interpreted", "teams", "enrolled", "wishes", "capacity",
                         "fixed_start", "fixed_room"}],
      "interventions": [{"session", "person", "role", "minutes"}],
      "involvements":  [{"session", "organisation", "role"}],
      "walks":         [{"one", "other", "minutes"}],
      "between_buildings_min": 10,
      "within_building_min": 0,
      "registrations": [{"key", "choices", "ranked", "organisation"}],
      "rules":         [{"kind", "key", "hard", "weight", "sessions", "exempt", and what the kind adds}],
      "placements":    {"a session's key": {"room": "a room's key", "starts": "2025-10-23T14:30+02:00"}}
    }

What each field means is said in `problem` and, kind by kind, in `rules`; what has a default may be left out. Without
`rules`, the default rules of the problem hold; `"rules": []` is no rules. Hours may be written without their offset.
Unknown fields are refused: a misspelled `durration_min` must not become a default in silence.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from parvis.domain.refusals import N_, Refusal
from parvis.domain.timetable.defaults import default_rules
from parvis.domain.timetable.fields import Moment
from parvis.domain.timetable.json_records import (
    FieldMissing,
    Json,
    NumberExpected,
    TextExpected,
    ZoneUnknown,
    as_list,
    as_object,
    read_fields,
    read_moment,
    read_record,
    read_rule,
    shown,
    write_moment,
    write_record,
    write_rule,
)
from parvis.domain.timetable.jury import check_rules
from parvis.domain.timetable.placements import Place, Placements, check_placements
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules import Rule
from parvis.domain.timetable.timeline import Timeline, UnknownZone

FORMAT, VERSION = "parvis-timetable", 1


class NotJson(Refusal):
    """The file is JSON."""

    sentence = N_("This is not a JSON file: it cannot be read at line %(line)s, column %(column)s.")


class NotATimetable(Refusal):
    """The file says that it is a timetable."""

    sentence = N_("This is no timetable: its “format” is %(found)s, not “parvis-timetable”.")


class VersionTooNew(Refusal):
    """The file is of a version that is known here."""

    sentence = N_("This timetable is of version %(found)s; version %(known)s can be read.")


@dataclass(frozen=True, slots=True)
class Timetable:
    """What a file holds."""

    problem: Problem
    rules: tuple[Rule, ...]
    placements: Placements


def write_timetable(problem: Problem, rules: Sequence[Rule], placements: Placements) -> Json:
    """Return a timetable as JSON values; `dumped` makes the text of a file of it."""
    timeline = problem.timeline
    facts = write_record(problem, timeline, without=("timeline",))
    return {
        "format": FORMAT,
        "version": VERSION,
        "zone": timeline.zone,
        "origin": write_moment(0, timeline),
        **facts,
        "rules": [write_rule(rule, timeline) for rule in rules],
        "placements": {session: _written_place(place, timeline) for session, place in sorted(placements.items())},
    }


def dumped(timetable: Json) -> str:
    """Return the text of a file."""
    return json.dumps(timetable, ensure_ascii=False, indent=1) + "\n"


def loaded(text: str | bytes) -> Any:
    """Return the JSON values of a file's text. Raises `NotJson`."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise NotJson(line=error.lineno, column=error.colno) from None
    except (
        ValueError,
        RecursionError,
    ):  # bytes that are no text, a number of ten thousand digits, brackets without end
        raise NotJson(line=1, column=1) from None


def read_timetable(value: object) -> Timetable:
    """Return the timetable that JSON values hold.

    Raises a refusal that names the path at fault: those of this file, of `json_records`, of `checks`, of the rules'
    kinds and of `placements`.
    """
    given = dict(value) if isinstance(value, dict) else {}
    found = given.pop("format", None)
    if found != FORMAT:
        raise NotATimetable(found=shown(found))
    version = given.pop("version", None)
    if isinstance(version, bool) or not isinstance(version, int):
        raise NumberExpected(path="version", found=shown(version))
    if version != VERSION:
        raise VersionTooNew(found=shown(version), known=VERSION)
    timeline = _timeline(given.pop("zone", None), given.pop("origin", None))
    rules, places = given.pop("rules", None), given.pop("placements", {})
    problem = Problem(timeline, **read_fields(Problem, given, "", timeline, without=("timeline",)))
    read_rules = (
        tuple(default_rules(problem))
        if rules is None
        else tuple(read_rule(rule, f"rules[{n}]", timeline) for n, rule in enumerate(as_list(rules, "rules")))
    )
    check_rules(problem, read_rules)
    placements = _placements(places, timeline)
    check_placements(problem, placements)
    return Timetable(problem, read_rules, placements)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A place as the file writes it."""

    room: str
    starts: Moment


def _written_place(place: Place, timeline: Timeline) -> Json:
    return write_record(_Placed(place.room, place.start), timeline)


def _placements(value: object, timeline: Timeline) -> Placements:
    read = {
        session: read_record(_Placed, place, f"placements.{session}", timeline)
        for session, place in as_object(value, "placements").items()
    }
    return Placements({session: Place(placed.room, placed.starts) for session, placed in read.items()})


def _timeline(zone: object, origin: object) -> Timeline:
    if zone is None or origin is None:
        raise FieldMissing(path="zone" if zone is None else "origin")
    if not isinstance(zone, str):
        raise TextExpected(path="zone", found=shown(zone))
    try:
        anywhere = Timeline(zone, datetime(2000, 1, 1, tzinfo=UTC))
    except UnknownZone:
        raise ZoneUnknown(path="zone", found=shown(zone)) from None
    return Timeline(zone, anywhere.moment(read_moment(origin, "origin", anywhere)))
