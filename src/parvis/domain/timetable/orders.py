"""Which sessions come before which: each order is between two, and orders never close a circle."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

from parvis.domain.refusals import N_, Refusal
from parvis.domain.timetable.fields import A_DAY

Key = TypeVar("Key", bound=Hashable)


class OrderOfItself(Refusal):
    """An order is between two sessions."""

    sentence = N_("A session cannot come before itself: choose two.")


class OrderClosesCircle(Refusal):
    """Nothing comes before itself by way of others."""

    sentence = N_(
        "These sessions would each come before the next, in a circle: %(circle)s. Take one of the orders away."
    )


class GapOutOfBounds(Refusal):
    """The minutes between two sessions are within a day."""

    sentence = N_("From 0 to %(most)s minutes may lie between two sessions.")


def circle_closed_by(before: Key, after: Key, orders: Iterable[tuple[Key, Key]]) -> list[Key]:
    """Return the shortest circle that one more order would close, from `before` back to it; empty where it closes none.

    `orders` are the others, as (before, after).
    """
    if before == after:
        return [before, before]
    following: dict[Key, list[Key]] = {}
    for one, other in orders:
        following.setdefault(one, []).append(other)
    came_from: dict[Key, Key] = {}
    waiting = [after]
    for here in waiting:  # it grows while it is read: breadth first, hence the shortest
        for there in following.get(here, ()):
            if there != after and there not in came_from:
                came_from[there] = here
                waiting.append(there)
    if before not in came_from:
        return []
    path = [before]
    while path[-1] != after:
        path.append(came_from[path[-1]])
    return [before, *reversed(path)]


def check_gap(gap_min: int) -> None:
    """Raise `GapOutOfBounds` for minutes that do not fit a day."""
    if not 0 <= gap_min <= A_DAY:
        raise GapOutOfBounds(field="gap_min", most=A_DAY)


def check_order(before: Key, after: Key, orders: Iterable[tuple[Key, Key]], titles: Mapping[Key, str]) -> None:
    """Raise the refusal that tells why one session cannot come before another, given the other orders.

    Raises `OrderOfItself`, `OrderClosesCircle` with the titles of the circle.
    """
    if before == after:
        raise OrderOfItself(field="after")
    circle = circle_closed_by(before, after, orders)
    if circle:
        raise OrderClosesCircle(field="after", circle=" → ".join(titles.get(key, str(key)) for key in circle))
