"""Rules and referee agree: what `violations()` says costs what CoSPLib's referee says, term by term."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bench.cosplib_instances import make_instance
from parvis.domain.timetable.cosplib.schedules import schedule_of
from parvis.domain.timetable.cosplib.timetables import ORDER_AT_ONCE, timetable_of
from parvis.domain.timetable.violations import score_of, violations
from parvis.exports.cosplib import write_schedule
from parvis.ingest.cosplib import read_cosplib
from tests.architecture.sources import ROOT
from tests.factories.cosplib import random_placements, small_sheets, workbook_of

BENCH = ROOT.parent / "shared" / "bench"
REFEREE = BENCH / "cosplib_referee.py"
NAMES = (
    "N2OR",
    "GECCO19",
    "GECCO20",
    "GECCO20Poster",
    "GECCO20Workshop",
    "GECCO21",
    "GECCO21Workshop",
    "GECCO22",
    "GECCO23Workshop",
)
pytestmark = [
    pytest.mark.skipif(not REFEREE.is_file(), reason="shared/bench/cosplib_referee.py is not beside this checkout"),
    pytest.mark.skipif(importlib.util.find_spec("openpyxl") is None, reason="the referee needs openpyxl"),
]


def refereed(instance: Path, schedule: Path) -> dict[str, Any]:
    """Return what the referee says, in a process of its own."""
    done = subprocess.run(
        [sys.executable, REFEREE, instance, schedule], capture_output=True, text=True, check=True, timeout=60
    )
    return dict(json.loads(done.stdout))


def compare(workbook: Path, folder: Path, seed: int) -> None:
    """Judge a random complete schedule both ways."""
    instance = read_cosplib(workbook.read_bytes())
    timetable = timetable_of(instance)
    placements = random_placements(instance, Random(seed))  # noqa: S311 - reproducible on purpose
    schedule = folder / "schedule.xlsx"
    schedule.write_bytes(write_schedule(schedule_of(instance, placements)))
    found = violations(timetable.problem, timetable.rules, placements)
    terms = Counter[str]()
    for violation in found:
        terms[violation.rule.replace(ORDER_AT_ONCE, "order")] += violation.amount
    said = refereed(workbook, schedule)
    assert said["ok"], said["violations"]
    assert said["objective"] == score_of(found).cost
    assert score_of(found).hard == 0
    weighed = {term: value for term, value in said["terms"].items() if instance.weight(term)}
    assert weighed == dict(terms)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("name", NAMES)
def test_on_published_instances(name: str, seed: int, tmp_path: Path) -> None:
    compare(BENCH / "cosplib" / f"{name}.xlsx", tmp_path, seed)


@pytest.mark.parametrize("seed", range(6))
def test_on_a_small_instance_with_every_term(seed: int, tmp_path: Path) -> None:
    instance = tmp_path / "small.xlsx"
    instance.write_bytes(workbook_of(small_sheets()))
    compare(instance, tmp_path, seed)


@pytest.mark.parametrize(
    "variant", [{}, {"fixed_orders": True, "time_zones": True, "windows": True, "longest": 5, "full": 0.6}]
)
def test_on_instances_made_here(variant: dict[str, Any], tmp_path: Path) -> None:
    instance = tmp_path / "made.xlsx"
    instance.write_bytes(make_instance(300, 30, 12, 9, 3, **variant))
    compare(instance, tmp_path, 3)
