"""`./parvis serve`: sees that everything is ready, then becomes gunicorn."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from parvis.management.readiness import (
    NotReady,
    refuse_taken_port,
    refuse_unknown_database,
    refuse_unmigrated_database,
)


class Command(BaseCommand):
    """Serves the site for production; config/gunicorn.py says how many processes and threads."""

    help = "Serves the site with gunicorn, after checking the database, the port and the static files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let the address be given here as well as in the environment."""
        parser.add_argument("--port", type=int, help="instead of PARVIS_PORT (8000)")
        parser.add_argument("--host", help="instead of PARVIS_BIND (127.0.0.1)")
        parser.add_argument("--check-only", action="store_true", help="say whether it could start, and stop there")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, gather the static files, then hand this process over to gunicorn."""
        from config import environment

        host = options["host"] or environment.text("PARVIS_BIND", "127.0.0.1")
        port = options["port"] or environment.port()
        try:
            refuse_unknown_database()
            refuse_unmigrated_database()
            refuse_taken_port(host, port)
        except NotReady as reason:
            raise CommandError(str(reason), returncode=2) from None
        call_command("collectstatic", interactive=False, verbosity=0)
        if options["check_only"]:
            self.stdout.write("Ready.")
            return
        shown = f"[{host}]" if ":" in host else host
        self.stdout.write(f"Parvis answers at http://{shown}:{port} as {settings.PARVIS_SITE_URL}. Ctrl-C stops it.")
        self.stdout.flush()
        os.environ["PARVIS_BIND"], os.environ["PARVIS_PORT"] = shown, str(port)
        os.chdir(Path(settings.ROOT))
        os.execv(  # noqa: S606 - our own interpreter, our own arguments
            sys.executable,
            [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi:application"],
        )
