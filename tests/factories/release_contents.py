"""A release as the open formats read it: two days in Paris, in French and English, with everything that they carry."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

from parvis.domain.editions import EditionStatus
from parvis.domain.programme.public_editions import PublicEdition
from parvis.domain.programme.release import (
    DocumentContent,
    EditionContent,
    FederationContent,
    InterventionContent,
    PartnerContent,
    ReleaseContent,
    RoomContent,
    SessionContent,
    SpeakerContent,
    ThemeContent,
    VenueContent,
)

EDITION_GUID = "6f1f6a8e-0c8f-4d6e-9d4b-0e8f1f0a2b3c"
CLIMATE = ThemeContent("climat", {"fr": "Climat", "en": "Climate"})
YOUTH = ThemeContent("jeunesse", {"fr": "Jeunesse"})


def a_guid(name: str) -> str:
    """Return the same GUID for the same name."""
    return str(uuid5(UUID(EDITION_GUID), name))


def a_speaker(slug: str = "awa-sarr", first: str = "Awa", last: str = "Sarr", **more: Any) -> SpeakerContent:
    """Return a speaker, a mayor unless told otherwise."""
    given = {"mandates": [{"fr": "maire de Kayar", "en": "Mayor of Kayar"}], "biography": {"fr": "Née à Kayar."}}
    return SpeakerContent(
        guid=a_guid(slug), slug=slug, first_name=first, last_name=last, folded=last.lower(), **{**given, **more}
    )


def a_session(code: str = "AT1", slug: str = "energie", **more: Any) -> SessionContent:
    """Return a session of the first day, from 11.15 to 12.45 in room A."""
    given: dict[str, Any] = {
        "format": "workshop",
        "title": {"fr": "Énergie : agir, ensemble", "en": "Energy; acting, together"},
        "abstract": {"fr": "Élus et agents comparent leurs méthodes.", "en": "Elected officials compare methods."},
        "host": {},
        "group": {},
        "status": "confirmed",
        "members_only": False,
        "spoken": ["fr"],
        "interpreted": ["en", "es"],
        "sdgs": [7],
        "capacity": 50,
        "room": "a",
        "starts_at": "2023-09-18T11:15+02:00",
        "ends_at": "2023-09-18T12:45+02:00",
        "interventions": [],
        "duration_min": 90,
    }
    return SessionContent(guid=a_guid(code), code=code, slug=slug, **{**given, **more})


def a_release(sessions: list[SessionContent] | None = None, **more: Any) -> ReleaseContent:
    """Return a release of two days: by default a workshop, a group's meeting, one cancelled, a break, one unplaced."""
    given: dict[str, Any] = {
        "federation": FederationContent(name={"fr": "Cités Unies France"}, website="https://www.example.org"),
        "edition": EditionContent(
            guid=EDITION_GUID,
            number=14,
            slug="2023",
            name={"fr": "Rencontres de l’action internationale", "en": "Meetings of international action"},
            short_name={"fr": "Rencontres de l’AICT", "en": "AICT Meetings"},
            theme={"fr": "Quelle contribution ?", "en": "What contribution?"},
            starts_on="2023-09-18",
            ends_on="2023-09-19",
            announced_month="",
            hashtag="#RencontresAICT2023",
            venue=VenueContent(
                {"fr": "Cité des Sciences", "en": "Science Centre"}, "30 avenue Cariou", "Paris", "FR", "Europe/Paris"
            ),
        ),
        "rooms": [RoomContent("a", "Salle A", 50, "Nord"), RoomContent("b", "Salle B", 80)],
        "speakers": [a_speaker(), a_speaker("jo-roy", "Jo", "Roy", mandates=[{"fr": "agent"}], fictional=True)],
        "sessions": some_sessions() if sessions is None else sessions,
        "partners": [
            PartnerContent({"fr": "Agence de développement"}, "AD", "funder", {}, {}, "https://agence.example.org")
        ],
    }
    return replace(ReleaseContent(given["federation"], given["edition"]), **{**given, **more})


def some_sessions() -> list[SessionContent]:
    """Return one session of every sort that the formats treat apart."""
    return [
        a_session(
            themes=[CLIMATE, YOUTH],
            mode="hybrid",
            online_url="https://visio.example.org/energie",
            practical_note={"fr": "Apportez vos données.", "en": "Bring your data."},
            interventions=[
                InterventionContent("awa-sarr", "moderator", {"fr": "maire de Kayar", "en": "Mayor of Kayar"}),
                InterventionContent("jo-roy", "speaker", {}),
            ],
            documents=[
                DocumentContent(a_guid("d1"), "slides", "Diapositives", "fr", "/media/documents/d.pdf"),
                DocumentContent(a_guid("d2"), "video", "", "fr", "https://video.example.org/1"),
            ],
        ),
        a_session(
            "GP1",
            "groupe-senegal",
            format="country_group",
            title={"fr": "Groupe-pays Sénégal", "en": "Senegal group"},
            group={"fr": "Sénégal", "en": "Senegal"},
            group_code="senegal",
            host={"fr": "Ville de Dakar"},
            members_only=True,
            room="b",
            starts_at="2023-09-19T09:00+02:00",
            ends_at="2023-09-19T10:30+02:00",
            interventions=[InterventionContent("awa-sarr", "speaker", {"fr": "maire de Kayar"})],
        ),
        a_session(
            "AT2",
            "annulee",
            title={"fr": "Eau"},
            status="cancelled",
            starts_at="2023-09-19T11:00+02:00",
            ends_at="2023-09-19T12:30+02:00",
        ),
        a_session("P1", "pause", format="break", title={"fr": "Café", "en": "Coffee"}, sdgs=[], spoken=[]),
        a_session("AT3", "a-placer", title={"fr": "À placer"}, room="", starts_at="", ends_at=""),
    ]


def a_public_edition(**more: Any) -> PublicEdition:
    """Return what the public knows of the edition besides its release."""
    given: dict[str, Any] = {
        "id": 1,
        "slug": "2023",
        "number": 14,
        "series_name": {"fr": "Rencontres de l’AICT"},
        "federation_name": {"fr": "Cités Unies France"},
        "name": {"fr": "Rencontres de l’action internationale"},
        "theme": {"fr": "Quelle contribution ?"},
        "status": EditionStatus.OPEN,
        "status_reason": {},
        "starts_on": date(2023, 9, 18),
        "ends_on": date(2023, 9, 19),
        "announced_month": None,
        "cancelled_at": None,
        "registration_opens_at": None,
        "registration_closes_at": None,
        "venue_name": {"fr": "Cité des Sciences"},
        "venue_city": "Paris",
        "release_id": 1,
        "release_number": 3,
        "released_at": datetime(2023, 9, 1, 8, tzinfo=UTC),
    }
    return PublicEdition(**{**given, **more})
