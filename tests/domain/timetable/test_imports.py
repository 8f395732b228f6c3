"""Whoever judges or solves loads the standard library only."""

from __future__ import annotations

import subprocess
import sys

from tests.architecture.sources import ROOT

LOADED = """
import pkgutil, importlib, sys
import parvis.domain.timetable as package
before = set(sys.modules)
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    if not module.name.endswith(".in_words"):
        importlib.import_module(module.name)
tops = {name.partition(".")[0] for name in set(sys.modules) - before}
own = {name for name in tops if name.startswith("_sysconfigdata")} | {"parvis"}
print(*sorted(tops - set(sys.stdlib_module_names) - own))
"""


def test_the_judge_needs_the_standard_library_only() -> None:
    run = subprocess.run(
        [sys.executable, "-c", LOADED],
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == "", "only `in_words` may need more"
