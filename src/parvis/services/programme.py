"""Changes the programme: sessions, and where and when they take place. Who speaks in them: `interventions`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.changes import AlreadyThere, TextMissing
from parvis.domain.editions import EDITION_STATUS_NAMES, EditionIsClosed, EditionStatus
from parvis.domain.network.folding import LONGEST_FOLDED
from parvis.domain.programme.placement import SessionIsCancelled, SessionWasPublic, check_length
from parvis.domain.programme.sessions import SessionStatus
from parvis.domain.programme.texts import changed_texts, checks_left
from parvis.domain.refusals import ChangedMeanwhile, NotFound
from parvis.domain.slugs import slug_of
from parvis.domain.text import fold
from parvis.domain.timetable.moves import Standing
from parvis.models import (
    Edition,
    Group,
    Organisation,
    Placement,
    Release,
    Session,
    SessionTheme,
    Theme,
)
from parvis.queries.placements import print_of
from parvis.queries.timetable_moves import standing_of
from parvis.services import log, placements
from parvis.services.changes import check_known, check_seen, delete_row, last_hand, locked, save_changes

SESSION_FIELDS = frozenset(
    {"code", "format", "title_fr", "title_en", "abstract_fr", "abstract_en", "summary_fr", "summary_en"}
    | {"practical_note_fr", "practical_note_en", "debate_min", "mode", "online_url", "needs", "sdgs"}
    | {"group_id", "host_id", "duration_min", "capacity", "members_only", "spoken", "interpreted", "status"}
)
_CLOSED = frozenset({EditionStatus.ARCHIVED, EditionStatus.CANCELLED})


def save_session(
    *,
    actor: Actor,
    edition_id: int,
    session_id: int | None,
    values: Mapping[str, Any],
    theme_ids: Sequence[int] | None = None,
    new_theme: str = "",
    seen: str = "",
    insist: bool = False,
    now: datetime | None = None,
) -> Session:
    """Create (without `session_id`) or change a session; `values` holds some of `SESSION_FIELDS`.

    `theme_ids`, where given, are all its themes in their order; `new_theme` names one more, made unless it is known.
    A text that changes loses the check of its language.

    Locks the edition's row, then the session. A placed session whose length changes keeps its beginning, and moves as
    in the timetable: the rules judge it, unless one insists. Raises `NotAllowed`, `NotFound`, `ChangedMeanwhile`,
    `EditionIsClosed`, `TextMissing`, `AlreadyThere` for a code in use, `SessionWasPublic` where the public would see it
    vanish, `SessionIsCancelled` where it would come back unsaid, `SessionMustLast`, `DebateTooLong`, `BreaksRules`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    check_known(values, SESSION_FIELDS)
    moment = now or timezone.now()
    with transaction.atomic():
        edition = open_edition(edition_id)
        session = Session(edition=edition) if session_id is None else locked(Session, session_id, edition=edition)
        check_seen(session, seen)
        given = _with_rows(values)
        title = str(given.get("title_fr", getattr(session, "title_fr", "")) or "").strip()
        if not title:
            raise TextMissing(field="title_fr")
        length = int(given.get("duration_min", session.duration_min) or 0)
        check_length(length, int(given.get("debate_min", session.debate_min) or 0))
        code = str(given.get("code", session.code) or "").strip() or _free_code(edition)
        if Session.objects.filter(edition=edition, code=code).exclude(pk=session_id or 0).exists():
            raise AlreadyThere(what=code, field="code")
        given["code"] = code
        if session_id is None:
            taken = set(Session.objects.filter(edition=edition).values_list("slug", flat=True))
            session.slug = slug_of(title, taken, longest=110)
        else:
            _check_status(edition, session, given)
        english = given.get("title_en", getattr(session, "title_en", "")) or ""
        session.folded = fold(f"{title} {english}")[:LONGEST_FOLDED]
        stretched = _stretched(session, length)
        if stretched is not None:
            before, to = stretched
            placements.judge(
                edition=edition, session=session, before=before, to=to, insist=insist, field="duration_min"
            )
        before_texts = {name: getattr(session, name, None) for name in given}
        given["checked"] = checks_left(session.checked, changed_texts(before_texts, given))
        save_changes(actor=actor, row=session, values=given, now=moment)
        if theme_ids is not None:
            _set_themes(actor, session, [*theme_ids, *_theme_named(actor, new_theme, moment)], moment)
        if stretched is not None:
            placements.keep(actor=actor, edition=edition, session=session, before=before, to=to, now=moment)
    return session


