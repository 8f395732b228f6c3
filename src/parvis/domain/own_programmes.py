"""What a participant chose of a programme: how much may be kept, for how long, and what cannot be attended together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from parvis.domain.programme.release import SessionContent
from parvis.domain.refusals import N_, Refusal

MOST_SESSIONS = 200
KEPT_DAYS = 90


class TooManyChosen(Refusal):
    """An own programme is somebody's days, not a copy of everything."""

    sentence = N_("An own programme holds at most %(most)s sessions. Take some out, then add others.")


class NothingChosen(Refusal):
    """An empty programme needs no address."""

    sentence = N_("Choose at least one session of the programme first.")


class ChoiceUnreadable(Refusal):
    """What a script sends is a list of sessions."""

    sentence = N_("The browser sent something that is no list of sessions. Reload the page and try again.")


def keep_chosen(kept: Sequence[str], *, add: Iterable[str], remove: Iterable[str], known: Collection[str]) -> list[str]:
    """Return the guids of an own programme after a change: in the order in which they were chosen, each once.

    What was chosen before stays though the release no longer has it (it may come back); what is added must be among
    `known`, else it is passed over. Raises `TooManyChosen`.
    """
    gone = set(remove)
    chosen = [guid for guid in dict.fromkeys(kept) if guid not in gone]
    chosen += [guid for guid in dict.fromkeys(add) if guid in known and guid not in gone and guid not in chosen]
    if len(chosen) > MOST_SESSIONS:
        raise TooManyChosen(most=MOST_SESSIONS)
    return chosen


def clashes(sessions: Iterable[SessionContent]) -> dict[str, list[SessionContent]]:
    """Return, by guid, the other sessions that share a moment with each; one may begin when another ends.

    Cancelled sessions and those without a time clash with nothing.
    """
    timed = [
        (datetime.fromisoformat(session.starts_at), datetime.fromisoformat(session.ends_at), session)
        for session in sessions
        if session.starts_at and session.ends_at and session.status != "cancelled"
    ]
    timed.sort(key=lambda item: (item[0], item[1], item[2].guid))
    found: dict[str, list[SessionContent]] = {}
    for place, (_starts, ends, session) in enumerate(timed):
        for other_starts, _other_ends, other in timed[place + 1 :]:
            if other_starts >= ends:
                break
            found.setdefault(session.guid, []).append(other)
            found.setdefault(other.guid, []).append(session)
    return found


def kept_until(last_day: date | None, changed_on: date) -> date:
    """Return the last day on which a kept programme is there.

    `KEPT_DAYS` after the edition's last day, or after the last change where that is later.
    """
    return max(changed_on, last_day or changed_on) + timedelta(days=KEPT_DAYS)
