"""The solver's process: read line by line, stopped, killed, talking nonsense; nothing is left running."""

from __future__ import annotations

import os
import time
from typing import Any

import pytest

from parvis.gateways import solver_process as gateway
from parvis.gateways.solver_process import NoAnswer, TooLate, solver_process
from tests.factories import solving


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def run(body: str, *, within: float = 20, request: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """Return the lines of a stand-in; assert that it is gone afterwards."""
    with solver_process(request or {}, solving.stand_in(body)) as child:
        pid = child.pid
        try:
            found = [line for line in child.lines(within=within) if line is not None]
        finally:
            child.close()
            assert not is_running(pid)
    return found


def test_lines_come_one_by_one_and_the_request_goes_in_whole() -> None:
    placements = {f"S{n}": {"room": "r" * 40, "starts": "2025-10-20T09:00+02:00"} for n in range(5_000)}
    first, last = run(solving.SAYS_DONE, request={"placements": placements})
    assert first["progress"] == 0.5
    assert last["done"]["placements"] == placements


def test_one_that_is_asked_to_stop_answers_with_the_best_so_far() -> None:
    with solver_process({}, solving.stand_in(solving.UNTIL_STOPPED)) as child:
        seen = []
        for line in child.lines(within=30):
            seen.append(line)
            if line is not None and "progress" in line:
                child.stop()
    assert seen[-1] == {"done": {"hard": 0, "cost": 5, "placements": {}}}
    assert not is_running(child.pid)


def test_one_that_is_out_of_time_is_asked_to_stop() -> None:
    assert "done" in run(solving.UNTIL_STOPPED, within=0.5)[-1]


def test_one_that_is_deaf_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "GRACE_S", 0.5)
    with pytest.raises(TooLate):
        run(solving.DEAF, within=0.5)


def test_a_silent_one_lets_its_reader_breathe() -> None:
    with solver_process({}, solving.stand_in(solving.SILENT)) as child:
        assert next(child.lines(within=20)) is None
    assert not is_running(child.pid)


@pytest.mark.parametrize(
    ("body", "killed", "told"),
    [
        (solving.GARBAGE, False, "no line of JSON"),
        (solving.KILLED, True, "no memory left"),
        (solving.BROKEN, False, "it broke"),
        ("print('[1]', flush=True)\n", False, "no line of JSON"),
    ],
)
def test_what_is_no_answer_is_said(body: str, killed: bool, told: str) -> None:
    began = time.monotonic()
    with pytest.raises(NoAnswer, match=told) as caught:
        run(body)
    assert caught.value.killed is killed
    assert time.monotonic() - began < 15


def test_the_child_is_told_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    monkeypatch.setenv("PARVIS_SOLVER", "interpreted")
    (line,) = run("import os\nprint(json.dumps({'told': sorted(os.environ)}), flush=True)\n")
    assert "DATABASE_URL" not in line["told"]
    assert {"PYTHONPATH", "PARVIS_SOLVER"} <= set(line["told"])
