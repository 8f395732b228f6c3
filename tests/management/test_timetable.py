"""`./parvis timetable`: solves, judges, and reads CoSPLib, from files."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from parvis.domain.timetable.defaults import default_rules
from parvis.domain.timetable.json_form import dumped, write_timetable
from parvis.domain.timetable.placements import Placements
from parvis.ingest.cosplib import read_cosplib
from parvis.ingest.cosplib_schedules import read_schedule
from tests.domain.timetable.congress import congress
from tests.factories.cosplib import small_sheets, workbook_of


@pytest.fixture
def problem(tmp_path: Path) -> Path:
    facts, _placements = congress(sessions=8, rooms=4, persons=30, days=1)
    path = tmp_path / "problem.json"
    path.write_text(dumped(write_timetable(facts, default_rules(facts), Placements())), encoding="utf-8")
    return path


def told(*arguments: object) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("timetable", *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_problem_is_solved_and_judged(problem: Path, tmp_path: Path) -> None:
    solved = tmp_path / "solved.json"
    _out, err = told("solve", problem, "--moves", 3000, "-o", solved)
    assert "hard: 0" in err
    assert len(json.loads(solved.read_text(encoding="utf-8"))["placements"]) == 8
    out, _err = told("check", solved)
    assert out.startswith("hard: 0")
    assert "placed: 8" in out


def test_what_is_wrong_is_said_in_the_language_asked_for(problem: Path) -> None:
    out, _err = told("check", problem, "--lang", "fr")
    assert "n’a pas encore" in out


def test_an_instance_of_cosplib_becomes_a_schedule(tmp_path: Path) -> None:
    instance, schedule = tmp_path / "instance.xlsx", tmp_path / "schedule.xlsx"
    instance.write_bytes(workbook_of(small_sheets()))
    told("cosplib", instance, "--moves", 5000, "-o", schedule)
    read = read_cosplib(instance.read_bytes())
    found = read_schedule(schedule.read_bytes(), read)
    placed = {name for row in found.cells for cell in row for name in cell if name}
    assert placed == {one.reference for one in read.submissions}


@pytest.mark.parametrize("task", ["solve", "check", "cosplib"])
def test_a_file_that_is_something_else_is_refused_by_name(task: str, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a timetable", encoding="utf-8")
    with pytest.raises(CommandError, match=r"notes\.txt: "):
        told(task, path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        told("check", tmp_path / "nowhere.json")
