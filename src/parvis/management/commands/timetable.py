"""`./parvis timetable`: makes and judges timetables from files, without a site and without a database."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext, override

from parvis.domain.refusals import Refusal
from parvis.domain.timetable.cosplib.schedules import schedule_of
from parvis.domain.timetable.cosplib.timetables import timetable_of
from parvis.domain.timetable.in_words import in_words
from parvis.domain.timetable.json_form import Timetable, dumped, loaded, read_timetable, write_timetable
from parvis.domain.timetable.placements import Placements
from parvis.domain.timetable.violations import score_of, violations
from parvis.exports.cosplib import write_schedule
from parvis.exports.refusals import say
from parvis.ingest.cosplib import read_cosplib
from parvis.management.progress import ProgressBar
from parvis.solver.search import Budget
from parvis.solver.solve import Progress, Solution, solve

MOST_SHOWN = 20


class Command(BaseCommand):
    """Solves a timetable, judges one, or solves an instance of CoSPLib."""

    help = "Makes a timetable from a JSON file or a CoSPLib workbook, and says what is wrong with one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do, with which file, for how long."""
        tasks = parser.add_subparsers(dest="task", required=True, metavar="TASK")
        solving = tasks.add_parser("solve", help="make a timetable, or go on with one (the JSON form)")
        judging = tasks.add_parser("check", help="say what is wrong with a timetable (the JSON form)")
        instance = tasks.add_parser("cosplib", help="solve an instance of CoSPLib and write its schedule")
        for task in (solving, judging, instance):
            task.add_argument("file", type=Path, metavar="FILE")
            task.add_argument("--lang", choices=["fr", "en"], default="en", help="language of the report")
        for task in (solving, instance):
            task.add_argument("--seconds", type=float, default=None, help="how long to search (20 by itself)")
            task.add_argument("--moves", type=int, help="how many moves to try instead: the same seed, the same result")
            task.add_argument("--seed", type=int, default=1)
            task.add_argument("--workers", type=int, default=2, help="how many search side by side")
            task.add_argument("-o", "--output", type=Path, help="where to write the result")
        solving.add_argument("--stay", nargs="*", default=[], metavar="SESSION", help="sessions that keep their place")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; exit with 1 where a file is refused, with 2 where it cannot be read or written."""
        with override(options["lang"]):
            try:
                getattr(self, f"_{options['task']}")(options["file"].read_bytes(), options)
            except Refusal as refusal:
                raise CommandError(f"{options['file'].name}: {say(refusal)}", returncode=1) from None
            except OSError as error:
                raise CommandError(f"{error.filename}: {error.strerror or error}", returncode=2) from None

    def _solve(self, content: bytes, options: dict[str, Any]) -> None:
        timetable = read_timetable(loaded(content))
        solution = self._search(timetable, options)
        written = write_timetable(timetable.problem, timetable.rules, solution.placements)
        if options["output"]:
            options["output"].write_text(dumped(written), encoding="utf-8")
        else:
            self.stdout.write(json.dumps(written["placements"], ensure_ascii=False, indent=1))

    def _check(self, content: bytes, options: dict[str, Any]) -> None:
        timetable = read_timetable(loaded(content))
        found = violations(timetable.problem, timetable.rules, timetable.placements)
        score = score_of(found)
        self.stdout.write(f"hard: {score.hard}, cost: {score.cost}, placed: {len(timetable.placements)}")
        for violation in found[:MOST_SHOWN]:
            weight = "hard" if violation.hard else str(violation.cost)
            self.stdout.write(f"  {weight:>8}  {in_words(violation.words, options['lang'], gettext)}")
        if len(found) > MOST_SHOWN:
            self.stdout.write(f"  … {len(found) - MOST_SHOWN}")

    def _cosplib(self, content: bytes, options: dict[str, Any]) -> None:
        instance = read_cosplib(content, options["file"].name)
        solution = self._search(timetable_of(instance), options)
        if options["output"]:
            options["output"].write_bytes(write_schedule(schedule_of(instance, solution.placements)))

    def _search(self, timetable: Timetable, options: dict[str, Any]) -> Solution:
        seconds = options["seconds"]
        if seconds is None and options["moves"] is None:
            seconds = 20.0
        with ProgressBar(sys.stderr) as bar:

            def tell(progress: Progress) -> None:
                name = f"{progress.hard} + {progress.cost}"
                bar.step(name, int(progress.share * 1000), 1000)

            solution = solve(
                timetable.problem,
                timetable.rules,
                Placements(timetable.placements),
                stay=options.get("stay") or (),
                budget=Budget(seconds, options["moves"]),
                seed=options["seed"],
                workers=options["workers"],
                progress=tell,
            )
        bound = "" if solution.bound is None else f", no less than {solution.bound} is possible"
        self.stderr.write(
            f"hard: {solution.score.hard}, cost: {solution.score.cost}{bound}"
            f"{' (proven optimal)' if solution.proven else ''}; {solution.moves} moves in {solution.seconds:.1f} s"
        )
        return solution
