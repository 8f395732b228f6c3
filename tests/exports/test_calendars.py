"""Calendars, read back by the icalendar library: the venue's clock, stable identities, cancelled sessions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from parvis.domain.calendars import sequence_of
from parvis.domain.programme.release import ReleaseContent, RoomContent, VenueContent
from parvis.exports import calendars
from parvis.exports.calendars import programme_calendar
from tests.factories.release_contents import a_guid, a_release, a_session, some_sessions

PUBLISHED = datetime(2023, 9, 1, 8, tzinfo=UTC)


def body_of(content: ReleaseContent | None = None, **more: Any) -> bytes:
    given: dict[str, Any] = {
        "language": "fr",
        "site": "https://example.org/2023/",
        "written_at": PUBLISHED,
        "release": 1,
    }
    return programme_calendar(a_release() if content is None else content, **{**given, **more})


def read(content: ReleaseContent | None = None, **more: Any) -> list[Any]:
    return list(Calendar.from_ical(body_of(content, **more)).walk("VEVENT"))


def test_a_session_is_an_event_with_everything_about_it() -> None:
    event = read()[0]
    assert str(event["UID"]) == f"{a_guid('AT1')}@parvis"
    assert str(event["SUMMARY"]) == "Énergie : agir, ensemble"
    assert event["SUMMARY"].params["LANGUAGE"] == "fr"
    assert event["DTSTART"].dt == datetime(2023, 9, 18, 9, 15, tzinfo=UTC)
    assert event["DTSTART"].params["TZID"] == "Europe/Paris"
    assert str(event["LOCATION"]) == "Salle A, Nord, Cité des Sciences, Paris"
    assert str(event["URL"]) == "https://example.org/2023/sessions/energie/"
    assert str(event["STATUS"]) == "CONFIRMED"
    assert str(event["TRANSP"]) == "OPAQUE"
    assert event["LAST-MODIFIED"].dt == event["DTSTAMP"].dt == PUBLISHED
    assert [str(word) for word in event["CATEGORIES"].cats] == ["Atelier", "Climat", "Jeunesse"]
    assert str(event["CONFERENCE"]) == "https://visio.example.org/energie"
    assert [str(address) for address in event["ATTACH"]] == [
        "https://example.org/media/documents/d.pdf",
        "https://video.example.org/1",
    ]


def test_the_description_names_people_as_what_they_speak() -> None:
    description = str(read()[0]["DESCRIPTION"])
    assert "Élus et agents comparent leurs méthodes." in description
    assert "Awa Sarr, maire de Kayar (Modération)\nJo Roy (fictif)" in description
    assert "français" in description and "anglais et espagnol" in description
    assert "Apportez vos données." in description
    assert "ODD 7" in description
    assert "https://visio.example.org/energie" in description
    group = str(read()[1]["DESCRIPTION"])
    assert "Sénégal" in group and "Ville de Dakar" in group and "Adhérents seulement" in group


def test_the_calendar_says_its_name_its_zone_and_when_to_ask_again() -> None:
    calendar = Calendar.from_ical(body_of(name="Climat", source="https://example.org/2023/themes/climat.ics"))
    assert isinstance(calendar, Calendar)
    assert str(calendar["X-WR-CALNAME"]) == "Rencontres de l’action internationale – Climat"
    assert str(calendar["NAME"]) == str(calendar["X-WR-CALNAME"])
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(minutes=15)
    assert str(calendar["SOURCE"]) == "https://example.org/2023/themes/climat.ics"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Paris"]
    assert "METHOD" not in calendar  # a feed is not an invitation (RFC 5546 would ask for an organiser)


def test_in_english_with_the_language_that_each_text_is_in() -> None:
    events = read(language="en", site="https://example.org/en/2023/")
    assert str(events[0]["SUMMARY"]) == "Energy; acting, together"
    assert str(events[0]["URL"]) == "https://example.org/en/2023/sessions/energie/"
    assert "Awa Sarr, Mayor of Kayar (Moderator)" in str(events[0]["DESCRIPTION"])
    assert str(events[2]["SUMMARY"]) == "Cancelled: Eau"
    assert events[2]["SUMMARY"].params["LANGUAGE"] == "fr"


def test_a_cancelled_session_is_struck_out_and_the_next_release_replaces_it() -> None:
    (event,) = read(a_release([a_session(status="cancelled")]), release=7)
    (before,) = read(a_release([a_session()]), release=6)
    assert str(event["STATUS"]) == "CANCELLED"
    assert str(event["TRANSP"]) == "TRANSPARENT"
    assert str(event["SUMMARY"]) == "Annulée\u202f: Énergie : agir, ensemble"
    assert event["SEQUENCE"] == before["SEQUENCE"] + 1 == sequence_of(PUBLISHED, 7)
    assert str(event["UID"]) == f"{a_guid('AT1')}@parvis"


def test_an_edition_called_off_strikes_out_everything_and_says_why() -> None:
    events = read(called_off="Le lieu est fermé.")
    assert {str(event["STATUS"]) for event in events} == {"CANCELLED"}
    assert all(str(event["DESCRIPTION"]).startswith("Le lieu est fermé.") for event in events)


def test_a_break_keeps_nobody_busy_and_has_no_page() -> None:
    event = read()[3]
    assert str(event["TRANSP"]) == "TRANSPARENT"
    assert str(event["URL"]) == "https://example.org/2023/programme/"


def test_what_has_no_time_yet_is_left_out() -> None:
    assert read(a_release([a_session(starts_at="", ends_at="")])) == []
    assert len(read()) == 4


def test_the_same_release_gives_the_same_bytes() -> None:
    assert body_of() == body_of()


@pytest.mark.parametrize(
    ("zone", "starts", "ends"),
    [
        ("Europe/Paris", "2023-10-29T01:30+02:00", "2023-10-29T03:30+01:00"),  # the clocks go back meanwhile
        ("Africa/Dakar", "2024-02-28T23:00+00:00", "2024-02-29T01:00+00:00"),  # across midnight, in another year
        ("America/Cayenne", "2024-06-01T09:00-03:00", "2024-06-01T10:00-03:00"),
        ("Asia/Kolkata", "2024-06-01T09:00+05:30", "2024-06-01T10:00+05:30"),
        ("Africa/Casablanca", "2024-03-20T09:00+00:00", "2024-03-20T10:00+00:00"),  # Ramadan: an hour less
    ],
)
def test_times_hold_in_any_zone_and_across_changes_of_clock(zone: str, starts: str, ends: str) -> None:
    content = a_release([a_session(starts_at=starts, ends_at=ends)])
    venue = VenueContent({"fr": "Lieu"}, "", "Ville", "FR", zone)
    (event,) = read(replace(content, edition=replace(content.edition, venue=venue)))
    assert event["DTSTART"].dt == datetime.fromisoformat(starts)
    assert event["DTEND"].dt == datetime.fromisoformat(ends)
    assert event["DTSTART"].params["TZID"] == zone


@pytest.mark.parametrize(
    "title",
    [
        "x" * 2000,
        "é\u202f" * 700,
        "مرحبا بكم في اللقاءات" * 30,
        '<script>alert(1)</script>\\n;,:"BEGIN:VEVENT',
        "a\nb\r\nEND:VCALENDAR\rc",
        "a\x00\x0b\x1fb",
    ],
)
def test_any_title_survives_and_breaks_nothing(title: str) -> None:
    body = body_of(a_release([a_session(title={"fr": title}), a_session("AT9", "autre")]))
    events = list(Calendar.from_ical(body).walk("VEVENT"))
    expected = title.replace("\r\n", "\n").replace("\r", "\n")
    for gone in "\x00\x0b\x1f":
        expected = expected.replace(gone, "")
    assert str(events[0]["SUMMARY"]) == expected
    assert len(events) == 2
    assert max(len(line) for line in body.split(b"\r\n")) <= 75


def test_parts_of_the_programme() -> None:
    content = a_release()
    assert calendars.of_room(content, "b") == ("Salle B", [content.sessions[1]])
    assert calendars.of_room(content, "z") is None
    assert calendars.of_theme(content, "climat", "en") == ("Climate", [content.sessions[0]])
    assert calendars.of_theme(content, "z", "en") is None
    assert calendars.of_group(content, "senegal", "en") == ("Senegal", [content.sessions[1]])
    assert calendars.of_group(content, "", "en") is None
    assert calendars.of_person(content, "awa-sarr") == ("Awa Sarr", content.sessions[:2])
    assert calendars.of_person(content, "z") is None
    assert calendars.of_session(content, "pause", "en") == ("Coffee", [content.sessions[3]])
    assert calendars.of_session(content, "z", "en") is None


def test_rooms_of_one_name_are_told_apart() -> None:
    rooms = [RoomContent("a", "Salle 1", 50, "Nord"), RoomContent("b", "Salle 1", 50, "Sud")]
    events = read(a_release(some_sessions(), rooms=rooms))
    assert str(events[0]["LOCATION"]) == "Salle 1 (Nord), Cité des Sciences, Paris"
    assert str(events[1]["LOCATION"]) == "Salle 1 (Sud), Cité des Sciences, Paris"
