"""What the desk's page of one organisation shows."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.domain.access import Actor, Permission
from parvis.domain.refusals import NotFound
from parvis.models import Delegation, Laureate, Mandate, Membership, Organisation, Partner, Registration, Session


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """An organisation with all that hangs on it. `registrations` are those of one edition, cancelled ones too."""

    organisation: Organisation
    memberships: list[Membership]
    units: list[Organisation]
    delegation: Delegation | None
    registrations: list[Registration]
    mandates: list[Mandate]
    partnerships: list[Partner]
    laurels: list[Laureate]
    hosted: list[Session]


def access_organisation(actor: Actor, *, organisation_id: int) -> Organisation:
    """Return an organisation with the one that it is a part of. One query. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.READ_DESK)
    found = Organisation.objects.select_related("parent", "successor").filter(pk=organisation_id).first()
    if found is None:
        raise NotFound
    return found


def access_organisation_page(actor: Actor, *, organisation_id: int, edition_id: int) -> OrganisationPage:
    """Return all that the page of an organisation shows, as seen from an edition. Nine queries.

    Raises `NotAllowed`, `NotFound`.
    """
    organisation = access_organisation(actor, organisation_id=organisation_id)
    registered = Registration.objects.filter(edition_id=edition_id, organisation=organisation)
    supported = Partner.objects.filter(organisation=organisation).select_related("edition", "co_funder")
    honoured = Laureate.objects.filter(organisation=organisation).select_related("round__award", "round__edition")
    return OrganisationPage(
        organisation=organisation,
        memberships=list(Membership.objects.filter(organisation=organisation).order_by("-year")),
        units=list(Organisation.objects.filter(parent=organisation)),
        delegation=Delegation.objects.filter(edition_id=edition_id, organisation=organisation).first(),
        registrations=list(
            registered.select_related("person", "mandate", "category").order_by("person__folded", "registered_at")
        ),
        mandates=list(
            Mandate.objects.filter(organisation=organisation, person__erased_at__isnull=True)
            .select_related("person")
            .order_by("person__folded", "position", "id")
        ),
        partnerships=list(supported.order_by("-edition__number")),
        laurels=list(honoured.order_by("-round__edition__number")),
        hosted=list(Session.objects.filter(edition_id=edition_id, host=organisation).order_by("code")),
    )
