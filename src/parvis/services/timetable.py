"""Moves sessions in the timetable: judged by its rules, kept as moves that others see and that can be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.programme.placement import SessionIsCancelled
from parvis.domain.programme.sessions import SessionStatus
from parvis.domain.refusals import ChangedMeanwhile, NotFound
from parvis.domain.timetable.moves import MovedSince, NothingToUndo, Standing
from parvis.models import Edition, Session, TimetableMove
from parvis.queries.timetable_moves import last_mover, standing_of
from parvis.services.changes import last_hand
from parvis.services.placements import Moved, put
from parvis.services.programme import session_of_open_edition

__all__ = ["Moved", "move_session", "pin_session", "undo_move"]


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


def _card(session_id: int) -> tuple[Session, Edition]:
    """Return a session that is on the timetable, and its edition, both locked.

    Raises `NotFound`, `EditionIsClosed`, `SessionIsCancelled`.
    """
    session, edition = session_of_open_edition(session_id)
    if session.status == SessionStatus.CANCELLED:
        raise SessionIsCancelled(title=session.title)
    return session, edition
