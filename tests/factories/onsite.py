"""Doors for tests: an edition under way today, its checkpoints, somebody registered, and a reading."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.utils import timezone

from parvis.domain.access import Actor, system_actor
from parvis.domain.onsite import Direction
from parvis.domain.registration_forms import OrganisationInput
from parvis.domain.registrations import RegistrationSource
from parvis.models import Checkpoint, Edition, Membership, Registration, Scan, Session
from parvis.services.registrations import register_participant
from parvis.services.scans import Recorded, record_scan
from tests.factories.editions import an_edition, an_organisation
from tests.factories.registrations import a_form

SYSTEM = system_actor("tests")
PARIS = ZoneInfo("Europe/Paris")


def an_edition_on_site(number: int = 16, *, slug: str = "", status: str = "on_site", **more: object) -> Edition:
    """Return an edition of two days that began today, in Paris."""
    today = timezone.now().astimezone(PARIS).date()
    given: dict[str, object] = {"starts_on": today, "ends_on": today + timedelta(days=1), **more}
    return an_edition(number, slug=slug or f"edition-{number}", status=status, **given)


def an_entrance(edition: Edition, *, number: int = 1) -> Checkpoint:
    """Return the entrance of a day of the edition, the first by default."""
    assert edition.starts_on is not None
    return Checkpoint.objects.create(
        edition=edition,
        code=f"entrance-{number}",
        kind="entrance",
        name_fr=f"Entrée, jour {number}",
        name_en=f"Entrance, day {number}",
        day=edition.starts_on + timedelta(days=number - 1),
    )


def a_session_door(edition: Edition, *, code: str = "AG", members_only: bool = False) -> Checkpoint:
    """Return the door of a session that is not placed."""
    session = Session.objects.create(
        edition=edition,
        code=code,
        slug=code.lower(),
        format="assembly" if members_only else "workshop",
        title_fr=f"Séance {code}",
        title_en=f"Session {code}",
        duration_min=90,
        members_only=members_only,
        status="confirmed",
    )
    return Checkpoint.objects.create(
        edition=edition,
        code=f"session-{code.lower()}",
        kind="session",
        name_fr=session.title_fr,
        name_en=session.title_en,
        session=session,
    )


def a_participant(
    edition: Edition, last_name: str = "Dupré", *, first_name: str = "Zoé", organisation: str = "", **more: Any
) -> Registration:
    """Return somebody registered by the desk, of Dijon unless another organisation is named (and then made)."""
    if organisation:
        found = an_organisation(organisation)
        more["organisation"] = OrganisationInput(name=organisation, organisation_id=found.pk)
    return register_participant(
        actor=SYSTEM,
        edition_id=edition.pk,
        form=a_form(first_name=first_name, last_name=last_name, **{"email": "", "access_needs": "", **more}),
        form_key=uuid4(),
        source=RegistrationSource.DESK,
    ).registration


def badge_code(registration: Registration) -> str:
    """Return the code of the valid badge."""
    return registration.badges.get(revoked_at__isnull=True).code


def make_member(registration: Registration) -> None:
    """Make the organisation a member in the edition's year."""
    assert registration.edition.starts_on is not None
    Membership.objects.create(organisation=registration.organisation, year=registration.edition.starts_on.year)


def read(
    checkpoint: Checkpoint,
    code: str,
    *,
    actor: Actor = SYSTEM,
    scan_id: UUID | None = None,
    at: datetime | None = None,
    direction: Direction = Direction.IN,
    **more: Any,
) -> Recorded:
    """Return what came of a reading made by the service."""
    return record_scan(
        actor=actor,
        scan_id=scan_id or uuid4(),
        checkpoint_guid=checkpoint.guid,
        code=code,
        scanned_at=at or timezone.now(),
        direction=direction,
        **more,
    )


def verdicts() -> list[str]:
    """Return the verdicts that were written, in the order in which they came in."""
    return list(Scan.objects.order_by("received_at", "scanned_at").values_list("verdict", flat=True))
