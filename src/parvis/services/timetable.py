"""Moves sessions in the timetable: judged by its rules, kept as moves that others see and that can be undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.programme.placement import SessionIsCancelled
from parvis.domain.programme.sessions import SessionStatus
from parvis.domain.refusals import ChangedMeanwhile, NotFound
from parvis.domain.timetable.moves import MovedSince, NothingToUndo, Standing
from parvis.domain.timetable.violations import violations
from parvis.models import Edition, Room, Session, TimetableMove
from parvis.queries.timetable import build_timetable
from parvis.queries.timetable_moves import last_mover, standing_of, standings_of
from parvis.services.changes import last_hand
from parvis.services.placements import Judged, Moved, put, put_all
from parvis.services.programme import open_edition, session_of_open_edition

__all__ = ["Moved", "MovedTogether", "empty_timetable", "move_session", "pin_session", "undo_move", "undo_moves"]


@dataclass(frozen=True, slots=True)
class MovedTogether(Judged):
    """What came of moving many sessions in one step: the moves, and the titles of those that stay where they are."""

    moves: list[TimetableMove]
    left: list[str]


def move_session(
    *,
    actor: Actor,
    session_id: int,
    to: Standing,
    seen: Standing | None = None,
    insist: bool = False,
    screen: str = "",
    now: datetime | None = None,
) -> Moved:
    """Put a session in a room at a time, or back into the tray, and give it a length.

    `seen` is where its mover saw it: it is not moved from under somebody else's hands. A move that breaks a hard rule
    which holds now is refused with the rules, unless the mover insists; it is then shown on the cards and asked about
    when the programme is published. `screen` names the window that moved it.

    Locks the edition's row, then the session. Raises `NotAllowed`, `NotFound`, `EditionIsClosed`, `EditionHasNoDays`,
    `SessionIsCancelled`, `SessionMustLast`, `ChangedMeanwhile`, `BreaksRules`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        session, edition = _card(session_id)
        before = standing_of(session)
        if seen is not None and not seen.is_where(before):
            raise ChangedMeanwhile(who=last_mover(session_id) or last_hand(session))
        return put(
            actor=actor,
            edition=edition,
            session=session,
            before=before,
            to=to,
            insist=insist,
            screen=screen,
            now=now or timezone.now(),
        )


def undo_move(
    *, actor: Actor, edition_id: int, number: int, insist: bool = False, screen: str = "", now: datetime | None = None
) -> Moved:
    """Take one move back; undoing an undo does it again. The session must still stand where the move put it.

    Locks as `move_session` does. Raises what it raises, `NothingToUndo` and `MovedSince`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        found = TimetableMove.objects.filter(edition_id=edition_id, number=number).first()
        if found is None:
            raise NotFound
        session, edition = _card(found.session_id)
        if TimetableMove.objects.filter(undoes=found).exists():
            raise NothingToUndo
        before = standing_of(session)
        if not before.is_where(Standing.from_json(found.after)):
            raise MovedSince(title=session.title, who=last_mover(session.pk) or last_hand(session))
        return put(
            actor=actor,
            edition=edition,
            session=session,
            before=before,
            to=Standing.from_json(found.before),
            insist=insist,
            screen=screen,
            now=now or timezone.now(),
            undoes=found,
        )


def pin_session(*, actor: Actor, session_id: int, pinned: bool, screen: str = "", now: datetime | None = None) -> Moved:
    """Have a session stay where it is, whoever solves or mends the timetable; or let it go again.

    Raises `NotAllowed`, `NotFound`, `EditionIsClosed`, `SessionIsCancelled`; `NotFound` too where it is not placed.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        session, edition = _card(session_id)
        before = standing_of(session)
        if before.room is None:
            raise NotFound
        return put(
            actor=actor,
            edition=edition,
            session=session,
            before=before,
            to=replace(before, pinned=pinned),
            insist=True,
            screen=screen,
            now=now or timezone.now(),
        )


