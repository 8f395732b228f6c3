"""Rooms, sessions and placements, made straight in the tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from parvis.domain.text import fold
from parvis.models import AwardRound, Edition, Intervention, Mandate, Person, Placement, Room, Session

MORNING = datetime(2023, 9, 18, 7, 30, tzinfo=UTC)  # 9:30 in Paris, on the first day of `an_edition`


def a_room(edition: Edition, name: str = "Salle Étoile", **more: object) -> Room:
    """Return a saved room of the edition's venue, the last of it."""
    assert edition.venue is not None
    given: dict[str, object] = {"capacity": 80, "position": edition.venue.rooms.count(), **more}
    return Room.objects.create(venue=edition.venue, name=name, slug=fold(name).replace(" ", "-"), **given)  # type: ignore[arg-type]


def a_session(edition: Edition, title: str = "Eau et climat", **more: object) -> Session:
    """Return a saved session of an hour, confirmed, without a placement."""
    number = Session.objects.filter(edition=edition).count() + 1
    given: dict[str, object] = {
        "code": f"E{number:03d}",
        "slug": f"essai-{number}",
        "format": "workshop",
        "title_fr": title,
        "title_en": "",
        "duration_min": 60,
        "spoken": ["fr"],
        "status": "confirmed",
        "folded": fold(title),
        **more,
    }
    return Session.objects.create(edition=edition, **given)  # type: ignore[misc]


def placed(session: Session, room: Room, starts_at: datetime = MORNING) -> Placement:
    """Return a saved placement, as long as its session lasts."""
    ends_at = starts_at + timedelta(minutes=session.duration_min)
    return Placement.objects.create(session=session, room=room, starts_at=starts_at, ends_at=ends_at)


def speaks(person: Person, session: Session, mandate: Mandate | None = None, **more: object) -> Intervention:
    """Return a saved intervention, the last of its session."""
    given: dict[str, object] = {"role": "speaker", "position": session.interventions.count(), **more}
    return Intervention.objects.create(session=session, person=person, mandate=mandate, **given)  # type: ignore[misc]


def round_of(edition: Edition) -> AwardRound:
    """Return the only giving of an award at an edition."""
    return AwardRound.objects.get(edition=edition)
