"""What no timetable can cost less than: each session's cheapest place by itself."""

from __future__ import annotations

import numpy as np

from parvis.solver.kernel.arrays import SOFT
from parvis.solver.model import Model


def lower_bound(model: Model) -> int:
    """Return a bound on what the wishes cost where no hard rule is broken.

    Every other cost is at least nothing, and a session costs at least what its cheapest place costs by itself, or the
    tray.
    """
    facts = model.facts
    if not facts.sessions:
        return 0
    tray = facts.unplaced & SOFT
    if not facts.rooms or not facts.slots:
        return int(tray.sum())
    placed = (facts.room_cost & SOFT).min(axis=1) + (facts.start_cost & SOFT).min(axis=1)
    hard_tray = facts.unplaced > SOFT
    return int(np.where(hard_tray, placed, np.minimum(tray, placed)).sum())
