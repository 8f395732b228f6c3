"""Measures the public pages of a small edition: 60 sessions, 120 speakers, 600 attendees (as ../shared/bench/peers.md).

    .venv/bin/python bench/public_pages.py [--seconds 10] [--rounds 3] [--sessions 60] [--speakers 120]
    .venv/bin/python bench/public_pages.py --sessions 600 --speakers 1000          a world congress of four days

Starts gunicorn (2 processes, gthread) with the settings that `DATABASE_URL` asks for (an empty PostgreSQL database,
production settings) or the demo's on a SQLite file of its own. For each page it publishes a release, times the first
request after it with a single reader (the processes have run before, what they kept is gone), then runs
`wrk -t2 -c16` on the warm page. Needs wrk (`apt-get install wrk`).
"""

from __future__ import annotations

import argparse
import os
import re
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

ROOT = Path(__file__).resolve().parents[1]
PAGES = {
    "programme": "/2023/programme/",
    "grid": "/2023/programme/grid/",
    "one theme": "/2023/programme/?theme=climat",
    "a session": "/2023/sessions/seance-3/",
    "speakers": "/2023/speakers/",
    "a speaker": "/2023/speakers/{speaker}/",
    "own programme": "/2023/mine/",
    "home": "/",
}
SMALL, LARGE = 60, 600  # sessions
# 100 × the fastest peer's full page at about that size; the front page 15 × the fastest thing that any peer serves.
LEAST = {
    SMALL: {"programme": 1935.0, "grid": 1510.0, "a session": 1510.0, "speakers": 2200.0, "home": 1935.0},
    LARGE: {"programme": 450.0, "grid": 450.0, "a session": 450.0, "speakers": 570.0},
}
FIRST_MS = 300.0  # the first request after a release


@dataclass(frozen=True)
class Run:
    """What one run of wrk said: requests per second, and milliseconds."""

    per_second: float
    p50: float
    p99: float
    errors: int


def environment(folder: Path, port: int) -> dict[str, str]:
    """Return the environment of the server and of the command that fills the database."""
    common = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        "PYTHONWARNINGS": "ignore",
        "PARVIS_PORT": str(port),
        "PARVIS_PROCESSES": "2",
        "PARVIS_THREADS": "8",
    }
    if os.environ.get("DATABASE_URL"):
        return {
            **common,
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "PARVIS_SECRET_KEY": "only-for-measuring",
            "PARVIS_HOSTS": "127.0.0.1",
            "PARVIS_SITE_URL": f"http://127.0.0.1:{port}",
            "PARVIS_MAIL_FROM": "bench@example.org",
            "PARVIS_HTTPS_ONLY": "no",
            "PARVIS_BEHIND_PROXY": "no",
        }
    return {
        **common,
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "PARVIS_DEMO_DATABASE": str(folder / "bench.sqlite3"),
    }


FILL = """
import sys, datetime
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
from parvis.domain.access import system_actor
from parvis.services.figures import take_snapshot
from parvis.services.releases import publish_release
from tests.factories.editions import an_edition, fill
from tests.factories.programmes import a_theme, fill_large
sessions, speakers, small = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
if sessions <= small:
    edition = an_edition()
    fill(edition, sessions=sessions, speakers=speakers, attendees=600, organisations=190)
    for session in edition.sessions.all()[::8]:
        session.themes.add(a_theme("climat"))
else:
    edition = an_edition(ends_on=datetime.date(2023, 9, 21))
    fill(edition, sessions=0, speakers=0, attendees=600, organisations=190)
    fill_large(edition, sessions=sessions, speakers=speakers)
actor = system_actor("bench")
take_snapshot(actor=actor, edition_id=edition.pk)
publish_release(actor=actor, edition_id=edition.pk, accept_violations=True)
"""
RELEASE = """
import django; django.setup()
from parvis.domain.access import system_actor
from parvis.models import Edition, Session
from parvis.services.releases import publish_release
session = Session.objects.order_by("pk").first()
session.title_fr += "."
session.save()
publish_release(actor=system_actor("bench"), edition_id=Edition.objects.get(slug="2023").pk, accept_violations=True)
"""
SEEN_AFTER_S = 2.5  # by every process (parvis.web.kept_pages)


def milliseconds(text: str) -> float:
    """Return wrk's duration (`1.23ms`, `950.00us`, `1.10s`) in milliseconds."""
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", text).groups()  # type: ignore[union-attr]
    return float(number) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[unit]


