"""Migrations say what they do, and the tables match the models."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command

from tests.architecture.sources import PACKAGE, shown

NAME = re.compile(r"^\d{4}_(?!auto_|parvis_|merge_)[a-z]+(?:_[a-z0-9]+)*$")


def test_migrations_are_named_in_words() -> None:
    odd = [
        shown(path)
        for path in (PACKAGE / "migrations").glob("[0-9]*.py")
        if not NAME.match(path.stem) or re.search(r"_auto_|_\d{8}|_and_more$|_alter_|_remove_", path.stem)
    ]
    assert not odd, f"Rename these after what they do for people (0004_waiting_lists): {', '.join(odd)}"


def test_one_line_of_migrations() -> None:
    numbers = sorted(path.stem[:4] for path in (PACKAGE / "migrations").glob("[0-9]*.py"))
    assert len(numbers) == len(set(numbers)), "Two migrations bear one number: rebase the later one."


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "parvis", check=True, dry_run=True, verbosity=0)
