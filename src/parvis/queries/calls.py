"""Calls for proposals: what the public may read of them, and what the desk sees."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from parvis.domain.access import Actor, Permission
from parvis.domain.calls import windows
from parvis.domain.calls.states import Decision, ProposalStatus
from parvis.domain.editions import EditionStatus
from parvis.domain.refusals import NotFound, Refusal
from parvis.models import Call, CallSlot, Proposal
from parvis.queries.desk_editions import zone_of


def _public(now: datetime) -> QuerySet[Call]:
    return Call.objects.select_related("edition__venue", "edition__series").filter(opens_at__lte=now)


def _is_public(call: Call, now: datetime) -> bool:
    return windows.is_public(status=EditionStatus(call.edition.status), opens_at=call.opens_at, now=now)


def list_public_calls(edition_id: int, *, now: datetime) -> list[Call]:
    """Return the calls of an edition that the public may read, those that close last first. One query."""
    rows = _public(now).filter(edition_id=edition_id).order_by("-closes_at", "pk")
    return [call for call in rows if _is_public(call, now)]


def list_open_calls(edition_id: int, *, now: datetime) -> list[Call]:
    """Return the calls of an edition that take proposals at `now`, the first to close first. One query."""
    rows = _public(now).filter(edition_id=edition_id, closes_at__gt=now).order_by("closes_at", "pk")
    return [call for call in rows if _is_public(call, now)]


def find_call(edition_slug: str, slug: str, *, now: datetime) -> Call:
    """Return a call that the public may read. One query. Raises `NotFound` for one in preparation or unknown."""
    call = _public(now).filter(edition__slug=edition_slug, slug=slug).first()
    if call is None or not _is_public(call, now):
        raise NotFound
    return call


def window_refusal(call: Call, *, now: datetime) -> Refusal | None:
    """Return why a call takes no proposal at `now`, or None while it does. No query of its own."""
    zone = zone_of(call.edition)
    try:
        windows.check_open(
            status=EditionStatus(call.edition.status),
            opens_at=call.opens_at.astimezone(zone),
            closes_at=call.closes_at.astimezone(zone),
            now=now,
        )
    except Refusal as refusal:
        return refusal
    return None


def _counted(rows: QuerySet[Call]) -> QuerySet[Any]:
    """Add counts: drafts, submitted, undecided, selected, placed, and the slots that were made."""
    slots = CallSlot.objects.filter(call=OuterRef("pk")).order_by().values("call").annotate(number=Count("pk"))
    submitted = Q(proposals__status=ProposalStatus.SUBMITTED)
    return rows.annotate(
        drafts=Count("proposals", filter=Q(proposals__status=ProposalStatus.DRAFT)),
        submitted=Count("proposals", filter=submitted),
        undecided=Count("proposals", filter=submitted & Q(proposals__decision=Decision.NONE)),
        selected=Count("proposals", filter=submitted & Q(proposals__decision=Decision.ACCEPTED)),
        placed=Count("proposals", filter=Q(proposals__slot__isnull=False)),
        slots_made=Subquery(slots.values("number")[:1]),
    )


def list_calls(actor: Actor, *, edition_id: int) -> list[Any]:
    """Return every call of an edition with its counts, the latest first. One query. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    rows = _counted(Call.objects.filter(edition_id=edition_id)).select_related("edition__venue")
    return list(rows.order_by("-opens_at", "-pk"))


def access_call(actor: Actor, *, edition_id: int, slug: str) -> Any:
    """Return a call with its edition and its counts. One query. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.READ_DESK)
    rows = _counted(Call.objects.filter(edition_id=edition_id, slug=slug)).select_related("edition__venue")
    call = rows.first()
    if call is None:
        raise NotFound
    return call


def has_reviews(actor: Actor, *, call_id: int) -> bool:
    """Tell whether somebody has reviewed a proposal of a call. One query. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    return Proposal.objects.filter(call_id=call_id, reviews__isnull=False).exists()
