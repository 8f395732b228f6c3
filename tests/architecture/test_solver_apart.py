"""The processes that serve pages and do background work never import the solver, nor its libraries."""

from __future__ import annotations

import subprocess
import sys

from tests.architecture.sources import ROOT

APART = ("parvis.solver", "numba", "ortools", "llvmlite")
IMPORT_ALL = f"""
import importlib, pkgutil, sys
import django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
import config.wsgi
for layer in ("web", "services", "queries", "tasks", "gateways", "exports", "models", "admin"):
    package = importlib.import_module(f"parvis.{{layer}}")
    for module in pkgutil.walk_packages(package.__path__, f"parvis.{{layer}}."):
        importlib.import_module(module.name)
found = sorted(name for name in sys.modules if name.split(".")[0] in {APART!r} or name.startswith("parvis.solver"))
print(",".join(found))
"""


def test_pages_and_worker_run_without_the_solver() -> None:
    run = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL],
        cwd=ROOT,
        env={
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "PYTHONDONTWRITEBYTECODE": "1",
            "LC_ALL": "C.UTF-8",
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-1500:]
    assert run.stdout.strip() == "", f"Ask gateways/solver_process instead of importing: {run.stdout}"
