"""Takes in participants: person, mandate, registration, badge, delegation, consents."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings

from parvis.domain.imports import ImportRow, ReferenceTaken, RepeatedRow, RowPlan, UnknownOrganisation
from parvis.domain.people.persons import ConsentPurpose
from parvis.domain.references import RANDOM_BYTES, TOKEN_BYTES, make_manage_token, make_reference
from parvis.domain.registrations import CATEGORY_KIND_NAMES, CategoryKind, RegistrationSource, RegistrationStatus
from parvis.models import Badge, Category, Consent, Delegation, Edition, Mandate, Organisation, Person, Registration
from parvis.services.badges import new_badge_code
from parvis.services.imports.organisations import HOME_COUNTRY
from parvis.services.imports.people import People, organisation_of
from parvis.services.imports.workspace import Workspace

_CONSENTS = {"image_consent": ConsentPurpose.IMAGE, "listed_consent": ConsentPurpose.LISTED}

# French names of the categories that an import makes when an edition lacks them; the desk can change them.
_CATEGORY_FR = {
    CategoryKind.ELECTED: "Élu",
    CategoryKind.STAFF: "Agent d’une collectivité",
    CategoryKind.FOREIGN_DELEGATION: "Délégation étrangère",
    CategoryKind.EMBASSY: "Ambassade",
    CategoryKind.STATE: "Services de l’État",
    CategoryKind.PARTNER: "Partenaire",
    CategoryKind.SPEAKER: "Intervenant",
    CategoryKind.PRESS: "Presse",
    CategoryKind.STUDENT: "Étudiant",
    CategoryKind.GUEST: "Invité",
    CategoryKind.TEAM: "Équipe d’organisation",
}


class Registrations:
    """The edition's registrations by reference elsewhere and by person; read in a few queries."""

    def __init__(self, workspace: Workspace, edition: Edition) -> None:
        self.workspace = workspace
        self.edition = edition
        self.people = People.of(workspace)
        rows = list(Registration.objects.filter(edition=edition).order_by("pk"))
        self.by_external = {r.external_reference: r for r in rows if r.external_reference}
        self.by_reference = {r.reference: r for r in rows}
        # Who cancelled and came back has two: the one in force counts.
        self.by_person = {r.person_id: r for r in sorted(rows, key=lambda r: r.status != RegistrationStatus.CANCELLED)}
        self.references = {r.reference for r in rows}
        self.categories = {c.kind: c for c in Category.objects.filter(edition=edition)}
        self.delegations = {d.organisation_id: d for d in Delegation.objects.filter(edition=edition)}
        self.consents = set(Consent.objects.filter(withdrawn_at__isnull=True).values_list("person_id", "purpose"))
        self.rows: dict[int, tuple[int, tuple[object, ...]]] = {}

    @classmethod
    def of(cls, workspace: Workspace) -> Registrations:
        """Return the workspace's own, read at the first use. The caller has checked that there is an edition."""
        if "registrations" not in workspace.shelf:
            if workspace.edition is None:  # pragma: no cover - plan.py asks for the edition first
                raise ValueError("registrations belong to an edition")
            workspace.shelf["registrations"] = cls(workspace, workspace.edition)
        shelf: Registrations = workspace.shelf["registrations"]
        return shelf

    def category(self, kind: str) -> Category:
        """Return the edition's category of a kind, made if it lacks."""
        if kind not in self.categories:
            member = CategoryKind(kind)
            self.categories[kind] = self.workspace.create(
                Category,
                edition=self.edition,
                kind=kind,
                name_fr=_CATEGORY_FR[member],
                name_en=CATEGORY_KIND_NAMES[member],
                public=member not in {CategoryKind.TEAM, CategoryKind.SPEAKER},
                position=list(CategoryKind).index(member),
            )
        return self.categories[kind]

    def delegation(self, organisation: Organisation) -> Delegation:
        """Return the delegation of an organisation, made if it has none."""
        key = organisation.pk or -id(organisation)
        if key not in self.delegations:
            self.delegations[key] = self.workspace.create(Delegation, edition=self.edition, organisation=organisation)
        return self.delegations[key]

    def told_before(self, person: Person, number: int, content: tuple[object, ...]) -> bool:
        """Tell whether a row of this file said the very same of a person. Raises `RepeatedRow` when it said another."""
        earlier, said = self.rows.setdefault(id(person), (number, content))
        if earlier == number:
            return False
        if said != content:
            raise RepeatedRow(row=earlier)
        return True

    def holder(self, registration: Registration) -> str:
        """Return the name of the person of a registration."""
        return str(self.people.by_id(registration.person_id) or registration.person)

    def reference(self) -> str:
        """Return a reference that no registration of the edition has."""
        while True:
            reference = make_reference(self.edition.number, secrets.token_bytes(RANDOM_BYTES))
            if reference not in self.references:
                self.references.add(reference)
                return reference

    def add(
        self, person: Person, organisation: Organisation, *, external: str, registered_at: datetime
    ) -> Registration:
        """Take in a new registration with its badge."""
        registration = self.workspace.create(
            Registration,
            edition=self.edition,
            reference=self.reference(),
            external_reference=external,
            person=person,
            organisation=organisation,
            delegation=self.delegation(organisation),
            source=RegistrationSource.IMPORT,
            status=RegistrationStatus.CONFIRMED,
            manage_token=make_manage_token(secrets.token_bytes(TOKEN_BYTES)),
            registered_at=registered_at,
            confirmed_at=registered_at,
        )
        self.workspace.create(Badge, registration=registration, code=new_badge_code(), issued_at=self.workspace.now)
        self.by_person[person.pk or -id(person)] = registration
        if external:
            self.by_external[external] = registration
        return registration

    def attach(self, registration: Registration, name: str, held: int | None) -> None:
        """Put the related row that is known already onto a registration, so that showing a change asks no query."""
        found: object | None = None
        if name == "category":
            found = next((row for row in self.categories.values() if row.pk == held), None)
        elif name == "organisation":
            found = self.people.organisations.by_id(held)
        elif held is not None:
            found = self.people.mandate_by_id(held)
        if found is not None:
            setattr(registration, name, found)

    def consent(self, person: Person, purpose: ConsentPurpose, plan: RowPlan) -> None:
        """Note a consent that is not in force yet."""
        key = (person.pk or -id(person), str(purpose))
        if key not in self.consents:
            self.consents.add(key)
            self.workspace.create(Consent, person=person, purpose=purpose, given_at=self.workspace.now, source="import")
            if not person._state.adding:
                plan.changed(str(purpose), "", True)


