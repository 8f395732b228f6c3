"""`./parvis import`: brings spreadsheets in, with a dry run, a bar of progress and a report row by row."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext, override

from parvis.domain.access import system_actor
from parvis.domain.imports import OUTCOME_NAMES, ImportSheet, NothingRefused, Outcome, SheetPlan, refused_rows
from parvis.domain.refusals import Refusal
from parvis.exports.refusals import say
from parvis.ingest.import_sheets import import_sheets_of
from parvis.ingest.kinds import KINDS
from parvis.ingest.sheets import open_file
from parvis.ingest.tables import content_of
from parvis.management.progress import ProgressBar
from parvis.queries.editions import find_edition_id
from parvis.services.imports.plan import apply_import, plan_import

MOST_SHOWN = 50


class Command(BaseCommand):
    """Imports one or several files, each whole or not at all."""

    help = "Imports CSV, XLSX or ODS files: organisations, people, participants, sessions, partners and more."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the files, their edition and kind."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--edition", help="what stands in the edition's address, such as 2023")
        parser.add_argument("--kind", choices=sorted(KINDS), help="what the files list; recognised by itself otherwise")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
        parser.add_argument("--lang", choices=["fr", "en"], default="fr", help="language of the report")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import file after file; stop at the first that is refused."""
        with override(options["lang"]):
            for path in options["files"]:
                try:
                    self._import(path, options)
                except Refusal as refusal:
                    raise CommandError(f"{path.name}: {say(refusal)}", returncode=1) from None
                except OSError as error:
                    raise CommandError(f"{path}: {error.strerror or error}", returncode=2) from None

    def _import(self, path: Path, options: dict[str, Any]) -> None:
        actor = system_actor("command line", channel="command")
        opened = open_file(content_of(path), path.name, kind=options["kind"], language=options["lang"])
        sheets = import_sheets_of(opened)
        edition_id = find_edition_id(options["edition"]) if options["edition"] else None
        with ProgressBar(sys.stderr) as bar:
            if options["dry_run"]:
                plans = plan_import(
                    actor=actor,
                    sheets=sheets,
                    edition_id=edition_id,
                    progress=lambda done, total: bar.step(path.name, done, total),
                )
            else:
                plans = self._apply(actor, path, sheets, edition_id, bar)
        self._report(path, plans, dry_run=options["dry_run"])

    def _apply(
        self, actor: Any, path: Path, sheets: list[ImportSheet], edition_id: int | None, bar: ProgressBar
    ) -> list[SheetPlan]:
        try:
            return apply_import(
                actor=actor,
                sheets=sheets,
                edition_id=edition_id,
                filename=path.name,
                progress=lambda done, total: bar.step(path.name, done, total),
            )
        except NothingRefused:
            return plan_import(actor=actor, sheets=sheets, edition_id=edition_id)

    def _report(self, path: Path, plans: list[SheetPlan], *, dry_run: bool) -> None:
        for plan in plans:
            counted = ", ".join(
                f"{gettext(OUTCOME_NAMES[Outcome(outcome)])}: {number}" for outcome, number in plan.counts().items()
            )
            self.stdout.write(f"{path.name} [{plan.kind}]  {counted}")
            refused = [row for row in plan.rows if row.outcome == Outcome.REFUSED]
            for row in refused[:MOST_SHOWN]:
                for column, value, reason in row.reasons:
                    place = f"{row.number}" + (f", {column}" if column else "") + (f" « {value} »" if value else "")
                    self.stdout.write(f"  {place}: {say(reason)}")
            if len(refused) > MOST_SHOWN:
                self.stdout.write(f"  … {len(refused) - MOST_SHOWN}")
        refusals = refused_rows(plans)
        if refusals:
            raise NothingRefused(number=refusals)
        if dry_run:
            self.stdout.write(gettext("Nothing was written: this was a dry run."))
