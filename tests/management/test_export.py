"""What the command exports, the import accepts; what it has taken in once, it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from parvis.domain.access import system_actor
from parvis.domain.imports import ImportSheet, Outcome
from parvis.ingest.import_sheets import import_sheets_of
from parvis.ingest.sheets import open_file
from parvis.models import Edition, Organisation
from parvis.services.imports.plan import apply_import, plan_import
from tests.factories.editions import an_edition, an_organisation, fill

pytestmark = pytest.mark.django_db
ACTOR = system_actor("test")


def _exported(edition: Edition, path: Path, language: str) -> list[ImportSheet]:
    call_command("export", str(path), "--edition", edition.slug, "--lang", language, "--force", verbosity=0)
    return import_sheets_of(open_file(path.read_bytes(), path.name, kind=None, language=language))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_file_comes_back(tmp_path: Path, language: str) -> None:
    edition = an_edition()
    fill(edition)
    an_organisation("Ville de Rodez")
    before = Organisation.objects.count()
    first = _exported(edition, tmp_path / "all.xlsx", language)
    assert {sheet.kind for sheet in first} >= {"organisations", "people", "rooms", "sessions", "participants"}
    apply_import(actor=ACTOR, sheets=first, edition_id=edition.pk, filename="all.xlsx")
    assert Organisation.objects.count() == before

    second = _exported(edition, tmp_path / "all.xlsx", language)
    odd = [
        (plan.kind, row.number, row.label, row.outcome, row.changes, row.reasons)
        for plan in plan_import(actor=ACTOR, sheets=second, edition_id=edition.pk)
        for row in plan.rows
        if row.outcome != Outcome.UNCHANGED
    ]
    assert odd == [], "\n".join(map(str, odd))


def test_an_existing_file_is_kept(tmp_path: Path) -> None:
    edition = an_edition()
    path = tmp_path / "all.xlsx"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(CommandError, match="--force"):
        call_command("export", str(path), "--edition", edition.slug)
    assert path.read_text(encoding="utf-8") == "mine"


def test_an_unknown_edition_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="1789"):
        call_command("export", str(tmp_path / "x.xlsx"), "--edition", "1789")
    assert list(tmp_path.iterdir()) == []