def empty_timetable(
    *, actor: Actor, edition_id: int, seen: Mapping[int, Standing], screen: str = "", now: datetime | None = None
) -> MovedTogether:
    """Put many sessions back into the tray in one step: all of them, or none.

    `seen` says which, by their keys, and where their mover saw each: what would go was shown. The rules refuse nothing
    of it, not even the one that all are placed: whoever empties a day means it.

    Locks the edition's row, then the sessions. Raises `NotAllowed`, `NotFound`, `EditionIsClosed`, `EditionHasNoDays`,
    `SessionIsCancelled`, `ChangedMeanwhile`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        edition = open_edition(edition_id)
        sessions = _cards(edition, seen)
        standings = standings_of(sessions.values())
        if len(sessions) < len(seen):
            raise NotFound
        for session in sessions.values():
            if session.status == SessionStatus.CANCELLED:
                raise SessionIsCancelled(title=session.title)
            if not seen[session.pk].is_where(standings[session.pk]):
                raise ChangedMeanwhile(who=last_mover(session.pk) or last_hand(session))
        moves = put_all(
            actor=actor,
            edition=edition,
            moves=[(session, standings[pk], standings[pk].in_the_tray()) for pk, session in sessions.items()],
            screen=screen,
            now=now or timezone.now(),
        )
        return _together(edition, moves, left=[])


def undo_moves(
    *, actor: Actor, edition_id: int, numbers: Collection[int], screen: str = "", now: datetime | None = None
) -> MovedTogether:
    """Take the moves of one step back; undoing that undo does them again. Each is of another session.

    What was taken back already, moved again since or cancelled, or stood in a room that the venue has no more, stays
    where it is and is named (`left`); the rest goes back, whatever the rules say of it.

    Locks the edition's row, then the sessions. Raises `NotAllowed`, `NotFound`, `EditionIsClosed`, `EditionHasNoDays`,
    and `NothingToUndo` where all stay.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        edition = open_edition(edition_id)
        found = {move.session_id: move for move in TimetableMove.objects.filter(edition=edition, number__in=numbers)}
        if not found or len(found) < len(set(numbers)):
            raise NotFound
        undone = set(TimetableMove.objects.filter(undoes__in=found.values()).values_list("undoes_id", flat=True))
        sessions = _cards(edition, found)
        standings = standings_of(sessions.values())
        rooms = {None, *Room.objects.filter(venue_id=edition.venue_id or 0).values_list("pk", flat=True)}
        back, left = [], []
        for pk, session in sessions.items():
            move, stands, to = found[pk], standings[pk], Standing.from_json(found[pk].before)
            gone = session.status == SessionStatus.CANCELLED or to.room not in rooms
            if gone or move.pk in undone or not stands.is_where(Standing.from_json(move.after)):
                left.append(session.title)
            else:
                back.append((session, stands, to))
        if not back:
            raise NothingToUndo
        moves = put_all(
            actor=actor, edition=edition, moves=back, undoes=found, screen=screen, now=now or timezone.now()
        )
        return _together(edition, moves, left=left)


def _cards(edition: Edition, keys: Iterable[int]) -> dict[int, Session]:
    """Return sessions of an edition by their keys, locked; those of another are left out."""
    rows = Session.objects.select_for_update(of=("self",)).filter(edition=edition, pk__in=list(keys))
    return {row.pk: row for row in rows.order_by("pk")}


def _together(edition: Edition, moves: list[TimetableMove], *, left: list[str]) -> MovedTogether:
    timetable = build_timetable(edition.pk)
    found = violations(timetable.problem, timetable.rules, timetable.placements)
    return MovedTogether(timetable, found, moves, left)


def _card(session_id: int) -> tuple[Session, Edition]:
    """Return a session that is on the timetable, and its edition, both locked.

    Raises `NotFound`, `EditionIsClosed`, `SessionIsCancelled`.
    """
    session, edition = session_of_open_edition(session_id)
    if session.status == SessionStatus.CANCELLED:
        raise SessionIsCancelled(title=session.title)
    return session, edition
