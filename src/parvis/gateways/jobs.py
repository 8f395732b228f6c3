"""Hands work to the background queue, after the transaction that asked for it has committed."""

from __future__ import annotations

import threading
from functools import partial

from django.conf import settings
from django.db import connections, transaction
from django.utils.module_loading import import_string


def enqueue(task: str, *args: object) -> None:
    """Queue the function at the dotted path `task`; where the settings say `sync`, it runs at once."""
    from django_q.tasks import async_task  # loads models, so not at import time

    async_task(task, *args)


def enqueue_on_commit(task: str, *args: object) -> None:
    """Queue `task` once the running transaction commits; never when it rolls back."""
    transaction.on_commit(partial(enqueue, task, *args))


def enqueue_for_worker_on_commit(task: str, *args: object) -> None:
    """Queue `task` once the running transaction commits, where a worker takes it.

    For work that only spares somebody a wait: where the settings say `sync` (the demo, the tests), whoever asks for it
    would wait for it all, and it is not done.
    """
    if not settings.Q_CLUSTER.get("sync"):
        enqueue_on_commit(task, *args)


def enqueue_long_on_commit(task: str, *args: object) -> None:
    """Queue `task` once the running transaction commits, for work of seconds or minutes that nobody waits for.

    Where the settings say `sync` there is no worker: a thread of this process does it, so that whoever asks is answered
    at once there too.
    """
    transaction.on_commit(partial(_start_apart if settings.Q_CLUSTER.get("sync") else enqueue, task, *args))


def _start_apart(task: str, *args: object) -> None:
    threading.Thread(target=_run_apart, args=(task, *args), name=task, daemon=True).start()


def _run_apart(task: str, *args: object) -> None:
    try:
        import_string(task)(*args)
    finally:
        connections.close_all()


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
