"""Where and when a session may take place: inside the edition, in a free room, its speakers in one place at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from parvis.domain.refusals import N_, Refusal

LONGEST = timedelta(hours=14)


class OutsideEdition(Refusal):
    """A session takes place on a day of its edition."""

    sentence = N_("%(day)s is not a day of this edition, which runs from %(first)s to %(last)s.")


class EditionHasNoDays(Refusal):
    """Nothing is placed before the days are known."""

    sentence = N_("The edition has no dates yet: set them before you place sessions.")


class RoomTaken(Refusal):
    """One session at a time in a room."""

    sentence = N_("The room is taken by “%(title)s”, from %(starts)s to %(ends)s.")


class SpeakerTaken(Refusal):
    """Nobody speaks in two places at once."""

    sentence = N_("%(person)s speaks at the same time in “%(title)s”, from %(starts)s to %(ends)s.")


class SessionMustLast(Refusal):
    """A session lasts from one minute to fourteen hours."""

    sentence = N_("A session lasts at least one minute and at most fourteen hours.")


class MandateOfAnother(Refusal):
    """One speaks as what one is oneself."""

    sentence = N_("This mandate belongs to somebody else.")


class SessionWasPublic(Refusal):
    """What the public has read of is cancelled, not made to vanish."""

    sentence = N_("“%(title)s” has been published: cancel it instead, so that those who planned to come are told.")


class SessionIsCancelled(Refusal):
    """A cancelled session is restored before it is placed."""

    sentence = N_("“%(title)s” is cancelled. Restore it before you place it.")


@dataclass(frozen=True, slots=True)
class Slot:
    """A session at its place and time; times are aware. `speakers` are people's keys with their names."""

    session_id: int
    title: str
    room_id: int
    starts_at: datetime
    ends_at: datetime
    speakers: dict[int, str] = field(default_factory=dict)

    def overlaps(self, other: Slot) -> bool:
        """Tell whether two slots share a moment; one may begin when the other ends."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def check_placement(
    wanted: Slot, others: Iterable[Slot], *, first_day: date | None, last_day: date | None, zone: ZoneInfo
) -> None:
    """Raise the refusal that tells why a session cannot be where and when `wanted` says.

    `others` are the other sessions that take place; days and hours are those of the venue's `zone`.
    Raises `SessionMustLast`, `EditionHasNoDays`, `OutsideEdition`, `RoomTaken`, `SpeakerTaken`.
    """
    if not timedelta() < wanted.ends_at - wanted.starts_at <= LONGEST:
        raise SessionMustLast(field="duration_min")
    if first_day is None or last_day is None:
        raise EditionHasNoDays(field="day")
    day = wanted.starts_at.astimezone(zone).date()
    if not first_day <= day <= last_day:
        raise OutsideEdition(
            day=f"{day:%d/%m/%Y}", first=f"{first_day:%d/%m/%Y}", last=f"{last_day:%d/%m/%Y}", field="day"
        )
    for other in others:
        if other.session_id == wanted.session_id or not wanted.overlaps(other):
            continue
        hours = {
            "title": other.title,
            "starts": f"{other.starts_at.astimezone(zone):%H:%M}",
            "ends": f"{other.ends_at.astimezone(zone):%H:%M}",
        }
        if other.room_id == wanted.room_id:
            raise RoomTaken(field="room", **hours)
        for person_id, name in wanted.speakers.items():
            if person_id in other.speakers:
                raise SpeakerTaken(person=name, **hours)
