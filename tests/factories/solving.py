"""Stand-ins for the solver's process: real processes that speak its protocol, well or badly."""

from __future__ import annotations

import sys

STEADY = """
import json, signal, sys, time
request = json.loads(sys.stdin.read())
stopped = []
signal.signal(signal.SIGTERM, lambda *_: stopped.append(1))
{body}
"""
SAYS_DONE = """
print(json.dumps({"progress": 0.5, "hard": 1, "cost": 9, "seconds": 0.1}), flush=True)
done = {"hard": 0, "cost": 3, "seconds": 0.2, "placements": request.get("placements", {})}
print(json.dumps({"done": done}), flush=True)
"""
UNTIL_STOPPED = """
while not stopped:
    print(json.dumps({"progress": 0.1, "hard": 0, "cost": 5, "seconds": 0.1}), flush=True)
    time.sleep(0.05)
print(json.dumps({"done": {"hard": 0, "cost": 5, "placements": {}}}), flush=True)
"""
DEAF = "signal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('{}', flush=True)\ntime.sleep(60)\n"
SILENT = "time.sleep(60)\n"
GARBAGE = "print('Traceback: not JSON', flush=True)\ntime.sleep(60)\n"
KILLED = "import os\nsys.stderr.write('no memory left')\nsys.stderr.flush()\nos.kill(os.getpid(), signal.SIGKILL)\n"
BROKEN = "raise SystemExit('it broke')\n"
REFUSING = """
print(json.dumps({"refused": {"sentence": "%(path)s is missing.", "params": {"path": "days"}}}), flush=True)
"""


def stand_in(body: str) -> tuple[str, ...]:
    """Return the command of a process that has read its request as `request`, and then does `body`."""
    return (sys.executable, "-c", STEADY.replace("{body}", body))
