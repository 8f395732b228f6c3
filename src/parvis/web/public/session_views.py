"""A session, its people and its place as the templates show them, in one language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property, lru_cache

from django.template import Context, Engine, Template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from parvis.domain.languages import language_name
from parvis.domain.programme.release import SessionContent, Words, in_language, language_of
from parvis.domain.programme.sessions import InterventionRole
from parvis.domain.programme.sessions import SessionFormat as Format
from parvis.domain.typography import clock, typeset

NAMES_ON_A_CARD = 4

TINTS: dict[Format, str] = {
    Format.OPENING: "brick",
    Format.PLENARY: "brick",
    Format.CEREMONY: "brick",
    Format.ASSEMBLY: "ink",
    Format.WORKSHOP: "sea",
    Format.MICRO_WORKSHOP: "gold",
    Format.COUNTRY_GROUP: "olive",
    Format.REGIONAL_MEETING: "plum",
    Format.THEMATIC_GROUP: "olive",
    Format.SIDE_EVENT: "soft",
    Format.BREAK: "soft",
}


@dataclass(frozen=True, slots=True)
class Text:
    """A text with the language that it is in, which may not be the page's."""

    text: str
    language: str

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


def text_of(words: Words, language: str) -> Text:
    """Return a text for a page in `language`."""
    return Text(in_language(words, language), language_of(words, language))


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody in a session: name, role there, and as what they speak."""

    name: str
    address: str
    role: str
    role_code: str
    mandate: str
    fictional: bool
    photograph: str = ""


@dataclass(frozen=True)
class SessionView:
    """A session ready to be shown."""

    content: SessionContent
    address: str
    star_address: str
    kind: str
    tint: str
    title: Text
    abstract: Text
    theme: str
    group: str
    host: str
    room: str
    mode: str
    starts: datetime | None
    ends: datetime | None
    languages: str
    people: list[PersonLine]

    @property
    def is_break(self) -> bool:
        """Whether it is a pause, shown without a page of its own."""
        return self.content.format == Format.BREAK

    @property
    def is_cancelled(self) -> bool:
        """Whether it will not take place."""
        return self.content.status == "cancelled"

    @property
    def speakers(self) -> list[PersonLine]:
        """Everybody but the moderators."""
        return [person for person in self.people if person.role_code != InterventionRole.MODERATOR]

    @property
    def moderators(self) -> list[PersonLine]:
        """Those who moderate."""
        return [person for person in self.people if person.role_code == InterventionRole.MODERATOR]

    @property
    def people_line(self) -> str:
        """Who takes the floor, as a card names them: the first few, and how many others."""
        names = ", ".join(person.name for person in self.people[:NAMES_ON_A_CARD])
        more = len(self.people) - NAMES_ON_A_CARD
        if more <= 0:
            return names
        others = ngettext("and %(number)s other", "and %(number)s others", more) % {"number": more}
        return f"{names} {others}"

    @property
    def abstract_elsewhere(self) -> str:
        """The name of the language in which the abstract stands, where it is not the page's; else empty."""
        language = (get_language() or "fr").split("-")[0]
        if not self.abstract or self.abstract.language == language:
            return ""
        return language_name(self.abstract.language, language)

    @property
    def marks(self) -> list[str]:
        """What a card says after the room: languages, how one takes part, for whom."""
        members = gettext("Members only") if self.content.members_only else ""
        return [mark for mark in (self.languages, self.mode, members) if mark]

    @property
    def grid_marks(self) -> list[str]:
        """What a card of the grid says: as `marks`, but a language that is only spoken goes without saying."""
        return [mark for mark in self.marks if self.content.interpreted or mark != self.languages]

    @property
    def until(self) -> str:
        """When it ends, in words; the hour alone."""
        language = (get_language() or "fr").split("-")[0]
        return gettext("until %(end)s") % {"end": clock(self.ends, language)} if self.ends else ""

    @cached_property
    def attributes(self) -> SafeString:
        """What the page's scripts need to know: which session, when, and its hours in words."""
        said = [f'data-session="{escape(self.content.guid)}"']
        if self.starts and self.ends:
            language = (get_language() or "fr").split("-")[0]
            said += [
                f'data-starts="{escape(self.content.starts_at)}" data-ends="{escape(self.content.ends_at)}"',
                f'data-from="{escape(clock(self.starts, language))}" data-to="{escape(clock(self.ends, language))}"',
            ]
        if self.is_cancelled:
            said.append('data-off="1"')
        return mark_safe(" ".join(said))  # every value is escaped above

    @cached_property
    def card(self) -> SafeString:
        """The session as a card of the list: rendered once for all the pages that show it."""
        return _rendered("public/session_card.html", self, self.marks)

    @cached_property
    def grid_card(self) -> SafeString:
        """The session as a card of the grid."""
        return _rendered("public/grid_card.html", self, self.grid_marks)


_typeset = lru_cache(maxsize=1024)(typeset)  # rooms, kinds and themes come back on every card


@cache
def _template(name: str) -> Template:
    return Engine.get_default().get_template(name)


def _rendered(name: str, session: SessionView, marks: list[str]) -> SafeString:
    """Render a card. Its template gets plain values: looking into objects is half of what a card of hundreds costs."""
    language = (get_language() or "fr").split("-")[0]
    theme = f"{session.kind} · {session.theme}" if session.theme else session.kind
    values = {
        "is_break": session.is_break,
        "is_cancelled": session.is_cancelled,
        "tint": session.tint,
        "attributes": session.attributes,
        "kind": session.kind if name.endswith("grid_card.html") else _typeset(theme, language),
        "slug": session.content.slug,
        "guid": session.content.guid,
        "language": session.title.language,
        "title": _typeset(session.title.text, language),
        "address": session.address,
        "people": session.people_line,
        "until": session.until,
        "room": _typeset(session.room, language),
        "marks": marks,
        "star": session.star_address,
    }
    return _template(name).render(Context(values))
