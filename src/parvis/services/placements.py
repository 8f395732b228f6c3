"""Writes where sessions stand. Nothing else does: it is judged by the timetable's rules, and kept as moves.

Moves are what the editor's other screens hear of, and what can be undone. What is set as a whole (an import, a release
taken up again, a change of venue) is not refused: its moves are kept, and the faults show on the cards.
All runs inside the transaction of a caller who holds the edition's row (`programme.open_edition`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from parvis.domain.access import Actor
from parvis.domain.programme.placement import SessionIsCancelled, check_length
from parvis.domain.programme.sessions import SessionStatus
from parvis.domain.refusals import NotFound
from parvis.domain.timetable.moves import BreaksRules, Standing, newly_broken
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.state import State
from parvis.domain.timetable.verdicts import Violation
from parvis.domain.timetable.violations import violations
from parvis.models import Edition, Placement, Room, Session, TimetableMove
from parvis.queries.desk_editions import zone_of
from parvis.queries.timetable import Timetable, build_timetable
from parvis.queries.timetable_moves import last_number
from parvis.services import log


@dataclass(frozen=True, slots=True)
class Judged:
    """The timetable with a session where it is wanted, and every rule that is broken then."""

    timetable: Timetable
    violations: list[Violation]


@dataclass(frozen=True, slots=True)
class Moved(Judged):
    """What came of a move: besides, the move itself, None where nothing differs."""

    move: TimetableMove | None


def put(
    *,
    actor: Actor,
    edition: Edition,
    session: Session,
    before: Standing,
    to: Standing,
    insist: bool = False,
    screen: str = "",
    now: datetime,
    undoes: TimetableMove | None = None,
) -> Moved:
    """Move a session from where it stands: judged, written, kept and logged. One `build_timetable`.

    Raises what `judge` raises.
    """
    judged = judge(edition=edition, session=session, before=before, to=to, insist=insist)
    if before == to:
        return Moved(judged.timetable, judged.violations, None)
    move = keep(
        actor=actor, edition=edition, session=session, before=before, to=to, screen=screen, now=now, undoes=undoes
    )
    zone = zone_of(edition)
    changes: dict[str, Any] = {}
    placement = [_said(before, zone), _said(to, zone)]
    if placement[0] != placement[1]:
        action = "session.placed" if to.room is not None else "session.unplaced"
        changes["placement"] = placement
    else:
        action = "session.changed"
        changes |= {"duration_min": [before.duration_min, to.duration_min]} if not before.is_where(to) else {}
        changes |= {"pinned": [before.pinned, to.pinned]} if before.pinned != to.pinned else {}
    log.record(actor=actor, action=action, subject=session, now=now, details={"changes": changes})
    return Moved(judged.timetable, judged.violations, move)


def judge(
    *, edition: Edition, session: Session, before: Standing, to: Standing, insist: bool = False, field: str = ""
) -> Judged:
    """Return what the rules say of a session that goes from one standing to another; nothing is written.

    What is broken where it stands now, and not more where it goes, refuses nothing. One `build_timetable`. Raises
    `SessionIsCancelled`, `SessionMustLast`, `NotFound` for a room elsewhere, `EditionHasNoDays`, and, unless its mover
    insists, `BreaksRules` with the hard rules that would be broken anew.
    """
    cancelled = session.status == SessionStatus.CANCELLED
    if cancelled and to.room is not None:
        raise SessionIsCancelled(title=session.title)
    check_length(to.duration_min)
    timetable = build_timetable(edition.pk)
    if to.room is not None and to.room not in timetable.room_ids.values():
        raise NotFound(field="room")
    code = next((code for code, pk in timetable.session_ids.items() if pk == session.pk), None)
    if code is None:  # it is cancelled: no rule asks where it stands
        return Judged(timetable, violations(timetable.problem, timetable.rules, timetable.placements))
    stood, stands = standing_as(timetable, code, before), standing_as(timetable, code, to)
    state = State(stood.problem, stood.rules, stood.placements)
    broken_before = state.violations()
    if stands.problem == stood.problem:
        state.apply(code, stands.placements.get(code))
    else:  # it lasts longer, or is pinned: other facts, judged anew
        state = State(stands.problem, stands.rules, stands.placements)
    found = state.violations()
    if not insist and (broken := newly_broken(broken_before, found)):
        raise BreaksRules(broken, session=code, field=field or None)
    return Judged(stands, found)


def keep(
    *,
    actor: Actor,
    edition: Edition,
    session: Session,
    before: Standing,
    to: Standing,
    screen: str = "",
    now: datetime,
    undoes: TimetableMove | None = None,
) -> TimetableMove:
    """Write where a session stands now, and the move that took it there; whether it may is for `judge`."""
    _write(session, to)
    move = _move(actor, edition.pk, last_number(edition.pk) + 1, session, before, to, now)
    move.screen, move.undoes = screen[:40], undoes
    move.save(force_insert=True)
    return move


def keep_all(
    *, actor: Actor, edition_id: int, moves: Iterable[tuple[Session, Standing, Standing]], now: datetime
) -> None:
    """Write where sessions stand now, each with where it stood, and the moves. Nothing is judged, nor logged."""
    given = list(moves)
    for session, before, to in given:
        if before != to:
            _write(session, to)
    keep_moves(actor=actor, edition_id=edition_id, moves=given, now=now)


def keep_moves(
    *, actor: Actor, edition_id: int, moves: Iterable[tuple[Session, Standing, Standing]], now: datetime
) -> None:
    """Keep the moves of what was written in bulk, in this order; those that lead nowhere are passed over."""
    number = last_number(edition_id)
    made = [(session, before, to) for session, before, to in moves if before != to]
    TimetableMove.objects.bulk_create(
        (_move(actor, edition_id, number + n, *which, now) for n, which in enumerate(made, start=1)), batch_size=500
    )


def clear(*, actor: Actor, edition: Edition, now: datetime) -> None:
    """Take every session out of the timetable, as when the venue changes; each keeps all else. Nothing is judged."""
    rows = Placement.objects.filter(session__edition=edition).select_related("session")
    moves = []
    for row in rows:
        before = Standing.between(row.room_id, row.starts_at, row.ends_at, pinned=row.pinned)
        moves.append((row.session, before, before.in_the_tray()))
    put_all(actor=actor, edition=edition, moves=moves, now=now)


def put_all(
    *,
    actor: Actor,
    edition: Edition,
    moves: Iterable[tuple[Session, Standing, Standing]],
    undoes: Mapping[int, TimetableMove] | None = None,
    screen: str = "",
    now: datetime,
) -> list[TimetableMove]:
    """Move many sessions at once, each given once with where it stands: written, kept and logged, and not judged.

    `undoes` is, by session, the move that is taken back. Returns the moves; what leads nowhere is passed over. The
    same number of queries for any number of sessions, up to some hundreds.
    """
    given = [(session, before, to) for session, before, to in moves if before != to]
    rooms = Room.objects.in_bulk({there.room for _, before, to in given for there in (before, to) if there.room})
    number, zone = last_number(edition.pk), zone_of(edition)
    made, entries = [], []
    for n, (session, before, to) in enumerate(given, start=1):
        session.duration_min, session.updated_at = to.duration_min, now
        move = _move(actor, edition.pk, number + n, session, before, to, now)
        move.screen, move.undoes = screen[:40], (undoes or {}).get(session.pk)
        made.append(move)
        said = [_said(there, zone, rooms.get(there.room or 0)) for there in (before, to)]
        action = "session.placed" if to.room is not None else "session.unplaced"
        details = {"changes": {"placement": said}}
        entries.append(log.entry(actor=actor, action=action, subject=session, now=now, details=details))
    Placement.objects.filter(session__in=[session.pk for session, _before, _to in given]).delete()
    Placement.objects.bulk_create(
        (
            Placement(
                session=session,
                room_id=to.room,
                starts_at=to.starts_at,
                ends_at=to.starts_at + timedelta(minutes=to.duration_min),
                pinned=to.pinned,
            )
            for session, _before, to in given
            if to.room is not None and to.starts_at is not None
        ),
        batch_size=500,
    )
    Session.objects.bulk_update([session for session, _b, _t in given], ["duration_min", "updated_at"], batch_size=200)
    TimetableMove.objects.bulk_create(made, batch_size=500)
    log.record_many(entries)
    return made


@contextmanager
def unbroken(*, edition: Edition, session: Session, insist: bool = False, field: str = "") -> Iterator[None]:
    """Judge what is written inside, where it changes other facts than the place: who speaks in a placed session.

    Raises `BreaksRules` at the end, unless somebody insists, where it breaks a hard rule anew. Two `build_timetable`;
    none where the session stands nowhere.
    """
    stands = session.status != SessionStatus.CANCELLED and Placement.objects.filter(session=session).exists()
    if insist or not stands or edition.starts_on is None or edition.ends_on is None:
        yield
        return
    before = build_timetable(edition.pk)
    yield
    after = build_timetable(edition.pk)
    broken = newly_broken(
        violations(before.problem, before.rules, before.placements),
        violations(after.problem, after.rules, after.placements),
    )
    if broken:
        code = next(code for code, pk in after.session_ids.items() if pk == session.pk)
        raise BreaksRules(broken, session=code, field=field or None)


def standing_as(timetable: Timetable, code: str, to: Standing) -> Timetable:
    """Return the timetable in which a session stands as `to` says: what a new reading would give."""
    place = None
    if to.room is not None and to.starts_at is not None:
        slugs = {pk: slug for slug, pk in timetable.room_ids.items()}
        # A room of the venue that the edition has left is in no rule: there it stands nowhere.
        if to.room in slugs:
            place = Place(slugs[to.room], timetable.problem.timeline.minute(to.starts_at))
    known = timetable.problem.session_of[code]
    session = replace(
        known,
        duration_min=to.duration_min,
        fixed_start=place.start if place is not None and to.pinned else None,
        fixed_room=place.room if place is not None and to.pinned else None,
    )
    same = timetable.placements.get(code) == place
    return replace(
        timetable,
        problem=timetable.problem if session == known else timetable.problem.with_session(session),
        placements=timetable.placements if same else timetable.placements.moved(code, place),
    )


def _write(session: Session, to: Standing) -> None:
    session.duration_min = to.duration_min
    session.save(update_fields=["duration_min", "updated_at"])
    if to.room is None or to.starts_at is None:
        Placement.objects.filter(session=session).delete()
        return
    ends_at = to.starts_at + timedelta(minutes=to.duration_min)
    Placement.objects.update_or_create(
        session=session,
        defaults={"room_id": to.room, "starts_at": to.starts_at, "ends_at": ends_at, "pinned": to.pinned},
    )


def _move(
    actor: Actor, edition_id: int, number: int, session: Session, before: Standing, to: Standing, now: datetime
) -> TimetableMove:
    return TimetableMove(
        edition_id=edition_id,
        number=number,
        session=session,
        before=before.to_json(),
        after=to.to_json(),
        account_id=actor.account_id,
        actor_label=actor.label[:200],
        at=now,
    )


def _said(standing: Standing, zone: ZoneInfo, room: Any = None) -> str:
    """Return a place as the log says it: the venue's hours, and the room; empty in the tray."""
    if standing.starts_at is None or standing.room is None:
        return ""
    starts = standing.starts_at.astimezone(zone)
    ends = (standing.starts_at + timedelta(minutes=standing.duration_min)).astimezone(zone)
    return f"{starts:%Y-%m-%d %H:%M}–{ends:%H:%M}, {room or Room.objects.filter(pk=standing.room).first() or '—'}"
