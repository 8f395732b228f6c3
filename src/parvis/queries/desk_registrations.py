"""The desk's list of registrations: searched, filtered, sorted, paged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from parvis.domain.access import Actor, Permission
from parvis.domain.registrations import RegistrationStatus
from parvis.domain.text import fold
from parvis.models import Category, Organisation, Person, Registration
from parvis.queries.paging import RowsPage, page_of

SORTS: dict[str, tuple[str, ...]] = {
    "": ("-registered_at", "-id"),
    "oldest": ("registered_at", "id"),
    "person": ("person__folded", "id"),
    "organisation": ("organisation__folded", "person__folded", "id"),
}


@dataclass(frozen=True, slots=True)
class RegistrationFilters:
    """What narrows the list; an empty text narrows nothing. `q` finds names, references and addresses."""

    q: str = ""
    status: str = ""
    category: str = ""
    kind: str = ""
    country: str = ""
    source: str = ""
    doubt: str = ""  # "twice": names that more than one live registration bears
    sort: str = ""


def matching_registrations(edition_id: int, filters: RegistrationFilters) -> QuerySet[Registration]:
    """Return the registrations of an edition that the filters leave, in their order."""
    rows = Registration.objects.filter(edition_id=edition_id)
    if filters.status:
        rows = rows.filter(status=filters.status)
    if filters.category:
        rows = rows.filter(category__kind=filters.category)
    if filters.source:
        rows = rows.filter(source=filters.source)
    if filters.kind:
        rows = rows.filter(organisation__kind=filters.kind)
    if filters.country:
        rows = rows.filter(organisation__country=filters.country)
    if filters.doubt == "twice":
        rows = rows.filter(person__folded__in=_twice(edition_id)).exclude(status=RegistrationStatus.CANCELLED)
    if filters.q:
        rows = rows.filter(_search(filters.q))
    return rows.order_by(*SORTS.get(filters.sort, SORTS[""]))


def _twice(edition_id: int) -> QuerySet[Any, Any]:
    """Return the folded names that more than one live registration bears."""
    return (
        Registration.objects.filter(edition_id=edition_id)
        .exclude(status=RegistrationStatus.CANCELLED)
        .exclude(person__folded="")
        .order_by()
        .values("person__folded")
        .annotate(times=Count("pk"))
        .filter(times__gt=1)
        .values("person__folded")
    )


def count_registered_twice(edition_id: int) -> int:
    """Return how many names more than one live registration bears. One query."""
    return _twice(edition_id).count()


def _search(text: str) -> Q:
    # Each table is searched on its own first: a disjunction over joins would read every row of all three.
    text = text.strip()[:100]
    if "@" in text:
        return Q(person__in=Person.objects.filter(email__contains=text.lower()).values("pk"))
    wanted = Q(reference__istartswith=text) | Q(external_reference__istartswith=text)
    words = fold(text).split()
    if not words:
        return wanted
    for model, name in ((Person, "person"), (Organisation, "organisation")):
        named: QuerySet[Any] = model._default_manager.all()
        for word in words:
            named = named.filter(folded__contains=word)
        wanted |= Q(**{f"{name}__in": named.order_by().values("pk")})
    return wanted


def list_registrations(
    actor: Actor, *, edition_id: int, filters: RegistrationFilters, page: int = 1
) -> RowsPage[Registration]:
    """Return one page of registrations with person, organisation and category. Three queries. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    return page_of(
        matching_registrations(edition_id, filters),
        number=page,
        dressed=lambda rows: rows.select_related("person", "organisation", "category", "mandate"),
    )


def access_registrations_to_export(
    actor: Actor, *, edition_id: int, filters: RegistrationFilters
) -> QuerySet[Registration]:
    """Return every registration that the filters leave, with all that a spreadsheet tells. Two queries."""
    actor.require(Permission.READ_DESK)
    return (
        matching_registrations(edition_id, filters)
        .select_related("person", "organisation", "category", "mandate")
        .prefetch_related("person__consents")
    )


def list_categories(edition_id: int) -> QuerySet[Category]:
    """Return the categories of an edition. One query."""
    return Category.objects.filter(edition_id=edition_id)
