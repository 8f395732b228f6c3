"""Many doors in the same instant: one admits, the others say so. Needs a server of databases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from parvis.domain.refusals import Refusal
from parvis.models import LogEntry, Registration, Scan
from parvis.queries.onsite_scans import count_inside
from parvis.services.scans import undo_scan
from parvis.services.walk_ins import admit_walk_in
from tests.factories.onsite import SYSTEM, a_participant, an_edition_on_site, an_entrance, badge_code, read
from tests.factories.registrations import a_form

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
AT_ONCE = 8


@pytest.fixture(autouse=True)
def _needs_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("DATABASE_URL names no PostgreSQL server")


def _together(task: Callable[[int], str]) -> Counter[str]:
    barrier = Barrier(AT_ONCE)

    def run(number: int) -> str:
        barrier.wait()
        try:
            return task(number)
        except Refusal as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(run, range(AT_ONCE)))


def test_one_person_at_many_devices_is_admitted_once() -> None:
    entrance = an_entrance(an_edition_on_site())
    code = badge_code(a_participant(entrance.edition))
    answers = _together(lambda number: read(entrance, code, device=f"door-{number}").scan.verdict)
    assert answers == {"admitted": 1, "already_in": AT_ONCE - 1}
    assert count_inside(entrance.pk) == 1


@pytest.mark.parametrize("known", [True, False])
def test_one_reading_sent_many_times_is_one_scan(known: bool) -> None:
    entrance = an_entrance(an_edition_on_site())
    code = badge_code(a_participant(entrance.edition)) if known else "R16-424242"
    scan_id = uuid4()
    answers = _together(lambda _number: str(read(entrance, code, scan_id=scan_id).created))
    assert answers == {"True": 1, "False": AT_ONCE - 1}
    assert (Scan.objects.count(), LogEntry.objects.filter(action__endswith=".scanned").count()) == (1, 1)


def test_many_people_pass_one_door_at_once() -> None:
    entrance = an_entrance(an_edition_on_site())
    codes = [badge_code(a_participant(entrance.edition, f"Nom{number}")) for number in range(AT_ONCE)]
    assert _together(lambda number: read(entrance, codes[number]).scan.verdict) == {"admitted": AT_ONCE}
    assert count_inside(entrance.pk) == AT_ONCE


def test_one_scan_is_taken_back_once() -> None:
    entrance = an_entrance(an_edition_on_site())
    scan = read(entrance, badge_code(a_participant(entrance.edition))).scan

    def undo(_number: int) -> str:
        undo_scan(actor=SYSTEM, undo_id=uuid4(), checkpoint_guid=entrance.guid, scan_id=scan.pk)
        return "undone"

    assert _together(undo) == {"undone": 1, "AlreadyUndone": AT_ONCE - 1}
    assert Scan.objects.filter(undoes=scan).count() == 1


def test_one_walk_in_form_sent_many_times() -> None:
    entrance = an_entrance(an_edition_on_site())
    key = uuid4()
    answers = _together(
        lambda _number: (
            admit_walk_in(actor=SYSTEM, checkpoint_guid=entrance.guid, form=a_form(email=""), form_key=key).scan.verdict
        )
    )
    assert answers == {"admitted": AT_ONCE}
    assert (Registration.objects.count(), Scan.objects.count()) == (1, 1)
