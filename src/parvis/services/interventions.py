"""Changes who takes the floor in a session: as which mandate, in which role, for how long and in which order."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.changes import AlreadyThere
from parvis.domain.editions import EditionStatus
from parvis.domain.programme.invitations import INVITES, MandateHeld, check_in_force
from parvis.domain.programme.placement import MandateOfAnother
from parvis.domain.programme.sessions import InterventionAnswer
from parvis.domain.refusals import ChangedMeanwhile, NotFound
from parvis.models import Intervention, Mandate, Person, Session
from parvis.queries.versions import version_of
from parvis.services import log
from parvis.services.changes import last_hand, locked, set_values
from parvis.services.placements import unbroken
from parvis.services.programme import session_of_open_edition, touch


def save_intervention(
    *,
    actor: Actor,
    session_id: int,
    intervention_id: int | None,
    person_id: int,
    mandate_id: int | None,
    role: str,
    length_min: int | None = None,
    seen: str = "",
    insist: bool = False,
    now: datetime | None = None,
) -> Intervention:
    """Let a person take the floor in a session, as one of their mandates, in a role; or change that.

    Who is new comes last. An answer to an invitation was another person's once the person changes. Locks the edition's
    row. A mandate is one that is held on the first day of an edition to come; what was recorded before stays. Raises
    `NotAllowed`, `NotFound`, `EditionIsClosed`, `ChangedMeanwhile`, `MandateOfAnother`, `MandateEnded`,
    `MandateNotBegun`, `AlreadyThere`, and, unless one insists, `BreaksRules` where, say, the person is expected
    elsewhere at that time.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    moment = now or timezone.now()
    with transaction.atomic():
        session, edition = session_of_open_edition(session_id)
        before = _named(session)
        new = intervention_id is None
        row = Intervention(session=session) if intervention_id is None else _known(session, intervention_id, seen)
        person = Person.objects.filter(pk=person_id, erased_at__isnull=True).first()
        if person is None:
            raise NotFound(field="person")
        mandate = None if mandate_id is None else Mandate.objects.filter(pk=mandate_id).first()
        if mandate_id is not None and mandate is None:
            raise NotFound(field="mandate")
        if mandate is not None and mandate.person_id != person.pk:
            raise MandateOfAnother(field="mandate")
        if mandate is not None and mandate.pk != row.mandate_id and EditionStatus(edition.status) in INVITES:
            check_in_force(MandateHeld(mandate.pk, mandate.starts_on, mandate.ends_on), on=edition.starts_on)
        same = Intervention.objects.filter(session=session, person=person, role=role).exclude(pk=intervention_id or 0)
        if same.exists():
            raise AlreadyThere(what=str(person), field="person")
        values: dict[str, Any] = {"mandate": mandate, "role": role, "length_min": length_min}
        if new:
            row.person = person
            row.position = _last_position(session) + 1
        elif row.person_id != person.pk:
            values |= {"person": person, "answer": str(InterventionAnswer.NONE), "answered_at": None}
            values["answer_reason"] = ""
        changes = set_values(row, values)
        if not new and not changes:
            return row
        with unbroken(edition=edition, session=session, insist=insist, field="person"):
            row.save()
        details = _difference(before, session) if new else {"speaker": str(person), "changes": changes}
        _tell(actor, session, "speaker_added" if new else "speaker_changed", details, moment)
    return row


def move_intervention(*, actor: Actor, intervention_id: int, by: int, now: datetime | None = None) -> Intervention:
    """Let somebody take the floor earlier (`by` -1) or later (1) in their session; at an end nothing happens.

    Locks the edition's row. Raises `NotAllowed`, `NotFound`, `EditionIsClosed`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        session = _session_of(intervention_id)
        before = _named(session)
        rows = list(Intervention.objects.select_for_update().filter(session=session).order_by("position", "pk"))
        at = next((n for n, row in enumerate(rows) if row.pk == intervention_id), None)
        if at is None:
            raise NotFound
        moved = rows.pop(at)
        rows.insert(min(max(at + by, 0), len(rows)), moved)
        for position, row in enumerate(rows):
            if row.position != position:
                row.position = position
                row.save(update_fields=["position"])
        details = _difference(before, session)
        if details:
            _tell(actor, session, "speakers_moved", details, now or timezone.now())
    return moved


def remove_intervention(*, actor: Actor, intervention_id: int, now: datetime | None = None) -> Session:
    """Take somebody out of a session, and return it. Raises `NotAllowed`, `NotFound`, `EditionIsClosed`."""
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        session = _session_of(intervention_id)
        before = _named(session)
        locked(Intervention, intervention_id, session=session).delete()
        _tell(actor, session, "speaker_removed", _difference(before, session), now or timezone.now())
    return session


def _session_of(intervention_id: int) -> Session:
    """Return the session of an intervention, it and its edition locked. Raises `NotFound`, `EditionIsClosed`."""
    session_id = Intervention.objects.filter(pk=intervention_id).values_list("session_id", flat=True).first()
    if session_id is None:
        raise NotFound
    return session_of_open_edition(session_id)[0]


def _known(session: Session, intervention_id: int, seen: str) -> Intervention:
    row = locked(Intervention, intervention_id, session=session)
    if seen and version_of(row) != seen:
        raise ChangedMeanwhile(who=last_hand(session))
    return row


def _last_position(session: Session) -> int:
    positions = session.interventions.values_list("position", flat=True)
    return max(positions, default=-1)


def _named(session: Session) -> list[str]:
    """Return those who speak, in their order, each with their mandate: as the log tells of them. One query."""
    rows = Intervention.objects.filter(session=session).select_related("person", "mandate__organisation")
    return [
        f"{row.person} ({row.mandate})" if row.mandate else str(row.person) for row in rows.order_by("position", "pk")
    ]


def _difference(before: list[str], session: Session) -> dict[str, Any]:
    after = _named(session)
    return {} if before == after else {"changes": {"speakers": [before, after]}}


def _tell(actor: Actor, session: Session, verb: str, details: dict[str, Any], now: datetime) -> None:
    """Log it with the session, which outlives those who leave it, and date the session anew."""
    touch(session)
    log.record(actor=actor, action=f"session.{verb}", subject=session, now=now, details=details)
