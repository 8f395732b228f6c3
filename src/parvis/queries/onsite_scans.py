"""Scans as the door reads them: who is inside, what a reading answered, and the latest readings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from parvis.domain.access import Actor, Permission
from parvis.domain.onsite import Direction, Verdict
from parvis.domain.onsite.passages import may_be_undone
from parvis.domain.people.mandates import mandate_label
from parvis.domain.refusals import NotFound
from parvis.domain.registrations import RegistrationStatus
from parvis.models import Registration, Scan
from parvis.queries.onsite_doors import DoorFacts

LATEST = 12  # scans shown below the door's field
# What a verdict shows of somebody, and no more: every scan asks for it. Translated columns are named one by one.
_TRANSLATED = ("organisation__name", "mandate__title", "mandate__label", "category__name")
SHOWN = (
    "reference",
    "status",
    "access_needs",
    "edition_id",
    "organisation_id",
    "person_id",
    "person__first_name",
    "person__last_name",
    "mandate__function",
    *(f"{name}_{language}" for name in _TRANSLATED for language in settings.MODELTRANSLATION_LANGUAGES),
)


def passages() -> QuerySet[Scan]:
    """Return the scans that let somebody through and stand."""
    return Scan.objects.filter(
        verdict=Verdict.ADMITTED, registration__isnull=False, undoes__isnull=True, undone_by__isnull=True
    )


def inside() -> QuerySet[Scan]:
    """Return the ways in that no later way out of the same person at the same checkpoint has ended.

    The same order as `domain.onsite.passages.latest_passage`: by when it was scanned, then by when it came in.
    """
    left_since = passages().filter(
        Q(scanned_at__gt=OuterRef("scanned_at"))
        | Q(scanned_at=OuterRef("scanned_at"), received_at__gt=OuterRef("received_at")),
        checkpoint=OuterRef("checkpoint"),
        registration=OuterRef("registration"),
        direction=Direction.OUT,
    )
    return passages().filter(~Exists(left_since), direction=Direction.IN)


def count_inside(checkpoint_id: int) -> int:
    """Return how many people are inside a checkpoint now. One query."""
    people: int = (
        inside().filter(checkpoint_id=checkpoint_id).aggregate(people=Count("registration_id", distinct=True))["people"]
    )
    return people


@dataclass(frozen=True, slots=True)
class ScanView:
    """One scan as the door shows it. Names are empty where nobody is known by the code; `seen` is in the venue's zone.

    `before` and `before_by` tell of the passage that an "already scanned" repeats.
    """

    pk: UUID
    verdict: Verdict
    direction: Direction
    code: str
    seen: datetime
    name: str = ""
    mandate: str = ""
    organisation: str = ""
    category: str = ""
    reference: str = ""
    access_needs: str = ""
    pending: bool = False
    edition: str = ""
    before: datetime | None = None
    before_by: str = ""
    is_undone: bool = False
    can_undo: bool = False


def mandate_of(registration: Registration) -> str:
    """Return what somebody comes as, in one line: « Adjointe au maire de Dijon ». No query when all is fetched."""
    mandate = registration.mandate
    organisation = registration.organisation.name
    if mandate is None:
        return organisation
    return mandate_label(
        title=mandate.title,
        organisation=organisation,
        language=(get_language() or "fr").split("-")[0],
        override=mandate.label,
        function=mandate.function,
    )


def with_holder(scans: QuerySet[Scan]) -> QuerySet[Scan]:
    """Return scans with all that a verdict shows of whoever was scanned."""
    return scans.select_related(
        "registration__person",
        "registration__organisation",
        "registration__mandate",
        "registration__category",
        "registration__edition",
        "undone_by",
    )


def scan_view(
    scan: Scan, zone: ZoneInfo, *, edition_id: int, before: Scan | None = None, is_new: bool = False
) -> ScanView:
    """Return a scan of a door of `edition_id`, fetched by `with_holder` or written just now, as the door shows it.

    No query.
    """
    undone = not is_new and getattr(scan, "undone_by", None) is not None
    verdict = Verdict(scan.verdict)
    shown: dict[str, Any] = {
        "pk": scan.pk,
        "verdict": verdict,
        "direction": Direction(scan.direction),
        "code": scan.code,
        "seen": scan.scanned_at.astimezone(zone),
        "is_undone": undone,
        "can_undo": may_be_undone(verdict=verdict, is_undo=scan.undoes_id is not None, is_undone=undone),
    }
    if before is not None:
        shown["before"] = before.scanned_at.astimezone(zone)
        shown["before_by"] = str(before.account) if before.account is not None else before.device or "?"
    found = scan.registration
    if found is not None:
        shown |= {
            "name": str(found.person),
            "mandate": mandate_of(found),
            "organisation": found.organisation.name,
            "category": found.category.name,
            "reference": found.reference,
            "access_needs": found.access_needs,
            "pending": found.status == RegistrationStatus.PENDING,
            "edition": "" if found.edition_id == edition_id else str(found.edition),
        }
    return ScanView(**shown)


def latest_passage_of(
    *, checkpoint_id: int, registration_id: int, direction: Direction | None = None
) -> QuerySet[Scan]:
    """Return a person's standing passages at a checkpoint, the latest first; of one direction where it is named."""
    rows = passages().filter(checkpoint_id=checkpoint_id, registration_id=registration_id)
    if direction is not None:
        rows = rows.filter(direction=direction)
    return rows.order_by("-scanned_at", "-received_at", "direction")


def passage_before(scan: Scan) -> Scan | None:
    """Return the passage that an "already scanned" repeats. One query for such a scan, none for others."""
    if scan.verdict != Verdict.ALREADY_IN or scan.registration_id is None:
        return None
    return (
        latest_passage_of(
            checkpoint_id=scan.checkpoint_id,
            registration_id=scan.registration_id,
            direction=Direction(scan.direction),
        )
        .exclude(pk=scan.pk)
        .select_related("account")
        .first()
    )


def access_scan(actor: Actor, *, door: DoorFacts, scan_id: UUID) -> ScanView:
    """Return what one scan of a checkpoint answered. Two queries at most. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.SCAN)
    scan = with_holder(Scan.objects.filter(pk=scan_id, checkpoint_id=door.pk)).first()
    if scan is None:
        raise NotFound
    return scan_view(scan, door.zone, edition_id=door.edition_id, before=passage_before(scan))


def list_latest_scans(actor: Actor, *, door: DoorFacts, most: int = LATEST) -> list[ScanView]:
    """Return the latest scans of a checkpoint, undos left out (their scan says so). One query. Raises `NotAllowed`."""
    actor.require(Permission.SCAN)
    rows = with_holder(Scan.objects.filter(checkpoint_id=door.pk, undoes__isnull=True))
    return [
        scan_view(row, door.zone, edition_id=door.edition_id)
        for row in rows.order_by("-scanned_at", "-received_at", "pk")[:most]
    ]
