"""A bar of progress for long work on a terminal; a line per step where the output is not one."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TextIO

WIDTH = 28
EVERY_S = 0.08


class ProgressBar:
    """Shows the step, how far it is, and how long it took."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.live = stream.isatty()
        self._name = ""
        self._shown_at = 0.0
        self._began = 0.0

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.live and self._name:
            self.stream.write("\n")
        self._name = ""

    def step(self, name: str, done: int, total: int) -> None:
        """Show that `done` of `total` rows of the step `name` are through."""
        now = time.monotonic()
        if name != self._name:
            self._name, self._began = name, now
            self._shown_at = 0.0
        finished = done >= total
        if self.live and (finished or now - self._shown_at >= EVERY_S):
            self._shown_at = now
            filled = WIDTH * done // max(total, 1)
            bar = "█" * filled + "·" * (WIDTH - filled)
            self.stream.write(f"\r  {name:<22.22} {bar} {done}/{total}\x1b[K")
            if finished:
                self.stream.write("\n")
                self._name = ""
            self.stream.flush()
        elif not self.live and finished:
            self.stream.write(f"  {name}: {done} ({now - self._began:.1f} s)\n")
            self.stream.flush()
