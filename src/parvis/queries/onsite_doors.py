"""What answering a reading asks of its checkpoint: few columns, for the one page where milliseconds count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from parvis.domain.access import Actor, Permission
from parvis.domain.editions import EditionStatus
from parvis.domain.onsite.opening import Opening, opening_of
from parvis.domain.refusals import NotFound
from parvis.models import Checkpoint
from parvis.queries.desk_editions import zone_of


@dataclass(frozen=True, slots=True)
class DoorFacts:
    """A checkpoint, and how its edition stands."""

    pk: int
    guid: UUID
    code: str
    session_id: int | None
    members_only: bool
    edition_id: int
    series_id: int
    number: int
    status: EditionStatus
    first_day: date | None
    last_day: date | None
    zone: ZoneInfo

    def opening(self, now: datetime) -> Opening:
        """Return how the doors stand at `now`; raises what `opening_of` raises."""
        today = now.astimezone(self.zone).date()
        return opening_of(status=self.status, first_day=self.first_day, last_day=self.last_day, today=today)


def access_door(actor: Actor, *, guid: UUID) -> DoorFacts:
    """Return what answering a reading asks of a checkpoint. One query. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.SCAN)
    row = (
        Checkpoint.objects.filter(guid=guid)
        .order_by()
        .values_list(
            "pk",
            "guid",
            "code",
            "session_id",
            "session__members_only",
            "edition_id",
            "edition__series_id",
            "edition__number",
            "edition__status",
            "edition__starts_on",
            "edition__ends_on",
            "edition__venue__timezone",
        )
        .first()
    )
    if row is None:
        raise NotFound
    pk, door, code, session_id, members_only, edition_id, series_id, number, status, first_day, last_day, zone = row
    return DoorFacts(
        pk=pk,
        guid=door,
        code=code,
        session_id=session_id,
        members_only=bool(members_only),
        edition_id=edition_id,
        series_id=series_id,
        number=number,
        status=EditionStatus(status),
        first_day=first_day,
        last_day=last_day,
        zone=ZoneInfo(zone or "Europe/Paris"),
    )


def facts_of(checkpoint: Checkpoint) -> DoorFacts:
    """Return the same of a checkpoint whose edition, venue and session are fetched. No query."""
    edition, session = checkpoint.edition, checkpoint.session
    return DoorFacts(
        pk=checkpoint.pk,
        guid=checkpoint.guid,
        code=checkpoint.code,
        session_id=checkpoint.session_id,
        members_only=session is not None and session.members_only,
        edition_id=edition.pk,
        series_id=edition.series_id,
        number=edition.number,
        status=EditionStatus(edition.status),
        first_day=edition.starts_on,
        last_day=edition.ends_on,
        zone=zone_of(edition),
    )
