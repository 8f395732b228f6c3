"""Changes which sessions of an edition come before which."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.changes import AlreadyThere
from parvis.domain.refusals import NotFound
from parvis.domain.timetable.orders import check_gap, check_order
from parvis.models import Edition, Session, SessionOrder
from parvis.services.changes import check_seen, delete_row, locked, save_changes
from parvis.services.programme import open_edition


def save_order(
    *,
    actor: Actor,
    edition_id: int,
    order_id: int | None,
    before_id: int,
    after_id: int,
    gap_min: int = 0,
    seen: str = "",
    now: datetime | None = None,
) -> SessionOrder:
    """Have one session end at least `gap_min` minutes before another begins; or change such an order.

    Locks the edition's row. Raises `NotAllowed`, `NotFound`, `EditionIsClosed`, `ChangedMeanwhile`, `GapOutOfBounds`,
    `OrderOfItself`, `AlreadyThere`, and `OrderClosesCircle`, which names the circle.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    check_gap(gap_min)
    with transaction.atomic():
        edition = open_edition(edition_id)
        row = None if order_id is None else _known(edition, order_id)
        if row is not None:
            check_seen(row, seen)
        before, after = _session(edition, before_id, "before"), _session(edition, after_id, "after")
        others = SessionOrder.objects.filter(before__edition=edition).exclude(pk=order_id or 0)
        pairs, titles = [], {before.pk: before.title, after.pk: after.title}
        for other in others.select_related("before", "after"):
            pairs.append((other.before_id, other.after_id))
            titles |= {other.before_id: other.before.title, other.after_id: other.after.title}
        check_order(before.pk, after.pk, pairs, titles)
        if (before.pk, after.pk) in pairs:
            raise AlreadyThere(what=f"{before.title} → {after.title}", field="after")
        values = {"before": before, "after": after, "gap_min": gap_min}
        return save_changes(actor=actor, row=row or SessionOrder(**values), values=values, now=now or timezone.now())


def remove_order(*, actor: Actor, edition_id: int, order_id: int, now: datetime | None = None) -> None:
    """Take an order away. Locks the edition's row. Raises `NotAllowed`, `NotFound`, `EditionIsClosed`."""
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        row = _known(open_edition(edition_id), order_id)
        delete_row(actor=actor, row=row, now=now or timezone.now(), verb="removed")


def _known(edition: Edition, order_id: int) -> SessionOrder:
    return locked(SessionOrder, order_id, before__edition=edition)


def _session(edition: Edition, session_id: int, field: str) -> Session:
    session = Session.objects.filter(pk=session_id, edition=edition).first()
    if session is None:
        raise NotFound(field=field)
    return session
