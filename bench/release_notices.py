"""Times how a release with 5,000 people concerned tells them: the preview, the asking, and writing every mail once.

    .venv/bin/python bench/release_notices.py                      on SQLite, in a file of its own
    DATABASE_URL=postgresql://… .venv/bin/python bench/release_notices.py

60 sessions, 5,000 people enrolled in three each; ten sessions move, change rooms or are cancelled. Prints seconds, and
checks that each person got one mail even though the worker was stopped half way and started again.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402

from parvis import models as m  # noqa: E402
from parvis.domain.access import system_actor  # noqa: E402
from parvis.gateways import jobs  # noqa: E402
from parvis.queries.release_notices import preview_notices  # noqa: E402
from parvis.services.release_notices import tell_of_release  # noqa: E402
from parvis.services.releases import publish_release  # noqa: E402
from parvis.tasks import release_notices as task  # noqa: E402
from tests.factories.editions import an_edition, fill  # noqa: E402

PEOPLE, SESSIONS = 5_000, 60
ACTOR = system_actor("bench")


def timed(what: str, act: Callable[[], Any]) -> Any:
    """Run `act`, print how long it took, and return what it gave."""
    began = time.perf_counter()
    result = act()
    print(f"{what:<52} {time.perf_counter() - began:6.2f} s")
    return result


def prepare() -> m.Edition:
    """Return a published edition whose people are enrolled, and change ten of its sessions."""
    edition = an_edition()
    fill(edition, sessions=SESSIONS, speakers=120, attendees=PEOPLE, organisations=300)
    sessions = list(m.Session.objects.filter(edition=edition).order_by("code"))
    now = datetime(2023, 7, 1, tzinfo=UTC)
    m.Enrolment.objects.bulk_create(
        (
            m.Enrolment(registration=registration, session=sessions[(n + step) % 10], enrolled_at=now)
            for n, registration in enumerate(m.Registration.objects.filter(edition=edition).order_by("pk"))
            for step in (0, 3, 7)
        ),
        batch_size=2_000,
    )
    publish_release(actor=ACTOR, edition_id=edition.pk, accept_violations=True)
    rooms = list(m.Room.objects.order_by("position"))
    for n, session in enumerate(sessions[:10]):
        placement = m.Placement.objects.get(session=session)
        if n % 3 == 0:
            m.Session.objects.filter(pk=session.pk).update(status="cancelled")
        elif n % 3 == 1:
            placement.room = rooms[(rooms.index(placement.room) + 1) % len(rooms)]
            placement.save()
        else:
            placement.starts_at += timedelta(minutes=15)
            placement.ends_at += timedelta(minutes=15)
            placement.save()
    return edition


def main() -> None:
    """Make the rows, time the steps, print."""
    jobs.enqueue = lambda task, *args: None  # type: ignore[assignment]  # the worker's part is called below, by hand
    runner = DiscoverRunner(verbosity=0, interactive=False)
    old = runner.setup_databases()
    try:
        edition = prepare()
        preview = timed("preview: who gets what", lambda: preview_notices(ACTOR, edition_id=edition.pk))
        release = timed("publish", lambda: publish_release(actor=ACTOR, edition_id=edition.pk, accept_violations=True))
        timed("ask", lambda: tell_of_release(actor=ACTOR, edition_id=edition.pk, number=release.number))
        write, batches = task.write_notices, []

        def stopped_half_way(**given: Any) -> int:
            batches.append(given)
            if len(batches) > 10:
                raise KeyboardInterrupt
            return write(**given)

        task.write_notices = stopped_half_way  # type: ignore[assignment]
        began = time.perf_counter()
        try:
            task.tell_of_release(release.pk)
        except KeyboardInterrupt:
            so_far = f"write, stopped at {m.Mail.objects.count()} mails"
            print(f"{so_far:<52} {time.perf_counter() - began:6.2f} s")
        task.write_notices = write
        timed("write the rest", task.tell_of_unfinished)
        mails = m.Mail.objects.filter(key__startswith=f"release:{release.pk}:")
        people = mails.values("recipient").distinct().count()
        print(f"{connection.vendor}: {len(preview.notices)} concerned, {mails.count()} mails to {people} people")
        assert mails.count() == people == len(preview.notices) >= PEOPLE
    finally:
        runner.teardown_databases(old)


if __name__ == "__main__":
    main()
