"""Filters of the public programme: what somebody asks for in the address, and which sessions answer to it.

Filters of different kinds narrow each other; a session answers to a search when it says every word of it, accents and
case aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from parvis.domain.programme.release import ReleaseContent, SessionContent, Words
from parvis.domain.programme.sessions import SessionFormat
from parvis.domain.refusals import N_
from parvis.domain.text import fold

MOST_LETTERS = 100  # of a search; what comes after is passed over


class FilterKey(StrEnum):
    """What can be asked for; the values are the names in the address, in the order in which they stand there."""

    DAY = "day"
    FORMAT = "format"
    THEME = "theme"
    SDG = "sdg"
    GROUP = "group"
    LANGUAGE = "language"
    ROOM = "room"
    SEARCH = "q"


FILTER_NAMES: dict[FilterKey, str] = {
    FilterKey.DAY: N_("Day"),
    FilterKey.FORMAT: N_("Format"),
    FilterKey.THEME: N_("Theme"),
    FilterKey.SDG: N_("Goal (SDG)"),
    FilterKey.GROUP: N_("Group"),
    FilterKey.LANGUAGE: N_("Language"),
    FilterKey.ROOM: N_("Room"),
    FilterKey.SEARCH: N_("Words searched"),
}

CHOSEN_KEYS: tuple[FilterKey, ...] = tuple(key for key in FilterKey if key is not FilterKey.SEARCH)

Pair = tuple[FilterKey, str]
Options = dict[FilterKey, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ProgrammeFilter:
    """What is asked for: one value of a kind at most, in the order of `FilterKey`."""

    pairs: tuple[Pair, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.pairs)

    def value(self, key: FilterKey) -> str:
        """Return what is asked for under `key`, or nothing."""
        return next((value for known, value in self.pairs if known is key), "")

    def without(self, key: FilterKey) -> ProgrammeFilter:
        """Return the same filter without one kind."""
        return ProgrammeFilter(tuple(pair for pair in self.pairs if pair[0] is not key))


@dataclass(frozen=True, slots=True)
class Reading:
    """What an address asks for: the filter, and the values that nothing answers to.

    `plain` is how the same is asked for plainly: each thing once, in order, and nothing else. Two plain addresses
    differ only when they ask for different things.
    """

    filter: ProgrammeFilter
    unknown: tuple[Pair, ...]
    plain: tuple[tuple[str, str], ...]
    is_plain: bool


class FilterIndex:
    """What the sessions of a release answer to, by their guids."""

    def __init__(self, content: ReleaseContent) -> None:
        self._content = content
        self.values: dict[str, dict[FilterKey, frozenset[str]]] = {s.guid: values_of(s) for s in content.sessions}
        self.options: Options = _options(self.values.values(), content)

    @cached_property
    def words(self) -> dict[str, str]:
        """The words that are searched, folded, each once; made when somebody searches."""
        rooms = {room.slug: f"{room.name} {room.building}" for room in self._content.rooms}
        names = {speaker.slug: speaker.name for speaker in self._content.speakers}
        folded: dict[str, str] = {}  # the same words come back in every session
        return {session.guid: _searched(session, rooms, names, folded) for session in self._content.sessions}


def values_of(session: SessionContent) -> dict[FilterKey, frozenset[str]]:
    """Return what a session answers to, but for searching. A language counts when it is spoken or interpreted into."""
    values: dict[FilterKey, Iterable[str]] = {
        FilterKey.DAY: [session.day],
        FilterKey.FORMAT: [session.format],
        FilterKey.THEME: [theme.slug for theme in session.themes],
        FilterKey.SDG: [str(number) for number in session.sdgs],
        FilterKey.GROUP: [session.group_code],
        FilterKey.LANGUAGE: [*session.spoken, *session.interpreted],
        FilterKey.ROOM: [session.room],
    }
    return {key: frozenset(value for value in found if value) for key, found in values.items()}


def _texts(words: Words) -> str:
    return " ".join(text for text in words.values() if text)


def _searched(
    session: SessionContent, rooms: Mapping[str, str], names: Mapping[str, str], folded: dict[str, str]
) -> str:
    said = [
        session.code,
        _texts(session.title),
        _texts(session.group),
        _texts(session.host),
        *(_texts(theme.name) for theme in session.themes),
        rooms.get(session.room, ""),
        *(f"{names.get(item.person, '')} {_texts(item.mandate)}" for item in session.interventions),
        _texts(session.abstract),
    ]
    # Words are sought inside words, one by one: each needs to stand there only once.
    words = dict.fromkeys(" ".join(said).split())
    for word in words:
        if word not in folded:
            folded[word] = fold(word)
    return " ".join(dict.fromkeys(" ".join(folded[word] for word in words).split()))


def _options(values: Iterable[Mapping[FilterKey, frozenset[str]]], content: ReleaseContent) -> Options:
    found: dict[FilterKey, set[str]] = {key: set() for key in CHOSEN_KEYS}
    for of_session in values:
        for key, known in of_session.items():
            found[key] |= known
    order = {
        FilterKey.FORMAT: [str(format_) for format_ in SessionFormat],
        FilterKey.SDG: [str(number) for number in range(1, 18)],
        FilterKey.ROOM: [room.slug for room in content.rooms],
    }
    return {
        key: tuple(value for value in order.get(key, sorted(known)) if value in known) for key, known in found.items()
    }


def read_filter(given: Iterable[tuple[str, str]], options: Options) -> Reading:
    """Return what the pairs of an address ask for; the first value of a kind counts, names of other things do not.

    Never refuses: a value that no session answers to is told apart, and left out of the filter.
    """
    asked = list(given)
    pairs: list[Pair] = []
    unknown: list[Pair] = []
    for key in FilterKey:
        values = [value.strip() for name, value in asked if name == key.value and value.strip()]
        if not values:
            continue
        if key is FilterKey.SEARCH:
            pairs.append((key, values[0][:MOST_LETTERS].strip()))
        elif values[0] in options.get(key, ()):
            pairs.append((key, values[0]))
        else:
            unknown.append((key, values[0][:MOST_LETTERS]))
    order = list(FilterKey)
    plain = tuple(
        (key.value, value) for key, value in sorted((*pairs, *unknown), key=lambda pair: order.index(pair[0]))
    )
    return Reading(ProgrammeFilter(tuple(pairs)), tuple(unknown), plain, is_plain=asked == list(plain))


def answers(wanted: ProgrammeFilter, guid: str, index: FilterIndex) -> bool:
    """Tell whether a session answers to everything that is asked for."""
    values = index.values[guid]
    for key, value in wanted.pairs:
        if key is FilterKey.SEARCH:
            text = index.words[guid]
            if not all(word in text for word in fold(value).split()):
                return False
        elif value not in values[key]:
            return False
    return True


def answering(wanted: ProgrammeFilter, guids: Iterable[str], index: FilterIndex) -> list[str]:
    """Return the sessions that answer, in the order given."""
    return [guid for guid in guids if answers(wanted, guid, index)]
