"""Keeps documents that are costly to make: each is made once per machine, and few are made at the same time.

A file's name says what it holds (`typst_compiler.document_key`), so that nothing kept can be out of date: another
release, another text, another template is another name. What was not read for long is removed where room is needed.
"""

from __future__ import annotations

import fcntl
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from parvis.domain.refusals import N_, Refusal

logger = logging.getLogger(__name__)

AT_ONCE = 2  # documents made at the same time on one machine
WAITING = 6  # threads of one process that may wait for theirs: the others go on serving pages
PATIENCE_S = 30.0
MOST_BYTES = 512 * 1024 * 1024


class TooManyDocuments(Refusal):
    """So many documents are being made that one more would take the machine from everybody else."""

    sentence = N_("Many documents are being made at this moment. Try again in half a minute.")


class KeptFiles:
    """Files in a folder that all processes of a machine share. One instance per process is enough."""

    def __init__(
        self,
        folder: Path,
        *,
        at_once: int = AT_ONCE,
        waiting: int = WAITING,
        patience_s: float = PATIENCE_S,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self.folder = folder
        self.at_once = at_once
        self.patience_s = patience_s
        self.most_bytes = most_bytes
        self._places = threading.BoundedSemaphore(waiting)

    def get_or_make(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return the file kept under `key` (hexadecimal), or make it, keep it and return it.

        Whoever asks for the same key meanwhile waits and is given the same bytes. Raises `TooManyDocuments` where too
        many wait already or the wait is too long, and whatever `make` raises. A folder that cannot be written leaves
        the bound in force within the process, and keeps nothing.
        """
        path = self.folder / key[:2] / f"{key[2:]}.kept"
        found = self._read(path)
        if found is not None:
            return found
        if not self._places.acquire(blocking=False):
            raise TooManyDocuments
        try:
            with self._turn(key):
                found = self._read(path)
                if found is not None:
                    return found
                made = make()
                self._write(path, made)
                return made
        finally:
            self._places.release()

    @staticmethod
    def _read(path: Path) -> bytes | None:
        try:
            body = path.read_bytes()
            if time.time() - path.stat().st_mtime > 3600:
                os.utime(path)  # was read: is not the next to go
        except OSError:
            return None
        return body

    @contextmanager
    def _turn(self, key: str) -> Iterator[None]:
        """Wait for a turn: one lock file for each document made at once; the same key always takes the same lock."""
        lock = self.folder / f"turn-{int(key[:8], 16) % self.at_once}.lock"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            logger.warning("Documents cannot be kept in %s: %s", self.folder, error)
            yield
            return
        try:
            self._lock(handle)
            yield
        finally:
            os.close(handle)  # gives the lock back

    def _lock(self, handle: int) -> None:
        until = time.monotonic() + self.patience_s
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    raise TooManyDocuments from None
                time.sleep(0.05)
            else:
                return

    def _write(self, path: Path, body: bytes) -> None:
        unfinished = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(body)
            unfinished.replace(path)
        except OSError as error:
            logger.warning("A document could not be kept in %s: %s", path, error)
            with suppress(OSError):
                unfinished.unlink()
            return
        self._make_room()

    def _make_room(self) -> None:
        """Remove what was read the longest ago, until what is kept fits."""
        files: list[tuple[float, int, Path]] = []
        for path in self.folder.glob("*/*"):
            with suppress(OSError):  # another process was first
                known = path.stat()
                files.append((known.st_mtime, known.st_size, path))
        whole = sum(size for _read_at, size, _path in files)
        for _read_at, size, path in sorted(files):
            if whole <= self.most_bytes:
                break
            with suppress(OSError):
                path.unlink()
            whole -= size
