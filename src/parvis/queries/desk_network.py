"""The desk's lists of organisations, people, groups and partners."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from parvis.domain.access import Actor, Permission
from parvis.domain.network.kinds import FRENCH_AUTHORITIES
from parvis.domain.registrations import COUNTED_STATUSES
from parvis.domain.text import fold
from parvis.models import (
    AwardRound,
    Group,
    Intervention,
    Mandate,
    Membership,
    Organisation,
    Partner,
    Person,
    Registration,
)
from parvis.queries.paging import RowsPage, page_of

Rows = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class OrganisationFilters:
    """What narrows the list. `kind` may be "french" for all French authorities; `here` is "registered" or "members"."""

    q: str = ""
    kind: str = ""
    country: str = ""
    here: str = ""
    sort: str = ""


def matching_organisations(edition_id: int, filters: OrganisationFilters) -> QuerySet[Organisation]:
    """Return the organisations that the filters leave, in their order."""
    rows = Organisation.objects.all()
    if filters.kind == "french":
        rows = rows.filter(kind__in=sorted(FRENCH_AUTHORITIES))
    elif filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.country:
        rows = rows.filter(country=filters.country)
    if filters.here == "registered":
        rows = rows.filter(Exists(_counted(edition_id).filter(organisation=OuterRef("pk"))))
    elif filters.here == "members":
        rows = rows.filter(Exists(Membership.objects.filter(organisation=OuterRef("pk"))))
    for word in fold(filters.q).split():
        rows = rows.filter(Q(folded__contains=word) | Q(insee_code__istartswith=word) | Q(siren__startswith=word))
    return rows.order_by(*(("country", "folded", "id") if filters.sort == "country" else ("folded", "id")))


def _counted(edition_id: int) -> QuerySet[Registration]:
    return Registration.objects.filter(edition_id=edition_id, status__in=sorted(COUNTED_STATUSES))


def list_organisations(
    actor: Actor, *, edition_id: int, filters: OrganisationFilters, page: int = 1
) -> RowsPage[Organisation]:
    """Return one page of organisations with how many each registers (`delegates`). Three queries."""
    actor.require(Permission.READ_DESK)
    counted = Q(registrations__edition_id=edition_id, registrations__status__in=sorted(COUNTED_STATUSES))
    return page_of(
        matching_organisations(edition_id, filters),
        number=page,
        dressed=lambda rows: rows.annotate(delegates=Count("registrations", filter=counted)),
    )


def access_organisations_to_export(actor: Actor, *, edition_id: int, filters: OrganisationFilters) -> Rows:
    """Return every organisation that the filters leave, with parent and memberships. Two queries."""
    actor.require(Permission.READ_DESK)
    return matching_organisations(edition_id, filters).select_related("parent").prefetch_related("memberships")


@dataclass(frozen=True, slots=True)
class PeopleFilters:
    """What narrows the list. `here` is "speakers" or "registered"; `gender` may be "none" for undeclared."""

    q: str = ""
    here: str = ""
    gender: str = ""
    function: str = ""
    sort: str = ""


def matching_people(edition_id: int, filters: PeopleFilters) -> QuerySet[Person]:
    """Return the people that the filters leave, in their order. Erased people are not listed."""
    rows = Person.objects.filter(erased_at__isnull=True)
    if filters.here == "speakers":
        rows = rows.filter(Exists(Intervention.objects.filter(session__edition_id=edition_id, person=OuterRef("pk"))))
    elif filters.here == "registered":
        rows = rows.filter(Exists(_counted(edition_id).filter(person=OuterRef("pk"))))
    if filters.gender:
        rows = rows.filter(gender="" if filters.gender == "none" else filters.gender)
    if filters.function:
        rows = rows.filter(Exists(Mandate.objects.filter(person=OuterRef("pk"), function=filters.function)))
    if "@" in filters.q:
        rows = rows.filter(email__contains=filters.q.strip().lower())
    else:
        for word in fold(filters.q).split():
            rows = rows.filter(folded__contains=word)
    return rows.order_by("-created_at", "-id") if filters.sort == "newest" else rows.order_by("folded", "id")


def list_people(actor: Actor, *, edition_id: int, filters: PeopleFilters, page: int = 1) -> RowsPage[Person]:
    """Return one page of people with their mandates. Five queries."""
    actor.require(Permission.READ_DESK)
    return page_of(
        matching_people(edition_id, filters),
        number=page,
        dressed=lambda rows: rows.prefetch_related("mandates__organisation"),
    )


def access_people_to_export(actor: Actor, *, edition_id: int, filters: PeopleFilters) -> Rows:
    """Return every person that the filters leave, with mandates. Three queries."""
    actor.require(Permission.READ_DESK)
    return matching_people(edition_id, filters).prefetch_related("mandates__organisation")


def list_groups(actor: Actor) -> Rows:
    """Return the groups with those who preside them. Three queries."""
    actor.require(Permission.READ_DESK)
    return Group.objects.prefetch_related("presidencies__mandate__person", "presidencies__mandate__organisation")


def list_partners(actor: Actor, *, edition_id: int) -> Rows:
    """Return an edition's partners. One query."""
    actor.require(Permission.READ_DESK)
    return Partner.objects.filter(edition_id=edition_id).select_related("organisation__parent", "co_funder")


def list_award_rounds(actor: Actor, *, edition_id: int) -> Rows:
    """Return what is given at an edition, with ceremony and laureates. Three queries."""
    actor.require(Permission.READ_DESK)
    return (
        AwardRound.objects.filter(edition_id=edition_id)
        .select_related("award", "session")
        .prefetch_related("laureates__organisation")
        .order_by("award__kind", "award__slug")
    )
