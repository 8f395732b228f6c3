"""The programme as a calendar: times in UTC, identities stable, cancelled sessions struck out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from icalendar import Calendar

from parvis.domain.programme.release import (
    EditionContent,
    FederationContent,
    ReleaseContent,
    RoomContent,
    SessionContent,
    VenueContent,
)
from parvis.exports.calendars import programme_calendar

SESSION = SessionContent(
    guid="1a",
    code="AT1",
    slug="atelier",
    format="workshop",
    title={"fr": "Énergie : agir, ensemble", "en": "Energy"},
    abstract={"fr": "Un résumé."},
    theme={},
    host={},
    group={},
    status="confirmed",
    members_only=False,
    spoken=[],
    interpreted=[],
    sdgs=[],
    capacity=None,
    room="a",
    starts_at="2023-09-19T11:15+02:00",
    ends_at="2023-09-19T12:45+02:00",
    interventions=[],
)


def read(*sessions: SessionContent, language: str = "fr", sequence: int = 1) -> list[dict[str, object]]:
    content = ReleaseContent(
        federation=FederationContent(name={"fr": "F"}),
        edition=EditionContent(
            "e",
            14,
            "2023",
            {"fr": "Rencontres"},
            {},
            {},
            "",
            "",
            "",
            venue=VenueContent({"fr": "Cité"}, "", "Paris", "FR", "Europe/Paris"),
        ),
        rooms=[RoomContent("a", "Salle A", 50)],
        sessions=list(sessions),
    )
    body = programme_calendar(
        content,
        language=language,
        site="https://example.org/2023/",
        written_at=datetime(2023, 9, 1, tzinfo=UTC),
        sequence=sequence,
    )
    return [dict(event) for event in Calendar.from_ical(body).walk("VEVENT")]


def test_a_session_is_an_event() -> None:
    (event,) = read(SESSION)
    assert str(event["UID"]) == "1a@parvis"
    assert str(event["SUMMARY"]) == "Énergie : agir, ensemble"
    assert event["DTSTART"].dt == datetime(2023, 9, 19, 9, 15, tzinfo=UTC)  # type: ignore[attr-defined]
    assert str(event["LOCATION"]) == "Salle A, Cité, Paris"
    assert str(event["URL"]) == "https://example.org/2023/sessions/atelier/"
    assert str(event["STATUS"]) == "CONFIRMED"


def test_language_cancellation_and_sequence() -> None:
    (event,) = read(replace(SESSION, status="cancelled"), language="en", sequence=7)
    assert str(event["SUMMARY"]) == "Energy"
    assert str(event["STATUS"]) == "CANCELLED"
    assert event["SEQUENCE"] == 7


def test_what_has_no_time_yet_is_left_out() -> None:
    assert read(replace(SESSION, starts_at="", ends_at="")) == []
