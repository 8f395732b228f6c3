"""Rows of different lengths as two arrays: where each row begins, and all values one after the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from parvis.solver.kernel.arrays import Ints


def row_pointers(rows: Sequence[Sequence[int]]) -> Ints:
    """Return where each row begins, and where the last one ends."""
    return np.concatenate(([0], np.cumsum([len(row) for row in rows], dtype=np.int64))).astype(np.int64)


def row_values(rows: Sequence[Sequence[int]]) -> Ints:
    """Return the values of all rows."""
    return np.array([value for row in rows for value in row], np.int64)
