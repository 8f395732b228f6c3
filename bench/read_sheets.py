"""Measure how long 40,000 participants take to be read from XLSX, and how much memory.

.venv/bin/python bench/read_sheets.py [rows]
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from parvis.exports.spreadsheets import write_sheet
from parvis.ingest.sheets import open_file


def participants(count: int) -> bytes:
    """Return an XLSX of `count` participants with every usual column filled."""
    return write_sheet(
        "participants",
        (
            {
                "gender": "FM"[number % 2],
                "first_name": f"Prénom{number % 500}",
                "last_name": f"Nom{number}",
                "email": f"personne{number}@example.org",
                "phone": "+33 1 23 45 67 89",
                "organisation": f"Ville de Rencontre-sur-Loire {number % 900}",
                "organisation_code": f"{10000 + number % 900}",
                "organisation_kind": "commune",
                "country": ("FR", "SN", "BJ", "MA")[number % 4],
                "title_fr": "Adjointe au maire chargée de l’action internationale",
                "category": "elected",
                "status": "confirmed",
                "language": "fr",
                "image_consent": True,
                "fictional": True,
                "external_reference": f"R{number:06}",
            }
            for number in range(count)
        ),
    )


def main() -> None:
    """Write the file in a child, read it here, print seconds and megabytes."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40_000
    path = Path(f"/tmp/parvis-bench-{count}.xlsx")  # noqa: S108
    if not path.exists():
        import subprocess

        subprocess.run([sys.executable, __file__, str(count), "--write", str(path)], check=True)
    content = path.read_bytes()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    start = time.perf_counter()
    opened = open_file(content, path.name, kind="participants")
    at_open = time.perf_counter()
    rows = sum(row.ok for row in opened.sheets[0].rows())
    end = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"file {len(content) / 1e6:.1f} MB, {rows} rows read: open {at_open - start:.2f} s, rows {end - at_open:.2f} s"
    )
    print(f"memory: {peak} MB at the most, {before} MB before")


if __name__ == "__main__":
    if "--write" in sys.argv:
        Path(sys.argv[-1]).write_bytes(participants(int(sys.argv[1])))
    else:
        main()
