"""One file holds a whole timetable; what is wrong in it is named with its path."""

from __future__ import annotations

import copy
import json
import re
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.domain.refusals import Refusal
from parvis.domain.timetable import json_form, json_records
from parvis.domain.timetable.checks import KeyTwice, NothingByThatKey, OutOfBounds
from parvis.domain.timetable.defaults import default_rules
from parvis.domain.timetable.json_form import Timetable, dumped, loaded, read_timetable, write_timetable
from parvis.domain.timetable.json_records import read_rule, write_rule
from parvis.domain.timetable.placements import NoSuchRoom, NoSuchSession, Place, Placements
from parvis.domain.timetable.problem import Day, Intervention, Person, Problem, Room, Session, Window
from parvis.domain.timetable.rules import KINDS, InOrder, RoomOnce, WithinHours
from parvis.domain.timetable.timeline import Timeline
from parvis.domain.timetable.violations import violations
from tests.domain.timetable.congress import congress
from tests.domain.timetable.strategies import Case, cases, problem_of, rule_of, seeded


@given(case=cases())
@settings(max_examples=200, deadline=None)
def test_what_is_written_is_read_again(case: Case) -> None:
    written = write_timetable(case.problem, case.rules, case.placements)
    text = dumped(written)
    assert read_timetable(loaded(text)) == Timetable(case.problem, tuple(case.rules), case.placements)
    assert write_timetable(*_parts(read_timetable(loaded(text)))) == written == loaded(text.encode())


def _parts(timetable: Timetable) -> tuple[Problem, Any, Placements]:
    return timetable.problem, timetable.rules, timetable.placements


@pytest.mark.parametrize("kind", KINDS)
def test_rules_of_every_kind_are_plain_json(kind: str) -> None:
    for seed in range(20):
        draw = seeded(seed)
        problem = problem_of(draw, 4, 3)
        rule = rule_of(draw, kind, problem)
        written = write_rule(rule, problem.timeline)
        assert next(iter(written)) == "kind"
        assert read_rule(json.loads(json.dumps(written)), "rules[0]", problem.timeline) == rule


TIMELINE = Timeline.from_day("Europe/Paris", date(2025, 3, 29))
PROBLEM = Problem(
    TIMELINE,
    days=(
        Day.on(TIMELINE, date(2025, 3, 29), time(9), time(18)),
        Day.on(TIMELINE, date(2025, 3, 30), time(9), time(18)),
    ),
    rooms=(Room("etoile", "Étoile", 250),),
    persons=(Person("awa", "Awa Ndiaye", (Window(540, 600),)),),
    sessions=(Session("eau", "Eau", 60, "workshop"), Session("sol", "Sol", 90, "workshop", fixed_start=1980)),
    interventions=(Intervention("eau", "awa", "speaker", 10),),
)
RULES = (RoomOnce(key="rooms"), InOrder(key="order", before="eau", after="sol", gap_min=10))
WRITTEN = write_timetable(PROBLEM, RULES, Placements({"eau": Place("etoile", 540)}))


def test_the_file_reads_as_people_write() -> None:
    """Hours are the venue's, with their offset, before and after the clocks go forward; defaults are left out."""
    assert WRITTEN["origin"] == "2025-03-29T00:00+01:00"
    assert [day["opens"] for day in WRITTEN["days"]] == ["2025-03-29T09:00+01:00", "2025-03-30T09:00+02:00"]
    assert WRITTEN["sessions"][0] == {"key": "eau", "title": "Eau", "duration_min": 60, "format": "workshop"}
    assert WRITTEN["placements"] == {"eau": {"room": "etoile", "starts": "2025-03-29T09:00+01:00"}}
    assert WRITTEN["rules"][1] == {"kind": "in_order", "key": "order", "before": "eau", "after": "sol", "gap_min": 10}
    assert "teams" not in WRITTEN
    assert "Étoile" in dumped(WRITTEN), "text stays readable"


