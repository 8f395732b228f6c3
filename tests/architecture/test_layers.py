"""Imports run one way; the rules know no framework; views hold no writing."""

from __future__ import annotations

import ast
import importlib
import inspect
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGE, ROOT, python_files, shown, tree

SUBJECTS = {
    "access", "accounts", "awards", "billing", "calls", "communiques", "editions", "figures", "imports", "log",
    "mails", "meetings", "network", "onsite", "partners", "people", "programme", "registrations",
}  # fmt: skip
KEYWORD_ONLY = inspect.Parameter.KEYWORD_ONLY
WRITING = {"save", "create", "bulk_create", "bulk_update", "delete", "get_or_create", "update_or_create"}

BLOCK_DJANGO = """
import importlib, pkgutil, sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name == "django" or name.startswith("django."):
            raise ImportError(f"{name} is imported")
sys.meta_path.insert(0, Blocked())
import parvis
for layer in ("domain", "solver", "ingest"):
    try:
        package = importlib.import_module(f"parvis.{layer}")
    except ModuleNotFoundError as error:
        if error.name == f"parvis.{layer}":
            continue
        raise
    for module in pkgutil.walk_packages(package.__path__, f"parvis.{layer}."):
        importlib.import_module(module.name)
"""


def test_rules_and_readers_run_without_django() -> None:
    """Import every module of domain, solver and ingest where Django cannot be imported."""
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", BLOCK_DJANGO],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, f"Move what needs Django out of domain, solver and ingest:\n{run.stderr[-1500:]}"


def test_rules_ask_for_the_time() -> None:
    """`now` is passed in: no module of the domain reads a clock."""
    clocks = {("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today"), ("time", "time")}
    found = []
    for path in python_files(PACKAGE / "domain"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = node.func.value
                name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
                if (name, node.func.attr) in clocks:
                    found.append(f"{shown(path)}:{node.lineno}")
    assert not found, f"Take `now` as an argument: {', '.join(found)}"


EDGES = ("web", "api", "tasks", "management", "admin", "demo")
# What the edges may call without an actor, and why.
WITHOUT_ACTOR = {
    "parvis.services.mails": "a task delivers what a service queued",
    "parvis.services.release_notices.write_notices": "a task writes what somebody asked for; the release says who",
    "parvis.services.release_notices.finish_notices": "a task notes that it is done",
    "parvis.services.import_runs.note_progress": "a task tells how far it is; the run has its author",
    "parvis.services.timetable_solve_runs": "a task tells how far it is and what came of it; the solve has its author",
    "parvis.services.registration_mails.calendar_of": "builds a file and writes nothing",
}


def _services_called(path: Path) -> Iterator[tuple[str, str, int]]:
    """Yield module, function and line of what a file takes from the services."""
    modules: dict[str, str] = {}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("parvis.services"):
            for alias in node.names:
                if (ROOT / "src" / f"{node.module}.{alias.name}".replace(".", "/")).with_suffix(".py").exists():
                    modules[alias.asname or alias.name] = f"{node.module}.{alias.name}"
                else:
                    yield str(node.module), alias.name, node.lineno
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            yield modules[node.value.id], node.attr, node.lineno


def test_services_take_the_actor_first() -> None:
    """Whatever the edges call as a service begins `def verb(*, actor: Actor, …)`."""
    wrong = []
    for layer in EDGES:
        for path in python_files(PACKAGE / layer):
            for module, name, line in _services_called(path):
                function = getattr(importlib.import_module(module), name, None)
                if {module, f"{module}.{name}"} & set(WITHOUT_ACTOR) or not inspect.isfunction(function):
                    continue
                parameters = list(inspect.signature(function).parameters.values())
                if not parameters or parameters[0].name != "actor" or parameters[0].kind is not KEYWORD_ONLY:
                    wrong.append(f"{shown(path)}:{line} calls {module}.{name}")
    assert not wrong, "These services do not begin with `*, actor: Actor`:\n" + "\n".join(wrong)


@pytest.mark.parametrize("layer", ["web", "tasks", "exports", "management", "ingest"])
def test_only_services_write(layer: str) -> None:
    """No module of these layers calls a writing method of a table's rows or manager."""
    found = []
    for path in python_files(PACKAGE / layer):
        for node in ast.walk(tree(path)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            owner = node.func.value
            through_manager = isinstance(owner, ast.Attribute) and owner.attr in {"objects", "_default_manager"}
            if through_manager or (layer == "web" and node.func.attr in WRITING and not _is_ours(owner)):
                found.append(f"{shown(path)}:{node.lineno} .{node.func.attr}()")
    assert not found, f"Write through a service, read through a query: {', '.join(found)}"


def _is_ours(owner: ast.expr) -> bool:
    """Tell whether the call is on something that is no row: a module of services, a session, a response."""
    name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
    return name in {"session", "response", "services"} | SUBJECTS
