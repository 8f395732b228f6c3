"""What services on registrations check under their locks: whose it is, whether it may change, whether it is alone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from parvis.domain.access import Actor, Permission
from parvis.domain.editions import EditionStatus
from parvis.domain.people.names import person_folded
from parvis.domain.refusals import ChangedMeanwhile, NotFound
from parvis.domain.registration_forms import RegistrationInput
from parvis.domain.registrations import (
    AddressServesAnother,
    AlreadyRegistered,
    PersonAlreadyRegistered,
    RegistrationStatus,
    check_changeable,
)
from parvis.domain.text import one_line
from parvis.models import Edition, Organisation, Person, Registration
from parvis.services.changes import last_hand


def locked_edition(edition_id: int) -> Edition:
    """Return the edition, its row locked against other registrations until the end. Raises `NotFound`."""
    edition = Edition.objects.select_for_update(of=("self",), no_key=True).filter(pk=edition_id).first()
    if edition is None:
        raise NotFound
    return edition


def locked_for(actor: Actor, registration_id: int) -> Registration:
    """Return the registration, locked, if it is the actor's own or the desk's; `NotFound` otherwise."""
    registration = (
        Registration.objects.select_for_update(of=("self",))
        .select_related("person", "organisation", "edition", "mandate", "delegation", "category")
        .filter(pk=registration_id)
        .first()
    )
    if registration is None:
        raise NotFound
    if actor.may(Permission.EDIT_REGISTRATIONS) or actor.registration_id == registration.pk:
        return registration
    delegation = registration.delegation
    contact = delegation.contact_email if delegation is not None else ""
    if actor.email and actor.email in {registration.person.email, contact}:
        return registration
    if actor.may(Permission.READ_DESK):  # it may know of it: then the right that is missing can be named
        actor.require(Permission.EDIT_REGISTRATIONS)
    raise NotFound


def zone(edition: Edition) -> ZoneInfo:
    """Return the venue's time zone."""
    return ZoneInfo(edition.venue.timezone if edition.venue is not None else "Europe/Paris")


def in_zone(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    """Return a moment in that zone."""
    return None if moment is None else moment.astimezone(zone)


def check_still_changeable(registration: Registration, *, by_desk: bool, now: datetime) -> None:
    """Raise the domain's refusal when the registration cannot be changed at `now`."""
    edition = registration.edition
    check_changeable(
        registration=RegistrationStatus(registration.status),
        edition=EditionStatus(edition.status),
        last_day=edition.ends_on,
        today=now.astimezone(zone(edition)).date(),
        by_desk=by_desk,
    )


def check_unchanged_since(registration: Registration, seen_at: datetime | None) -> None:
    """Raise `ChangedMeanwhile` when somebody saved the registration after `seen_at`."""
    if seen_at is None or registration.updated_at == seen_at:
        return
    raise ChangedMeanwhile(who=last_hand(registration))


def check_not_registered(
    edition: Edition,
    form: RegistrationInput,
    organisation: Organisation,
    *,
    by_desk: bool,
    besides: int | None = None,
) -> None:
    """Refuse a second live registration of one person: the same address, or the same name and organisation."""
    live = (
        Registration.objects.filter(edition=edition)
        .exclude(status=RegistrationStatus.CANCELLED)
        .exclude(pk=besides or 0)
        .select_related("person")
    )
    folded = person_folded(form.first_name, form.last_name)
    same = live.filter(person__email=form.email).first() if form.email else None
    if same is not None and same.person.folded != folded:
        if by_desk:
            raise PersonAlreadyRegistered(person=str(same.person), reference=same.reference, field="email")
        raise AddressServesAnother(field="email")
    if same is None:
        same = live.filter(organisation=organisation, person__folded=folded).first()
    if same is None:
        return
    if by_desk:
        raise PersonAlreadyRegistered(person=str(same.person), reference=same.reference, field="last_name")
    raise AlreadyRegistered(field="email")


def check_person_free(edition: Edition, person: Person, *, by_desk: bool) -> None:
    """Refuse when the person already has a live registration for the edition."""
    live = (
        Registration.objects.filter(edition=edition, person=person)
        .exclude(status=RegistrationStatus.CANCELLED)
        .values_list("reference", flat=True)
        .first()
    )
    if live is None:
        return
    if by_desk:
        raise PersonAlreadyRegistered(person=str(person), reference=live, field="last_name")
    raise AlreadyRegistered(field="email")


def identity_changes(registration: Registration, form: RegistrationInput) -> list[str]:
    """Return the names of the fields by which the form says another person, organisation or capacity."""
    person = registration.person
    wanted = form.organisation
    changes = [name for name in ("first_name", "last_name") if one_line(getattr(person, name)) != getattr(form, name)]
    if person.email.lower() != form.email:
        changes.append("email")
    if wanted.organisation_id != registration.organisation_id and (
        wanted.organisation_id is not None or wanted.code or wanted.name != registration.organisation.name
    ):
        changes.append("organisation")
    if registration.category.kind != form.category:
        changes.append("category")
    return changes


def write_person(person: Person, form: RegistrationInput) -> None:
    """Save what the form says of the person."""
    person.first_name = form.first_name
    person.last_name = form.last_name
    person.folded = person_folded(form.first_name, form.last_name)
    person.email = form.email
    person.gender = str(form.gender)
    person.phone = form.phone
    person.languages = list(form.languages)
    person.save()