def test_hours_without_offset_are_the_venue_s() -> None:
    value = copy.deepcopy(WRITTEN)
    value["placements"]["eau"]["starts"] = "2025-03-30 09:00"
    assert read_timetable(value).placements["eau"].start == PROBLEM.days[1].opens


def test_without_rules_the_default_ones_hold() -> None:
    value = {name: item for name, item in WRITTEN.items() if name not in ("rules", "placements")}
    read = read_timetable(value)
    assert list(read.rules) == default_rules(PROBLEM)
    assert read.placements == Placements()
    assert read_timetable({**value, "rules": []}).rules == ()


def test_rules_stay_true_when_the_origin_moves() -> None:
    rule = WithinHours(key="k", windows=(Window(540, 600),))
    earlier = Timeline.from_day("Europe/Paris", date(2025, 3, 20))
    moved = read_rule(write_rule(rule, TIMELINE), "rules[0]", earlier)
    assert isinstance(moved, WithinHours)
    assert earlier.moment(moved.windows[0].starts) == TIMELINE.moment(540)


def test_a_congress_is_read_as_it_was_written() -> None:
    problem, placements = congress(sessions=60, rooms=10, persons=100, days=2, participants=50)
    rules = default_rules(problem)
    read = read_timetable(loaded(dumped(write_timetable(problem, rules, placements))))
    assert violations(read.problem, read.rules, read.placements) == violations(problem, rules, placements)


def changed(path: str, value: object) -> Any:
    """Return the file with another value at a path like `sessions[1].title`."""
    whole = copy.deepcopy(WRITTEN)
    *steps, last = [int(step) if step.isdigit() else step for step in re.findall(r"\w+", path)]
    inner: Any = whole
    for step in steps:
        inner = inner[step]
    inner[last] = value
    return whole


SESSION, LENGTH, WINDOW = "sessions[1]", "sessions[1].duration_min", "persons[0].windows[0].starts"
SOMEWHERE = {"room": "etoile", "starts": "2025-03-29T09:00"}


