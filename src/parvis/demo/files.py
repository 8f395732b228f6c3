"""The files of the demo, read and written; what the parts of the generator share."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from parvis.domain.text import fold

FOLDER = Path(__file__).parent / "rencontres-2023"
DAYS = (datetime(2023, 9, 18), datetime(2023, 9, 19))  # noqa: DTZ001 - the venue's clock, as a hand scanner writes it
LOCAL_KINDS = {"commune", "epci", "departement", "region", "overseas"}


@dataclass
class House:
    """An organisation that takes part, as the sheet of participants writes it."""

    name: str
    kind: str
    country: str = "FR"
    code: str = ""
    names: str = "fr"
    size: int = 1
    present: bool = True
    people: list[dict[str, object]] = field(default_factory=list)


@dataclass
class Cast:
    """Everybody who registers: rows of the sheet, and who of them comes."""

    rows: list[dict[str, object]]
    present: list[dict[str, object]]


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a CSV as French Excel writes it: semicolons, UTF-8 with its mark."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def read_sessions() -> list[dict[str, str]]:
    """Return the lines of the sheet of sessions."""
    with (FOLDER / "06-sessions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def read_presidents() -> list[dict[str, str]]:
    """Return the groups with their (fictional) presidents, as the sheet of groups has them."""
    with (FOLDER / "04-groups.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file, delimiter=";") if row["Nom du président"]]


def address_of(first: str, last: str) -> str:
    """Return an address that can receive nothing: .invalid is reserved for that (RFC 2606)."""
    return f"{fold(first).replace(' ', '-')}.{fold(last).replace(' ', '-')}@exemple.invalid"
