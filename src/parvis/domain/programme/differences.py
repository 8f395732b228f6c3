"""What changed from one release to the next, session by session, with a sentence for each change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from parvis.domain import typography
from parvis.domain.programme.release import ReleaseContent, SessionContent, Words, in_language
from parvis.domain.refusals import N_


class ChangeKind(StrEnum):
    """What happened to a session."""

    NEW = "new"
    REMOVED = "removed"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    MOVED = "moved"
    TIMED = "timed"
    UNTIMED = "untimed"
    ROOM = "room"
    SPEAKERS = "speakers"
    TITLE = "title"


CHANGE_SENTENCES: dict[ChangeKind, str] = {
    ChangeKind.NEW: N_("“%(title)s” joins the programme."),
    ChangeKind.REMOVED: N_("“%(title)s” leaves the programme."),
    ChangeKind.CANCELLED: N_("“%(title)s” is cancelled."),
    ChangeKind.RESTORED: N_("“%(title)s” takes place after all."),
    ChangeKind.MOVED: N_("“%(title)s” moves from %(before)s to %(after)s."),
    ChangeKind.TIMED: N_("“%(title)s” takes place on %(after)s."),
    ChangeKind.UNTIMED: N_("“%(title)s” no longer takes place on %(before)s: its time is to be announced."),
    ChangeKind.ROOM: N_("“%(title)s” changes rooms: %(after)s instead of %(before)s."),
    ChangeKind.SPEAKERS: N_("“%(title)s” has other speakers: %(after)s."),
    ChangeKind.TITLE: N_("“%(before)s” is now called “%(title)s”."),
}


# What `before` and `after` say in ISO times.
_TIMES = frozenset({ChangeKind.MOVED, ChangeKind.TIMED, ChangeKind.UNTIMED})


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one session; `before` and `after` are an ISO time, a room's name, names of people or a title."""

    kind: ChangeKind
    session: str
    title: Words
    before: str = ""
    after: str = ""


def _rooms(content: ReleaseContent) -> dict[str, str]:
    return {room.slug: room.name for room in content.rooms}


def _who(content: ReleaseContent, session: SessionContent) -> str:
    names = {speaker.slug: speaker.name for speaker in content.speakers}
    return ", ".join(names.get(item.person, item.person) for item in session.interventions)


def _changes(before: ReleaseContent, after: ReleaseContent, old: SessionContent, new: SessionContent) -> list[Change]:
    found: list[Change] = []

    def note(kind: ChangeKind, was: str = "", now: str = "") -> None:
        found.append(Change(kind, new.guid, new.title, was, now))

    if old.status != new.status and "cancelled" in (old.status, new.status):
        note(ChangeKind.CANCELLED if new.status == "cancelled" else ChangeKind.RESTORED)
    if new.status == "cancelled":
        return found
    if old.title.get("fr") != new.title.get("fr"):
        note(ChangeKind.TITLE, old.title.get("fr", ""), new.title.get("fr", ""))
    if (old.starts_at, old.ends_at) != (new.starts_at, new.ends_at):
        kind = ChangeKind.MOVED if old.starts_at and new.starts_at else ChangeKind.TIMED
        note(kind if new.starts_at else ChangeKind.UNTIMED, old.starts_at, new.starts_at)
    if old.room != new.room and old.room and new.room:
        note(ChangeKind.ROOM, _rooms(before).get(old.room, ""), _rooms(after).get(new.room, ""))
    if [(i.person, i.role) for i in old.interventions] != [(i.person, i.role) for i in new.interventions]:
        note(ChangeKind.SPEAKERS, _who(before, old), _who(after, new))
    return found


def difference(before: ReleaseContent | None, after: ReleaseContent) -> list[Change]:
    """Return what changed for the public, in the order of the new programme; nothing for a first release."""
    if before is None:
        return []
    old = {session.guid: session for session in before.sessions}
    changes: list[Change] = []
    for session in after.sessions:
        known = old.pop(session.guid, None)
        if known is None:
            changes.append(Change(ChangeKind.NEW, session.guid, session.title, "", session.starts_at))
        else:
            changes += _changes(before, after, known, session)
    changes += [Change(ChangeKind.REMOVED, gone.guid, gone.title, gone.starts_at) for gone in old.values()]
    return changes


def said_moment(iso: str, language: str) -> str:
    """Return an ISO time with the venue's offset in words: lundi 18 septembre, 14 h 30."""
    at = datetime.fromisoformat(iso)
    return f"{typography.day_long(at.date(), language, year=False)}, {typography.clock(at.time(), language)}"


def sentence_of(change: Change, language: str, *, translate: Callable[[str], str]) -> str:
    """Return a change in words; `translate` turns a msgid into the language."""
    timed = change.kind in _TIMES
    words = {
        "title": in_language(change.title, language),
        "before": said_moment(change.before, language) if timed and change.before else change.before,
        "after": said_moment(change.after, language) if timed and change.after else change.after,
    }
    return translate(CHANGE_SENTENCES[change.kind]) % words
