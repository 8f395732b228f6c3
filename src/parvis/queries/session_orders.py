"""Which sessions of an edition come before which, and whether they stand so now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from parvis.domain.access import Actor, Permission
from parvis.domain.programme.sessions import SessionStatus
from parvis.domain.refusals import NotFound
from parvis.models import Session, SessionOrder


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One order, with when both stand; `kept` is None where one of them stands nowhere or is cancelled."""

    order: SessionOrder
    before_ends: datetime | None
    after_starts: datetime | None
    gap_now: int | None
    kept: bool | None


def _line(order: SessionOrder) -> OrderLine:
    one, other = getattr(order.before, "placement", None), getattr(order.after, "placement", None)
    ends, starts = one and one.ends_at, other and other.starts_at
    cancelled = SessionStatus.CANCELLED in {order.before.status, order.after.status}
    if ends is None or starts is None or cancelled:
        return OrderLine(order, ends, starts, None, None)
    gap = int((starts - ends).total_seconds() // 60)
    return OrderLine(order, ends, starts, gap, gap >= order.gap_min)


def list_orders(actor: Actor, *, edition_id: int) -> list[OrderLine]:
    """Return the orders of an edition, by the first session's hour, then its title. One query. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    rows = SessionOrder.objects.filter(before__edition_id=edition_id).select_related(
        "before__placement__room", "after__placement__room"
    )
    lines = [_line(row) for row in rows.order_by("before__placement__starts_at", "before__code", "pk")]
    return sorted(lines, key=lambda line: line.before_ends is None)


def list_orders_of_session(actor: Actor, *, session_id: int) -> list[OrderLine]:
    """Return the orders in which a session stands. One query. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    rows = SessionOrder.objects.select_related("before__placement__room", "after__placement__room")
    return [_line(row) for row in (rows.filter(before=session_id) | rows.filter(after=session_id)).order_by("pk")]


def access_order(actor: Actor, *, edition_id: int, order_id: int) -> SessionOrder:
    """Return one order with its sessions. One query. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.READ_DESK)
    row = (
        SessionOrder.objects.filter(pk=order_id, before__edition_id=edition_id)
        .select_related("before", "after")
        .first()
    )
    if row is None:
        raise NotFound
    return row


def list_session_choices(actor: Actor, *, edition_id: int) -> list[tuple[int, str]]:
    """Return the sessions that take place, by title with their code, for choosing one. One query.

    Raises `NotAllowed`.
    """
    actor.require(Permission.READ_DESK)
    rows = Session.objects.filter(edition_id=edition_id).exclude(status=SessionStatus.CANCELLED)
    return sorted(((row.pk, f"{row.title} ({row.code})") for row in rows), key=lambda choice: choice[1].casefold())
