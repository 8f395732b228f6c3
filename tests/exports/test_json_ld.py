"""JSON-LD, term by term against the vocabulary of schema.org (vendor/schema_org_terms.json)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from parvis.domain.programme.public_editions import bare_content
from parvis.domain.programme.release import ReleaseContent
from parvis.exports.json_ld import as_text, edition_event, session_event
from tests.factories.release_contents import EDITION_GUID, a_guid, a_public_edition, a_release, a_session

VOCABULARY = json.loads((Path(__file__).parent / "vendor" / "schema_org_terms.json").read_text(encoding="utf-8"))
TYPES: dict[str, Any] = VOCABULARY["types"]
ENUMERATIONS: dict[str, list[str]] = VOCABULARY["enumerations"]


def ancestors(kind: str) -> set[str]:
    return {kind}.union(*(ancestors(parent) for parent in TYPES.get(kind, {"parents": []})["parents"]))


def ranges(kind: str, name: str) -> list[str]:
    known = [TYPES[parent]["properties"] for parent in ancestors(kind) if parent in TYPES]
    return next((properties[name] for properties in known if name in properties), [])


def is_a(value: Any, wanted: str) -> bool:
    """Tell whether a value is what schema.org calls `wanted`."""
    if isinstance(value, dict):
        return wanted in ancestors(value["@type"])
    if isinstance(value, int) and not isinstance(value, bool):
        return wanted == "Integer" and value >= 0
    if not isinstance(value, str) or not value:
        return False
    match wanted:
        case "Text":
            return True
        case "URL":
            return bool(urlsplit(value).scheme and urlsplit(value).netloc)
        case "Date":
            return re.fullmatch(r"\d{4}-\d\d-\d\d", value) is not None and bool(date.fromisoformat(value))
        case "DateTime":
            return "T" in value and datetime.fromisoformat(value).tzinfo is not None
        case "Duration":
            return re.fullmatch(r"PT\d+M", value) is not None
    return value in {f"https://schema.org/{member}" for member in ENUMERATIONS.get(wanted, [])}


def faults(node: dict[str, Any], path: str = "") -> Iterator[str]:
    kind = node.get("@type")
    if kind not in TYPES:
        yield f"{path}: no type {kind}"
        return
    if "@id" in node and not re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", node["@id"]):
        yield f"{path}: @id {node['@id']}"
    for name, given in node.items():
        if name in {"@type", "@id", "@context"}:
            continue
        wanted = ranges(kind, name)
        for value in given if isinstance(given, list) else [given]:
            if not any(is_a(value, one) for one in wanted):
                yield f"{path}.{name}: {value!r} is none of {wanted}"
            if isinstance(value, dict):
                yield from faults(value, f"{path}.{name}")


def edition(content: ReleaseContent | None = None, language: str = "fr", status: str = "open") -> dict[str, Any]:
    found = a_release() if content is None else content
    return edition_event(found, language=language, site="https://example.org/2023/", status=status)


def session(content: ReleaseContent | None = None, index: int = 0, status: str = "open") -> dict[str, Any]:
    found = a_release() if content is None else content
    return session_event(found, found.sessions[index], language="fr", site="https://example.org/2023/", status=status)


def test_every_term_is_schema_orgs() -> None:
    for node in (edition(), edition(language="en"), *(session(index=n) for n in range(3)), session(index=4)):
        assert node["@context"] == "https://schema.org"
        assert list(faults(node)) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("startdate", "2023-09-18"),
        ("startDate", "18/09/2023"),
        ("eventStatus", "EventCanceled"),
        ("location", {"@type": "Room"}),
    ],
)
def test_a_wrong_term_would_be_found(name: str, value: Any) -> None:
    assert list(faults({**session(), name: value}))


def test_an_edition_and_its_sessions() -> None:
    node = edition()
    assert node["@id"] == f"urn:uuid:{EDITION_GUID}"
    assert (node["name"], node["description"]) == ("Rencontres de l’action internationale", "Quelle contribution ?")
    assert (node["startDate"], node["endDate"]) == ("2023-09-18", "2023-09-19")
    assert node["eventStatus"] == "https://schema.org/EventScheduled"
    assert node["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert node["location"]["address"]["addressLocality"] == "Paris"
    assert node["funder"] == [
        {"@type": "Organization", "name": "Agence de développement", "url": "https://agence.example.org"}
    ]
    assert [sub["name"] for sub in node["subEvent"]] == [
        "Énergie : agir, ensemble",
        "Groupe-pays Sénégal",
        "Eau",
        "À placer",
    ]
    assert node["subEvent"][2]["eventStatus"] == "https://schema.org/EventCancelled"
    assert "eventStatus" not in node["subEvent"][0]
    assert "startDate" not in node["subEvent"][3]
    assert node["inLanguage"] == ["fr", "en", "es"]


def test_a_session_in_full() -> None:
    node = session()
    assert node["superEvent"]["@id"] == f"urn:uuid:{EDITION_GUID}"
    assert node["@id"] == f"urn:uuid:{a_guid('AT1')}" == edition()["subEvent"][0]["@id"]
    assert (node["startDate"], node["endDate"]) == ("2023-09-18T11:15+02:00", "2023-09-18T12:45+02:00")
    assert node["eventStatus"] == "https://schema.org/EventScheduled"
    room, online = node["location"]
    assert (room["name"], room["containedInPlace"]["name"]) == ("Salle A", "Cité des Sciences")
    assert online == {"@type": "VirtualLocation", "url": "https://visio.example.org/energie"}
    first, second = node["performer"]
    assert (first["name"], first["jobTitle"]) == ("Awa Sarr", "maire de Kayar")
    assert second["disambiguatingDescription"] == "Personne fictive"
    assert [term["name"] for term in node["about"]][:2] == ["Climat", "Jeunesse"]
    assert node["about"][2]["url"] == "http://metadata.un.org/sdg/7"
    assert node["duration"] == "PT90M"
    assert [document["name"] for document in node["subjectOf"]] == ["Diapositives"]
    assert [document["url"] for document in node["recordedIn"]] == ["https://video.example.org/1"]
    assert session(index=1)["audience"]["audienceType"] == "Adhérents seulement"
    assert session(index=1)["organizer"]["name"] == "Ville de Dakar"


@pytest.mark.parametrize(("status", "said"), [("cancelled", "EventCancelled"), ("postponed", "EventPostponed")])
def test_an_edition_called_off_takes_its_sessions_with_it(status: str, said: str) -> None:
    node = edition(status=status)
    assert {node["eventStatus"], session(status=status)["eventStatus"]} == {f"https://schema.org/{said}"}
    assert node["subEvent"][2]["eventStatus"] == "https://schema.org/EventCancelled"


def test_online_sessions_have_no_room() -> None:
    content = a_release([a_session(mode="online", online_url="", members_only=True)])
    node = session(content)
    assert node["location"] == [{"@type": "VirtualLocation", "url": "https://example.org/2023/sessions/energie/"}]
    assert edition(content)["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"


def test_before_anything_is_released() -> None:
    node = edition(bare_content(a_public_edition()))
    assert list(faults(node)) == []
    assert "@id" not in node and "eventAttendanceMode" not in node and "location" not in node


def test_no_text_ends_the_script_element() -> None:
    wild = "</script><script>alert(1)</script><!-- & \u2028"
    content = a_release([replace(a_session(), title={"fr": wild})])
    text = as_text(session(content))
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text)["name"] == wild
