"""Everything that a press release states. What is not here is not said; what is missing here is marked, not invented.

Texts are held in every language that the data has (`Words`); dates are ISO so that facts are kept as JSON and
compared later: a published release is stale when today's facts differ from those it was drafted from (S16).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

Words = dict[str, str]


def in_language(words: Words, language: str) -> tuple[str, str]:
    """Return a text and its language: the one asked for, else French, else any; two empty strings without text."""
    for candidate in (language, "fr", *words):
        if words.get(candidate):
            return words[candidate], candidate
    return "", ""


@dataclass(frozen=True)
class SpeakerFacts:
    """A person with all the mandates under which they are presented, in order."""

    name: str
    gender: str
    mandates: list[Words]


@dataclass(frozen=True)
class SessionFacts:
    """A session that the release tells of."""

    title: Words
    day: str
    said: Words = field(default_factory=dict)
    speakers: list[SpeakerFacts] = field(default_factory=list)
    opens_day: bool = False


@dataclass(frozen=True)
class GroupsFacts:
    """Meetings of groups; `day` is empty when they were spread over several."""

    day: str
    country_groups: int
    regional_groups: list[Words]


@dataclass(frozen=True)
class CeremonyFacts:
    """The ceremony: who was honoured, who spoke, what was given."""

    day: str
    closes_day: bool
    honoured_country_groups: int
    honoured_thematic_groups: int
    speakers: list[SpeakerFacts]
    awards: list[AwardFacts]


@dataclass(frozen=True)
class AwardFacts:
    """A label or prize, and those of its laureates who are real."""

    kind: str
    name: Words
    laureates: list[str]


@dataclass(frozen=True)
class PartnerFacts:
    """A partner, with the mention that it requires and who co-funds it."""

    name: Words
    short_name: str
    kind: str
    mention: Words
    co_funder: Words


@dataclass(frozen=True)
class FollowingFacts:
    """The next edition: its dates, or the month for which it is announced."""

    number: int
    month: str
    starts_on: str
    ends_on: str


@dataclass(frozen=True)
class Facts:
    """What one press release states about one edition."""

    dated_on: str
    federation: Words
    federation_city: str
    about: Words
    founded_year: int | None
    website: str
    meetings_website: str
    social_handle: str
    press_email: str
    number: int
    name: Words
    short_name: Words
    theme: Words
    context: Words
    starts_on: str
    ends_on: str
    venue: Words
    venue_city: str
    hashtag: str
    cancelled_before: int | None
    cancelled_on_the_day: bool
    following: FollowingFacts | None
    figures: dict[str, int]
    foreign_delegations: bool
    embassies: bool
    snapshot_number: int
    opening: SessionFacts | None
    plenary: SessionFacts | None
    groups: GroupsFacts | None
    workshops: list[SessionFacts]
    micro_workshops: int
    micro_workshop_min: int
    ceremony: CeremonyFacts | None
    partners: list[PartnerFacts]


def to_json(facts: Facts) -> dict[str, Any]:
    """Return the facts as plain JSON values."""
    return asdict(facts)


def _read(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return None if value is None else _read(next(a for a in get_args(kind) if a is not type(None)), value)
    if origin is list:
        return [_read(get_args(kind)[0], item) for item in value]
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return kind(**{f.name: _read(hints[f.name], value[f.name]) for f in fields(kind) if f.name in value})
    return value


def from_json(value: Mapping[str, Any]) -> Facts:
    """Return the facts that `to_json` wrote."""
    facts = _read(Facts, value)
    if not isinstance(facts, Facts):  # pragma: no cover - `_read` builds what it is asked for
        raise TypeError
    return facts


# The snapshot's number is not a fact of the meeting: a new snapshot with the same values changes nothing.
_NOT_COMPARED = frozenset({"dated_on", "snapshot_number"})


def fingerprint(facts: Facts) -> str:
    """Return a digest of all that is stated, apart from the date of the text and the snapshot's number."""
    stated = {name: value for name, value in to_json(facts).items() if name not in _NOT_COMPARED}
    return hashlib.sha256(json.dumps(stated, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def changed_facts(before: Facts, after: Facts) -> list[str]:
    """Return the names of the facts that differ; figures are named one by one (`figures.present`)."""
    old, new = to_json(before), to_json(after)
    changed = [name for name in old if name not in _NOT_COMPARED and name != "figures" and old[name] != new[name]]
    codes = sorted(set(old["figures"]) | set(new["figures"]))
    return changed + [f"figures.{code}" for code in codes if old["figures"].get(code) != new["figures"].get(code)]
