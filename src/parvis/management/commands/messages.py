"""`./parvis messages`: collects the sentences to translate, or says which are missing."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.management.catalog_files import LANGUAGES, compile_stale


class Command(BaseCommand):
    """Keeps the text catalogues in step with the code."""

    help = "Collects the sentences to translate into the catalogues of each area."
    requires_system_checks: list[str] = []  # it must run while pages are half written

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer the check and the compilation alone."""
        parser.add_argument("--check", action="store_true", help="change nothing; fail when something is missing")
        parser.add_argument("--compile", action="store_true", help="only compile what is newer than its compiled form")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run what the options ask."""
        if not options["check"]:
            if not options["compile"]:
                self._update()
            for path in compile_stale():
                self.stdout.write(f"Compiled {path.name} of {path.parents[3].name}.")
        if options["check"] or not options["compile"]:
            self._report(fail=options["check"])

    def _update(self) -> None:
        from parvis.management.catalogs import update

        for language in LANGUAGES:
            for area, count in update(language).items():
                self.stdout.write(f"{language} {area}: {count} messages.")

    def _report(self, *, fail: bool) -> None:
        from parvis.management.catalogs import faults

        count = 0
        for language in LANGUAGES:
            found = faults(language)
            count += len(found)
            for fault in found:
                self.stdout.write(f"{language} {fault.area}: {fault.sentence}")
            for area, number in sorted(Counter(fault.area for fault in found).items()):
                self.stdout.write(f"{language} {area}: {number} to mend.")
        if count and fail:
            raise CommandError(f"{count} messages are not ready. Run ./parvis messages, then fill in what is listed.")
        if not count:
            self.stdout.write("Every message has its translation.")
