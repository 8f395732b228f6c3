"""A published edition on its first morning: everybody whom a workshop concerns has an address, and so do bystanders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_urlsafe

from parvis.domain.access import Actor
from parvis.models import (
    Category,
    Edition,
    Enrolment,
    InterpretationTeam,
    Intervention,
    Organisation,
    Person,
    Registration,
    Room,
    RoomHost,
    Session,
)
from parvis.services.releases import publish_release
from tests.factories.editions import an_edition
from tests.factories.programmes import a_full_programme, a_person, a_room

TWENTY_TO_ELEVEN = datetime(2023, 9, 18, 8, 40, tzinfo=UTC)  # in Paris: the workshop begins at eleven
ENROLLED_AT = datetime(2023, 7, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Morning:
    """An edition with release 1 out. `concerned` are the addresses of those who read of a change of room, by why."""

    edition: Edition
    workshop: Session
    old: Room
    new: Room
    concerned: dict[str, str]


def a_morning_with_people(organiser: Actor) -> Morning:
    """Return a morning on which one workshop may have to move from the auditorium to a free room beside it."""
    edition = an_edition(status="on_site")
    sessions = a_full_programme(edition)
    workshop, other = sessions["AT1"], sessions["AT2"]
    old = Room.objects.get(slug="auditorium")
    Room.objects.filter(pk=old.pk).update(booths=2)
    new = a_room(edition, "salle-ouest", "Salle Ouest", capacity=200, position=2, booths=1)

    for slug, email in (("aicha-lawson", "oratrice@example.org"), ("noel-martin", "animateur@example.org")):
        Person.objects.filter(slug=slug).update(email=email)
    bystander = a_person("ailleurs", "Inès", "Ailleurs", email="oratrice.ailleurs@example.org")
    Intervention.objects.create(session=other, person=bystander, role="speaker")

    _enrol(edition, "Awa", "awa@example.org", workshop)
    _enrol(edition, "Ben", "ben@example.org", workshop, language="en")
    _enrol(edition, "Noël", "Animateur@example.org", workshop)  # moderates, and enrolled by another spelling
    _enrol(edition, "Chloé", "annulee@example.org", workshop, status="cancelled")
    _enrol(edition, "Dina", "autre.atelier@example.org", other)
    _enrol(edition, "Émile", "inscrit.sans.atelier@example.org", None)

    for name, email, session in (
        ("Cabine 1", "cabine@example.org", workshop),
        ("Cabine 2", "autre.cabine@example.org", other),
    ):
        team = InterpretationTeam.objects.create(
            edition=edition, name=name, languages=["fr", "en"], contact_email=email, language="en"
        )
        session.teams.add(team)
    for room, email in (
        (old, "hote.auditorium@example.org"),
        (new, "hote.ouest@example.org"),
        (Room.objects.get(slug="salle-est"), "hote.est@example.org"),
    ):
        RoomHost.objects.create(edition=edition, room=room, name=f"Hôte, {room.name}", email=email)

    publish_release(actor=organiser, edition_id=edition.pk)
    concerned = {
        "speaker": "oratrice@example.org",
        "moderator": "animateur@example.org",
        "enrolled": "awa@example.org",
        "enrolled in English": "ben@example.org",
        "interpreters": "cabine@example.org",
        "host of the old room": "hote.auditorium@example.org",
        "host of the new room": "hote.ouest@example.org",
    }
    return Morning(edition, workshop, old, new, concerned)


def _enrol(
    edition: Edition, name: str, email: str, session: Session | None, *, language: str = "fr", status: str = "confirmed"
) -> None:
    """Register somebody, and enrol them in a session."""
    category, _made = Category.objects.get_or_create(edition=edition, kind="elected", defaults={"name_fr": "Élus"})
    registration = Registration.objects.create(
        edition=edition,
        reference=f"R{Registration.objects.count():05d}",
        person=a_person(f"inscrit-{Person.objects.count()}", name, "Inscrite", email=email),
        organisation=Organisation.objects.get(slug="ville-de-lome"),
        category=category,
        status=status,
        source="import",
        manage_token=token_urlsafe(24),
        registered_at=ENROLLED_AT,
        language=language,
    )
    if session is not None:
        Enrolment.objects.create(registration=registration, session=session, enrolled_at=ENROLLED_AT)
