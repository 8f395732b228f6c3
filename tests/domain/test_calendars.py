"""The calendar file says the days, the place, and replaces itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from parvis.domain.calendars import edition_calendar, sequence_of, session_calendar
from parvis.domain.tickets import qr_png, qr_svg

GUID = UUID("11111111-1111-4111-8111-111111111111")


def _calendar(**changes: object) -> Calendar:
    fields: dict[str, object] = {
        "guid": GUID,
        "summary": "Rencontres ; été",
        "first_day": date(2023, 9, 18),
        "last_day": date(2023, 9, 19),
        "place": "Cité des Sciences, Paris",
        "description": "R14-ABCDEF",
        "url": "http://localhost/2023/",
        "language": "fr",
        "written_at": datetime(2023, 6, 1, tzinfo=UTC),
        **changes,
    }
    return Calendar.from_ical(edition_calendar(**fields))  # type: ignore[arg-type]


def test_the_event_lasts_from_the_first_to_the_last_day() -> None:
    event = _calendar().walk("VEVENT")[0]
    assert event.decoded("dtstart") == date(2023, 9, 18)
    assert event.decoded("dtend") == date(2023, 9, 20)
    assert str(event["summary"]) == "Rencontres ; été"
    assert str(event["location"]) == "Cité des Sciences, Paris"
    assert str(event["uid"]) == f"{GUID}@parvis"
    assert str(event["status"]) == "CONFIRMED"


def test_a_cancelled_one_strikes_itself_out() -> None:
    calendar = _calendar(cancelled=True)
    assert str(calendar["method"]) == "CANCEL"
    event = calendar.walk("VEVENT")[0]
    assert event.decoded("sequence") == sequence_of(datetime(2023, 6, 1, tzinfo=UTC))
    assert str(event["status"]) == "CANCELLED"


def test_the_two_drawings_show_the_same_code() -> None:
    assert qr_png("ABC").startswith(b"\x89PNG")
    svg = qr_svg("ABC")
    assert svg.startswith("<svg ")
    assert "style" not in svg
    assert qr_svg("ABD") != svg


def test_a_session_is_written_in_utc_and_replaces_itself() -> None:
    starts = datetime(2023, 9, 18, 14, 0, tzinfo=ZoneInfo("Europe/Paris"))
    said = {
        "guid": UUID(int=7),
        "summary": "Micro-atelier ; l’eau, partagée",
        "starts_at": starts,
        "ends_at": starts + timedelta(minutes=20),
        "place": "Micro 1, Cité des Sciences",
        "description": "Ligne 1\nLigne 2",
        "url": "https://example.org",
        "language": "fr",
        "written_at": starts - timedelta(days=9),
    }
    after = {**said, "written_at": starts - timedelta(days=8), "cancelled": True}
    first, later = session_calendar(**said), session_calendar(**after)  # type: ignore[arg-type]
    event = Calendar.from_ical(first).walk("VEVENT")[0]
    assert b"DTSTART:20230918T120000Z" in first
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(minutes=20)
    assert str(event["SUMMARY"]) == "Micro-atelier ; l’eau, partagée"
    assert event["UID"] == Calendar.from_ical(later).walk("VEVENT")[0]["UID"]
    assert b"METHOD:CANCEL" in later
    replacing = Calendar.from_ical(later).walk("VEVENT")[0]
    assert replacing["SEQUENCE"] == event["SEQUENCE"] + 24 * 3600


MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2087, 12, 31), timezones=st.just(UTC))
RELEASES = st.integers(0, 10_000)


@given(MOMENTS, MOMENTS, RELEASES, RELEASES)
def test_what_is_written_later_is_never_taken_for_older(
    one: datetime, other: datetime, number: int, later_number: int
) -> None:
    """A confirmation, an answer, a notice and a feed share the rule; releases are numbered upwards as time goes on."""
    first, then = sorted((one, other))
    low, high = sorted((number, later_number))
    before, after = sequence_of(first, low), sequence_of(then, high)
    assert 0 <= before <= after < 2**31
    if low < high or (then - first).total_seconds() >= 1:
        assert before < after


def test_before_it_counts_it_is_nought() -> None:
    assert sequence_of(datetime(1970, 1, 1, tzinfo=UTC)) == 0
