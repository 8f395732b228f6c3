"""Times the printed programme and the session sheets at 60 and at 600 sessions.

    .venv/bin/python bench/printed_programme.py [--runs 5]

Makes both editions in a database of its own, publishes them, and makes each document from its release. Prints, for
each, pages, kilobytes, the milliseconds to lay the release out as data, those to compile it (median of the runs, and
the processor's, which a busy machine does not lengthen), and the memory that the compiling process took at most; then
how many documents a crowd had made at once.
"""

from __future__ import annotations

import argparse
import io
import os
import resource
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"

import django  # noqa: E402

django.setup()

from django.test.runner import DiscoverRunner  # noqa: E402
from pypdf import PdfReader  # noqa: E402

from parvis.domain.access import system_actor  # noqa: E402
from parvis.domain.programme.release import ReleaseContent  # noqa: E402
from parvis.exports.programme_pdf import Paper, Printing, programme_document, render_programme  # noqa: E402
from parvis.exports.session_sheets_pdf import (  # noqa: E402
    render_session_sheets,
    session_sheets_document,
    sheet_sessions,
)
from parvis.gateways.kept_files import KeptFiles, TooManyDocuments  # noqa: E402
from parvis.gateways.typst_compiler import document_key  # noqa: E402
from parvis.queries.releases import get_release_content, list_public_editions  # noqa: E402
from parvis.services.releases import publish_release  # noqa: E402
from tests.factories.editions import an_edition, fill  # noqa: E402

SIZES = ((60, 120, 600, 190), (600, 1000, 4000, 1200))  # sessions, speakers, attendees, organisations
ADDRESS = "https://rencontres.example.org/2023/programme/"


def released(sessions: int, speakers: int, attendees: int, organisations: int) -> tuple[ReleaseContent, Printing]:
    """Return the release of an edition of that size."""
    edition = an_edition()
    fill(edition, sessions=sessions, speakers=speakers, attendees=attendees, organisations=organisations)
    publish_release(actor=system_actor("bench"), edition_id=edition.pk, accept_violations=True)
    known = list_public_editions()[0]
    content = get_release_content(known)
    assert content is not None and known.release_number is not None and known.released_at is not None
    return content, Printing(known.release_number, known.released_at, ADDRESS)


def processor_seconds() -> float:
    """Return the processor time of this process and of those that it waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def measure(
    name: str, sessions: int, document: Callable[[], dict[str, Any]], make: Callable[[dict[str, Any]], bytes], runs: int
) -> None:
    """Make the document `runs` times and print a line of the table."""
    laid, compiled, worked, body = [], [], [], b""
    for _ in range(runs):
        began = time.perf_counter()
        data = document()
        between, busy = time.perf_counter(), processor_seconds()
        body = make(data)
        laid.append((between - began) * 1000)
        compiled.append((time.perf_counter() - between) * 1000)
        worked.append((processor_seconds() - busy) * 1000)
    apart = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    pages = len(PdfReader(io.BytesIO(body)).pages)
    print(
        f"| {sessions} | {name} | {pages} | {len(body) // 1024:,} | {statistics.median(laid):.0f} "
        f"| {statistics.median(compiled):,.0f} | {statistics.median(worked):,.0f} | {apart or '—'} |",
        flush=True,
    )


def crowd(content: ReleaseContent, printing: Printing) -> None:
    """Let forty threads ask for forty different sheets and for the programme at the same time."""
    running = most = made = refused = 0
    counting = threading.Lock()

    def counted(data: dict[str, Any], render: Callable[..., bytes]) -> bytes:
        nonlocal running, most, made
        with counting:
            running += 1
            made += 1
            most = max(most, running)
        try:
            return render(data, made_at=printing.released_at)
        finally:
            with counting:
                running -= 1

    with tempfile.TemporaryDirectory() as folder:
        files = KeptFiles(Path(folder), waiting=40)
        documents: list[tuple[dict[str, Any], Callable[..., bytes]]] = [
            (session_sheets_document(content, [session], "fr", printing), render_session_sheets)
            for session in sheet_sessions(content)[:20]
        ]
        documents += [(programme_document(content, "fr", Paper.A4, printing), render_programme)] * 20

        def ask(data: dict[str, Any], render: Callable[..., bytes]) -> None:
            nonlocal refused
            key = document_key(Path(__file__), data, made_at=printing.released_at)
            try:
                files.get_or_make(key, lambda: counted(data, render))
            except TooManyDocuments:
                refused += 1

        threads = [threading.Thread(target=ask, args=document) for document in documents]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        spent = time.perf_counter() - began
    print(f"\nA crowd of 40 for 21 documents: {made} made, at most {most} at once, {refused} refused, {spent:.1f} s.")


def measure_all(content: ReleaseContent, printing: Printing, sessions: int, runs: int) -> None:
    """Print the lines of one size."""

    def sheets(count: int) -> dict[str, Any]:
        return session_sheets_document(content, sheet_sessions(content)[:count], "fr", printing)

    def programme(paper: Paper) -> dict[str, Any]:
        return programme_document(content, "fr", paper, printing)

    def on_sheets(data: dict[str, Any]) -> bytes:
        return render_session_sheets(data, made_at=printing.released_at)

    def as_booklet(data: dict[str, Any]) -> bytes:
        return render_programme(data, made_at=printing.released_at)

    measure("one sheet", sessions, lambda: sheets(1), on_sheets, runs)
    measure("programme A4", sessions, lambda: programme(Paper.A4), as_booklet, runs)
    measure("programme A5", sessions, lambda: programme(Paper.A5), as_booklet, runs)
    measure("all sheets", sessions, lambda: sheets(sessions), on_sheets, runs)


def main() -> None:
    """Measure both sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    print("| sessions | document | pages | kB | data ms | compile ms | CPU ms | MB apart |\n" + "|---" * 8 + "|")
    for size in SIZES:
        runner = DiscoverRunner(verbosity=0, interactive=False)
        databases = runner.setup_databases()
        try:
            content, printing = released(*size)
            measure_all(content, printing, size[0], runs)
            crowd(content, printing)
        finally:
            runner.teardown_databases(databases)


main()
