"""What stops a server from starting is said in a sentence."""

from __future__ import annotations

import socket

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from parvis.management.readiness import (
    NotReady,
    free_port,
    refuse_taken_port,
    refuse_unknown_database,
    refuse_unmigrated_database,
)


@pytest.mark.django_db
def test_a_database_of_this_version_is_ready() -> None:
    refuse_unknown_database()
    refuse_unmigrated_database()


@pytest.mark.django_db
def test_a_newer_database_is_refused() -> None:
    MigrationRecorder(connection).record_applied("parvis", "0999_from_the_future")
    with pytest.raises(NotReady, match=r"newer Parvis .*0999_from_the_future.*Update Parvis"):
        refuse_unknown_database()


@pytest.mark.django_db
def test_an_older_database_is_refused_with_the_command_to_run() -> None:
    newest = max(name for app, name in MigrationRecorder(connection).applied_migrations() if app == "parvis")
    MigrationRecorder(connection).record_unapplied("parvis", newest)
    with pytest.raises(NotReady, match=r"\./parvis manage migrate"):
        refuse_unmigrated_database()


def test_a_taken_port_is_named_with_a_free_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(NotReady, match=rf"Port {port} on 127\.0\.0\.1 cannot be used"):
            refuse_taken_port("127.0.0.1", port)


def test_a_free_port_lies_above() -> None:
    port = free_port("127.0.0.1", above=21000)
    assert port is not None
    assert 21000 < port <= 21020
    refuse_taken_port("127.0.0.1", port)
