"""Writes the fictional files of the demo anew."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from parvis.demo.generate import SEED, generate


class Command(BaseCommand):
    """Needed only when the demo itself changes: the files are in the repository."""

    help = "Writes the fictional files of the demo edition from a seed number."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the seed."""
        parser.add_argument("--seed", type=int, default=SEED)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the files and say how many rows they have."""
        for name, rows in generate(options["seed"]).items():
            self.stdout.write(f"{name}: {rows}")
