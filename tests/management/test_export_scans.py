"""The command exports scans, and the import leaves alone what it knows."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from parvis.domain.imports import Outcome
from parvis.ingest.import_sheets import import_sheets_of
from parvis.ingest.sheets import open_file
from parvis.services.imports.plan import plan_import
from tests.factories.onsite import SYSTEM, a_participant, an_edition_on_site, an_entrance, badge_code, read

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["fr", "en"])
def test_scans_come_back(tmp_path: Path, language: str) -> None:
    edition = an_edition_on_site()
    entrance = an_entrance(edition)
    zoe = a_participant(edition)
    for code in (badge_code(zoe), zoe.reference, "R16-424242"):
        read(entrance, code)
    path = tmp_path / "scans.xlsx"
    call_command("export", str(path), "--edition", edition.slug, "--kind", "scans", "--lang", language, verbosity=0)
    sheets = import_sheets_of(open_file(path.read_bytes(), path.name, kind=None, language=language))
    (plan,) = plan_import(actor=SYSTEM, sheets=sheets, edition_id=edition.pk)
    assert [row.outcome for row in plan.rows] == [Outcome.UNCHANGED] * 3