def _category_kind(values: dict[str, object], organisation: Organisation) -> str:
    """Return the category: as given, else what the organisation says of who comes for it."""
    given = str(values.get("category") or "")
    if given:
        return given
    if organisation.kind == "embassy":
        return CategoryKind.EMBASSY
    if organisation.country not in ("", HOME_COUNTRY):
        return CategoryKind.FOREIGN_DELEGATION
    return CategoryKind.GUEST


def take_participant(workspace: Workspace, row: ImportRow, plan: RowPlan) -> None:
    """Plan one participant. One person registers once, and one reference is one registration.

    Raises `RepeatedRow` where another row of the file says otherwise, `ReferenceTaken` where the reference is
    somebody else's.
    """
    v = dict(row.values)
    plan.label = f"{v['first_name']} {v['last_name']}"
    registrations = Registrations.of(workspace)
    organisation = organisation_of(workspace, v)
    if organisation is None:
        raise UnknownOrganisation(name="", field="organisation")
    external = str(v.get("external_reference") or "")
    person = registrations.people.find_or_make(v, organisation, row, plan)
    known = registrations.by_external.get(external) if external else None
    if known is not None and not _is_of(known, person):
        raise ReferenceTaken(reference=external, other=registrations.holder(known), field="external_reference")
    known = known or registrations.by_person.get(person.pk or -id(person))
    if registrations.told_before(person, row.number, tuple(v.values())):
        return
    mandate = _mandate(registrations, known, person, organisation, row, plan)
    registrations.people.serves(person, organisation)
    moment = v.get("registered_at")
    registered_at = workspace.aware(moment) if isinstance(moment, datetime) else None
    if known is None:
        known = registrations.add(person, organisation, external=external, registered_at=registered_at or workspace.now)
        plan.created()
    elif external:
        registrations.by_external[external] = known
    values: dict[str, object] = {name: v.get(name) for name in ("source", "access_needs", "diet", "external_reference")}
    values["language"] = v.get("language") if v.get("language") in dict(settings.LANGUAGES) else None
    values["registered_at"] = registered_at
    category = registrations.category(_category_kind(v, organisation))
    for name, row_wanted in (("category", category), ("mandate", mandate), ("organisation", organisation)):
        held = getattr(known, f"{name}_id")
        if row_wanted is not None and (held is None or held != row_wanted.pk):
            registrations.attach(known, name, held)
            values[name] = row_wanted
    workspace.set(known, values, plan)
    if "organisation" in values:
        if mandate is None and known.mandate_id is not None:
            workspace.put(known, "mandate", None)  # it was one of the organisation before
        workspace.put(known, "delegation", registrations.delegation(organisation))
    _set_status(workspace, known, str(v.get("status") or ""), plan)
    for name, purpose in _CONSENTS.items():
        if v.get(name):
            registrations.consent(person, purpose, plan)


def _mandate(
    registrations: Registrations,
    known: Registration | None,
    person: Person,
    organisation: Organisation,
    row: ImportRow,
    plan: RowPlan,
) -> Mandate | None:
    """Return the mandate that the row gives; a row without a title leaves a known registration as it is."""
    if any(row.values.get(name) for name in ("title_fr", "title_en", "function")):
        return registrations.people.take_mandate(person, organisation, row.values, plan)
    if known is not None and known.organisation_id == organisation.pk:
        return None
    return registrations.people.find_mandate(person, organisation)


def _is_of(registration: Registration, person: Person) -> bool:
    if person._state.adding:
        return registration._state.adding and registration.person is person
    return bool(registration.person_id == person.pk)


def _set_status(workspace: Workspace, registration: Registration, status: str, plan: RowPlan) -> None:
    """Set the state that the row gives, with the moments that belong to it."""
    if not status or status == registration.status:
        return
    workspace.set(registration, {"status": status}, plan)
    cancelled = status == RegistrationStatus.CANCELLED
    workspace.put(registration, "cancelled_at", workspace.now if cancelled else None)
    if status == RegistrationStatus.CONFIRMED and registration.confirmed_at is None:
        workspace.put(registration, "confirmed_at", workspace.now)
    elif status == RegistrationStatus.PENDING:
        workspace.put(registration, "confirmed_at", None)
