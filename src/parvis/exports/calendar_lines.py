"""Writes iCalendar (RFC 5545) as text: values escaped, lines folded, the venue's zone with its changes of clock.

Written here and not by a library, because a programme of 600 sessions must be ready long before 300 ms; the tests
read it back with two libraries of others (icalendar, khal).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

LONGEST_LINE = 75  # octets, without the line's end
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")  # what TEXT may not hold; a tab and a line's end may stand
_NOT_QUOTED = re.compile(r"[\x00-\x1f\x7f\"]")


def escaped(text: str) -> str:
    """Return a TEXT value: backslashes, semicolons, commas and line ends escaped, control characters left out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = _NOT_TEXT.sub("", lines).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return lines.replace("\n", "\\n")


def folded(line: str) -> bytes:
    """Return one content line in UTF-8, folded at 75 octets and never within a character, with its line end."""
    encoded = line.encode()
    if len(encoded) <= LONGEST_LINE:
        return encoded + b"\r\n"
    pieces = []
    room = LONGEST_LINE
    while len(encoded) > room:
        cut = room
        while encoded[cut] & 0xC0 == 0x80:  # a continuation byte: the character began before
            cut -= 1
        pieces.append(encoded[:cut])
        encoded = encoded[cut:]
        room = LONGEST_LINE - 1  # the space that begins a continued line
    pieces.append(encoded)
    return b"\r\n ".join(pieces) + b"\r\n"


def line(name: str, value: str, parameters: Mapping[str, str] | None = None) -> bytes:
    """Return a property whose `value` is written as it stands: a date, an address, a number, an escaped text."""
    said = "".join(f";{key}={_parameter(word)}" for key, word in (parameters or {}).items())
    return folded(f"{name}{said}:{value}")


def text_line(name: str, text: str, language: str = "") -> bytes:
    """Return a property that holds a text, with the language it is in."""
    return line(name, escaped(text), {"LANGUAGE": language} if language else None)


def _parameter(word: str) -> str:
    bare = _NOT_QUOTED.sub("", word)
    return f'"{bare}"' if any(sign in bare for sign in ":;,") else bare


def utc(moment: datetime) -> str:
    """Return a moment in UTC: 20230918T071500Z."""
    return local(moment.astimezone(UTC)) + "Z"


def local(moment: datetime) -> str:
    """Return a moment by the clock of its own zone, without naming it: 20230918T091500."""
    return moment.isoformat(timespec="seconds")[:19].replace("-", "").replace(":", "")


def _offset(delta: timedelta) -> str:
    seconds = int(delta.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    minutes, odd = divmod(rest, 60)
    return f"{'-' if seconds < 0 else '+'}{hours:02d}{minutes:02d}{f'{odd:02d}' if odd else ''}"


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """Yield the moments (UTC) between two at which the zone's clocks change."""
    before = first
    while before < last:
        after = min(before + timedelta(days=1), last)
        if before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            low, high = before, after
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2
                same = middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            yield high.replace(microsecond=0)
        before = after


def zone_lines(name: str, first_year: int, last_year: int) -> Iterator[bytes]:
    """Yield the VTIMEZONE of a zone, right from the first day of one year to the last of another."""
    zone = ZoneInfo(name)
    begin, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    yield line("BEGIN", "VTIMEZONE")
    yield line("TZID", name)
    yield from _observance(zone, begin, begin)
    for change in _changes(zone, begin, end):
        yield from _observance(zone, change - timedelta(seconds=1), change)
    yield line("END", "VTIMEZONE")


def _observance(zone: ZoneInfo, before: datetime, at: datetime) -> Iterator[bytes]:
    was, now = before.astimezone(zone), at.astimezone(zone)
    offset = was.utcoffset() or timedelta(0)
    kind = "DAYLIGHT" if (now.dst() or timedelta(0)) > timedelta(0) else "STANDARD"
    yield line("BEGIN", kind)
    yield line("DTSTART", local((at + offset).replace(tzinfo=None)))  # by the clock as it stood before
    yield line("TZOFFSETFROM", _offset(offset))
    yield line("TZOFFSETTO", _offset(now.utcoffset() or timedelta(0)))
    yield text_line("TZNAME", now.tzname() or "")
    yield line("END", kind)
