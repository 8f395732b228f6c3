"""The rows behind each figure: what one reads when somebody asks "which ones?"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from parvis.domain.access import Actor, Permission
from parvis.domain.figures.definitions import Rows, definition_of
from parvis.domain.onsite import CheckpointKind
from parvis.domain.people.persons import Gender
from parvis.domain.programme.sessions import COUNTED_ON, SessionFormat, SessionStatus
from parvis.domain.registrations import CategoryKind, RegistrationSource, RegistrationStatus
from parvis.models import Edition, Organisation, Person, Registration, Scan, Session
from parvis.queries.figures import (
    ABROAD,
    EMBASSY,
    FRENCH,
    admitted_scans,
    counted_registrations,
    members_of,
    present_registrations,
)

Rowset = QuerySet[Any, Any]


def _organisations(registrations: QuerySet[Registration], condition: Q | None = None) -> QuerySet[Organisation]:
    rows = registrations if condition is None else registrations.filter(condition)
    return Organisation.objects.filter(pk__in=rows.order_by().values("organisation_id"))


def _sessions(edition_id: int, *formats: SessionFormat) -> QuerySet[Session]:
    rows = Session.objects.filter(edition_id=edition_id, status=SessionStatus.CONFIRMED)
    return rows.filter(format__in=formats) if formats else rows.exclude(format=SessionFormat.BREAK)


def _members(edition_id: int) -> Q:
    return Q(organisation_id__in=members_of(Edition.objects.get(pk=edition_id)))


_ROWS: dict[str, Callable[[int], Rowset]] = {
    "registered": counted_registrations,
    "cancelled": lambda e: Registration.objects.filter(edition_id=e, status=RegistrationStatus.CANCELLED),
    "organisations_registered": lambda e: _organisations(counted_registrations(e)),
    "french_authorities_registered": lambda e: _organisations(counted_registrations(e), FRENCH),
    "countries_registered": lambda e: _organisations(counted_registrations(e), ABROAD),
    "members_registered": lambda e: _organisations(counted_registrations(e), _members(e)),
    "present": present_registrations,
    "absent": lambda e: counted_registrations(e).exclude(pk__in=admitted_scans(e).values("registration_id")),
    "walk_ins": lambda e: counted_registrations(e).filter(source=RegistrationSource.WALK_IN),
    "organisations_present": lambda e: _organisations(present_registrations(e)),
    "french_authorities_present": lambda e: _organisations(present_registrations(e), FRENCH),
    "countries_present": lambda e: _organisations(present_registrations(e), ABROAD),
    "foreign_delegations_present": lambda e: _organisations(present_registrations(e), ABROAD & ~EMBASSY),
    "embassies_present": lambda e: _organisations(present_registrations(e), EMBASSY),
    "members_present": lambda e: _organisations(present_registrations(e), _members(e)),
    "elected_present": lambda e: present_registrations(e).filter(category__kind=CategoryKind.ELECTED),
    "session_attendances": lambda e: admitted_scans(e).filter(checkpoint__kind=CheckpointKind.SESSION),
    "speakers": lambda e: Person.objects.filter(
        interventions__session__edition_id=e,
        interventions__session__status=SessionStatus.CONFIRMED,
        interventions__answer__in=sorted(COUNTED_ON),
    ).distinct(),
    "sessions": _sessions,
    "workshops": lambda e: _sessions(e, SessionFormat.WORKSHOP),
    "micro_workshops": lambda e: _sessions(e, SessionFormat.MICRO_WORKSHOP),
    "country_groups": lambda e: _sessions(e, SessionFormat.COUNTRY_GROUP),
    "regional_meetings": lambda e: _sessions(e, SessionFormat.REGIONAL_MEETING),
    "women_share": lambda e: present_registrations(e).filter(person__gender=Gender.WOMAN),
    "gender_undeclared": lambda e: present_registrations(e).filter(person__gender=Gender.UNDECLARED),
    "foreign_share": lambda e: present_registrations(e).filter(ABROAD),
}

_JOINED: dict[Rows, tuple[str, ...]] = {
    Rows.REGISTRATIONS: ("person", "organisation", "mandate", "category"),
    Rows.ORGANISATIONS: (),
    Rows.SESSIONS: (),
    Rows.PEOPLE: (),
    Rows.SCANS: ("registration__person", "registration__organisation", "checkpoint__session"),
}


def rows_of(edition_id: int, code: str) -> Rowset:
    """Return the rows that the figure `code` counts, without any check of rights: for snapshots."""
    definition_of(code)
    return _ROWS[code](edition_id)


def list_figure_rows(actor: Actor, *, edition_id: int, code: str) -> Rowset:
    """Return the rows behind a live figure, joined for display. Requires the right to read the desk."""
    actor.require(Permission.READ_DESK)
    rows = rows_of(edition_id, code)
    joined = _JOINED[definition_of(code).rows]
    return rows.select_related(*joined) if joined else rows


def list_snapshot_rows(actor: Actor, *, code: str, row_ids: list[Any]) -> Rowset:
    """Return the rows that a frozen figure counted, as they are today. Requires the right to read the desk."""
    actor.require(Permission.READ_DESK)
    models = {
        Rows.REGISTRATIONS: Registration,
        Rows.ORGANISATIONS: Organisation,
        Rows.SESSIONS: Session,
        Rows.PEOPLE: Person,
        Rows.SCANS: Scan,
    }
    kind = definition_of(code).rows
    rows: Rowset = models[kind]._default_manager.filter(pk__in=row_ids)
    return rows.select_related(*_JOINED[kind]) if _JOINED[kind] else rows
