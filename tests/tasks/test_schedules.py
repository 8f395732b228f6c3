"""What runs by the clock exists once, however often a worker starts."""

from __future__ import annotations

import pytest
from django.utils.module_loading import import_string
from django_q.models import Schedule

from parvis.tasks.schedules import SCHEDULES, ensure_schedules

pytestmark = pytest.mark.django_db


def test_starting_twice_makes_them_once() -> None:
    assert ensure_schedules() == ensure_schedules() == len(SCHEDULES)
    assert Schedule.objects.count() == len(SCHEDULES)


def test_what_was_changed_by_hand_is_put_right() -> None:
    ensure_schedules()
    Schedule.objects.update(func="gone.away", minutes=1)
    ensure_schedules()
    assert {schedule.func for schedule in Schedule.objects.all()} == {task for task, _minutes in SCHEDULES.values()}


def test_every_task_can_be_called() -> None:
    for task, _minutes in SCHEDULES.values():
        assert callable(import_string(task))
