"""What the judge says: violations, each with its sentence for people, and a score to compare placements by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple


class Span(NamedTuple):
    """From one aware moment to another: said with its day, as « lundi 18 septembre, 14 h 30 – 16 h »."""

    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody is there: their name, and the spans in which they can be met. No span: never."""

    name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class LanguagePair:
    """What a booth does: from one of the languages spoken into another. Codes as in `fr`."""

    sources: tuple[str, ...]
    target: str


@dataclass(frozen=True, slots=True)
class FormatName:
    """A session's format, said by its translated name."""

    format: str


@dataclass(frozen=True, slots=True)
class Title:
    """A title among others, said in the language's quotation marks."""

    text: str


One = str | int | datetime | Span | Hours | LanguagePair | FormatName | Title
Param = One | tuple[One, ...]  # what stands in a tuple is said as a list: a, b and c


@dataclass(frozen=True, slots=True)
class Words:
    """An English msgid with places, and what fills them. `in_words` translates and fills."""

    sentence: str
    params: Mapping[str, Param] = field(default_factory=dict)


class Score(NamedTuple):
    """How often hard rules are broken, then what the wishes cost. The smaller is the better; (0, 0) is perfect."""

    hard: int
    cost: int

    def plus(self, other: Score) -> Score:
        """Return the sum of a score and a change."""
        return Score(self.hard + other.hard, self.cost + other.cost)


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule is broken in one place.

    `key` is stable: the same fault keeps it while cards move. `amount` is how much (people left out, minutes lacking;
    at least 1), `cost` is the rule's weight times the amount, and 0 for a hard rule. `words` are neutral;
    `sides` say the same from the point of view of one of the sessions, for its card.
    """

    key: str
    rule: str
    kind: str
    hard: bool
    amount: int
    cost: int
    words: Words
    sessions: tuple[str, ...]
    sides: Mapping[str, Words] = field(default_factory=dict)
    persons: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Return the neutral msgid."""
        return self.words.sentence

    @property
    def params(self) -> Mapping[str, Param]:
        """Return what fills the neutral msgid."""
        return self.words.params

    def seen_from(self, session: str) -> Words:
        """Return the words to show on a session's card."""
        return self.sides.get(session, self.words)


def score_of(found: list[Violation]) -> Score:
    """Return the score of a list of violations."""
    return Score(sum(violation.hard for violation in found), sum(violation.cost for violation in found))
