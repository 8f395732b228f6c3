"""Moments as whole minutes from an origin, and what a clock on the wall shows at them.

Inside the timetable a moment is one integer: the minutes that have *elapsed* since `origin`. A solver wants
integers; elapsed minutes make lengths, overlaps and rests right on the night when clocks change, across midnight and
in zones that are half an hour off, without one special case. What people read and write is the venue's wall clock:
this file is the only place where one becomes the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from parvis.domain.refusals import N_, Refusal

FIRST_YEAR, LAST_YEAR = 1950, 2200


class UnknownZone(Refusal):
    """A time zone is one of the IANA database."""

    sentence = N_("There is no time zone “%(zone)s”: write it like Europe/Paris.")


class NotAWholeMinute(Refusal):
    """Timetables know no seconds."""

    sentence = N_("%(found)s is not a whole minute.")


class OutOfTime(Refusal):
    """Moments are within reason."""

    sentence = N_("%(found)s is out of reach: moments are in the years from 1950 to 2200.")


class HourDoesNotExist(Refusal):
    """On the night when clocks go forward, an hour is missing."""

    sentence = N_("%(found)s does not exist in %(zone)s: the clocks go forward then.")


class HourExistsTwice(Refusal):
    """On the night when clocks go back, an hour comes twice."""

    sentence = N_("%(found)s comes twice in %(zone)s, as the clocks go back: write it with its offset, like +02:00.")


def zone_named(name: str) -> ZoneInfo:
    """Return a time zone. Raises `UnknownZone`."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown; not a name at all; the name of a folder
        raise UnknownZone(zone=name) from None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Counts minutes from `origin`, an aware moment, and shows them in `zone`."""

    zone: str
    origin: datetime

    def __post_init__(self) -> None:
        """Raise `UnknownZone`, `NotAWholeMinute`, `OutOfTime`."""
        zone_named(self.zone)
        _check(self.origin)
        object.__setattr__(self, "origin", self.origin.astimezone(UTC))

    @classmethod
    def from_day(cls, zone: str, first_day: date) -> Timeline:
        """Return the timeline whose origin is the first moment of a day in a zone."""
        at = zone_named(zone)
        # Where clocks go forward at midnight the day begins at one: reading 00:00 with the offset before gives that.
        return cls(zone, datetime.combine(first_day, time(), tzinfo=at))

    def minute(self, moment: datetime) -> int:
        """Return the minutes from the origin to an aware moment. Raises `NotAWholeMinute`, `OutOfTime`."""
        _check(moment)
        return (moment.astimezone(UTC) - self.origin) // timedelta(minutes=1)

    def moment(self, minute: int) -> datetime:
        """Return the aware moment at a minute, as the venue's clocks show it. Raises `OutOfTime`."""
        try:
            moment = self.origin + timedelta(minutes=minute)
        except OverflowError:
            raise OutOfTime(found=minute) from None
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise OutOfTime(found=minute)
        return moment.astimezone(ZoneInfo(self.zone))

    def minute_at(self, day: date, hour: time) -> int:
        """Return the minute at which the venue's clocks show `hour` on `day`.

        Raises `HourDoesNotExist` and `HourExistsTwice` in the nights when clocks change.
        """
        return self.minute_of_wall(datetime.combine(day, hour))

    def minute_of_wall(self, wall: datetime) -> int:
        """Return the minute at which the venue's clocks show `wall`, a moment without a zone."""
        zone = ZoneInfo(self.zone)
        first, second = wall.replace(tzinfo=zone, fold=0), wall.replace(tzinfo=zone, fold=1)
        found = wall.isoformat(" ", timespec="minutes")
        _check(first)
        if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0) != wall.replace(fold=0):
            raise HourDoesNotExist(found=found, zone=self.zone)
        if first.utcoffset() != second.utcoffset():
            raise HourExistsTwice(found=found, zone=self.zone)
        return self.minute(first)


def _check(moment: datetime) -> None:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise OutOfTime(found=moment.isoformat())
    offset = moment.utcoffset()
    if moment.second or moment.microsecond or (offset is not None and offset % timedelta(minutes=1)):
        raise NotAWholeMinute(found=moment.isoformat())
