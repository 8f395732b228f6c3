"""Measures the door through the real server: scans per second at 8 clients (as ../shared/bench/peers.md, check-in).

    .venv/bin/python bench/door.py [--seconds 10] [--rounds 3] [--attendees 20000]

Starts gunicorn (2 processes, gthread) with the settings that `DATABASE_URL` asks for (an empty PostgreSQL database,
production settings) or the demo's on a SQLite file of its own. A volunteer's session posts codes by `wrk -t2 -c8`:
each of another person (admitted), then the same people again (already in), then parts of names (whom to choose from).
Every answer is the verdict as the page shows it. Afterwards the database must say what the door said: nobody admitted
twice, one scan and one entry of the log for each reading. Needs wrk (`apt-get install wrk`).
"""

from __future__ import annotations

import argparse
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from public_pages import ROOT, environment, milliseconds, processor_seconds, wait_until_up

PEERS = {"pretix": 22.1, "Indico": 64.1}  # check-ins per second
FEWEST = 64.1  # admitted per second: the fastest peer's

FILL = """
import django; django.setup()
import sys
from datetime import timedelta
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.utils import timezone
call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
from parvis.models import Account, Badge, Checkpoint, Registration, RoleGrant
from parvis.services.badges import new_badge_code
from tests.factories.editions import an_edition, fill
folder, attendees = sys.argv[1], int(sys.argv[2])
today = timezone.localdate()
edition = an_edition(status="on_site", starts_on=today, ends_on=today + timedelta(days=1))
fill(edition, sessions=60, speakers=120, attendees=attendees, organisations=190)
now = timezone.now()
rows = Registration.objects.filter(edition=edition).order_by("pk")
badges = [Badge(registration=row, code=new_badge_code(), issued_at=now) for row in rows]
Badge.objects.bulk_create(badges, batch_size=1000)
door = Checkpoint.objects.create(edition=edition, code="entrance-1", kind="entrance", name_fr="Entrée", day=today)
account = Account.objects.create_user("door@example.org", name="Door")
RoleGrant.objects.create(account=account, role="door")
session = SessionStore()
session[SESSION_KEY] = str(account.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = account.get_session_auth_hash()
session.save()
with open(f"{folder}/codes", "w") as file:
    file.write("\\n".join(badge.code for badge in badges))
print(f"{door.guid} {session.session_key}")
"""

CHECK = """
import django; django.setup()
from collections import Counter
from parvis.models import LogEntry, Scan
people = Counter(Scan.objects.filter(verdict="admitted").values_list("registration_id", flat=True))
twice = sum(times > 1 for times in people.values())
scans, told = Scan.objects.count(), LogEntry.objects.filter(action="registration.scanned").count()
print(f"{len(people):,} people admitted, {twice} of them twice; {scans:,} scans, {told:,} entries of the log")
assert twice == 0 and scans == told
"""


@dataclass(frozen=True)
class Measured:
    """One run of wrk: per second, milliseconds, how many were answered, and how many of these wrongly."""

    per_second: float
    p50: float
    p99: float
    answered: int
    errors: int


def run_wrk(address: str, readings: Path, *, seconds: int, skip: int) -> Measured:
    """Run wrk once with two threads and eight connections, beginning at reading `skip`."""
    command = ["wrk", "-t2", "-c8", f"-d{seconds}s", "--latency", "-s", str(ROOT / "bench/door.lua"), address]
    said = subprocess.run([*command, "--", str(readings), str(skip)], check=True, capture_output=True, text=True).stdout
    found = {name: milliseconds(value) for name, value in re.findall(r"\b(50|99)%\s+([\d.]+(?:us|ms|s))", said)}
    answered = re.search(r"(\d+) requests in", said)
    if "99" not in found or answered is None:
        raise SystemExit(f"wrk measured nothing:\n{said}")
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    per_second = float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1))  # type: ignore[union-attr]
    return Measured(per_second, found["50"], found["99"], int(answered[1]), int(wrong[1]) if wrong else 0)


def database_seconds() -> float:
    """Return the processor time that PostgreSQL's processes on this machine have used; 0 where there are none."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            head, _, tail = stat.read_text(encoding="ascii", errors="replace").rpartition(")")
        except OSError:
            continue
        if head.endswith("(postgres"):
            ticks += int(tail.split()[11]) + int(tail.split()[12])
    return ticks / 100


def main() -> int:
    """Fill, serve, measure, print, check; return 1 when the door is slower than the fastest peer or was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--attendees", type=int, default=20_000)
    options = parser.parse_args()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = {**environment(folder, port), "PARVIS_SECRET_KEY": "only-for-measuring " * 3}
        filled = subprocess.run(
            [sys.executable, "-c", FILL, name, str(options.attendees)],
            check=True, env=env, cwd=ROOT, capture_output=True, text=True,
        )  # fmt: skip
        guid, session = filled.stdout.split()
        token = "t" * 32
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={session}; csrftoken={token}; parvis_device=door-b00b1e",
            "X-CSRFToken": token,
            "X-Parvis-Fragment": "1",
        }
        words = [quote(f"participante {n}") for n in range(10, 99)]
        (folder / "names").write_text("\n".join(words), encoding="ascii")
        for readings in ("codes", "names"):
            lines = "\n".join(f"{key}: {value}" for key, value in headers.items())
            (folder / f"{readings}.headers").write_text(lines + "\n", encoding="ascii")
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "config/gunicorn.py"), "config.wsgi:application"],
            env=env, cwd=ROOT,
        )  # fmt: skip
        failed = False
        try:
            base = f"http://127.0.0.1:{port}"
            wait_until_up(base + "/robots.txt", server)
            address = f"{base}/door/{guid}/scan/"
            print("| reading | per second | p50 ms | p99 ms | CPU ms (web + database) | errors |\n" + "|---" * 6 + "|")
            skip = 0
            for what, readings in (("admitted", "codes"), ("already in", "codes"), ("a name", "names")):
                web, database = processor_seconds(server.pid), database_seconds()
                runs = []
                for _ in range(options.rounds):
                    runs.append(run_wrk(address, folder / readings, seconds=options.seconds, skip=skip))
                    if what == "admitted":
                        skip += runs[-1].answered + 64  # readings that were on their way at the end are left out
                if what == "admitted":
                    if skip >= options.attendees:
                        raise SystemExit("Everybody has come: measure shorter, or with more attendees.")
                    skip = 0
                answered = sum(run.answered for run in runs)
                web = (processor_seconds(server.pid) - web) * 1000 / answered
                database = (database_seconds() - database) * 1000 / answered
                middle = statistics.median(run.per_second for run in runs)
                p50, p99 = (statistics.median(times) for times in zip(*((r.p50, r.p99) for r in runs), strict=True))
                errors = sum(run.errors for run in runs)
                cpu = f"{web:.1f} + {database:.1f}" if env.get("DATABASE_URL") else f"{web:.1f}"
                print(f"| {what} | {middle:,.0f} | {p50:.1f} | {p99:.1f} | {cpu} | {errors} |", flush=True)
                failed = failed or errors > 0 or (what == "admitted" and middle < FEWEST)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)
        subprocess.run([sys.executable, "-c", CHECK], check=True, env=env, cwd=ROOT)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
