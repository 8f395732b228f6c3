"""Reads of the door: its checkpoints, how they stand, and who is inside each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet

from parvis.domain.access import Actor, Permission
from parvis.domain.editions import EditionStatus
from parvis.domain.onsite import CheckpointKind
from parvis.domain.onsite.opening import Opening
from parvis.domain.refusals import NotFound, Refusal
from parvis.domain.text import fold
from parvis.models import Checkpoint
from parvis.queries.desk_editions import zone_of
from parvis.queries.onsite_doors import facts_of
from parvis.queries.onsite_scans import inside


@dataclass(frozen=True, slots=True)
class DoorLine:
    """One checkpoint as the list of doors shows it; times are the venue's. `inside` counts people now."""

    guid: UUID
    name: str
    kind: CheckpointKind
    day: date | None
    starts_at: datetime | None
    ends_at: datetime | None
    room: str
    members_only: bool
    inside: int

    def is_on(self, now: datetime) -> bool:
        """Tell whether its session is under way at `now`."""
        return self.starts_at is not None and self.ends_at is not None and self.starts_at <= now < self.ends_at

    @property
    def place(self) -> tuple[Any, ...]:
        """Where it stands among others: by day, the entrance first, then by hour."""
        hour = self.starts_at.timestamp() if self.starts_at else 0.0
        return (self.day or date.max, self.kind is CheckpointKind.SESSION, hour, fold(self.name))


@dataclass(frozen=True, slots=True)
class DoorDay:
    """The checkpoints of one day, the entrance first; those without a day come last, under None."""

    day: date | None
    is_today: bool
    lines: list[DoorLine]


@dataclass(frozen=True, slots=True)
class DoorEdition:
    """An edition with doors: how they stand, or the refusal that tells why nobody may scan."""

    slug: str
    number: int
    name: str
    opening: Opening | None
    closed: Refusal | None
    days: list[DoorDay]


def _counts_inside(checkpoints: QuerySet[Checkpoint]) -> dict[int, int]:
    rows = (
        inside()
        .filter(checkpoint__in=checkpoints.order_by().values("pk"))
        .order_by()
        .values_list("checkpoint_id")
        .annotate(people=Count("registration_id", distinct=True))
    )
    return dict(rows)


def line_of(checkpoint: Checkpoint, zone: ZoneInfo, *, inside: int) -> DoorLine:
    """Return a checkpoint with its session and placement fetched as one line. No query."""
    session = checkpoint.session
    placement: Any = getattr(session, "placement", None)
    starts = placement.starts_at.astimezone(zone) if placement else None
    return DoorLine(
        guid=checkpoint.guid,
        name=checkpoint.name,
        kind=CheckpointKind(checkpoint.kind),
        day=starts.date() if starts else checkpoint.day,
        starts_at=starts,
        ends_at=placement.ends_at.astimezone(zone) if placement else None,
        room=placement.room.name if placement else "",
        members_only=session.members_only if session is not None else False,
        inside=inside,
    )


def _days(lines: list[DoorLine], today: date) -> list[DoorDay]:
    by_day: dict[date | None, list[DoorLine]] = {}
    for line in sorted(lines, key=lambda line: line.place):
        by_day.setdefault(line.day, []).append(line)
    days = [DoorDay(day, day == today, rows) for day, rows in by_day.items()]
    return sorted(days, key=lambda found: not found.is_today)  # today's first, else in their order


def with_place() -> QuerySet[Checkpoint]:
    """Return checkpoints with edition, venue, session and placement."""
    return Checkpoint.objects.select_related("edition__venue", "session__placement__room")


def list_checkpoints(actor: Actor, *, now: datetime) -> list[DoorEdition]:
    """Return the doors of every edition that has some, by day, each with the people inside now.

    Editions under way come first, then those that are over, the newest first; closed ones last, without their doors
    being counted upon. Two queries, whatever the number. Raises `NotAllowed` without the right to scan.
    """
    actor.require(Permission.SCAN)
    rows = with_place().exclude(edition__status__in=[EditionStatus.ARCHIVED, EditionStatus.DRAFT])
    counts = _counts_inside(rows)
    by_edition: dict[int, list[Checkpoint]] = {}
    for row in rows.order_by("-edition__number", "kind", "day", "code"):
        by_edition.setdefault(row.edition_id, []).append(row)
    found = []
    for checkpoints in by_edition.values():
        edition = checkpoints[0].edition
        zone = zone_of(edition)
        opening, closed = None, None
        try:
            opening = facts_of(checkpoints[0]).opening(now)
        except Refusal as refusal:
            closed = refusal
        lines = [line_of(row, zone, inside=counts.get(row.pk, 0)) for row in checkpoints]
        days = _days(lines, now.astimezone(zone).date())
        found.append(DoorEdition(edition.slug, edition.number, edition.name, opening, closed, days))
    places: tuple[Opening | None, ...] = (Opening.NOW, Opening.LATE, None)
    return sorted(found, key=lambda edition: places.index(edition.opening))


def access_checkpoint(actor: Actor, *, guid: UUID) -> Checkpoint:
    """Return a checkpoint with edition, venue and session. One query. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.SCAN)
    checkpoint = with_place().filter(guid=guid).first()
    if checkpoint is None:
        raise NotFound
    return checkpoint


def entrance_of(edition_id: int, *, day: date) -> Checkpoint | None:
    """Return the entrance of a day, to lead there whoever opened another day's. One query."""
    return Checkpoint.objects.filter(edition_id=edition_id, kind=CheckpointKind.ENTRANCE, day=day).first()
