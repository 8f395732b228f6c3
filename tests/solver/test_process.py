"""The solver as a process: what it is asked on standard input, it answers line by line on standard output."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from parvis.domain.timetable.defaults import default_rules
from parvis.domain.timetable.json_form import write_timetable
from parvis.domain.timetable.placements import Placements
from tests.domain.timetable.congress import congress

ROOT = Path(__file__).resolve().parents[2]


def asked(**more: Any) -> dict[str, Any]:
    problem, placements = congress(sessions=12, rooms=3, persons=20, days=1, participants=20, choices=4)
    return {"timetable": write_timetable(problem, default_rules(problem), placements), **more}


def started() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "parvis.solver"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        text=True,
    )


def lines_of(request: object) -> list[dict[str, Any]]:
    process = started()
    said, _nothing = process.communicate(request if isinstance(request, str) else json.dumps(request), timeout=400)
    assert process.returncode == 0
    return [json.loads(line) for line in said.splitlines()]


def test_it_tells_how_far_it_is_and_answers() -> None:
    *before, last = lines_of(asked(task="solve", seconds=2, seed=1))
    assert before
    assert {"progress", "seconds", "hard", "cost"} <= before[0].keys()
    done = last["done"]
    assert done["unplaced"] == []
    assert done["moves"] > 100
    assert set(done["placements"]) == {f"s{n:03}" for n in range(12)}


def test_only_those_named_may_move() -> None:
    request = asked(task="solve", moves=2_000, only=["s005"])
    done = lines_of(request)[-1]["done"]
    before = request["timetable"]["placements"]
    assert {key for key, place in done["placements"].items() if place != before.get(key)} <= {"s005"}


def test_a_contradiction_is_said() -> None:
    problem, _placements = congress(sessions=3, rooms=1, persons=4, days=1)
    written = write_timetable(problem, default_rules(problem), Placements())
    for session in written["sessions"]:
        session["duration_min"] = 400
        session.pop("debate_min", None)
    found = lines_of({"task": "conflicts", "timetable": written, "seconds": 5})[-1]["done"]["conflicts"]
    assert found
    assert all(conflict["words"]["sentence"] and conflict["gives"]["sentence"] for conflict in found)


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        ("no JSON", "This is not a JSON file"),
        ({"timetable": {"format": "else"}}, "This is no timetable"),
        (asked(task="dream"), "The solver has no task called"),
        (asked(task="solve", only=["nobody"]), "there is no session"),
        (asked(task="solve", seconds="long"), "a whole number is expected"),
    ],
    ids=["not json", "no timetable", "no task", "no session", "no number"],
)
def test_what_is_wrong_is_said(request_: object, sentence: str) -> None:
    (line,) = lines_of(request_)
    assert sentence in line["refused"]["sentence"]


def test_asked_to_stop_it_answers_with_the_best_so_far() -> None:
    process = started()
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(asked(task="solve", seconds=600)))
    process.stdin.close()
    assert "progress" in process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    rest = [json.loads(line) for line in process.stdout.read().splitlines()]
    assert process.wait(timeout=60) == 0
    process.stdout.close()
    assert rest[-1]["done"]["placements"]
