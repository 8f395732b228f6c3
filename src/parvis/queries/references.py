"""What refers to a row: what forbids that it is deleted, and what would be deleted with it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import CASCADE, PROTECT, Model


@dataclass(frozen=True, slots=True)
class References:
    """Counts by the name of what refers (English, as the models are called)."""

    blocking: list[tuple[str, int]]
    taken_along: list[tuple[str, int]]


def references_to(row: Model) -> References:
    """Return what refers to `row`. One query for each kind of row that may."""
    blocking: list[tuple[str, int]] = []
    taken_along: list[tuple[str, int]] = []
    for relation in row._meta.related_objects:
        on_delete = relation.on_delete
        if on_delete not in (PROTECT, CASCADE):
            continue
        count = relation.related_model._base_manager.filter(**{relation.field.name: row}).count()
        if count:
            kind = relation.related_model._meta.model_name or ""
            (blocking if on_delete is PROTECT else taken_along).append((kind, count))
    return References(blocking, taken_along)
