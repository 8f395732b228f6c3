"""One search over everything that the desk knows: people, organisations, registrations, sessions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from parvis.domain.access import Actor, Permission
from parvis.queries.desk_editions import DeskEdition
from parvis.queries.desk_network import (
    OrganisationFilters,
    PeopleFilters,
    matching_organisations,
    matching_people,
)
from parvis.queries.desk_programme import SessionFilters, matching_sessions
from parvis.queries.desk_registrations import RegistrationFilters, matching_registrations

EACH = 8  # what is shown of a kind before its list is offered


@dataclass(frozen=True, slots=True)
class Found:
    """What one kind has: the first rows, and whether there are more."""

    rows: list[Any]
    more: bool


def _first(rows: QuerySet[Any]) -> Found:
    found = list(rows[: EACH + 1])
    return Found(found[:EACH], len(found) > EACH)


def search_everything(actor: Actor, *, edition: DeskEdition, text: str) -> dict[str, Found]:
    """Return what matches `text`, by kind; nothing for an empty text. Four queries. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    if not text.strip():
        return {}
    registrations = matching_registrations(edition.pk, RegistrationFilters(q=text))
    return {
        "registrations": _first(registrations.select_related("person", "organisation")),
        "people": _first(matching_people(edition.pk, PeopleFilters(q=text))),
        "organisations": _first(matching_organisations(edition.pk, OrganisationFilters(q=text))),
        "sessions": _first(matching_sessions(edition.pk, SessionFilters(q=text), edition.zone)),
    }