@pytest.mark.parametrize(
    ("path", "value", "refusal", "sentence"),
    [
        (LENGTH, "90", json_records.NumberExpected, f"{LENGTH}: a whole number is expected, not “90”."),
        (LENGTH, 90.5, json_records.NumberExpected, f"{LENGTH}: a whole number is expected, not 90.5."),
        (LENGTH, True, json_records.NumberExpected, f"{LENGTH}: a whole number is expected, not true."),
        (LENGTH, None, json_records.NumberExpected, f"{LENGTH}: a whole number is expected, not null."),
        (LENGTH, 0, OutOfBounds, f"{LENGTH}: a number from 1 to 840 is expected, not 0."),
        (LENGTH, 10**400, OutOfBounds, f"{LENGTH}: a number from 1 to 840 is expected, not 10000000000000000000."),
        ("sessions[1].durration_min", 90, json_records.FieldUnknown, "sessions[1].durration_min is not a field"),
        ("sessions[1].members_only", "yes", json_records.YesOrNoExpected, "sessions[1].members_only: true or false"),
        ("sessions[1].themes", "eau", json_records.ListExpected, "sessions[1].themes: a list is expected, not “eau”."),
        ("sessions[1].themes", ["x"], NothingByThatKey, "sessions[1].themes[0]: there is no “x” in themes."),
        ("sessions[1].title", 7, json_records.TextExpected, "sessions[1].title: text between"),
        (SESSION, {"key": "x"}, json_records.FieldMissing, "sessions[1].title is missing."),
        (SESSION, [], json_records.ObjectExpected, "sessions[1]: an object with named fields is expected, not […]."),
        ("sessions", {}, json_records.ListExpected, "sessions: a list is expected, not {…}."),
        ("sessions[1].key", "eau", KeyTwice, "sessions[1].key: the key “eau”"),
        (WINDOW, "9 h", json_records.MomentExpected, f"{WINDOW}: a date and hour like"),
        (WINDOW, "2025-03-29", json_records.MomentExpected, f"{WINDOW}: a date and hour like"),
        (WINDOW, 10**400, json_records.MomentExpected, f"{WINDOW}: a date and hour like"),
        ("days[1].opens", "2025-03-30T02:30", json_records.MomentMissing, "days[1].opens: 2025-03-30 02:30 does not"),
        ("days[1].opens", "2025-10-26T02:30", json_records.MomentTwice, "days[1].opens: 2025-10-26 02:30 comes twice"),
        (
            "days[1].opens",
            "2025-03-30T09:00:30+02:00",
            json_records.SecondsInMoment,
            "days[1].opens: 2025-03-30T09:00:30",
        ),
        ("days[1].opens", "9999-12-31T23:59-12:00", json_records.MomentOutOfReach, "days[1].opens: 9999"),
        ("rules[1].kind", "in_ordre", json_records.UnknownRuleKind, "rules[1].kind: there is no kind of rule"),
        ("rules[1].kind", ["x"], json_records.UnknownRuleKind, "rules[1].kind: there is no kind of rule"),
        ("rules[1].kind", None, json_records.FieldMissing, "rules[1].kind is missing."),
        ("rules[1].before", "x", NothingByThatKey, "rules[1].before: there is no “x” in sessions."),
        ("rules[1].gap_max", -1, OutOfBounds, "rules[1].gap_max: a number from 0"),
        ("rules", "none", json_records.ListExpected, "rules: a list is expected"),
        ("placements.eau.room", "x", NoSuchRoom, "placements.eau.room: there is no room “x”."),
        ("placements.x", SOMEWHERE, NoSuchSession, "placements: there is no session “x”."),
        ("placements.eau", {"room": "etoile"}, json_records.FieldMissing, "placements.eau.starts is missing."),
        ("placements", [], json_records.ObjectExpected, "placements: an object"),
        ("timeline", {}, json_records.FieldUnknown, "timeline is not a field"),
        ("zone", "Paris", json_records.ZoneUnknown, "zone: there is no time zone “Paris”."),
        ("zone", None, json_records.FieldMissing, "zone is missing."),
        ("zone", 1, json_records.TextExpected, "zone: text between"),
        ("origin", "x", json_records.MomentExpected, "origin: a date and hour"),
        ("format", "frab", json_form.NotATimetable, "This is no timetable: its “format” is “frab”"),
        ("version", 2, json_form.VersionTooNew, "This timetable is of version 2; version 1 can be read."),
        ("version", "1", json_records.NumberExpected, "version: a whole number"),
    ],
)
def test_what_is_wrong_is_named_with_its_path(path: str, value: object, refusal: type[Refusal], sentence: str) -> None:
    with pytest.raises(refusal) as caught:
        read_timetable(changed(path, value))
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize("value", [None, [], 7, "parvis-timetable", {}])
def test_what_is_no_timetable_at_all(value: object) -> None:
    with pytest.raises(json_form.NotATimetable):
        read_timetable(value)


@pytest.mark.parametrize("text", ["", "{", '{"a": 1,}', b"\xff\xfe\x00", "[" * 100_000, "1" * 10_000])
def test_what_is_no_json(text: str | bytes) -> None:
    with pytest.raises(json_form.NotJson):
        read_timetable(loaded(text))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(value=JSON, data=st.data())
@settings(max_examples=300, deadline=None)
def test_nonsense_anywhere_is_refused_or_read_but_never_breaks(value: object, data: st.DataObject) -> None:
    whole = copy.deepcopy(WRITTEN)
    inner: Any = whole
    while True:
        step = data.draw(st.sampled_from(range(len(inner)) if isinstance(inner, list) else sorted(inner)))
        if not isinstance(inner[step], dict | list) or not inner[step] or data.draw(st.booleans()):
            break
        inner = inner[step]
    inner[step] = value
    try:
        read = read_timetable(whole)
    except Refusal as refusal:
        assert str(refusal)
    else:
        assert read_timetable(write_timetable(*_parts(read))) == read
