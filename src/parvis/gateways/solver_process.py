"""The solver as a process of its own: a request goes in, lines come out, and nothing is left running.

A child can be killed without harm to whoever serves pages, gives its memory back, and is the only place where the
solver's libraries are imported. Should the worker itself be killed, the child ends by itself: it writes a line several
times a second, and nobody reads it any more.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

SOURCES = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "parvis.solver")
# What the child is told of this process: where programs and caches are, and nothing secret.
TOLD = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZDIR", "XDG_CACHE_HOME", "PYTHONDONTWRITEBYTECODE")
PREFIXES = ("NUMBA_", "PARVIS_SOLVER")
TICK_S = 0.5  # a silent child gives a sign of life to the reader of its lines this often
GRACE_S = 15.0  # a child that was asked to stop has so long to answer with the best so far
KEPT_OF_STDERR = 4_000  # characters, for the log
LONGEST_LINE = 50_000_000  # bytes


class NoAnswer(Exception):
    """The child ended without an answer, or with something that is none; the message is for the log.

    `killed`: a signal ended it, which it was not sent from here.
    """

    def __init__(self, message: str, *, killed: bool = False) -> None:
        super().__init__(message)
        self.killed = killed


class TooLate(NoAnswer):
    """The child did not end when it was asked to."""


class SolverProcess:
    """A child at work. Read its `lines` to the end; `stop` asks it for the best so far."""

    def __init__(self, request: Mapping[str, Any], command: Sequence[str] = COMMAND) -> None:
        self._child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(),
            start_new_session=True,  # Ctrl-C in a terminal is for the worker, which then ends it
        )
        self._lines: queue.Queue[bytes | None] = queue.Queue(maxsize=1_000)
        self._complaints: deque[str] = deque(maxlen=40)
        self._stopped_at: float | None = None
        self._given_up = False
        content = json.dumps(request, ensure_ascii=False).encode("utf-8", "surrogatepass")
        threads = ((self._feed, (content,)), (self._read, ()), (self._listen, ()))
        for target, given in threads:
            threading.Thread(target=target, args=given, daemon=True).start()

    @property
    def pid(self) -> int:
        """The child's number in the system."""
        return self._child.pid

    def lines(self, *, within: float) -> Iterator[dict[str, Any] | None]:
        """Yield each line that the child writes, and None every `TICK_S` in which it writes none.

        After `within` seconds it is asked to stop. Raises `NoAnswer` where a line is no JSON object, or where the child
        ends with an error; `TooLate` where it goes on `GRACE_S` after it was asked to stop.
        """
        deadline = time.monotonic() + within
        while True:
            now = time.monotonic()
            if now > deadline:
                self.stop()
            if self._stopped_at is not None and now > self._stopped_at + GRACE_S:
                raise TooLate(f"no answer {GRACE_S} s after it was asked to stop. {self.complaints}")
            try:
                line = self._lines.get(timeout=TICK_S)
            except queue.Empty:
                yield None
                continue
            if line is None:
                self._check_end()
                return
            yield _read(line)

    def stop(self) -> None:
        """Ask the child to end with the best so far; asking twice is asking once."""
        if self._stopped_at is None:
            self._stopped_at = time.monotonic()
            with suppress(ProcessLookupError):
                self._child.terminate()

    @property
    def complaints(self) -> str:
        """The end of what the child wrote to standard error."""
        return "".join(self._complaints)[-KEPT_OF_STDERR:]

    def close(self) -> None:
        """See that the child is gone, and that nobody waits for it."""
        self._given_up = True
        if self._child.poll() is None:
            self._child.kill()
        with suppress(queue.Empty):
            while True:
                self._lines.get_nowait()
        self._child.wait()

    def _check_end(self) -> None:
        code = self._child.wait()
        if code == 0:
            return
        killed = code < 0 and self._stopped_at is None
        raise NoAnswer(f"the solver ended with {code}. {self.complaints}", killed=killed)

    def _feed(self, content: bytes) -> None:
        with suppress(BrokenPipeError):  # it ended before it had read all: its exit code says why
            _pipe(self._child.stdin).write(content)
        with suppress(BrokenPipeError):
            _pipe(self._child.stdin).close()

    def _read(self) -> None:
        with _pipe(self._child.stdout) as pipe:
            while line := pipe.readline(LONGEST_LINE):
                self._hand(line)
        self._hand(None)

    def _hand(self, line: bytes | None) -> None:
        while not self._given_up:
            with suppress(queue.Full):
                self._lines.put(line, timeout=TICK_S)
                return

    def _listen(self) -> None:
        with _pipe(self._child.stderr) as pipe:
            while piece := pipe.readline(KEPT_OF_STDERR):
                self._complaints.append(piece.decode(errors="replace"))


@contextmanager
def solver_process(request: Mapping[str, Any], command: Sequence[str] | None = None) -> Iterator[SolverProcess]:
    """Start a child for a request, as `parvis.solver.requests` takes it; at the end it is gone, whatever happened."""
    process = SolverProcess(request, command or COMMAND)
    try:
        yield process
    finally:
        process.close()


def _environment() -> dict[str, str]:
    told = {name: value for name, value in os.environ.items() if name in TOLD or name.startswith(PREFIXES)}
    return {**told, "PYTHONPATH": str(SOURCES), "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise TypeError("the child was started without this pipe")
    return pipe


def _read(line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise NoAnswer(f"no line of JSON: {line[:200]!r}")
    return value
