"""Measures the open formats at 60 sessions, 120 speakers, 600 attendees and at 600 sessions, 1,000 speakers.

    .venv/bin/python bench/feeds.py [--seconds 10] [--rounds 3]

Serves as `bench/public_pages.py` does (gunicorn, 2 processes of 8 threads; SQLite, or what `DATABASE_URL` asks for) and
runs `wrk -t2 -c16` on each format, warm. *First*: another process publishes, and the first reader of that format is
timed, the release being read and the file made meanwhile (median; the processor's time varies least between machines).
Needs wrk (`apt-get install wrk`).
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from public_pages import ROOT, environment, processor_seconds, run_wrk, wait_until_up

FORMATS = {
    "calendar": "/2023/programme.ics",
    "one speaker's calendar": "/2023/speakers/personne-1.ics",
    "schedule.xml": "/2023/schedule.xml",
    "schedule.json": "/2023/schedule.json",
    "changes (Atom)": "/2023/changes.atom",
    "workbook (XLSX)": "/2023/programme.xlsx",
    "sessions (CSV)": "/2023/sessions.csv",
    "open data (page)": "/2023/formats/",
}
LEAST_PER_SECOND = 50 * 15.1  # issue 3: 50 × the fastest peer's full page (../shared/bench/peers.md)
LONGEST_COLD_MS = 300.0
NOTICED_AFTER_S = 2.2  # a process asks for the stamp at most once a second


@dataclass(frozen=True)
class Size:
    """How large the edition is."""

    name: str
    sessions: int
    speakers: int


SIZES = (Size("small", 60, 120), Size("large", 600, 1000))

# The factory puts more sessions into a room than it can hold, which is nothing to feeds: published all the same.
FILL = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
from parvis.domain.access import system_actor
from parvis.services.releases import publish_release
from tests.factories.editions import an_edition, fill
edition = an_edition()
fill(edition, sessions={sessions}, speakers={speakers}, attendees=600, organisations=190)
publish_release(actor=system_actor("bench"), edition_id=edition.pk, accept_violations=True)
"""

PUBLISH = """
import sys
import django; django.setup()
from parvis.domain.access import system_actor
from parvis.models import Edition, Session
from parvis.services.releases import publish_release
edition = Edition.objects.get(slug="2023")
for session in Session.objects.filter(edition=edition)[:5]:
    session.title_fr = "Titre " + sys.argv[1] + " de " + session.code
    session.save()
publish_release(actor=system_actor("bench"), edition_id=edition.pk, accept_violations=True)
"""


@dataclass(frozen=True)
class Cold:
    """The first answer after a release: what its reader waits, what it costs the processor (both in ms), its bytes."""

    waited: float
    cpu: float
    size: int


def first_after_a_release(address: str, env: dict[str, str], number: int, server: int) -> Cold:
    """Publish, wait until the server can notice, and time the first reader."""
    subprocess.run([sys.executable, "-c", PUBLISH, str(number)], check=True, env=env, cwd=ROOT)
    time.sleep(NOTICED_AFTER_S)
    spent = processor_seconds(server)
    began = time.perf_counter()
    with urllib.request.urlopen(address) as answer:
        size = len(answer.read())
    waited = (time.perf_counter() - began) * 1000
    return Cold(waited, (processor_seconds(server) - spent) * 1000, size)


def measure(size: Size, seconds: int, rounds: int) -> bool:
    """Fill, serve, measure and print one size; return whether everything was as fast as the issue asks."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    fast = True
    with tempfile.TemporaryDirectory() as folder:
        env = environment(Path(folder), port)
        fill = FILL.format(sessions=size.sessions, speakers=size.speakers)
        subprocess.run([sys.executable, "-c", fill], check=True, env=env, cwd=ROOT)
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "config/gunicorn.py"), "config.wsgi:application"],
            env=env,
            cwd=ROOT,
        )
        try:
            base = f"http://127.0.0.1:{port}"
            wait_until_up(base + "/robots.txt", server)
            for _ in range(8):  # so that both processes have read their modules: what is timed is the release
                with urllib.request.urlopen(base + "/2023/formats/?warm=up") as answer:
                    answer.read()
            number = 0
            for name, path in FORMATS.items():
                colds = []
                for _ in range(rounds):
                    number += 1
                    colds.append(first_after_a_release(base + path, env, number, server.pid))
                spent = processor_seconds(server.pid)
                runs = [run_wrk(base + path, seconds) for _ in range(rounds)]
                middle = statistics.median(run.per_second for run in runs)
                p50, p99 = (statistics.median(times) for times in zip(*((r.p50, r.p99) for r in runs), strict=True))
                errors = sum(run.errors for run in runs)
                cpu = (processor_seconds(server.pid) - spent) * 1000 / sum(r.per_second * seconds for r in runs)
                speed = f"{middle:,.0f} | {p50:.1f} | {p99:.1f} | {cpu:.2f}"
                waited = [cold.waited for cold in colds]
                first = f"{statistics.median(waited):.0f} | {statistics.median(c.cpu for c in colds):.0f}"
                print(f"| {size.name} | {name} | {colds[-1].size:,} | {first} | {speed} | {errors} |", flush=True)
                slow = statistics.median(waited) > LONGEST_COLD_MS or middle < LEAST_PER_SECOND or errors > 0
                fast = fast and not slow
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)
    return fast


def main() -> int:
    """Measure both sizes; return 1 when a format is slower than the issue asks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--size", choices=[size.name for size in SIZES])
    options = parser.parse_args()
    print(f"Load before: {os.getloadavg()[0]:.1f}")
    print("| size | format | bytes | first ms | first, CPU ms | requests/s | p50 ms | p99 ms | CPU ms | errors |")
    print("|---" * 10 + "|")
    sizes = [size for size in SIZES if options.size in (None, size.name)]
    fast = [measure(size, options.seconds, options.rounds) for size in sizes]
    return int(not all(fast))


if __name__ == "__main__":
    sys.exit(main())
