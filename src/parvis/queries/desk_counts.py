"""What the dashboard counts: registrations by day, category and state, and arrivals by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.db.models.functions import TruncDate

from parvis.domain.access import Actor, Permission
from parvis.domain.onsite import CheckpointKind
from parvis.domain.registrations import COUNTED_STATUSES
from parvis.models import Registration
from parvis.queries.figures import admitted_scans


@dataclass(frozen=True, slots=True)
class DeskCounts:
    """Registrations and arrivals of one edition."""

    by_day: list[tuple[date, int]]
    by_category: list[tuple[str, int]]
    by_status: dict[str, int]
    by_source: list[tuple[str, int]]
    arrivals: list[tuple[date, int]]

    @property
    def registered(self) -> int:
        """How many are registered."""
        return sum(count for status, count in self.by_status.items() if status in COUNTED_STATUSES)


def count_for_dashboard(actor: Actor, *, edition_id: int, zone: ZoneInfo) -> DeskCounts:
    """Return what the dashboard counts; days are those of `zone`. Five queries. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    everybody = Registration.objects.filter(edition_id=edition_id).order_by()
    counted = everybody.filter(status__in=sorted(COUNTED_STATUSES))
    return DeskCounts(
        by_day=[
            (day, count)
            for day, count in counted.annotate(day=TruncDate("registered_at", tzinfo=zone))
            .values_list("day")
            .annotate(count=Count("pk"))
            .order_by("day")
        ],
        by_category=[
            (kind, count)
            for kind, count in counted.values_list("category__kind").annotate(count=Count("pk")).order_by("-count")
        ],
        by_status=dict(everybody.values_list("status").annotate(count=Count("pk"))),
        by_source=[
            (source, count)
            for source, count in counted.values_list("source").annotate(count=Count("pk")).order_by("-count")
        ],
        arrivals=[
            (day, count)
            for day, count in admitted_scans(edition_id)
            .filter(checkpoint__kind=CheckpointKind.ENTRANCE, checkpoint__day__isnull=False)
            .order_by()
            .values_list("checkpoint__day")
            .annotate(count=Count("registration_id", distinct=True))
            .order_by("checkpoint__day")
        ],
    )
