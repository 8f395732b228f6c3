"""Whom a release concerns, and what changed for each: one notice per person, with nothing that is not theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from parvis.domain.programme.differences import Change, ChangeKind, difference, sentence_of
from parvis.domain.programme.release import ReleaseContent, SessionContent, in_language
from parvis.domain.refusals import N_, Refusal


class NothingToTell(Refusal):
    """Notices tell of changes; where nothing changed for anybody, there is nothing to send."""

    sentence = N_("This release changes nothing for anybody: there is nothing to tell.")


class NoticesSentAlready(Refusal):
    """What a release changed is told once."""

    sentence = N_("The people concerned by release %(number)s have been told already.")


class OvertakenRelease(Refusal):
    """Only what holds now is told."""

    sentence = N_("Release %(number)s has been replaced by a newer one: tell of that one instead.")


class Capacity(StrEnum):
    """As what somebody is concerned by a session."""

    SPEAKER = "speaker"
    ENROLLED = "enrolled"
    INTERPRETER = "interpreter"
    ROOM_HOST = "room_host"


CAPACITY_NAMES: dict[Capacity, str] = {
    Capacity.SPEAKER: N_("Speaker"),
    Capacity.ENROLLED: N_("Enrolled"),
    Capacity.INTERPRETER: N_("Interpreter"),
    Capacity.ROOM_HOST: N_("Room host"),
}


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody with an address. `email` is in lower case and tells people apart."""

    email: str
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class Interest:
    """Somebody is concerned by a session; a room host by whatever takes place in `room`.

    `person` is the slug under which a speaker stands in the releases; empty for others.
    """

    recipient: Recipient
    capacity: Capacity
    session: str = ""
    room: str = ""
    person: str = ""


class NoticeKind(StrEnum):
    """What a notice says beyond what the release says to all: that one joins a session, or leaves it."""

    JOINED = "joined"
    LEFT = "left"
    CHANGED = "changed"


NOTICE_SENTENCES: dict[NoticeKind, str] = {
    NoticeKind.JOINED: N_("You take the floor in “%(title)s”."),
    NoticeKind.LEFT: N_("You are no longer expected in “%(title)s”."),
}


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One thing that changed for somebody; `session` is its guid, `change` what the release says of it."""

    kind: NoticeKind
    session: str
    change: Change

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it apart from the other lines about one release."""
        return (self.kind, self.session, self.change.kind if self.kind is NoticeKind.CHANGED else "")


@dataclass(frozen=True, slots=True)
class Notice:
    """All that changed for one person, in the order of the new programme."""

    recipient: Recipient
    capacities: tuple[Capacity, ...]
    lines: tuple[NoticeLine, ...]

    @property
    def sessions(self) -> tuple[str, ...]:
        """The guids of the sessions that it tells of, each once."""
        return tuple(dict.fromkeys(line.session for line in self.lines))

    @property
    def key(self) -> tuple[tuple[str, str, str], ...]:
        """What people who read the same share."""
        return tuple(line.key for line in self.lines)


# What a host of a room needs to know; names and titles are not theirs to prepare for.
_FOR_HOSTS = frozenset(
    {
        ChangeKind.NEW,
        ChangeKind.REMOVED,
        ChangeKind.CANCELLED,
        ChangeKind.RESTORED,
        ChangeKind.MOVED,
        ChangeKind.TIMED,
        ChangeKind.UNTIMED,
        ChangeKind.ROOM,
    }
)


def concerned_rooms(before: SessionContent | None, after: SessionContent | None) -> frozenset[str]:
    """Return the rooms that a session leaves, enters or keeps."""
    return frozenset(session.room for session in (before, after) if session is not None and session.room)


def notices_of(before: ReleaseContent | None, after: ReleaseContent, interests: Iterable[Interest]) -> list[Notice]:
    """Return one notice for each person for whom something changed, by address; none for a first release.

    Somebody concerned twice by one session (who moderates a workshop and is enrolled in it) reads each change once.
    """
    changes: dict[str, list[Change]] = {}
    for change in difference(before, after):
        changes.setdefault(change.session, []).append(change)
    if before is None or not changes:
        return []
    old = {session.guid: session for session in before.sessions}
    new = {session.guid: session for session in after.sessions}
    place = {guid: at for at, guid in enumerate([*new, *(guid for guid in old if guid not in new)])}
    rooms: dict[str, list[str]] = {}
    for guid in changes:
        for room in concerned_rooms(old.get(guid), new.get(guid)):
            rooms.setdefault(room, []).append(guid)
    people: dict[str, tuple[Recipient, set[Capacity], dict[tuple[str, str, str], NoticeLine]]] = {}
    for interest in interests:
        guids = rooms.get(interest.room, []) if interest.capacity is Capacity.ROOM_HOST else [interest.session]
        for guid in guids:
            lines = _lines(interest, old.get(guid), new.get(guid), changes.get(guid, []))
            if lines:
                _who, capacities, said = people.setdefault(interest.recipient.email, (interest.recipient, set(), {}))
                capacities.add(interest.capacity)
                said.update((line.key, line) for line in lines)
    return [
        Notice(
            recipient,
            tuple(capacity for capacity in Capacity if capacity in capacities),
            tuple(sorted(_without_repeats(said.values()), key=lambda line: place[line.session])),
        )
        for _email, (recipient, capacities, said) in sorted(people.items())
    ]


def _lines(
    interest: Interest, old: SessionContent | None, new: SessionContent | None, changes: Sequence[Change]
) -> list[NoticeLine]:
    if not changes:
        return []
    if interest.capacity is Capacity.SPEAKER:
        was = old is not None and any(item.person == interest.person for item in old.interventions)
        is_now = new is not None and any(item.person == interest.person for item in new.interventions)
        cancelled = new is not None and new.status == "cancelled"
        if not was and not is_now:
            return []
        if was and not is_now and new is not None and not cancelled:
            return [NoticeLine(NoticeKind.LEFT, new.guid, changes[0])]
        if is_now and not was and new is not None and not cancelled:
            return [NoticeLine(NoticeKind.JOINED, new.guid, changes[0])]
    if interest.capacity is Capacity.ROOM_HOST:
        changes = [change for change in changes if change.kind in _FOR_HOSTS]
    return [NoticeLine(NoticeKind.CHANGED, change.session, change) for change in changes]


def _without_repeats(lines: Iterable[NoticeLine]) -> list[NoticeLine]:
    """Leave out what is said of a session to all where the person already reads that they join or leave it."""
    found = list(lines)
    own = {line.session for line in found if line.kind is not NoticeKind.CHANGED}
    return [line for line in found if line.kind is not NoticeKind.CHANGED or line.session not in own]


def notice_sentence(line: NoticeLine, language: str, *, translate: Callable[[str], str]) -> str:
    """Return one line in words; `translate` turns a msgid into the language."""
    if line.kind is NoticeKind.CHANGED:
        return sentence_of(line.change, language, translate=translate)
    return translate(NOTICE_SENTENCES[line.kind]) % {"title": in_language(line.change.title, language)}
