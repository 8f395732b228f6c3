"""People as the desk finds them while one types, and what the desk's page of a person shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import get_language

from parvis.domain.access import Actor, Permission
from parvis.domain.people.mandates import mandate_label
from parvis.domain.people.persons import PersonAmbiguous, PersonUnknown
from parvis.domain.references import normalise_reference
from parvis.domain.refusals import NotFound
from parvis.domain.text import fold
from parvis.models import Consent, GroupPresidency, Intervention, Mandate, Person, Registration

FEWEST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class MandateLine:
    """One mandate as a line: « Maire de Dijon »; `ended_on` where it is over on the day that was asked about."""

    pk: int
    name: str
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class PersonSuggestion:
    """One person who may be meant, with the mandates by which namesakes are told apart."""

    pk: int
    name: str
    mandates: list[MandateLine]


def mandate_name(mandate: Mandate) -> str:
    """Return a mandate, its organisation fetched, as one line in the active language."""
    return mandate_label(
        title=mandate.title or "",
        organisation=mandate.organisation.name,
        language=(get_language() or "fr").split("-")[0],
        override=mandate.label or "",
        function=mandate.function,
    )


def mandate_lines(mandates: list[Mandate], *, on: date | None) -> list[MandateLine]:
    """Return mandates as lines, those in force on a day first, each in its person's own order."""
    lines = [
        MandateLine(
            mandate.pk,
            mandate_name(mandate),
            mandate.ends_on if on and mandate.ends_on and mandate.ends_on < on else None,
        )
        for mandate in mandates
    ]
    return sorted(lines, key=lambda line: line.ended_on is not None)


def suggest_people(actor: Actor, *, text: str, on: date | None = None, limit: int = 8) -> list[PersonSuggestion]:
    """Return the people each word of whose name begins as `text` says, or whose address holds it. Three queries.

    Those whose surname begins with it come first. `on` tells mandates that are over from those in force.
    Raises `NotAllowed`.
    """
    actor.require(Permission.READ_DESK)
    folded = fold(text)
    if len(folded) < FEWEST_LETTERS:
        return []
    rows = Person.objects.filter(erased_at__isnull=True)
    if "@" in text:
        rows = rows.filter(email__startswith=text.strip().lower())
    else:
        for word in folded.split():
            rows = rows.filter(Q(folded__startswith=word) | Q(folded__contains=f" {word}"))
    first = Case(When(folded__startswith=folded, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = rows.order_by(first, "folded", "id").prefetch_related("mandates__organisation")[:limit]
    return [
        PersonSuggestion(person.pk, str(person), mandate_lines(list(person.mandates.all()), on=on)) for person in found
    ]


def find_person_id(actor: Actor, *, text: str) -> int:
    """Return the key of the one person of that name (in either order), address or registration's reference.

    Two queries at most. Raises `NotAllowed`, `PersonUnknown`, `PersonAmbiguous`.
    """
    actor.require(Permission.READ_DESK)
    reference = normalise_reference(text)
    if reference is not None:
        held = Registration.objects.filter(reference=reference).values_list("person_id", flat=True).distinct()
        return _only_one(list(held[:2]))
    rows = Person.objects.filter(erased_at__isnull=True)
    if "@" in text:
        return _only_one(list(rows.filter(email=text.strip().lower()).values_list("pk", flat=True)[:2]))
    return _only_one(list(rows.filter(folded__in=_orders(text)).values_list("pk", flat=True)[:2]))


def _orders(text: str) -> list[str]:
    """Return what `folded` may hold for a name written first name first, or surname first."""
    words = fold(text).split()
    if not words:
        return []
    return [" ".join(words[cut:] + words[:cut]) for cut in range(len(words))]


def _only_one(keys: list[int]) -> int:
    if not keys:
        raise PersonUnknown(field="person")
    if len(keys) > 1:
        raise PersonAmbiguous(field="person")
    return keys[0]


def list_mandates_of(actor: Actor, *, person_id: int, on: date | None = None) -> list[MandateLine]:
    """Return the mandates of a person, for choosing one. One query. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    return mandate_lines(list(_mandates(person_id)), on=on)


def _mandates(person_id: int) -> QuerySet[Mandate]:
    return Mandate.objects.filter(person_id=person_id).select_related("organisation").order_by("position", "id")


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A person with all that hangs on them. Interventions and registrations are of every edition, the latest first."""

    person: Person
    mandates: list[Mandate]
    presidencies: list[GroupPresidency]
    interventions: list[Intervention]
    registrations: list[Registration]
    consents: list[Consent]


def access_person(actor: Actor, *, person_id: int) -> Person:
    """Return a person who was not erased. One query. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.READ_DESK)
    person = Person.objects.filter(pk=person_id, erased_at__isnull=True).first()
    if person is None:
        raise NotFound
    return person


def access_person_page(actor: Actor, *, person_id: int) -> PersonPage:
    """Return all that the page of a person shows. Six queries. Raises `NotAllowed`, `NotFound`."""
    person = access_person(actor, person_id=person_id)
    return PersonPage(
        person=person,
        mandates=list(_mandates(person.pk)),
        presidencies=list(
            GroupPresidency.objects.filter(mandate__person=person)
            .select_related("group", "mandate__organisation")
            .order_by("starts_on", "id")
        ),
        interventions=list(
            Intervention.objects.filter(person=person)
            .select_related("session__edition", "session__placement__room", "mandate__organisation")
            .order_by("-session__edition__number", "session__placement__starts_at", "session__code")
        ),
        registrations=list(
            Registration.objects.filter(person=person)
            .select_related("edition", "organisation", "category")
            .order_by("-edition__number", "-registered_at")
        ),
        consents=list(Consent.objects.filter(person=person).order_by("purpose", "-given_at")),
    )


def access_mandate(actor: Actor, *, person_id: int, mandate_id: int) -> Mandate:
    """Return one mandate of a person, with its organisation. One query. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.READ_DESK)
    mandate = _mandates(person_id).filter(pk=mandate_id, person__erased_at__isnull=True).first()
    if mandate is None:
        raise NotFound
    return mandate
