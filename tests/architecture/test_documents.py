"""What operators and readers are told holds."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from tests.architecture.sources import PACKAGE, ROOT, python_files, shown, tracked_files

READ = re.compile(
    r"(?:text|flag|number|words|secret|hosts|site|environ\.get|environ\[)\(?\s*[\"'](PARVIS_[A-Z_]+|DATABASE_URL)[\"']"
)
SHELL = re.compile(r"\$\{?(PARVIS_[A-Z_]+)")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def test_every_environment_variable_is_documented() -> None:
    told = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    read = {
        name
        for path in [*python_files(ROOT / "config", PACKAGE), ROOT / "tests" / "conftest.py"]
        for name in READ.findall(path.read_text(encoding="utf-8"))
    }
    read |= set(SHELL.findall((ROOT / "parvis").read_text(encoding="utf-8")))
    assert len(read) > 15, "The pattern finds too little to prove anything."
    silent = sorted(name for name in read if name not in told)
    assert not silent, f"docs/operations.md does not tell of: {', '.join(silent)}"


def test_every_dependency_has_its_reason() -> None:
    told = (ROOT / "docs" / "decisions" / "0001-dependencies.md").read_text(encoding="utf-8").lower()
    named = [
        re.split(r"[\[<>=; ]", line)[0].lower()
        for name in ("requirements.in", "requirements-dev.in")
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines()
        if line and not line.startswith(("#", "-r"))
    ]
    silent = [name for name in named if name not in told]
    assert not silent, f"docs/decisions/0001-dependencies.md says nothing of: {', '.join(silent)}"


def test_links_between_documents_lead_somewhere() -> None:
    dead = [
        f"{shown(path)} → {link}"
        for path in tracked_files()
        if path.suffix == ".md"
        for link in LINK.findall(path.read_text(encoding="utf-8"))
        if not (path.parent / link).exists()
    ]
    assert not dead, f"Dead links: {', '.join(dead)}"


def test_identifiers_of_the_glossary_exist() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    named = {
        word
        for cell in re.findall(r"^\|[^|]*\|([^|]*)\|", text, re.M)
        for word in re.findall(r"`(?:[A-Za-z]+\.)?([A-Za-z_]+)`", cell)
    }
    code = "\n".join(path.read_text(encoding="utf-8") for path in python_files(PACKAGE))
    gone = sorted(word for word in named if not re.search(rf"\b{word}\b", code))
    assert not gone, f"docs/glossary.md names what no longer exists: {', '.join(gone)}"


@pytest.mark.parametrize("script", ["parvis", ".ci/run"])
def test_scripts_parse(script: str) -> None:
    shell = "bash" if script == ".ci/run" else (shutil.which("dash") or "sh")
    run = subprocess.run([shell, "-n", str(ROOT / script)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert (ROOT / script).stat().st_mode & 0o111, f"{script} may not be run: chmod +x {script}"


def test_every_command_of_the_launcher_exists() -> None:
    """What `./parvis help` offers and Python does has its management command."""
    from django.core.management import get_commands

    offered = {"demo", "serve", "worker", "import", "export", "messages"}
    assert offered <= set(get_commands())
