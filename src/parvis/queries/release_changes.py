"""Reads of what each release changed, for those who follow the programme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from parvis.domain.programme.differences import Change, ChangeKind
from parvis.domain.programme.public_editions import PublicEdition
from parvis.domain.records import read_record
from parvis.models import Release


@dataclass(frozen=True, slots=True)
class ReleaseChanges:
    """One release: what it changed for the public; `returns_to` is the number of the one it went back to."""

    number: int
    published_at: datetime
    changes: list[Change]
    returns_to: int | None


def _change(record: Mapping[str, Any]) -> Change:
    return read_record(Change, {**record, "kind": ChangeKind(record["kind"])})


def list_release_changes(edition: PublicEdition, *, most: int) -> list[ReleaseChanges]:
    """Return the newest `most` releases of a public edition, the newest first. One query, without payloads."""
    rows = (
        Release.objects.filter(edition_id=edition.id)
        .order_by("-number")
        .values_list("number", "published_at", "difference", "returns_to__number")
    )
    return [
        ReleaseChanges(number, published_at, [_change(record) for record in difference], returns_to)
        for number, published_at, difference, returns_to in rows[:most]
    ]
