"""When persons and organisations can be there: the hours that they have at an edition, and what stands against them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from parvis.domain.access import Actor, Permission
from parvis.domain.programme.availability import Hours
from parvis.domain.refusals import NotFound
from parvis.domain.timetable.rules import OrganisationAvailable, PersonAvailable
from parvis.domain.timetable.verdicts import Violation
from parvis.domain.timetable.violations import violations
from parvis.models import Availability, Organisation, Person
from parvis.queries.timetable import Timetable, access_timetable


@dataclass(slots=True)
class WhoseHours:
    """Somebody who has hours at an edition: a person or an organisation, their hours, and the faults against them."""

    kind: str  # "person" or "organisation"
    pk: int
    name: str
    slug: str
    hours: list[Hours] = field(default_factory=list)
    faults: list[Violation] = field(default_factory=list)
    sessions: int = 0


@dataclass(frozen=True, slots=True)
class HoursList:
    """All hours of an edition, and the timetable that judged them; None while the edition has no days."""

    rows: list[WhoseHours]
    timetable: Timetable | None


def print_of_hours(hours: Sequence[Hours]) -> str:
    """Return a short print of hours, to tell whether somebody changed them meanwhile."""
    text = "\n".join(f"{span.starts.isoformat()} {span.ends.isoformat()}" for span in hours)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def hours_of_one(*, edition_id: int, person_id: int | None, organisation_id: int | None) -> list[Hours]:
    """Return the hours of one person or organisation at an edition, in order; none: always there. One query."""
    whose: dict[str, Any] = {"person_id": person_id, "organisation_id": organisation_id}
    rows = Availability.objects.filter(edition_id=edition_id, **whose).order_by("starts_at", "pk")
    return [Hours(starts, ends) for starts, ends in rows.values_list("starts_at", "ends_at")]


def access_hours_of(actor: Actor, *, edition_id: int, kind: str, pk: int) -> WhoseHours:
    """Return somebody with the hours that they have at an edition, if any. Two queries.

    Raises `NotAllowed`, and `NotFound` where nobody is meant.
    """
    actor.require(Permission.READ_DESK)
    who: Person | Organisation | None
    if kind == "person":
        who = Person.objects.filter(pk=pk, erased_at__isnull=True).first()
        hours = hours_of_one(edition_id=edition_id, person_id=pk, organisation_id=None)
    else:
        who = Organisation.objects.filter(pk=pk).first()
        hours = hours_of_one(edition_id=edition_id, person_id=None, organisation_id=pk)
    if who is None:
        raise NotFound
    return WhoseHours(kind, pk, str(who), who.slug, hours)


def list_hours_of_edition(actor: Actor, *, edition_id: int, with_days: bool) -> HoursList:
    """Return everybody who has hours at an edition, by name, with the rules that their sessions break against them.

    `with_days` is whether the edition has days: without, nothing is judged. A constant number of queries.
    Raises `NotAllowed`.
    """
    actor.require(Permission.READ_DESK)
    found: dict[tuple[str, int], WhoseHours] = {}
    rows = Availability.objects.filter(edition_id=edition_id).select_related("person", "organisation")
    for row in rows.order_by("starts_at", "pk"):
        who = row.person if row.person is not None else row.organisation
        assert who is not None  # noqa: S101 - a constraint of the table
        kind = "person" if row.person_id is not None else "organisation"
        listed = found.setdefault((kind, who.pk), WhoseHours(kind, who.pk, str(who), who.slug))
        listed.hours.append(Hours(row.starts_at, row.ends_at))
    listing = sorted(found.values(), key=lambda who: (who.kind == "person", who.name))
    timetable = access_timetable(actor, edition_id=edition_id) if with_days and listing else None
    if timetable is not None:
        _judge(timetable, listing)
    return HoursList(listing, timetable)


def _judge(timetable: Timetable, listing: Iterable[WhoseHours]) -> None:
    by_key = {(who.kind, who.slug): who for who in listing}
    problem = timetable.problem
    for kind, parts in (
        ("person", {(item.person, item.session) for item in problem.engagements()}),
        ("organisation", {(item.organisation, item.session) for item in problem.involvements}),
    ):
        for slug, _session in parts:
            if (kind, slug) in by_key:
                by_key[kind, slug].sessions += 1
    for fault in violations(problem, timetable.rules, timetable.placements):
        if fault.kind == PersonAvailable.kind:
            concerned = [("person", slug) for slug in fault.persons]
        elif fault.kind == OrganisationAvailable.kind:
            concerned = [("organisation", slug) for slug in fault.organisations]
        else:
            continue
        for key in concerned:
            if key in by_key:
                by_key[key].faults.append(fault)
