"""What changed from one release to the next, session by session, with a sentence for each change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from parvis.domain.programme.release import ReleaseContent, SessionContent, Words
from parvis.domain.refusals import N_


class ChangeKind(StrEnum):
    """What happened to a session."""

    NEW = "new"
    REMOVED = "removed"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    MOVED = "moved"
    ROOM = "room"
    SPEAKERS = "speakers"
    TITLE = "title"


CHANGE_SENTENCES: dict[ChangeKind, str] = {
    ChangeKind.NEW: N_("“%(title)s” joins the programme."),
    ChangeKind.REMOVED: N_("“%(title)s” leaves the programme."),
    ChangeKind.CANCELLED: N_("“%(title)s” is cancelled."),
    ChangeKind.RESTORED: N_("“%(title)s” takes place after all."),
    ChangeKind.MOVED: N_("“%(title)s” moves from %(before)s to %(after)s."),
    ChangeKind.ROOM: N_("“%(title)s” changes rooms: %(after)s instead of %(before)s."),
    ChangeKind.SPEAKERS: N_("“%(title)s” has other speakers: %(after)s."),
    ChangeKind.TITLE: N_("“%(before)s” is now called “%(title)s”."),
}


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
        note(ChangeKind.MOVED, old.starts_at, new.starts_at)
    if old.room != new.room:
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


def sentence_of(change: Change, language: str, *, translate: Callable[[str], str], moment: Callable[[str], str]) -> str:
    """Return a change in words. `translate` turns a msgid into the language, `moment` writes an ISO time."""
    timed = change.kind is ChangeKind.MOVED
    title = change.title.get(language) or change.title.get("fr", "")
    words: Mapping[str, str] = {
        "title": title,
        "before": moment(change.before) if timed and change.before else change.before,
        "after": moment(change.after) if timed and change.after else change.after,
    }
    return translate(CHANGE_SENTENCES[change.kind]) % words