def place_session(
    *,
    actor: Actor,
    session_id: int,
    room_id: int,
    starts_at: datetime,
    seen: str = "",
    insist: bool = False,
    now: datetime | None = None,
) -> Placement:
    """Place a session in a room from `starts_at` (aware), for as long as it lasts; it moves if it was placed.

    `seen` is the print of where it stood (`queries.placements.print_of`). The timetable's rules judge it, unless one
    insists. Locks the edition's row, so that two placements cannot take one room. Raises `NotAllowed`, `NotFound`,
    `EditionIsClosed`, `EditionHasNoDays`, `SessionIsCancelled`, `ChangedMeanwhile`, `BreaksRules`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        session, edition = session_of_open_edition(session_id)
        if seen and print_of(Placement.objects.filter(session=session).first()) != seen:
            raise ChangedMeanwhile(who=last_hand(session))
        before = standing_of(session)
        placements.put(
            actor=actor,
            edition=edition,
            session=session,
            before=before,
            to=Standing(room_id, starts_at, session.duration_min, before.pinned),
            insist=insist,
            now=now or timezone.now(),
        )
        return Placement.objects.get(session=session)


def unplace_session(*, actor: Actor, session_id: int, insist: bool = False, now: datetime | None = None) -> None:
    """Take a session out of the timetable; it keeps everything else.

    Raises `NotAllowed`, `NotFound`, `EditionIsClosed`, and, unless one insists, `BreaksRules` where the edition has it
    as a hard rule that sessions are placed.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        session, edition = session_of_open_edition(session_id)
        before = standing_of(session)
        if before.room is None:
            return
        placements.put(
            actor=actor,
            edition=edition,
            session=session,
            before=before,
            to=Standing(None, None, session.duration_min),
            insist=insist,
            now=now or timezone.now(),
        )


def cancel_session(*, actor: Actor, session_id: int, now: datetime | None = None) -> Session:
    """Cancel a session: the public reads that it does not take place. Its room is free. It can be restored.

    Raises `NotAllowed`, `NotFound`, `EditionIsClosed`.
    """
    return _set_status(actor, session_id, SessionStatus.CANCELLED, "cancelled", now)


def restore_session(*, actor: Actor, session_id: int, insist: bool = False, now: datetime | None = None) -> Session:
    """Take a cancelled session up again where it was, as if it came out of the tray: the rules judge it.

    Raises `NotAllowed`, `NotFound`, `EditionIsClosed`, and, unless one insists, `BreaksRules` where, say, its room is
    taken meanwhile.
    """
    return _set_status(actor, session_id, SessionStatus.CONFIRMED, "restored", now, insist=insist)


def delete_session(*, actor: Actor, session_id: int, now: datetime | None = None) -> None:
    """Delete a session that the public has never read of, with its placement and interventions.

    Raises `NotAllowed`, `NotFound`, `SessionWasPublic`, `StillReferredTo`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        session, edition = session_of_open_edition(session_id)
        if _was_public(edition, session):
            raise SessionWasPublic(title=session.title)
        delete_row(actor=actor, row=session, now=now or timezone.now())


def _stretched(session: Session, length: int) -> tuple[Standing, Standing] | None:
    """Return where a placed session stands and where it stands once it lasts `length`; None where nothing moves."""
    if session.pk is None or length == session.duration_min or session.status == SessionStatus.CANCELLED:
        return None
    before = standing_of(session)
    return None if before.room is None else (before, replace(before, duration_min=length))


def _with_rows(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values with the group and the host themselves in place of their keys. Raises `NotFound`."""
    given = dict(values)
    for name, model in (("group", Group), ("host", Organisation)):
        if f"{name}_id" in given:
            key = given.pop(f"{name}_id")
            given[name] = None if key is None else model._default_manager.filter(pk=key).first()
            if key is not None and given[name] is None:
                raise NotFound(field=name)
    return given


