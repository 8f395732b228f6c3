"""What a release freezes: everything that the public may read of an edition, in every language that it has.

Texts are `Words` (language → text); days and times are ISO 8601, times with the venue's offset. A release holds no
personal data of participants: organisations with the size of their delegation, and those who speak in public.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from parvis.domain.records import read_record, write_record
from parvis.domain.refusals import N_, Refusal

Words = dict[str, str]

FORMAT_VERSION = 1


class EditionIsDraft(Refusal):
    """A draft edition has no public side."""

    sentence = N_("Announce the edition before you publish its site: a draft is seen by nobody.")


class NothingChanged(Refusal):
    """A release that says the same as the last one would only add a number."""

    sentence = N_("Nothing has changed since release %(number)s: there is nothing to publish.")


def in_language(words: Words, language: str) -> str:
    """Return a text in `language`, else in French, else in any; empty where there is none."""
    return words.get(language) or words.get("fr") or next((text for text in words.values() if text), "")


def language_of(words: Words, language: str) -> str:
    """Return the language in which `in_language` answers."""
    for candidate in (language, "fr", *words):
        if words.get(candidate):
            return candidate
    return language


@dataclass(frozen=True)
class FederationContent:
    """Who holds the meetings."""

    name: Words
    about: Words = field(default_factory=dict)
    website: str = ""
    meetings_website: str = ""
    social_handle: str = ""
    press_email: str = ""


@dataclass(frozen=True)
class VenueContent:
    """Where it takes place."""

    name: Words
    address: str
    city: str
    country: str
    timezone: str
    access: Words = field(default_factory=dict)


@dataclass(frozen=True)
class EditionContent:
    """The edition itself."""

    guid: str
    number: int
    slug: str
    name: Words
    short_name: Words
    theme: Words
    starts_on: str
    ends_on: str
    announced_month: str
    hashtag: str = ""
    practical_info: Words = field(default_factory=dict)
    thanks: Words = field(default_factory=dict)
    venue: VenueContent | None = None


@dataclass(frozen=True)
class RoomContent:
    """A room where something takes place."""

    slug: str
    name: str
    capacity: int | None
    building: str = ""


@dataclass(frozen=True)
class ThemeContent:
    """A theme that sessions share."""

    slug: str
    name: Words


@dataclass(frozen=True)
class DocumentContent:
    """A document before a session, or its proceedings after it (`kind`: `DocumentKind`)."""

    guid: str
    kind: str
    title: str
    language: str
    url: str


@dataclass(frozen=True)
class InterventionContent:
    """Somebody takes the floor, as what (`mandate`, empty when as themselves)."""

    person: str
    role: str
    mandate: Words
    length_min: int = 0  # minutes to speak; 0 where none were agreed


@dataclass(frozen=True)
class SessionContent:
    """One item of the programme; without `starts_at` its time is to be announced."""

    guid: str
    code: str
    slug: str
    format: str
    title: Words
    abstract: Words
    host: Words
    group: Words
    status: str
    members_only: bool
    spoken: list[str]
    interpreted: list[str]
    sdgs: list[int]
    capacity: int | None
    room: str
    starts_at: str
    ends_at: str
    interventions: list[InterventionContent]
    duration_min: int = 0
    themes: list[ThemeContent] = field(default_factory=list)
    group_code: str = ""
    practical_note: Words = field(default_factory=dict)
    mode: str = "on_site"
    online_url: str = ""
    documents: list[DocumentContent] = field(default_factory=list)
    debate_min: int = 0  # of the session's minutes, those kept for debate

    @property
    def day(self) -> str:
        """The venue's day, ISO; empty while the time is to be announced."""
        return self.starts_at[:10]


@dataclass(frozen=True)
class SpeakerContent:
    """Somebody who takes the floor, with every mandate that they hold on the first day, in order."""

    guid: str
    slug: str
    first_name: str
    last_name: str
    folded: str
    mandates: list[Words]
    biography: Words = field(default_factory=dict)
    fictional: bool = False
    photograph: str = ""

    @property
    def name(self) -> str:
        """First name and last name."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True)
class OrganisationContent:
    """An organisation that takes part: so many registered, so many of them present."""

    slug: str
    name: Words
    kind: str
    country: str
    headcount: int
    present: int


@dataclass(frozen=True)
class PartnerContent:
    """Who supports the edition, with the mention that it requires."""

    name: Words
    short_name: str
    kind: str
    mention: Words
    co_funder: Words
    url: str


@dataclass(frozen=True)
class HonourContent:
    """A group's president, honoured at the ceremony."""

    person: str
    mandate: Words
    group: Words
    fictional: bool = False


@dataclass(frozen=True)
class AwardContent:
    """A label or prize, and who received it."""

    kind: str
    name: Words
    session: str
    laureates: list[Words]
    fictional_laureates: list[Words] = field(default_factory=list)  # the demo invents some, and says so


@dataclass(frozen=True)
class FigureContent:
    """A public figure of the snapshot, with its definition. `parts` breaks it down or shows a share's terms."""

    code: str
    topic: str
    unit: str
    value: int
    name: Words
    definition: Words
    parts: dict[str, int] = field(default_factory=dict)
    said: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FiguresContent:
    """The snapshot from which every number comes."""

    number: int
    taken_at: str
    figures: list[FigureContent]


@dataclass(frozen=True)
class ReleaseContent:
    """Everything public of one edition."""

    federation: FederationContent
    edition: EditionContent
    rooms: list[RoomContent] = field(default_factory=list)
    sessions: list[SessionContent] = field(default_factory=list)
    speakers: list[SpeakerContent] = field(default_factory=list)
    organisations: list[OrganisationContent] = field(default_factory=list)
    partners: list[PartnerContent] = field(default_factory=list)
    awards: list[AwardContent] = field(default_factory=list)
    honours: list[HonourContent] = field(default_factory=list)
    figures: FiguresContent | None = None
    version: int = FORMAT_VERSION


def to_json(content: ReleaseContent) -> dict[str, Any]:
    """Return a release as plain JSON values."""
    return write_record(content)


def from_json(value: Mapping[str, Any]) -> ReleaseContent:
    """Return the release that `to_json` wrote; raises `ValueError` for anything else."""
    return read_record(ReleaseContent, value)
