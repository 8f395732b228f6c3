"""What the desk's page of one registration shows."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from parvis.domain.access import Actor, Permission
from parvis.domain.refusals import NotFound
from parvis.models import Badge, Consent, Enrolment, Mail, Registration, Scan
from parvis.queries.registrations import access_registration


@dataclass(frozen=True, slots=True)
class RegistrationPage:
    """A registration with all that hangs on it. `badges` holds the valid one first, then those that were replaced."""

    registration: Registration
    badges: list[Badge]
    consents: list[Consent]
    enrolments: list[Enrolment]
    scans: list[Scan]
    mails: list[Mail]


def access_edition_registration(actor: Actor, *, edition_id: int, registration_id: int) -> Registration:
    """Return a registration of an edition, for the desk. Three queries. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.READ_DESK)
    registration = access_registration(actor, registration_id=registration_id)
    if registration.edition_id != edition_id:
        raise NotFound
    return registration


def access_registration_page(actor: Actor, *, edition_id: int, registration_id: int) -> RegistrationPage:
    """Return all that the page of a registration shows. Eight queries. Raises `NotAllowed`, `NotFound`."""
    registration = access_edition_registration(actor, edition_id=edition_id, registration_id=registration_id)
    scans = Scan.objects.filter(registration=registration).select_related("checkpoint", "undoes", "undone_by")
    return RegistrationPage(
        registration=registration,
        badges=sorted(
            Badge.objects.filter(registration=registration).order_by("-issued_at", "-id"),
            key=lambda badge: badge.revoked_at is not None,
        ),
        consents=list(Consent.objects.filter(person_id=registration.person_id).order_by("purpose", "-given_at")),
        enrolments=list(
            Enrolment.objects.filter(registration=registration)
            .select_related("session__placement__room")
            .order_by("session__placement__starts_at", "session__code")
        ),
        scans=list(scans.order_by("-scanned_at")),
        mails=_mails(registration),
    )


def _mails(registration: Registration) -> list[Mail]:
    """Return the mails that tell of a registration, without their text: it holds the link. Their keys name it."""
    named = Q(key__startswith=f"registration.cancelled:{registration.pk}:") | (
        Q(key__startswith="registration.", key__endswith=f":{registration.pk}")
        & ~Q(key__startswith="registration.cancelled:")
    )
    keys = Mail.objects.filter(named).order_by().values("pk")  # read from the index of keys: mails are large
    return list(Mail.objects.filter(pk__in=keys).defer("body_text", "body_html").order_by("-created_at", "-id"))


def find_registration_id(actor: Actor, *, edition_id: int, reference: str) -> int | None:
    """Return the key of the registration of that reference at an edition, if there is one. One query.

    Raises `NotAllowed`.
    """
    actor.require(Permission.READ_DESK)
    return Registration.objects.filter(edition_id=edition_id, reference=reference).values_list("pk", flat=True).first()
