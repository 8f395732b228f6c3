"""Measure how long an import of 40,000 participants from XLSX takes, and how much memory.

.venv/bin/python bench/import_participants.py [rows]          on SQLite, in a file of its own
DATABASE_URL=postgres://… .venv/bin/python bench/import_participants.py [rows]

Each step runs in a process of its own, from the bytes of the file to its end: dry run, apply, the same file once more,
and a file with 37 bad rows, which must be refused whole. Prints seconds and the peak of resident memory.
"""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

BAD_ROWS = 37
STEPS = ("bad", "dry", "apply", "again")


def participants(count: int, bad: int = 0) -> Iterator[dict[str, Any]]:
    """Yield `count` participants of 900 French authorities and 300 foreign ones; `bad` of them have a false address."""
    from parvis.domain.network.authorities import authorities
    from parvis.domain.network.kinds import OrganisationKind

    communes = [row for row in authorities() if row.kind == OrganisationKind.COMMUNE][::38][:900]
    abroad = ("SN", "BJ", "MA", "CM", "MG", "TN")
    step = count // bad if bad else 0
    for number in range(count):
        foreign = number % 4 == 3
        commune = communes[number % len(communes)]
        wrong = bool(step) and number % step == step - 1 and number // step < bad
        yield {
            "gender": "FM"[number % 2],
            "first_name": f"Prénom{number % 500}",
            "last_name": f"Nom{number}",
            "email": "no address" if wrong else f"personne{number}@example.org",
            "phone": "+33 1 23 45 67 89",
            "organisation": f"Commune de Rencontre {number % 300}" if foreign else commune.name,
            "organisation_code": "" if foreign else commune.code,
            "organisation_kind": "foreign_authority" if foreign else "commune",
            "country": abroad[number % 300 % len(abroad)] if foreign else "FR",
            "title_fr": "Adjointe au maire chargée de l’action internationale" if number % 3 else "Directeur",
            "function": "deputy_mayor" if number % 3 else "staff",
            "category": "foreign_delegation" if foreign else "elected",
            "status": "confirmed",
            "language": "fr",
            "image_consent": number % 2 == 0,
            "listed_consent": number % 3 == 0,
            "fictional": True,
            "external_reference": f"R{number:06}",
        }


def write_files(folder: Path, count: int) -> None:
    """Write the good file and the one with bad rows."""
    from parvis.exports.spreadsheets import write_sheet

    for name, bad in (("good.xlsx", 0), ("bad.xlsx", BAD_ROWS)):
        (folder / name).write_bytes(write_sheet("participants", participants(count, bad)))


def prepare() -> None:
    """Make the tables and an edition."""
    from datetime import date

    from django.core.management import call_command

    from parvis.models import Edition, Federation, Organisation, Series

    call_command("migrate", verbosity=0)
    organisation = Organisation.objects.create(slug="federation", kind="association", name="Fédération")
    series = Series.objects.create(
        slug="s", name="Rencontres", federation=Federation.objects.create(organisation=organisation)
    )
    Edition.objects.create(
        series=series, number=14, slug="2023", name="14e", starts_on=date(2023, 9, 18), ends_on=date(2023, 9, 19)
    )


def step(name: str, folder: Path) -> None:
    """Run one step in this process and print its cost."""
    from parvis.domain.access import system_actor
    from parvis.domain.imports import NothingRefused, refused_rows
    from parvis.ingest.import_sheets import import_sheets_of
    from parvis.ingest.sheets import open_file
    from parvis.models import Edition, Registration
    from parvis.services.imports.plan import apply_import, plan_import

    edition_id = Edition.objects.get().pk
    before = Registration.objects.count()
    path = folder / ("bad.xlsx" if name == "bad" else "good.xlsx")
    began = time.perf_counter()
    sheets = import_sheets_of(open_file(path.read_bytes(), path.name, kind="participants"))
    read = time.perf_counter()
    actor = system_actor("bench")
    if name in ("dry", "bad"):
        plans = plan_import(actor=actor, sheets=sheets, edition_id=edition_id)
    else:
        plans = apply_import(actor=actor, sheets=sheets, edition_id=edition_id, filename=path.name)
    ended = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{name:<6} {ended - began:6.1f} s (reading {read - began:.1f} s), peak {peak} MB, {plans[0].counts()}",
        flush=True,
    )
    after = Registration.objects.count()
    if name == "bad":
        with contextlib.suppress(NothingRefused):
            apply_import(actor=actor, sheets=sheets, edition_id=edition_id, filename=path.name)
        assert refused_rows(plans) == BAD_ROWS and Registration.objects.count() == before
    elif name == "apply":
        assert after == before + len(plans[0].rows)
    else:
        assert after == before
    if name == "again":
        assert plans[0].counts()["unchanged"] == len(plans[0].rows)


def main() -> None:
    """Write the files, then run each step in a child."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    if "--step" in sys.argv:
        import django

        django.setup()
        name, folder = sys.argv[-2], Path(sys.argv[-1])
        if name == "write":
            write_files(folder, int(sys.argv[1]))
            prepare()
        else:
            step(name, folder)
        return
    count = sys.argv[1] if len(sys.argv) > 1 else "40000"
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ.copy()
        if "DATABASE_URL" in environment:
            environment["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
        else:
            environment["PARVIS_DEMO_DATABASE"] = f"{folder}/bench.sqlite3"
        for name in ("write", *STEPS):
            command = [sys.executable, __file__, count, "--step", name, folder]
            subprocess.run(command, check=True, env=environment)


if __name__ == "__main__":
    main()
