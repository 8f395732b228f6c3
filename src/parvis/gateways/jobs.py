"""Hands work to the background queue, after the transaction that asked for it has committed."""

from __future__ import annotations

from functools import partial

from django.db import transaction


def enqueue(task: str, *args: object) -> None:
    """Queue the function at the dotted path `task`; where the settings say `sync`, it runs at once."""
    from django_q.tasks import async_task  # loads models, so not at import time

    async_task(task, *args)


def enqueue_on_commit(task: str, *args: object) -> None:
    """Queue `task` once the running transaction commits; never when it rolls back."""
    transaction.on_commit(partial(enqueue, task, *args))


def schedule_every(*, name: str, task: str, minutes: int) -> None:
    """Have `task` run every so many minutes under `name`; what stands under that name is brought up to date."""
    from django_q.models import Schedule

    wanted = {"func": task, "schedule_type": Schedule.MINUTES, "minutes": minutes, "repeats": -1}
    schedule = Schedule.objects.filter(name=name).order_by("pk").first()
    if schedule is None:
        Schedule.objects.create(name=name, **wanted)
        return
    Schedule.objects.filter(name=name).exclude(pk=schedule.pk).delete()
    Schedule.objects.filter(pk=schedule.pk).update(**wanted)
