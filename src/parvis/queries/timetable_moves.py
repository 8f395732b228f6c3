"""Reads of moves in the timetable: where a session stands, who moved last, what others moved or changed since."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Max

from parvis.domain.access import Actor, Permission
from parvis.domain.timetable.moves import Standing
from parvis.models import LogEntry, Placement, Session, TimetableMove

MOST_MOVES = 200
# What the timetable is made of besides moves, as the log names it. It may be of another edition: whoever is told looks.
_FACTS = (
    *("session", "theme", "group", "grouppresidency", "person", "organisation", "interpretationteam"),
    *("sessionorder", "rulesetting", "room", "venue", "edition", "release"),
)
_MOVES = ("session.placed", "session.unplaced")


def standing_of(session: Session) -> Standing:
    """Return where a session stands and how long it lasts. One query."""
    placement = Placement.objects.filter(session=session).first()
    if placement is None:
        return Standing(None, None, session.duration_min)
    return Standing.between(placement.room_id, placement.starts_at, placement.ends_at, pinned=placement.pinned)


def standings_of(sessions: Iterable[Session]) -> dict[int, Standing]:
    """Return where each of several sessions stands, by its key. One query."""
    rows = {session.pk: session for session in sessions}
    placed = {row.session_id: row for row in Placement.objects.filter(session__in=rows)}
    return {
        pk: Standing.between(placed[pk].room_id, placed[pk].starts_at, placed[pk].ends_at, pinned=placed[pk].pinned)
        if pk in placed
        else Standing(None, None, session.duration_min)
        for pk, session in rows.items()
    }


def last_number(edition_id: int) -> int:
    """Return the number of the last move in an edition's timetable, 0 before any. One query."""
    return TimetableMove.objects.filter(edition_id=edition_id).aggregate(last=Max("number"))["last"] or 0


def last_mover(session_id: int) -> str:
    """Return who moved a session last; empty where nobody has. One query."""
    moves = TimetableMove.objects.filter(session_id=session_id).order_by("-number")
    return moves.values_list("actor_label", flat=True).first() or ""


def list_moves_since(actor: Actor, *, edition_id: int, number: int) -> list[TimetableMove]:
    """Return what was moved after move `number`, in order, `MOST_MOVES` at most. One query. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    moves = TimetableMove.objects.filter(edition_id=edition_id, number__gt=number)
    return list(moves.select_related("session", "undoes").order_by("number")[:MOST_MOVES])


def last_entry() -> int:
    """Return the number of the log's last entry, 0 before any. One query."""
    return LogEntry.objects.aggregate(last=Max("pk"))["last"] or 0


def is_changed_since(entry: int) -> bool:
    """Tell whether the log says, after an entry, that what the timetable is made of may have changed. One query."""
    later = LogEntry.objects.filter(pk__gt=entry, subject_kind__in=_FACTS)
    return later.exclude(action__in=_MOVES).exists()
