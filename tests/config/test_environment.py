"""A wrong or missing setting is one sentence and status 2; it is never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import environment
from config.environment import SettingRefused

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "PARVIS_SECRET_KEY": "a-key-for-this-test-only-0123456789-abcdefghijklmnopqrstuvwxyz",
    "PARVIS_HOSTS": "parvis.example.org",
    "PARVIS_SITE_URL": "https://parvis.example.org",
    "PARVIS_MAIL_FROM": "parvis@example.org",
    "DATABASE_URL": "postgresql://parvis@db.example.org/parvis",
}
WRONG = [
    ("PARVIS_SECRET_KEY", "", "PARVIS_SECRET_KEY is not set"),
    ("PARVIS_SECRET_KEY", "short", "PARVIS_SECRET_KEY is too short"),
    ("PARVIS_HOSTS", "", "PARVIS_HOSTS is not set"),
    ("PARVIS_HOSTS", "https://parvis.example.org", "PARVIS_HOSTS"),
    ("PARVIS_SITE_URL", "parvis.example.org", "PARVIS_SITE_URL"),
    ("PARVIS_MAIL_FROM", "", "PARVIS_MAIL_FROM is not set"),
    ("DATABASE_URL", "mysql://root@localhost/parvis", "DATABASE_URL begins with 'mysql'"),
    ("DATABASE_URL", "postgresql://db.example.org:port/parvis", "DATABASE_URL"),
    ("DATABASE_URL", "postgresql://db.example.org/", "DATABASE_URL names no database"),
    ("PARVIS_SMTP_PORT", "smtp", "PARVIS_SMTP_PORT is 'smtp'"),
    ("PARVIS_HTTPS_ONLY", "perhaps", "PARVIS_HTTPS_ONLY is 'perhaps'"),
]


def _run(arguments: list[str], changes: dict[str, str]) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LC_ALL") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=kept | GOOD | changes, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(("name", "value", "sentence"), WRONG)
def test_manage_refuses_in_one_sentence(name: str, value: str, sentence: str) -> None:
    run = _run(["config/manage.py", "check"], {name: value})
    assert run.returncode == 2
    assert run.stderr.startswith("Parvis cannot start: ")
    assert sentence in run.stderr
    assert run.stderr.count("\n") == 1
    assert "Traceback" not in run.stderr


def test_wsgi_refuses_in_one_sentence() -> None:
    run = _run(["-c", "import config.wsgi"], {"PARVIS_SECRET_KEY": ""})
    assert run.returncode == 2
    assert run.stderr.startswith("Parvis cannot start: PARVIS_SECRET_KEY is not set. Set it in the environment;")
    assert run.stderr.count("\n") == 1


def test_gunicorn_refuses_a_wrong_number() -> None:
    run = _run(["-c", "import config.gunicorn"], {"PARVIS_THREADS": "many"})
    assert run.returncode == 2
    assert "PARVIS_THREADS is 'many'" in run.stderr


def test_a_secret_is_never_shown() -> None:
    run = _run(["config/manage.py", "check"], {"DATABASE_URL": "mysql://parvis:very-secret@localhost/parvis"})
    assert "very-secret" not in run.stderr + run.stdout


def test_production_passes_its_own_deployment_check() -> None:
    run = _run(
        ["config/manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        {"DATABASE_URL": "sqlite:///var/check.sqlite3", "PARVIS_HSTS_SECONDS": "31536000"},
    )
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize(
    ("environ", "module"),
    [
        ({}, "config.settings.demo"),
        ({"DATABASE_URL": "sqlite:///x"}, "config.settings.production"),
        ({"PARVIS_SECRET_KEY": "x"}, "config.settings.production"),
        ({"DATABASE_URL": "sqlite:///x", "DJANGO_SETTINGS_MODULE": "config.settings.test"}, "config.settings.test"),
    ],
)
def test_the_settings_follow_the_environment(environ: dict[str, str], module: str) -> None:
    assert environment.settings_module(environ=environ) == module


def test_database_addresses() -> None:
    assert environment.database("sqlite:///var/x.sqlite3")["NAME"] == "var/x.sqlite3"
    assert environment.database("sqlite:////srv/x.sqlite3")["NAME"] == "/srv/x.sqlite3"
    described = environment.database("postgresql://a%40b:p%2Fw@db:5433/parvis%20one")
    assert (described["USER"], described["PASSWORD"], described["HOST"]) == ("a@b", "p/w", "db")
    assert (described["PORT"], described["NAME"]) == ("5433", "parvis one")


@pytest.mark.parametrize(
    ("value", "answer"), [("", True), ("1", True), ("Yes", True), ("off", False), ("0", False), (" no ", False)]
)
def test_flags(value: str, answer: bool) -> None:
    assert environment.flag("X", True, environ={"X": value}) is answer


@pytest.mark.parametrize("value", ["-1", "1.5", "70000", "٣٣", "x"])
def test_numbers_out_of_range_are_refused(value: str) -> None:
    with pytest.raises(SettingRefused, match="whole number from 1 to 65535"):
        environment.port(environ={"PARVIS_PORT": value})
