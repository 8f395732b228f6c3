"""Reads of what participants chose, by the secret address alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from parvis.domain.own_programmes import kept_until
from parvis.domain.refusals import NotFound
from parvis.models import OwnProgramme


@dataclass(frozen=True, slots=True)
class ChosenSessions:
    """What one visitor chose: guids in the order in which they were chosen, and until when it is kept."""

    token: str
    sessions: list[str]
    kept_until: date


def chosen_of(row: OwnProgramme) -> ChosenSessions:
    """Return a row, whose edition was read with it, as the pages show it."""
    return ChosenSessions(row.token, list(row.sessions), kept_until(row.edition.ends_on, row.updated_at.date()))


def access_own_programme(token: str, *, edition_id: int) -> ChosenSessions:
    """Return what was kept under a secret address of an edition. One query. Raises `NotFound`."""
    row = (
        OwnProgramme.objects.select_related("edition")
        .only("token", "sessions", "updated_at", "edition__ends_on")
        .filter(token=token, edition_id=edition_id)
        .first()
    )
    if row is None:
        raise NotFound
    return chosen_of(row)
