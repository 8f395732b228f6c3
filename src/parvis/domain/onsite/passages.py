"""Passages: who stands inside a checkpoint, by the readings that stand; and taking one back.

A passage is a scan that was admitted, in or out, and not undone. What counts at a checkpoint is the latest passage of
a person by the moment at which it was scanned, whatever order the devices sent them in: so the same scans give the
same people inside, merged early or late.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from parvis.domain.onsite import Direction, Verdict
from parvis.domain.refusals import N_, Refusal

# An undo is written as a way out, so that no count of those who came in can take it for a presence.
UNDO_DIRECTION = Direction.OUT


class NothingToUndo(Refusal):
    """Only somebody who was let through can be taken back; a refusal let nobody through, an undo neither."""

    sentence = N_("This scan let nobody through, so there is nothing to take back.")


class AlreadyUndone(Refusal):
    """A scan is taken back once."""

    sentence = N_("This scan has been taken back already. Scan again to let the person through.")


class ScanOfAnotherDoor(Refusal):
    """A door takes back its own scans, and no other's."""

    sentence = N_("This scan was made at another door: take it back there, at “%(door)s”.")


@dataclass(frozen=True, slots=True)
class Passage:
    """One admitted reading that stands; times are aware."""

    direction: Direction
    scanned_at: datetime
    received_at: datetime


def latest_passage(passages: Iterable[Passage]) -> Passage | None:
    """Return the latest passage of one person at one checkpoint: by when it was scanned, then by when it came in.

    Of two in the very same instant the way in counts: nobody inside is lost.
    """
    return max(
        passages,
        key=lambda passage: (passage.scanned_at, passage.received_at, passage.direction is Direction.IN),
        default=None,
    )


def standing(passages: Iterable[Passage]) -> Direction | None:
    """Return which way somebody went through last: IN is inside now, OUT has left, None was never here."""
    last = latest_passage(passages)
    return None if last is None else last.direction


def may_be_undone(*, verdict: Verdict, is_undo: bool, is_undone: bool) -> bool:
    """Tell whether a scan can be taken back at its own door."""
    return verdict is Verdict.ADMITTED and not is_undo and not is_undone


def check_undo(*, verdict: Verdict, is_undo: bool, is_undone: bool, same_door: bool, door: str) -> None:
    """Raise `ScanOfAnotherDoor`, `NothingToUndo` or `AlreadyUndone` when a scan cannot be taken back here."""
    if not same_door:
        raise ScanOfAnotherDoor(door=door)
    if is_undo or verdict is not Verdict.ADMITTED:
        raise NothingToUndo
    if is_undone:
        raise AlreadyUndone
