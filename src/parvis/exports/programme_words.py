"""What every open format says of a programme in one language: names joined, places and languages in words.

Texts that Parvis adds come from gettext in the active language; callers make it that of the format.
"""

from __future__ import annotations

from functools import cached_property
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext

from parvis.domain.languages import language_names
from parvis.domain.programme.release import (
    InterventionContent,
    ReleaseContent,
    SessionContent,
    SpeakerContent,
    ThemeContent,
    in_language,
)
from parvis.domain.programme.sdgs import SDG_NAMES
from parvis.domain.programme.sessions import (
    DOCUMENT_KIND_NAMES,
    INTERVENTION_ROLE_NAMES,
    SESSION_FORMAT_NAMES,
    SESSION_MODE_NAMES,
    DocumentKind,
    InterventionRole,
    SessionFormat,
    SessionMode,
)
from parvis.domain.typography import listed


class ProgrammeWords:
    """Reads a release in one language; `site` is the address of the edition's pages, ending in a slash."""

    def __init__(self, content: ReleaseContent, *, language: str, site: str) -> None:
        self.content = content
        self.language = language
        self.site = site
        self.people: dict[str, SpeakerContent] = {speaker.slug: speaker for speaker in content.speakers}
        self._said: dict[str, str] = {}
        self._languages: dict[tuple[tuple[str, ...], tuple[str, ...]], str] = {}

    def _say(self, sentence: str) -> str:
        """Return a msgid in the active language; a programme says the same few words a thousand times."""
        if sentence not in self._said:
            self._said[sentence] = gettext(sentence)
        return self._said[sentence]

    @cached_property
    def rooms(self) -> dict[str, str]:
        """The rooms' names by slug; two of one name are told apart by their building, else by their slug."""
        names: dict[str, str] = {}
        for room in self.content.rooms:
            twins = [other for other in self.content.rooms if other.name == room.name]
            buildings = {other.building for other in twins}
            if len(twins) == 1:
                names[room.slug] = room.name
            elif room.building and len(buildings) == len(twins):
                names[room.slug] = f"{room.name} ({room.building})"
            else:
                names[room.slug] = f"{room.name} ({room.slug})"
        return names

    @cached_property
    def buildings(self) -> dict[str, str]:
        """The rooms' buildings by slug; empty where a room has none."""
        return {room.slug: room.building for room in self.content.rooms}

    @cached_property
    def themes(self) -> list[ThemeContent]:
        """Every theme of the programme once, in the order in which sessions name them."""
        found = {theme.slug: theme for session in self.content.sessions for theme in session.themes}
        return list(found.values())

    @cached_property
    def groups(self) -> dict[str, str]:
        """The names of the groups that meet, by code, in the order of the programme."""
        return {s.group_code: in_language(s.group, self.language) for s in self.content.sessions if s.group_code}

    @property
    def edition(self) -> str:
        """The edition's name."""
        return in_language(self.content.edition.name, self.language)

    @property
    def venue(self) -> str:
        """The venue's name; empty before it is known."""
        venue = self.content.edition.venue
        return in_language(venue.name, self.language) if venue else ""

    @property
    def host(self) -> str:
        """The host of the site's address, for what names itself after it."""
        return urlsplit(self.site).netloc

    def absolute(self, address: str) -> str:
        """Return an address with scheme and host."""
        return urljoin(self.site, address)

    def address(self, session: SessionContent) -> str:
        """Return the address of a session's page; a break has none, and is read in the programme."""
        if session.format == SessionFormat.BREAK:
            return f"{self.site}programme/"
        return f"{self.site}sessions/{session.slug}/"

    def speaker_address(self, speaker: SpeakerContent) -> str:
        """Return the address of a speaker's page."""
        return f"{self.site}speakers/{speaker.slug}/"

    def title(self, session: SessionContent) -> str:
        """Return a session's title."""
        return in_language(session.title, self.language)

    def abstract(self, session: SessionContent) -> str:
        """Return a session's abstract; empty where there is none."""
        return in_language(session.abstract, self.language)

    def format_name(self, session: SessionContent) -> str:
        """Return what kind of session it is."""
        return self._say(SESSION_FORMAT_NAMES[SessionFormat(session.format)])

    def mode_name(self, session: SessionContent) -> str:
        """Return how one takes part."""
        return self._say(SESSION_MODE_NAMES[SessionMode(session.mode)])

    def theme_names(self, session: SessionContent) -> list[str]:
        """Return the names of a session's themes, in order."""
        return [in_language(theme.name, self.language) for theme in session.themes]

    def group(self, session: SessionContent) -> str:
        """Return the name of the group that meets; empty where none does."""
        return in_language(session.group, self.language)

    def room(self, session: SessionContent) -> str:
        """Return the name of a session's room; empty before it has one."""
        return self.rooms.get(session.room, "")

    def place(self, session: SessionContent) -> str:
        """Return where a session takes place, from the room to the town."""
        venue = self.content.edition.venue
        room, building = self.room(session), self.buildings.get(session.room, "")
        named = building and room.endswith(f"({building})")
        parts = (room, "" if named else building, self.venue, venue.city if venue else "")
        return ", ".join(part for part in parts if part)

    def speaker_name(self, speaker: SpeakerContent) -> str:
        """Return a speaker's name; somebody whom the demo made up is marked."""
        return f"{speaker.name} ({gettext('fictional')})" if speaker.fictional else speaker.name

    def role(self, item: InterventionContent) -> str:
        """Return as what somebody takes the floor: moderator, speaker…"""
        return self._say(INTERVENTION_ROLE_NAMES[InterventionRole(item.role)])

    def mandate(self, item: InterventionContent) -> str:
        """Return the mandate under which somebody takes the floor; empty when as themselves."""
        return in_language(item.mandate, self.language)

    def cast(self, session: SessionContent) -> list[tuple[InterventionContent, SpeakerContent]]:
        """Return who takes the floor, in speaking order."""
        return [(item, self.people[item.person]) for item in session.interventions if item.person in self.people]

    def speakers(self, session: SessionContent) -> list[SpeakerContent]:
        """Return who takes the floor, each once even in two roles, in speaking order."""
        return list({speaker.slug: speaker for _item, speaker in self.cast(session)}.values())

    def person_line(self, item: InterventionContent, speaker: SpeakerContent) -> str:
        """Return one person in a line: name, mandate, and their role where they do not simply speak."""
        line = ", ".join(part for part in (self.speaker_name(speaker), self.mandate(item)) if part)
        return line if item.role == InterventionRole.SPEAKER else f"{line} ({self.role(item)})"

    def languages(self, session: SessionContent) -> str:
        """Return the languages of a session in a sentence; empty where nobody said."""
        key = (tuple(session.spoken), tuple(session.interpreted))  # a programme has few, and they are slow to name
        if key not in self._languages:
            self._languages[key] = self._said_languages(session)
        return self._languages[key]

    def _said_languages(self, session: SessionContent) -> str:
        spoken = listed(language_names(session.spoken, self.language), self.language)
        into = listed(language_names(session.interpreted, self.language), self.language)
        if spoken and into:
            return gettext("Languages: %(spoken)s; interpreted into: %(into)s") % {"spoken": spoken, "into": into}
        return gettext("Languages: %(spoken)s") % {"spoken": spoken} if spoken else ""

    def sdg_name(self, number: int) -> str:
        """Return a goal's number and name."""
        goal = gettext("SDG %(number)s") % {"number": number}
        return f"{goal} – {self._say(SDG_NAMES[number])}" if number in SDG_NAMES else goal

    def document_title(self, title: str, kind: str) -> str:
        """Return a document's title, or what kind of document it is."""
        return title or self._say(DOCUMENT_KIND_NAMES[DocumentKind(kind)])

    def particulars(self, session: SessionContent) -> list[str]:
        """Return what should be known besides title, abstract, people, time and place, a line each."""
        lines = [] if session.format == SessionFormat.BREAK else [self.languages(session)]
        if session.group:
            lines.append(gettext("Group: %(group)s") % {"group": self.group(session)})
        if session.host:
            lines.append(gettext("Held by: %(host)s") % {"host": in_language(session.host, self.language)})
        if session.members_only:
            lines.append(gettext("Members only"))
        if session.mode != SessionMode.ON_SITE:
            lines.append(self.mode_name(session))
        lines += [self.sdg_name(number) for number in session.sdgs]
        lines.append(in_language(session.practical_note, self.language))
        return [line for line in lines if line]
