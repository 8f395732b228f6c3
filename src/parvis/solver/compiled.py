"""`compiled`: a function that numba compiles, once for a machine, into a cache on disk; or runs as it is.

Both paths give the same result to the last bit: whole numbers, and floating point only multiplied and compared. Set
`PARVIS_SOLVER=interpreted` to run without numba: forty times slower, and good for stepping through.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])


def _numba() -> Any:
    if os.environ.get("PARVIS_SOLVER", "") == "interpreted":
        return None
    try:
        import numba
    except ImportError:  # no wheel for this Python yet
        return None
    return numba


numba = _numba()
IS_COMPILED: bool = numba is not None


def cache_folder() -> Path:
    """Return where compiled code is kept: apart for each state of the sources, for numba sees no change in a callee."""
    here = Path(__file__).parent
    seen = hashlib.sha256(f"{sys.version} {getattr(numba, '__version__', '')}".encode())
    for source in sorted([Path(__file__), *here.glob("kernel/*.py")]):
        seen.update(source.read_bytes())
    given = os.environ.get("PARVIS_SOLVER_CACHE") or os.environ.get("XDG_CACHE_HOME")
    try:
        home = Path(given) if given else Path.home() / ".cache"
        folder = home / "parvis" / "solver" / seen.hexdigest()[:16]
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # no home, or one that cannot be written
        folder = Path(tempfile.gettempdir()) / f"parvis-solver-{seen.hexdigest()[:16]}"
    return folder


if numba is not None:
    numba.config.CACHE_DIR = str(cache_folder())


def compiled(function: Function) -> Function:
    """Return the function compiled: it lets other threads run, and is kept on disk for the next process."""
    if numba is None:
        return function
    done: Function = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    return done
