"""khal, a calendar of others, imports and prints what we write. It runs as its users run it: as a command."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from parvis.exports.calendars import programme_calendar
from tests.factories.release_contents import a_release

KHAL = Path(sys.executable).parent / "khal"
CONFIGURATION = """
[calendars]
[[rencontres]]
path = {folder}/rencontres
type = calendar
[locale]
timeformat = %H:%M
dateformat = %d/%m/%Y
longdateformat = %d/%m/%Y
datetimeformat = %d/%m/%Y %H:%M
longdatetimeformat = %d/%m/%Y %H:%M
local_timezone = {zone}
default_timezone = {zone}
[sqlite]
path = {folder}/khal.db
"""


class Khal:
    """khal with a calendar and a clock of its own."""

    def __init__(self, folder: Path, zone: str = "Europe/Paris") -> None:
        self.folder = folder
        (folder / "rencontres").mkdir()
        self.configuration = folder / "config"
        self.configuration.write_text(CONFIGURATION.format(folder=folder, zone=zone), encoding="utf-8")

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [KHAL, "--no-color", "-c", self.configuration, *arguments],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env={**os.environ, "HOME": str(self.folder), "PYTHONWARNINGS": "ignore", "LC_ALL": "C.UTF-8"},
        )
        assert done.returncode == 0, done.stderr
        assert "rror" not in done.stderr and "warning" not in done.stderr.lower(), done.stderr
        return done.stdout

    def take(self, body: bytes) -> None:
        file = self.folder / "programme.ics"
        file.write_bytes(body)
        self.run("import", "--batch", "-a", "rencontres", str(file))

    def list(self, day: str) -> list[str]:
        said = self.run("list", "--format", "{start-time}-{end-time}|{title}|{location}|{status}", day, "1d")
        return sorted(line.strip() for line in said.splitlines() if "|" in line)  # khal orders equals by chance


@pytest.fixture
def khal(tmp_path: Path) -> Khal:
    return Khal(tmp_path)


def feed(*, release: int = 1, called_off: str = "", moved: str = "") -> bytes:
    content = a_release()
    if moved:
        first = replace(content.sessions[0], room="b", starts_at=moved, ends_at=moved.replace(":00", ":45", 1))
        content = replace(content, sessions=[first, *content.sessions[1:]])
    return programme_calendar(
        content,
        language="fr",
        site="https://example.org/2023/",
        written_at=datetime(2023, 9, release, tzinfo=UTC),
        release=release,
        source="https://example.org/2023/programme.ics",
        called_off=called_off,
    )


def test_khal_imports_the_programme(khal: Khal) -> None:
    khal.take(feed())
    assert khal.list("18/09/2023") == [
        "11:15-12:45|Café|Salle A, Nord, Cité des Sciences, Paris|CONFIRMED",
        "11:15-12:45|Énergie : agir, ensemble|Salle A, Nord, Cité des Sciences, Paris|CONFIRMED",
    ]
    assert khal.list("19/09/2023") == [
        "09:00-10:30|Groupe-pays Sénégal|Salle B, Cité des Sciences, Paris|CONFIRMED",
        "11:00-12:30|Annulée\u202f: Eau|Salle A, Nord, Cité des Sciences, Paris|CANCELLED",
    ]


def test_a_later_release_replaces_what_khal_holds(khal: Khal) -> None:
    khal.take(feed())
    khal.take(feed(release=2, moved="2023-09-18T16:00+02:00"))
    held = khal.list("18/09/2023")
    assert len(held) == 2
    assert "16:00-16:45|Énergie : agir, ensemble|Salle B, Cité des Sciences, Paris|CONFIRMED" in held


def test_khal_knows_that_the_edition_was_called_off(khal: Khal) -> None:
    khal.take(feed())
    khal.take(feed(release=2, called_off="Le lieu est fermé."))
    assert all(line.endswith("|CANCELLED") for line in khal.list("18/09/2023") + khal.list("19/09/2023"))


def test_a_traveller_sees_the_venues_hours_by_their_own_clock(tmp_path: Path) -> None:
    khal = Khal(tmp_path, zone="America/Cayenne")
    khal.take(feed())
    assert khal.list("18/09/2023")[1].startswith("06:15-07:45|Énergie")


def test_khal_prints_the_file_without_importing_it(khal: Khal, tmp_path: Path) -> None:
    file = tmp_path / "feed.ics"
    file.write_bytes(feed())
    said = khal.run("printics", "--format", "{start} {title} {description}", str(file))
    assert "18/09/2023 11:15 Énergie : agir, ensemble" in said
    assert "Awa Sarr, maire de Kayar (Modération)" in said
