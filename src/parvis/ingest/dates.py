"""Dates and times as spreadsheets and people write them: day before month, as in France."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from parvis.domain.text import fold
from parvis.ingest.raw import Cell
from parvis.ingest.refusals import (
    DateNotUnderstood,
    DateTimeNotUnderstood,
    MonthNotUnderstood,
    TimeNotUnderstood,
)

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier january janv jan",
            "fevrier february fevr fev feb",
            "mars march mar",
            "avril april avr apr",
            "mai may",
            "juin june jun",
            "juillet july juil jul",
            "aout august aug",
            "septembre september sept sep",
            "octobre october oct",
            "novembre november nov",
            "decembre december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_FRENCH = re.compile(r"^(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}|\d{2})$")
_IN_WORDS = re.compile(r"^(?:[a-z]+ )?(\d{1,2})(?:er|st|nd|rd|th)? ([a-z]+) (\d{4})$")
_MONTH_FIRST = re.compile(r"^([a-z]+) (\d{1,2}) (\d{4})$")
_TIME = re.compile(
    r"^(\d{1,2})\s*(?:(?:h|:|heures?)\s*(\d{1,2})?(?:\s*(?:min|mn))?(?::(\d{2})(?:[.,](\d{1,6}))?)?)\s*(am|pm)?$"
    r"|^(\d{1,2})\s*(am|pm)$",
    re.IGNORECASE,
)
_DATE_THEN_TIME = re.compile(
    r"^(.*?\d{2,4})(?:\s*(?:à|a|at|,|-)\s*|\s+)(\d{1,2}\s*(?:[h:]|heures?).*|\d{1,2}\s*[ap]m)$"
)
_OFFSET = re.compile(r"\s*(Z|[+-]\d{2}:?\d{2})$")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel's day 0; a cell knows no zone
_FIRST_SERIAL, _LAST_SERIAL = 1, 73_415  # 1900 to 2100


def _valid(year: int, month: int, day: int) -> date | None:
    if year < 100:
        year += 2000
    try:
        return date(year, month, day) if 1900 <= year <= 2100 else None
    except ValueError:
        return None


def _date_in(text: str) -> date | None:
    if found := _ISO.match(text):
        return _valid(int(found[1]), int(found[2]), int(found[3]))
    if found := _FRENCH.match(text):
        return _valid(int(found[3]), int(found[2]), int(found[1]))
    folded = fold(text)
    if (found := _IN_WORDS.match(folded)) and found[2] in _MONTHS:
        return _valid(int(found[3]), _MONTHS[found[2]], int(found[1]))
    if (found := _MONTH_FIRST.match(folded)) and found[1] in _MONTHS:
        return _valid(int(found[3]), _MONTHS[found[1]], int(found[2]))
    return None


def _time_in(text: str) -> time | None:
    found = _TIME.match(text)
    if not found:
        return None
    hour = int(found[1] or found[6])
    half = (found[5] or found[7] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return time(hour, int(found[2] or 0), int(found[3] or 0), int((found[4] or "0").ljust(6, "0")))
    except ValueError:
        return None


def _from_serial(number: float) -> datetime | None:
    """Return what Excel means by a day number: 45187.395833 is 18 September 2023, 9:30."""
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return None
    moment = _EPOCH + timedelta(days=number)
    rounded = moment + timedelta(microseconds=500)
    return rounded.replace(microsecond=rounded.microsecond // 1000 * 1000)


def read_date(cell: Cell) -> date | None:
    """Return the date in a cell; the time of day beside it is dropped only when it is midnight.

    Raises `DateNotUnderstood`.
    """
    moment: date | None = None
    if isinstance(cell, datetime):
        moment = cell.date() if cell.time() == time() else None
    elif isinstance(cell, date):
        moment = cell
    elif isinstance(cell, float | int) and not isinstance(cell, bool):
        serial = _from_serial(cell) if float(cell).is_integer() else None
        moment = serial.date() if serial else None
    elif isinstance(cell, str):
        moment = _date_in(re.sub(r"[T ]00:00(?::00(?:\.0+)?)?$", "", cell))
        if moment is None and re.fullmatch(r"\d{5}", cell):
            serial = _from_serial(int(cell))
            moment = serial.date() if serial else None
    if moment is None or not 1900 <= moment.year <= 2100:
        raise DateNotUnderstood(value=_shown(cell))
    return moment


def month_of(cell: Cell) -> date | None:
    """Return the first day of the month in a cell: « octobre 2024 », "10/2024", "2024-10", or any date of it.

    Raises `MonthNotUnderstood`.
    """
    if isinstance(cell, str):
        found = re.fullmatch(r"(\d{1,2})[/.-](\d{4})", cell)
        year, month = (int(found[2]), int(found[1])) if found else (0, 0)
        if not found and (found := re.fullmatch(r"(\d{4})-(\d{1,2})", cell)):
            year, month = int(found[1]), int(found[2])
        if not found and (found := re.fullmatch(r"([a-z]+) (\d{4})", fold(cell))):
            year, month = int(found[2]), _MONTHS.get(found[1], 0)
        if found:
            first = _valid(year, month, 1) if year > 100 else None
            if first is None:
                raise MonthNotUnderstood(value=cell)
            return first
    try:
        day = read_date(cell)
    except DateNotUnderstood as error:
        raise MonthNotUnderstood(value=_shown(cell)) from error
    return day.replace(day=1) if day else None


def read_time(cell: Cell) -> time | None:
    """Return the time of day in a cell: 9h30, 9:30, 14 h, or a fraction of a day. Raises `TimeNotUnderstood`."""
    moment: time | None = None
    if isinstance(cell, time):
        moment = cell
    elif isinstance(cell, timedelta) and timedelta() <= cell < timedelta(days=1):
        moment = (_EPOCH + cell).time()
    elif isinstance(cell, float | int) and not isinstance(cell, bool) and 0 <= cell < 1:
        moment = (_EPOCH + timedelta(seconds=round(cell * 86_400))).time()
    elif isinstance(cell, datetime) and cell.date() <= date(1900, 1, 1):
        moment = cell.time()
    elif isinstance(cell, str):
        moment = _time_in(cell)
    if moment is None:
        raise TimeNotUnderstood(value=_shown(cell))
    return moment


def read_datetime(cell: Cell) -> datetime | None:
    """Return the date and time in a cell, naive (the venue's time) unless it names an offset from UTC.

    A date alone is its midnight. Raises `DateTimeNotUnderstood`.
    """
    moment: datetime | None = None
    if isinstance(cell, datetime):
        moment = cell
    elif isinstance(cell, date):
        moment = datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001
    elif isinstance(cell, float | int) and not isinstance(cell, bool):
        moment = _from_serial(cell)
    elif isinstance(cell, str):
        moment = _datetime_in(cell)
    if moment is None or not 1900 <= moment.year <= 2100:
        raise DateTimeNotUnderstood(value=_shown(cell))
    return moment


def _datetime_in(text: str) -> datetime | None:
    offset: timedelta | None = None
    if "T" in text or re.search(r"\d:\d\d", text):
        found = _OFFSET.search(text)
        if found and re.match(r"\d{4}-", text):
            text = text[: found.start()]
            sign = found[1]
            digits = sign[1:].replace(":", "")
            offset = timedelta() if sign == "Z" else timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
            if sign.startswith("-"):
                offset = -offset
    iso = re.match(r"^(\d{4}-\d{1,2}-\d{1,2})[T ](.+)$", text)
    if iso:
        day, rest = _date_in(iso[1]), iso[2]
    else:
        parts = re.match(
            r"^(.*?\d{2,4})(?:\s*(?:à|a|at|,|-)\s*|\s+)(\d{1,2}\s*(?:[h:]|heures?).*|\d{1,2}\s*[ap]m)$", text
        )
        day, rest = (_date_in(parts[1].strip()), parts[2]) if parts else (_date_in(text), "")
    if day is None:
        return None
    at = _time_in(rest.strip()) if rest else time()
    if at is None:
        return None
    moment = datetime.combine(day, at)
    return moment if offset is None else (moment - offset).replace(tzinfo=UTC)


def _shown(cell: Cell) -> str:
    return cell if isinstance(cell, str) else str(cell)
