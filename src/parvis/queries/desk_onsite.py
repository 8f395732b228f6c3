"""The door as the desk sees it: what each checkpoint counted, and every scan, searched, filtered, paged."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from parvis.domain.access import Actor, Permission
from parvis.domain.badges import normalise_badge_code
from parvis.domain.onsite import CheckpointKind, Verdict
from parvis.domain.onsite.verdicts import REFUSING
from parvis.models import Checkpoint, Scan
from parvis.queries.figures import admitted_scans
from parvis.queries.onsite import DoorLine, line_of, with_place
from parvis.queries.onsite_scans import inside, with_holder
from parvis.queries.onsite_search import registrations_called
from parvis.queries.paging import RowsPage, page_of

FEWEST_OF_A_CODE = 4  # characters, to search for it


@dataclass(frozen=True, slots=True)
class DoorCount:
    """What one checkpoint counted: people admitted (distinct, not taken back), and scans by verdict."""

    line: DoorLine
    code: str
    admitted: int
    by_verdict: Counter[Verdict]
    taken_back: int

    @property
    def refused(self) -> list[tuple[Verdict, int]]:
        """The refusals by reason, the most frequent first; none that did not happen."""
        return [(verdict, count) for verdict, count in self.by_verdict.most_common() if verdict in REFUSING]

    @property
    def again(self) -> int:
        """Scans of somebody who had been scanned here already."""
        return self.by_verdict[Verdict.ALREADY_IN]


@dataclass(frozen=True, slots=True)
class DoorCounts:
    """The whole edition: its checkpoints, and the people admitted at any entrance."""

    doors: list[DoorCount]
    people: int
    scans: int
    refused: Counter[Verdict] = field(default_factory=Counter)


def count_at_doors(actor: Actor, *, edition_id: int, zone: ZoneInfo) -> DoorCounts:
    """Return what every checkpoint of an edition counted. Six queries, whatever the number. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    scans = Scan.objects.filter(checkpoint__edition_id=edition_id)
    by_door: dict[int, Counter[Verdict]] = {}
    readings = scans.filter(undoes__isnull=True).order_by().values_list("checkpoint_id", "verdict")
    for checkpoint_id, verdict, count in readings.annotate(count=Count("pk")):
        by_door.setdefault(checkpoint_id, Counter())[Verdict(verdict)] += count
    taken_back = _by_door(scans.filter(undoes__isnull=False), "pk")
    admitted = _by_door(admitted_scans(edition_id), "registration_id")
    here = _by_door(inside().filter(checkpoint__edition_id=edition_id), "registration_id")
    doors = [
        DoorCount(
            line=line_of(row, zone, inside=here.get(row.pk, 0)),
            code=row.code,
            admitted=admitted.get(row.pk, 0),
            by_verdict=by_door.get(row.pk, Counter()),
            taken_back=taken_back.get(row.pk, 0),
        )
        for row in with_place().filter(edition_id=edition_id)
    ]
    total: Counter[Verdict] = Counter()
    for counts in by_door.values():
        total += counts
    return DoorCounts(
        doors=sorted(doors, key=lambda door: door.line.place),
        people=admitted_scans(edition_id)
        .filter(checkpoint__kind=CheckpointKind.ENTRANCE)
        .aggregate(people=Count("registration_id", distinct=True))["people"],
        scans=total.total(),
        refused=Counter({verdict: count for verdict, count in total.items() if verdict in REFUSING}),
    )


def _by_door(scans: QuerySet[Scan], counted: str) -> dict[int, int]:
    rows = scans.order_by().values_list("checkpoint_id").annotate(count=Count(counted, distinct=counted != "pk"))
    return dict(rows)


@dataclass(frozen=True, slots=True)
class ScanFilters:
    """What narrows the list of scans; an empty text narrows nothing. `q` finds names, organisations and codes."""

    q: str = ""
    checkpoint: str = ""
    verdict: str = ""


def matching_scans(edition_id: int, filters: ScanFilters) -> QuerySet[Scan]:
    """Return the readings that the filters leave, the latest first; an undo shows with the scan that it takes back."""
    rows = Scan.objects.filter(checkpoint__edition_id=edition_id, undoes__isnull=True)
    if filters.checkpoint:
        rows = rows.filter(checkpoint__code=filters.checkpoint)
    if filters.verdict:
        rows = rows.filter(verdict=filters.verdict)
    if filters.q.strip():
        wanted = Q(registration__in=registrations_called(edition_id, filters.q).order_by().values("pk"))
        code = normalise_badge_code(filters.q)
        if len(code) >= FEWEST_OF_A_CODE:
            wanted |= Q(code__contains=code) | Q(code__icontains=filters.q.strip())
        rows = rows.filter(wanted)
    return rows.order_by("-scanned_at", "-received_at", "pk")


def list_scans(actor: Actor, *, edition_id: int, filters: ScanFilters, page: int = 1) -> RowsPage[Scan]:
    """Return one page of scans with whom they are of and who scanned. Three queries. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    return page_of(
        matching_scans(edition_id, filters),
        number=page,
        dressed=lambda rows: with_holder(rows).select_related("checkpoint", "account", "undone_by__account"),
    )


def list_door_names(edition_id: int) -> list[tuple[str, str]]:
    """Return the checkpoints of an edition as choices of a filter: code and name. One query."""
    rows = Checkpoint.objects.filter(edition_id=edition_id).order_by("kind", "day", "code")
    return [(row.code, row.name) for row in rows]


def access_scans_to_export(actor: Actor, *, edition_id: int, filters: ScanFilters) -> QuerySet[Scan]:
    """Return the scans that the filters leave and the undos of these, which come last, each in the order of time.

    One query. Raises `NotAllowed`.
    """
    actor.require(Permission.READ_DESK)
    wanted = matching_scans(edition_id, filters).order_by().values("pk")
    return (
        Scan.objects.filter(Q(pk__in=wanted) | Q(undoes__in=wanted))
        .select_related("checkpoint", "registration")
        .annotate(is_undo=ExpressionWrapper(Q(undoes__isnull=False), output_field=BooleanField()))
        .order_by("is_undo", "scanned_at", "received_at", "pk")
    )