def run_wrk(address: str, seconds: int) -> Run:
    """Run wrk once with two threads and sixteen connections."""
    said = subprocess.run(
        ["wrk", "-t2", "-c16", f"-d{seconds}s", "--latency", address], check=True, capture_output=True, text=True
    ).stdout
    found = {name: milliseconds(value) for name, value in re.findall(r"\b(50|99)%\s+([\d.]+(?:us|ms|s))", said)}
    if "99" not in found:
        raise SystemExit(f"wrk measured nothing:\n{said}")
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    per_second = float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1))  # type: ignore[union-attr]
    return Run(per_second, found["50"], found["99"], int(wrong.group(1)) if wrong else 0)


def processor_seconds(pid: int) -> float:
    """Return the processor time that a process's children have used so far: gunicorn's processes (Linux)."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    ticks = 0
    for child in children:
        fields = Path(f"/proc/{child}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def wait_until_up(address: str, server: subprocess.Popen[bytes]) -> None:
    """Return once the server answers; raise when it stopped."""
    for _ in range(150):
        if server.poll() is not None:
            raise SystemExit("The server stopped: see its words above.")
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                answer.read()
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The server did not answer within 30 s.")


def first_after_release(address: str, pid: int, env: dict[str, str]) -> tuple[float, float, int]:
    """Publish a release; return how many milliseconds the first request takes, of which processor, and its size.

    On a machine that others use too, the processor's time says more than the clock's.
    """
    subprocess.run([sys.executable, "-c", RELEASE], check=True, env=env, cwd=ROOT)
    time.sleep(SEEN_AFTER_S)
    spent, began = processor_seconds(pid), time.perf_counter()
    with urllib.request.urlopen(address) as answer:
        size = len(answer.read())
    took = (time.perf_counter() - began) * 1000
    return took, (processor_seconds(pid) - spent) * 1000, size


def warm_up(base: str, pages: dict[str, str]) -> None:
    """Ask for every page often enough for both processes to have answered: what is measured is a release, no start."""
    for path in pages.values():
        for _ in range(6):
            with urllib.request.urlopen(base + path) as answer:
                answer.read()


def measure(name: str, address: str, pid: int, env: dict[str, str], options: argparse.Namespace) -> bool:
    """Measure one page, print its row, and tell whether it is as fast as the issue asks."""
    first, first_cpu, size = first_after_release(address, pid, env)
    spent = processor_seconds(pid)
    runs = [run_wrk(address, options.seconds) for _ in range(options.rounds)]
    middle = statistics.median(run.per_second for run in runs)
    p50, p99 = (statistics.median(times) for times in zip(*((r.p50, r.p99) for r in runs), strict=True))
    errors = sum(run.errors for run in runs)
    answered = sum(run.per_second * options.seconds for run in runs)
    cpu = (processor_seconds(pid) - spent) * 1000 / answered
    speed = f"{middle:,.0f} | {p50:.1f} | {p99:.1f} | {cpu:.2f}"
    print(f"| {name} | {size:,} | {first:.0f} ({first_cpu:.0f}) | {speed} | {errors} |", flush=True)
    least = LEAST[SMALL if options.sessions <= SMALL else LARGE].get(name, 0.0)
    return middle >= least and errors == 0 and first <= FIRST_MS


def main() -> int:
    """Fill, serve, measure, print; return 1 when a page is slower than the issue asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sessions", type=int, default=SMALL)
    parser.add_argument("--speakers", type=int, default=120)
    options = parser.parse_args()
    person = "personne-1" if options.sessions <= SMALL else "oratrice-1"
    pages = {name: path.replace("{speaker}", person) for name, path in PAGES.items()}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    fast = True
    with tempfile.TemporaryDirectory() as folder:
        env = environment(Path(folder), port)
        sizes = [str(options.sessions), str(options.speakers), str(SMALL)]
        subprocess.run([sys.executable, "-c", FILL, *sizes], check=True, env=env, cwd=ROOT)
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "config/gunicorn.py"), "config.wsgi:application"],
            env=env,
            cwd=ROOT,
        )
        try:
            base = f"http://127.0.0.1:{port}"
            wait_until_up(base + "/robots.txt", server)
            warm_up(base, pages)
            columns = "| page | bytes | first ms (CPU) | requests/s | p50 ms | p99 ms | CPU ms | errors |"
            print(f"{options.sessions} sessions, {options.speakers} speakers\n{columns}\n" + "|---" * 8 + "|")
            for name, path in pages.items():
                fast = measure(name, base + path, server.pid, env, options) and fast
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)
    return int(not fast)


if __name__ == "__main__":
    sys.exit(main())
