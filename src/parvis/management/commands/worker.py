"""`./parvis worker`: does the background work until it is stopped."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from parvis.tasks.schedules import ensure_schedules


class Command(BaseCommand):
    """Makes the schedules known, then runs django-q's cluster."""

    help = "Sends mails and does what else waits in the queue, until it is stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until a signal stops it."""
        count = ensure_schedules()
        self.stdout.write(f"Worker ready: {count} scheduled task(s). Stop it with Ctrl+C.")
        call_command("qcluster")
