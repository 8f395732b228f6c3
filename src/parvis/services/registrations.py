"""Registering, changing, cancelling: each in one transaction, each logged, each told by mail once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from parvis.domain import references
from parvis.domain.access import Actor, Permission
from parvis.domain.editions import EditionStatus
from parvis.domain.registration_forms import RegistrationInput, check_form, tidied
from parvis.domain.registrations import (
    OnlyTheDeskMayChange,
    RegistrationIsCancelled,
    RegistrationSource,
    RegistrationStatus,
    TooLateToChange,
    check_desk_may_register,
    check_window,
    may_be_restored,
)
from parvis.models import Delegation, Edition, Registration
from parvis.services import log, registration_mails
from parvis.services.badges import give_badge
from parvis.services.categories import find_category
from parvis.services.changes import check_seen
from parvis.services.organisations import find_or_propose_organisation
from parvis.services.participants import (
    find_or_create_mandate,
    find_or_create_person,
    give_consents,
    set_consents,
)
from parvis.services.registration_checks import (
    check_not_registered,
    check_person_free,
    check_still_changeable,
    check_unchanged_since,
    identity_changes,
    in_zone,
    locked_edition,
    locked_for,
    write_person,
    zone,
)


@dataclass(frozen=True, slots=True)
class Registered:
    """What came of a form: `created` is False when the same form had been sent before."""

    registration: Registration
    created: bool


def register_participant(
    *,
    actor: Actor,
    edition_id: int,
    form: RegistrationInput,
    form_key: UUID,
    source: RegistrationSource = RegistrationSource.FORM,
    notify: bool = True,
    now: datetime | None = None,
) -> Registered:
    """Register one person for an edition: organisation, person, mandate, delegation, badge, consents, mail, log.

    One transaction, serialised by a lock on the edition's row; the mail with the ticket leaves after it commits.
    The same `form_key` again returns the same registration and sends nothing. From another source than the
    public form the actor needs the right to change registrations (or, for a walk-in, to scan), the window
    does not bind, and an address is not required.

    Raises the form's faults, the window's refusals, `AlreadyRegistered` or `AddressServesAnother` (to the desk
    `PersonAlreadyRegistered`), `CategoryNotOffered`, `OrganisationAmbiguous`, `NotFound` for an unknown edition.
    """
    by_desk = source is not RegistrationSource.FORM
    if by_desk and not (source is RegistrationSource.WALK_IN and actor.may(Permission.SCAN)):
        actor.require(Permission.EDIT_REGISTRATIONS)
    moment = now or timezone.now()
    form = tidied(form)
    with transaction.atomic():
        edition = locked_edition(edition_id)
        before = Registration.objects.filter(form_key=form_key).select_related("person", "edition").first()
        if before is not None:
            return Registered(before, created=False)
        status = EditionStatus(edition.status)
        if by_desk:
            check_desk_may_register(status)
        else:
            local = zone(edition)
            check_window(
                status=status,
                opens_at=in_zone(edition.registration_opens_at, local),
                closes_at=in_zone(edition.registration_closes_at, local),
                now=moment,
            )
        check_form(form, email_required=not by_desk)
        category = find_category(edition=edition, kind=form.category, by_desk=by_desk)
        organisation = find_or_propose_organisation(
            actor=actor, wanted=form.organisation, category=form.category, now=moment
        )
        check_not_registered(edition, form, organisation, by_desk=by_desk)
        person = find_or_create_person(form, organisation=organisation, by_desk=by_desk)
        check_person_free(edition, person, by_desk=by_desk)
        mandate = find_or_create_mandate(form, person=person, organisation=organisation)
        delegation, _ = Delegation.objects.get_or_create(edition=edition, organisation=organisation)
        registration = Registration.objects.create(
            edition=edition,
            reference=free_reference(edition),
            form_key=form_key,
            person=person,
            organisation=organisation,
            mandate=mandate,
            category=category,
            delegation=delegation,
            status=RegistrationStatus.CONFIRMED,
            source=source,
            language=form.language,
            access_needs=form.access_needs,
            diet=form.diet,
            manage_token=new_manage_token(),
            registered_at=moment,
            confirmed_at=moment,
        )
        give_badge(registration, now=moment)
        give_consents(person, form.consents, source=source, now=moment)
        log.record(
            actor=actor,
            action="registration.created",
            subject=registration,
            now=moment,
            details={"source": str(source), "organisation": str(organisation)},
        )
        if notify:
            registration_mails.queue_confirmation(registration, now=moment)
    return Registered(registration, created=True)


def change_registration(
    *,
    actor: Actor,
    registration_id: int,
    form: RegistrationInput,
    seen_at: datetime | None = None,
    person_seen: str = "",
    now: datetime | None = None,
) -> Registration:
    """Change a registration to what `form` says. Locks it; `seen_at` is its `updated_at` when the page was opened,
    and `person_seen` the print of its person (`version_of`): the form writes both.

    The holder of the link (or of the account) changes everything about their coming; who they are, for whom and as
    what, and where we write, only the desk. A changed address gets the ticket anew.

    Raises `ChangedMeanwhile`, `OnlyTheDeskMayChange`, `RegistrationIsCancelled`, `TooLateToChange`, the form's faults,
    `AddressServesAnother`, `PersonAlreadyRegistered`, `NotFound`.
    """
    moment = now or timezone.now()
    form = tidied(form)
    with transaction.atomic():
        registration = locked_for(actor, registration_id)
        by_desk = actor.may(Permission.EDIT_REGISTRATIONS)
        check_unchanged_since(registration, seen_at)
        check_still_changeable(registration, by_desk=by_desk, now=moment)
        check_form(form, email_required=not by_desk)
        person = registration.person
        check_seen(person, person_seen)
        identity = identity_changes(registration, form)
        if identity and not by_desk:
            raise OnlyTheDeskMayChange(field=identity[0])
        edition = registration.edition
        organisation = registration.organisation
        if "organisation" in identity:
            organisation = find_or_propose_organisation(
                actor=actor, wanted=form.organisation, category=form.category, now=moment
            )
        if identity:
            check_not_registered(edition, form, organisation, by_desk=True, besides=registration.pk)
        if organisation.pk != registration.organisation_id:
            registration.organisation = organisation
            registration.delegation, _ = Delegation.objects.get_or_create(edition=edition, organisation=organisation)
        registration.category = find_category(edition=edition, kind=form.category, by_desk=True)
        write_person(person, form)
        registration.mandate = find_or_create_mandate(form, person=person, organisation=organisation)
        if registration.mandate.function != form.function:
            registration.mandate.function = str(form.function)
            registration.mandate.save(update_fields=["function"])
        registration.language = form.language
        registration.access_needs = form.access_needs
        registration.diet = form.diet
        registration.save()
        set_consents(person, form.consents, source="desk" if by_desk else "link", now=moment)
        log.record(
            actor=actor,
            action="registration.changed",
            subject=registration,
            now=moment,
            details={"fields": identity},
        )
        if "email" in identity and person.email:
            registration_mails.queue_confirmation(registration, now=moment, occasion=f"changed:{moment.isoformat()}")
    return registration


def cancel_registration(
    *, actor: Actor, registration_id: int, reason: str = "", now: datetime | None = None
) -> Registration:
    """Cancel a registration, by its link, its account or the desk; its badge is refused at the door. Locks it.

    Cancelling twice changes nothing. Raises `TooLateToChange`, `NotFound`.
    """
    moment = now or timezone.now()
    with transaction.atomic():
        registration = locked_for(actor, registration_id)
        try:
            check_still_changeable(registration, by_desk=actor.may(Permission.EDIT_REGISTRATIONS), now=moment)
        except RegistrationIsCancelled:
            return registration
        registration.status = str(RegistrationStatus.CANCELLED)
        registration.cancelled_at = moment
        registration.cancellation_reason = " ".join(reason.split())[:300]
        registration.save()
        log.record(actor=actor, action="registration.cancelled", subject=registration, now=moment)
        registration_mails.queue_cancellation(registration, now=moment)
    return registration


def restore_registration(*, actor: Actor, registration_id: int, now: datetime | None = None) -> Registration:
    """Take up a cancelled registration again, with its reference and its badge. Locks it and the edition.

    Raises `TooLateToChange`, `AlreadyRegistered` when the person has registered anew meanwhile, `NotFound`.
    """
    moment = now or timezone.now()
    with transaction.atomic():
        found = locked_for(actor, registration_id)
        edition = locked_edition(found.edition_id)
        by_desk = actor.may(Permission.EDIT_REGISTRATIONS)
        if found.status != RegistrationStatus.CANCELLED:
            return found
        if not may_be_restored(
            registration=RegistrationStatus.CANCELLED,
            edition=EditionStatus(edition.status),
            last_day=edition.ends_on,
            today=moment.astimezone(zone(edition)).date(),
            by_desk=by_desk,
        ):
            raise TooLateToChange
        check_person_free(edition, found.person, by_desk=by_desk)
        found.status = str(RegistrationStatus.CONFIRMED)
        found.confirmed_at = moment
        found.cancelled_at = None
        found.cancellation_reason = ""
        found.save()
        give_badge(found, now=moment)
        log.record(actor=actor, action="registration.restored", subject=found, now=moment)
        registration_mails.queue_confirmation(found, now=moment, occasion=f"restored:{moment.isoformat()}")
    return found


def confirm_registration(*, actor: Actor, registration_id: int, now: datetime | None = None) -> Registration:
    """Confirm a registration that awaited it, give it a badge and send the ticket. Locks it; twice changes nothing.

    Raises `NotAllowed`, `RegistrationIsCancelled`, `TooLateToChange`, `NotFound`.
    """
    actor.require(Permission.EDIT_REGISTRATIONS)
    moment = now or timezone.now()
    with transaction.atomic():
        registration = locked_for(actor, registration_id)
        check_still_changeable(registration, by_desk=True, now=moment)
        if registration.status == RegistrationStatus.CONFIRMED:
            return registration
        registration.status = str(RegistrationStatus.CONFIRMED)
        registration.confirmed_at = moment
        registration.save()
        give_badge(registration, now=moment)
        log.record(actor=actor, action="registration.confirmed", subject=registration, now=moment)
        registration_mails.queue_confirmation(registration, now=moment)
    return registration


def resend_confirmation(*, actor: Actor, registration_id: int, now: datetime | None = None) -> Registration:
    """Send the ticket and the link again, at most once a minute. Raises `NotFound`, `RegistrationIsCancelled`."""
    moment = now or timezone.now()
    with transaction.atomic():
        registration = locked_for(actor, registration_id)
        if registration.status == RegistrationStatus.CANCELLED:
            raise RegistrationIsCancelled
        give_badge(registration, now=moment)
        registration_mails.queue_confirmation(registration, now=moment, occasion=f"resent:{moment:%Y-%m-%dT%H:%M}")
        log.record(actor=actor, action="registration.mail_resent", subject=registration, now=moment)
    return registration


def resend_link_to(*, actor: Actor, edition_id: int, email: str, now: datetime | None = None) -> None:
    """Send the link of a live registration to its own address, if there is one; tells nobody whether there is."""
    moment = now or timezone.now()
    with transaction.atomic():
        registration = (
            Registration.objects.select_for_update(of=("self",))
            .filter(edition_id=edition_id, person__email=email.strip().lower())
            .exclude(status=RegistrationStatus.CANCELLED)
            .select_related("person", "organisation", "edition")
            .first()
        )
        if registration is None or not registration.person.email:
            return
        give_badge(registration, now=moment)
        registration_mails.queue_confirmation(registration, now=moment, occasion=f"resent:{moment:%Y-%m-%dT%H:%M}")
        log.record(actor=actor, action="registration.mail_resent", subject=registration, now=moment)


def new_manage_token() -> str:
    """Return a fresh secret for a personal link."""
    return references.make_manage_token(secrets.token_bytes(references.TOKEN_BYTES))


def free_reference(edition: Edition) -> str:
    """Return a reference that the edition does not use yet. Call it under the edition's lock."""
    while True:
        reference = references.make_reference(edition.number, secrets.token_bytes(references.RANDOM_BYTES))
        if not Registration.objects.filter(edition=edition, reference=reference).exists():
            return reference
