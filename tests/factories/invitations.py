"""People who are to speak, invited through the service: an edition far ahead, sessions at their places, mandates."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from io import BytesIO

from PIL import Image

from parvis.domain.access import Actor, system_actor
from parvis.models import Edition, Intervention, Invitation, Mail, Mandate, Organisation, Person, Session
from parvis.queries.invitations import actor_by_link
from parvis.services.invitations import invite_speakers
from tests.factories.editions import an_edition, an_organisation
from tests.factories.network import a_mandate, a_person
from tests.factories.programme import a_room, a_session, placed, speaks

DESK = system_actor("tests")
SENT = datetime(2033, 6, 1, 9, tzinfo=UTC)
MORNING = datetime(2033, 9, 19, 7, 30, tzinfo=UTC)  # 9:30 in Paris, on the first day
ANSWER_BY = date(2033, 7, 1)


def an_edition_ahead(**more: object) -> Edition:
    """Return an open edition of two days, far enough ahead for the machine's own clock."""
    given: dict[str, object] = {"starts_on": date(2033, 9, 19), "ends_on": date(2033, 9, 20), "status": "open", **more}
    return an_edition(**given)  # type: ignore[arg-type]


def a_speaker(first_name: str = "Awa", last_name: str = "N’Diaye", **more: object) -> Person:
    """Return somebody with an address."""
    given: dict[str, object] = {"email": f"{first_name}.{last_name}@example.org".lower().replace("’", ""), **more}
    return a_person(first_name, last_name, **given)


def a_town(name: str = "Saint-Louis") -> Organisation:
    """Return an organisation, made once."""
    return Organisation.objects.filter(name_fr=name).first() or an_organisation(name)


def a_mayor(person: Person, **more: object) -> Mandate:
    """Return a mandate of a person as mayor."""
    return a_mandate(person, a_town(), "Maire", **more)


def to_speak(
    person: Person,
    edition: Edition,
    title: str = "Eau et climat",
    *,
    starts: datetime | None = MORNING,
    mandate: Mandate | None = None,
    role: str = "speaker",
    answer: str = "none",
    **more: object,
) -> Intervention:
    """Return an intervention of a person in a session of its own, placed in a room of its own."""
    session: Session = a_session(edition, title, **more)
    if starts is not None:
        placed(session, a_room(edition, f"Salle {session.code}"), starts)
    return speaks(person, session, mandate, role=role, answer=answer)


def invited(edition: Edition, *people: Person, actor: Actor = DESK, now: datetime = SENT, **more: object) -> Invitation:
    """Invite people through the service, and return the invitation of the first."""
    given: dict[str, object] = {"answer_by": ANSWER_BY, **more}
    invite_speakers(
        actor=actor,
        edition_id=edition.pk,
        person_ids=[person.pk for person in people],
        now=now,
        **given,  # type: ignore[arg-type]
    )
    return Invitation.objects.get(edition=edition, person=people[0])


def speaker_of(invitation: Invitation) -> Actor:
    """Return whoever holds the link."""
    return actor_by_link(invitation)


def link_in(mail: Mail) -> str:
    """Return the personal link that stands in a mail."""
    found = re.search(r"https?://\S+/invitations/\S+/", mail.body_text)
    assert found is not None, mail.body_text
    return found[0]


def a_portrait(
    width: int = 600, height: int = 800, kind: str = "JPEG", colour: tuple[int, int, int] = (200, 30, 40)
) -> bytes:
    """Return a picture."""
    out = BytesIO()
    Image.new("RGB", (width, height), colour).save(out, kind)
    return out.getvalue()
