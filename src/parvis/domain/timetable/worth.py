"""What participants' choices are worth, and how much of it people can attend at given hours.

A ranked list is worth 4 for the first choice, 3 for the second, 2 for the third, 1 for each other; a starred session
is worth 2. Nobody attends two sessions at once: one person's best is a weighted interval scheduling (Kleinberg and
Tardos, *Algorithm Design*, 2005, 6.1), what several people can attend between them a largest k-colourable set of
intervals (Carlisle and Lloyd, *On the k-coloring of intervals*, 1995). Where one session ends another may begin.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence

from parvis.domain.timetable.problem import Registration

OF_RANKS = (4, 3, 2)  # the first choice, the second, the third
OF_OTHERS = 1
OF_STARRED = 2


def worth_of_choices(registration: Registration) -> tuple[tuple[str, int], ...]:
    """Return each session that a participant chose, once, with its worth. One named twice keeps its better rank."""
    distinct = tuple(dict.fromkeys(registration.choices))
    if not registration.ranked:
        return tuple((session, OF_STARRED) for session in distinct)
    others = (OF_OTHERS,) * (len(distinct) - len(OF_RANKS))
    return tuple(zip(distinct, OF_RANKS + others, strict=False))


def attendable(spans: Iterable[tuple[int, int, int]]) -> int:
    """Return the largest worth that one person can attend of sessions given as start, end (minutes) and worth."""
    ends: list[int] = []
    best = [0]  # the best of the first n that end
    for end, start, worth in sorted([(end, start, worth) for start, end, worth in spans]):
        with_it = best[bisect_right(ends, start)] + worth
        ends.append(end)
        best.append(with_it if with_it > best[-1] else best[-1])
    return best[-1]


def coverable(spans: Sequence[tuple[int, int]], people: int) -> int:
    """Return how many sessions, given as start and end (minutes), so many people can attend between them.

    By start; whenever more run than there are people, the one that ends last is let go.
    """
    if len(spans) <= people:
        return len(spans)
    running: list[int] = []  # the ends of those attended now, the first first
    let_go = 0
    for start, end in sorted(spans):
        if running and running[0] <= start:
            del running[: bisect_right(running, start)]
        insort(running, end)
        if len(running) > people:
            running.pop()
            let_go += 1
    return len(spans) - let_go
