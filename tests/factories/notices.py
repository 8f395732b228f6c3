"""A published edition whose sessions concern people: a speaker, somebody enrolled, interpreters, a room's host."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from parvis.domain.access import Actor
from parvis.models import (
    Edition,
    Enrolment,
    InterpretationTeam,
    Registration,
    Release,
    RoomHost,
    Session,
)
from parvis.services.releases import publish_release
from tests.factories.editions import an_edition, fill


@dataclass(frozen=True, slots=True)
class Concerned:
    """A published edition, one of its sessions, and the addresses of those whom a change of it concerns."""

    edition: Edition
    session: Session
    first: Release
    speaker: str
    enrolled: str
    interpreter: str
    host: str


def a_concerned_edition(organiser: Actor) -> Concerned:
    """Return an edition with release 1 out, before anything changes."""
    edition = an_edition()
    fill(edition, sessions=3, speakers=3, attendees=4)
    session = Session.objects.get(edition=edition, code="S001")
    speaker = session.interventions.get().person
    speaker.email = "oratrice@example.org"
    speaker.save()
    registration = Registration.objects.filter(edition=edition).select_related("person").order_by("pk")[0]
    Enrolment.objects.create(registration=registration, session=session, enrolled_at=datetime(2023, 7, 1, tzinfo=UTC))
    team = InterpretationTeam.objects.create(
        edition=edition, name="Cabine 1", languages=["fr", "en"], contact_email="cabine@example.org", language="en"
    )
    session.teams.add(team)
    RoomHost.objects.create(
        edition=edition, room=session.placement.room, name="Hôte de salle", email="hote@example.org"
    )
    first = publish_release(actor=organiser, edition_id=edition.pk)
    return Concerned(
        edition, session, first, speaker.email, registration.person.email, team.contact_email, "hote@example.org"
    )
