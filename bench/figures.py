"""Times every figure of an edition with 40,000 registrations and 120,000 scans.

    .venv/bin/python bench/figures.py                      on SQLite, in a file of its own
    DATABASE_URL=postgresql://… .venv/bin/python bench/figures.py

Prints the minimum, median and maximum of eleven runs after one, in milliseconds, this process's own CPU (on SQLite:
all of the work), which a busy machine disturbs less, and the number of queries.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from parvis import models as m  # noqa: E402
from parvis.queries.figures import count_figures  # noqa: E402
from tests.factories.editions import an_edition  # noqa: E402

REGISTRATIONS, SCANS, ORGANISATIONS, RUNS = 40_000, 120_000, 4_000, 11
BATCH = 2_000


def fill_large(edition: m.Edition) -> None:
    """Write the rows in bulk: a tenth cancelled, three in four present, one scan in a thousand taken back."""
    source = random.Random(1)  # noqa: S311 - reproducible on purpose
    now = datetime(2023, 9, 18, 9, tzinfo=ZoneInfo("Europe/Paris"))
    kinds = [("commune", "FR"), ("epci", "FR"), ("region", "FR"), ("foreign_authority", "SN"), ("embassy", "MA")]
    countries = ["SN", "MA", "DE", "IT", "BR", "CA", "VN", "LB", "TN", "BJ"]
    organisations = m.Organisation.objects.bulk_create(
        (
            m.Organisation(
                slug=f"o{n}",
                kind=kinds[n % 5][0],
                name_fr=f"Organisation {n}",
                country="FR" if kinds[n % 5][1] == "FR" else countries[n % 10],
            )
            for n in range(ORGANISATIONS)
        ),
        batch_size=BATCH,
    )
    m.Membership.objects.bulk_create(
        (m.Membership(organisation=o, year=2023) for o in organisations[::2]), batch_size=BATCH
    )
    people = m.Person.objects.bulk_create(
        (
            m.Person(slug=f"p{n}", first_name="P", last_name=str(n), gender=source.choice(["F", "M", "M", "F", ""]))
            for n in range(REGISTRATIONS)
        ),
        batch_size=BATCH,
    )
    category = m.Category.objects.create(edition=edition, kind="elected", name_fr="Élu")
    registrations = m.Registration.objects.bulk_create(
        (
            m.Registration(
                edition=edition,
                reference=f"R{n}",
                person=person,
                organisation=organisations[n % ORGANISATIONS],
                category=category,
                status="cancelled" if n % 10 == 0 else "confirmed",
                source="form",
                manage_token=f"t{n}",
                registered_at=now,
            )
            for n, person in enumerate(people)
        ),
        batch_size=BATCH,
    )
    sessions = m.Session.objects.bulk_create(
        m.Session(
            edition=edition,
            code=f"S{n}",
            slug=f"s{n}",
            format="workshop",
            title_fr="S",
            duration_min=60,
            status="confirmed",
        )
        for n in range(60)
    )
    doors = m.Checkpoint.objects.bulk_create(
        [
            m.Checkpoint(
                edition=edition, code=f"e{n}", kind="entrance", name_fr="E", day=now.date() + timedelta(days=n)
            )
            for n in range(2)
        ]
        + [m.Checkpoint(edition=edition, code=s.code, kind="session", name_fr="S", session=s) for s in sessions]
    )
    present = registrations[: REGISTRATIONS * 3 // 4]
    scans = m.Scan.objects.bulk_create(
        (
            m.Scan(
                id=UUID(int=n + 1),
                checkpoint=doors[source.randrange(len(doors))],
                registration=present[n % len(present)],
                verdict="admitted",
                scanned_at=now,
                received_at=now,
            )
            for n in range(SCANS - 120)
        ),
        batch_size=BATCH,
    )
    m.Scan.objects.bulk_create(
        m.Scan(
            id=UUID(int=SCANS * 2 + n),
            checkpoint=scan.checkpoint,
            registration=scan.registration,
            verdict="admitted",
            direction="out",
            scanned_at=now,
            received_at=now,
            undoes=scan,
        )
        for n, scan in enumerate(scans[::1000])
    )


def main() -> None:
    """Make the data, count, print."""
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        edition = an_edition()
        fill_large(edition)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        times, own = [], []
        for _ in range(RUNS + 1):
            began, own_began = time.perf_counter(), time.process_time()
            figures = count_figures(edition.pk)
            times.append((time.perf_counter() - began) * 1000)
            own.append((time.process_time() - own_began) * 1000)
        with CaptureQueriesContext(connection) as captured:
            count_figures(edition.pk)
        slowest = sorted(captured.captured_queries, key=lambda query: -float(query["time"]))[:3]
        counted = times[1:]
        print(
            f"{connection.vendor}: {len(figures)} figures of {REGISTRATIONS:,} registrations and {SCANS:,} scans: "
            f"min {min(counted):.0f} ms, median {statistics.median(counted):.0f} ms, max {max(counted):.0f} ms, "
            f"CPU median {statistics.median(own[1:]):.0f} ms, {len(captured)} queries; "
            f"present {figures['present'].value:,}"
        )
        if "-v" in sys.argv:
            for query in slowest:
                print(query["time"], query["sql"][:1500])
    finally:
        runner.teardown_databases(databases)


main()
