"""Releases made by hand or by hypothesis, for rules that know no database."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from parvis.domain.programme.release import (
    EditionContent,
    FederationContent,
    InterventionContent,
    ReleaseContent,
    RoomContent,
    SessionContent,
    SpeakerContent,
    ThemeContent,
)
from parvis.domain.programme.sessions import SessionFormat

ZONE = ZoneInfo("Europe/Paris")
ROOMS = ("auditorium", "condorcet", "salle-3")
THEMES = {"climat": "Climat", "energie": "Énergie", "oeuvres": "Œuvres"}


def a_session(guid: str = "s1", **more: object) -> SessionContent:
    """Return one session of a release."""
    given: dict[str, object] = {
        "guid": guid,
        "code": guid.upper(),
        "slug": guid,
        "format": "workshop",
        "title": {"fr": f"Séance {guid}"},
        "abstract": {},
        "host": {},
        "group": {},
        "status": "confirmed",
        "members_only": False,
        "spoken": ["fr"],
        "interpreted": [],
        "sdgs": [],
        "capacity": None,
        "room": "",
        "starts_at": "",
        "ends_at": "",
        "interventions": [],
    }
    return SessionContent(**{**given, **more})  # type: ignore[arg-type]


def a_release(*sessions: SessionContent, speakers: tuple[SpeakerContent, ...] = ()) -> ReleaseContent:
    """Return a release with these sessions in three rooms."""
    return ReleaseContent(
        federation=FederationContent(name={"fr": "Fédération"}),
        edition=EditionContent(
            guid="e",
            number=14,
            slug="2023",
            name={"fr": "Rencontres"},
            short_name={"fr": "Rencontres"},
            theme={},
            starts_on="2023-09-18",
            ends_on="2023-09-19",
            announced_month="",
        ),
        rooms=[RoomContent(slug=slug, name=slug.title(), capacity=None) for slug in ROOMS],
        sessions=list(sessions),
        speakers=list(speakers),
    )


def a_speaker(slug: str, first_name: str, last_name: str) -> SpeakerContent:
    """Return a speaker without mandates."""
    return SpeakerContent(slug, slug, first_name, last_name, "", [])


def speaks(person: str, mandate: str = "") -> InterventionContent:
    """Return somebody's place in a session."""
    return InterventionContent(person, "speaker", {"fr": mandate} if mandate else {})


@st.composite
def sessions(draw: st.DrawFn, *, one_day: bool = False) -> list[SessionContent]:
    """Draw up to twelve sessions, some of them placed, overlapping as they like."""
    made = []
    for number in range(draw(st.integers(0, 12))):
        times = {"room": "", "starts_at": "", "ends_at": ""}
        if draw(st.integers(0, 5)):
            day = 18 if one_day else draw(st.sampled_from([18, 19]))
            starts = datetime(2023, 9, day, 8, tzinfo=ZONE) + timedelta(minutes=5 * draw(st.integers(0, 48)))
            ends = starts + timedelta(minutes=draw(st.sampled_from([5, 20, 60, 90])))
            times = {
                "room": draw(st.sampled_from(["", *ROOMS])),
                "starts_at": starts.isoformat(timespec="minutes"),
                "ends_at": ends.isoformat(timespec="minutes"),
            }
        made.append(
            a_session(
                f"s{number}",
                format=draw(st.sampled_from([str(format_) for format_ in SessionFormat])),
                themes=[
                    ThemeContent(slug, {"fr": THEMES[slug]})
                    for slug in draw(st.lists(st.sampled_from(sorted(THEMES)), unique=True, max_size=2))
                ],
                sdgs=draw(st.lists(st.integers(1, 17), unique=True, max_size=3)),
                group_code=draw(st.sampled_from(["", "benin", "senegal"])),
                spoken=draw(st.sampled_from([["fr"], ["en"], ["fr", "en"], []])),
                interpreted=draw(st.sampled_from([[], ["es"], ["en", "ar"]])),
                title={"fr": draw(st.sampled_from(["L’eau à Dijon", "Œuvres partagées", "ÉNERGIE", "<b>"]))},
                status=draw(st.sampled_from(["confirmed", "confirmed", "cancelled"])),
                **times,
            )
        )
    return made
