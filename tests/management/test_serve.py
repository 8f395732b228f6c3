"""`serve` says in one sentence why it cannot start, and starts where it can."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Return a production environment with a database and folders of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return kept | {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "PARVIS_SECRET_KEY": "a-key-for-this-test-only-0123456789-abcdefghijklmnopqrstuvwxyz",
        "PARVIS_HOSTS": "parvis.example.org",
        "PARVIS_SITE_URL": "https://parvis.example.org",
        "PARVIS_MAIL_FROM": "parvis@example.org",
        "PARVIS_PORT": str(port),
        "PARVIS_STATIC": str(tmp_path / "static"),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'parvis.sqlite3'}",
    }


def _manage(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "config/manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_it_refuses_until_the_database_fits(environment: dict[str, str], tmp_path: Path) -> None:
    empty = _manage(environment, "serve", "--check-only")
    assert empty.returncode == 2
    assert "./parvis manage migrate" in empty.stderr
    assert empty.stderr.count("\n") == 1

    assert _manage(environment, "migrate", "--verbosity", "0").returncode == 0
    ready = _manage(environment, "serve", "--check-only")
    assert (ready.returncode, ready.stdout) == (0, "Ready.\n"), ready.stderr
    assert (tmp_path / "static" / "staticfiles.json").exists()

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(environment["PARVIS_PORT"])))
        taken.listen()
        busy = _manage(environment, "serve", "--check-only")
    assert busy.returncode == 2
    assert f"Port {environment['PARVIS_PORT']} on 127.0.0.1 cannot be used" in busy.stderr

    with sqlite3.connect(tmp_path / "parvis.sqlite3") as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('parvis', '0999_later', '2030-01-01')"
        )
    connection.close()
    newer = _manage(environment, "serve", "--check-only")
    assert newer.returncode == 2
    assert "was made by a newer Parvis" in newer.stderr
    assert "Traceback" not in newer.stderr


def test_a_database_that_does_not_answer_is_said_in_a_sentence(environment: dict[str, str]) -> None:
    run = _manage(environment | {"DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3"}, "serve", "--check-only")
    assert run.returncode == 2
    assert "The database cannot be used" in run.stderr
    assert "Traceback" not in run.stderr
