"""Who registers: the person, the mandate under which they come, and what they agreed to.

These run inside the transaction of the service that calls them.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime

from parvis.domain.people.names import person_folded
from parvis.domain.people.persons import ConsentPurpose
from parvis.domain.registration_forms import RegistrationInput
from parvis.domain.slugs import slug_of
from parvis.domain.text import fold
from parvis.models import Consent, Mandate, Organisation, Person


def find_or_create_person(form: RegistrationInput, *, organisation: Organisation, by_desk: bool) -> Person:
    """Return the person of a tidied form.

    The same address and the same name are the same person. By name and organisation alone only the desk may join
    a form to a known person: the public could otherwise put an address of theirs on somebody's record.
    What is known is never overwritten here, only completed.
    """
    folded = person_folded(form.first_name, form.last_name)
    living = Person.objects.filter(erased_at__isnull=True, folded=folded).order_by("id")
    person = living.filter(email=form.email).first() if form.email else None
    if person is None and by_desk:
        nearby = living.filter(mandates__organisation=organisation)
        person = nearby.filter(email="").first() if form.email else nearby.first()
    if person is None:
        return Person.objects.create(
            slug=free_person_slug(form.first_name, form.last_name),
            first_name=form.first_name,
            last_name=form.last_name,
            folded=folded,
            gender=form.gender,
            email=form.email,
            phone=form.phone,
            languages=list(form.languages),
        )
    completed = [
        name
        for name, value in {
            "gender": str(form.gender),
            "email": form.email,
            "phone": form.phone,
            "languages": list(form.languages),
        }.items()
        if value and not getattr(person, name)
    ]
    for name in completed:
        value = getattr(form, name)
        setattr(person, name, list(value) if name == "languages" else str(value))
    if completed:
        person.save(update_fields=[*completed, "updated_at"])
    return person


def free_person_slug(first_name: str, last_name: str) -> str:
    """Return a slug that no person bears. One query; common names fall back on a random ending."""
    base = slug_of(f"{first_name} {last_name}", longest=100)
    taken = set(Person.objects.filter(slug__startswith=base).values_list("slug", flat=True)[:50])
    slug = slug_of(f"{first_name} {last_name}", taken, longest=110)
    return slug if len(taken) < 50 else f"{base}-{secrets.token_hex(4)}"


def find_or_create_mandate(form: RegistrationInput, *, person: Person, organisation: Organisation) -> Mandate:
    """Return the person's mandate at the organisation under the form's title; another title is another mandate."""
    held = list(Mandate.objects.filter(person=person, organisation=organisation).order_by("position", "id"))
    wanted = fold(form.title)
    for mandate in held:
        if wanted in {fold(getattr(mandate, f"title_{code}") or "") for code in ("fr", "en", "es", "ar")}:
            return mandate
    if not wanted and held:
        return held[0]
    last = Mandate.objects.filter(person=person).order_by("-position").values_list("position", flat=True).first()
    mandate = Mandate(
        person=person,
        organisation=organisation,
        function=form.function,
        position=0 if last is None else last + 1,
    )
    setattr(mandate, f"title_{form.language}", form.title)
    mandate.save()
    return mandate


def give_consents(person: Person, purposes: Collection[ConsentPurpose], *, source: str, now: datetime) -> None:
    """Write down what was agreed to now; what is in force already stays as it was given."""
    in_force = set(Consent.objects.filter(person=person, withdrawn_at__isnull=True).values_list("purpose", flat=True))
    Consent.objects.bulk_create(
        Consent(person=person, purpose=purpose, given_at=now, source=source)
        for purpose in ConsentPurpose
        if purpose in purposes and purpose not in in_force
    )


def set_consents(person: Person, purposes: Collection[ConsentPurpose], *, source: str, now: datetime) -> None:
    """Make exactly `purposes` agreed to: give what is new, withdraw what is no longer ticked (and keep its dates)."""
    Consent.objects.filter(person=person, withdrawn_at__isnull=True).exclude(
        purpose__in=[str(purpose) for purpose in purposes]
    ).update(withdrawn_at=now)
    give_consents(person, purposes, source=source, now=now)