def _check_status(edition: Edition, session: Session, given: Mapping[str, Any]) -> None:
    """Refuse what has a step of its own: coming back from a cancellation, and vanishing from what was published."""
    wanted = given.get("status", session.status)
    if wanted == session.status:
        return
    if SessionStatus.CANCELLED in (wanted, session.status):
        raise SessionIsCancelled(title=session.title, field="status")
    if wanted == SessionStatus.DRAFT and _was_public(edition, session):
        raise SessionWasPublic(title=session.title, field="status")


def _theme_named(actor: Actor, name: str, now: datetime) -> list[int]:
    """Return the key of the theme of a name, made if it is new; none for an empty name."""
    if not name.strip():
        return []
    slug = slug_of(name, longest=60)
    theme = Theme.objects.filter(slug=slug).first()
    if theme is None:
        theme = save_changes(actor=actor, row=Theme(slug=slug), values={"name_fr": name}, now=now)
    return [theme.pk]


def _set_themes(actor: Actor, session: Session, theme_ids: Sequence[int], now: datetime) -> None:
    """Make exactly these themes the session's, in this order; log what changed."""
    before = list(session.session_themes.select_related("theme"))
    wanted = list(dict.fromkeys(theme_ids))
    if [item.theme_id for item in before] == wanted:
        return
    themes = Theme.objects.in_bulk(wanted)
    if len(themes) != len(wanted):
        raise NotFound(field="themes")
    SessionTheme.objects.filter(session=session).delete()
    SessionTheme.objects.bulk_create(
        SessionTheme(session=session, theme=themes[pk], position=at) for at, pk in enumerate(wanted)
    )
    touch(session)
    changes = {"themes": [[str(item.theme) for item in before], [str(themes[pk]) for pk in wanted]]}
    log.record(actor=actor, action="session.changed", subject=session, now=now, details={"changes": changes})


def open_edition(edition_id: int) -> Edition:
    """Return an edition whose programme may change, locked. Raises `NotFound`, `EditionIsClosed`."""
    edition = locked(Edition, edition_id)
    status = EditionStatus(edition.status)
    if status in _CLOSED:
        raise EditionIsClosed(current=EDITION_STATUS_NAMES[status])
    return edition


def session_of_open_edition(session_id: int) -> tuple[Session, Edition]:
    """Return a session and its edition, both locked. Raises `NotFound`, `EditionIsClosed`."""
    edition_id = Session.objects.filter(pk=session_id).values_list("edition_id", flat=True).first()
    if edition_id is None:
        raise NotFound
    edition = open_edition(edition_id)
    return locked(Session, session_id), edition


def _set_status(
    actor: Actor, session_id: int, status: SessionStatus, verb: str, now: datetime | None, *, insist: bool = False
) -> Session:
    actor.require(Permission.EDIT_PROGRAMME)
    moment = now or timezone.now()
    with transaction.atomic():
        session, edition = session_of_open_edition(session_id)
        if session.status == status:
            return session
        before = session.status
        session.status = str(status)
        session.save()
        stands = standing_of(session)
        if before == SessionStatus.CANCELLED and stands.room is not None:
            tray = Standing(None, None, session.duration_min)
            to = replace(stands, duration_min=session.duration_min)
            placements.judge(edition=edition, session=session, before=tray, to=to, insist=insist)
            placements.keep(actor=actor, edition=edition, session=session, before=tray, to=to, now=moment)
        log.record(
            actor=actor,
            action=f"session.{verb}",
            subject=session,
            now=moment,
            details={"changes": {"status": [before, str(status)]}},
        )
    return session


def _was_public(edition: Edition, session: Session) -> bool:
    """Tell whether a release holds the session. Reads releases one at a time: there may be many, each is large."""
    guid = str(session.guid)
    payloads = Release.objects.filter(edition=edition).order_by("-number").values_list("payload", flat=True)
    return any(
        entry.get("guid") == guid
        for payload in payloads.iterator(chunk_size=1)
        for entry in payload.get("sessions", [])
    )


def touch(session: Session) -> None:
    """Date the session anew: what surrounds it changed, so that the site lags behind the desk."""
    session.save(update_fields=["updated_at"])


def _free_code(edition: Edition) -> str:
    taken = set(Session.objects.filter(edition=edition).values_list("code", flat=True))
    number = len(taken) + 1
    while f"S{number:03d}" in taken:
        number += 1
    return f"S{number:03d}"
