"""One page of a long list: how many there are in all, and the rows of the page, in two queries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class RowsPage(Generic[Row]):
    """The rows `first` to `last` of `total`, counted from 1."""

    rows: list[Row]
    number: int
    pages: int
    total: int
    first: int

    @property
    def last(self) -> int:
        """The place of the last row on this page."""
        return self.first + len(self.rows) - 1

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    @property
    def has_other_pages(self) -> bool:
        """Whether there is more than this page."""
        return self.pages > 1

    @property
    def has_previous(self) -> bool:
        """Whether a page comes before."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Whether a page comes after."""
        return self.number < self.pages

    @property
    def previous_page_number(self) -> int:
        """The number of the page before."""
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        """The number of the page after."""
        return self.number + 1

    @property
    def paginator(self) -> RowsPage[Row]:
        """Itself, for the include that knows Django's pages."""
        return self

    @property
    def num_pages(self) -> int:
        """How many pages there are."""
        return self.pages


def page_of(
    matching: QuerySet[Row, Any],
    *,
    number: int,
    per_page: int = PER_PAGE,
    dressed: Callable[[QuerySet[Row, Any]], QuerySet[Row, Any]] = lambda rows: rows,
) -> RowsPage[Row]:
    """Return page `number` (the nearest that exists) of `matching`, which is filtered and ordered.

    Only the keys of the page are sorted out of the whole; `dressed` then fetches what its rows show.
    Three queries at most, whatever the size, besides what `dressed` prefetches.
    """
    total = matching.order_by().count()
    pages = max(1, -(-total // per_page))
    number = min(max(1, number), pages)
    start = (number - 1) * per_page
    keys = list(matching.values_list("pk", flat=True)[start : start + per_page]) if total else []
    found = {row.pk: row for row in dressed(matching.model._default_manager.filter(pk__in=keys))} if keys else {}
    return RowsPage([found[key] for key in keys if key in found], number, pages, total, start + 1 if total else 0)
