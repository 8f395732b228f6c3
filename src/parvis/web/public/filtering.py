"""The filters of the programme as the pages show them: read from the address, with what can be asked for by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext

from parvis.domain.languages import language_name
from parvis.domain.programme.filters import (
    CHOSEN_KEYS,
    FILTER_NAMES,
    FilterKey,
    ProgrammeFilter,
    Reading,
    read_filter,
)
from parvis.domain.programme.release import ReleaseContent, in_language
from parvis.domain.programme.sdgs import SDG_NAMES
from parvis.domain.programme.sessions import SESSION_FORMAT_NAMES, SessionFormat
from parvis.domain.text import fold
from parvis.domain.typography import day_long
from parvis.web.public.presentation import Programme, SessionView

BY_NAME = frozenset({FilterKey.THEME, FilterKey.GROUP, FilterKey.LANGUAGE})


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that can be asked for."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One kind of filter with its choices; a kind with nothing to choose from is not shown."""

    key: str
    label: str
    choices: list[Choice]

    @property
    def is_set(self) -> bool:
        """Whether something is asked for here."""
        return any(choice.chosen for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force: in words, the address without it, and how many sessions that would show."""

    key: str
    label: str
    value: str
    address: str
    without: int


@dataclass(frozen=True)
class Filtering:
    """What a page of the programme was asked for, and what answers to it."""

    programme: Programme
    reading: Reading
    path: str

    @property
    def wanted(self) -> ProgrammeFilter:
        """The filter in force."""
        return self.reading.filter

    @property
    def search(self) -> str:
        """The words that are searched, as typed."""
        return self.wanted.value(FilterKey.SEARCH)

    @property
    def query(self) -> str:
        """The filter as the end of an address, with its question mark; empty without a filter."""
        pairs = [(key.value, value) for key, value in self.wanted.pairs]
        return f"?{urlencode(pairs)}" if pairs else ""

    @cached_property
    def sessions(self) -> list[SessionView]:
        """The sessions that answer."""
        return self.programme.answering(self.wanted)

    @property
    def found(self) -> int:
        """How many sessions answer."""
        return len(self.sessions)

    @property
    def total(self) -> int:
        """How many sessions there are."""
        return len(self.programme.sessions)

    @cached_property
    def fields(self) -> list[Field]:
        """The kinds of filter among whose values there is something to choose."""
        names = Names(self.programme.content, self.programme.language)
        found = []
        for key in CHOSEN_KEYS:
            values = self.programme.index.options[key]
            if len(values) < 2 and not self.wanted.value(key):
                continue
            choices = [Choice(value, names.of(key, value), value == self.wanted.value(key)) for value in values]
            if key in BY_NAME:
                choices.sort(key=lambda choice: fold(choice.label))
            found.append(Field(key.value, gettext(FILTER_NAMES[key]), choices))
        return found

    @property
    def chosen(self) -> int:
        """How many filters besides the search are in force."""
        return sum(1 for key, _value in self.wanted.pairs if key is not FilterKey.SEARCH)

    @cached_property
    def chips(self) -> list[Chip]:
        """The filters in force, each with the way out of it."""
        names = Names(self.programme.content, self.programme.language)
        chips = []
        for key, value in self.wanted.pairs:
            rest = self.wanted.without(key)
            pairs = [(other.value, found) for other, found in rest.pairs]
            chips.append(
                Chip(
                    key=key.value,
                    label=gettext(FILTER_NAMES[key]),
                    value=names.of(key, value),
                    address=f"{self.path}?{urlencode(pairs)}" if pairs else self.path,
                    without=len(self.programme.answering(rest)),
                )
            )
        return chips

    @property
    def search_name(self) -> str:
        """What the search is called beside the other filters."""
        return gettext(FILTER_NAMES[FilterKey.SEARCH])

    @property
    def unknown(self) -> list[tuple[str, str]]:
        """What was asked for and does not exist here: the kind in words, and the value."""
        return [(gettext(FILTER_NAMES[key]), value) for key, value in self.reading.unknown]


class Names:
    """What the values of the filters are called."""

    def __init__(self, content: ReleaseContent, language: str) -> None:
        self.language = language
        self._themes = {theme.slug: theme.name for session in content.sessions for theme in session.themes}
        self._groups = {session.group_code: session.group for session in content.sessions if session.group_code}
        self._rooms = {room.slug: room.name for room in content.rooms}

    def of(self, key: FilterKey, value: str) -> str:
        """Return a value in words."""
        language = self.language
        if key is FilterKey.DAY:
            words = day_long(date.fromisoformat(value), language, year=False)
            return words[:1].upper() + words[1:]
        if key is FilterKey.FORMAT:
            return gettext(SESSION_FORMAT_NAMES[SessionFormat(value)])
        if key is FilterKey.THEME:
            return in_language(self._themes[value], language)
        if key is FilterKey.SDG:
            return f"{value}. {gettext(SDG_NAMES[int(value)])}"
        if key is FilterKey.GROUP:
            return in_language(self._groups[value], language) or value
        if key is FilterKey.LANGUAGE:
            name = language_name(value, language)
            return name[:1].upper() + name[1:]
        return self._rooms.get(value, value) if key is FilterKey.ROOM else value


def read_filtering(request: HttpRequest, programme: Programme) -> Filtering:
    """Read what the address of a page of the programme asks for."""
    pairs = [(name, value) for name, values in request.GET.lists() for value in values]
    return Filtering(programme, read_filter(pairs, programme.index.options), request.path)


def plain_address(filtering: Filtering) -> str:
    """Return the one plain address that asks for the same."""
    query = urlencode(filtering.reading.plain)
    return f"{filtering.path}?{query}" if query else filtering.path


def may_be_kept(request: HttpRequest, filtering: Filtering) -> bool:
    """Tell whether an answer may be kept for everybody.

    Free words are without end, and so are the ways to write one question: only known values, written plainly, are kept.
    """
    plain = urlencode(filtering.reading.plain) == request.META.get("QUERY_STRING", "")
    return plain and not filtering.reading.unknown and not filtering.search
