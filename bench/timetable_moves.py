"""Times the verdict after a move, on the server: read the timetable, judge, write. From the editor, from a session's
page, and of a speaker who is added to a placed session (read and judged before and after).

    .venv/bin/python bench/timetable_moves.py                      on SQLite, in a file of its own
    DATABASE_URL=postgresql://… .venv/bin/python bench/timetable_moves.py

60 and 600 sessions with 2 speakers each. Prints the median and the worst of 40 moves, in milliseconds, and the parts.
"""

from __future__ import annotations

import os
import random
import statistics
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
from django.test.utils import CaptureQueriesContext  # noqa: E402

from parvis import models as m  # noqa: E402
from parvis.domain.access import system_actor  # noqa: E402
from parvis.domain.timetable.moves import Standing  # noqa: E402
from parvis.domain.timetable.state import State  # noqa: E402
from parvis.queries.timetable import build_timetable  # noqa: E402
from parvis.services.interventions import save_intervention  # noqa: E402
from parvis.services.programme import place_session  # noqa: E402
from parvis.services.timetable import move_session  # noqa: E402
from tests.factories.editions import an_edition, fill  # noqa: E402

ACTOR = system_actor("bench")
MOVES = 40


def prepare(sessions: int) -> m.Edition:
    """Return an edition of two long days whose sessions stand in enough rooms."""
    edition = an_edition()
    fill(edition, sessions=sessions, speakers=2 * sessions, attendees=0, organisations=0)
    rooms = [
        m.Room.objects.create(venue=edition.venue, slug=f"r{n}", name=f"R{n}", capacity=200, position=n)
        for n in range(sessions // 10)
    ]
    opening = datetime(2023, 9, 18, 7, tzinfo=UTC)
    placements = list(m.Placement.objects.filter(session__edition=edition).order_by("session__code"))
    for n, placement in enumerate(placements):
        slot = n // len(rooms)
        placement.room = rooms[n % len(rooms)]
        placement.starts_at = opening + timedelta(days=slot // 5 % 2, minutes=100 * (slot % 5))
        placement.ends_at = placement.starts_at + timedelta(minutes=90)
    m.Placement.objects.bulk_update(placements, ["room", "starts_at", "ends_at"])
    m.Session.objects.filter(edition=edition).update(duration_min=90, format="workshop")
    return edition


def median_ms(act: Callable[[], Any], runs: int = 9) -> tuple[float, float]:
    """Return the median and the worst of some runs."""
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken), max(taken)


def measure(edition: m.Edition) -> None:
    """Time the parts and the whole."""
    timetable = build_timetable(edition.pk)
    size = len(timetable.problem.sessions)
    read, _ = median_ms(lambda: build_timetable(edition.pk))
    judge, _ = median_ms(lambda: State(timetable.problem, timetable.rules, timetable.placements).violations())
    source = random.Random(1)  # noqa: S311 - reproducible on purpose
    ids, rooms = list(timetable.session_ids.values()), list(timetable.room_ids.values())
    taken = []
    for _ in range(MOVES):
        to = Standing(
            source.choice(rooms),
            datetime(2023, 9, 18 + source.randrange(2), 7, tzinfo=UTC) + timedelta(minutes=5 * source.randrange(120)),
            90,
        )
        session_id = source.choice(ids)
        began = time.perf_counter()
        move_session(actor=ACTOR, session_id=session_id, to=to, insist=True)
        taken.append((time.perf_counter() - began) * 1000)
    with CaptureQueriesContext(connection) as captured:
        move_session(actor=ACTOR, session_id=ids[0], to=Standing(None, None, 90), insist=True)
    opening = datetime(2023, 9, 18, 7, tzinfo=UTC)

    def place() -> None:
        place_session(
            actor=ACTOR,
            session_id=source.choice(ids),
            room_id=source.choice(rooms),
            starts_at=opening + timedelta(minutes=5 * source.randrange(120)),
            insist=True,
        )

    def speak() -> None:
        person = m.Person.objects.create(slug=f"n{source.random()}", first_name="N", last_name="N", folded="n n")
        given = {"session_id": source.choice(ids), "person_id": person.pk, "role": "speaker"}
        save_intervention(actor=ACTOR, intervention_id=None, mandate_id=None, **given)

    placed, _ = median_ms(place, MOVES)
    spoken, _ = median_ms(speak)
    print(
        f"{connection.vendor}, {size} sessions: read {read:.0f} ms, judge {judge:.1f} ms; "
        f"a move {statistics.median(taken):.0f} ms "
        f"(worst {max(taken):.0f}), {len(captured)} queries; placed on its page {placed:.0f} ms; "
        f"a speaker {spoken:.0f} ms"
    )


def main() -> None:
    """Make the rows, time, print."""
    for sessions in (60, 600):
        runner = DiscoverRunner(verbosity=0, interactive=False)
        old = runner.setup_databases()
        try:
            measure(prepare(sessions))
        finally:
            runner.teardown_databases(old)


if __name__ == "__main__":
    main()
