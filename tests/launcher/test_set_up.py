"""The launcher, on a copy of its own with nothing to install: what it refuses, repairs and leaves alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MANAGE = "import sys\nprint('managed', *sys.argv[1:])\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the launcher, empty locks, and a command line that only repeats its arguments."""
    shutil.copy2(ROOT / "parvis", tmp_path / "parvis")
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "manage.py").write_text(MANAGE, encoding="utf-8")
    for name in ("requirements.lock.txt", "requirements-dev.lock.txt"):
        (tmp_path / name).write_text("# nothing\n", encoding="utf-8")
    return tmp_path


def _start(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        ["sh", "./parvis", *arguments],
        cwd=folder,
        env=kept | {"PARVIS_PYTHON": sys.executable} | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )


def _fake_python(folder: Path, verdict: str) -> str:
    path = folder / "fake-python"
    path.write_text(f"#!/bin/sh\necho '{verdict}'\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def _set_up_already(folder: Path) -> None:
    """Make the folder look as after a set-up, with this interpreter."""
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / "bin" / "python").symlink_to(sys.executable)
    with (folder / "requirements.lock.txt").open(encoding="utf-8") as lock:
        stamp = subprocess.run(["cksum"], stdin=lock, capture_output=True, text=True, check=True).stdout
    (folder / ".venv" / "parvis-runtime").write_text(stamp, encoding="utf-8")


@pytest.mark.parametrize(
    ("verdict", "sentence"),
    [
        ("old 3.9", "is too old; Parvis needs 3.11 or newer"),
        ("bare 3.11", "install the package python3.11-venv"),
    ],
)
def test_an_unfit_python_is_refused_in_one_line(folder: Path, verdict: str, sentence: str) -> None:
    run = _start(folder, "demo", PARVIS_PYTHON=_fake_python(folder, verdict))
    assert run.returncode == 2
    assert sentence in run.stderr
    assert run.stderr.count("\n") == 1
    assert not (folder / ".venv").exists()


def test_a_python_that_is_not_there_is_named(folder: Path) -> None:
    run = _start(folder, "demo", PARVIS_PYTHON="/nowhere/python3")
    assert run.returncode == 2
    assert '"/nowhere/python3", which does not run' in run.stderr


def test_a_start_after_the_first_only_hands_over(folder: Path) -> None:
    _set_up_already(folder)
    run = _start(folder, "manage", "migrate", "--plan", PARVIS_PYTHON="/nowhere/python3")
    assert (run.returncode, run.stdout, run.stderr) == (0, "managed migrate --plan\n", "")


def test_arguments_with_spaces_survive(folder: Path) -> None:
    _set_up_already(folder)
    assert _start(folder, "import", "my file.csv", "*").stdout == "managed import my file.csv *\n"


def test_an_unknown_command_is_named(folder: Path) -> None:
    run = _start(folder, "demmo")
    assert run.returncode == 2
    assert 'there is no command "demmo"' in run.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_write_permission_is_refused(folder: Path) -> None:
    folder.chmod(0o555)
    try:
        run = _start(folder, "demo")
    finally:
        folder.chmod(0o755)
    assert run.returncode == 2
    assert "cannot be written" in run.stderr


def test_a_full_set_up_is_repaired_after_a_cut_and_renewed_after_a_change(folder: Path) -> None:
    """One environment is made for real, then broken in the ways that a cut or an update breaks it."""
    leftover = folder / "var" / "set-up.lock"
    leftover.mkdir(parents=True)
    (leftover / "process").write_text("999999999\n", encoding="utf-8")

    first = _start(folder, "manage", "one")
    assert first.returncode == 0, first.stdout + first.stderr
    assert first.stdout.endswith("managed one\n")
    assert "Installing the locked packages" in first.stdout
    assert not leftover.exists()

    (folder / ".venv" / "parvis-runtime").unlink()  # cut off before the end: the stamp is written last
    shutil.rmtree(next((folder / ".venv" / "lib").glob("python*/site-packages/pip")))
    repaired = _start(folder, "manage", "two")
    assert repaired.returncode == 0, repaired.stdout + repaired.stderr
    assert "Making the virtual environment" in repaired.stdout

    with (folder / "requirements.lock.txt").open("a", encoding="utf-8") as lock:
        lock.write("a-package-that-is-not-there==1.0 --hash=sha256:" + "0" * 64 + "\n")
    offline = _start(
        folder, "manage", "three", PIP_INDEX_URL="http://127.0.0.1:9/", PIP_RETRIES="0", PIP_NO_CACHE_DIR="1"
    )
    assert offline.returncode == 2
    assert "managed" not in offline.stdout
    assert "run the same command again" in offline.stderr
    assert not leftover.exists()
    assert not (folder / ".venv" / "parvis-runtime").exists()
