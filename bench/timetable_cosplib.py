"""Solves CoSPLib's instances and has each schedule judged by the referee; prints a table.

    .venv/bin/python bench/timetable_cosplib.py [--seconds 10 60] [--seeds 1 2 3] [INSTANCE.xlsx …]

Without instances, all in ../shared/bench/cosplib. Two workers search side by side. `cost` is the median of the seeds as
the referee counts it (in brackets the best and the worst), `known` the best that was known when this was written
(../shared/bench/cosplib.md), `bound` what the solver itself proves that no schedule can cost less than. Compiling the
inner loop, once for a machine, is not counted; reading the instance is told apart.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src")]

from parvis.domain.timetable.cosplib.schedules import schedule_of  # noqa: E402
from parvis.domain.timetable.cosplib.timetables import timetable_of  # noqa: E402
from parvis.exports.cosplib import write_schedule  # noqa: E402
from parvis.ingest.cosplib import read_cosplib  # noqa: E402
from parvis.solver.search import Budget  # noqa: E402
from parvis.solver.solve import solve  # noqa: E402

SHARED = ROOT.parent / "shared" / "bench"
REFEREE = SHARED / "cosplib_referee.py"
KNOWN = {
    "N2OR": 1,
    "GECCO20Poster": 0,
    "GECCO19": 29,
    "GECCO20": 5_773,
    "GECCO20Workshop": 59_325,
    "GECCO21": 10_933,
    "GECCO21Workshop": 9_942,
    "GECCO22": 1_496,
    "GECCO23Workshop": 130,
}


def judged(instance: Path, schedule: bytes) -> tuple[bool, int]:
    """Return whether the referee accepts a schedule, and its objective."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(schedule)
        file.flush()
        command = [sys.executable, str(REFEREE), str(instance), file.name]
        found = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    return bool(found["ok"]), int(found["objective"])


def measure(path: Path, seconds: list[float], seeds: list[int]) -> None:
    """Print one row for each budget."""
    began = time.perf_counter()
    instance = read_cosplib(path.read_bytes(), path.name)
    timetable = timetable_of(instance)
    read_s = time.perf_counter() - began
    for budget in seconds:
        costs, moves, accepted, proven, bound = [], [], True, False, 0
        for seed in seeds:
            found = solve(timetable.problem, timetable.rules, timetable.placements, budget=Budget(budget), seed=seed)
            ok, cost = judged(path, write_schedule(schedule_of(instance, found.placements)))
            accepted, proven, bound = accepted and ok, proven or found.proven, found.bound or 0
            costs.append(cost)
            moves.append(found.moves / 1e6)
        known = KNOWN.get(path.stem)
        middle = int(statistics.median(costs))
        best = "" if known is None else f"{known:,}"
        over = f"{100 * (middle / known - 1):+.1f} %" if known else ("" if known is None else f"{middle:+d}")
        print(
            f"| {path.stem} | {budget:g} | {middle:,} ({min(costs):,} – {max(costs):,}) | {best} | "
            f"{over} | {bound:,}{' proven' if proven else ''} | {'ok' if accepted else 'REFUSED'} | "
            f"{statistics.median(moves):.1f} | {read_s:.2f} | {os.getloadavg()[0]:.1f} |",
            flush=True,
        )


def main() -> None:
    """Measure what is asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("instances", nargs="*", type=Path)
    parser.add_argument("--seconds", nargs="+", type=float, default=[10.0, 60.0])
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3])
    asked = parser.parse_args()
    paths = asked.instances or [SHARED / "cosplib" / f"{name}.xlsx" for name in KNOWN]
    first = timetable_of(read_cosplib(paths[0].read_bytes()))
    solve(first.problem, first.rules, first.placements, budget=Budget(moves=100))  # compiled now, if ever
    print("| instance | s | cost | known | over it | bound | referee | moves (millions) | read s | load |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for path in paths:
        measure(path, asked.seconds, asked.seeds)


if __name__ == "__main__":
    main()
