"""What must hold before a server starts: a database that this code knows, and a port that is free."""

from __future__ import annotations

import socket

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

OWN_APPS = frozenset({"parvis"})


class NotReady(Exception):
    """Something hinders the start; the message is one sentence for the person at the keyboard."""


def refuse_unknown_database() -> None:
    """Raise `NotReady` when the database cannot be reached, or was made by a newer Parvis than this one."""
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as error:
        reason = _first_line(error)
        raise NotReady(f"The database cannot be used ({reason}). See that it runs and may be opened.") from None
    applied = {key for key in executor.loader.applied_migrations if key[0] in OWN_APPS}
    unknown = sorted(name for app, name in applied - set(executor.loader.disk_migrations))
    if unknown:
        raise NotReady(
            f"The database {connection.settings_dict['NAME']} was made by a newer Parvis "
            f"(it has {unknown[-1]}, which this one does not know). Update Parvis, or use another database."
        )


def refuse_unmigrated_database() -> None:
    """Raise `NotReady` when the database lacks tables or columns that this code needs."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        raise NotReady(
            f"The database is older than this Parvis ({len(missing)} steps are missing). "
            "Make a backup, then run: ./parvis manage migrate"
        )


def refuse_taken_port(host: str, port: int) -> None:
    """Raise `NotReady`, naming a free port, when `port` on `host` is taken or may not be used."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise NotReady(f"Port {port} may not be used by this account. Choose one from 1024 up.") from None
        except OSError as error:
            other = free_port(host, above=port)
            raise NotReady(
                f"Port {port} on {host} cannot be used ({error.strerror}). "
                + (f"Stop what uses it, or choose another, for instance {other}." if other else "Choose another.")
            ) from None


def free_port(host: str, *, above: int) -> int | None:
    """Return the first free port above `above`, looking at twenty; None when none of them is free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(max(above, 1023) + 1, min(above + 21, 65536)):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    return None


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
