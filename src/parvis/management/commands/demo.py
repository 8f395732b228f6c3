"""`./parvis demo`: the 14th edition on this machine, from the files of an organiser to the press release."""

from __future__ import annotations

import os
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from parvis.demo.accounts import DEMO_ACCOUNTS
from parvis.demo.load import EDITION, DemoFileRefused, is_loaded, load_demo
from parvis.demo.write_files import write_communiques
from parvis.management.progress import ProgressBar
from parvis.management.readiness import NotReady, refuse_taken_port, refuse_unknown_database


class Command(BaseCommand):
    """Loads the demo once, says where to go, and serves it."""

    help = "Loads the demo edition into var/demo.sqlite3 and serves it on this machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the options of `./parvis demo`."""
        parser.add_argument("--no-serve", action="store_true", help="stop after writing the press release")
        parser.add_argument("--fresh", action="store_true", help="forget what was done in the demo and start over")
        parser.add_argument("--port", type=int, default=8000, help="where it answers (8000)")
        parser.add_argument("--seed", type=int, help="invent other participants from this number (needs --fresh)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare the database, load what is missing, write the press release, serve."""
        if not settings.PARVIS_DEMO:
            raise CommandError("The demo runs with the demo's settings: start it by ./parvis demo.", returncode=2)
        if options["seed"] is not None and not options["fresh"]:
            raise CommandError("--seed makes another demo: add --fresh, which forgets the present one.", returncode=2)
        port = options["port"]
        try:
            if not options["no_serve"]:
                refuse_taken_port("127.0.0.1", port)
            if options["fresh"]:
                self._forget()
            refuse_unknown_database()
        except NotReady as reason:
            raise CommandError(str(reason), returncode=2) from None
        try:
            self._prepare(options["seed"])
        except (DatabaseError, OSError) as error:
            raise CommandError(
                f"The demo's database cannot be written: {error}. Check the rights on the folder var/ and the space on "
                "the disk, then start again.",
                returncode=2,
            ) from None
        self._say_where(port, serve=not options["no_serve"])
        if not options["no_serve"]:
            self._serve(port)

    def _forget(self) -> None:
        """Remove the demo's database, whole."""
        connection.close()
        path = Path(str(settings.DATABASES["default"]["NAME"]))
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)

    def _prepare(self, seed: int | None) -> None:
        began = time.monotonic()
        self.stdout.write("Preparing the database…")
        call_command("migrate", verbosity=0, interactive=False)
        if is_loaded():
            self.stdout.write("The demo is loaded already; --fresh starts it over.")
        else:
            folder = self._folder(seed)
            with ProgressBar(sys.stderr) as bar:
                try:
                    load_demo(progress=bar.step, **({"folder": folder} if folder else {}))
                except DemoFileRefused as refused:
                    raise CommandError(str(refused), returncode=1) from None
            self.stdout.write(f"The 14th edition is loaded ({time.monotonic() - began:.0f} s).")

    def _folder(self, seed: int | None) -> Path | None:
        if seed is None:
            return None
        from parvis.demo.generate import generate_folder

        folder: Path = settings.VAR / f"demo-files-{seed}"
        generate_folder(seed, folder)
        return folder

    def _say_where(self, port: int, *, serve: bool) -> None:
        for path in write_communiques(EDITION, settings.VAR / "communiques"):
            shown = path.relative_to(settings.ROOT) if path.is_relative_to(settings.ROOT) else path
            self.stdout.write(f"  {shown}")
        if not serve:
            return
        site = f"http://localhost:{port}"
        self.stdout.write("")
        self.stdout.write(f"The site          {site}/            (in English: {site}/en/)")
        self.stdout.write(f"Press releases    {site}/{EDITION}/communiques/")
        self.stdout.write(f"The desk          {site}/desk/")
        self.stdout.write(f"The door          {site}/door/")
        self.stdout.write(f"Mails are read at {site}/mails/      (nothing leaves this machine)")
        self.stdout.write("")
        self.stdout.write("Sign in with one of these addresses; the code arrives on the page of mails:")
        for account in DEMO_ACCOUNTS:
            self.stdout.write(f"  {account.email:<32} {account.purpose}")
        self.stdout.write("")
        self.stdout.write("Ctrl-C stops it; what you did is kept.")
        self.stdout.flush()

    def _serve(self, port: int) -> None:
        os.environ["PARVIS_BIND"], os.environ["PARVIS_PORT"] = "127.0.0.1", str(port)
        os.environ.setdefault("PARVIS_PROCESSES", "1")
        os.environ.setdefault("PARVIS_SITE_URL", f"http://localhost:{port}")
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # whitenoise warns of a folder that is missing
        os.chdir(Path(settings.ROOT))
        connection.close()
        os.execv(  # noqa: S606 - our own interpreter, our own arguments
            sys.executable,
            [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi:application"],
        )
