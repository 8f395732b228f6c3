"""Moves on the desk: where a session stood and where it stands, what may be moved, and what a move may be undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from parvis.domain.refusals import N_, Refusal
from parvis.domain.timetable.verdicts import Violation, Words


class BreaksRules(Refusal):
    """A session is not put where it breaks a hard rule that holds where it stands now, unless somebody insists (R20).

    `violations` are the rules that would be broken; `session` is the key of the session that is put there. Where the
    refusal is said (`exports.refusals`), each of them is, from that session's side.
    """

    sentence = N_("The session cannot stand there.")

    def __init__(self, violations: Sequence[Violation], *, session: str = "", field: str | None = None) -> None:
        self.violations = tuple(violations)
        self.session = session
        super().__init__(field=field)
        self.args = (f"{self.sentence} {', '.join(violation.key for violation in self.violations)}",)

    @property
    def words(self) -> tuple[Words, ...]:
        """What is broken, from the session's side, for `in_words`."""
        return tuple(violation.seen_from(self.session) for violation in self.violations)


class MovedSince(Refusal):
    """Nobody undoes under somebody else's hands: what was moved again meanwhile stays where it was put."""

    sentence = N_("“%(title)s” has been moved again since, by %(who)s: it stays where it is.")


class NothingToUndo(Refusal):
    """A move is undone once."""

    sentence = N_("This move has been undone already.")


class PlacementIncomplete(Refusal):
    """A session stands in a room at a time, or in the tray."""

    sentence = N_("A session is placed in a room and at a time: give both, or neither.")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a session stands, and how long it lasts: room and start are both None in the tray."""

    room: int | None
    starts_at: datetime | None
    duration_min: int
    pinned: bool = False

    def __post_init__(self) -> None:
        """Raise `PlacementIncomplete`."""
        if (self.room is None) != (self.starts_at is None):
            raise PlacementIncomplete(field="room" if self.room is None else "starts_at")

    @classmethod
    def between(cls, room: int, starts_at: datetime, ends_at: datetime, *, pinned: bool = False) -> Standing:
        """Return a place in a room from one moment to another."""
        return cls(room, starts_at, int((ends_at - starts_at).total_seconds() // 60), pinned)

    def in_the_tray(self) -> Standing:
        """Return the tray, with the same length; a pin holds nothing there."""
        return Standing(None, None, self.duration_min)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values, times in UTC."""
        return {
            "room": self.room,
            "starts_at": None if self.starts_at is None else self.starts_at.astimezone(UTC).isoformat(),
            "duration_min": self.duration_min,
            "pinned": self.pinned,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Standing:
        """Return what `to_json` wrote."""
        starts_at = value.get("starts_at")
        return cls(
            room=value.get("room"),
            starts_at=None if starts_at is None else datetime.fromisoformat(starts_at),
            duration_min=int(value["duration_min"]),
            pinned=bool(value.get("pinned", False)),
        )

    def is_where(self, other: Standing) -> bool:
        """Tell whether both are the same place, time and length; a pin does not matter."""
        return (self.room, self.starts_at, self.duration_min) == (other.room, other.starts_at, other.duration_min)


def newly_broken(before: Sequence[Violation], after: Sequence[Violation]) -> list[Violation]:
    """Return the hard rules that a move breaks and that were kept, or broken less, where the session stood before."""
    known = {violation.key: violation.amount for violation in before if violation.hard}
    return [found for found in after if found.hard and found.amount > known.get(found.key, 0)]
