"""Content lines of RFC 5545: what is written is what a reader of others reads."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Event, Timezone

from parvis.exports.calendar_lines import LONGEST_LINE, escaped, folded, text_line, zone_lines

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from('\n\t\\;,:"'), max_size=300)


@given(TEXTS)
def test_any_text_comes_back(text: str) -> None:
    written = text_line("SUMMARY", text)
    for piece in written.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(piece) <= LONGEST_LINE
        piece.decode()  # never cut within a character
    event = Event.from_ical(b"BEGIN:VEVENT\r\n" + written + b"END:VEVENT\r\n")
    assert str(event["SUMMARY"]) == text


def test_folding_counts_octets() -> None:
    assert folded("A" * 75) == b"A" * 75 + b"\r\n"
    assert folded("A" * 76) == b"A" * 75 + b"\r\n A\r\n"
    assert folded("é" * 38) == "é".encode() * 37 + b"\r\n " + "é".encode() + b"\r\n"


def test_a_line_end_cannot_begin_another_property() -> None:
    assert escaped("a\r\nATTACH:x") == "a\\nATTACH:x"
    assert text_line("SUMMARY", "é", 'fr"\r\nX:').startswith(b'SUMMARY;LANGUAGE="frX:"')


@pytest.mark.parametrize(
    "name",
    [
        "Europe/Paris",
        "Europe/Dublin",
        "Africa/Dakar",
        "Africa/Casablanca",
        "America/St_Johns",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Asia/Kathmandu",
        "UTC",
    ],
)
@pytest.mark.parametrize("year", [2011, 2023])
def test_a_zone_reads_as_the_real_one_at_every_hour(name: str, year: int) -> None:
    """The component alone, without the reader's own knowledge of the name, shows the same clock all year round."""
    body = b"".join(zone_lines(name, year, year))
    component = Timezone.from_ical(body)
    assert isinstance(component, Timezone)
    read, real = component.to_tz(lookup_tzid=False), ZoneInfo(name)
    moment, end = datetime(year, 1, 1, 12, tzinfo=UTC), datetime(year, 12, 31, tzinfo=UTC)
    while moment < end:
        wall = moment.astimezone(real).replace(tzinfo=None)
        expected = wall.replace(tzinfo=real)
        if expected.astimezone(UTC) == moment and not _unclear(wall, real):
            assert wall.replace(tzinfo=read).utcoffset() == expected.utcoffset(), wall
        moment += timedelta(hours=1)


def _unclear(wall: datetime, zone: ZoneInfo) -> bool:
    """Tell whether a clock shows this time twice, or whether readers may differ by the fold."""
    return wall.replace(tzinfo=zone, fold=0).utcoffset() != wall.replace(tzinfo=zone, fold=1).utcoffset()
