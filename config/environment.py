"""Reads settings from environment variables and refuses, in one sentence, what is wrong or missing."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import SplitResult, unquote, urlsplit


class SettingRefused(Exception):
    """A variable is missing or cannot be used; the message names it and says what to put there."""


def text(name: str, default: str | None = None, *, environ: Mapping[str, str] = os.environ) -> str:
    """Return the variable's text, or `default`; without a default it is required."""
    value = environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise SettingRefused(f"{name} is not set. Set it in the environment; docs/operations.md says to what.")
    return default


def flag(name: str, default: bool, *, environ: Mapping[str, str] = os.environ) -> bool:
    """Return a yes/no variable (1, true, yes, on / 0, false, no, off)."""
    value = environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise SettingRefused(f"{name} is {value!r}; write yes or no.")


def number(name: str, default: int, *, lowest: int, highest: int, environ: Mapping[str, str] = os.environ) -> int:
    """Return a whole number between `lowest` and `highest`."""
    value = environ.get(name, "").strip()
    if not value:
        return default
    if not (value.isascii() and value.isdigit()) or not lowest <= int(value) <= highest:
        raise SettingRefused(f"{name} is {value!r}; write a whole number from {lowest} to {highest}.")
    return int(value)


def port(*, environ: Mapping[str, str] = os.environ) -> int:
    """Return the port to serve on: PARVIS_PORT, or PORT as hosting platforms set it, or 8000."""
    name = "PARVIS_PORT" if environ.get("PARVIS_PORT", "").strip() else "PORT"
    return number(name, 8000, lowest=1, highest=65535, environ=environ)


def words(name: str, default: str = "", *, environ: Mapping[str, str] = os.environ) -> list[str]:
    """Return a comma-separated list."""
    return [word.strip() for word in environ.get(name, default).split(",") if word.strip()]


def secret(name: str, *, environ: Mapping[str, str] = os.environ) -> str:
    """Return a secret that is long enough to guard sessions and links."""
    value = text(name, environ=environ)
    if len(value) < 50 or len(set(value)) < 5:
        raise SettingRefused(
            f"{name} is too short to guard anything. Make one of 50 characters or more: openssl rand -base64 48"
        )
    return value


def kept_secret(path: Path) -> str:
    """Return the secret kept in a file of this machine, making it the first time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            unfinished = path.with_name(f"{path.name}.{os.getpid()}")
            unfinished.touch(mode=0o600)
            unfinished.write_text(secrets.token_urlsafe(50), encoding="ascii")
            with contextlib.suppress(FileExistsError):  # another process was first: its secret stands
                path.hardlink_to(unfinished)
            unfinished.unlink()
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise SettingRefused(
            f"{path} cannot be read or written ({error.strerror}). Give yourself the right to write in {path.parent}."
        ) from None


def hosts(name: str, *, environ: Mapping[str, str] = os.environ) -> list[str]:
    """Return the names under which the site answers; names only, without https:// or a path."""
    found = words(name, environ=environ) or [text(name, environ=environ)]
    for host in found:
        if "/" in host or host == "*":
            raise SettingRefused(f"{name} has {host!r}; write names only, separated by commas: parvis.example.org")
    return found


def site(name: str, default: str | None = None, *, environ: Mapping[str, str] = os.environ) -> str:
    """Return the address that links in mails begin with, without a slash at its end."""
    value = text(name, default, environ=environ).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise SettingRefused(f"{name} is {value!r}; write the site's address, like https://parvis.example.org")
    return value


def database(url: str) -> dict[str, Any]:
    """Return Django's description of the database at `url` (sqlite:///path or postgresql://user:password@host/name)."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(unquote(parts.path[1:]))  # three slashes: relative, four: absolute
    if parts.scheme in {"postgres", "postgresql"}:
        name = parts.path.lstrip("/")
        if not name:
            raise SettingRefused("DATABASE_URL names no database: write postgresql://user:password@host:5432/name.")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(name),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": _port_of(parts),
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
        }
    raise SettingRefused(
        f"DATABASE_URL begins with {parts.scheme or 'nothing'!r}; Parvis knows sqlite:///path and postgresql://…"
    )


def _port_of(parts: SplitResult) -> str:
    try:
        return str(parts.port or "")
    except ValueError:
        raise SettingRefused("DATABASE_URL has a port that is no number from 1 to 65535.") from None


def sqlite(path: str) -> dict[str, Any]:
    """Return Django's description of a SQLite file, set for many readers and one writer at a time."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-32000;",
        },
    }


def settings_module(*, environ: Mapping[str, str] = os.environ) -> str:
    """Return the settings to use: the ones named, or production where a database or a key is given, else the demo."""
    named = environ.get("DJANGO_SETTINGS_MODULE", "").strip()
    if named:
        return named
    production = environ.get("DATABASE_URL", "").strip() or environ.get("PARVIS_SECRET_KEY", "").strip()
    return "config.settings.production" if production else "config.settings.demo"


def refuse(error: SettingRefused) -> NoReturn:
    """Say what is wrong in one sentence and leave with status 2: a wrong setting is no crash."""
    sys.stderr.write(f"Parvis cannot start: {error}\n")
    raise SystemExit(2)
