"""Reads of registrations: by their secret link, by those whom they concern, and what the form offers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q, QuerySet

from parvis.domain.access import Actor, Permission
from parvis.domain.editions import EditionStatus
from parvis.domain.people.persons import ConsentPurpose, Gender, MandateFunction
from parvis.domain.references import is_manage_token
from parvis.domain.refusals import NotFound, Refusal
from parvis.domain.registration_forms import OrganisationInput, RegistrationInput
from parvis.domain.registrations import (
    CategoryKind,
    RegistrationStatus,
    check_changeable,
    check_window,
    may_be_restored,
)
from parvis.models import Badge, Category, Consent, Delegation, Edition, Registration


def _with_everything() -> QuerySet[Registration]:
    return Registration.objects.select_related(
        "edition__venue", "edition__series", "person", "organisation", "mandate", "category", "delegation"
    ).prefetch_related(
        Prefetch("badges", queryset=Badge.objects.filter(revoked_at__isnull=True), to_attr="valid_badges"),
        Prefetch(
            "person__consents", queryset=Consent.objects.filter(withdrawn_at__isnull=True), to_attr="consents_in_force"
        ),
    )


def access_by_token(token: str) -> Registration:
    """Return the registration that a personal link opens. Three queries. Raises `NotFound` for a forged or old link."""
    registration = _with_everything().filter(manage_token=token).first() if is_manage_token(token) else None
    if registration is None:
        raise NotFound
    return registration


def actor_by_link(registration: Registration) -> Actor:
    """Return the actor for whoever holds the link of `registration`."""
    return Actor(
        label=f"{registration.person} ({registration.reference})"[:200],
        registration_id=registration.pk,
        channel="link",
    )


def access_registration(actor: Actor, *, registration_id: int) -> Registration:
    """Return a registration that the actor may see: the desk any, others their own. Three queries.

    Raises `NotFound` for what does not exist and for what is not theirs alike.
    """
    registration = _with_everything().filter(pk=registration_id).first()
    if registration is None:
        raise NotFound
    if actor.may(Permission.READ_DESK) or actor.registration_id == registration.pk:
        return registration
    contact = registration.delegation.contact_email if registration.delegation is not None else ""
    if actor.email and actor.email in {registration.person.email, contact}:
        return registration
    raise NotFound


def list_own_registrations(actor: Actor) -> list[Registration]:
    """Return what an account sees in its space: its own registrations and those of the delegations it answers for.

    Latest edition first, then by name; three queries however many there are; nothing without a verified address.
    """
    if not actor.email:
        return []
    return list(
        _with_everything()
        .filter(Q(person__email=actor.email) | Q(delegation__contact_email=actor.email))
        .order_by("-edition__number", "organisation__folded", "person__folded", "id")
    )


def list_own_delegations(actor: Actor) -> list[Delegation]:
    """Return the delegations whose contact the account is, latest edition first. One query."""
    if not actor.email:
        return []
    return list(
        Delegation.objects.filter(contact_email=actor.email)
        .select_related("edition", "organisation")
        .order_by("-edition__number", "organisation__folded", "id")
    )


def find_by_form_key(form_key: UUID) -> Registration | None:
    """Return the registration that a form made, for the page that follows it. One query."""
    return Registration.objects.select_related("edition", "person").filter(form_key=form_key).first()


def find_edition(slug: str) -> Edition:
    """Return an edition that the public may know of. One query. Raises `NotFound` for a draft or an unknown one."""
    edition = Edition.objects.select_related("venue", "series").filter(slug=slug).exclude(status="draft").first()
    if edition is None:
        raise NotFound
    return edition


def list_public_categories(edition_id: int) -> list[tuple[CategoryKind, str]]:
    """Return the categories that the form offers and their names in the active language; empty where none is set."""
    return [
        (CategoryKind(category.kind), category.name)
        for category in Category.objects.filter(edition_id=edition_id, public=True)
    ]


def form_of(registration: Registration) -> RegistrationInput:
    """Return a registration, as `access_*` gave it, in the shape of the form that would have made it."""
    person = registration.person
    mandate = registration.mandate
    title = ""
    if mandate is not None:
        own = getattr(mandate, f"title_{registration.language}", "") or ""
        title = own or mandate.title
    consents: list[Consent] = person.consents_in_force  # type: ignore[attr-defined]  # set by the prefetch above
    return RegistrationInput(
        first_name=person.first_name,
        last_name=person.last_name,
        email=person.email,
        organisation=OrganisationInput(
            name=registration.organisation.name,
            organisation_id=registration.organisation_id,
            country=registration.organisation.country,
        ),
        category=CategoryKind(registration.category.kind),
        phone=person.phone,
        title=title,
        language=registration.language,
        languages=tuple(person.languages),
        access_needs=registration.access_needs,
        diet=registration.diet,
        consents=frozenset(ConsentPurpose(consent.purpose) for consent in consents),
        gender=Gender(person.gender),
        function=MandateFunction(mandate.function) if mandate is not None else MandateFunction.OTHER,
    )


def window_refusal(edition: Edition, *, now: datetime) -> Refusal | None:
    """Return why the public cannot register for an edition at `now`, or None while it can. No query of its own."""
    zone = _zone(edition)
    try:
        check_window(
            status=EditionStatus(edition.status),
            opens_at=edition.registration_opens_at and edition.registration_opens_at.astimezone(zone),
            closes_at=edition.registration_closes_at and edition.registration_closes_at.astimezone(zone),
            now=now,
        )
    except Refusal as refusal:
        return refusal
    return None


def may_change(registration: Registration, *, now: datetime, by_desk: bool = False) -> bool:
    """Tell whether its holder (or the desk) may still change or cancel a registration. No query of its own."""
    edition = registration.edition
    try:
        check_changeable(
            registration=RegistrationStatus(registration.status),
            edition=EditionStatus(edition.status),
            last_day=edition.ends_on,
            today=now.astimezone(_zone(edition)).date(),
            by_desk=by_desk,
        )
    except Refusal:
        return False
    return True


def may_restore(registration: Registration, *, now: datetime, by_desk: bool = False) -> bool:
    """Tell whether its holder (or the desk) may take a cancelled registration up again. No query of its own."""
    edition = registration.edition
    return may_be_restored(
        registration=RegistrationStatus(registration.status),
        edition=EditionStatus(edition.status),
        last_day=edition.ends_on,
        today=now.astimezone(_zone(edition)).date(),
        by_desk=by_desk,
    )


def _zone(edition: Edition) -> ZoneInfo:
    return ZoneInfo(edition.venue.timezone if edition.venue is not None else "Europe/Paris")
