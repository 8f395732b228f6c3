"""The solver as a process of its own: one request as JSON on standard input, lines of JSON on standard output.

    in   {"task": "solve", "timetable": {…}, "seconds": 20, "seed": 1, "stay": ["a session's key"], "only": […]}
    out  {"progress": 0.35, "hard": 0, "cost": 812, "seconds": 7.1}
    out  {"done": {…}}  or  {"refused": {"sentence": "…", "params": {…}}}

`json_form` says what a timetable looks like; `requests` what each task takes and answers. Whoever wants it to stop
sends SIGTERM: it answers with the best so far. A process of its own can be killed without harm, and keeps libraries
that take seconds to import and hundreds of megabytes out of those that serve pages.
"""

from __future__ import annotations

import json
import signal
import sys
from types import FrameType
from typing import Any

from parvis.domain.refusals import Refusal
from parvis.domain.timetable.json_form import loaded
from parvis.solver.requests import answer


def main() -> int:
    """Answer the request on standard input; return the exit code."""
    asked_to_stop: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        asked_to_stop.append(number)

    signal.signal(signal.SIGTERM, stop)
    try:
        done = answer(loaded(sys.stdin.buffer.read()), say=_say, stopped=lambda: bool(asked_to_stop))
        _say({"done": done})
    except Refusal as refusal:
        params = {name: str(value) for name, value in refusal.params.items()}
        _say({"refused": {"sentence": refusal.sentence, "params": params}})
    return 0


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
