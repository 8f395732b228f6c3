"""Who may pass a door for members: for the door, one person at a time, and for an import, all at once."""

from __future__ import annotations

from parvis.domain.programme.sessions import COUNTED_ON
from parvis.models import Edition, Federation, Intervention
from parvis.queries.figures import members_of


def organisations_counted_as_members(edition: Edition) -> set[int]:
    """Return the organisations that are members in the edition's year, and the federation's own. Two queries."""
    members = set(members_of(edition).values_list("organisation_id", flat=True))
    members.update(Federation.objects.filter(series__pk=edition.series_id).values_list("organisation_id", flat=True))
    return members


def comes_as_member(*, edition_id: int, session_id: int, organisation_id: int, person_id: int) -> bool:
    """Tell whether somebody may enter a session for members: their organisation is one this year, it is the
    federation itself, or they take the floor there. Four queries at most."""
    edition = Edition.objects.only("starts_on", "announced_month", "series_id").get(pk=edition_id)
    return (
        members_of(edition).filter(organisation_id=organisation_id).exists()
        or Intervention.objects.filter(
            session_id=session_id, person_id=person_id, answer__in=sorted(COUNTED_ON)
        ).exists()
        or Federation.objects.filter(series__pk=edition.series_id, organisation_id=organisation_id).exists()
    )


def speakers_by_session(edition_id: int) -> dict[int, set[int]]:
    """Return who takes the floor in each session for members: session → persons. One query."""
    found: dict[int, set[int]] = {}
    rows = Intervention.objects.filter(
        session__edition_id=edition_id, session__members_only=True, answer__in=sorted(COUNTED_ON)
    )
    for session_id, person_id in rows.values_list("session_id", "person_id"):
        found.setdefault(session_id, set()).add(person_id)
    return found
