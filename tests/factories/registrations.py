"""Registrations for tests: an open edition, a form filled in, and a person registered through the service."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

from parvis.domain.access import PUBLIC, Actor
from parvis.domain.people.persons import ConsentPurpose, Gender, MandateFunction
from parvis.domain.registration_forms import OrganisationInput, RegistrationInput
from parvis.domain.registrations import CategoryKind
from parvis.models import Edition, Registration
from parvis.services.registrations import register_participant
from tests.factories.editions import an_edition

NOW = datetime(2023, 6, 1, 9, tzinfo=UTC)

DIJON = OrganisationInput(name="Ville de Dijon")
FORM = RegistrationInput(
    first_name="Aïcha",
    last_name="Benali-L’Hôte",
    email="aicha.benali@example.org",
    organisation=DIJON,
    category=CategoryKind.ELECTED,
    gender=Gender.WOMAN,
    phone="+33 6 00 00 00 00",
    title="Adjointe au maire",
    function=MandateFunction.DEPUTY_MAYOR,
    language="fr",
    languages=("fr", "ar"),
    access_needs="Boucle magnétique",
    diet="Végétarien",
    consents=frozenset({ConsentPurpose.IMAGE}),
)


def an_open_edition(number: int = 14, *, slug: str = "2023", **more: object) -> Edition:
    """Return an edition that takes registrations, far enough ahead for the machine's own clock."""
    given: dict[str, object] = {"starts_on": date(2033, 9, 19), "ends_on": date(2033, 9, 20), **more}
    return an_edition(number, slug=slug, status="open", **given)


def a_form(**changes: object) -> RegistrationInput:
    """Return a good form with some answers changed."""
    return replace(FORM, **changes)  # type: ignore[arg-type]


def a_registration(edition: Edition, *, actor: Actor = PUBLIC, now: datetime = NOW, **changes: object) -> Registration:
    """Return a registration made by the service that the form calls."""
    return register_participant(
        actor=actor, edition_id=edition.pk, form=a_form(**changes), form_key=uuid4(), now=now
    ).registration
