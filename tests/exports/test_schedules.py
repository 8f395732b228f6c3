"""schedule.xml and schedule.json against the schemas of frab/voc, and against each other."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.utils.translation import gettext, override
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from parvis.domain.programme.release import (
    EditionContent,
    FederationContent,
    InterventionContent,
    ReleaseContent,
    RoomContent,
    ThemeContent,
    VenueContent,
)
from parvis.domain.programme.sessions import INTERVENTION_ROLE_NAMES, InterventionRole
from parvis.exports.schedule_xml import schedule_xml
from parvis.exports.schedules import Schedule, number_of, schedule_json
from tests.exports.schedule_schemas import faults_of_json, faults_of_xml
from tests.factories.release_contents import EDITION_GUID, a_guid, a_release, a_session, a_speaker

SITE = "https://example.org/2023/"


def as_json(content: ReleaseContent | None = None, language: str = "fr", number: int = 3) -> bytes:
    body = schedule_json(a_release() if content is None else content, language=language, site=SITE, number=number)
    assert body is not None
    return body


def as_xml(content: ReleaseContent | None = None, language: str = "fr", number: int = 3) -> bytes:
    body = schedule_xml(
        a_release() if content is None else content,
        language=language,
        site=SITE,
        number=number,
        address=SITE + "schedule.xml",
    )
    assert body is not None
    return body


def conference(content: ReleaseContent | None = None, language: str = "fr") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(as_json(content, language))["schedule"]["conference"]
    return found


def events(content: ReleaseContent | None = None, language: str = "fr") -> list[dict[str, Any]]:
    days = conference(content, language)["days"]
    return [event for day in days for room in day["rooms"].values() for event in room]


def role(code: str) -> str:
    with override("fr"):
        return gettext(INTERVENTION_ROLE_NAMES[InterventionRole(code)])


def test_both_are_what_the_schemas_ask_for() -> None:
    for language in ("fr", "en"):
        assert faults_of_json(as_json(language=language)) == []
        assert faults_of_xml(as_xml(language=language)) == []


def test_a_fault_would_be_found() -> None:
    assert faults_of_xml(as_xml().replace(b"<version>3</version>", b""))
    assert faults_of_json(as_json().replace(b'"acronym":', b'"acronymous":'))


def test_an_event_in_full() -> None:
    event = events()[0]
    assert event["guid"] == a_guid("AT1")
    assert event["title"] == "Énergie : agir, ensemble"
    assert (event["date"], event["start"]) == ("2023-09-18T11:15:00+02:00", "11:15")
    assert (event["end"], event["duration"]) == ("2023-09-18T12:45:00+02:00", "01:30")
    assert (event["room"], event["track"], event["type"]) == ("Salle A", "Climat", "Atelier")
    assert (event["language"], event["code"]) == ("fr", "AT1")
    assert event["url"] == "https://example.org/2023/sessions/energie/"
    assert event["slug"] == "rencontres_de_l_aict_2023-energie"
    assert [(p["name"], p["role"], p["mandate"]) for p in event["persons"]] == [
        ("Awa Sarr", role("moderator"), "maire de Kayar"),
        ("Jo Roy (fictif)", role("speaker"), ""),
    ]
    assert event["persons"][0]["guid"] == a_guid("awa-sarr")
    assert f"Awa Sarr, maire de Kayar ({role('moderator')})" in event["description"]
    assert "Langues\u202f: français\u202f; interprétation\u202f: anglais et espagnol" in event["description"]
    assert "Apportez vos données." in event["description"]
    assert event["links"] == [
        {"type": "web", "url": "https://visio.example.org/energie", "title": "Sur place et en ligne"},
        {"type": "media", "url": "https://video.example.org/1", "title": "Enregistrement"},
    ]
    assert event["attachments"] == [
        {"type": "slides", "url": "https://example.org/media/documents/d.pdf", "title": "Diapositives"}
    ]


def test_tracks_are_themes_or_formats_and_rooms_have_guids() -> None:
    found = conference()
    assert [track["name"] for track in found["tracks"]] == ["Climat", "Pause", "Groupe-pays"]
    assert [(room["name"], room["capacity"]) for room in found["rooms"]] == [("Salle A", 50), ("Salle B", 80)]
    assert found["rooms"] == conference(a_release([]))["rooms"]
    assert len({room["guid"] for room in found["rooms"]}) == 2


def test_what_is_cancelled_or_has_no_time_is_left_out() -> None:
    assert {event["title"] for event in events()} == {"Énergie : agir, ensemble", "Groupe-pays Sénégal", "Café"}
    assert b"Eau" not in as_xml() and "À placer".encode() not in as_xml()


def test_xml_says_what_json_says() -> None:
    root = etree.fromstring(as_xml())
    by_guid = {event["guid"]: event for event in events()}
    found = root.findall("day/room/event")
    assert len(found) == len(by_guid) == 3
    for event in found:
        twin = by_guid[event.get("guid") or ""]
        for name in ("date", "start", "duration", "room", "slug", "url", "title", "track", "type", "abstract"):
            assert (event.findtext(name) or "") == (twin[name] or ""), name
        assert event.get("id") == str(twin["id"])
        assert [p.text for p in event.findall("persons/person")] == [p["name"] for p in twin["persons"]]
        assert [p.get("href") for p in event.findall("links/link")] == [p["url"] for p in twin["links"]]
        assert event.getparent().get("name") == twin["room"]  # type: ignore[union-attr]  # lxml's stubs
    assert root.findtext("url") == SITE + "schedule.xml"
    assert root.findtext("version") == "3"


def test_identities_outlast_a_release() -> None:
    content = a_release()
    moved = replace(content.sessions[0], title={"fr": "Autre titre"}, starts_at="2023-09-19T11:15+02:00", slug="autre")
    later = events(replace(content, sessions=[moved, *content.sessions[1:]]))
    before, after = ({event["guid"]: event["id"] for event in found} for found in (events(), later))
    assert before == after


def test_days_begin_at_four_and_empty_days_stand() -> None:
    late = a_session("N1", "nuit-blanche", starts_at="2023-09-20T01:00+02:00", ends_at="2023-09-20T02:00+02:00")
    content = a_release([late])
    days = conference(content)["days"]
    shown = [(day["index"], day["date"], len(day["rooms"])) for day in days]
    assert shown == [(1, "2023-09-18", 0), (2, "2023-09-19", 1)]
    assert days[1]["day_start"] == "2023-09-19T04:00:00+02:00"
    assert days[1]["day_end"] == "2023-09-20T04:00:00+02:00"
    assert conference(content)["daysCount"] == 2
    assert faults_of_xml(as_xml(content)) == [] == faults_of_json(as_json(content))


def test_a_session_across_a_change_of_clock_lasts_as_long_as_it_lasts() -> None:
    night = a_session("N1", "nuit-blanche", starts_at="2023-10-29T01:30+02:00", ends_at="2023-10-29T03:30+01:00")
    (event,) = events(a_release([night]))
    assert event["duration"] == "03:00"
    assert datetime.fromisoformat(event["end"]) - datetime.fromisoformat(event["date"]) != 0


def test_other_zones_offsets_are_theirs() -> None:
    content = a_release([a_session(starts_at="2023-09-18T09:00-03:00", ends_at="2023-09-18T10:00-03:00")])
    venue = VenueContent({"fr": "Lieu"}, "", "Cayenne", "GF", "America/Cayenne")
    content = replace(content, edition=replace(content.edition, venue=venue))
    assert events(content)[0]["date"] == "2023-09-18T09:00:00-03:00"
    assert conference(content)["time_zone_name"] == "America/Cayenne"
    assert faults_of_xml(as_xml(content)) == [] == faults_of_json(as_json(content))


def test_before_any_date_is_known_there_is_no_file() -> None:
    edition = EditionContent(EDITION_GUID, 15, "2024", {"fr": "R"}, {}, {}, "", "", "2024-10-01")
    bare = ReleaseContent(FederationContent({"fr": "F"}), edition)
    assert schedule_json(bare, language="fr", site=SITE, number=0) is None
    assert schedule_xml(bare, language="fr", site=SITE, number=0, address=SITE) is None


def test_numbers_that_agree_are_told_apart() -> None:
    first = str(uuid.UUID(int=5))
    second = str(uuid.UUID(int=5 + (2**31 - 1)))
    assert number_of(first) == number_of(second)
    content = a_release([replace(a_session(), guid=first), replace(a_session("AT2", "autre-seance"), guid=second)])
    assert len(set(Schedule(content, language="fr", site=SITE, number=1).numbers.values())) == 2
    assert faults_of_xml(as_xml(content)) == []


def test_somebody_in_two_roles_is_one_person() -> None:
    twice = [InterventionContent("awa-sarr", role, {"fr": "maire"}) for role in ("moderator", "speaker")]
    (event,) = events(a_release([a_session(interventions=twice)]))
    (person,) = event["persons"]
    assert (person["name"], person["role"]) == ("Awa Sarr", f"{role('moderator')}, {role('speaker')}")


@given(
    title=st.text(min_size=1, max_size=50),
    abstract=st.text(max_size=80),
    code=st.text("ABc-1 é", min_size=1, max_size=8),
    slug=st.from_regex(r"[a-zA-Z0-9_-]{1,12}", fullmatch=True),
    theme=st.from_regex(r"[a-z0-9_-]{1,6}", fullmatch=True),
    room=st.text(min_size=1, max_size=10),
    short=st.text(max_size=12),
)
def test_whatever_is_typed_the_files_are_valid(
    title: str, abstract: str, code: str, slug: str, theme: str, room: str, short: str
) -> None:
    """Control characters, markup, any letters: the XML parses, the schemas agree, the texts come back."""
    themes = [ThemeContent(theme, {"fr": title})]
    session = a_session(code, slug, title={"fr": title}, abstract={"fr": abstract}, themes=themes)
    content = a_release([session], rooms=[RoomContent("a", room, 1)], speakers=[a_speaker()])
    content = replace(content, edition=replace(content.edition, short_name={"fr": short}))
    assert faults_of_json(as_json(content)) == []
    assert faults_of_xml(as_xml(content)) == []
    assert events(content)[0]["title"] == title


@pytest.mark.parametrize(
    "title", ["x" * 2000, "</title><script>alert(1)</script>&amp;", "شكرا لكم", "a\x00b\x0bc\ufffe"]
)
def test_titles_that_would_break_a_file(title: str) -> None:
    content = a_release([a_session(title={"fr": title})])
    kept = "".join(sign for sign in title if sign not in "\x00\x0b\ufffe")
    assert etree.fromstring(as_xml(content)).findtext("day/room/event/title") == kept
    assert faults_of_xml(as_xml(content)) == []
