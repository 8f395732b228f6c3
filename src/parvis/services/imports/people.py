"""Finds the person that a row names, or makes them, with the mandate that it gives; takes in sheets of people."""

from __future__ import annotations

from collections.abc import Mapping

from parvis.domain.imports import AddressTaken, AmbiguousPerson, ImportRow, RowPlan, SameAddress, UnknownPerson
from parvis.domain.people.names import person_folded
from parvis.domain.text import fold
from parvis.models import Mandate, Organisation, Person, Registration
from parvis.services.imports.organisations import Organisations
from parvis.services.imports.workspace import Workspace


def _key(row: Person | Organisation) -> int:
    return row.pk or -id(row)


class People:
    """Every person and mandate, by address and by name; read in three queries."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._by_email: dict[str, Person] = {}
        self._by_name: dict[str, list[Person]] = {}
        self._mandates: dict[int, list[Mandate]] = {}
        self._mandate_by_id: dict[int, Mandate] = {}
        self.organisations = Organisations.of(workspace)
        self._row_of: dict[int, int] = {}
        people = {person.pk: person for person in Person.objects.filter(erased_at__isnull=True)}
        self._by_id = people
        self._served: set[tuple[int, int]] = set(Registration.objects.values_list("person_id", "organisation_id"))
        for person in people.values():
            self._index(person)
        for mandate in Mandate.objects.order_by("person", "position", "pk"):
            holder = people.get(mandate.person_id)
            if holder is not None:
                mandate.person = holder
                organisation = self.organisations.by_id(mandate.organisation_id)
                if organisation is not None:
                    mandate.organisation = organisation
                self._mandate_by_id[mandate.pk] = mandate
                self._served.add((mandate.person_id, mandate.organisation_id))
                self._mandates.setdefault(id(holder), []).append(mandate)

    @classmethod
    def of(cls, workspace: Workspace) -> People:
        """Return the workspace's own, read at the first use."""
        if "people" not in workspace.shelf:
            workspace.shelf["people"] = cls(workspace)
        shelf: People = workspace.shelf["people"]
        return shelf

    def _index(self, person: Person) -> None:
        if person.email:
            self._by_email[person.email.lower()] = person
        self._by_name.setdefault(person.folded, []).append(person)

    def by_id(self, pk: int | None) -> Person | None:
        """Return the person of that key, unless erased."""
        return None if pk is None else self._by_id.get(pk)

    def mandate_by_id(self, pk: int) -> Mandate | None:
        """Return the mandate of that key, if it exists."""
        return self._mandate_by_id.get(pk)

    def mandates(self, person: Person) -> list[Mandate]:
        """Return a person's mandates, in order, new ones included."""
        return self._mandates.get(id(person), [])

    def _serves(self, person: Person, organisation: Organisation | None) -> bool:
        return organisation is None or (_key(person), _key(organisation)) in self._served

    def serves(self, person: Person, organisation: Organisation) -> None:
        """Note that a person comes for an organisation, with or without a mandate there."""
        self._served.add((_key(person), _key(organisation)))

    def named(self, first: str, last: str, *, email: str = "", organisation: Organisation | None = None) -> Person:
        """Return the person who is meant. Raises `UnknownPerson` or `AmbiguousPerson`."""
        if email and email.lower() in self._by_email:
            return self._by_email[email.lower()]
        namesakes = self._by_name.get(person_folded(first, last), [])
        chosen = [p for p in namesakes if self._serves(p, organisation)] if len(namesakes) > 1 else namesakes
        if not chosen:
            raise (AmbiguousPerson if namesakes else UnknownPerson)(name=f"{first} {last}")
        if len(chosen) > 1:
            raise AmbiguousPerson(name=f"{first} {last}")
        return chosen[0]

    def find_or_make(
        self, values: Mapping[str, object], organisation: Organisation | None, row: ImportRow, plan: RowPlan
    ) -> Person:
        """Return the person of a row, made if unknown: by e-mail first, else by name and organisation.

        Raises `SameAddress` when another row of the file gives the address to somebody else, `AddressTaken` when
        somebody known has it.
        """
        first, last = str(values["first_name"]), str(values["last_name"])
        email = str(values.get("email") or "").lower()
        folded = person_folded(first, last)
        person = self._by_email.get(email) if email else None
        if person is not None and person.folded != folded:
            earlier = self._row_of.get(id(person))
            if earlier is not None:
                raise SameAddress(email=email, other=str(person), row=earlier)
            raise AddressTaken(email=email, other=str(person))
        if person is None:
            namesakes = [
                p
                for p in self._by_name.get(folded, [])
                if self._serves(p, organisation) and not (email and p.email and p.email.lower() != email)
            ]
            person = namesakes[0] if namesakes else None
        if person is None:
            person = self.workspace.create(
                Person,
                slug=self.workspace.slug(Person, f"{first} {last}"),
                first_name=first,
                last_name=last,
                email=email,
                folded=folded,
            )
            self._index(person)
            plan.created()
        elif email and not person.email:
            self.workspace.set(person, {"email": email}, plan)
            self._by_email[email] = person
        self._row_of.setdefault(id(person), row.number)
        self.workspace.set(
            person,
            {
                "gender": values.get("gender"),
                "phone": values.get("phone"),
                "languages": values.get("languages"),
                "biography_fr": values.get("biography_fr"),
                "biography_en": values.get("biography_en"),
                "fictional": values.get("fictional"),
            },
            plan,
        )
        return person

    def find_mandate(self, person: Person, organisation: Organisation, title: str = "") -> Mandate | None:
        """Return a person's mandate at an organisation, that of the title when one is given."""
        here = [
            mandate
            for mandate in self.mandates(person)
            if mandate.organisation is organisation or (organisation.pk and mandate.organisation_id == organisation.pk)
        ]
        if title:
            wanted = fold(title)
            here = [mandate for mandate in here if fold(mandate.title_fr or mandate.title_en or "") == wanted]
        return here[0] if here else None

    def take_mandate(
        self, person: Person, organisation: Organisation, values: Mapping[str, object], plan: RowPlan
    ) -> Mandate:
        """Return the mandate of a row, made or completed."""
        title = str(values.get("title_fr") or values.get("title_en") or "")
        mandate = self.find_mandate(person, organisation, title)
        if mandate is None:
            order = values.get("position")
            mandate = self.workspace.create(
                Mandate,
                person=person,
                organisation=organisation,
                position=order if isinstance(order, int) else len(self.mandates(person)),
            )
            if person._state.adding:
                plan.created()
            else:
                plan.changed("mandate", "", f"{title} {organisation.name_fr}".strip())
            self._mandates.setdefault(id(person), []).append(mandate)
            self.serves(person, organisation)
        self.workspace.set(
            mandate,
            {
                name: values.get(name)
                for name in (
                    "title_fr",
                    "title_en",
                    "label_fr",
                    "label_en",
                    "function",
                    "starts_on",
                    "ends_on",
                    "protocol_rank",
                    "position",
                )
            },
            plan,
        )
        return mandate


def organisation_of(workspace: Workspace, values: Mapping[str, object]) -> Organisation | None:
    """Return the organisation that a row of people or participants names, made if need be; None when it names none."""
    name = str(values.get("organisation") or "")
    code = str(values.get("organisation_code") or "")
    if not name and not code:
        return None
    return Organisations.of(workspace).find(
        name,
        code=code,
        kind=str(values.get("organisation_kind") or ""),
        country=str(values.get("country") or ""),
    )[0]


def take_person(workspace: Workspace, row: ImportRow, plan: RowPlan) -> None:
    """Plan one row of a sheet of people: the person, and one of their mandates."""
    v = row.values
    plan.label = f"{v['first_name']} {v['last_name']}"
    people = People.of(workspace)
    organisation = organisation_of(workspace, v)
    # In a sheet of people one name is one person, whose lines are their mandates: no organisation tells them apart.
    person = people.find_or_make(v, None, row, plan)
    if organisation is not None:
        people.take_mandate(person, organisation, v, plan)
